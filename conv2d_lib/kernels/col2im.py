"""Kernel de Numba de la inversa de im2col: suma cada ventana en los píxeles de donde salió."""

from __future__ import annotations

import numpy as np

from . import turns as turns_module
from .compilation import cached_jit
from .turns import Turns, next_turn

Pair = tuple[int, int]


@cached_jit(turns_module)
def col2im(
    turns: Turns,
    windows: np.ndarray,
    out: np.ndarray,
    channels: int,
    taps: Pair,
    strides: Pair,
    dilation: Pair,
    before: Pair,
) -> None:
    """Suma ``windows`` (N, H', W', kh·kw·C) en ``out`` (N, H, W·C); un turno son unas imágenes."""
    _, height, width = out.shape
    (row_taps, column_taps), (row_step, column_step) = taps, strides
    (row_gap, column_gap), (top, left) = dilation, before
    _, rows, columns, _ = windows.shape
    # Without dilation the row of a window is one run of numbers, as in the picture.
    runs = 1 if column_gap == 1 else column_taps
    run = column_taps * channels // runs
    start, stop = next_turn(turns, 0)
    while start < stop:
        for n in range(start, stop):
            for i in range(rows):
                for a in range(row_taps):
                    row = i * row_step + a * row_gap - top
                    if not 0 <= row < height:
                        continue
                    target = out[n, row]
                    for j in range(columns):
                        window = windows[n, i, j]
                        for b in range(runs):
                            source = (a * runs + b) * run
                            to = (j * column_step + b * column_gap - left) * channels
                            first = max(0, -to)
                            last = max(first, min(run, width - to))
                            pixels = target[to + first : to + last]
                            values = window[source + first : source + last]
                            for k in range(len(pixels)):
                                pixels[k] += values[k]
        start, stop = next_turn(turns, stop - start)
