"""``curso comprobar-unidad``: una unidad probada antes de que la vea nadie, como se calificará.

In a course of its own, thrown away afterwards: published, handed in, and graded by every door's
code. What is proved is what a class will get.
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from ..checks.own_checks import OwnCheck
from ..checks.trying import without_edges
from ..common.errors import CursoError
from ..common.numbers_es import number
from ..common.scratch import scratch
from ..course.folder import Course
from ..course.own_units import NOT_RELEASED, WRONG
from ..gradebook.beside import SHORTEST
from ..gradebook.cell_marks import BEGIN_SOLUTION
from ..gradebook.own_tests import check_source, hidden_lines, without_lock
from ..gradebook.records import GRADED, Outcome
from ..nbgrader_ext import guards, settings
from ..nbgrader_ext.publishing import publish
from ..sandbox.availability import isolation_problem
from ..submission.released_files import not_at_grading
from .grading import grade

GOOD, BAD, TOLD = "✔", "✘", "—"
SOLUTION, UNTOUCHED, MISTAKEN = "solucion", "sin-escribir", "mala"


@dataclass(frozen=True)
class Proof:
    """One line of what was proved; ``mark`` is GOOD, BAD, or TOLD where nothing depends on it."""

    mark: str
    text: str


def prove(course: Course, unit: str) -> list[Proof]:
    """Prove one unit: what each of its works earns, and that nothing hidden is released.

    Raises
    ------
    CursoError
        If it cannot be published, or nothing can be graded here.
    """
    known = course.all_units[unit]
    check_source(course.source / unit, known)
    source = nbformat.read(course.source / unit / f"{known.notebook}.ipynb", as_version=4)
    with scratch() as folder:
        root = folder / "curso"
        shutil.copytree(course.source / unit, root / "source" / unit)
        tried = Course(root, settings.configure(Config(), root))
        try:
            publish(tried, [unit])
            works, proofs = _works(source, tried, unit)
            for name, work in works.items():
                place = tried.submitted / name / unit
                place.mkdir(parents=True)
                nbformat.write(work, place / f"{known.notebook}.ipynb")
            isolated = isolation_problem() is None
            outcomes = {one.student: one for one in grade(tried, [unit], isolated=isolated)}
            released = list(_released(tried, source, unit))
        finally:
            guards.install(course.root)
    if lock := without_lock(course, unit):
        proofs.append(Proof(TOLD, lock))
    proofs += (Proof(TOLD, line) for line in not_at_grading(course, unit))
    proofs += (
        Proof(TOLD, line) for line in without_edges(cast("dict[str, OwnCheck]", known.checks))
    )
    return [*_earned(outcomes, _wrong_files(course, unit)), *proofs, *released]


def _works(
    source: NotebookNode, tried: Course, unit: str
) -> tuple[dict[str, NotebookNode], list[Proof]]:
    """The notebooks to grade, by who hands them in; and what is wrong with the wrong ones."""
    released = nbformat.read(tried.release / unit / f"{tried.notebook(unit)}.ipynb", as_version=4)
    works, proofs = {SOLUTION: source, UNTOUCHED: released}, []
    files = _wrong_files(tried, unit)
    for place, path in enumerate(files):
        try:
            works[f"{MISTAKEN}-{place}"] = _mistaken(source, path)
        except CursoError as error:
            proofs.append(Proof(BAD, f"{WRONG}/{path.name} {error.args[0]}"))
    if not files:
        proofs.append(
            Proof(
                TOLD,
                f"la carpeta {WRONG}/ no está o está vacía: con una función mal hecha en cada "
                "archivo se vería que las pruebas la notan",
            )
        )
    return works, proofs


def _wrong_files(course: Course, unit: str) -> list[Path]:
    return sorted((course.source / unit / WRONG).glob("*.py"))


def _mistaken(source: NotebookNode, path: Path) -> NotebookNode:
    """The solution, with the cells that define what a wrong file defines replaced by it."""
    try:
        text = path.read_text(encoding="utf-8")
        names = _defined(text)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f", línea {line}" if line else ""
        raise CursoError(f"no es Python{where}") from error
    work = nbformat.from_dict(source)
    places = [
        cell
        for cell in work.cells
        if cell.cell_type == "code"
        and cell.metadata.get("nbgrader", {}).get("solution")
        and names & _defined(cell.source)
    ]
    if not places:
        raise CursoError(
            "no define ninguna función de las celdas de solución "
            f"(define {', '.join(sorted(names)) or 'ninguna'})"
        )
    for cell in places[1:]:
        cell.source = ""
    places[0].source = text
    return work


def _defined(source: str) -> set[str]:
    body = ast.parse(source).body
    return {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


def _earned(outcomes: dict[str, Outcome], wrong: Sequence[Path]) -> Iterator[Proof]:
    solution = outcomes[SOLUTION]
    points, most = _sum(solution)
    if solution.state != GRADED:
        yield Proof(BAD, f"la solución no se pudo calificar: {solution.problem}")
        return
    if not most:
        yield Proof(BAD, "no hay ninguna celda con puntos que se califique sola")
    full = points == most
    text = f"la solución saca {number(points)} de {number(most)}"
    yield Proof(GOOD if full and most else BAD, text + _why(solution))
    points, most = _sum(outcomes[UNTOUCHED])
    text = f"sin escribir nada se sacan {number(points)} de {number(most)}"
    yield Proof(BAD if points else GOOD, text)
    for place, path in enumerate(wrong):
        if (outcome := outcomes.get(f"{MISTAKEN}-{place}")) is None:
            continue
        points, most = _sum(outcome)
        if points < most:
            text = f"{WRONG}/{path.name} pierde {number(most - points)}{_why(outcome)}"
            yield Proof(GOOD, text)
        else:
            yield Proof(BAD, f"{WRONG}/{path.name} saca todos los puntos: ninguna prueba lo nota")
    if believed := [check.grade_id for check in solution.checks if check.believed]:
        yield Proof(
            TOLD,
            f"pruebas propias en {', '.join(believed)}: corren en el proceso del estudiante, entre "
            "las mismas paredes, y el juez no las protege",
        )


def _sum(outcome: Outcome) -> tuple[float, float]:
    """What was earned of the points that no person gives."""
    checks = outcome.checks
    return sum(one.points for one in checks), sum(one.max_points for one in checks)


def _why(outcome: Outcome) -> str:
    reasons = [f"{one.check_id or one.grade_id}: {one.reason}" for one in outcome.checks]
    lost = [text for one, text in zip(outcome.checks, reasons, strict=True) if one.reason]
    return f" ({'; '.join(lost)})" if lost else ""


def _released(tried: Course, source: NotebookNode, unit: str) -> Iterator[Proof]:
    """Whether what a student gets has something that should be hidden."""
    folder = tried.release / unit
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    found = [f"lleva {name}" for name in names if name.split("/")[0] in NOT_RELEASED]
    told = {line for cell in source.cells for line in hidden_lines(cell.source)}
    told = {line for line in told if not line.startswith(("import ", "from "))}
    for path, name in zip(files, names, strict=True):
        text = path.read_text(encoding="utf-8", errors="replace")
        if name.endswith(".ipynb"):
            text = "\n".join(cell.source for cell in nbformat.reads(text, as_version=4).cells)
        shown = {line.strip() for line in text.split("\n")}
        if any(BEGIN_SOLUTION in line for line in shown):
            found.append(f"{name} lleva una solución")
        if lines := sorted(line for line in told & shown if len(line) >= SHORTEST):
            found.append(f"{name} lleva una línea de una prueba oculta («{lines[0][:60]}»)")
    for text in found:
        yield Proof(BAD, f"lo que se publica {text}")
    if not found:
        yield Proof(GOOD, f"lo que se publica no lleva nada oculto ({', '.join(names)})")
