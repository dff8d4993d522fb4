"""Un arreglo pequeño como matrices de texto: sus trozos de dos ejes, y qué números van marcados."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from ...common.numbers_es import significant
from ..diagnosis.result import Table

MOST_ROWS, MOST_COLUMNS, MOST_SLICES = 10, 12, 6
MORE = "…"
_DECIMAL = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")
_PLANES = {"kernel": (0, 1)}  # Where the two axes that are drawn stand; images come after a batch.


@dataclass(frozen=True)
class Cell:
    """One number as it is read, or words in its place."""

    text: str
    marked: bool = False

    @property
    def words(self) -> bool:
        return " " in self.text


@dataclass(frozen=True)
class Matrix:
    """One slice of a table, ready to be drawn: its title (``kernel[:, :, 0, 1]``) and its rows."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


def matrices(table: Table) -> list[Matrix]:
    """The slices of a table; of a single number or a text, one of one cell."""
    if isinstance(table.values, str):
        return [Matrix(table.name, ((Cell(written(table.values)),),))]
    shape = _shape(table.values)
    if not shape or 0 in shape:
        return [Matrix(table.name, ((Cell("vacío"),),))]
    marked = {place for place in table.marked if len(place) == len(shape)}
    if shape == (1,) and len(table.shape) == 0:
        return [Matrix(table.name, ((Cell(written(table.values[0])),),))]
    found = [_slice(table, shape, fixed, marked) for fixed in _slices(table.name, shape)]
    if len(found) > MOST_SLICES:
        found = [*found[:MOST_SLICES], Matrix(MORE, ((Cell(MORE),),))]
    return found


def written(value: object) -> str:
    """A number as it is read in Spanish; whole ones without decimals."""
    if isinstance(value, str):
        return value.replace(".", ",") if _DECIMAL.fullmatch(value) else value
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else significant(value)
    return str(value)


def _shape(values: object) -> tuple[int, ...]:
    shape = []
    while isinstance(values, (list, tuple)):
        shape.append(len(values))
        values = values[0] if values else None
    return tuple(shape)


def _plane(name: str, rank: int) -> tuple[int, ...]:
    """The axes that are drawn: rows and columns."""
    if rank <= 2:
        return tuple(range(rank))
    first, second = _PLANES.get(name, (0, 1) if rank == 3 else (1, 2))
    return first, second


_Fixed = dict[int, int]


def _slices(name: str, shape: tuple[int, ...]) -> Iterator[_Fixed]:
    """Of each slice, the axes that stay still, and where."""
    plane = _plane(name, len(shape))
    others = [axis for axis in range(len(shape)) if axis not in plane]
    for places in product(*(range(shape[axis]) for axis in others)):
        yield dict(zip(others, places, strict=True))


def _slice(
    table: Table, shape: tuple[int, ...], fixed: _Fixed, marked: set[tuple[int, ...]]
) -> Matrix:
    plane = _plane(table.name, len(shape))
    height, width = (1, shape[0]) if len(plane) == 1 else (shape[plane[0]], shape[plane[1]])
    rows = []
    for i in range(min(height, MOST_ROWS)):
        cells = []
        for j in range(min(width, MOST_COLUMNS)):
            places = {plane[-1]: j} | ({plane[0]: i} if len(plane) == 2 else {}) | fixed
            place = tuple(places[axis] for axis in range(len(shape)))
            cells.append(Cell(written(_at(table.values, place)), place in marked))
        rows.append((*cells, Cell(MORE)) if width > MOST_COLUMNS else tuple(cells))
    if height > MOST_ROWS:
        rows.append((Cell(MORE),))
    return Matrix(_title(table.name, shape, fixed), tuple(rows))


def _title(name: str, shape: tuple[int, ...], fixed: _Fixed) -> str:
    """The table's name, and what of it this slice is; of the only one, what shape the whole has."""
    if all(shape[axis] == 1 for axis in fixed):
        return f"{name} {shape}" if fixed else name
    index = ", ".join(str(fixed[axis]) if axis in fixed else ":" for axis in range(len(shape)))
    return f"{name}[{index}]"


def _at(values: object, place: tuple[int, ...]) -> object:
    for index in place:
        if not isinstance(values, (list, tuple)) or index >= len(values):
            return MORE  # A ragged list of a student's.
        values = values[index]
    return MORE if isinstance(values, (list, tuple)) else values
