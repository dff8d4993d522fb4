"""Trasponer una matriz de a cuadrados que caben en los registros, escrito en LLVM.

Un cuadrado tiene tantas filas como números un vector. Se traspone a mitades: se cambian los dos
cuartos de fuera de la diagonal, luego los de cada cuarto, y así hasta los números sueltos.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from .compilation import cached_jit
from .register_tile import VECTOR_BYTES

SIDE_BYTES = VECTOR_BYTES or 32

# A matrix inside an array: (array, its first number, numbers from a line to the next).
Lines = tuple[np.ndarray, int, int]

_jit = cached_jit()


def _turned(builder: Any, rows: list[Any]) -> list[Any]:
    """The columns of a square whose rows are these vectors."""
    side = len(rows)
    order = ir.VectorType(ir.IntType(32), side)
    half = side // 2
    while half:
        upper = [k - half + side if k & half else k for k in range(side)]
        lower = [k + side if k & half else k + half for k in range(side)]
        for i in range(side):
            if not i & half:
                pair = rows[i], rows[i + half]
                for to, lanes in ((i, upper), (i + half, lower)):
                    rows[to] = builder.shuffle_vector(*pair, ir.Constant(order, lanes))
        half //= 2
    return rows


@intrinsic
def _vector_square(typing: Any, source: Any, target: Any) -> Any:
    """Write a square of ``source`` transposed into ``target``."""

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = signature.args[0][0]
        side, size = SIDE_BYTES * 8 // kind.dtype.bitwidth, kind.dtype.bitwidth // 8
        vector = ir.VectorType(context.get_data_type(kind.dtype), side)

        def lines(value: Any) -> list[Any]:
            array, start, line = cgutils.unpack_tuple(builder, value)
            place = builder.gep(context.make_array(kind)(context, builder, array).data, [start])
            places = [place]
            for _ in range(side - 1):
                places.append(builder.gep(places[-1], [line]))
            return [builder.bitcast(place, vector.as_pointer()) for place in places]

        rows = [builder.load(place, align=size) for place in lines(arguments[0])]
        for row, place in zip(_turned(builder, rows), lines(arguments[1]), strict=True):
            builder.store(row, place, align=size)
        return context.get_dummy_value()

    return types.void(source, target), codegen


@_jit
def _one_by_one(source: Lines, target: Lines, height: int, width: int) -> None:
    """Write ``height`` × ``width`` numbers of ``source`` transposed into ``target``."""
    values, start, source_line = source
    goal, to, target_line = target
    for a in range(height):
        for b in range(width):
            goal[to + b * target_line + a] = values[start + a * source_line + b]


@_jit
def _plain_square(source: Lines, target: Lines) -> None:
    side = SIDE_BYTES // source[0].itemsize
    _one_by_one(source, target, side, side)


_square: Any = _vector_square if VECTOR_BYTES else _plain_square


@_jit
def transpose(source: Lines, target: Lines, height: int, width: int) -> None:
    """Write ``height`` lines of ``width`` numbers transposed.

    By squares: the last of a line, or of a column, begins earlier and repeats what does not fill
    one, which one by one would take longer than many squares. What a line of squares reads and
    writes should stay in the nearest cache.
    """
    values, start, source_line = source
    goal, to, target_line = target
    side = SIDE_BYTES // values.itemsize
    if height < side or width < side:
        _one_by_one(source, target, height, width)
        return
    for line in range(0, height, side):
        a = min(line, height - side)
        for column in range(0, width, side):
            b = min(column, width - side)
            reads = values, start + a * source_line + b, source_line
            _square(reads, (goal, to + b * target_line + a, target_line))
