"""El cuaderno visto desde fuera: se le mandan celdas y devuelve salidas, dentro de sus límites."""

from __future__ import annotations

import json
import re
import select
import socket
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..common.limits import Limits
from ..wire.protocol import Connection, Message, ProtocolError
from .walls import SandboxError

INTERRUPT = b"i"
OK, ERROR, TIMEOUT, FLOOD, DIED = "ok", "error", "timeout", "flood", "died"
START_SECONDS = 120.0  # of a server that is still loading TensorFlow
MESSAGE_COST = 100  # bytes that an empty output counts, so that a million of them is a flood
CLEARED_FLOODS = 4  # what a cell may write in all, where it clears what it wrote
# How a notebook's process ends where no more cells reach it, and where none ever could.
LOST, NOT_STARTED = 70, 71
# For who keeps it to say how it ended: later, it is only not known.
FAREWELL_SECONDS = 2.0
MOST_CHANGED = 100
_NAME = re.compile(r"[a-z]{1,20}(?:\.[A-Za-z_]\w{0,60}){1,2}", re.ASCII)
GRACE_SECONDS = 3.0  # between an interrupt and the end of patience


@dataclass
class CellRun:
    """What a cell did: its outputs in nbformat's form, and how it ended.

    ``alive`` is whether the notebook goes on after it; ``whole``, whether all outputs were kept.
    Only to explain what happened, as it is the notebook that says so: the names that it ``changed``
    of those that run it, and ``broken``, its last words. ``nonsense`` is whether it said anything
    else. ``farewell`` is what its keeper saw: the ``code`` with which it ended (of a signal,
    negative), or how many ``threads`` are allowed.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    ended: str = OK
    alive: bool = True
    whole: bool = True
    changed: tuple[str, ...] = ()
    broken: str | None = None
    nonsense: bool = False
    farewell: dict[str, int] = field(default_factory=dict)


class Kernel:
    """One notebook's process.

    Parameters
    ----------
    server : socket.socket
        The fork server's socket.
    judge : socket.socket
        The notebook's end of its conversation with the judge; closed here once it is sent.
    limits : Limits
    folder : Path, optional
        Folder whose files the notebook finds in its own.
    isolated : bool
        False only where the instructor gave up isolation.

    Raises
    ------
    SandboxError
        If the walls cannot be raised on this machine.
    ConnectionError
        If the fork server has died.
    """

    def __init__(
        self,
        server: socket.socket,
        judge: socket.socket,
        limits: Limits,
        folder: Path | None = None,
        isolated: bool = True,
    ) -> None:
        self.limits = limits
        ours, control = socket.socketpair()
        self._lifeline, lifeline = socket.socketpair()
        self._control = Connection(ours)
        request = {
            "limits": asdict(limits),
            "folder": str(folder) if folder else None,
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
        if not reply:
            self.close()
            raise ConnectionError("el servidor de cuadernos no responde")
        answer = json.loads(reply)
        if "error" in answer:
            self.close()
            raise SandboxError(answer["error"])

    def execute(self, source: str, seconds: float | None = None) -> CellRun:
        """Run one cell; never raises for what the notebook does, and ends it where it must."""
        run = self._execute(source, seconds)
        if not run.alive:
            if run.ended == DIED and run.broken is None and not run.nonsense:
                run.farewell = self._farewell()
            self.close()
        return run

    def _farewell(self) -> dict[str, int]:
        """How the process ended, from who keeps it; empty where nobody says so."""
        try:
            self._lifeline.settimeout(FAREWELL_SECONDS)
            return json.loads(self._lifeline.recv(4096) or b"{}")
        except OSError:
            return {}

    def _execute(self, source: str, seconds: float | None) -> CellRun:
        run = CellRun()
        deadline = time.monotonic() + (seconds or self.limits.cell_seconds)
        kept = _Kept(run, self.limits)
        try:
            self._control.deadline = deadline
            self._control.send(Message("execute", {"source": source}))
            while True:
                self._control.deadline = deadline + GRACE_SECONDS
                if time.monotonic() >= deadline or not self._readable(deadline):
                    if run.ended in (TIMEOUT, FLOOD):
                        run.alive = False
                        return run
                    run.ended, deadline = TIMEOUT, self._interrupt()
                    continue
                message = self._control.receive()
                if message.op == "broken":
                    run.broken = str(message.body.get("said"))
                    run.changed = _names(message.body.get("changed"))
                    continue
                if message.op == "done":
                    run.changed = _names(message.body.get("changed"))
                    if run.ended == OK and message.body.get("status") != "ok":
                        run.ended = ERROR
                    return run
                if kept.hear(message) and run.ended == OK:
                    run.ended, deadline = FLOOD, self._interrupt()
        except (
            OSError, EOFError, ProtocolError, ValueError, KeyError, TypeError, RecursionError,
        ) as error:  # fmt: skip
            # Gone, or talking nonsense: either way this notebook is over.
            run.alive = False
            run.nonsense = not isinstance(error, (OSError, EOFError))
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


class _Kept:
    """The outputs of a cell as they come, within its limits."""

    def __init__(self, run: CellRun, limits: Limits) -> None:
        self._run, self._limits = run, limits
        self._size = self._since_cleared = self._all = 0
        self._displayed: dict[str, tuple[int, int]] = {}  # where each stands, and what it counts

    def hear(self, message: Message) -> bool:
        """Take in a message; whether it is too much by now.

        What was cleared no longer counts, but a cell cannot go on clearing for ever.
        """
        if message.op == "clear":
            self._all += MESSAGE_COST
            self._run.outputs.clear()
            self._displayed.clear()
            self._size = self._since_cleared = 0
            self._run.whole = True
        else:
            self._hear_output(message)
        flood = self._limits.flood_bytes
        return self._since_cleared > flood or self._all > CLEARED_FLOODS * flood

    def _hear_output(self, message: Message) -> None:
        raw = _text(message.body["json"])
        cost = len(raw) + MESSAGE_COST
        self._since_cleared += cost
        self._all += cost
        name = message.body.get("display")
        known = self._displayed.get(name) if isinstance(name, str) else None
        if message.op == "update" and known is None:
            return  # Of another cell, or cut: Jupyter would change it there.
        changed = known if message.op == "update" else None
        size = self._size + cost - (changed[1] if changed else 0)
        if size > self._limits.kept_bytes:
            self._run.whole = False
            if message.op != "update":
                self._size = size
            return
        self._size = size
        output = json.loads(raw)
        if changed:
            self._run.outputs[changed[0]] = output
            self._displayed[str(name)] = (changed[0], cost)
        else:
            self._run.outputs.append(output)
            if isinstance(name, str):
                self._displayed[name] = (len(self._run.outputs) - 1, cost)


def _names(value: Any) -> tuple[str, ...]:
    """What a notebook says that it changed, where that is names."""
    some = value[:MOST_CHANGED] if isinstance(value, list) else []
    return tuple(one for one in some if isinstance(one, str) and _NAME.fullmatch(one))


def _text(value: Any) -> bytes:
    """The bytes of an output; of a number, ``bytes`` would make as many zeros."""
    if not isinstance(value, np.ndarray) or value.dtype != np.uint8:
        raise ProtocolError("una salida que no son bytes")
    return value.tobytes()
