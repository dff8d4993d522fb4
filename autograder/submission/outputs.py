"""Lo que una celda escribió: se guarda solo lo que no puede hacer daño, con medida.

Outputs come from the student's process as JSON of any form; nothing here trusts their fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

from ..common.limits import limit_met
from ..common.one_line import one_line as plain_line
from . import new_nodes
from .pasted_text import in_words

MAX_TEXT = 256 << 10
MAX_LINE = 2000
OVER = "[el cuaderno pasa de {} MB de salidas: las de esta celda no se guardan]\n"
CUT = "\n[la salida pasa de {} KB: el resto no se guarda]\n"
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
# What moves a terminal's cursor, sets its title…; colours stay.
_TERMINAL = re.compile(r"\x1b(?!\[[0-9;]{0,40}m)(?:\[[0-9;?]{0,40}[ -/]{0,4}[@-~]?)?")


def clean_outputs(cell: NotebookNode, problem: str | None = None) -> None:
    """Keep text and pictures; HTML, SVG and scripts would run in the instructor's browser."""
    kept: list[NotebookNode] = []
    for output in cell.outputs:
        clean = _clean(output)
        if clean is None:
            continue
        if kept and clean.output_type == "stream" and clean.name == kept[-1].get("name"):
            kept[-1].text += clean.text
        else:
            kept.append(clean)
    for output in kept:
        if output.output_type == "stream":
            output.text = _as_a_terminal_shows(output.text)
    if problem:
        kept.append(error_output("Interrumpida", problem))
    cell.outputs = kept


def outputs_size(cell: NotebookNode) -> int:
    """About how many bytes a cell's clean outputs take in a file."""
    return sum(100 + _size(output) for output in cell.outputs)


def _size(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if isinstance(value, list) else len(str(value))


def drop_outputs(cell: NotebookNode, most_bytes: int) -> None:
    """Leave only the line that says why there are none, and the error that ended the cell."""
    note = new_nodes.stream_output(OVER.format(most_bytes >> 20))
    errors = [output for output in cell.outputs if output.output_type == "error"][-1:]
    for error in errors:
        error.traceback = [f"{error.ename}: {error.evalue}"]
    cell.outputs = [note, *errors]


def _as_a_terminal_shows(text: str) -> str:
    """What a carriage return wrote over is gone: of a progress bar, its last state stays.

    nbconvert does the same with a pattern that one long line keeps busy for minutes.
    """
    if "\r" not in text:
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)


def _clean(output: Any) -> NotebookNode | None:
    if not isinstance(output, Mapping):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return new_nodes.stream_output(_text(output.get("text")), name)
    if kind == "error":
        traceback = output.get("traceback")
        lines = traceback[:30] if isinstance(traceback, list) else []
        return new_nodes.error_output(
            one_line(output.get("ename"), 100),
            one_line(output.get("evalue")),
            [_text(line)[:MAX_LINE] for line in lines],
        )
    bundle = output.get("data")
    data = {}
    for mime, value in bundle.items() if isinstance(bundle, Mapping) else ():
        if mime == "text/plain":
            data[mime] = _text(value)
        elif mime in ("image/png", "image/jpeg") and isinstance(value, str):
            data |= {mime: value} if is_base64(value) else {}
    return new_nodes.data_output(data) if data else None


def _text(value: Any) -> str:
    """Text of bounded length that can be saved as UTF-8; empty where it is no text."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "".join(value)
    text = value if isinstance(value, str) else ""
    return _TERMINAL.sub("", text[:MAX_TEXT]).encode("utf-8", "replace").decode()


def is_base64(text: str) -> bool:
    """Whether ``text`` can stand in a ``data:`` URL and end nothing there."""
    return bool(_BASE64.fullmatch(text))


def note_cut(cell: NotebookNode, kept_bytes: int) -> None:
    """Say at the end of a cell's outputs that there were more."""
    text = CUT.format(kept_bytes >> 10)
    cell.outputs.append({"output_type": "stream", "name": "stdout", "text": text})


def error_output(name: str, reason: str) -> NotebookNode:
    return new_nodes.error_output(name, reason, [f"{name}: {reason}"])


def explain_error(cell: NotebookNode) -> str | None:
    """The exception that a cell ended with, in one line, if it did."""
    for output in cell.outputs:
        if output.output_type == "error":
            if output.ename == "ComprobacionFallida":
                return output.evalue
            return f"la celda se detuvo con {explain_exception(cell)}"
    return None


def explain_exception(cell: NotebookNode) -> str | None:
    """The first exception of a cell: its name, what it says, and the limit behind it."""
    for output in cell.outputs:
        if output.output_type == "error":
            said = f"{output.ename}: {in_words(output.ename, output.evalue)}"
            limit = limit_met(said)
            return said + (f": {limit}" if limit else "")
    return None


def explain_limit(cell: NotebookNode) -> str | None:
    """The limit that a cell met and ended with, if it did; said in its outputs too."""
    errors = [out for out in cell.outputs if out.output_type == "error"]
    limit = limit_met(f"{errors[0].ename}: {errors[0].evalue}") if errors else None
    if limit:
        cell.outputs.append(error_output("Límite", limit))
    return limit


def one_line(text: Any, length: int = 300) -> str:
    """Text of a student's on one line, without control characters, of bounded length."""
    return plain_line(_text(text), length)
