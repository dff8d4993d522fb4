"""``autograded/``: los cuadernos calificados; cada carpeta se cambia entera, o no se cambia."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4.rwbase import strip_transient

from ..course.folder import Course
from ..submission.folder import SECRET, TIMESTAMP, Submission


class Copies:
    """The folders of ``autograded/``; only one process at a time may use it."""

    def __init__(self, course: Course) -> None:
        self._course = course
        # No student's: names that begin with a dot are not graded.
        self._fresh = course.autograded / ".nueva"
        self._old = course.autograded / ".anterior"
        self._undecided: list[tuple[str, str]] = []

    def write(self, submission: Submission, executed: NotebookNode) -> str:
        """Write a marked notebook where it does not count yet; its digest."""
        self._discard(self._fresh)
        self._fresh.mkdir(parents=True)
        data = as_bytes(executed)
        (self._fresh / f"{self._course.notebook(submission.unit)}.ipynb").write_bytes(data)
        if submission.timestamp or submission.secret:
            # What came by the exchange goes back by it, and there both files are opened.
            timestamp = self._fresh / TIMESTAMP
            timestamp.write_text(submission.timestamp or "", encoding="ascii")
        if submission.secret:
            (self._fresh / SECRET).write_text(submission.secret, encoding="ascii")
        return hashlib.sha256(data).hexdigest()

    def put(self, student: str, unit: str) -> None:
        """What was written takes its place, until :meth:`settle` or :meth:`undo` decides."""
        destination, old = self._folder(student, unit), self._old / student / unit
        destination.parent.mkdir(parents=True, exist_ok=True)
        if there := os.path.lexists(destination):
            old.parent.mkdir(parents=True, exist_ok=True)
            os.replace(destination, old)
        try:
            os.replace(self._fresh, destination)
        except BaseException:
            if there:
                os.replace(old, destination)
            raise
        self._undecided.append((student, unit))

    def settle(self) -> None:
        """What was put counts; what was there before is no more."""
        if self._undecided:
            self._undecided.clear()
            self._discard_old()

    def undo(self, student: str | None = None, unit: str | None = None) -> None:
        """What was put, or that of one student, does not count: back with the earlier copies.

        One that the disk does not let back waits where it is, for :meth:`recover`.
        """
        for key in reversed(self._undecided.copy()):
            if student is None or key == (student, unit):
                self._undecided.remove(key)
                destination, old = self._folder(*key), self._old.joinpath(*key)
                self._discard(destination)
                if os.path.lexists(old):
                    with suppress(OSError):  # Whoever undoes has a trouble to tell already.
                        os.replace(old, destination)

    def digest(self, student: str, unit: str) -> str:
        """Of the copy that counts; empty where there is none."""
        return _digest(self._folder(student, unit) / f"{self._course.notebook(unit)}.ipynb")

    def recover(self, saved: Callable[[str, str], str | None]) -> None:
        """Undo what a killed grader left half done.

        Parameters
        ----------
        saved : callable
            The digest of the copy that a student's mark in a unit was saved for, if any.
        """
        for old in self._old.glob("*/*"):
            key = old.parent.name, old.name
            if self.digest(*key) != saved(*key):
                self._discard(self._folder(*key))
                os.replace(old, self._folder(*key))
        self.tidy()

    def tidy(self) -> None:
        self._discard(self._fresh)
        self._discard_old()

    def _discard_old(self) -> None:
        """Forget the earlier copies, but where one is the only copy that there is."""
        if all(os.path.lexists(self._folder(*old.parts[-2:])) for old in self._old.glob("*/*")):
            self._discard(self._old)

    def _folder(self, student: str, unit: str) -> Path:
        return self._course.autograded / student / unit

    @staticmethod
    def _discard(path: Path) -> None:
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path, ignore_errors=True)


def as_bytes(notebook: NotebookNode) -> bytes:
    """A notebook of ours as a file, that reads as what nbformat would write.

    It is on one line, and not validated: with indents Python itself, and not C, writes each
    character, and what is in an executed notebook was put there piece by piece. It may lose what
    nbformat does not save.
    """
    return json.dumps(strip_transient(notebook), ensure_ascii=False, sort_keys=True).encode()


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
