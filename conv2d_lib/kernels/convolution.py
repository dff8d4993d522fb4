"""Los kernels de la convolución: una baldosa de registros y las dos formas de recorrerla.

Una convolución es un producto de matrices que no hace falta construir. Cada fila de la matriz de
entrada es la ventana de un píxel de salida; cada columna del kernel, un filtro:

    salida[píxel, filtro] = sesgo[filtro] + Σ_t entrada[píxel, t] · kernel[t, filtro]

donde ``t`` recorre los pesos (fila, columna, canal). ``im2col`` copia las ventanas para llamar a
BLAS. Aquí no se copian: en NHWC, los ``kw · C`` números de una fila de la ventana ya están
seguidos en memoria, así que basta una tabla con la dirección donde empieza cada píxel
(``inputs``) y otra con el salto a cada fila de la ventana y a sus pesos (``segments``).

La velocidad sale de la **baldosa**: hasta 14 píxeles × 2 vectores de filtros (14 × 32 en float32
con AVX-512; 6 × 16 con AVX2) que viven en registros del procesador mientras dura la suma:

    para cada peso t:             2 cargas de kernel[t, 32 filtros]
        para cada píxel p:        1 carga de entrada[p, t], repetida en todo el vector
            para cada vector v:   suma[p, v] += entrada[p, t] · kernel[t, v]     (una FMA)

Son 28 FMA por 16 cargas, y ninguna suma pasa por memoria: la unidad de cálculo no espera. Los
pesos que tocan un poco después se van trayendo a la caché más cercana, donde no cabe el panel
entero. Las sumas empiezan valiendo el sesgo, y la ReLU se aplica antes de guardarlas. Los pesos se
**empaquetan** antes (``pack``) en paneles de dos vectores para leerlos seguidos; si los filtros
caben en dos paneles, se leen donde están, que cuesta menos que copiarlos.

La baldosa está en register_tile.py, escrita en LLVM: Numba no promete tener arrays en registros.
Aquí, cómo se recorre la convolución con ella.

El recorrido va por **bloques** de filas de salida. El relleno no se lee: en los bordes de la
imagen los píxeles ven menos pesos, así que la imagen se parte en tramos de píxeles que ven los
mismos (``blocks`` y ``runs``) y cada tramo solo suma esos. Si quedarían tramos muy pequeños, el
bloque copia sus filas con ceros alrededor en un búfer que cabe en la caché. Dos recorridos usan la
misma baldosa:

- ``convolve``: filas = píxeles, suma sobre los pesos. Sirve también para el gradiente de la
  entrada, que es otra convolución: la del gradiente de la salida con el kernel volteado.
- ``kernel_gradient``: filas = pesos, suma sobre los píxeles que los ven (``seeing``).

En la convolución en profundidad (``channelwise``) cada canal tiene su filtro, y la baldosa lee un
vector de canales donde las demás repiten un número.

Los bloques se reparten entre hilos por turnos (turns.py).
"""

from __future__ import annotations

import numpy as np

from . import records, register_tile, squares
from . import turns as turns_module
from .compilation import cached_jit
from .memory import LINE_BYTES
from .records import ConvolutionTables, GradientTables, Layout, OutSteps, Split
from .register_tile import MAX_ROWS, PANEL_BYTES, tile
from .squares import transpose
from .turns import Turns, next_turn

# Terms of a tap in each turn of ``pack``: few, so that the kernel is read almost in order and
# threads share it, but enough for what it costs to begin a panel.
PACKED_TERMS = 32

# The named tuples of records.py, as they travel to a kernel: without their names.
Numbers = tuple[int, ...]
Arrays = tuple[np.ndarray, ...]

_jit = cached_jit(records, register_tile, squares, turns_module, fastmath=register_tile.FLOATS)


@_jit
def _fill(target: np.ndarray, source: np.ndarray) -> None:
    """Copy ``source`` at the start of ``target`` and fill the rest with zeros.

    On views, so that no index needs the question whether it is negative.
    """
    for k in range(len(source)):
        target[k] = source[k]
    for k in range(len(source), len(target)):
        target[k] = 0


