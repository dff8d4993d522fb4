"""Las pruebas propias del docente: se admiten en sus unidades, y en las del curso se dice cuáles.

In the course's own units the judge marks calls to ``comprobar`` and nothing else: any other test,
in a graded cell, would be 0 for everybody; beside a call, or in a hidden region, it would count for
nothing. In a unit that an instructor added, a graded cell without a call is a test, and believed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import MissingEntry

from ..checks import UNITS, Unit
from ..common.errors import CursoError
from ..course.folder import Course
from ..submission.graded_cells import check_id_of, is_checked
from ..submission.published import PublishedCell, published_cells
from .beside import check_beside
from .cell_marks import check_marks
from .database import open_gradebook

# nbgrader's directives, where it looks for them: in a comment.
_DIRECTIVE = re.compile(r"#.*\b(BEGIN HIDDEN TESTS|AUTOTEST)\b")
_BEGIN_HIDDEN, _END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"
_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"
SOURCE_LOCK = f"# Cerrojo: sin la configuración de este curso, nbgrader se detiene aquí ({_BEGIN})."
_ADVICE = "quítala, o conviértela en una celda que lees tú («Manually graded answer»)"


@dataclass(frozen=True)
class UnitCell:
    """What there is to know of a unit's code cell to tell whether its test can count."""

    name: str
    source: str
    judged: bool


