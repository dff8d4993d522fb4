"""Lo que pasa entre el curso y el aula virtual, en la terminal y en una tabla que queda."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from ..campus.canvas import CanvasBack, give_to_canvas
from ..campus.give_back import ABSENT, GIVEN, SKIPPED, GivenBack, give_back
from ..campus.personal import HandedOut
from ..campus.receive import NOT_PLACED, Received, receive
from ..campus.roster import Roster, take_list
from ..common.one_line import one_line
from ..course.folder import Course
from ..report.spreadsheet import ENCODING, table

MOST_NAMES = 12
HEADER = ("persona", "número", "carpeta", "estado", "observaciones")


def receive_and_show(
    course: Course,
    archive: Path,
    sheet: Path,
    unit: str | None,
    zone: str | None,
    console: Console | None = None,
) -> Received:
    """Place a class's work, and say what went where; the same table stays in ``informe/``."""
    console = console or Console()
    with _progress(console, "Leyendo entregas") as step:
        received = receive(course, archive, sheet, unit, zone, step)
    rows = [
        _clean(row.name, str(row.number or ""), row.student, row.state, "; ".join(row.notes))
        for row in received.rows
    ]
    bad = {n for n, row in enumerate(received.rows) if row.state == NOT_PLACED}
    console.print(_drawn(HEADER, rows, bad))
    path = _kept(course, f"entregas_{received.unit}.csv", HEADER, rows)
    if received.absent:
        names = ", ".join(one_line(name, 80) for name in received.absent[:MOST_NAMES])
        more = len(received.absent) - MOST_NAMES
        text = f"No entregaron {len(received.absent)} de la hoja: {names}"
        console.print(Text(text + (f" y {more} más" if more > 0 else "")), soft_wrap=True)
    counted = " · ".join(f"{state}: {count}" for state, count in received.count.most_common())
    console.print(Text(f"{received.unit} · {counted}", style="bold"), soft_wrap=True)
    console.print(Text(f"✔ {path}"), soft_wrap=True)
    return received


def give_back_and_show(
    course: Course,
    sheet: Path,
    unit: str | None,
    zone: str | None,
    console: Console | None = None,
) -> GivenBack:
    """Fill the worksheet, and say which rows were left as they were, and why."""
    console = console or Console()
    back = give_back(course, sheet, unit, zone)
    header = "persona", "número", "carpeta", "estado", "nota", "observaciones"
    rows = [
        _clean(row.name, str(row.number), row.student, row.state, row.mark, "; ".join(row.notes))
        for row in back.rows
    ]
    table_path = _kept(course, f"devueltas_{back.unit}.csv", header, rows)
    listed = [n for n, row in enumerate(back.rows) if row.state == SKIPPED or row.notes]
    if listed:
        bad = {place for place, n in enumerate(listed) if back.rows[n].state == SKIPPED}
        console.print(_drawn(header, [rows[n] for n in listed], bad))
    for note in back.notes:
        console.print(Text(f"aviso: {note}", style="yellow"), soft_wrap=True)
    if back.without_page:
        console.print(
            Text(
                f"aviso: {back.without_page} sin cuaderno comentado: hazlos con nbgrader "
                f"generate_feedback {back.unit} y repite la orden",
                style="yellow",
            ),
            soft_wrap=True,
        )
    states = [row.state for row in back.rows]
    counted = " · ".join(f"{state}: {states.count(state)}" for state in (GIVEN, SKIPPED, ABSENT))
    console.print(Text(f"{back.unit} · {counted}", style="bold"), soft_wrap=True)
    for path in (back.sheet, back.pages, table_path):
        if path is not None:
            console.print(Text(f"✔ {path}"), soft_wrap=True)
    return back


