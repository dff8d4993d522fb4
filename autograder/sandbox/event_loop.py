"""El bucle de eventos de un cuaderno: en marcha desde la primera celda, como en Jupyter."""

from __future__ import annotations

import asyncio
import os
import selectors
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from types import FrameType
from typing import Any

RESTARTS = 20  # of a loop that a cell stops


class _PipeEnd:
    """An end of a pipe, by the names that asyncio calls a socket by."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        os.set_blocking(descriptor, False)

    def fileno(self) -> int:
        return self._descriptor

    def recv(self, size: int) -> bytes:
        return os.read(self._descriptor, size)

    def send(self, data: bytes) -> int:
        return os.write(self._descriptor, data)

    def close(self) -> None:
        os.close(self._descriptor)


class _Selector(selectors.PollSelector):
    """Waits with no descriptor of its own; ``before_waiting`` says whether to look again first."""

    before_waiting: Any = None

    def select(self, timeout: float | None = None) -> list:
        waits = timeout is None or timeout > 0
        return super().select(0 if waits and self.before_waiting() else timeout)


def _settle(ready: asyncio.Future) -> None:
    if not ready.done():
        ready.set_result(None)


class _QuietLoop(asyncio.SelectorEventLoop):
    """A loop whose pipe to wake it is made when it first waits: most notebooks never do."""

    # asyncio's own, which its stubs keep to themselves.
    _ssock: Any
    _csock: Any
    _internal_fds: int
    _add_reader: Callable[..., Any]
    _read_from_self: Callable[[], None]

    def __init__(self) -> None:
        selector = _Selector()
        super().__init__(selector)
        selector.before_waiting = self._can_be_woken_since_now

    def _make_self_pipe(self) -> None:
        self._ssock = self._csock = None

    def _close_self_pipe(self) -> None:
        if self._ssock is not None:
            super()._close_self_pipe()  # type: ignore[misc]  # Private.

    def _can_be_woken_since_now(self) -> bool:
        """Whether it could not be until now: somebody may have tried."""
        if self._ssock is not None:
            return False
        self._ssock, self._csock = (_PipeEnd(end) for end in os.pipe())
        self._internal_fds += 1
        self._add_reader(self._ssock.fileno(), self._read_from_self)
        return True

    def add_signal_handler(self, *args: Any) -> None:  # type: ignore[override]
        self._can_be_woken_since_now()
        super().add_signal_handler(*args)


class NotebookLoop:
    """The loop in which cells run, and another where a cell leaves it unsound."""

    def __init__(self) -> None:
        self._task: asyncio.Task | None = None
        self._renew()

    def _renew(self) -> None:
        self._loop = _QuietLoop()
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

    def interrupt(self, frame: FrameType | None) -> None:
        """Cut what runs, or what is awaited."""
        if self._task is None or self._runs_code(frame):
            raise KeyboardInterrupt
        self._loop.call_soon_threadsafe(self._task.cancel)

    def _runs_code(self, frame: FrameType | None) -> bool:
        """Whether a cell, a task or a callback runs, and not the loop that waits for them."""
        module = frame.f_globals.get("__name__", "") if frame else ""
        waits = module == __name__ or module.partition(".")[0] in ("asyncio", "selectors")
        return not waits or asyncio.current_task(self._loop) is not None

    def attend_until_readable(self, control: socket.socket) -> None:
        """Let tasks go on between two cells. Where the loop is no longer sound, wait without it."""

        async def wait() -> None:
            ready = self._loop.create_future()
            self._loop.add_reader(control, _settle, ready)
            try:
                await ready
            finally:
                self._loop.remove_reader(control)

        if not self._has_something_to_do():
            return
        work = wait()
        with suppress(Exception, KeyboardInterrupt, SystemExit, asyncio.CancelledError):
            self._loop.run_until_complete(work)
        work.close()

    def _has_something_to_do(self) -> bool:
        with suppress(AttributeError):
            loop: Any = self._loop
            return bool(asyncio.all_tasks(loop) or loop._ready or loop._scheduled)
        return True
