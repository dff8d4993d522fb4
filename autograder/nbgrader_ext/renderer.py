"""Dar forma de HTML a lo que escribió un estudiante en otro proceso, que se puede abandonar.

Pygments and Markdown are made of patterns that some texts of a few kilobytes keep busy for minutes.
No list of such texts is complete: here the processor's time decides, and the reader sees the text
as it is.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import struct
import subprocess
import sys
import threading
from collections import OrderedDict
from contextlib import suppress
from multiprocessing.connection import Connection

START_SECONDS = 120.0
SLACK_SECONDS = 30.0  # Of the process beyond the text's time, on a busy machine.
NOT_IN_TIME = b""  # No page is empty.
SPENT = struct.Struct("<d")  # Before each page, the processor's seconds that it took.
# A text's time is the processor's: on a busy machine the clock says as much of others. This many
# times as much of the clock is for who sleeps.
CLOCK = 10
MAX_FAILURES = 3  # To start; then pages are without colours, and nobody waits for them.
MAX_ANSWER = 16 << 20
MAX_KNOWN, MAX_KNOWN_PAGE = 200, 50_000  # What is in everybody's notebook is rendered once.


class Renderer:
    """A process that renders one text after another, and gives up those that take too long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._owner = 0
        self._failures = 0
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()

    def start(self) -> None:
        """Start the process where there is none: whoever counts a text's time calls it before."""
        with self._lock, suppress(OSError, EOFError):
            self._ready()

    def render(self, kind: str, source: str, seconds: float) -> tuple[str | None, float]:
        """The HTML of ``source``, or None where it does not come in time; and what it took.

        Parameters
        ----------
        kind : {"code", "markdown"}
        source : str
        seconds : float
            Of the processor's time; the process's own start is not counted.
        """
        request = {"kind": kind, "source": source, "seconds": seconds}
        key = kind, source
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key], 0.0
            try:
                connection = self._ready()
                connection.send_bytes(json.dumps(request).encode())
                if connection.poll(CLOCK * seconds + SLACK_SECONDS):
                    answer = connection.recv_bytes(MAX_ANSWER)
                    if answer == NOT_IN_TIME:
                        return None, seconds
                    (spent,) = SPENT.unpack_from(answer)
                    return self._remembered(key, answer[SPENT.size :].decode()), spent
            except (OSError, EOFError, ValueError, struct.error):
                pass  # It died, or cannot be started here.
            self._end()
            return None, seconds

    def close(self) -> None:
        """End the process; the next text starts another."""
        with self._lock:
            self._end()

    def _remembered(self, key: tuple[str, str], page: str) -> str:
        if len(page) <= MAX_KNOWN_PAGE:
            self._known[key] = page
            if len(self._known) > MAX_KNOWN:
                self._known.popitem(last=False)
        return page

    def _ready(self) -> Connection:
        if self._connection is not None and self._owner == os.getpid():
            return self._connection
        if self._failures >= MAX_FAILURES:
            raise OSError("el proceso que da forma a las páginas no arranca en esta máquina")
        self._failures += 1
        ours, theirs = socket.socketpair()
        connection = Connection(ours.detach())
        with theirs:
            number = theirs.fileno()
            command = [
                sys.executable,
                "-I",
                "-m",
                "autograder.nbgrader_ext.page_worker",
                str(number),
            ]
            self._process = subprocess.Popen(
                command, pass_fds=[number], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
        self._owner = os.getpid()
        if not connection.poll(START_SECONDS):
            self._end()
            raise OSError("el proceso que da forma a las páginas no arranca")
        connection.recv_bytes(MAX_ANSWER)
        self._connection, self._failures = connection, 0
        return connection

    def _end(self) -> None:
        connection, process = self._connection, self._process
        self._connection = self._process = None
        if connection is not None:
            connection.close()
        if process is not None and self._owner == os.getpid():
            with suppress(OSError):
                process.kill()
            process.wait()


RENDERER = Renderer()
atexit.register(RENDERER.close)
