"""Lo que una celda escribe: se recoge con medida y se guarda solo lo que no puede hacer daño."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from .kernel import JudgedKernel
from .limits import Limits

MESSAGE_COST = 100  # Bytes that an empty message counts, so that a million of them is a flood.
MAX_TEXT = 256 << 10
CUT = "\n[la salida pasa de {} KB: el resto no se guarda]\n"
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Flood(Exception):
    """The cell goes on writing after its interruption."""


class OneCellClient(NotebookClient):
    """nbclient, a cell at a time, with a bound on what a cell writes."""

    def __init__(self, kernel: JudgedKernel, limits: Limits) -> None:
        scratch = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell()])
        super().__init__(scratch, km=kernel.manager)
        self.allow_errors = True
        self.interrupt_on_timeout = False
        self.store_widget_state = False
        self.kc = kernel.client
        self._limits = limits
        self._written = 0
        self._interruption: asyncio.Task | None = None

    @property
    def flooded(self) -> bool:
        return self._written > self._limits.flood_bytes

    async def run(self, cell: NotebookNode, seconds: float) -> None:
        """Run ``cell``, which receives its outputs; nbclient's exceptions, and :class:`Flood`."""
        self.reset_execution_trackers()
        self._written, self._interruption = 0, None
        self.timeout_func = lambda cell: seconds
        await self.async_execute_cell(cell, 0)

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        if msg["msg_type"] == "status":
            return super().process_message(msg, cell, cell_index)
        whole_before = self._written <= self._limits.kept_bytes
        self._written += MESSAGE_COST + _size(msg["content"])
        if self._written <= self._limits.kept_bytes:
            return super().process_message(msg, cell, cell_index)
        if whole_before:
            text = CUT.format(self._limits.kept_bytes >> 10)
            cell.outputs.append(nbformat.v4.new_output("stream", name="stdout", text=text))
        if self._written > 4 * self._limits.flood_bytes:
            raise Flood
        if self.flooded and self._interruption is None:
            self._interruption = asyncio.ensure_future(self.km.interrupt_kernel())
        return None


def _size(content: Any) -> int:
    if isinstance(content, dict):
        return sum(_size(value) for value in content.values())
    if isinstance(content, list):
        return sum(_size(value) for value in content)
    return len(content) if isinstance(content, str) else 8


def clean_outputs(cell: NotebookNode, problem: str | None = None) -> None:
    """Keep text and pictures; HTML, SVG and scripts would run in the instructor's browser."""
    kept = [clean for output in cell.outputs if (clean := _clean(output))]
    if problem:
        kept.append(error_output("Interrumpida", problem))
    cell.outputs = kept


def _clean(output: NotebookNode) -> NotebookNode | None:
    kind = output.output_type
    if kind == "stream":
        name = "stderr" if output.name == "stderr" else "stdout"
        return nbformat.v4.new_output("stream", name=name, text=str(output.text)[:MAX_TEXT])
    if kind == "error":
        return nbformat.v4.new_output(
            "error",
            ename=one_line(output.ename, 100),
            evalue=one_line(output.evalue),
            traceback=[str(line)[:2000] for line in output.traceback[:30]],
        )
    data = {}
    for mime, value in output.get("data", {}).items():
        if mime == "text/plain":
            data[mime] = str(value)[:MAX_TEXT]
        elif mime in ("image/png", "image/jpeg") and _BASE64.fullmatch(str(value)):
            data[mime] = str(value)
    return nbformat.v4.new_output("display_data", data=data) if data else None


def error_output(name: str, reason: str) -> NotebookNode:
    return nbformat.v4.new_output(
        "error", ename=name, evalue=reason, traceback=[f"{name}: {reason}"]
    )


def explain_error(cell: NotebookNode) -> str | None:
    """The exception that a cell ended with, in one line, if it did."""
    for output in cell.outputs:
        if output.output_type == "error":
            name, value = one_line(output.ename, 100), one_line(output.evalue)
            if name == "ComprobacionFallida":
                return value
            return f"la celda se detuvo con {name}: {value}"
    return None


def one_line(text: Any, length: int = 300) -> str:
    """Text of a student's on one line, without control characters, of bounded length."""
    return " ".join(_CONTROL.sub("", str(text)).split())[:length]
