"""Los servidores de cuadernos de este proceso: uno por clase, arrancados cuando hacen falta."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from .flavours import Flavour

# Preserves the bounds of messages and tells the end; macOS has no such local socket.
_KIND = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_DGRAM
_ENVIRONMENT = {
    "HOME": "/nonexistent",
    "MPLCONFIGDIR": "/nonexistent",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    # One notebook a core: their own threads would only get in each other's way.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # Memory in pages of 2 MiB, where Linux has them: less for both forks of a notebook to copy
    # (6.0 ms each and not 7.9 with Keras, 2.4 and not 2.8 without it), and no more of it is taken.
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "LANG": "C.UTF-8",
}
STOP_SECONDS = 5.0
_sockets: dict[str, socket.socket] = {}
_processes: list[subprocess.Popen] = []


def start_server(flavour: Flavour) -> socket.socket:
    """Start a fork server; requests may be sent at once, and wait until it has loaded."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, _KIND)
    command = [sys.executable, "-I", "-m", "autograder.sandbox.forkserver", flavour.name]
    with theirs:
        process = subprocess.Popen(
            [*command, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env={
                **_ENVIRONMENT,
                **flavour.environment,
                "PATH": os.environ.get("PATH", ""),
                "TMPDIR": tempfile.gettempdir(),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    _processes.append(process)
    return ours


def server_of(flavour: Flavour, replace: bool = False) -> socket.socket:
    """The socket of this process's server of a flavour; ``replace`` where that one has died."""
    if replace and flavour.name in _sockets:
        _sockets.pop(flavour.name).close()
    if flavour.name not in _sockets:
        _sockets[flavour.name] = start_server(flavour)
    return _sockets[flavour.name]


def inherit_servers(sockets: Mapping[str, socket.socket]) -> None:
    """Use servers that another process started."""
    _sockets.update(sockets)


@atexit.register
def stop_servers() -> None:
    """Close this process's servers; they end when nobody holds their socket."""
    for ours in _sockets.values():
        ours.close()
    _sockets.clear()
    for process in _processes:
        process.terminate()
    for process in _processes:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    _processes.clear()
