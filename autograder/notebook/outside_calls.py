"""Procesos y red: al calificar no los hay, y en casa se dice mientras se comprueba una función."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from . import absent

_PROCESSES = frozenset({
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system",
    "pty.spawn", "subprocess.Popen", "_winapi.CreateProcess",
})  # fmt: skip
_NETWORK = frozenset({
    "ftplib.connect", "http.client.connect", "smtplib.connect", "socket.bind", "socket.connect",
    "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request",
})  # fmt: skip
_LOOPBACK = ("127.0.0.1", "::1")


class _State:
    def __init__(self) -> None:
        self.installed = False
        self.grading = False
        self.examining = False
        self.others: frozenset[int] = frozenset()  # Threads that the function did not start.


_state = _State()


def install(grading: bool = False) -> None:
    """Look at what this process asks of the system, for good; Python lets nobody stop it."""
    _state.grading = _state.grading or grading
    if not _state.installed:
        _state.installed = True
        sys.addaudithook(_look)


@contextmanager
def refused() -> Iterator[None]:
    """While a function is examined: what it cannot do when it is graded, it cannot do at home."""
    install()
    own = threading.get_ident()
    _state.others = frozenset(t.ident for t in threading.enumerate() if t.ident and t.ident != own)
    _state.examining = True
    try:
        yield
    finally:
        _state.examining = False


def _look(event: str, args: tuple[Any, ...]) -> None:
    if event not in _PROCESSES and event not in _NETWORK:
        return
    if _state.examining and threading.get_ident() not in _state.others:
        if not _is_windows_own(event, args):
            # As the sandbox's system says it: then both are explained by the same words.
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
    elif _state.grading:
        absent.touch()


def _is_windows_own(event: str, args: tuple[Any, ...]) -> bool:
    """Windows makes a pair of sockets, as asyncio needs, by a connection to itself."""
    if sys.platform != "win32" or event not in ("socket.bind", "socket.connect"):
        return False
    address = args[1] if len(args) > 1 else None
    return isinstance(address, tuple) and address[:1] and address[0] in _LOOPBACK
