"""Cómo se ve la calificación en la terminal: el progreso, y una línea por entrega."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ..classroom.grading import grade_each
from ..common.limits import Limits
from ..common.numbers_es import number
from ..course.folder import Course
from ..course.unit_folders import strange_folders, units_without_source
from ..gradebook.outcome_texts import remarks_of
from ..gradebook.records import GRADED, UNCHANGED, Outcome
from ..submission.folder import strangers

if TYPE_CHECKING:
    from ..classroom.cluster import Cluster

MOST_STRANGERS = 20


def grade_and_show(
    course: Course,
    units: Iterable[str],
    *,
    processes: int | None = None,
    cluster: str | None = None,
    limits: Limits | None = None,
    isolated: bool = True,
    again: bool = False,
    console: Console | None = None,
    each: Callable[[Outcome], None] = lambda outcome: None,
) -> None:
    """Grade, print one line a submission as it is done, and a last line with the count.

    ``each`` hears every outcome: here they are counted, and no more is kept of a class.
    """
    console = console or Console()
    put_off: list[tuple[str, int, str]] = []
    states: Counter[str] = Counter()

    def count(outcome: Outcome) -> None:
        states[outcome.state] += 1
        each(outcome)

    columns = (
        TextColumn("Calificando"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )

    def tell(line: str) -> None:
        console.print(f"aviso: {line}", style="yellow", markup=False, soft_wrap=True)

    with (
        _pool(cluster, tell) as pool,
        Progress(*columns, console=console, transient=True) as progress,
    ):
        bar = progress.add_task("", total=None)

        def show(outcome: Outcome) -> None:
            console.print(line(outcome), soft_wrap=True)
            progress.advance(bar)

        grade_each(
            course,
            units,
            count,
            processes=processes,
            pool=pool,
            limits=limits,
            isolated=isolated,
            again=again,
            started=lambda total: progress.update(bar, total=total),
            report=show,
            put_off=lambda *told: put_off.append(told),
        )
    for unit, many, lacking in put_off:
        those = "su entrega queda" if many == 1 else f"sus {many} entregas quedan"
        text = f"aviso: {unit} no se puede calificar aquí y {those} para otro día: {lacking}"
        console.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)
    unknown, renamed = strange_folders(course)
    others = (*unknown, *renamed, *units_without_source(course), *strangers(course))
    for stranger in others[:MOST_STRANGERS]:
        tell(stranger)
    if len(others) > MOST_STRANGERS:
        more = len(others) - MOST_STRANGERS
        console.print(f"aviso: y {more} más que no son de ninguna unidad", style="yellow")
    graded, same = states[GRADED], states[UNCHANGED]
    rest = states.total() - graded - same
    noun = "entrega calificada" if graded == 1 else "entregas calificadas"
    text = f"{graded} {noun}"
    text += f", {same} sin cambios" if same else ""
    text += f" y {rest} sin poder calificar" if rest else ""
    console.print(text, style="bold")


@contextmanager
def _pool(cluster: str | None, tell: Callable[[str], None]) -> Iterator[Cluster | None]:
    """The machines of a cluster while a class is graded; None where this one does it."""
    if cluster is None:
        yield None
        return
    from ..classroom.cluster import Cluster

    with closing(Cluster(cluster, tell)) as pool:
        yield pool


def line(outcome: Outcome) -> Text:
    """``✔ ana · 1_convolucion · 18,5 / 20 · lo que haya que decir``."""
    mark, style = ("✔", "green") if outcome.state in (GRADED, UNCHANGED) else ("✘", "red")
    text = Text(f"{mark} ", style=style)
    text.append(outcome.student, style="bold")
    points = f"{number(outcome.points)} / {number(outcome.max_points)}"
    text.append(f" · {outcome.unit} · {points}")
    remarks = list(remarks_of(outcome))
    if remarks:
        text.append(" · " + "; ".join(remarks), style="dim")
    return text
