"""Kernel de Numba de la derivada de ReLU, en una sola pasada por la memoria."""

from conv2d_lib.compilation import cached_jit


@cached_jit()
def relu_gradient(y, grad, out, start, stop):
    """``out[k] = grad[k]`` donde la salida ``y[k]`` es positiva y 0 donde no, de start a stop."""
    y, grad, out = y[start:stop], grad[start:stop], out[start:stop]
    for k in range(len(out)):
        out[k] = grad[k] if y[k] > 0 else 0
