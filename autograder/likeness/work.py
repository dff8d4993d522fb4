"""Lo que cada estudiante escribió en una unidad, y lo que el curso ya traía escrito."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conv2d_lib.cores import usable_cores

from ..checks.variants import tasks_of
from ..common.errors import CursoError
from ..common.regular_files import Unreadable, read_regular
from ..course.folder import Course
from ..submission.folder import read_work
from ..submission.notebook_reader import MAX_FILE, read_notebook
from ..submission.published import PublishedCell
from .prints import Prints, all_grams, prints_by_part
from .tokens import MOST_CODE

MOST_PIECES = 100
MOST_OF_ALL = 5 * MOST_CODE  # Characters of a work: some five thousand lines.
FEW = 100  # Works: for so few, other processes take longer to begin than the work.
CHUNK = 50
_FENCED = re.compile(r"^```[^\n`]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell where a student wrote code."""

    name: str
    code: str


def pieces(
    course: Course, unit: str, published: Sequence[PublishedCell], student: str
) -> list[Piece] | None:
    """The answers of a submission and the cells that were added; None where it is unreadable."""
    notebook, _, problem = read_work(course, student, unit, published)
    if problem or notebook is None:
        return None
    found: list[Piece] = []
    room = MOST_OF_ALL
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        written = marks.get("solution") or not marks.get("locked")
        if cell.cell_type == "code" and written and cell.source.strip():
            code = cell.source.rstrip()[: min(room, MOST_CODE)]
            room -= len(code)
            found.append(Piece(marks.get("grade_id") or cell.id, code))
        if not room:
            break
    return found[:MOST_PIECES]


class _Reader:
    """What another process needs to read the submissions of a unit."""

    ours: _Reader

    def __init__(self, root: Path, unit: str, published: Sequence[PublishedCell]) -> None:
        self.unit, self.published = unit, published
        self.course = Course(root)  # Its configuration is read where it is needed.

    def read(self, student: str) -> list[Prints] | None:
        found = pieces(self.course, self.unit, self.published, student)
        return None if found is None else prints_by_part(piece.code for piece in found)


def _begin(*needed: Any) -> None:
    _Reader.ours = _Reader(*needed)


def _read(student: str) -> list[Prints] | None:
    return _Reader.ours.read(student)


def works(
    course: Course,
    unit: str,
    published: Sequence[PublishedCell],
    students: Sequence[str],
    step: Callable[[], None],
) -> Iterator[list[Prints] | None]:
    """The prints of each submission, by part and in order; None for what cannot be read."""
    needed = course.root, unit, published
    processes = min(len(students) // FEW, usable_cores())
    if processes < 2:
        reader = _Reader(*needed)
        for student in students:
            yield reader.read(student)
            step()
        return
    try:
        with ProcessPoolExecutor(processes, initializer=_begin, initargs=needed) as pool:
            for found in pool.map(_read, students, chunksize=CHUNK):
                yield found
                step()
    except BrokenProcessPool:
        raise CursoError(
            "un proceso que leía las entregas se cayó, quizá por falta de memoria: repite la orden"
        ) from None


def of_the_course(course: Course) -> Prints:
    """What anybody may have from the course: its lessons, its exercises and their solutions, what
    it shows in a text, and the modules that it hands out.
    """
    folders = (course.root / "course", course.source, course.release)
    kinds = {"**/*.ipynb": _code, "**/*.py": _module}
    codes = [
        code
        for folder in folders
        for pattern, read in kinds.items()
        for path in sorted(folder.glob(pattern))
        for code in read(path)
    ]
    return all_grams([*codes, *_of_variants(course)])


def _of_variants(course: Course) -> Iterator[str]:
    """What the notebook of each student says of the course's, whichever their variant is."""
    for unit in course.with_variants:
        path = course.release / unit / f"{course.notebook(unit)}.ipynb"
        try:
            cells = read_notebook(read_regular(path, MAX_FILE)).cells
        except (OSError, Unreadable):
            continue
        for task in tasks_of(unit).values():
            for cell in cells:
                for letter in task.variants if cell.id in task.texts else ():
                    with suppress(LookupError):
                        yield task.written(cell.id, cell.source, letter)


def _code(path: Path) -> list[str]:
    try:
        cells = read_notebook(read_regular(path, MAX_FILE)).cells
    except (OSError, Unreadable):
        return []
    shown = [code for cell in cells for code in _FENCED.findall(cell.source)]
    return [cell.source for cell in cells if cell.cell_type == "code"] + shown


def _module(path: Path) -> list[str]:
    try:
        return [read_regular(path, MAX_FILE).decode("utf-8", "replace")]
    except (OSError, Unreadable):
        return []
