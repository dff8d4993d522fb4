"""El cuaderno visto desde fuera: se le mandan celdas y devuelve salidas, dentro de sus límites."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..protocol import Connection, Message, ProtocolError
from .forkserver import INTERRUPT
from .limits import Limits
from .namespaces import SandboxError

OK, ERROR, TIMEOUT, FLOOD, DIED = "ok", "error", "timeout", "flood", "died"
START_SECONDS = 30.0
GRACE_SECONDS = 3.0  # between an interrupt and the end of patience


@dataclass
class CellRun:
    """What a cell did: its outputs in nbformat's form, and how it ended.

    ``alive`` is whether the notebook goes on after it.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    ended: str = OK
    alive: bool = True


class ForkServer:
    """A warm process that notebooks are forked from; one a flavour, shared by the workers."""

    def __init__(self, flavour: str) -> None:
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": "/nonexistent",
            "MPLCONFIGDIR": "/nonexistent",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "KERAS_BACKEND": "tensorflow",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "LANG": "C.UTF-8",
        }
        command = [sys.executable, "-I", "-m", "autograder.sandbox.forkserver", flavour]
        with theirs:
            self.process = subprocess.Popen(
                [*command, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        if self.socket.recv(16) != b"listo":
            raise SandboxError("el servidor de cuadernos no arrancó")

    def close(self) -> None:
        self.socket.close()
        self.process.kill()
        self.process.wait()


class Kernel:
    """One notebook's process.

    Parameters
    ----------
    server : socket.socket
        The fork server's socket.
    judge : socket.socket
        The notebook's end of its conversation with the judge; closed here once it is sent.
    limits : Limits
    submission : Path, optional
        Folder whose files the notebook finds in its own.
    isolated : bool
        False only where the instructor gave up isolation.
    """

    def __init__(
        self,
        server: socket.socket,
        judge: socket.socket,
        limits: Limits,
        submission: Path | None = None,
        isolated: bool = True,
    ) -> None:
        self.limits = limits
        ours, control = socket.socketpair()
        self._lifeline, lifeline = socket.socketpair()
        self._control = Connection(ours)
        request = {
            "limits": asdict(limits),
            "submission": str(submission) if submission else None,
            "isolated": isolated,
        }
        with control, lifeline, judge:
            descriptors = [control.fileno(), judge.fileno(), lifeline.fileno()]
            try:
                socket.send_fds(server, [json.dumps(request).encode()], descriptors)
                self._lifeline.settimeout(START_SECONDS)
                reply = self._lifeline.recv(4096)
            except OSError:
                reply = b""
        answer = json.loads(reply or b'{"error": "el servidor de cuadernos no responde"}')
        if "error" in answer:
            self.close()
            raise SandboxError(answer["error"])

    def execute(self, source: str, seconds: float | None = None) -> CellRun:
        """Run one cell; never raises for what the notebook does, and ends it where it must."""
        run = self._execute(source, seconds)
        if not run.alive:
            self.close()
        return run

    def _execute(self, source: str, seconds: float | None) -> CellRun:
        run = CellRun()
        deadline = time.monotonic() + (seconds or self.limits.cell_seconds)
        size = 0
        try:
            self._control.send(Message("execute", {"source": source}))
            while True:
                if not self._readable(deadline):
                    if run.ended in (TIMEOUT, FLOOD):
                        run.alive = False
                        return run
                    run.ended, deadline = TIMEOUT, self._interrupt()
                    continue
                message = self._control.receive()
                if message.op == "done":
                    if run.ended == OK and message.body.get("status") != "ok":
                        run.ended = ERROR
                    return run
                raw = bytes(message.body["json"])
                size += len(raw)
                if size <= self.limits.output_bytes:
                    run.outputs.append(json.loads(raw))
                elif run.ended == OK:
                    run.ended, deadline = FLOOD, self._interrupt()
        except (OSError, EOFError, ProtocolError, ValueError, KeyError, TypeError, RecursionError):
            # Gone, or talking nonsense: either way this notebook is over.
            run.alive = False
            if run.ended == OK:
                run.ended = DIED
            return run

    def _readable(self, deadline: float) -> bool:
        patience = max(0.0, deadline - time.monotonic())
        return bool(select.select([self._control.sock], [], [], patience)[0])

    def _interrupt(self) -> float:
        self._lifeline.send(INTERRUPT)
        return time.monotonic() + GRACE_SECONDS

    def close(self) -> None:
        """End the notebook and everything it started."""
        self._control.close()
        self._lifeline.close()
