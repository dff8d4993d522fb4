"""Colocar lo entregado en ``submitted/``: o entero, o nada, y sin perder lo que había."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ..common.regular_files import Unreadable, read_regular
from ..course.folder import Course
from ..course.moments import Unclear, moment, written
from ..submission.folder import TIMESTAMP
from ..submission.handed_files import files_in, weights_for
from .handed import Handed, Recognised

EARLIER = "anteriores"
OTHERS = "otros"
_STAGE = ".aula-"
MINUTE = timedelta(seconds=60)  # The sheet says no seconds.
NEW, SAME, UPDATED, KEPT = "nueva", "sin cambios", "actualizada", "se conserva la que había"


@dataclass(frozen=True)
class Place:
    """Where one student's work on a unit goes, and what came of it."""

    student: str
    unit: str
    folder: Path
    submitted: datetime | None


@contextmanager
def stage(course: Course) -> Iterator[Path]:
    """A hidden folder beside the submissions, of which nothing is left."""
    course.submitted.mkdir(parents=True, exist_ok=True)
    for left in course.submitted.glob(f"{_STAGE}*"):  # Of whoever was killed: the course is ours.
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_STAGE, dir=course.submitted))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def chosen(handed: Handed, unit: str, expected: str) -> Recognised | None:
    """The notebook of the unit, of all that were handed in.

    The one with most of its cells; of several, one where something is written, the latest, and the
    one that is called as it should.
    """

    def rank(one: Recognised) -> tuple[int, bool, tuple[int, ...], bool]:
        cells, answers = one.scores[unit]
        return cells, answers > 0, one.when, one.path.rpartition("/")[2] == expected

    of_unit = [one for one in handed.notebooks if one.unit == unit]
    return max(of_unit, key=rank, default=None)


def arrange(
    handed: Handed, notebook: Recognised | None, expected: str, weights: tuple[str, ...], to: Path
) -> list[str]:
    """Copy an owner's files as the unit has them; what there is to say of it, in Spanish.

    What stood beside the notebook stays beside it; other notebooks go to ``otros/``, where they
    take nobody's place.
    """
    said = []
    home = "" if notebook is None else notebook.path.rpartition("/")[0]
    copied = {one.path for one in handed.notebooks} if notebook else set()
    named = {} if not weights else _weights(handed, weights)
    for path in handed.files:
        inside = path.removeprefix(f"{home}/") if home else path
        if notebook and path == notebook.path:
            inside = expected
            if path != expected:
                said.append(f"«{path}» es el cuaderno")
        elif path in named:
            inside = named[path]
            if inside != path:
                said.append(f"«{path}» se toma por {inside}")
        elif path in copied:
            inside = f"{OTHERS}/{path}"
            said.append(f"«{path}» no se califica, y queda en {OTHERS}/")
        target = _free(to / inside)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(handed.folder / path, target)
    return said


def _weights(handed: Handed, names: tuple[str, ...]) -> dict[str, str]:
    """The weights by where they came; of two alike, the last one."""
    there = files_in(handed.folder)
    found = {}
    for name in names:
        alike = [path for path in there if path.rpartition("/")[2] == name]
        alike = alike or weights_for(name, there)
        if alike:
            found[alike[-1]] = name
    return found


def _free(path: Path) -> Path:
    count, free = 1, path
    while free.exists():
        count += 1
        free = path.with_name(f"{path.stem} ({count}){path.suffix}")
    return free


def compare(course: Course, place: Place) -> str:
    """What placing it would do: a new one, the same, an update; or there is a later one."""
    there = course.submitted / place.student / place.unit
    if not os.path.lexists(there):
        return NEW
    before = _when(course, there)
    if before and place.submitted and before > place.submitted + MINUTE:
        return KEPT
    if there.is_symlink():
        return UPDATED
    return SAME if _contents(there) == _contents(place.folder) else UPDATED


def put(course: Course, place: Place) -> None:
    """Move what is staged to its place, and what stood there to ``anteriores/``."""
    there = course.submitted / place.student / place.unit
    if os.path.lexists(there):
        before = _when(course, there) or datetime.fromtimestamp(there.lstat().st_mtime)
        kept = course.root / EARLIER / place.student / place.unit / f"{before:%Y-%m-%d %H.%M.%S}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(there, _free(kept))  # The submissions may be on another disk.
    there.parent.mkdir(parents=True, exist_ok=True)
    os.rename(place.folder, there)


def write_timestamp(folder: Path, submitted: datetime | None) -> None:
    """When it was handed in, as nbgrader keeps it, in UTC."""
    if submitted is not None:
        (folder / TIMESTAMP).write_text(written(submitted), encoding="ascii")


def _when(course: Course, folder: Path) -> datetime | None:
    try:
        return moment(read_regular(folder / TIMESTAMP, 200).decode("ascii"), course.clock)
    except (OSError, Unreadable, Unclear, UnicodeDecodeError):
        return None


def _contents(folder: Path) -> dict[str, bytes | None]:
    """Every file below, by its path; None for what is no ordinary file."""
    found: dict[str, bytes | None] = {}
    for where, folders, files in os.walk(folder):
        for name in files:
            path = Path(where, name)
            try:
                content = read_regular(path, 1 << 30)
            except (OSError, Unreadable):
                content = None
            found[path.relative_to(folder).as_posix()] = content
        for name in folders:
            if Path(where, name).is_symlink():
                found[Path(where, name).relative_to(folder).as_posix()] = None
    return found
