"""Los gradientes de una convolución seguida de max pooling, que son casi todo ceros.

De cada ventana del pooling solo un píxel recibe gradiente, y con ReLU ninguno si ganó un 0: con
ventanas de 2×2, más de tres cuartas partes de los productos de los gradientes densos son por cero.
Aquí se hace una lista de los que quedan, y los dos gradientes son sumas de filas con un peso:

    kernel:   dW[filtro] += g · (ventana de x del píxel que ganó)     una lista por filtro
    entrada:  dx[ventana del píxel que ganó] += g · W[filtro]         una lista por ganador

``_weighted_rows`` las calcula: las sumas viven en registros mientras se recorre la lista. Como la
baldosa (register_tile.py), se escribe en LLVM; donde no se conocen los vectores del procesador,
``_plain_rows`` hace lo mismo con bucles.

``pixels[p, k]`` es la dirección, en la imagen con relleno, del píxel ``k`` de la ventana ``p`` del
pooling; ``segments``, los saltos a cada tramo de ``run`` números seguidos de una ventana de la
convolución.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from . import register_tile
from . import turns as turns_module
from .compilation import cached_jit
from .register_tile import VECTOR_BYTES
from .turns import Turns, next_turn

# Eight sums leave room for a weight and a row in the registers of every instruction set.
_MOST_VECTORS = 8
ROW_BYTES = VECTOR_BYTES or 32
"""Los tramos deben medir un número entero de veces esto."""

_jit = cached_jit(register_tile, turns_module, fastmath=register_tile.FLOATS)
_I64 = ir.IntType(64)

Place = tuple[np.ndarray, int]  # an array, and where in it
Listed = tuple[np.ndarray, np.ndarray, int]  # offsets, weights, and the first of them
Plan = tuple[tuple[int, int, int, int, int], np.ndarray, np.ndarray, int, np.ndarray, int]


def _emit(
    builder: Any,
    vectors: int,
    lanes: int,
    scalar: Any,
    *pointers: Any,
) -> None:
    """Load the sums, add the weighted rows one by one, store the sums."""
    target, source, offsets, weights, count = pointers
    vector = ir.VectorType(scalar, lanes)
    size = 4 if scalar == ir.FloatType() else 8
    kind = ir.FunctionType(vector, [vector] * 3)
    fma = cgutils.get_or_insert_function(builder.module, kind, f"llvm.fma.v{lanes}f{8 * size}")
    empty, order = ir.Constant(vector, ir.Undefined), ir.VectorType(ir.IntType(32), lanes)

    def vectors_at(pointer: Any) -> list[Any]:
        places = [builder.gep(pointer, [_I64(v * lanes)]) for v in range(vectors)]
        return [builder.bitcast(place, vector.as_pointer()) for place in places]

    entry = builder.block
    starts = [builder.load(place, align=size) for place in vectors_at(target)]
    loop, done = builder.append_basic_block("row"), builder.append_basic_block("done")
    builder.branch(loop)

    builder.position_at_end(loop)
    index, sums = builder.phi(_I64), [builder.phi(vector) for _ in starts]
    row = builder.gep(source, [builder.load(builder.gep(offsets, [index]))])
    weight = builder.load(builder.gep(weights, [index]))
    first = builder.insert_element(empty, weight, ir.IntType(32)(0))
    weight = builder.shuffle_vector(first, empty, ir.Constant(order, None))
    values = [builder.load(place, align=size) for place in vectors_at(row)]
    totals = [builder.call(fma, [weight, *pair]) for pair in zip(values, sums, strict=True)]
    following = builder.add(index, _I64(1))
    builder.cbranch(builder.icmp_signed("<", following, count), loop, done)
    before, after = [_I64(0), *starts], [following, *totals]
    for phi, start, value in zip([index, *sums], before, after, strict=True):
        phi.add_incoming(start, entry)
        phi.add_incoming(value, loop)

    builder.position_at_end(done)
    for place, total in zip(vectors_at(target), totals, strict=True):
        builder.store(total, place, align=size)


@intrinsic
def _vector_rows(
    typing: Any, vectors: Any, target: Any, source: Any, listed: Any, count: Any
) -> Any:
    """The sum of rows in LLVM: one variant for each number of vectors, chosen by a switch."""

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def places(i: int) -> list[Any]:
            kinds, values = signature.args[i], cgutils.unpack_tuple(builder, arguments[i])
            views = [
                context.make_array(kind)(context, builder, value).data
                for kind, value in zip(kinds[:-1], values[:-1], strict=True)
            ]
            return [builder.gep(view, [values[-1]]) for view in views]

        pointers = [pointer for i in (1, 2, 3) for pointer in places(i)]
        kind = signature.args[1][0].dtype
        lanes = VECTOR_BYTES * 8 // kind.bitwidth
        end = builder.append_basic_block("end")
        switch = builder.switch(arguments[0], end)
        for n in range(1, _MOST_VECTORS + 1):
            block = builder.append_basic_block(f"rows_{n}")
            switch.add_case(_I64(n), block)
            builder.position_at_end(block)
            scalar = context.get_data_type(kind)
            _emit(builder, n, lanes, scalar, *pointers, arguments[4])
            builder.branch(end)
        builder.position_at_end(end)
        return context.get_dummy_value()

    return types.void(types.int64, target, source, listed, types.int64), codegen


@_jit
def _plain_rows(vectors: int, target: Place, source: Place, listed: Listed, count: int) -> None:
    """The same sum as loops, for processors without known vectors and for reading."""
    goal, to = target
    values, start = source
    offsets, weights, first = listed
    for t in range(first, first + count):
        row = start + offsets[t]
        for k in range(vectors * (ROW_BYTES // goal.itemsize)):
            goal[to + k] += weights[t] * values[row + k]


_rows: Any = _vector_rows if VECTOR_BYTES else _plain_rows


@_jit
def _weighted_rows(length: int, target: Place, source: Place, listed: Listed, count: int) -> None:
    """``target[: length] += Σ_t weights[t] · source[offsets[t] :][: length]``, by panels."""
    goal, to = target
    values, start = source
    lanes = ROW_BYTES // goal.itemsize
    vectors = length // lanes
    while vectors > 0 and count > 0:
        n = min(vectors, _MOST_VECTORS)
        _rows(n, (goal, to), (values, start), listed, count)
        to, start, vectors = to + n * lanes, start + n * lanes, vectors - n


@_jit
def _aligned(size: int, like: np.ndarray) -> np.ndarray:
    """Zeros that begin where a vector register's worth of memory does."""
    lanes = 64 // like.itemsize
    room = np.zeros(size + lanes, like.dtype)
    skip = (-(room.ctypes.data // like.itemsize)) % lanes
    return room[skip : skip + size]


@_jit
def _copy(line: np.ndarray, out: np.ndarray) -> None:
    for k in range(len(out)):
        out[k] = line[k]


@_jit
def _windows(
    picture: np.ndarray,
    starts: np.ndarray,
    segments: np.ndarray,
    run: int,
    padded: int,
    out: np.ndarray,
) -> None:
    """Every window of the convolution as a row of ``padded`` numbers: im2col, for short runs."""
    term = 0
    for segment in segments:
        for k in range(run):
            for p in range(len(starts)):
                # Without a sign Numba does not ask whether the index is negative.
                to, place = np.uint64(p * padded + term), np.uint64(starts[p] + segment + k)
                out[to] = picture[place]
            term += 1


@_jit
def _kernel_gradient(
    x: np.ndarray,
    grad: np.ndarray,
    pooled: np.ndarray,
    winners: np.ndarray,
    plan: Plan,
    sums: np.ndarray,
    bias_sums: np.ndarray,
    chunk: int,
    start: int,
    stop: int,
) -> None:
    (height, line, origin, pitch, room), pixels, segments, run, starts, padded = plan
    _, places, filters = grad.shape
    picture = _aligned(room, x)
    columns = _aligned(len(starts) * padded, x)
    length, jumps = (padded, segments[:1]) if len(starts) else (run, segments)
    offsets = np.empty(filters * places, np.int64)
    weights = np.empty(filters * places, x.dtype)
    counts = np.empty(filters, np.int64)
    for c in range(start, stop):
        bias = bias_sums[c]
        for n in range(c * chunk, min((c + 1) * chunk, len(x))):
            for r in range(height):
                to = origin + r * pitch
                _copy(x[n, r], picture[to : to + line])
            if len(starts):
                _windows(picture, starts, segments, run, padded, columns)
            for f in range(filters):
                counts[f] = f * places
            for p in range(places):
                where, values, outputs, who = pixels[p], grad[n, p], pooled[n, p], winners[n, p]
                for f in range(filters):
                    at = np.uint64(counts[f])
                    offsets[at] = where[who[f]]
                    weights[at] = values[f]
                    counts[f] += outputs[f] > 0
            for f in range(filters):
                first = f * places
                bias[f] += weights[first : counts[f]].sum()
                to = f * len(jumps) * length
                for jump in jumps:
                    source = (columns if len(starts) else picture, jump)
                    listed = offsets, weights, first
                    _weighted_rows(length, (sums[c], to), source, listed, counts[f] - first)
                    to += length


@_jit
def kernel_gradient(turns: Turns, *arguments: Any) -> None:
    """Sum g · window over the images of each chunk of the batch: x, grad, pooled, winners, ...

    ``x`` (N, H, W · C); ``grad``, ``pooled`` and ``winners`` (N, P, F); ``plan``, of fusion.py;
    ``sums`` (chunks, F · terms) and ``bias_sums`` (chunks, F), with zeros; images of a chunk.
    """
    start, stop = next_turn(turns, 0)
    while start < stop:
        _kernel_gradient(*arguments, start, stop)  # type: ignore[call-arg]  # The rest of them.
        start, stop = next_turn(turns, stop - start)


@_jit
def _input_gradient(
    kernel: np.ndarray,
    grad: np.ndarray,
    pooled: np.ndarray,
    winners: np.ndarray,
    plan: Plan,
    out: np.ndarray,
    start: int,
    stop: int,
) -> None:
    (height, line, origin, pitch, room), pixels, segments, run, _, _ = plan
    _, places, filters = grad.shape
    _, candidates = pixels.shape
    picture = _aligned(room, kernel)
    offsets = np.empty(candidates * filters, np.int64)
    weights = np.empty(candidates * filters, kernel.dtype)
    ends = np.empty(candidates, np.uint64)
    terms = run * len(segments)
    for n in range(start, stop):
        picture[:] = 0
        for p in range(places):
            values, outputs, who = grad[n, p], pooled[n, p], winners[n, p]
            for k in range(candidates):
                ends[k] = k * filters
            # Every filter is written down, and counted only if its gradient is alive: no branches.
            for f in range(filters):
                winner = np.uint64(who[f])
                end = ends[winner]
                offsets[end] = f * terms
                weights[end] = values[f]
                ends[winner] = end + np.uint64(outputs[f] > 0)
            for k in range(candidates):
                listed = offsets, weights, k * filters
                count = np.int64(ends[k]) - k * filters
                for s in range(len(segments)):
                    target = picture, pixels[p, k] + segments[s]
                    _weighted_rows(run, target, (kernel, s * run), listed, count)
        for r in range(height):
            to = origin + r * pitch
            _copy(picture[to : to + line], out[n, r])


@_jit
def input_gradient(turns: Turns, *arguments: Any) -> None:
    """Add g · W[filter] to the winner's window, image by image.

    ``kernel`` (F · terms), flat; ``grad``, ``pooled``, ``winners`` and ``plan`` as before; ``out``
    (N, H, W · C).
    """
    start, stop = next_turn(turns, 0)
    while start < stop:
        _input_gradient(*arguments, start, stop)  # type: ignore[call-arg]  # The rest of them.
        start, stop = next_turn(turns, stop - start)
