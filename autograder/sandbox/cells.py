"""Dentro del recinto: las celdas que llegan, una tras otra, en un bucle de eventos en marcha.

As in Jupyter: a cell may ``await``, start tasks that go on in the next ones, or ask for the loop
that is running.
"""

from __future__ import annotations

import asyncio
import builtins
import getpass
import os
import signal
import socket
import sys
from contextlib import suppress
from types import FrameType
from typing import Any

from ..wire.protocol import Connection, Message
from .commands import stand_in_for_processes
from .event_loop import NotebookLoop
from .kept_names import KeptNames
from .shell import OUTBOX, Shell, Stream, flush_streams
from .thread_semaphores import stand_in_for_semaphores

_ANYTHING = BaseException  # By this name, that a notebook cannot take away.
TURNS = 3  # of the loop after a cell: as many as Jupyter's own messages give to waiting tasks


def serve_cells(shell: Shell, control: socket.socket) -> None:
    """Run the cells that arrive until the socket closes."""
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    _leave_nobody_waiting()
    stand_in_for_processes()
    stand_in_for_semaphores()
    _draw_without_windows()
    OUTBOX.connection = connection = Connection(control)
    loop = NotebookLoop()
    kept = KeptNames()
    try:
        _serve(shell, control, connection, loop, kept)
    except _ANYTHING as error:
        _say_what_is_broken(kept, error)


def _serve(
    shell: Shell,
    control: socket.socket,
    connection: Connection,
    loop: NotebookLoop,
    kept: KeptNames,
) -> None:
    def interrupt(number: int, frame: FrameType | None) -> None:
        if OUTBOX.sending:
            OUTBOX.interrupted = True  # No message is cut halfway.
        else:
            loop.interrupt(frame)

    while True:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        loop.attend_until_readable(control)
        try:
            request = connection.receive()
        except EOFError:
            return
        OUTBOX.interrupted = False
        signal.signal(signal.SIGINT, interrupt)
        status = loop.run(_run_cell(shell, request.body["source"]))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        OUTBOX.interrupted = False
        flush_streams()
        done = {"status": status or "error"}
        OUTBOX.say(Message("done", done if status == "ok" else done | {"changed": kept.changed()}))


def _say_what_is_broken(kept: KeptNames, error: BaseException) -> None:
    """The last message, where no cell can be run any more."""
    changed = kept.changed()
    kept.put_back()
    with suppress(Exception):  # The channel itself may be closed.
        said = type(error).__name__
        with suppress(Exception):  # What it says may be the notebook's own.
            said += f": {error}"
        OUTBOX.say(Message("broken", {"changed": changed, "said": said}))


async def _run_cell(shell: Shell, source: str) -> str:
    """Run a cell as ipykernel does: with ``await`` only where it has one."""
    transformed, problem = source, None
    try:
        transformed = shell.transform_cell(source)
    except Exception:
        problem = sys.exc_info()
    try:
        if shell.should_run_async(
            source, transformed_cell=transformed, preprocessing_exc_tuple=problem
        ):
            result = None
            try:
                result = await shell.run_cell_async(
                    source,
                    store_history=True,
                    transformed_cell=transformed,
                    preprocessing_exc_tuple=problem,
                )
            finally:
                shell.events.trigger("post_execute")
                shell.events.trigger("post_run_cell", result)
        else:
            result = shell.run_cell(source, store_history=True)
    except (KeyboardInterrupt, SystemExit, asyncio.CancelledError):
        return "error"
    for _ in range(TURNS):
        await asyncio.sleep(0)
    return "ok" if result.success else "error"


def _leave_nobody_waiting() -> None:
    """Questions to the student fail at once, and say why."""

    def no_input(prompt: object = "") -> str:
        raise EOFError("al calificar no hay nadie que responda a input()")

    def no_password(prompt: str = "Password: ", stream: Any = None) -> str:
        raise EOFError("al calificar no hay nadie que responda a getpass()")

    def no_debugger(*args: Any, **kwargs: Any) -> None:
        if os.environ.get("PYTHONBREAKPOINT") != "0":
            raise EOFError("al calificar no hay nadie que responda a breakpoint()")

    builtins.input = no_input
    getpass.getpass = no_password
    # There is no list of users inside.
    getpass.getuser = lambda: "estudiante"
    sys.breakpointhook = no_debugger


def _draw_without_windows() -> None:
    """A backend that needs a window, asked for by name, is the notebook's own."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    switch = pyplot.switch_backend

    def switch_backend(newbackend: str) -> None:
        try:
            switch(newbackend)
        except Exception:
            switch("module://matplotlib_inline.backend_inline")

    vars(pyplot)["switch_backend"] = switch_backend
