"""Lo que dijo ``comprobar`` la última vez, leído en un cuaderno guardado, sin ejecutarlo.

It is the student's own notebook and it marks nothing: whoever writes another number in it only
deceives himself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..common.errors import CursoError
from ..common.limits import MIB

MOST_BYTES = 100 * MIB
_LINE = re.compile(
    r"^(?P<mark>[✔✘○+xo]) (?P<id>\w{1,60}\.\w{1,60})(?::\w{1,8})?: (?P<rest>.{0,80})"
)
_SHARE = re.compile(r"(\d{1,3}) % de los puntos")


def last_shares(path: Path) -> dict[str, float]:
    """The share of the points that each check earned, from what stands under its cell.

    Raises
    ------
    CursoError
        If the file is not a notebook that can be read.
    """
    return dict(_reports(_cells(path)))


def _cells(path: Path) -> list[Any]:
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise CursoError(f"{path} no es un cuaderno, o pesa demasiado")
        cells = json.loads(path.read_bytes())["cells"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CursoError(
            f"{path} no es un cuaderno que se pueda leer; ábrelo en JupyterLab y guárdalo"
        ) from None
    return cells if isinstance(cells, list) else []


def _reports(cells: list[Any]) -> Iterator[tuple[str, float]]:
    for cell in cells:
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        # What was printed may have come in pieces.
        for line in "".join(map(_text, outputs if isinstance(outputs, list) else ())).splitlines():
            if found := _LINE.match(line):
                yield found["id"], _share(found)


def _share(found: re.Match[str]) -> float:
    if found["mark"] in "✔+":
        return 1.0
    told = _SHARE.search(found["rest"])
    return min(int(told[1]), 100) / 100 if told else 0.0


def _text(output: Any) -> str:
    """What an output reads as: printed, or shown with a page beside it."""
    if not isinstance(output, dict):
        return ""
    data = output.get("data")
    shown = data.get("text/plain", "") if isinstance(data, dict) else None
    text = output.get("text", "") if shown is None else shown
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    if not isinstance(text, str):
        return ""
    return text if shown is None else f"\n{text}\n"
