"""«Lleva N s»: lo que se lee bajo ``comprobar`` mientras la función no termina."""

from __future__ import annotations

import contextvars
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import CodeType
from typing import Any

from ..common.failures import executed_by_nbgrader
from ..common.plain_letters import PLAINER
from . import cell_lines
from .home_judge import inherited

FIRST_SECONDS = 3.0
EVERY_SECONDS = 1.0
PATIENCE_SECONDS = 10.0  # before it is said how to stop it


class Progress:
    """Context manager around a check: after a while it says how long it takes, and where it is.

    In a notebook one line is updated in its place; elsewhere lines come ever more seldom. Nothing
    is said when nbgrader runs the notebook or a grader does.

    Parameters
    ----------
    check_id : str
    function : callable
        What is being checked.
    """

    def __init__(self, check_id: str, function: Callable[..., Any]) -> None:
        self._check_id = check_id
        code = getattr(function, "__code__", None)
        self._home = code if isinstance(code, CodeType) else None
        self._caller = threading.get_ident()
        self._done = threading.Event()
        self._thread: threading.Thread | None = None
        self.began = time.monotonic()

    @property
    def seconds(self) -> int:
        return int(time.monotonic() - self.began)

    def __enter__(self) -> Progress:
        if not (inherited() or executed_by_nbgrader()):
            # With the cell's context: it is how what is shown finds its way to this cell.
            run = contextvars.copy_context().run
            thread = threading.Thread(target=run, args=(self._watch,), daemon=True)
            with suppress(RuntimeError):  # Too many threads: then nothing is said.
                thread.start()
                self._thread = thread
        return self

    def __exit__(self, *exception: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        if self._done.wait(FIRST_SECONDS):
            return
        line: _Line = _CellLine() if cell_lines.notebook_shell() else _PlainLines()
        # Whatever is wrong with the screen, the check goes on.
        with suppress(Exception):
            while True:
                line.show(self._text(), self.seconds)
                if self._done.wait(EVERY_SECONDS):
                    break
            line.end(f"{self._check_id} tardó {self.seconds} s")

    def _text(self) -> str:
        place = cell_lines.of_frame(sys._current_frames().get(self._caller), self._home)
        text = f"{self._check_id} lleva {self.seconds} s"
        text += f"; está en {place}" if place else "; el juez compara"
        if place and time.monotonic() - self.began > PATIENCE_SECONDS:
            text += (
                f" (si no termina, párala con {'■' if cell_lines.notebook_shell() else 'Ctrl-C'})"
            )
        return text


class _CellLine:
    """One line under the cell, changed in its place."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, text: str, seconds: int) -> None:
        from IPython.display import display

        bundle = {"text/plain": f"… {text}"}
        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)
        else:
            self._handle.update(bundle, raw=True)

    def end(self, text: str) -> None:
        if self._handle is not None:
            self._handle.update({"text/plain": f"· {text}"}, raw=True)


class _PlainLines:
    """Lines of a script or a terminal, each after twice as long as the one before."""

    def __init__(self) -> None:
        self._next = 0

    def show(self, text: str, seconds: int) -> None:
        if seconds >= self._next:
            self._next = 2 * max(seconds, 5)
            say(f"… {text}")

    def end(self, text: str) -> None:
        pass


_Line = _CellLine | _PlainLines


def say(text: str) -> None:
    """Print, with what an old terminal's alphabet lacks in other letters."""
    try:
        print(text, flush=True)
    except UnicodeEncodeError:
        known = getattr(sys.stdout, "encoding", None) or "ascii"
        print(text.encode(known, PLAINER).decode(known), flush=True)
