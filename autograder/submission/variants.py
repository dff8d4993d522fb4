"""Las celdas publicadas de un estudiante: las de su variante, diga lo que diga su cuaderno."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from ..checks.variants import GENERAL, Task, tasks_of
from ..common.errors import CursoError
from .graded_cells import check_id_of
from .kept_text import tidy
from .published import PublishedCell
from .recognition import identities

Letters = Mapping[str, str]


def personal(
    published: Sequence[PublishedCell], unit: str, letters: Letters
) -> tuple[PublishedCell, ...]:
    """The unit's cells as this student has them.

    Raises
    ------
    CursoError
        If a cell does not ask what has variants: its mark would be another's.
    """
    return _personal(tuple(published), unit, tuple(sorted(letters.items())))


@lru_cache(maxsize=64)  # Two tasks of six variants have 36 kinds of student.
def _personal(
    published: tuple[PublishedCell, ...], unit: str, letters: tuple[tuple[str, str], ...]
) -> tuple[PublishedCell, ...]:
    found = tuple(
        replace(cell, source=_written(cell.grade_id, cell.source, unit, dict(letters)))
        for cell in published
    )
    asked = {check_id_of(cell.source) for cell in found if cell.grade and cell.locked}
    plain = {check_id_of(cell.source) for cell in published if cell.grade and cell.locked}
    for name, letter in letters:
        # One that was published without this exercise does not ask it of anybody.
        if name in plain and f"{name}:{letter}" not in asked:
            raise CursoError(f"en {unit} no se reconoce la celda de «{name}», que tiene variantes")
    return found


def _written(name: str, source: str, unit: str, letters: Letters) -> str:
    for task in tasks_of(unit).values():
        try:
            source = task.written(name, source, letters[task.check])
        except LookupError:
            # Published with other words; what is asked is in the call.
            source = task.unlettered(source)
            source = task.lettered(source, letters[task.check])
    return source


def with_letters(notebook: NotebookNode, unit: str, letters: Letters) -> None:
    """Write in a published notebook, in place, the numbers of these variants.

    Raises
    ------
    CursoError
        If it does not say what a variant has to change: somebody would have no numbers.
    """
    for task in tasks_of(unit).values():
        asked = False
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", cell.get("id"))
            try:
                written = task.written(name, cell.source, letters[task.check])
            except LookupError as lacking:
                raise CursoError(
                    f"{unit} no puede tener variantes: su celda «{name}» ya no dice "
                    f"«{lacking.args[0]}», que es lo que cada variante cambia; devuélveselo, o "
                    "quita la unidad de c.Curso.variantes"
                ) from None
            asked = asked or f"{task.check}:{letters[task.check]}" == check_id_of(written)
            if written != cell.source:
                cell.source = written
                if "checksum" in (marks := cell.metadata.get("nbgrader", {})):
                    marks["checksum"] = compute_checksum(cell)
        if not asked:
            raise CursoError(
                f"{unit} no puede tener variantes: ninguna celda comprueba «{task.check}»"
            )


def take_theirs(
    notebook: NotebookNode,
    published: Sequence[PublishedCell],
    unit: str,
    letters: Letters,
) -> tuple[list[str], str]:
    """Make the course's cells in ``notebook`` the student's own, whichever they are.

    Of another variant they are the course's all the same, and nothing that somebody wrote.

    Returns
    -------
    notes : list of str
        What there is to say of the variants that it came with, in Spanish.
    carried : str
        Those variants, for the fingerprint.
    """
    tasks = tasks_of(unit)
    carried = {name: _letters_of(task, notebook) for name, task in tasks.items()}
    mine = {cell.grade_id: cell for cell in personal(published, unit, letters)}
    known = {cell.grade_id: cell.source for cell in published}
    names = identities(notebook.cells, tuple(mine.values()))
    for cell, name in zip(notebook.cells, names, strict=True):
        if name is None or not mine[name].locked or cell.source == mine[name].source:
            continue
        if tidy(cell.source) in as_anybody_has_it(name, known[name], unit):
            cell.source = mine[name].source
    asked = {check_id_of(source) for source in known.values()}
    return _notes({name: carried[name] for name in tasks if name in asked}, letters), repr(
        sorted((name, sorted(found)) for name, found in carried.items())
    )


def _letters_of(task: Task, notebook: NotebookNode) -> set[str]:
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return set().union(*(task.letters_in(source) for source in code)) if code else set()


@lru_cache(maxsize=256)  # A class of thousands asks it of the same cells.
def as_anybody_has_it(name: str, source: str, unit: str) -> frozenset[str]:
    """A cell of the course, tidy: as it was published, and with the numbers of each variant."""
    every = (source, *_with_each_letter(name, source, tasks_of(unit).values()))
    return frozenset(map(tidy, every))


def _with_each_letter(name: str, source: str, tasks: Iterable[Task]) -> Iterator[str]:
    for task in tasks:
        for letter in (*task.variants, GENERAL):
            try:
                yield task.written(name, source, letter)
            except LookupError:
                yield task.lettered(task.unlettered(source), letter)


def _notes(carried: Mapping[str, set[str]], mine: Letters) -> list[str]:
    """One line for the exercises of another's, and one for those of nobody's."""
    others, nobodys = [], []
    for name, found in carried.items():
        told = f"{name.partition('.')[2]} (la {mine[name]})"
        if found - {mine[name], "", GENERAL}:
            others.append(told)
        elif found - {mine[name]}:
            nobodys.append(told)
    notes = []
    if others:
        notes.append(
            f"el cuaderno lleva la variante de otra persona en {' y '.join(others)}: se califica "
            "con la suya, la que va entre paréntesis"
        )
    if nobodys:
        notes.append(
            f"el cuaderno no lleva variante en {' y '.join(nobodys)}, como el general o el de otro "
            "curso: se califica con la suya, la que va entre paréntesis"
        )
    return notes
