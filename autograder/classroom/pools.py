"""Dónde corren los trabajos de calificar: la única costura entre la clase y las máquinas."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from conv2d_lib.container import memory_bytes
from conv2d_lib.cores import usable_cores

from ..common.errors import CursoError
from ..sandbox.availability import WITHOUT, isolation_problem
from ..sandbox.flavours import Flavour
from ..sandbox.servers import server_of
from ..submission.jobs import Graded, Job, grade_one
from .workers import check_temporary_folder, run_jobs

# What a notebook that needs much has, as a rule; the most that it may have is twice as much.
MEMORY_EACH = 1024**3
SLACK_SECONDS = 300  # Beyond a notebook's time: start, acceptance, a last cell.


class Pool(Protocol):
    """Somewhere to run jobs. A job is a function of itself alone, and only its result comes back:
    nothing else in grading knows whether that was a process here or another machine.
    """

    def check(self, isolated: bool) -> None:
        """Raise :class:`CursoError` where jobs cannot run here, or not isolated and they should."""

    def expect(self, flavour: Flavour) -> None:
        """Jobs of that flavour are coming: what they need may begin to load."""

    def run(
        self, jobs: Iterable[Job], notebook_seconds: float, idle: Callable[[], None]
    ) -> Iterator[tuple[Job, Graded | Exception]]:
        """Each job with its result, as they end, or the exception that it had.

        Jobs are taken as there is room for them, in the caller's thread: few are in memory. There,
        ``idle`` is called before each wait for a result.
        """


class Processes:
    """This machine's pool: a process for each core.

    Parameters
    ----------
    processes : int, optional
        How many notebooks run at once; as many as cores, or as have a GiB of memory each if those
        are fewer, unless said.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or _as_many_as_fit()
        self._servers: dict[str, socket.socket] = {}

    def check(self, isolated: bool) -> None:
        check_temporary_folder()
        if isolated and (problem := isolation_problem()):
            raise CursoError(f"no se puede aislar los cuadernos: {problem}; {WITHOUT}")

    def expect(self, flavour: Flavour) -> None:
        self._servers[flavour.name] = server_of(flavour)

    def run(
        self, jobs: Iterable[Job], notebook_seconds: float, idle: Callable[[], None]
    ) -> Iterator[tuple[Job, Graded | Exception]]:
        seconds = notebook_seconds + SLACK_SECONDS
        return run_jobs(grade_one, jobs, self._processes, seconds, self._servers, idle)


def _as_many_as_fit() -> int:
    """Where memory ends the system kills a notebook, and its student did nothing wrong."""
    memory = memory_bytes()
    cores = usable_cores()
    return cores if memory is None else max(1, min(cores, round(memory / MEMORY_EACH)))
