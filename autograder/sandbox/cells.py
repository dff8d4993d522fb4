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
from collections.abc import Coroutine
from contextlib import suppress
from types import FrameType
from typing import Any

from ..protocol import Connection, Message
from .commands import stand_in_for_processes
from .shell import OUTBOX, Shell, Stream, flush_streams
from .thread_semaphores import stand_in_for_semaphores

TURNS = 3  # of the loop after a cell: as many as Jupyter's own messages give to waiting tasks
RESTARTS = 20  # of a loop that a cell stops


def serve_cells(shell: Shell, control: socket.socket) -> None:
    """Run the cells that arrive until the socket closes."""
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    _leave_nobody_waiting()
    stand_in_for_processes()
    stand_in_for_semaphores()
    _draw_without_windows()
    OUTBOX.connection = connection = Connection(control)
    loop = _Loop()
    while True:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        loop.attend_until_readable(control)
        try:
            request = connection.receive()
        except EOFError:
            return
        OUTBOX.interrupted = False
        signal.signal(signal.SIGINT, loop.interrupt)
        status = loop.run(_run_cell(shell, request.body["source"]))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        OUTBOX.interrupted = False
        flush_streams()
        OUTBOX.say(Message("done", {"status": status or "error"}))


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


class _Loop:
    """The notebook's event loop, and another where a cell leaves it unsound."""

    def __init__(self) -> None:
        self._task: asyncio.Task | None = None
        self._renew()

    def _renew(self) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)

    def run(self, work: Coroutine[Any, Any, str]) -> str | None:
        """What ``work`` returns; None where the loop could not be brought to its end."""
        if self._loop.is_closed():
            self._renew()
        self._task = task = self._loop.create_task(work)
        for _ in range(RESTARTS):
            # A task of the notebook's own that is interrupted stops the loop, and so may a cell.
            with suppress(Exception, KeyboardInterrupt, SystemExit, asyncio.CancelledError):
                self._loop.run_until_complete(task)
            if task.done():
                return None if task.cancelled() or task.exception() else task.result()
        self._renew()
        return None

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """A signal: cut what runs, or what is awaited, but no message halfway."""
        if OUTBOX.sending:
            OUTBOX.interrupted = True
        elif self._task is None or self._runs_code(frame):
            raise KeyboardInterrupt
        else:
            self._loop.call_soon_threadsafe(self._task.cancel)

    def _runs_code(self, frame: FrameType | None) -> bool:
        """Whether a cell, a task or a callback runs, and not the loop that waits for them."""
        module = frame.f_globals.get("__name__", "") if frame else ""
        waits = module.partition(".")[0] in ("asyncio", "selectors")
        return not waits or asyncio.current_task(self._loop) is not None

    def attend_until_readable(self, control: socket.socket) -> None:
        """Let tasks go on between two cells. Where the loop is no longer sound, wait without it."""

        async def wait() -> None:
            ready = self._loop.create_future()
            self._loop.add_reader(control, lambda: ready.done() or ready.set_result(None))
            try:
                await ready
            finally:
                self._loop.remove_reader(control)

        work = wait()
        with suppress(Exception, KeyboardInterrupt, SystemExit, asyncio.CancelledError):
            self._loop.run_until_complete(work)
        work.close()


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

    pyplot.switch_backend = switch_backend
