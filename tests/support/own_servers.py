"""Servers that a test starts: a port that nobody takes meanwhile, an answer waited for, an end."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import time
import urllib.request
from http.client import HTTPException

PATIENCE = 400  # Seconds; only so that a test that would hang fails instead.
# Below those that the system gives to whoever asks for any: between its being found free and the
# server's binding it nobody else comes upon it. A thousand for each worker of the tests.
_FIRST, _EACH = 12_000, 1000
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 16
_NEXT = itertools.count(os.getpid() % _EACH)


def free_port() -> int:
    """A port of this machine where nobody listens, and that is given once."""
    for turn in itertools.islice(_NEXT, _EACH):
        port = _FIRST + _WORKER * _EACH + turn % _EACH
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # As servers do.
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("no hay puertos libres")


def answered(address: str, server: subprocess.Popen) -> str:
    """The page at an address, once the server is there to give it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.read().decode()
        # Also one that was long in coming, and one that was cut.
        except (OSError, HTTPException):
            if server.poll() is not None or time.monotonic() > deadline:
                raise
        time.sleep(0.3)


def end(server: subprocess.Popen) -> None:
    """End a server that leads a session, with all that is in it, and see it end."""
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        raise
