"""Ctrl-C corta la función del estudiante, nunca un mensaje a medias."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class HeldInterrupts:
    """Context manager that keeps an interrupt waiting until code that may be cut runs.

    A message cut in the middle would leave the connection useless, and in grading there is no
    other: an interrupted cell must not cost the cells after it. A second interrupt is not held.
    """

    def __init__(self) -> None:
        self.pending = False
        self._previous: Any = None

    def __enter__(self) -> HeldInterrupts:
        if threading.current_thread() is threading.main_thread():
            self._previous = signal.getsignal(signal.SIGINT)
            self._hold()
        return self

    def __exit__(self, *exception: object) -> None:
        self._release()

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Let interrupts through, one that was held first of all."""
        self._release()
        if self.pending:
            self.pending = False
            self._hold()
            raise KeyboardInterrupt
        try:
            yield
        finally:
            self._hold()

    def _hold(self) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._note)

    def _release(self) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.pending:
            raise KeyboardInterrupt
        self.pending = True
