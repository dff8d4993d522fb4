"""Los kernels de la convolución: una baldosa de registros y las dos formas de recorrerla.

Una convolución es un producto de matrices que no hace falta construir. Cada fila de la matriz de
entrada es la ventana de un píxel de salida; cada columna del kernel, un filtro:

    salida[píxel, filtro] = sesgo[filtro] + Σ_t entrada[píxel, t] · kernel[t, filtro]

donde ``t`` recorre los pesos (fila, columna, canal). ``im2col`` copia las ventanas para llamar a
BLAS. Aquí no se copian: en NHWC, los ``kw · C`` números de una fila de la ventana ya están
seguidos en memoria, así que basta una tabla con la dirección donde empieza cada píxel
(``x_table``) y otra con el salto a cada fila de la ventana (``segments``).

La velocidad sale de la **baldosa**: hasta 7 píxeles × 2 vectores de filtros (7 × 32 en float32
con AVX-512) que viven en registros del procesador mientras dura la suma:

    para cada peso t:             2 cargas de kernel[t, 32 filtros]
        para cada píxel p:        1 carga de entrada[p, t], repetida en todo el vector
            para cada vector v:   suma[p, v] += entrada[p, t] · kernel[t, v]     (una FMA)

Son 14 FMA por 9 cargas, y ninguna suma pasa por memoria: la unidad de cálculo no espera. Las
sumas empiezan valiendo el sesgo, y la ReLU se aplica antes de guardarlas. Los pesos se
**empaquetan** antes (``pack``) en paneles de dos vectores para leerlos seguidos.

Numba no promete tener arrays en registros, así que la baldosa se escribe en LLVM con llvmlite
(``_emit``): un ``@intrinsic`` con una variante por tamaño, para que los últimos píxeles no vayan
de uno en uno. Sin vectores conocidos, ``_plain_tile`` hace lo mismo con bucles.

El recorrido va por **bloques** de filas de salida. Si hay relleno, el bloque copia sus filas con
ceros alrededor en un búfer que cabe en la caché. Dos recorridos usan la misma baldosa:

- ``convolve``: filas = píxeles, suma sobre los pesos. Sirve también para el gradiente de la
  entrada, que es otra convolución: la del gradiente de la salida con el kernel volteado.
- ``kernel_gradient``: filas = pesos, suma sobre los píxeles. Solo cambian las tablas.

En la convolución en profundidad (``channelwise``) cada canal tiene su filtro, y la baldosa lee un
vector de canales donde las demás repiten un número.

Todo está en un archivo porque la caché de Numba no se entera de los cambios en otro.
"""

from types import SimpleNamespace

import numpy as np
from llvmlite import binding, ir
from numba import types
from numba.core import cgutils, config
from numba.extending import intrinsic

from conv2d_lib.compilation import cached_jit


def _vector_unit() -> tuple[int, int]:
    """Bytes of a vector register and rows of the tile that fit; (0, ·) where there is no FMA."""
    if config.DISABLE_JIT:
        return 0, 6
    if config.CPU_FEATURES is None:
        features = {name for name, on in binding.get_host_cpu_features().items() if on}
    else:
        features = {name[1:] for name in config.CPU_FEATURES.split(",") if name[:1] == "+"}
    if "avx512f" in features:
        return 64, 7  # 32 registers: 14 sums, 2 weights, 1 input
    if {"avx2", "fma"} <= features:
        return 32, 6  # 16 registers: 12 sums, 2 weights, 1 input
    if "neon" in features:
        return 16, 7
    return 0, 6


_VECTOR_BYTES, MAX_ROWS = _vector_unit()
PANEL_BYTES = 2 * (_VECTOR_BYTES or 32)

# "contract" and "reassoc" allow FMA and vector sums, and, unlike full fastmath, keep NaN and inf.
_jit = cached_jit(fastmath={"contract", "reassoc"})

_I64 = ir.IntType(64)


