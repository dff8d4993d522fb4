"""El proceso que da forma de HTML a una celda: quien lo llama no lo espera más de la cuenta.

It imports the renderers once, and forks a copy of itself that uses them: one that takes too long is
ended, and the next is there at once.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import signal
import sys
import time
from multiprocessing.connection import Connection

from nbconvert.filters.highlight import Highlight2HTML

from .renderer import CLOCK, NOT_IN_TIME, SPENT
from .safe_markdown import safe_html

MAX_MEMORY = 2 << 30
MAX_MESSAGE = 16 << 20
_highlight = Highlight2HTML(pygments_lexer="ipython3")
_fork = multiprocessing.get_context("fork")


def _html(kind: str, source: str) -> str:
    return str(_highlight(source)) if kind == "code" else safe_html(source)


def _render(pipe: Connection, *others: Connection) -> None:
    for other in others:
        other.close()  # Or else nobody would notice that who held them is gone.
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    while True:
        request = json.loads(pipe.recv_bytes(MAX_MESSAGE))
        before = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, request["seconds"])  # It ends this process.
        page = _html(request["kind"], request["source"]) or " "
        signal.setitimer(signal.ITIMER_PROF, 0)
        spent = SPENT.pack(time.process_time() - before)
        pipe.send_bytes(spent + page.encode("utf-8", "replace"))


class _Copy:
    """This process's copy that renders, and what it is told through."""

    def __init__(self, above: Connection) -> None:
        self._pipe, theirs = _fork.Pipe()
        ends = (theirs, self._pipe, above)
        self._process = _fork.Process(target=_render, args=ends, daemon=True)
        self._process.start()
        theirs.close()

    def answer(self, request: bytes, seconds: float) -> bytes:
        try:
            self._pipe.send_bytes(request)
            if self._pipe.poll(CLOCK * seconds):
                return self._pipe.recv_bytes(MAX_MESSAGE)
        except (OSError, EOFError):
            pass  # It died of the text, or its time was over.
        return NOT_IN_TIME

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def main() -> None:
    """Answer requests, one after another, until the other side goes away."""
    connection = Connection(int(sys.argv[1]))
    copy = _Copy(connection)
    connection.send_bytes(b"ready")
    while True:
        try:
            request = connection.recv_bytes(MAX_MESSAGE)
        except EOFError:
            copy.end()
            return
        answer = copy.answer(request, json.loads(request)["seconds"])
        if answer == NOT_IN_TIME:
            copy.end()
            copy = _Copy(connection)
        connection.send_bytes(answer)


if __name__ == "__main__":
    main()
