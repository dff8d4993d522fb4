"""Cómo se ve la calificación en la terminal: el progreso, y una línea por entrega."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ..classroom.grading import grade_each
from ..common.errors import CursoError
from ..common.limits import Limits
from ..common.numbers_es import number
from ..common.system_errors import in_words
from ..course.folder import Course
from ..course.unit_folders import strange_folders, units_without_source
from ..gradebook.outcome_texts import remarks_of
from ..gradebook.records import GRADED, UNCHANGED, Outcome
from ..gradebook.storage import AGAIN
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

    with (
        _pool(cluster, partial(_tell, console)) as pool,
        _Bar(*columns, console=console, transient=True) as progress,
    ):
        bar = progress.add_task("", total=None)

        def show(outcome: Outcome) -> None:
            with _written():
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
    unknown, renamed = strange_folders(course)
    others = [*unknown, *renamed, *units_without_source(course), *strangers(course)]
    with _written():
        _show_the_end(console, states, put_off, others)


def _show_the_end(
    console: Console,
    states: Counter[str],
    put_off: list[tuple[str, int, str]],
    others: list[str],
) -> None:
    """What waits for another day, what is nobody's, and the count."""
    for unit, many, lacking in put_off:
        those = "su entrega queda" if many == 1 else f"sus {many} entregas quedan"
        text = f"aviso: {unit} no se puede calificar aquí y {those} para otro día: {lacking}"
        console.print(text, style="yellow", markup=False, highlight=False, soft_wrap=True)
    for stranger in others[:MOST_STRANGERS]:
        _tell(console, stranger)
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


def _tell(console: Console, line: str) -> None:
    console.print(f"aviso: {line}", style="yellow", markup=False, soft_wrap=True)


class _Bar(Progress):
    def stop(self) -> None:
        with _written():
            super().stop()


@contextmanager
def _written() -> Iterator[None]:
    """Whoever reads the list must not take the disk that it goes to for that of the marks."""
    try:
        yield
    except OSError as error:
        raise CursoError(
            f"no se pudo escribir la lista de lo calificado ({in_words(error)}); lo que ya estaba "
            f"anotado no se pierde: {AGAIN}"
        ) from error


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
