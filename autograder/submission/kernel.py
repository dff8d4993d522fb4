"""Un cuaderno y su juez: el proceso que ejecuta las celdas y el hilo que las juzga."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ..checks import find_check
from ..common.limits import Limits
from ..judging import judge
from ..judging.check import Check
from ..judging.verdict import Verdict
from ..sandbox.flavours import Flavour
from ..sandbox.kernel import DIED, CellRun, Kernel
from ..sandbox.servers import server_of
from ..sandbox.walls import SandboxError
from ..wire.protocol import Connection

SETTLE_SECONDS = 5.0  # For a verdict that is on its way; one that takes longer does not count.


class JudgedKernel:
    """One notebook's process, and the thread that judges what it sends.

    Parameters
    ----------
    flavour : Flavour
    folder : Path or None
        Files that the notebook finds beside it.
    limits : Limits
    log : callable
        Receives each verdict, on the judge's thread, before the notebook hears of it.
    isolated : bool
    find : callable, optional
        From an id to its check: the package's, or those of an instructor's own unit.
    """

    def __init__(
        self,
        flavour: Flavour,
        folder: Path | None,
        limits: Limits,
        log: Callable[[Verdict], None],
        isolated: bool = True,
        find: Callable[[str], Check] = find_check,
    ) -> None:
        self._ours, theirs = socket.socketpair()
        try:
            self._kernel = _start(flavour, theirs, limits, folder, isolated)
        except BaseException:
            self._ours.close()
            raise
        self._stopped = False
        self._log = log
        # Isolated, what has the exercises ready-made is not there to lean on.
        arguments = Connection(self._ours), find, self._hear, not isolated
        self._judge = threading.Thread(target=judge.serve, args=arguments, daemon=True)
        self._judge.start()

    def run(self, source: str, seconds: float) -> CellRun:
        """Run one cell; ``alive`` is false where the judge, too, has lost the notebook."""
        if not self._judge.is_alive():  # On a slow machine, noticed after the cell before.
            return CellRun(ended=DIED, alive=False)
        run = self._kernel.execute(source, seconds)
        if run.alive and run.ended not in ("ok", "error"):
            # Cut in the middle of a message, the judge goes: give it a moment to notice.
            self._judge.join(0.2)
        run.alive = run.alive and self._judge.is_alive()
        return run

    def stop(self) -> None:
        """End the process and let the judge finish."""
        self._kernel.close()
        with suppress(OSError):  # The judge may have closed it already.
            self._ours.shutdown(socket.SHUT_RDWR)
        self._judge.join(SETTLE_SECONDS)
        self._stopped = True

    def _hear(self, verdict: Verdict) -> None:
        """Log a verdict, unless its process is gone: the cell may be running in another by now."""
        if not self._stopped:
            self._log(verdict)


def _start(
    flavour: Flavour, judge: socket.socket, limits: Limits, folder: Path | None, isolated: bool
) -> Kernel:
    spare = judge.dup()
    with spare:
        try:
            return Kernel(server_of(flavour), judge, limits, folder, isolated)
        except ConnectionError:
            # The server was killed: a new one, once.
            return Kernel(server_of(flavour, replace=True), spare, limits, folder, isolated)


__all__ = ["JudgedKernel", "SandboxError"]
