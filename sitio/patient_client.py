"""Quien ejecuta una lección entera, también con los controles que un lector movería."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from queue import Empty
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError


class PatientClient(NotebookClient):
    """Ask the kernel for its reply each second, not once.

    With ``interact`` nbclient writes to the socket that it is waiting on, and the reply that
    arrives meanwhile wakes nobody: the cell is over and all would hang until its timeout.
    """

    interrupted = False

    def execute(self, *arguments: Any, **options: Any) -> Any:
        try:
            return super().execute(*arguments, **options)
        except (asyncio.CancelledError, DeadKernelError):
            if self.interrupted:
                raise KeyboardInterrupt from None
            raise

    async def async_start_new_kernel(self, **options: Any) -> None:
        # nbclient's own answer to Ctrl-C closes the kernel and reads on: a traceback, or a wait.
        running = asyncio.current_task()
        assert running is not None

        def stop() -> None:
            self.interrupted = True
            self.shutdown_kernel = "immediate"
            running.cancel()

        with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows, other threads
            asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop)
        await super().async_start_new_kernel(**options)

    async def async_start_new_kernel_client(self) -> Any:
        client = await super().async_start_new_kernel_client()
        get_msg = client.shell_channel.get_msg

        async def look_again(timeout: float) -> Any:
            deadline = time.monotonic() + timeout
            while (left := deadline - time.monotonic()) > 1:
                try:
                    return await get_msg(timeout=1)
                except Empty:
                    continue
            return await get_msg(timeout=max(left, 0))

        client.shell_channel.get_msg = look_again
        return client
