"""Un kernel de Jupyter con el juez al otro lado de un socket heredado."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from . import judge
from .client import JUDGE_FD
from .protocol import Connection
from .verdict import Verdict

START_SECONDS = 120
SETTLE_SECONDS = 5
# What a kernel needs of the grader's environment; the rest stays outside.
_PASSED_ON = (
    *("FASHION_MNIST_DIR", "HOME", "KERAS_HOME", "LANG", "LC_ALL", "MPLCONFIGDIR"),
    *("NUMBA_CACHE_DIR", "PATH", "TMPDIR", "VIRTUAL_ENV", "XDG_CACHE_HOME"),
)
_SPEC = KernelSpec(
    argv=[
        *[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "--HistoryManager.hist_file=:memory:",
    ],
    display_name="Python 3 (ipykernel)",
    language="python",
)


class _Manager(AsyncKernelManager):
    """Always this Python, whatever kernels are installed on the machine."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return _SPEC


class JudgedKernel:
    """One kernel process and the thread that judges what it sends.

    Parameters
    ----------
    folder : Path
        The kernel's working directory.
    log : callable
        Receives each verdict, on the judge's thread, before the notebook hears of it.
    """

    def __init__(self, folder: Path, log: Callable[[Verdict], None]) -> None:
        self._folder, self._log = folder, log
        # Sockets of the file system, in a folder of our own: other users' processes cannot connect.
        self._private = Path(tempfile.mkdtemp(prefix="curso-"))
        self.manager = _Manager(
            transport="ipc", connection_file=str(self._private / "kernel.json"), ip="ipc"
        )
        self.manager.ip = str(self._private / "s")
        self.client: Any = None
        self._socket: socket.socket | None = None
        self._judge: threading.Thread | None = None

    async def start(self) -> None:
        """Start both; ``RuntimeError`` where the kernel does not answer."""
        self._socket, theirs = socket.socketpair()
        self._judge = threading.Thread(
            target=judge.serve, args=(Connection(self._socket), self._log), daemon=True
        )
        with theirs:
            await self.manager.start_kernel(
                cwd=str(self._folder),
                env=self._environment(theirs.fileno()),
                pass_fds=[theirs.fileno()],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._judge.start()
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=START_SECONDS)
        self.client.allow_stdin = False

    def _environment(self, judge_fd: int) -> dict[str, str]:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return environment | {
            JUDGE_FD: str(judge_fd),
            "NBGRADER_EXECUTION": "autograde",
            "IPYTHONDIR": str(self._private / "ipython"),
            "CUDA_VISIBLE_DEVICES": "-1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONIOENCODING": "utf-8",
        }

    async def interrupt(self) -> bool:
        """Ctrl-C; whether the cell ended and the judge is still in conversation."""
        await self.manager.interrupt_kernel()
        try:
            await self.client.shell_channel.get_msg(timeout=SETTLE_SECONDS)
        except Empty:
            return False
        return self.still_judged(0.2)

    def still_judged(self, wait: float = 0) -> bool:
        """Whether the judge listens to this kernel: cut in the middle of a message, it goes."""
        if self._judge is None or self._judge.ident is None:
            return False
        self._judge.join(wait)
        return self._judge.is_alive()

    async def stop(self) -> None:
        """Kill the kernel, let the judge finish, remove every trace."""
        if self.client is not None:
            self.client.stop_channels()
        if self.manager.has_kernel:
            await self.manager.shutdown_kernel(now=True)
        if self._socket is not None:
            with suppress(OSError):  # The other side may have gone first.
                self._socket.shutdown(socket.SHUT_RDWR)
        self.still_judged(SETTLE_SECONDS)
        shutil.rmtree(self._private, ignore_errors=True)