def _emit(builder, rows, vectors, lanes, scalar, a):
    """Emit the tile of ``rows`` × ``vectors``: load the sums, loop over segments, store."""
    vector = ir.VectorType(scalar, lanes)
    bytes_ = 4 if scalar == ir.FloatType() else 8
    mask = ir.VectorType(ir.IntType(1), lanes)

    def declare(name, result, arguments):
        kind = ir.FunctionType(result, arguments)
        return cgutils.get_or_insert_function(builder.module, kind, name)

    kind = f"v{lanes}f{8 * bytes_}"
    fma = declare(f"llvm.fma.{kind}", vector, [vector] * 3)
    place, i32 = vector.as_pointer(), ir.IntType(32)
    store = declare(f"llvm.masked.store.{kind}.p0", ir.VoidType(), [vector, place, i32, mask])

    def at(pointer, index):
        return builder.gep(pointer, [index if isinstance(index, ir.Value) else _I64(index)])

    def vector_at(pointer, v):
        return builder.bitcast(at(pointer, v * lanes), vector.as_pointer())

    def load(pointer, v):
        return builder.load(vector_at(pointer, v), align=bytes_)

    def splat(value):
        kind = ir.VectorType(value.type, lanes)
        empty, order = ir.Constant(kind, ir.Undefined), ir.VectorType(i32, lanes)
        first = builder.insert_element(empty, value, i32(0))
        return builder.shuffle_vector(first, empty, ir.Constant(order, None))

    def looped(kind, start, came_from):
        phi = builder.phi(kind)
        phi.add_incoming(start, came_from)
        return phi

    inputs = [at(a.x, builder.load(at(a.x_table, p))) for p in range(rows)]
    outputs = [at(a.out, builder.load(at(a.out_table, p))) for p in range(rows)]
    starts = [at(a.init, builder.load(at(a.init_table, p))) for p in range(rows)]
    sums = [load(start, v) for start in starts for v in range(vectors)]

    entry, outer, inner, latch, done = (
        builder.block,
        *(builder.append_basic_block(name) for name in ("segment", "term", "next", "done")),
    )
    builder.branch(outer)
    builder.position_at_end(outer)
    segment = looped(_I64, _I64(0), entry)
    outer_weights = looped(a.w.type, a.w, entry)
    outer_sums = [looped(vector, value, entry) for value in sums]
    base = builder.load(at(a.segments, segment))
    builder.branch(inner)

    builder.position_at_end(inner)
    term, index = looped(_I64, _I64(0), outer), looped(_I64, base, outer)
    weights = looped(a.w.type, outer_weights, outer)
    inner_sums = [looped(vector, value, outer) for value in outer_sums]
    columns = [load(weights, v) for v in range(vectors)]
    totals = []
    for p, pointer in enumerate(inputs):
        here = at(pointer, index)
        values = [load(here, v) for v in range(vectors)] if a.channelwise else None
        values = values or [splat(builder.load(here))] * vectors
        for v, (value, column) in enumerate(zip(values, columns, strict=True)):
            totals.append(builder.call(fma, [value, column, inner_sums[p * vectors + v]]))
    next_term, next_index = builder.add(term, _I64(1)), builder.add(index, a.step)
    next_weights = at(weights, a.w_step)
    builder.cbranch(builder.icmp_signed("<", next_term, a.length), inner, latch)

    builder.position_at_end(latch)
    next_segment = builder.add(segment, _I64(1))
    builder.cbranch(builder.icmp_signed("<", next_segment, a.count), outer, done)
    for phi, value in [(term, next_term), (index, next_index), (weights, next_weights)]:
        phi.add_incoming(value, inner)
    for phi, value in [(segment, next_segment), (outer_weights, next_weights)]:
        phi.add_incoming(value, latch)
    for inside, outside, total in zip(inner_sums, outer_sums, totals, strict=True):
        inside.add_incoming(total, inner)
        outside.add_incoming(total, latch)

    builder.position_at_end(done)
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
def _vector_tile(typing, channelwise, shape, source, terms, weights, start, target, relu):
    """The tile in LLVM: one variant for each number of rows and vectors, chosen by a switch."""
    arguments = channelwise, shape, source, terms, weights, start, target, types.boolean
    signature = types.void(*arguments)

    def codegen(context, builder, signature, arguments):
        def unpack(i):
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
        lanes = _VECTOR_BYTES * 8 // scalar.bitwidth
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
def _plain_tile(channelwise, shape, source, terms, weights, start, target, relu):
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
        column = w_start
        for segment in segments:
            index = x_start + x_table[x_first + p] + segment
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


