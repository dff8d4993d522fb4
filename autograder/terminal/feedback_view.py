"""Los cuadernos comentados, en la terminal: el progreso, y dónde quedan."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ..common.errors import CursoError
from ..common.one_line import one_line
from ..course.folder import Course
from ..gradebook.storage import explained
from ..nbgrader_ext.feedback import Written, write_feedback

MOST_PROBLEMS = 20


def write_and_show(course: Course, units: list[str], console: Console | None = None) -> Written:
    """Write the pages of these units, and say how many there are and whose is missing."""
    console = console or Console()
    columns = (
        TextColumn("Comentando"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    shown = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with explained(course), shown as progress:
        bar = progress.add_task("", total=None)

        def step(total: int) -> None:
            progress.update(bar, total=total, advance=1)

        written = write_feedback(course, units, step)
    for problem in written.problems[:MOST_PROBLEMS]:
        console.print(Text(f"✘ {one_line(problem, 200)}", style="yellow"), soft_wrap=True)
    if (more := len(written.problems) - MOST_PROBLEMS) > 0:
        console.print(Text(f"✘ y {more} más", style="yellow"))
    if not written.pages and not written.problems:
        raise CursoError("todavía no hay nada calificado que comentar: usa antes curso calificar")
    noun = "cuaderno comentado" if written.pages == 1 else "cuadernos comentados"
    text = f"✔ {course.feedback} · {written.pages} {noun}"
    if same := written.pages - written.changed:
        text += f", {same} sin cambios"
    console.print(Text(text), soft_wrap=True)
    return written
