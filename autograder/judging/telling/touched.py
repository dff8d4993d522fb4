"""El ejemplo que falla, como la línea que lo abre en el explorador con la función del lector."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from ..diagnosis.result import Counterexample

# What the explorer draws beside the right answer: one picture, as these functions take it.
_FUNCTIONS = ("correlacion2d", "conv2d", "conv2d_dilatada")
_CHANNELS, _MOST_STEP, _MOST_KERNEL, _MOST_FILTERS = (1, 3), 4, 7, 4
_STEPS = frozenset(range(1, _MOST_STEP + 1))
_OPTIONS = {"strides": _STEPS, "dilation_rate": _STEPS, "padding": {"valid", "same"}}


def line(example: Counterexample) -> str | None:
    """One line of Python for a cell; None where the explorer does not draw such a call."""
    name, options = _called(example.call)
    tables = {table.name: _array(table.values) for table in example.inputs}
    picture, kernel = _picture(tables), _kernel(tables.get("kernel"))
    if name not in _FUNCTIONS or picture is None or kernel is None:
        return None
    if not all(value in _OPTIONS.get(option, ()) for option, value in options.items()):
        return None
    given = [_text(picture.tolist()), _text(kernel.tolist())]
    bias = tables.get("bias")
    if bias is not None and bias.any():
        given.append(f"bias={_text(bias.tolist())}")
    given += [f"{option}={value!r}" for option, value in options.items()]
    given.append(f"funcion={name}")
    return f"from conv2d_lib.explorer import Explorador; Explorador({', '.join(given)})"


def _called(call: str) -> tuple[str, dict[str, Any]]:
    """The function of ``conv2d(x, kernel, bias, strides=2)``, and its options."""
    try:
        node = ast.parse(call, mode="eval").body
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            options = {str(each.arg): ast.literal_eval(each.value) for each in node.keywords}
            # Of a pair, of True or of 1.0 there is no control: only whole numbers and words.
            if all(type(value) in (int, str) for value in options.values()):
                return node.func.id, options
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return "", {}


def _array(values: Any) -> np.ndarray | None:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    return array if array.size and np.isfinite(array).all() else None


def _picture(tables: dict[str, np.ndarray | None]) -> np.ndarray | None:
    """``imagen``, or ``x`` where it is a batch of one; of one channel, as a matrix."""
    picture = tables.get("imagen")
    if picture is not None:
        return picture if picture.ndim == 2 else None
    batch = tables.get("x")
    if batch is None or batch.ndim != 4 or len(batch) != 1 or batch.shape[3] not in _CHANNELS:
        return None
    return batch[0] if batch.shape[3] > 1 else batch[0, ..., 0]


def _kernel(kernel: np.ndarray | None) -> np.ndarray | None:
    if kernel is None or kernel.ndim not in (2, 4) or max(kernel.shape[:2]) > _MOST_KERNEL:
        return None
    if kernel.ndim == 4:
        if kernel.shape[2] not in _CHANNELS or kernel.shape[3] > _MOST_FILTERS:
            return None
        return kernel[..., 0, 0] if kernel.shape[2:] == (1, 1) else kernel
    return kernel


def _text(values: Any) -> str:
    if isinstance(values, list):
        return f"[{', '.join(map(_text, values))}]"
    return repr(int(values) if values == int(values) else values)
