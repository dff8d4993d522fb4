"""``curso progreso``: cuánto lleva un estudiante en cada unidad."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ..checks import UNITS
from ..checks.units import Unit
from ..common.check_ids import plain
from ..common.errors import CursoError
from ..common.points import Standing, standing
from ..course.own_units import title_of
from ..delivery.own_progress import own_standing, own_works
from ..submission.last_verdicts import MOST_BYTES, last_shares

_WIDTH = 20  # of the bar
_SAVED = (
    "Es lo que dijo comprobar la última vez que ejecutaste cada celda y guardaste el cuaderno. "
    "Para comprobarlo todo ahora: curso progreso --comprobar"
)
_OWN = (
    "Lo de {}, solo de tu curso, es lo que dijo comprobar la última vez que guardaste: sus "
    "comprobaciones las tiene tu docente."
)
_RUN = "Los cuadernos se acaban de ejecutar enteros, aparte, y sin cambiarlos."


def find_notebooks(folder: Path) -> dict[str, Path]:
    """The notebook of each unit in a student's folder: of several copies, that saved last."""
    found = {}
    for unit in UNITS.values():
        name = f"{unit.notebook}.ipynb"
        places = [folder / unit.id / name, folder / "release" / unit.id / name, folder / name]
        files = [path for path in places if path.is_file()]
        if files:
            found[unit.id] = max(files, key=lambda path: path.stat().st_mtime)
    return found


def run(folder: Path, check: bool = False) -> int:
    """Print a line a unit; with ``check``, after running each notebook in the sandbox.

    Raises
    ------
    CursoError
        If there is no notebook, or if they should run and this machine cannot enclose them.
    """
    if not folder.is_dir():
        raise CursoError(f"no existe la carpeta {folder}; di dónde están tus cuadernos")
    notebooks, own = find_notebooks(folder), own_works(folder)
    if not notebooks and not own:
        raise CursoError(
            f"en {folder.resolve()} no hay ningún cuaderno de las unidades; di dónde están: "
            "curso progreso CARPETA"
        )
    console = Console()
    shares = {}
    for unit, path in notebooks.items():
        if check:
            with console.status(f"Comprobando {unit}"):
                shares[unit], notes = _run_whole(path, UNITS[unit])
            for note in notes:
                console.print(f"{UNITS[unit].title}: {note}", markup=False, highlight=False)
        else:
            shares[unit] = last_shares(path)
    theirs = {unit: own_standing(work) for unit, work in own.items()}
    console.print(_table(shares, theirs, console.width))
    if notebooks or not check:
        console.print(_RUN if check else _SAVED, style="dim", highlight=False)
    if check and own:
        console.print(_OWN.format(" y ".join(own)), style="dim", markup=False, highlight=False)
    return 0


def _table(
    shares: Mapping[str, Mapping[str, float]], own: Mapping[str, Standing | None], width: int
) -> Table:
    table = Table(title="Tu progreso", title_style="bold")
    table.add_column("Unidad")
    if width >= 60:
        table.add_column("")
    table.add_column("Puntos")
    known = [
        (unit.title, standing(unit.id, shares.get(unit.id, {})), unit.id in shares)
        for unit in UNITS.values()
    ]
    for title, now, begun in (*known, *((title_of(unit), now, True) for unit, now in own.items())):
        if now is None:
            continue
        told = now.sentence() if begun else "sin empezar"
        bar = [_bar(now)] if width >= 60 else []
        table.add_row(title, *bar, told, style="green" if now.complete else "")
    return table


def _bar(now: Standing) -> str:
    full = int(_WIDTH * min(now.earned / now.total, 1))
    return "█" * full + "░" * (_WIDTH - full)


def _run_whole(path: Path, unit: Unit) -> tuple[dict[str, float], list[str]]:
    """The share that each check gives now, and what there is to say of the weights beside it."""
    from ..common.regular_files import Unreadable, read_regular
    from ..sandbox.walls import SandboxError
    from ..submission.execution import execute
    from ..submission.graded_cells import check_id_of
    from ..submission.helper_files import read_helpers
    from ..submission.notebook_reader import read_notebook
    from ..submission.weights_files import read_weights_files

    try:
        notebook = read_notebook(read_regular(path, MOST_BYTES))
    except Unreadable as error:
        raise CursoError(f"{path}: {error.args[0]}") from None
    for cell in notebook.cells:
        if cell.cell_type == "code" and (asked := check_id_of(cell.source)):
            cell.metadata.nbgrader = {
                "grade": True, "grade_id": asked, "locked": True, "points": 1,
                "schema_version": 3, "solution": False, "task": False,
            }  # fmt: skip
    notes: list[str] = []
    weights = read_weights_files(path.parent, notes) if unit.weights else {}
    try:
        done = execute(notebook, files={**read_helpers(path.parent, []), **weights})
    except SandboxError as error:
        raise CursoError(f"no se puede comprobar aquí: {error}; usa curso progreso") from None
    verdicts = [each.verdict for each in done.checks if each.verdict]
    scores = {plain(verdict.check_id): verdict.score for verdict in verdicts}
    return scores, notes
