"""Kernel de Numba de la inversa de im2col: suma cada ventana en los píxeles de donde salió."""

from conv2d_lib.compilation import cached_jit


@cached_jit()
def col2im(windows, out, taps, strides, dilation, before, start, stop):
    """Suma ``windows`` (N, H', W', kh·kw·C) en ``out`` (N, H, W, C), imágenes start a stop."""
    _, height, width, channels = out.shape
    _, rows, columns, _ = windows.shape
    for n in range(start, stop):
        for i in range(rows):
            for a in range(taps[0]):
                row = i * strides[0] + a * dilation[0] - before[0]
                if not 0 <= row < height:
                    continue
                for j in range(columns):
                    for b in range(taps[1]):
                        column = j * strides[1] + b * dilation[1] - before[1]
                        if 0 <= column < width:
                            first = (a * taps[1] + b) * channels
                            for c in range(channels):
                                out[n, row, column, c] += windows[n, i, j, first + c]
