"""``autograded/``: los cuadernos calificados; cada carpeta se cambia entera, o no se cambia."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ..course.folder import Course
from ..submission.folder import SECRET, TIMESTAMP, Submission


class Copies:
    """The folders of ``autograded/``; only one process at a time may use it."""

    def __init__(self, course: Course) -> None:
        self._course = course
        # No student's: names that begin with a dot are not graded.
        self._fresh = course.autograded / ".nueva"
        self._old = course.autograded / ".anterior"

    def write(self, submission: Submission, executed: NotebookNode) -> str:
        """Write a marked notebook where it does not count yet; its digest."""
        self._discard(self._fresh)
        self._fresh.mkdir(parents=True)
        path = self._fresh / f"{self._course.notebook(submission.unit)}.ipynb"
        # On one line: with indents, Python itself would write each character, and nobody reads it.
        nbformat.write(executed, path, indent=None)
        if submission.timestamp or submission.secret:
            # What came by the exchange goes back by it, and there both files are opened.
            timestamp = self._fresh / TIMESTAMP
            timestamp.write_text(submission.timestamp or "", encoding="ascii")
        if submission.secret:
            (self._fresh / SECRET).write_text(submission.secret, encoding="ascii")
        return _digest(path)

    @contextmanager
    def replaced(self, student: str, unit: str) -> Iterator[None]:
        """What was written counts, unless what is done inside fails: then the earlier copy."""
        destination, old = self._folder(student, unit), self._old / student / unit
        destination.parent.mkdir(parents=True, exist_ok=True)
        there = os.path.lexists(destination)
        if there:
            old.parent.mkdir(parents=True, exist_ok=True)
            os.replace(destination, old)
        try:
            os.replace(self._fresh, destination)
            yield
        except BaseException:
            self._discard(destination)
            if there:
                os.replace(old, destination)
            raise
        self._discard(self._old)

    def digest(self, student: str, unit: str) -> str:
        """Of the copy that counts; empty where there is none."""
        return _digest(self._folder(student, unit) / f"{self._course.notebook(unit)}.ipynb")

    def recover(self, digests: Mapping[tuple[str, str], str]) -> None:
        """Undo what a killed grader left half done.

        Parameters
        ----------
        digests : mapping
            Of the copies that marks were saved for, by student and unit.
        """
        for old in self._old.glob("*/*"):
            key = old.parent.name, old.name
            if self.digest(*key) != digests.get(key):
                self._discard(self._folder(*key))
                os.replace(old, self._folder(*key))
        self.tidy()

    def tidy(self) -> None:
        self._discard(self._fresh)
        self._discard(self._old)

    def _folder(self, student: str, unit: str) -> Path:
        return self._course.autograded / student / unit

    @staticmethod
    def _discard(path: Path) -> None:
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path, ignore_errors=True)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
