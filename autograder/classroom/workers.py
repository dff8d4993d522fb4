"""Procesos que califican: uno por núcleo, y si uno muere, otro toma su lugar."""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.connection import wait
from typing import Any, TypeVar

from ..common.away import away
from ..common.errors import CursoError
from ..sandbox.servers import inherit_servers

Job = TypeVar("Job")
ATTEMPTS = 2
LOOK_AHEAD = 2  # Jobs that wait for each that runs: nobody stands idle, and few are in memory.
# Between two tries to start one: what they are forked from may be dying, and be replaced.
START_WAITS = (0.05, 0.2, 0.8, 2.0)
# Numba takes a second to import, and every worker's judge needs it.
PRELOADED = ("autograder.common.quick_imports", "conv2d_lib.functional")
# A socket's name has room for 107 bytes, and multiprocessing adds 32 to the folder's.
LONGEST_TEMPORARY = 75
_NO_MORE = object()


def check_temporary_folder() -> None:
    """Raise CursoError where workers could not be reached."""
    folder = tempfile.gettempdir()
    if len(os.fsencode(folder)) > LONGEST_TEMPORARY:
        raise CursoError(
            f"la carpeta temporal «{folder}» tiene un nombre demasiado largo (caben "
            f"{LONGEST_TEMPORARY} bytes): pon otra, más corta, en la variable TMPDIR"
        )


class WorkerDied(Exception):
    """The process that ran a job went away, twice, or did not answer in its time."""


def get_ready(*modules: str) -> Any:
    """Start the process that workers are forked from; it imports ``modules`` meanwhile."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED, *modules])
    with away():
        forkserver.ensure_running()
    return context


class _Worker:
    """A process that runs jobs, one after another."""

    def __init__(
        self, function: Callable[[Any], Any], servers: Mapping[str, socket.socket]
    ) -> None:
        # Forked from a process of multiprocessing's own that has the imports done and no threads:
        # a fork of this one would take along the locks that its threads hold.
        context = get_ready(function.__module__)
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(function, theirs, dict(servers)), daemon=True
        )
        self._process.start()
        theirs.close()

    def run(self, job: Any, seconds: float) -> Any:
        try:
            self._pipe.send(job)
            if not self._pipe.poll(seconds):
                raise WorkerDied("el calificador no respondió a tiempo")
            return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise WorkerDied("el proceso que lo calificaba murió") from error

    def stop(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _serve(function: Callable[[Any], Any], pipe: Any, servers: Mapping[str, socket.socket]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started the workers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    inherit_servers(servers)
    gc.freeze()  # What was loaded before the fork is no garbage.
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        try:
            answer = function(job)
        except Exception as error:
            answer = error
        pipe.send(answer)


def _started(
    function: Callable[[Any], Any],
    servers: Mapping[str, socket.socket],
    waits: tuple[float, ...],
) -> _Worker:
    for wait_seconds in waits:
        try:
            return _Worker(function, servers)
        except (EOFError, OSError):
            time.sleep(wait_seconds)
    return _Worker(function, servers)


def _leave_with_parent() -> None:
    """End this worker where its grader was killed: a notebook may have minutes to go."""
    grader = multiprocessing.parent_process()
    assert grader is not None  # Only workers come here, and each was started by one.
    wait([grader.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def run_jobs(
    function: Callable[[Job], Any],
    jobs: Iterable[Job],
    processes: int,
    seconds: float,
    servers: Mapping[str, socket.socket] | None = None,
    idle: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Job, Any]]:
    """``(job, result)`` as they end; the result is an exception where the job had one.

    A job whose process dies is tried once more, in a fresh one; the others never notice. Jobs are
    taken as there is room for them, in this thread: the first ones run before the last is known.

    Parameters
    ----------
    function : callable
        What to do with a job; of a module, so that another process finds it.
    jobs : iterable
    processes : int
    seconds : float
        The longest that a job may take.
    servers : mapping, optional
        Fork servers of this process that the workers share, by flavour.
    idle : callable, optional
        Called before each wait for a result: what the caller has put off is best done then.
    """
    waiting: queue.SimpleQueue = queue.SimpleQueue()
    done: queue.SimpleQueue = queue.SimpleQueue()
    arguments = (function, servers or {}, waiting, done, seconds)
    most = processes * (1 + LOOK_AHEAD)
    inside = threads = 0
    try:
        for job in jobs:
            waiting.put(job)
            inside += 1
            if threads < processes:
                threading.Thread(target=_work, args=arguments, daemon=True).start()
                threads += 1
            while inside == most or not done.empty():
                yield _next(done, idle)
                inside -= 1
        for _ in range(threads):
            waiting.put(_NO_MORE)
        for _ in range(inside):
            yield _next(done, idle)
    finally:
        # Where nobody wants the rest: no more are begun.
        with suppress(queue.Empty):
            while True:
                waiting.get_nowait()
        for _ in range(threads):
            waiting.put(_NO_MORE)


def _next(done: queue.SimpleQueue, idle: Callable[[], None]) -> tuple[Any, Any]:
    if done.empty():
        idle()
    return done.get()


def _work(
    function: Callable[[Any], Any],
    servers: Mapping[str, socket.socket],
    waiting: queue.SimpleQueue,
    done: queue.SimpleQueue,
    seconds: float,
) -> None:
    place = Place(function, servers)
    while (job := waiting.get()) is not _NO_MORE:
        done.put((job, place.run(job, seconds)))
    place.stop()


class Place:
    """Where jobs run one after another: a process, and another one where that has died.

    Parameters
    ----------
    function : callable
        What to do with a job; of a module, so that another process finds it.
    servers : mapping
        Fork servers of this process that the other one shares, by flavour.
    """

    def __init__(
        self, function: Callable[[Any], Any], servers: Mapping[str, socket.socket]
    ) -> None:
        self._function, self._servers = function, servers
        self._worker: _Worker | None = None
        self._waits: tuple[float, ...] = START_WAITS

    def run(self, job: Any, seconds: float) -> Any:
        """The job's result, or the exception that it had; it is tried twice where it kills."""
        result: Any = None
        for _ in range(ATTEMPTS):
            try:
                if self._worker is None:
                    self._worker = _started(self._function, self._servers, self._waits)
                    self._waits = START_WAITS
                return self._worker.run(job, seconds)
            except Exception as error:
                # Also where no process can be started: whoever waits must hear of it.
                result = error
                if self._worker is None:
                    self._waits = ()  # Waited in vain: no more for each of the other jobs.
                self.stop()
        return result

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None