@_jit
def _fill_lines(target: np.ndarray, source: np.ndarray) -> None:
    """Copy the lines of ``source`` at the start of those of ``target``, the rest with zeros."""
    for r in range(target.shape[0]):
        for k in range(source.shape[1]):
            target[r, k] = source[r, k]
        for k in range(source.shape[1], target.shape[1]):
            target[r, k] = 0


@_jit
def pack(
    turns: Turns,
    kernel: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
    groups: int,
    transposed: bool,
    packed: np.ndarray,
) -> None:
    """Reorder the weights [group][panel][row][column][term][lane], panels filled up with zeros.

    ``rows`` and ``columns`` choose the kernel's taps and their order. ``transposed`` swaps input
    and output channels, as the gradient of the input asks. A turn is some terms, for all panels.
    """
    channels, filters = kernel.shape[2], kernel.shape[3] // groups
    terms, outputs = (filters, channels) if transposed else (channels, filters)
    total = len(rows) * len(columns) * terms
    padded = len(packed) // (groups * total)
    panel = PANEL_BYTES // packed.itemsize
    parts = (terms + PACKED_TERMS - 1) // PACKED_TERMS
    start, stop = next_turn(turns, 0)
    while start < stop:
        for unit in range(start, stop):
            tap, t = unit // parts, unit % parts * PACKED_TERMS
            a, b = rows[tap // len(columns)], columns[tap % len(columns)]
            lines = min(PACKED_TERMS, terms - t)
            for g in range(groups):
                for o in range(0, padded, panel):
                    width, end = min(panel, padded - o), min(panel, outputs - o)
                    at = (g * padded + o) * total + (tap * terms + t) * width
                    first = g * filters + (t if transposed else o)
                    if transposed:
                        source = kernel[a, b, o : o + end, first : first + lines].T
                    else:
                        source = kernel[a, b, t : t + lines, first : first + end]
                    _fill_lines(packed[at : at + lines * width].reshape(lines, width), source)
        start, stop = next_turn(turns, stop - start)


@_jit
def _copy_rows(
    x: np.ndarray,
    picture: tuple[int, int, int, int],
    first: int,
    rows: int,
    left: int,
    pitch: int,
    buffer: np.ndarray,
) -> None:
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
def _turn_rows(
    x: np.ndarray, layout: Layout, image: int, first: int, rows: int, buffer: np.ndarray
) -> int:
    """Transpose the rows that a block sees, without padding; return where its first pixel is."""
    height, width, channels = layout.height, layout.width, layout.channels
    span = layout.span - (layout.block_rows - rows) * layout.stride
    top, bottom = max(first, 0), min(first + span, height)
    picture = image * channels * height * width
    reads = x, picture + top * width, height * width
    transpose(reads, (buffer, 0, channels), channels, (bottom - top) * width)
    return ((first - top) * width - layout.left) * channels


@_jit
def _block_source(
    turned: int | None,
    x: np.ndarray,
    layout: Layout,
    image: int,
    i: int,
    rows: int,
    buffer: np.ndarray,
) -> tuple[np.ndarray, int]:
    """Where a block's first pixel is read: in ``x``, or in the buffer, which gets filled."""
    height, width, channels = layout.height, layout.width, layout.channels
    first = i * layout.stride - layout.top
    if turned is not None and layout.turned_in:
        if layout.span > 0:
            return buffer, _turn_rows(x, layout, image, first, rows, buffer)
        return x, image * channels * layout.near + first * width - layout.left
    if layout.span == 0:
        return x, ((image * height + first) * width - layout.left) * channels
    span = layout.span - (layout.block_rows - rows) * layout.stride
    picture = height, width, channels, image
    _copy_rows(x, picture, first, span, layout.left, layout.pitch, buffer)
    return buffer, 0


@_jit
def _room(size: int, x: np.ndarray) -> np.ndarray:
    """Room for numbers like those of ``x``, from the start of a line of the cache (memory.py)."""
    room = np.empty(size + LINE_BYTES // x.itemsize, x.dtype)
    skip = (LINE_BYTES - room.ctypes.data % LINE_BYTES) % LINE_BYTES // x.itemsize
    return room[skip : skip + size]


@_jit
def _new_buffer(layout: Layout, x: np.ndarray) -> np.ndarray:
    """Room for the rows of a block, and for a vector that reaches past the last one."""
    return _room(layout.span * layout.pitch * layout.channels + PANEL_BYTES // x.itemsize, x)


@_jit
def convolve(
    turns: Turns,
    channelwise: int | None,
    turned: int | None,
    x: np.ndarray,
    weights: tuple[np.ndarray, int],
    bias: np.ndarray,
    out: np.ndarray,
    relu: bool,
    layout: Numbers,
    split: Numbers,
    terms: int,
    steps: Numbers,
    tables: Arrays,
) -> None:
    """Compute a convolution, as plans.py lays it out; a turn is some of its blocks.

    ``weights`` are (array, line): what ``pack`` left and 0, or a kernel as it is and its number of
    filters. With ``channelwise`` (any value but None) each channel meets only its own filter, and
    with ``turned`` the input or the output are ``channels_first``, as the layout says: compiled
    apart, for a third more time.
    """
    named, to, table = Layout(*layout), OutSteps(*steps), ConvolutionTables(*tables)
    groups, depth, filters, padded = Split(*split)
    blocks, runs = table.blocks, table.runs
    kernel, line = weights
    lanes = PANEL_BYTES // 2 // x.itemsize
    near = 1 if turned is None else named.near
    same_bias = np.zeros(MAX_ROWS, np.int64)
    buffer = _new_buffer(named, x)
    every = groups * filters
    block_out = _room(named.block_rows * named.out_columns * every * named.turned_out, x)
    start, stop = next_turn(turns, 0)
    while start < stop:
        for unit in range(start, stop):
            image, block = unit // len(blocks), unit % len(blocks)
            i, rows = blocks[block, 0], blocks[block, 1]
            tap, taps = blocks[block, 2], blocks[block, 3]
            source, origin = _block_source(turned, x, named, image, i, rows, buffer)
            block_start = to.start + image * to.image + i * to.row
            goal = out
            if turned is not None and named.turned_out:
                goal, block_start = block_out, 0
            for group in range(groups):
                for o in range(0, padded, 2 * lanes):
                    vectors = min(padded - o, 2 * lanes) // lanes
                    panel = group * padded + o
                    target = block_start + group * filters + o
                    channel = origin + group * depth * near + (0 if channelwise is None else o)
                    for r in range(len(runs)):
                        q, pixels, length = runs[r, 0], rows * runs[r, 1], runs[r, 4]
                        first, each = runs[r, 2], runs[r, 3]
                        seen = table.segments[first + tap * each : first + (tap + taps) * each]
                        last = q + pixels
                        for left in range((pixels + MAX_ROWS - 1) // MAX_ROWS, 0, -1):
                            size = (last - q + left - 1) // left
                            tile(
                                channelwise,
                                (size, vectors),
                                (source, channel, table.inputs, q),
                                (seen, length, near),
                                (kernel, panel * (1 if line else terms), line or vectors * lanes),
                                (bias, panel, same_bias),
                                (goal, target, table.outputs, q, filters - o),
                                relu,
                            )
                            q += size
            if turned is not None and named.turned_out:
                pixels, picture = rows * named.out_columns, named.out_rows * named.out_columns
                writes = out, image * every * picture + i * named.out_columns, picture
                transpose((block_out, 0, every), writes, pixels, every)
        start, stop = next_turn(turns, stop - start)


@_jit
def kernel_gradient(
    turns: Turns,
    channelwise: int | None,
    turned: int | None,
    x: np.ndarray,
    grad: np.ndarray,
    sums: np.ndarray,
    bias_sums: np.ndarray,
    layout: Numbers,
    split: Numbers,
    step: int,
    tables: Arrays,
    chunks: tuple[int, int, int],
) -> None:
    """Sum input × gradient over the pixels of each chunk, a sum for each.

    ``sums`` is [chunk][group][weight][padded filters] and arrives with zeros. A turn is some
    parts: each does the pixels of a chunk for some of the weights. With ``turned``, compiled apart
    as in ``convolve``, ``x`` or ``grad`` are ``channels_first``: the layout's input and output.
    """
    named, table = Layout(*layout), GradientTables(*tables)
    groups, depth, filters, padded = Split(*split)
    blocks, chunk_blocks, parts = chunks
    out_rows, out_columns, block_rows = named.out_rows, named.out_columns, named.block_rows
    seeing = table.seeing
    image_blocks = (out_rows + block_rows - 1) // block_rows
    lanes = PANEL_BYTES // 2 // x.itemsize
    near = 1 if turned is None else named.near
    weights = len(table.weights)
    whole, every = padded == filters, groups * filters
    block_grad = _room(block_rows * out_columns * every * named.turned_out, x)
    filled = _room(0 if whole else block_rows * out_columns * groups * padded, x)
    buffer = _new_buffer(named, x)
    start, stop = next_turn(turns, 0)
    while start < stop:
        for unit in range(start, stop):
            chunk, part = unit // parts, unit % parts
            first, last = part * weights // parts, (part + 1) * weights // parts
            for block in range(chunk * chunk_blocks, min((chunk + 1) * chunk_blocks, blocks)):
                image, i = block // image_blocks, block % image_blocks * block_rows
                rows = min(block_rows, out_rows - i)
                source, origin = _block_source(turned, x, named, image, i, rows, buffer)
                given, begin = grad, (image * out_rows + i) * out_columns * every
                pixels = rows * out_columns
                if turned is not None and named.turned_out:
                    picture = out_rows * out_columns
                    reads = grad, image * every * picture + i * out_columns, picture
                    transpose(reads, (block_grad, 0, every), every, pixels)
                    given, begin = block_grad, 0
                bias = bias_sums[chunk]
                for q in range(pixels if part == 0 else 0):
                    pixel = begin + q * every
                    values = given[pixel : pixel + every]
                    for f in range(len(bias)):
                        bias[f] += values[f]
                if not whole:
                    for q in range(pixels * groups):
                        pixel, to = begin + q * filters, q * padded
                        _fill(filled[to : to + padded], given[pixel : pixel + filters])
                right, right_start = (given, begin) if whole else (filled, 0)
                for group in range(groups):
                    for o in range(0, padded, 2 * lanes):
                        vectors = min(padded - o, 2 * lanes) // lanes
                        channel = origin + group * depth * near + (0 if channelwise is None else o)
                        column = right_start + group * padded + o
                        for p in range(len(seeing)):
                            top, bottom = max(seeing[p, 2] - i, 0), min(seeing[p, 3] - i, rows)
                            if top >= bottom:
                                continue
                            left, columns = seeing[p, 4], seeing[p, 5] - seeing[p, 4]
                            q, end = max(first, seeing[p, 0]), min(last, seeing[p, 1])
                            for remaining in range((end - q + MAX_ROWS - 1) // MAX_ROWS, 0, -1):
                                size = (end - q + remaining - 1) // remaining
                                to = ((chunk * groups + group) * weights + q) * padded + o
                                tile(
                                    channelwise,
                                    (size, vectors),
                                    (source, channel + left * step, table.weights, q),
                                    (table.row_starts[top:bottom], columns, step),
                                    (right, column + left * groups * padded, groups * padded),
                                    (sums, to, table.sums),
                                    (sums, to, table.sums, 0, padded - o),
                                    False,
                                )
                                q += size
        start, stop = next_turn(turns, stop - start)
