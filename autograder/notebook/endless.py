"""Con «nbgrader validate» nadie puede pulsar ■: una función que no acaba se corta aquí.

nbgrader waits half a minute for every cell, and then says in English that nobody answered. While
the notebook is validated, and only then, a cell that has been inside one function of the student's
for a while is interrupted; one that meets the same loop again, sooner.
"""

from __future__ import annotations

import _thread
import sys
import threading
import time
from types import CodeType, FrameType
from typing import Any

from ..common.failures import validating
from .cell_lines import is_cell, notebook_shell

SECONDS = 10.0
KERAS_SECONDS = 25.0  # training and building models takes its time, and nbgrader waits 30
AGAIN_SECONDS = 2.0
_LOOK_SECONDS = 0.2


class CellWatch:
    """Interrupts the main thread where it has been too long in a function defined in a cell."""

    def __init__(self) -> None:
        self._main = threading.main_thread().ident
        self._known: set[CodeType] = set()
        self._ended = threading.Event()
        self._lock = threading.Lock()

    def begin(self, *_: Any) -> None:
        """A cell starts."""
        self._ended = ended = threading.Event()
        threading.Thread(target=self._watch, args=(ended,), daemon=True).start()

    def end(self, *_: Any) -> None:
        """It ended: what is interrupted from now on would be another."""
        with self._lock:
            self._ended.set()

    def _watch(self, ended: threading.Event) -> None:
        inside: set[CodeType] = set()
        since = time.monotonic()
        while not ended.wait(_LOOK_SECONDS):
            now = _functions(sys._current_frames().get(self._main or 0))
            # The outermost that has not changed: what it calls comes and goes.
            if not inside & now:
                since = time.monotonic()
                inside = now
            inside &= now
            if inside and time.monotonic() - since > self._patience(inside):
                with self._lock:
                    if not ended.is_set():
                        self._known |= inside
                        _thread.interrupt_main()
                since = time.monotonic()

    def _patience(self, inside: set[CodeType]) -> float:
        if inside & self._known:
            return AGAIN_SECONDS
        return KERAS_SECONDS if "keras" in sys.modules else SECONDS


def _functions(frame: FrameType | None) -> set[CodeType]:
    """The functions defined in cells that a thread is inside of."""
    found = set()
    while frame is not None:
        code = frame.f_code
        if code.co_name != "<module>" and is_cell(code.co_filename):
            found.add(code)
        frame = frame.f_back
    return found


def install() -> None:
    """In a kernel that nbgrader validates, from the next cell on."""
    shell = notebook_shell()
    if validating() and shell is not None:
        watch = CellWatch()
        shell.events.register("pre_run_cell", watch.begin)
        shell.events.register("post_run_cell", watch.end)
