"""Semáforos de multiprocessing entre hilos: en el recinto no hay más procesos.

The system's need a folder of shared memory, which is not there. So ``ThreadPool``, locks and queues
of ``multiprocessing`` work in the one process that a notebook is.
"""

from __future__ import annotations

import threading
from typing import Any

_RECURSIVE = 0


class ThreadSemLock:
    """``_multiprocessing.SemLock``, of threads only."""

    SEM_VALUE_MAX = 2**31 - 1
    handle = 0

    def __init__(self, kind: int, value: int, maxvalue: int, name: str, unlink: bool) -> None:
        self.kind, self.maxvalue = kind, maxvalue
        self.name = None  # There is nothing outside that would have to be removed.
        self._value, self._depth = value, 0
        self._owner: int | None = None
        self._changed = threading.Condition()

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        with self._changed:
            mine = self._is_mine()
            if not (self.kind == _RECURSIVE and mine):
                patience = timeout if block else 0
                if patience is not None:
                    patience = max(0, patience)
                if not self._changed.wait_for(lambda: self._value > 0, patience):
                    return False
                self._value -= 1
            self._owner = threading.get_ident()
            self._depth += 1
            return True

    def release(self) -> None:
        with self._changed:
            if self.kind == _RECURSIVE:
                if not self._is_mine():
                    raise AssertionError("attempt to release recursive lock not owned by thread")
                self._depth -= 1
                if self._depth:
                    return
            elif self._value >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
            else:
                self._depth -= 1
            self._value += 1
            self._changed.notify()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exception: Any) -> None:
        self.release()

    def _count(self) -> int:
        return self._depth

    def _is_mine(self) -> bool:
        return self._depth > 0 and self._owner == threading.get_ident()

    def _get_value(self) -> int:
        return self._value

    def _is_zero(self) -> bool:
        return self._value == 0

    def _after_fork(self) -> None:
        """There are no forks."""


def stand_in_for_semaphores() -> None:
    import _multiprocessing

    _multiprocessing.SemLock = ThreadSemLock
