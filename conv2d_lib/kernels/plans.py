"""De la geometría de una convolución a las tablas que leen los kernels.

Un plan depende solo de formas y argumentos, así que se calcula una vez y se recuerda.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, pairwise, product
from math import gcd
from typing import Any, NamedTuple

import numpy as np

from .records import ConvolutionTables, GradientTables, Layout, OutSteps, Split
from .register_tile import MAX_ROWS, PANEL_BYTES
from .threads import max_threads

# A big block copies fewer rows twice, and a panel of weights serves more of its pixels; but few
# blocks share badly between threads. The least: some in all, and some for each thread; fewer where
# each turns its rows of the input, for the rows that two blocks see are turned twice.
_SHARED_BLOCKS, _TURNED_BLOCKS, _THREAD_BLOCKS = 24, 16, 3
_MOST_PIXELS = 56 * MAX_ROWS
_BLOCK_PIXELS, _LEAST_PIXELS = 24 * MAX_ROWS, 4 * MAX_ROWS
_BLOCK_PRODUCTS = 500_000
_BLOCK_BYTES = 192 * 1024
# The smallest of the nearest caches in use: its sets of lines, the lines of each, and the bytes
# that go once through all the sets.
_CACHE_SETS, _CACHE_WAYS, _CACHE_PAGE = 64, 8, 4096
# Of each part of the image that sees the same weights, so that tiles are not of a pixel or two.
_REGION_PIXELS = 3


class Run(NamedTuple):
    """Un tramo de un eje: salidas seguidas que ven los mismos pesos."""

    first: int  # primera salida
    outputs: int  # cuántas
    tap: int  # primer peso
    taps: int  # cuántos


class Axis(NamedTuple):
    """Un eje: el píxel ``i`` de la salida mira ``i * stride + tap * dilation - before``."""

    source: int  # tamaño de la entrada
    output: int  # tamaño de la salida
    stride: int
    before: int  # relleno al principio; negativo recorta
    taps: int
    dilation: int

    def window(self, outputs: int) -> int:
        """Píxeles de entrada que abarcan ``outputs`` píxeles de salida seguidos."""
        return (outputs - 1) * self.stride + (self.taps - 1) * self.dilation + 1

    @property
    def padded(self) -> bool:
        """Si algún píxel de la salida mira fuera de la entrada."""
        return self.before > 0 or self.window(self.output) - self.before > self.source

    def seen(self, output: int) -> tuple[int, int]:
        """De los pesos con que mira una salida, el primero que cae en la entrada, y cuántos."""
        start = output * self.stride - self.before
        first = max(0, -(start // self.dilation))
        last = min(self.taps, -((start - self.source) // self.dilation))
        return first, max(0, last - first)

    def seeing(self) -> list[tuple[int, int]]:
        """De cada peso, las salidas con las que cae en la entrada: desde cuál y hasta cuál."""
        ends = []
        for tap in range(self.taps):
            start = tap * self.dilation - self.before
            first = max(0, -(start // self.stride))
            ends.append((first, min(self.output, -((start - self.source) // self.stride))))
        return ends

    def runs(self) -> list[Run]:
        """Los tramos de la salida: en medio se ven todos los pesos, y en los bordes no."""
        runs, first = [], 0
        for seen, outputs in groupby(map(self.seen, range(self.output))):
            runs.append(Run(first, len(list(outputs)), *seen))
            first += runs[-1].outputs
        return runs


class Plan(NamedTuple):
    """Una convolución o un gradiente, ya trazados, para un kernel de ``convolution.py``."""

    layout: Layout
    split: Split
    arguments: tuple[Any, ...]  # del kernel: layout, split, pasos y tablas, en tuplas corrientes
    blocks: int  # por imagen
    flops: int  # por imagen


def padded_filters(filters: int, itemsize: int) -> int:
    """``filters`` redondeado hacia arriba a vectores enteros."""
    lanes = PANEL_BYTES // 2 // itemsize
    return -(-filters // lanes) * lanes


def _grid(rows: int, row_step: int, columns: int, column_step: int) -> np.ndarray:
    table = np.arange(rows)[:, None] * row_step + np.arange(columns) * column_step
    return np.ascontiguousarray(table, np.int64).ravel()


def _layout(
    rows: Axis,
    columns: Axis,
    channels: int,
    itemsize: int,
    copied: bool,
    pixels: int = _BLOCK_PIXELS,
    turned: tuple[bool, bool] = (False, False),
    in_place: bool = False,
) -> Layout:
    """Imagen, bloques y búfer, que hace falta si se pide la copia o se traspone la entrada.

    ``in_place`` dice que la entrada ``channels_first`` no se traspone: se lee donde está.
    """
    pitch = columns.window(columns.output) if copied else columns.source
    row = pitch * channels
    block_rows = min(rows.output, max(1, -(-pixels // columns.output)))
    while block_rows > 1 and rows.window(block_rows) * row * itemsize > _BLOCK_BYTES:
        block_rows -= 1
    span = rows.window(block_rows) if copied or (turned[0] and not in_place) else 0
    near = rows.source * columns.source if in_place else 1
    sizes = rows.source, columns.source, channels, rows.output, columns.output
    before = rows.before, columns.before
    orders = int(turned[0]), int(turned[1])
    return Layout(*sizes, block_rows, rows.stride, *before, span, pitch, *orders, near)


def _cached(rows: Axis, columns: Axis, itemsize: int, planes: int, lines: int) -> bool:
    """Si caben en la caché más cercana ``lines`` filas de cada uno de esos planos de la entrada.

    Each plane's are in lines of their own; where planes begin at multiples of a power of two, in
    few of the cache's sets.
    """
    plane = rows.source * columns.source * itemsize
    sets = min(_CACHE_SETS, _CACHE_PAGE // gcd(plane, _CACHE_PAGE))
    return planes * lines <= sets * _CACHE_WAYS


def _split(channels: int, filters: int, groups: int, itemsize: int) -> Split:
    per_group = filters // groups
    return Split(groups, channels // groups, per_group, padded_filters(per_group, itemsize))


def _flops(rows: Axis, columns: Axis, terms: int, filters: int) -> int:
    return 2 * rows.output * columns.output * terms * filters


def _blocks(runs: list[Run], most: int) -> np.ndarray:
    """Filas de salida en bloques parecidos: (primera, cuántas, primera fila de pesos, cuántas).

    Los pequeños van al final, para que los hilos acaben a la vez.
    """
    blocks = []
    for run in runs:
        parts = -(-run.outputs // most)
        edges = [run.first + run.outputs * part // parts for part in range(parts + 1)]
        blocks += [(i, end - i, run.tap, run.taps) for i, end in pairwise(edges)]
    return np.array(sorted(blocks, key=lambda block: -block[1]), np.int64)


@lru_cache(maxsize=512)
def convolution_plan(
    rows: Axis,
    columns: Axis,
    images: int,
    channels: int,
    filters: int,
    groups: int,
    channelwise: bool,
    itemsize: int,
    out_steps: OutSteps,
    skip: bool,
    turned: tuple[bool, bool] = (False, False),
) -> Plan:
    """Plan de ``convolution.convolve``.

    ``channelwise`` es la convolución en profundidad: un solo grupo, canal a canal. Con ``skip``
    se saltan los productos por el relleno, si así no quedan tramos demasiado pequeños. ``turned``
    dice si la entrada y la salida son ``channels_first``; si hay que copiar el relleno, la entrada
    no puede serlo, y su ``turned_in`` queda en 0. Se traspone, bloque a bloque, o se lee donde está
    si lo que una baldosa ve de sus planos cabe en la caché más cercana.

    Las tablas: dónde empieza cada píxel en la entrada y en la salida, tramo a tramo; los saltos a
    cada fila de la ventana y a sus pesos; los bloques de filas; y los tramos de columnas: (primer
    píxel, columnas, primer salto, saltos por fila de la ventana, números seguidos tras el salto).
    """
    split = _split(channels, filters, groups, itemsize)
    depth = 1 if channelwise else channels // groups
    terms = rows.taps * columns.taps * depth
    least = max(_LEAST_PIXELS, min(_BLOCK_PIXELS, _BLOCK_PRODUCTS // (terms * filters)))
    down, across = rows.runs(), columns.runs()
    small = len(down) * len(across) * _REGION_PIXELS > rows.output * columns.output
    skip = skip and not small and all(run.taps for run in down + across)
    copied = channelwise and split.padded != filters
    if copied or (not skip and (rows.padded or columns.padded)):
        copied = True
        down, across = ([Run(0, axis.output, 0, axis.taps)] for axis in (rows, columns))
    turns = turned[0] and not copied, turned[1]
    # What a tile sees of channels_first is read again with each weight of a filter, if not the only
    # one; of the narrowest run, it sees the most rows.
    seen = rows.window(-(-MAX_ROWS // min(run.outputs for run in across)))
    once = rows.taps * columns.taps == 1
    in_place = turns[0] and (once or _cached(rows, columns, itemsize, depth, seen))
    least_blocks = _TURNED_BLOCKS if turns[0] and not in_place else _SHARED_BLOCKS
    parts = max(least_blocks, _THREAD_BLOCKS * max_threads)
    pixels = max(least, min(_MOST_PIXELS, images * rows.output * columns.output // parts))
    layout = _layout(rows, columns, channels, itemsize, copied, pixels, turns, in_place)
    each_pixel = 1 if in_place else channels
    block_rows, row = layout.block_rows, layout.pitch * each_pixel
    blocks = _blocks(down, block_rows)
    # Of a row of the window the terms are consecutive; if not, those of each of its taps.
    whole = groups == 1 and columns.dilation == 1 and not channelwise and not in_place
    pixel, tap = columns.stride * each_pixel, columns.dilation * each_pixel
    runs: list[tuple[int, ...]] = []
    x_table: list[np.ndarray] = []
    out_table: list[np.ndarray] = []
    segments: list[np.ndarray] = []
    for run in across:
        each = 1 if whole else run.taps
        length, first = depth * run.taps // each, sum(map(len, segments))
        runs.append((block_rows * run.first, run.outputs, first, each, length))
        starts = _grid(block_rows, rows.stride * row, run.outputs, pixel)
        ends = _grid(block_rows, out_steps.row, run.outputs, out_steps.column)
        x_table.append(starts + run.first * pixel)
        out_table.append(ends + run.first * out_steps.column)
        jumps = _grid(rows.taps, rows.dilation * row, each, tap) + run.tap * tap
        weights = (_grid(rows.taps, columns.taps, each, 1) + run.tap) * depth
        segments.append(np.column_stack((jumps, weights)))
    inputs, outputs, joined = map(np.concatenate, (x_table, out_table, segments))
    tables = ConvolutionTables(inputs, outputs, joined, blocks, np.array(runs, np.int64))
    return Plan(
        layout,
        split,
        (tuple(layout), tuple(split), terms, tuple(out_steps), tuple(tables)),
        len(blocks),
        _flops(rows, columns, terms, filters),
    )


@lru_cache(maxsize=512)
def kernel_gradient_plan(
    rows: Axis,
    columns: Axis,
    channels: int,
    filters: int,
    groups: int,
    channelwise: bool,
    itemsize: int,
    turned: tuple[bool, bool] = (False, False),
) -> Plan:
    """Plan de ``convolution.kernel_gradient``: las filas de la baldosa son pesos, no píxeles.

    ``turned`` dice si la entrada y el gradiente de la salida son ``channels_first``, como en
    :func:`convolution_plan`.

    La última tabla son pesos que caen en la entrada con las mismas salidas: (primer peso y final,
    primera fila y final, primera columna y final). Si se copia el relleno, todos con todas.
    """
    split = _split(channels, filters, groups, itemsize)
    depth = 1 if channelwise else channels // groups
    padded = rows.padded or columns.padded
    # Then a tile holds weights of one tap only, so there must be enough of them; and with strides,
    # the pixels of a picture read in place dispute the same lines of the cache.
    skip = padded and depth >= MAX_ROWS and columns.stride == 1
    copied = (padded and not skip) or (channelwise and split.padded != filters)
    turns = turned[0] and not copied, turned[1]
    in_place = turns[0] and _cached(rows, columns, itemsize, MAX_ROWS, 1)
    layout = _layout(rows, columns, channels, itemsize, copied, turned=turns, in_place=in_place)
    pixel = 1 if in_place else channels
    block_rows, row = layout.block_rows, layout.pitch * pixel
    taps = _grid(rows.taps, rows.dilation * row, columns.taps, columns.dilation * pixel)
    weights = (taps[:, None] + np.arange(depth) * layout.near).ravel()
    if skip:
        seeing = [
            (tap * depth, (tap + 1) * depth, *down, *across)
            for tap, (down, across) in enumerate(product(rows.seeing(), columns.seeing()))
            if down[1] > down[0] and across[1] > across[0]
        ]
    else:
        seeing = [(0, len(weights), 0, rows.output, 0, columns.output)]
    tables = GradientTables(
        weights,
        np.arange(len(weights), dtype=np.int64) * split.padded,
        _grid(block_rows, 1, 1, 0)[:, None] * (rows.stride * row, columns.output),
        np.array(seeing, np.int64).reshape(-1, 6),
    )
    return Plan(
        layout,
        split,
        (tuple(layout), tuple(split), columns.stride * pixel, tuple(tables)),
        -(-rows.output // block_rows),
        _flops(rows, columns, len(weights), filters),
    )


class Phase(NamedTuple):
    """Píxeles de la entrada que ven los mismos pesos: uno de cada ``stride``, desde ``first``."""

    axis: Axis
    taps: np.ndarray
    first: int


@lru_cache(maxsize=512)
def input_gradient_phases(axis: Axis) -> tuple[Phase, ...]:
    """Descompone el gradiente de la entrada a lo largo de un eje en convoluciones de paso 1.

    El píxel ``p`` recibe de la salida ``i`` por el peso ``a`` si ``p + before = i·s + a·d``. Los
    píxeles con el mismo resto módulo ``s`` usan los mismos pesos, y para ellos la suma es una
    convolución de paso 1 del gradiente con esos pesos en orden inverso.
    """
    phases = []
    for rest in range(axis.stride):
        first = (rest - axis.before) % axis.stride
        taps = [a for a in range(axis.taps) if a * axis.dilation % axis.stride == rest]
        if first >= axis.source or not taps:
            continue
        offsets = [(a * axis.dilation - rest) // axis.stride for a in taps]
        phase = Axis(
            source=axis.output,
            output=-(-(axis.source - first) // axis.stride),
            stride=1,
            before=offsets[-1] - (first + axis.before - rest) // axis.stride,
            taps=len(taps),
            dilation=offsets[1] - offsets[0] if len(taps) > 1 else 1,
        )
        phases.append(Phase(phase, np.array(taps[::-1]), first))
    return tuple(phases)