def give_to_canvas_and_show(
    course: Course,
    path: Path,
    unit: str | None,
    title: str | None,
    console: Console | None = None,
) -> CanvasBack:
    """Fill Canvas' gradebook, and say which cells were left as they were, and why."""
    console = console or Console()
    back = give_to_canvas(course, path, unit, title)
    for each, given in back.rows.items():
        rows = [_clean(row.name, row.student, row.state, "; ".join(row.notes)) for row in given]
        listed = [n for n, row in enumerate(given) if row.state == SKIPPED]
        if listed:
            header = "persona", "carpeta", "estado", "observaciones"
            console.print(_drawn(header, [rows[n] for n in listed], set(range(len(listed)))))
        states = [row.state for row in given]
        counts = " · ".join(f"{one}: {states.count(one)}" for one in (GIVEN, SKIPPED, ABSENT))
        said = f"{each}, en «{one_line(back.columns[each].title, 80)}» · {counts}"
        console.print(Text(said, style="bold"), soft_wrap=True)
    for note in back.notes:
        console.print(Text(f"aviso: {note}", style="yellow"), soft_wrap=True)
    console.print(Text(f"✔ {back.sheet}"), soft_wrap=True)
    return back


def take_list_and_show(
    course: Course, path: Path, *, add: bool = False, console: Console | None = None
) -> Roster:
    """Take a list of the class, and say who is new on it and who is not there any more."""
    console = console or Console()
    found = take_list(course, path, add=add)
    for title, names in (
        ("Nuevos", [f"{one.name or one.id} ({one.id})" for one in found.joined]),
        ("Ya no están (sus notas se guardan)", found.left),
        ("Enseñan, y no entran en la lista", found.staff),
    ):
        if names:
            shown = ", ".join(one_line(name, 100) for name in names[:MOST_NAMES])
            more = f" y {len(names) - MOST_NAMES} más" if len(names) > MOST_NAMES else ""
            console.print(Text(f"{title}: {len(names)}. {shown}{more}"), soft_wrap=True)
    count = len(found.students)
    console.print(
        Text(f"En la lista hay {count} {'persona' if count == 1 else 'personas'}", style="bold")
    )
    if found.groups:
        shown = ", ".join(found.groups[:MOST_NAMES])
        more = f" y {len(found.groups) - MOST_NAMES} más" if len(found.groups) > MOST_NAMES else ""
        console.print(Text(f"Grupos: {len(found.groups)}. {shown}{more}"), soft_wrap=True)
    return found


def _clean(*texts: str) -> tuple[str, ...]:
    """Names and notes come from students: no characters that move the cursor."""
    return tuple(one_line(text, 2000) for text in texts)


@contextmanager
def _progress(console: Console, title: str) -> Iterator[Callable[[], None]]:
    columns = TextColumn(title), BarColumn(bar_width=30), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=None)
        yield lambda: progress.advance(bar)


def _drawn(header: Sequence[str], rows: Sequence[Sequence[str]], bad: set[int]) -> Table:
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        drawn.add_column(name, overflow="fold")
    for number, row in enumerate(rows):
        drawn.add_row(*map(Text, row), style="red" if number in bad else None)
    return drawn


def _kept(course: Course, name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    course.report.mkdir(exist_ok=True)
    path = course.report / name
    path.write_text(table(header, rows), encoding=ENCODING, newline="")
    return path


def show_handed_out(handed: HandedOut) -> None:
    """Where each student's own notebook is, and who of Moodle's sheet has none."""
    count = "un cuaderno" if handed.students == 1 else f"{handed.students} cuadernos"
    print(f"✔ {handed.folder}: {count}, uno por estudiante")
    if handed.archive:
        print(f"✔ {handed.archive}")
    if handed.unknown:
        names = ", ".join(one_line(name, 80) for name in handed.unknown[:MOST_NAMES])
        more = len(handed.unknown) - MOST_NAMES
        lacking = "persona no está en clase, y no tiene cuaderno"
        if len(handed.unknown) > 1:
            lacking = "personas no están en clase, y no tienen cuaderno"
        print(
            f"aviso: de la hoja, {len(handed.unknown)} {lacking}: {names}"
            + (f" y {more} más" if more > 0 else "")
            + "; ejecuta curso alumnos LISTA.CSV, y publica otra vez"
        )