_tile = _vector_tile if _VECTOR_BYTES else _plain_tile


@_jit
def _fill(target, source):
    """Copy ``source`` at the start of ``target`` and fill the rest with zeros.

    On views, so that no index needs the question whether it is negative.
    """
    for k in range(len(source)):
        target[k] = source[k]
    for k in range(len(source), len(target)):
        target[k] = 0


@_jit
def pack(kernel, rows, columns, groups, transposed, packed):
    """Reorder the weights [group][panel][row][column][term][lane], panels filled up with zeros.

    ``rows`` and ``columns`` choose the kernel's taps and their order. ``transposed`` swaps input
    and output channels, as the gradient of the input asks.
    """
    channels, filters = kernel.shape[2], kernel.shape[3] // groups
    terms, outputs = (filters, channels) if transposed else (channels, filters)
    total = len(rows) * len(columns) * terms
    padded = len(packed) // (groups * total)
    panel = PANEL_BYTES // packed.itemsize
    at = 0
    for g in range(groups):
        for o in range(0, padded, panel):
            width = min(panel, padded - o)
            for a in rows:
                for b in columns:
                    for t in range(terms):
                        end = min(outputs - o, width)
                        if transposed:
                            line = kernel[a, b, o : o + end, g * filters + t]
                        else:
                            line = kernel[a, b, t, g * filters + o : g * filters + o + end]
                        _fill(packed[at : at + width], line)
                        at += width


@_jit
def _copy_rows(x, picture, first, rows, left, pitch, buffer):
    """Copy ``rows`` rows of a picture from row ``first`` on, with zeros where there is none."""
    height, width, channels, image = picture
    begin, skip = min(max(left, 0), pitch), max(-left, 0)
    length = max(min(width - skip, pitch - begin), 0) * channels
    for r in range(rows):
        row = first + r
        source = ((image * height + row) * width + skip) * channels
        target = r * pitch * channels
        edge, end = target + begin * channels, target + pitch * channels
        copied = edge + (length if 0 <= row < height else 0)
        _fill(buffer[target:edge], x[:0])
        _fill(buffer[edge:end], x[source : source + copied - edge])


@_jit
def _block_source(x, layout, block, buffer):
    """Where a block's first pixel is read: in ``x``, or in the buffer, which gets filled."""
    height, width, channels, out_rows, _, block_rows, stride, top, left, span, pitch = layout
    image_blocks = (out_rows + block_rows - 1) // block_rows
    image, i = block // image_blocks, block % image_blocks * block_rows
    rows = min(block_rows, out_rows - i)
    first = i * stride - top
    if span == 0:
        return image, i, rows, x, ((image * height + first) * width - left) * channels
    span -= (block_rows - rows) * stride
    _copy_rows(x, (height, width, channels, image), first, span, left, pitch, buffer)
    return image, i, rows, buffer, 0


