"""Kernel de Numba de la inversa de im2col: suma cada ventana en los píxeles de donde salió."""

from . import turns as turns_module
from .compilation import cached_jit
from .turns import next_turn


@cached_jit(turns_module)
def col2im(turns, windows, out, channels, taps, strides, dilation, before):
    """Suma ``windows`` (N, H', W', kh·kw·C) en ``out`` (N, H, W·C); un turno son unas imágenes."""
    _, height, width = out.shape
    _, rows, columns, _ = windows.shape
    # Without dilation the row of a window is one run of numbers, as in the picture.
    runs = 1 if dilation[1] == 1 else taps[1]
    run = taps[1] * channels // runs
    start, stop = next_turn(turns, 0)
    while start < stop:
        for n in range(start, stop):
            for i in range(rows):
                for a in range(taps[0]):
                    row = i * strides[0] + a * dilation[0] - before[0]
                    if not 0 <= row < height:
                        continue
                    target = out[n, row]
                    for j in range(columns):
                        window = windows[n, i, j]
                        for b in range(runs):
                            source = (a * runs + b) * run
                            to = (j * strides[1] + b * dilation[1] - before[1]) * channels
                            first = max(0, -to)
                            last = max(first, min(run, width - to))
                            pixels = target[to + first : to + last]
                            values = window[source + first : source + last]
                            for k in range(len(pixels)):
                                pixels[k] += values[k]
        start, stop = next_turn(turns, stop - start)
