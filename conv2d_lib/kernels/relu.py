"""La derivada de ReLU, en una sola pasada por la memoria."""

from __future__ import annotations

import numpy as np

from . import turns as turns_module
from .compilation import cached_jit
from .memory import empty
from .threads import NUMBER, share
from .turns import Turns, next_turn

_BLOCK = 4096


@cached_jit(turns_module)
def _masked(turns: Turns, y: np.ndarray, grad: np.ndarray, out: np.ndarray) -> None:
    start, stop = next_turn(turns, 0)
    while start < stop:
        some = slice(start * _BLOCK, stop * _BLOCK)
        outputs, before, after = y[some], grad[some], out[some]
        for k in range(len(after)):
            after[k] = before[k] if outputs[k] > 0 else 0
        start, stop = next_turn(turns, stop - start)


def relu_gradient(y: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """``grad`` donde la salida ``y`` de la ReLU es positiva, y 0 donde no."""
    out = empty(grad.shape, grad.dtype)
    flat = y.reshape(-1), grad.reshape(-1), out.reshape(-1)
    share(_masked, flat, -(-grad.size // _BLOCK), NUMBER * grad.size)
    return out