@_jit
def _new_buffer(layout, x):
    """Room for the rows of a block, and for a vector that reaches past the last one."""
    _, _, channels, _, _, _, _, _, _, span, pitch = layout
    return np.empty(span * pitch * channels + PANEL_BYTES // x.itemsize, x.dtype)


@_jit
def convolve(channelwise, x, packed, bias, out, relu, layout, split, steps, tables, start, stop):
    """Compute blocks ``start`` to ``stop`` of a convolution, as plans.py lays it out.

    With ``channelwise`` (any value but None) each channel meets only its own filter.
    """
    groups, depth, filters, padded = split
    length, out_image, out_row, out_start = steps
    x_table, out_table, segments = tables
    lanes = PANEL_BYTES // 2 // x.itemsize
    terms = length * len(segments)
    same_bias = np.zeros(MAX_ROWS, np.int64)
    buffer = _new_buffer(layout, x)
    for block in range(start, stop):
        image, i, rows, source, origin = _block_source(x, layout, block, buffer)
        pixels = rows * layout[4]
        block_start = out_start + image * out_image + i * out_row
        tiles = (pixels + MAX_ROWS - 1) // MAX_ROWS
        for group in range(groups):
            for o in range(0, padded, 2 * lanes):
                vectors = min(padded - o, 2 * lanes) // lanes
                panel = group * padded + o
                target = block_start + group * filters + o
                channel = origin + group * depth + (0 if channelwise is None else o)
                q = 0
                for tile in range(tiles, 0, -1):
                    size = (pixels - q + tile - 1) // tile
                    _tile(
                        channelwise,
                        (size, vectors),
                        (source, channel, x_table, q),
                        (segments, length, 1),
                        (packed, panel * terms, vectors * lanes),
                        (bias, panel, same_bias),
                        (out, target, out_table, q, filters - o),
                        relu,
                    )
                    q += size


@_jit
def kernel_gradient(
    channelwise, x, grad, sums, bias_sums, layout, split, step, tables, chunks, start, stop
):
    """Sum input × gradient over the pixels of chunks ``start`` to ``stop``, a sum for each.

    ``sums`` is [chunk][group][weight][padded filters] and arrives with zeros.
    """
    groups, depth, filters, padded = split
    x_table, out_table, row_starts = tables
    blocks, chunk_blocks = chunks
    out_rows, out_columns, block_rows = layout[3], layout[4], layout[5]
    lanes = PANEL_BYTES // 2 // x.itemsize
    weights = len(x_table)
    tiles = (weights + MAX_ROWS - 1) // MAX_ROWS
    whole = padded == filters
    filled = np.empty(0 if whole else block_rows * out_columns * groups * padded, x.dtype)
    buffer = _new_buffer(layout, x)
    for chunk in range(start, stop):
        for block in range(chunk * chunk_blocks, min((chunk + 1) * chunk_blocks, blocks)):
            image, i, rows, source, origin = _block_source(x, layout, block, buffer)
            begin = (image * out_rows + i) * out_columns * groups * filters
            pixels = rows * out_columns
            bias = bias_sums[chunk]
            for q in range(pixels):
                pixel = begin + q * groups * filters
                values = grad[pixel : pixel + groups * filters]
                for f in range(len(bias)):
                    bias[f] += values[f]
            if not whole:
                for q in range(pixels * groups):
                    pixel, to = begin + q * filters, q * padded
                    _fill(filled[to : to + padded], grad[pixel : pixel + filters])
            right, right_start = (grad, begin) if whole else (filled, 0)
            segments = row_starts[:rows]
            for group in range(groups):
                for o in range(0, padded, 2 * lanes):
                    vectors = min(padded - o, 2 * lanes) // lanes
                    channel = origin + group * depth + (0 if channelwise is None else o)
                    column = right_start + group * padded + o
                    q = 0
                    for tile in range(tiles, 0, -1):
                        size = (weights - q + tile - 1) // tile
                        to = ((chunk * groups + group) * weights + q) * padded + o
                        _tile(
                            channelwise,
                            (size, vectors),
                            (source, channel, x_table, q),
                            (segments, out_columns, step),
                            (right, column, groups * padded),
                            (sums, to, out_table),
                            (sums, to, out_table, 0, padded - o),
                            False,
                        )
                        q += size
