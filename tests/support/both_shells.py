"""Las mismas celdas en un kernel de Jupyter, como en casa, y en el recinto, como al calificar.

A cell of ``cells/*.txt`` begins with ``#### nombre``, and may carry marks in brackets: ``falla``,
it ends in an error in both; ``aparte``, the function under test cannot stand in it (``%%bash``);
``crlf``, its lines end as in Windows. Below each comes a right function, and then its check.
"""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.manager import KernelManager

from autograder.checks import find_check
from autograder.common.limits import Limits
from autograder.judging.judge import serve
from autograder.sandbox.flavours import NUMPY
from autograder.sandbox.kernel import Kernel
from autograder.sandbox.servers import server_of
from autograder.wire.protocol import Connection

FOLDER = Path(__file__).parents[1] / "autograder" / "sandbox" / "cells"
FORGET = """
import warnings as _avisos
_avisos.resetwarnings(); globals().pop("parametros_dense", None)
"""
RIGHT = """
def parametros_dense(entradas, unidades, use_bias=True):
    return entradas * unidades + (unidades if use_bias else 0)
"""
CHECK = """
from autograder import comprobar
comprobar("2_filtros.parametros_dense", parametros_dense)
"""
PATIENCE = 120
_HEADING = re.compile(r"^#### (\w+)(?: \[([a-z ]+)\])?\n", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One cell of the corpus."""

    name: str
    source: str
    fails: bool
    apart: bool

    def sources(self) -> list[str]:
        """What is run for it, in order."""
        if self.apart:
            return [FORGET, self.source, RIGHT, CHECK]
        return [FORGET, self.source.rstrip("\r\n") + "\n" + RIGHT, CHECK]


AT_HOME = ("En esta unidad llevas ", "🎉 ")


@dataclass(frozen=True)
class Seen:
    """What came of a cell: how it ended, and what its check said."""

    status: str
    check: str
    report: str


def cells_of(theme: str) -> list[Cell]:
    """The cells of a file of the corpus."""
    pieces = _HEADING.split((FOLDER / f"{theme}.txt").read_text(encoding="utf-8"))
    cells = []
    for name, marks, source in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        marks = (marks or "").split()
        assert set(marks) <= {"falla", "aparte", "crlf"}, (name, marks)
        source = source.replace("\n", "\r\n") if "crlf" in marks else source
        cells.append(Cell(name, source, "falla" in marks, "aparte" in marks))
    assert len({cell.name for cell in cells}) == len(cells), theme
    return cells


def _see(cell: Cell, run: Callable[[str], tuple[str, str]]) -> Seen:
    """Run a cell; ``run`` gives the status of a source and what it printed."""
    _, *sources, check = cell.sources()
    run(FORGET)
    statuses = [run(source) for source in sources]
    status = "error" if any(status != "ok" for status, _ in statuses) else "ok"
    ended, said = run(check)
    # How many points are earned is told at home alone.
    lines = [line for line in said.splitlines(keepends=True) if not line.startswith(AT_HOME)]
    return Seen(status, ended, "".join(lines))


def in_jupyter(cells: Sequence[Cell], folder: Path) -> list[Seen]:
    """The cells one after another in a kernel of Jupyter; ``comprobar`` starts its own judge."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(folder), env=_home(folder))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)

    def run(source: str) -> tuple[str, str]:
        printed: list[str] = []

        def hear(message: dict) -> None:
            content = message["content"]
            if message["msg_type"] == "stream" and content["name"] == "stdout":
                printed.append(content["text"])

        reply = client.execute_interactive(
            source, allow_stdin=False, output_hook=hear, timeout=PATIENCE
        )
        return reply["content"]["status"], "".join(printed)

    try:
        return [_see(cell, run) for cell in cells]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _home(folder: Path) -> dict[str, str]:
    """The variables of the kernel at home; its ``pip`` has all and installs nothing."""
    module, command = folder / "modulos" / "pip" / "__main__.py", folder / "ordenes" / "pip"
    for path, text in ((module, ""), (command, "#!/bin/sh\n")):
        path.parent.mkdir(parents=True)
        path.write_text(text)
    command.chmod(0o755)
    return os.environ | {
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(module.parents[1]),
        "HOME": str(folder),
        "IPYTHONDIR": str(folder / ".ipython"),
    }


def in_the_sandbox(cells: Sequence[Cell], limits: Limits | None = None) -> list[Seen]:
    """The same cells in a notebook of the sandbox, with a judge outside."""
    ours, theirs = socket.socketpair()
    judge = threading.Thread(
        target=serve, args=(Connection(ours), find_check, lambda verdict: None), daemon=True
    )
    judge.start()
    kernel = Kernel(server_of(NUMPY), theirs, limits or Limits())

    def run(source: str) -> tuple[str, str]:
        done = kernel.execute(source)
        streams = [out for out in done.outputs if out["output_type"] == "stream"]
        return done.ended, "".join(out["text"] for out in streams if out["name"] == "stdout")

    try:
        return [_see(cell, run) for cell in cells]
    finally:
        kernel.close()
