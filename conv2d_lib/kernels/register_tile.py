"""La baldosa de registros: el producto de unos píxeles por unos filtros, escrito en LLVM.

Numba no promete tener arrays en registros, así que la baldosa se escribe con llvmlite (``_emit``):
un ``@intrinsic`` con una variante por tamaño, para que los últimos píxeles no vayan de uno en
uno. Sin vectores conocidos, ``_plain_tile`` hace lo mismo con bucles. La idea, en convolution.py.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from llvmlite import binding, ir
from numba import types
from numba.core import cgutils, config
from numba.extending import intrinsic

from .compilation import cached_jit


def _vector_unit() -> tuple[int, int]:
    """Bytes of a vector register and rows of the tile that fit; (0, ·) where there is no FMA."""
    if config.DISABLE_JIT:
        return 0, 6
    if config.CPU_FEATURES is None:
        features = {name for name, on in binding.get_host_cpu_features().items() if on}
    else:
        features = {name[1:] for name in config.CPU_FEATURES.split(",") if name[:1] == "+"}
    if "avx512f" in features:
        return 64, 14  # 32 registers: 28 sums, 2 weights, 1 input
    if {"avx2", "fma"} <= features:
        return 32, 6  # 16 registers: 12 sums, 2 weights, 1 input
    if "neon" in features:
        return 16, 7
    return 0, 6


VECTOR_BYTES, MAX_ROWS = _vector_unit()
PANEL_BYTES = 2 * (VECTOR_BYTES or 32)

# "contract" and "reassoc" allow FMA and vector sums, and, unlike full fastmath, keep NaN and inf.
FLOATS = {"contract", "reassoc"}

# Terms ahead of the sum, whose weights are called to the nearest cache: a panel does not fit in it,
# and every tile reads the whole panel again.
_AHEAD = 16
_LINE_BYTES = 64

_jit = cached_jit(fastmath=FLOATS)

_I64 = ir.IntType(64)


def _emit(
    builder: Any, rows: int, vectors: int, lanes: int, scalar: Any, a: SimpleNamespace
) -> None:
    """Emit the tile of ``rows`` × ``vectors``: load the sums, loop over segments, store."""
    vector = ir.VectorType(scalar, lanes)
    bytes_ = 4 if scalar == ir.FloatType() else 8
    mask = ir.VectorType(ir.IntType(1), lanes)

    def declare(name: str, result: Any, arguments: list[Any]) -> Any:
        kind = ir.FunctionType(result, arguments)
        return cgutils.get_or_insert_function(builder.module, kind, name)

    kind = f"v{lanes}f{8 * bytes_}"
    fma = declare(f"llvm.fma.{kind}", vector, [vector] * 3)
    place, i32, byte = vector.as_pointer(), ir.IntType(32), ir.IntType(8).as_pointer()
    store = declare(f"llvm.masked.store.{kind}.p0", ir.VoidType(), [vector, place, i32, mask])
    prefetch = declare("llvm.prefetch.p0", ir.VoidType(), [byte, i32, i32, i32])

    def at(pointer: Any, index: Any) -> Any:
        return builder.gep(pointer, [index if isinstance(index, ir.Value) else _I64(index)])

    def vector_at(pointer: Any, v: int) -> Any:
        return builder.bitcast(at(pointer, v * lanes), vector.as_pointer())

    def load(pointer: Any, v: int) -> Any:
        return builder.load(vector_at(pointer, v), align=bytes_)

    def splat(value: Any) -> Any:
        kind = ir.VectorType(value.type, lanes)
        empty, order = ir.Constant(kind, ir.Undefined), ir.VectorType(i32, lanes)
        first = builder.insert_element(empty, value, i32(0))
        return builder.shuffle_vector(first, empty, ir.Constant(order, None))

    def looped(kind: Any, start: Any, came_from: Any) -> Any:
        phi = builder.phi(kind)
        phi.add_incoming(start, came_from)
        return phi

    inputs = [at(a.x, builder.load(at(a.x_table, p))) for p in range(rows)]
    starts = [at(a.init, builder.load(at(a.init_table, p))) for p in range(rows)]
    sums = [load(start, v) for start in starts for v in range(vectors)]

    entry, outer, inner, latch, done = (
        builder.block,
        *(builder.append_basic_block(name) for name in ("segment", "term", "next", "done")),
    )
    builder.branch(outer)
    builder.position_at_end(outer)
    segment = looped(_I64, _I64(0), entry)
    outer_sums = [looped(vector, value, entry) for value in sums]
    base, first = (
        builder.load(at(a.segments, builder.add(builder.mul(segment, _I64(2)), _I64(side))))
        for side in range(2)
    )
    outer_weights = at(a.w, builder.mul(first, a.w_step))
    builder.branch(inner)

    builder.position_at_end(inner)
    left, index = looped(_I64, a.length, outer), looped(_I64, base, outer)
    weights = looped(a.w.type, outer_weights, outer)
    inner_sums = [looped(vector, value, outer) for value in outer_sums]
    columns = [load(weights, v) for v in range(vectors)]
    ahead = builder.bitcast(at(weights, builder.mul(a.w_step, _I64(_AHEAD))), byte)
    for line in range(0, vectors * lanes * bytes_, _LINE_BYTES):
        builder.call(prefetch, [at(ahead, line), *map(i32, (0, 3, 1))])  # read, nearest, data
    totals = []
    for p, pointer in enumerate(inputs):
        here = at(pointer, index)
        values = [load(here, v) for v in range(vectors)] if a.channelwise else None
        values = values or [splat(builder.load(here))] * vectors
        for v, (value, column) in enumerate(zip(values, columns, strict=True)):
            totals.append(builder.call(fma, [value, column, inner_sums[p * vectors + v]]))
    next_left, next_index = builder.sub(left, _I64(1)), builder.add(index, a.step)
    next_weights = at(weights, a.w_step)
    builder.cbranch(builder.icmp_signed(">", next_left, _I64(0)), inner, latch)

    builder.position_at_end(latch)
    next_segment = builder.add(segment, _I64(1))
    builder.cbranch(builder.icmp_signed("<", next_segment, a.count), outer, done)
    for phi, value in [(left, next_left), (index, next_index), (weights, next_weights)]:
        phi.add_incoming(value, inner)
    segment.add_incoming(next_segment, latch)
    for inside, outside, total in zip(inner_sums, outer_sums, totals, strict=True):
        inside.add_incoming(total, inner)
        outside.add_incoming(total, latch)

    builder.position_at_end(done)
    # Not before the loop, which would keep these addresses and put its own into memory.
    outputs = [at(a.out, builder.load(at(a.out_table, p))) for p in range(rows)]
    zero, relu = ir.Constant(vector, None), splat(a.relu)
    for i, total in enumerate(totals):
        negative = builder.and_(relu, builder.fcmp_ordered("<", total, zero))  # NaN stays
        totals[i] = builder.select(negative, zero, total)
    order = ir.Constant(ir.VectorType(_I64, lanes), list(range(lanes)))
    for v in range(vectors):
        left = splat(builder.sub(a.valid, _I64(v * lanes)))
        valid = builder.icmp_signed("<", order, left)
        for p, pointer in enumerate(outputs):
            target = vector_at(pointer, v)
            builder.call(store, [totals[p * vectors + v], target, i32(bytes_), valid])


@intrinsic
def _vector_tile(
    typing: Any,
    channelwise: Any,
    shape: Any,
    source: Any,
    terms: Any,
    weights: Any,
    start: Any,
    target: Any,
    relu: Any,
) -> Any:
    """The tile in LLVM: one variant for each number of rows and vectors, chosen by a switch."""
    arguments = channelwise, shape, source, terms, weights, start, target, types.boolean
    signature = types.void(*arguments)

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def unpack(i: int) -> list[Any]:
            values = cgutils.unpack_tuple(builder, arguments[i])
            kinds = signature.args[i]
            return [
                context.make_array(kind)(context, builder, value)
                if isinstance(kind, types.Array)
                else value
                for kind, value in zip(kinds, values, strict=True)
            ]

        rows, vectors = unpack(1)
        x, x_start, x_table, x_first = unpack(2)
        segments, length, step = unpack(3)
        w, w_start, w_step = unpack(4)
        init, init_start, init_table = unpack(5)
        out, out_start, out_table, out_first, valid = unpack(6)
        a = SimpleNamespace(
            x=builder.gep(x.data, [x_start]),
            x_table=builder.gep(x_table.data, [x_first]),
            segments=segments.data,
            count=builder.extract_value(segments.shape, 0),
            length=length,
            step=step,
            w=builder.gep(w.data, [w_start]),
            w_step=w_step,
            init=builder.gep(init.data, [init_start]),
            init_table=init_table.data,
            out=builder.gep(out.data, [out_start]),
            out_table=builder.gep(out_table.data, [out_first]),
            valid=valid,
            relu=arguments[7],
            channelwise=signature.args[0] is not types.none,
        )
        scalar = signature.args[2][0].dtype
        lanes = VECTOR_BYTES * 8 // scalar.bitwidth
        end = builder.append_basic_block("end")
        variant = builder.add(builder.mul(vectors, _I64(MAX_ROWS + 1)), rows)
        switch = builder.switch(variant, end)
        for n_vectors in (1, 2):
            for n_rows in range(1, MAX_ROWS + 1):
                block = builder.append_basic_block(f"tile_{n_rows}x{n_vectors}")
                switch.add_case(_I64(n_vectors * (MAX_ROWS + 1) + n_rows), block)
                builder.position_at_end(block)
                _emit(builder, n_rows, n_vectors, lanes, context.get_data_type(scalar), a)
                builder.branch(end)
        builder.position_at_end(end)
        return context.get_dummy_value()

    return signature, codegen


@_jit
def _plain_tile(
    channelwise: int | None,
    shape: tuple[int, int],
    source: tuple[np.ndarray, int, np.ndarray, int],
    terms: tuple[np.ndarray, int, int],
    weights: tuple[np.ndarray, int, int],
    start: tuple[np.ndarray, int, np.ndarray],
    target: tuple[np.ndarray, int, np.ndarray, int, int],
    relu: bool,
) -> None:
    """The same tile as loops, for processors without known vectors and for reading."""
    rows, vectors = shape
    x, x_start, x_table, x_first = source
    segments, length, step = terms
    w, w_start, w_step = weights
    init, init_start, init_table = start
    out, out_start, out_table, out_first, valid = target
    width = min(valid, vectors * (PANEL_BYTES // 2 // x.itemsize))
    for p in range(rows):
        to = out_start + out_table[out_first + p]
        for f in range(width):
            out[to + f] = init[init_start + init_table[p] + f]
        for s in range(len(segments)):
            index = x_start + x_table[x_first + p] + segments[s, 0]
            column = w_start + segments[s, 1] * w_step
            for _ in range(length):
                for f in range(width):
                    lane = 0 if channelwise is None else f
                    out[to + f] += x[index + lane] * w[column + f]
                index += step
                column += w_step
        if relu:
            for f in range(width):
                if out[to + f] < 0:
                    out[to + f] = 0


tile: Any = _vector_tile if VECTOR_BYTES else _plain_tile
