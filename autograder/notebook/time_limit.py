"""Cortar una llamada que tarda, de las que el juez hace de más para dar un diagnóstico.

A function may end in every call of an examination and never on three pixels: that must not cost
the cell its time, nor the student the mark. Where there are no alarms (Windows, other threads) the
call is waited for, and can be stopped as any other.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN_SECONDS = 0.1  # whoever catches everything is told again


class TooLong(BaseException):
    """The call was cut: no ``except Exception`` of a student's is to keep it."""


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Raise :class:`TooLong` in what runs inside after that many seconds; None is no limit."""
    in_main = threading.current_thread() is threading.main_thread()
    if seconds is None or not hasattr(signal, "setitimer") or not in_main:
        yield
        return
    previous = signal.signal(signal.SIGALRM, _cut)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _cut(number: int, frame: FrameType | None) -> None:
    raise TooLong
