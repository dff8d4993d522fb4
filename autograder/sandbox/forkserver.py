"""Un proceso con todo cargado que se bifurca por cada cuaderno: arrancar cuesta milisegundos.

``python -m autograder.sandbox.forkserver FLAVOUR SOCKET``. Each request brings three descriptors:
the cells' socket, the judge's socket, and a lifeline. The fork that answers (the keeper) raises the
walls, sends its own child inside, and waits: a byte on the lifeline interrupts the notebook, and
its end closes the sandbox with everything in it, even if the grader was killed.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from ..common.limits import Limits
from ..common.loading import for_good
from ..common.scratch import scratch
from ..notebook import packages
from .cells import serve_cells
from .flavours import FLAVOURS, Flavour
from .kernel import INTERRUPT, LOST, NOT_STARTED
from .notebook_process import become_notebook
from .resources import limit_resources
from .shell import Shell, make_shell
from .walls import ENTREGA, WORK, SandboxError, Walls, bound_folder, drop_privileges, join, readable

MAX_REQUEST = 1 << 16
LOOK_SECONDS = 0.1  # between two counts of a notebook's threads


def main() -> None:
    flavour, server = FLAVOURS[sys.argv[1]], socket.socket(fileno=int(sys.argv[2]))
    shell = _load(flavour)
    # Told to stop, it leaves as if it had finished: its folder goes with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with suppress(SystemExit), scratch() as empty:
        try:
            keeper = Keeper(flavour, shell, empty)
            _serve(server, keeper.keep)
        finally:
            # Its socket closes before it is told: that must not cut short what it tidies up.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # TensorFlow's own farewell takes a quarter of a second, and there is nothing left to save.
    os._exit(0)


def _load(flavour: Flavour) -> Shell:
    """Import what the flavour's notebooks will need; the interpreter that they will run in."""
    with for_good():
        # The shell first: Matplotlib's inline backend hooks into it when it is imported.
        shell = make_shell()
        loaded: dict[str, Any] = sys.modules
        loaded.update(dict.fromkeys(flavour.postponed))  # None: as if it were not installed
        for module in flavour.preloaded:
            importlib.import_module(module)
        for module in flavour.postponed:
            del sys.modules[module]
        if flavour.start:
            importlib.import_module(flavour.start).prepare()
        packages.learn()
    return shell


def _serve(server: socket.socket, keep: Callable[[dict[str, Any], list[int]], None]) -> None:
    # Finished keepers need no farewell: the kernel reaps them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        data, descriptors, _, _ = socket.recv_fds(server, MAX_REQUEST, 3)
        if not data:
            return
        if os.fork() == 0:
            server.close()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            try:
                keep(json.loads(data), descriptors)
            finally:
                os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


class Keeper:
    """What every notebook's keeper starts from, made once before the forks."""

    def __init__(self, flavour: Flavour, shell: Shell, empty: Path) -> None:
        self._flavour, self._shell = flavour, shell
        self._binds: list[str] = []
        self._filter: Any = None
        if sys.platform == "linux":
            from .seccomp import build_filter

            self._binds = readable(flavour.own_implementation, empty)
            self._filter = build_filter()

    def keep(self, request: dict[str, Any], descriptors: list[int]) -> None:
        """Raise the walls, start the notebook inside, and stand watch until it ends."""
        with nullcontext(WORK) if request["isolated"] else scratch() as home:
            self._keep(request, descriptors, str(home))

    def _keep(self, request: dict[str, Any], descriptors: list[int], home: str) -> None:
        control, judge, lifeline_fd = descriptors
        lifeline = socket.socket(fileno=lifeline_fd)
        limits = Limits(**request["limits"])
        folder = Path(request["folder"]) if request["folder"] else None
        ended, ends = os.pipe()
        os.set_blocking(ends, False)
        signal.set_wakeup_fd(ends, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        walls = processes = None
        try:
            if request["isolated"]:
                walls = Walls(self._binds, limits, folder)
                processes = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
                join(walls.pid)
                bound_folder(limits)
            notebook = os.fork()
            if notebook == 0:
                signal.set_wakeup_fd(-1)
                try:
                    isolated = walls is not None
                    self._run_notebook(control, judge, folder, home, limits, isolated)
                    os._exit(LOST)
                finally:
                    os._exit(NOT_STARTED)
            os.close(control)
            os.close(judge)
            lifeline.send(b'{"ready": true}')
            crowded = partial(_crowded, processes, notebook, limits.threads)
            code = _stand_watch(lifeline, ended, notebook, crowded)
            farewell = {"threads": limits.threads} if code is None else {"code": code}
            with suppress(OSError):  # Whoever no longer waits for it does not hear it.
                lifeline.send(json.dumps(farewell).encode())
        except SandboxError as error:
            lifeline.send(json.dumps({"error": str(error)}).encode())
        finally:
            if walls:
                walls.close()

    def _run_notebook(
        self,
        control: int,
        judge: int,
        folder: Path | None,
        home: str,
        limits: Limits,
        isolated: bool,
    ) -> None:
        source = ENTREGA if isolated else folder
        cells = become_notebook(control, judge, source, home, self._flavour)
        if isolated:
            drop_privileges()
        limit_resources(limits, self._flavour.reserved_bytes)
        if isolated:
            self._filter.load()
        if self._flavour.start:
            importlib.import_module(self._flavour.start).begin()
        serve_cells(self._shell, cells)


def _stand_watch(
    lifeline: socket.socket, ended: int, notebook: int, crowded: Callable[[], bool]
) -> int | None:
    """Pass interrupts on, until the notebook ends or nobody waits for it any more.

    With what code it ended, or by which signal, negative; None where it had too many threads.
    """
    while True:
        ready, _, _ = select.select([lifeline, ended], [], [], LOOK_SECONDS)
        if crowded():
            os.kill(notebook, signal.SIGKILL)
            return None
        if ended in ready:
            os.read(ended, 64)
            gone, status = os.waitpid(notebook, os.WNOHANG)
            if gone:
                return os.waitstatus_to_exitcode(status)
        if lifeline in ready:
            if lifeline.recv(1) != INTERRUPT:
                os.kill(notebook, signal.SIGKILL)
                return -signal.SIGKILL
            os.kill(notebook, signal.SIGINT)


def _crowded(processes: int | None, notebook: int, most: int) -> bool:
    """Whether a notebook has more threads than allowed.

    ``RLIMIT_NPROC`` would say so by itself, but it does not bind a grader that is root. Inside the
    walls there is no /proc: ``processes`` is the machine's, opened before. None: no walls.
    """
    if processes is None:
        return False
    try:
        status = os.open(f"{notebook}/stat", os.O_RDONLY, dir_fd=processes)
    except OSError:
        return False
    with os.fdopen(status, "rb") as file:
        # The name, in brackets, may hold anything; the count is the 18th field after it.
        fields = file.read().rpartition(b")")[2].split()
    return int(fields[17]) > most


if __name__ == "__main__":
    main()
