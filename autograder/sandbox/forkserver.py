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
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from .limits import Limits
from .namespaces import (
    ENTREGA,
    WORK,
    SandboxError,
    Walls,
    drop_privileges,
    join,
    python_binds,
    system_binds,
)
from .seccomp import build_filter
from .shell import Shell, make_shell, serve_cells

NUMPY, KERAS = "numpy", "keras"
READY_MADE = frozenset({"cv2", "jax", "keras", "mlx", "scipy", "skimage", "tensorflow", "torch"})
REFUSED = {NUMPY: READY_MADE, KERAS: frozenset[str]()}
FIGURES = ("matplotlib.pyplot", "matplotlib_inline.backend_inline")
PRELOADED = {
    NUMPY: ("numpy", *FIGURES, "autograder.client"),
    KERAS: ("numpy", *FIGURES, "keras", "autograder.client", "autograder.keras_bridge"),
}
INTERRUPT = b"i"
CONTROL_FD, JUDGE_FD = 3, 4


class _Refusal:
    """Says why an import fails. The lock is elsewhere: those packages are not in the sandbox."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        root = name.partition(".")[0]
        if root in self._names:
            reason = f"al calificar no hay {root}: este ejercicio se escribe solo con NumPy"
            raise ImportError(reason, name=name)


def main() -> None:
    flavour, descriptor = sys.argv[1], int(sys.argv[2])
    server = socket.socket(fileno=descriptor)
    # The shell first: Matplotlib's inline backend hooks into it when it is imported.
    shell = make_shell()
    for module in PRELOADED[flavour]:
        importlib.import_module(module)
    rules = build_filter()
    with tempfile.TemporaryDirectory(prefix="curso-") as empty:
        binds = system_binds(Path(empty)) + python_binds(REFUSED[flavour], Path(empty))
        server.send(b"listo")
        _serve(server, partial(_keep, shell, rules, binds, REFUSED[flavour]))


def _serve(server: socket.socket, keep: Callable[[dict[str, Any], list[int]], None]) -> None:
    # Finished keepers need no farewell: the kernel reaps them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        data, descriptors, _, _ = socket.recv_fds(server, 1 << 16, 3)
        if not data:
            return
        if os.fork() == 0:
            server.close()
            try:
                keep(json.loads(data), descriptors)
            finally:
                os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


def _keep(
    shell: Shell,
    rules: Any,
    binds: list[str],
    refused: frozenset[str],
    request: dict[str, Any],
    descriptors: list[int],
) -> None:
    """Raise the walls, start the notebook inside, and stand watch until it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    control, judge, lifeline_fd = descriptors
    lifeline = socket.socket(fileno=lifeline_fd)
    limits = Limits(**request["limits"])
    submission = Path(request["submission"]) if request["submission"] else None
    walls = None
    try:
        if request["isolated"]:
            walls = Walls(binds, limits, submission)
            join(walls.pid)
        notebook = os.fork()
        if notebook == 0:
            lifeline.close()
            source = ENTREGA if walls else submission
            _become_notebook(control, judge, source, refused, WORK if walls else None)
            if walls:
                drop_privileges()
            limits.apply()
            if walls:
                rules.load()
            serve_cells(shell, socket.socket(fileno=CONTROL_FD))
            os._exit(0)
        os.close(control)
        os.close(judge)
        lifeline.send(b'{"ready": true}')
        _stand_watch(lifeline, notebook)
    except SandboxError as error:
        lifeline.send(json.dumps({"error": str(error)}).encode())
    finally:
        if walls:
            walls.close()


def _stand_watch(lifeline: socket.socket, notebook: int) -> None:
    descriptor = os.pidfd_open(notebook)
    while True:
        ready, _, _ = select.select([lifeline, descriptor], [], [])
        if descriptor in ready:
            return
        if lifeline.recv(1) != INTERRUPT:
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            return
        signal.pidfd_send_signal(descriptor, signal.SIGINT)


def _become_notebook(
    control: int, judge: int, source: str | Path | None, refused: frozenset[str], home: str | None
) -> None:
    """From a copy of the server to a notebook that holds nothing but its two sockets."""
    nothing = os.open("/dev/null", os.O_RDWR)
    # Far away first: the sockets may themselves have the numbers that they move to.
    far_control, far_judge = os.dup2(control, 1000), os.dup2(judge, 1001)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.dup2(far_control, CONTROL_FD)
    os.dup2(far_judge, JUDGE_FD)
    os.closerange(JUDGE_FD + 1, os.sysconf("SC_OPEN_MAX"))
    home = home or tempfile.mkdtemp(prefix="curso-")
    os.chdir(home)
    if source:
        shutil.copytree(source, home, dirs_exist_ok=True)
    os.environ.clear()
    os.environ.update(
        HOME=home,
        TMPDIR=home,
        MPLCONFIGDIR=home,
        NBGRADER_EXECUTION="autograde",
        CURSO_JUEZ_FD=str(JUDGE_FD),
        TF_CPP_MIN_LOG_LEVEL="3",
        PYTHONDONTWRITEBYTECODE="1",
        LANG="C.UTF-8",
    )
    tempfile.tempdir = None
    sys.argv, sys.path[:0] = [""], [home]
    sys.meta_path.insert(0, _Refusal(refused))


if __name__ == "__main__":
    main()
