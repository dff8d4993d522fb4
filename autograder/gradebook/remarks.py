"""Lo que hay que decir de una entrega, en pocas palabras por mucho que sea."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST = 12
LONGEST = 400
_OF_A_CELL = re.compile(r"celda (\d+): (.*)", re.DOTALL)


def bounded(remarks: Iterable[str]) -> tuple[str, ...]:
    """The remarks, those that many cells share said once, and no more than a person would read."""
    cells: dict[str, list[str]] = {}
    for remark in remarks:
        found = _OF_A_CELL.fullmatch(remark)
        said, cell = (found[2], [found[1]]) if found else (remark, [])
        cells.setdefault(said, []).extend(cell)
    whole = [_short(_where(numbers) + said) for said, numbers in cells.items()]
    if len(whole) <= MOST:
        return tuple(whole)
    left = len(whole) - MOST + 1
    return (*whole[: MOST - 1], f"y {left} observaciones más")


def _where(cells: list[str]) -> str:
    if not cells:
        return ""
    if len(cells) == 1:
        return f"celda {cells[0]}: "
    few, more = ", ".join(cells[:3]), len(cells) - 3
    return f"celdas {few}{f' y {more} más' if more > 0 else ''}: "


def _short(remark: str) -> str:
    return remark if len(remark) <= LONGEST else remark[: LONGEST - 1] + "…"