def cells_of(notebook: NotebookNode) -> list[UnitCell]:
    """The code cells of a notebook of ``source/``."""
    return [
        UnitCell(_name(cell), cell.source, is_checked(cell))
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def cells_published(published: Iterable[PublishedCell]) -> list[UnitCell]:
    """The code cells of a unit that the gradebook knows."""
    return [
        UnitCell(cell.grade_id, cell.source or "", cell.grade and not cell.solution)
        for cell in published
        if cell.cell_type == "code"
    ]


def check_cells(unit: Unit, cells: Iterable[UnitCell]) -> None:
    """Raise :class:`CursoError`, with the cell's name, where a test cannot count."""
    known = unit.checks
    asked: dict[str, str] = {}
    for cell in cells:
        if unit.own and _is_test(cell):
            if problem := _test_problem(cell):
                raise CursoError(f"la celda «{cell.name}» {problem}")
            continue
        if found := _DIRECTIVE.search(cell.source):
            raise CursoError(f"la celda «{cell.name}» {_refused_test(unit, found[1])}")
        if not cell.judged:
            continue
        check = check_id_of(cell.source)
        if check is None:
            raise CursoError(
                f"la celda «{cell.name}» tiene pruebas propias (lleva puntos y no llama una vez a "
                f"comprobar), que en {unit.id} no se admiten: todos sacarían 0 en ella; {_ADVICE}"
            )
        if check not in known:
            raise CursoError(f"la celda «{cell.name}» {_unknown_check(unit, check)}")
        if check in asked:
            raise CursoError(
                f"las celdas «{asked[check]}» y «{cell.name}» piden la misma comprobación, "
                f"«{check}»: deja una"
            )
        if not _nothing_else(cell.source):
            raise CursoError(
                f"la celda «{cell.name}» hace algo más que llamar a comprobar, y no contaría para "
                "nadie: deja en ella solo la llamada"
            )
        asked[check] = cell.name


def _is_test(cell: UnitCell) -> bool:
    """Whether a unit of an instructor's own may have it: a graded cell that asks no judge."""
    return cell.judged and "comprobar(" not in cell.source


def _test_problem(cell: UnitCell) -> str | None:
    if "AUTOTEST" in cell.source:
        return "pide a nbgrader que escriba sus pruebas (AUTOTEST): escríbelas tú"
    inside = False
    for line in cell.source.split("\n"):
        if (_BEGIN_HIDDEN in line) if inside else (_END_HIDDEN in line):
            break
        if (_END_HIDDEN if inside else _BEGIN_HIDDEN) in line:
            inside = not inside
    else:
        if not inside:
            return None
    return (
        "no cierra sus pruebas ocultas como nbgrader espera: una línea "
        f"«### {_BEGIN_HIDDEN}», las pruebas, y otra «### {_END_HIDDEN}»"
    )


def without_hidden(source: str) -> str:
    """A cell as its student may read it: what nbgrader takes out when it publishes is not there."""
    if _BEGIN_HIDDEN not in source:
        return source
    shown, inside = [], False
    for line in source.split("\n"):
        if not inside and _BEGIN_HIDDEN in line:
            inside = True
            shown.append("# (aquí hay pruebas ocultas)")
        elif inside:
            inside = _END_HIDDEN not in line
        else:
            shown.append(line)
    return "\n".join(shown)


def hidden_lines(source: str) -> set[str]:
    """The lines of a cell's hidden tests, without the blanks around them."""
    shown = set(without_hidden(source).split("\n"))
    marks = (_BEGIN_HIDDEN, _END_HIDDEN)
    return {
        line.strip()
        for line in source.split("\n")
        if line not in shown and not any(mark in line for mark in marks)
    }


def _refused_test(unit: Unit, directive: str) -> str:
    if unit.own:
        return (
            f"tiene pruebas ocultas ({directive}) y no es una celda de pruebas con puntos, o llama "
            "a comprobar: ahí no contarían para nadie; quítalas"
        )
    return (
        f"tiene pruebas propias ({directive}), que en {unit.id} no se admiten: no contarían para "
        "nadie; quítalas"
    )


def _unknown_check(unit: Unit, check: str) -> str:
    where = " (es de otra unidad)" if check.partition(".")[0] in UNITS else ""
    those = (
        f"las suyas son: {', '.join(sorted(unit.checks))}" if unit.checks else "no tiene ninguna"
    )
    return f"pide la comprobación «{check}», que no existe en {unit.id}{where}; {those}"


def check_source(folder: Path, unit: Unit) -> None:
    """Raise :class:`CursoError` where a unit's folder of ``source/`` could not be graded."""
    if unit.problem:
        raise CursoError(unit.problem)
    path = folder / f"{unit.notebook}.ipynb"
    if not path.is_file():
        raise CursoError(f"falta el cuaderno fuente {path}")
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        raise CursoError(f"no se puede leer {path}: {error}") from error
    try:
        check_notebooks(unit, (one.name for one in folder.glob("*.ipynb") if one.name[0] != "."))
        check_marks(notebook)
        check_cells(unit, cells_of(notebook))
        check_own_checks(unit, cells_of(notebook))
    except CursoError as error:
        raise CursoError(f"{path}: {error}") from error
    check_beside(folder, unit, notebook)


def check_own_checks(unit: Unit, cells: Iterable[UnitCell]) -> None:
    """Raise :class:`CursoError` where an instructor's own checks would fail while a class waits."""
    if unit.own_checks is None:
        return
    from ..checks import own_checks, published_cases, trying

    checks = own_checks.loaded(unit.id, unit.own_checks, unit.flavour.own_implementation)
    trying.tried(unit.id, checks)
    published_cases.published(unit.id, checks)
    if forgotten := sorted(set(checks) - {check_id_of(cell.source) for cell in cells}):
        raise CursoError(
            f"ninguna celda pide la comprobación «{forgotten[0]}» de {own_checks.FILE}: ponla, o "
            "quítala de ahí"
        )


def check_notebooks(unit: Unit, names: Iterable[str]) -> None:
    """Raise :class:`CursoError` where a unit has a notebook more than its own."""
    expected = f"{unit.notebook}.ipynb"
    others = sorted(set(names) - {expected})
    if others:
        raise CursoError(
            f"la unidad {unit.id} tiene un solo cuaderno, {expected}, y hay otro: "
            f"{', '.join(others)}; nadie lo calificaría: sácalo de la carpeta"
        )


def check_registered(course: Course) -> None:
    """:func:`check_published` of each unit that the course's gradebook knows."""
    with open_gradebook(course) as gradebook:
        for unit in course.all_units.values():
            with suppress(MissingEntry):
                names = [one.name for one in gradebook.find_assignment(unit.id).notebooks]
                cells = published_cells(gradebook, unit.id, unit.notebook)
                check_published(unit, names, cells)


def stops_stock(path: Path) -> bool:
    """Whether nbgrader, without the course's configuration, stops when it generates this source.

    It would register the unit without a lock. With its own delimiters it takes that line for the
    beginning of a solution, and finds no end; with ours it goes with the solution around it.
    """
    cells = nbformat.read(path, as_version=4).cells
    return any(
        cell.cell_type == "code" and _BEGIN in cell.source.rpartition(_END)[2] for cell in cells
    )


def without_lock(course: Course, unit: str) -> str | None:
    """What to say of a unit whose source nbgrader, without the configuration, would publish."""
    if stops_stock(course.source / unit / f"{course.notebook(unit)}.ipynb"):
        return None
    return (
        f"{course.source.name}/{unit} no tiene cerrojo: pon, dentro de una solución, la línea "
        f"«{SOURCE_LOCK}»"
    )


def check_published(unit: Unit, notebooks: Iterable[str], cells: Iterable[PublishedCell]) -> None:
    """Refuse to grade a unit whose registered cells the judge could not mark.

    It was registered without the course's configuration, or by an earlier version of it. What is
    wrong in an instructor's own checks is said as it is: the gradebook has nothing to mend.
    """
    _ = unit.checks  # Read here, it says itself what is wrong.
    try:
        check_notebooks(unit, (f"{name}.ipynb" for name in notebooks))
        check_cells(unit, cells_published(cells))
    except CursoError as error:
        raise CursoError(
            f"{unit.id}, en el libro de notas: {error}; después, para registrarla de nuevo (y se "
            f"borran las notas que tenga): nbgrader db assignment remove {unit.id} --force, y "
            f"curso publicar {unit.id}"
        ) from error


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "?")


def _nothing_else(source: str) -> bool:
    """Whether a source is one call, on its own, with comments at most."""
    body = ast.parse(source).body
    return len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Call)
