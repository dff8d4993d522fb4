"""Las parejas que se parecen, en la terminal: el progreso, cuántas hay y dónde se miran."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ..common.numbers_es import thousands
from ..course.folder import Course
from ..likeness.page import write_likeness
from ..likeness.search import search


def search_and_show(course: Course, units: list[str], console: Console | None = None) -> None:
    """Write the page and the table, and say how many pairs of each unit are in them."""
    console = console or Console()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        bars = {}

        def step(unit: str, total: int) -> None:
            if unit not in bars:
                bars[unit] = progress.add_task(unit, total=total)
            progress.advance(bars[unit])

        found = search(course, units, step)
        written = write_likeness(course, found)
    for unit in found.units:
        noun = "pareja" if len(unit.pairs) == 1 else "parejas"
        count = f"{thousands(len(unit.pairs))} {noun}" if unit.pairs else "ninguna pareja"
        line = f"{unit.unit}: {count} para mirar, de {thousands(unit.read)} entregas"
        if unit.unread:
            verb = "no se pudo leer" if unit.unread == 1 else "no se pudieron leer"
            line += f" ({thousands(unit.unread)} {verb})"
        console.print(Text(line), soft_wrap=True)
    for path in written:
        console.print(Text(f"✔ {path}"), soft_wrap=True)
