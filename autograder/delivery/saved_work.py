"""Un cuaderno tal como está guardado: de qué unidad es y qué dejó dicho ``comprobar``.

Nothing is run, and nothing that is said here counts: whoever grades asks the judge again.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..checks import UNITS, Unit, checks_of
from ..checks.units import NAME
from ..common.limits import MAX_NOTEBOOK_BYTES
from ..common.one_line import one_line
from ..common.regular_files import Unreadable, read_regular
from ..sandbox.flavours import NUMPY

_ASKED = re.compile(r"^\s*comprobar\(\s*[\"']([\w.]+)(?::\w*)?[\"']", re.MULTILINE)
_PLAIN = re.compile(r"[\w][\w .-]{0,80}")
PASSED, FAILED, UNWRITTEN, UNKNOWN = "✔", "✘", "○", "?"
_NOT_RUN = "su celda no se ha ejecutado desde que se abrió el cuaderno (o no se guardó después)"
_STALE = "ejecutaste la función después de comprobarla: comprueba otra vez y guarda"
_GONE = "el cuaderno ya no tiene su celda de comprobar"


@dataclass(frozen=True)
class Said:
    """What a check's cell shows in the saved notebook: a mark, and a line about it."""

    check: str
    mark: str
    line: str


@dataclass(frozen=True)
class SavedWork:
    """A notebook's bytes, its unit, and what ``comprobar`` had said when it was saved."""

    path: Path
    data: bytes
    unit: str
    said: tuple[Said, ...]
    code: str
    own: Unit | None = None

    @property
    def known(self) -> Unit:
        """What there is to know of its unit, that of an instructor's own included."""
        return self.own or UNITS[self.unit]


def read_saved(path: Path) -> SavedWork | None:
    """The work in a file; None where it is a notebook of no unit.

    Raises
    ------
    Unreadable
        If it is no notebook.
    OSError
    """
    data = read_regular(path, MAX_NOTEBOOK_BYTES)
    try:
        tree = json.loads(data.decode("utf-8-sig"))
        cells = [_Cell(cell) for cell in tree["cells"] if cell.get("cell_type") == "code"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable("no es un cuaderno de Jupyter, o está dañado") from None
    asked = Counter(name.partition(".")[0] for cell in cells for name in cell.asked)
    units = [unit for unit, _ in asked.most_common() if unit in UNITS]
    if own := _own(tree):
        names = dict.fromkeys(name for cell in cells for name in cell.asked)
        said = tuple(_said(name, cells) for name in names if name.startswith(f"{own.id}."))
        code = "\n".join(cell.source for cell in cells)
        return SavedWork(path, data, own.id, said, code, own)
    if not units:
        return None
    said = tuple(_said(check, cells) for check in checks_of(units[0]))
    return SavedWork(path, data, units[0], said, "\n".join(cell.source for cell in cells))


def _own(tree: Any) -> Unit | None:
    """The instructor's own unit that a notebook was published as, if it was."""
    metadata = tree.get("metadata") if isinstance(tree, dict) else None
    told = metadata.get("curso") if isinstance(metadata, dict) else None
    if not isinstance(told, dict):
        return None
    unit, notebook = str(told.get("unidad")), str(told.get("cuaderno"))
    if unit in UNITS or not NAME.fullmatch(unit) or not _PLAIN.fullmatch(notebook):
        return None
    return Unit(unit, unit, notebook, NUMPY, "", own=True)


def asked_in(cell: Any) -> list[str]:
    """The checks that a cell, as its file has it, asks."""
    return _ASKED.findall(_joined(cell.get("source"))) if isinstance(cell, dict) else []


class _Cell:
    """What matters of a code cell, whatever else its file says."""

    def __init__(self, cell: dict[str, Any]) -> None:
        self.source = _joined(cell.get("source"))
        self.asked = _ASKED.findall(self.source)
        count = cell.get("execution_count")
        self.count = count if type(count) is int else None
        outputs = cell.get("outputs")
        self.outputs = outputs if isinstance(outputs, list) else []

    def lines(self) -> Iterator[str]:
        """What it shows, as text."""
        for output in self.outputs:
            if isinstance(output, dict):
                data = output.get("data")
                plain = data.get("text/plain") if isinstance(data, dict) else None
                yield from _joined(output.get("text") or plain).splitlines()


def _joined(text: Any) -> str:
    if isinstance(text, list):
        return "".join(part for part in text if isinstance(part, str))
    return text if isinstance(text, str) else ""


def _said(check: str, cells: list[_Cell]) -> Said:
    asking = [cell for cell in cells if check in cell.asked]
    if not asking:
        return Said(check, UNKNOWN, _GONE)
    cell = asking[-1]
    heads = [line for line in cell.lines() if line[:1] in "✔✘○" and f" {check}:" in line[:200]]
    if not heads:
        return Said(check, UNKNOWN, _NOT_RUN)
    head = one_line(heads[-1], 200)
    mark, line = head[0], head.partition(": ")[2]
    function = re.compile(rf"^def {re.escape(check.partition('.')[2])}\(", re.MULTILINE)
    written = [other for other in cells if function.search(other.source)]
    if written and cell.count and (written[-1].count or 0) > cell.count:
        return Said(check, UNKNOWN, f"{_STALE} (entonces decía: {mark} {line})")
    return Said(check, mark, line)
