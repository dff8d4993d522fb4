"""El sello de una entrega corriente: si no cambia, leerla otra vez daría lo mismo.

A fingerprint is of a submission that was read, restored and put together: most of what grading a
class again costs. A seal is of the bytes in its folder, of the unit as it was published and of all
that a class is graded with, and so it is only worth something for the run after this one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from ..common.limits import MAX_NOTEBOOK_BYTES, MIB, Limits
from ..common.regular_files import Unreadable, read_regular
from ..course.folder import Course
from ..course.names import name_problem
from ..notebook.helper_kinds import KINDS
from ..submission.folder import SECRET, TIMESTAMP
from ..submission.published import PublishedCell
from ..submission.released_files import released_files
from . import fingerprint
from .build import build

MAX_FILES = 20
MAX_BYTES = 32 * MIB


class Seals:
    """The seals of a unit's submissions, for one run."""

    def __init__(
        self,
        course: Course,
        unit: str,
        published: Sequence[PublishedCell],
        limits: Limits,
        isolated: bool,
    ) -> None:
        self._course, self._folder, self._unit = course, course.submitted, unit
        self._expected = {f"{course.notebook(unit)}.ipynb", TIMESTAMP, SECRET}
        self._expected |= set(course.all_units[unit].weights)
        beside = sorted(released_files(course, unit).items())
        told = repr(
            (unit, published, limits, isolated, course.clock, course.notebook(unit), beside)
        )
        self._start = hashlib.sha256(fingerprint.of_the_code(course.all_units[unit]))
        self._start.update(f"{build()}{told}".encode("utf-8", "replace"))

    def of(self, student: str) -> str:
        """A student's, in hexadecimal digits; empty where their folder holds what has to be read.

        That is whatever is read by rules: what is called in another way, links, folders, too much.
        """
        try:
            return self._of(student)
        except (OSError, Unreadable):
            return ""

    def _of(self, student: str) -> str:
        outer = self._folder / student
        if name_problem(student) or outer.is_symlink():
            return ""
        folder = str(outer / self._unit)
        if os.path.islink(folder):
            return ""
        with os.scandir(folder) as entries:
            found: list[str] = []
            for entry in entries:
                if len(found) == MAX_FILES:
                    return ""
                found.append(entry.name)
        digest, room = self._start.copy(), MAX_BYTES
        for name in sorted(found):
            if name.startswith("."):
                continue  # Nobody reads it.
            if not self._is_plain(name):
                return ""
            content = read_regular(Path(folder, name), min(room, MAX_NOTEBOOK_BYTES))
            room -= len(content)
            head = f"{name}\0{len(content)}\0"
            digest.update(head.encode("utf-8", "replace") + content)
        if letters := self._course.letters(student, self._unit):
            digest.update(repr(sorted(letters.items())).encode())
        return digest.hexdigest()

    def _is_plain(self, name: str) -> bool:
        lower = name.lower()
        helps = lower.endswith(KINDS) and ".ipynb" not in lower and ".h5" not in lower
        return name in self._expected or helps
