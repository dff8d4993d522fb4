"""Ver si una función llama a lo que de Keras ya hace la cuenta que se le pide."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from types import FrameType
from typing import Any

from . import packages


class ShortcutWatch:
    """Context manager; afterwards ``seen`` holds those of ``names`` of Keras that were called.

    It profiles calls, so it hears of one through an alias, or whose answer is thrown away. What
    Keras calls by itself does not count: ``summary`` counts for its table, which is only read. As
    :class:`~autograder.notebook.library_watch.LibraryWatch`, a help for the student and no lock.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.seen: set[str] = set()
        self._names = frozenset(names)

    def __enter__(self) -> ShortcutWatch:
        self._previous, self._others = sys.getprofile(), threading.getprofile()
        threading.setprofile(self._note)  # Of the threads that the function starts.
        sys.setprofile(self._note)
        return self

    def __exit__(self, *exception: object) -> None:
        sys.setprofile(self._previous)
        threading.setprofile(self._others)

    def _note(self, frame: FrameType, event: str, arg: Any) -> None:
        name = frame.f_code.co_name
        if event != "call" or name not in self._names or not _of_keras(frame):
            return
        if frame.f_back is None or not _of_keras(frame.f_back):
            self.seen.add(name)


def _of_keras(frame: FrameType) -> bool:
    return packages.root_of(str(frame.f_globals.get("__name__"))) == "keras"
