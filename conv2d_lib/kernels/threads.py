"""Los hilos que comparten un kernel: uno dirige y otros ayudan; turns.py reparte los bloques."""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import numpy as np
from numba.core import config

from ..cores import usable_cores
from .turns import ALONE, DONE, HELPER, LEADER, rest

NUMBER = 40
"""Operaciones que cuesta, más o menos, un número que solo se lee, se compara y se escribe."""

_FLOPS_PER_THREAD = 2_000_000  # con menos, repartir cuesta más de lo que ahorra
_TURNS_PER_THREAD = 64
_DOZE_SECONDS = 20e-6


def _most_threads() -> int:
    if config.DISABLE_JIT:
        return 1
    most = int(config.NUMBA_NUM_THREADS)
    return most if "NUMBA_NUM_THREADS" in os.environ else min(most, usable_cores())


max_threads: int = _most_threads()
"""Hilos que se usan como mucho: los núcleos disponibles, o ``NUMBA_NUM_THREADS``."""

_Kernel = Callable[..., None]
_Arguments = tuple[Any, ...]
_SharedTurns = tuple[np.ndarray, np.ndarray, int, int, int]  # what is the same for every thread


class _Job:
    """Un kernel con sus argumentos, que varios hilos ejecutan a la vez."""

    def __init__(
        self, kernel: _Kernel, arguments: _Arguments, turns: _SharedTurns, helpers: int
    ) -> None:
        self.kernel, self.arguments, self.helpers = kernel, arguments, helpers
        self.counters, _, self.blocks, _, self.sequence = self.turns = turns
        self.error: BaseException | None = None

    def run(self, role: int) -> None:
        self.kernel((*self.turns, role), *self.arguments)

    def finished(self) -> bool:
        return bool(self.counters[DONE] >= self.blocks)


class _Helper(threading.Thread):
    """Un hilo que ayuda en los trabajos del equipo; si pasa un rato sin ninguno, duerme."""

    def __init__(self, team: _Team, index: int) -> None:
        super().__init__(name=f"conv2d-{index}", daemon=True)
        self._team, self._index = team, index
        self._seen, self._asleep = 0, False
        self._bell: SimpleQueue[None] = SimpleQueue()
        self.start()

    def wake(self) -> None:
        if self._asleep:
            self._asleep = False
            self._bell.put(None)

    def run(self) -> None:
        while not self._team.closed:
            if not self._help():
                before = int(self._team.board[0])
                rest(self._team.board, before)
                if self._team.board[0] == before:
                    self._sleep()

    def _new_job(self) -> _Job | None:
        job = self._team.job
        wanted = job and job.sequence != self._seen and self._index < job.helpers
        return job if wanted else None

    def _help(self) -> bool:
        job = self._new_job()
        if job is None:
            return False
        self._seen = job.sequence
        try:
            job.run(HELPER)
        except BaseException as error:
            job.error = error
        return True

    def _sleep(self) -> None:
        # Asleep first, and then a last look: a job set in between is seen, or rings the bell.
        self._asleep = True
        if self._new_job() is None and not self._team.closed:
            self._bell.get()
        self._asleep = False


class _Team:
    """Quien dirige es el hilo que llama; ayudan los demás, que se crean cuando hacen falta."""

    def __init__(self) -> None:
        self.board = np.zeros(1, np.int64)
        self.leading = threading.Lock()
        self.job: _Job | None = None
        self.closed = False
        self._helpers: list[_Helper] = []
        self._sequence = 0

    def lead(self, kernel: _Kernel, arguments: _Arguments, blocks: int, threads: int) -> None:
        while len(self._helpers) < threads - 1:
            self._helpers.append(_Helper(self, len(self._helpers)))
        self._sequence += 1
        chunk = max(1, blocks // (_TURNS_PER_THREAD * threads))
        turns = np.zeros(2, np.int64), self.board, blocks, chunk, self._sequence
        self.job = job = _Job(kernel, arguments, turns, threads - 1)
        try:
            for helper in self._helpers[: threads - 1]:
                helper.wake()
            job.run(LEADER)
            while not job.finished() and job.error is None:
                time.sleep(_DOZE_SECONDS)
        finally:
            self.job = None
        if job.error is not None:
            raise job.error

    def close(self) -> None:
        """Ends the helpers: a thread inside a kernel must not meet Python's own end."""
        self.closed = True
        self.board[0] = -1
        for helper in self._helpers:
            helper.wake()
            helper.join()


_team = _Team()
atexit.register(lambda: _team.close())


def _forget_team() -> None:
    global _team
    _team = _Team()


# A forked child has none of its parent's threads: it makes its own team when it needs one.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_team)


def share(kernel: _Kernel, arguments: _Arguments, blocks: int, flops: int) -> None:
    """Llama a ``kernel(turns, *arguments)`` en los hilos que convenga, hasta acabar los bloques.

    ``flops`` mide el trabajo total: si es poco, no se despierta a nadie.

    Cada bloque escribe en su propio lugar, así que el resultado no depende del reparto.
    """
    threads = min(max_threads, blocks, 1 + flops // _FLOPS_PER_THREAD)
    team = _team
    if threads <= 1 or not team.leading.acquire(blocking=False):
        kernel((np.zeros(2, np.int64), team.board, blocks, blocks, 0, ALONE), *arguments)
        return
    try:
        team.lead(kernel, arguments, blocks, threads)
    finally:
        team.leading.release()
