"""Llamar a la función del lector con lo que el explorador tiene delante."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

from .pictures import packed

MOST_WORDS = 300


def answer(
    function: Callable[..., Any], image: np.ndarray, state: dict[str, Any]
) -> dict[str, Any]:
    """Lo que la función da para una imagen y un estado: una imagen empaquetada, o ``error``.

    Parameters
    ----------
    function : callable
        ``f(imagen, kernel)`` con matrices, o ``f(x, kernel, bias, ...)`` con lotes y canales, como
        en las unidades; de ``strides``, ``padding`` y ``dilation_rate`` recibe los que nombre.
    image : ndarray, shape (H, W, C)
    state : dict
        El estado del explorador.
    """
    try:
        return packed("respuesta", "", _as_map(_call(function, image, state)))
    except Exception as error:
        return {"error": _one_line(error)}


def kernel_of(state: dict[str, Any]) -> np.ndarray:
    """El kernel de un estado, de forma ``(kh, kw, C, F)``."""
    return np.asarray(state["nucleos"], dtype=np.float32).transpose(2, 3, 1, 0)


def _call(function: Callable[..., Any], image: np.ndarray, state: dict[str, Any]) -> Any:
    parameters = inspect.signature(function).parameters
    options = {
        name: state[name if name != "dilation_rate" else "dilation"]
        for name in ("strides", "padding", "dilation_rate")
        if name in parameters
    }
    kernel = kernel_of(state)
    required = [p for p in parameters.values() if p.name not in options]
    if len(required) >= 3:
        return function(image[np.newaxis], kernel, np.asarray(state["sesgos"], "f4"), **options)
    if kernel.shape[2] > 1:
        return function(image, kernel[..., 0], **options)
    return function(image[..., 0], kernel[..., 0, 0], **options)


def _as_map(value: Any) -> np.ndarray:
    if value is None:
        raise ValueError("devolvió None (¿falta el return?)")
    array = np.asarray(value, dtype=np.float64)
    if array.ndim == 4 and len(array) == 1:
        array = array[0]
    if array.ndim == 2:
        array = array[..., np.newaxis]
    if array.ndim != 3 or 0 in array.shape:
        raise ValueError(f"devolvió un arreglo de forma {np.shape(value)}")
    return array.astype(np.float32)


def _one_line(error: Exception) -> str:
    # The last frame in a notebook's cell: where the reader can look.
    lines = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if "ipykernel" in frame.f_code.co_filename or frame.f_code.co_filename.startswith("<ipyth")
    ]
    where = f" (línea {lines[-1]} de su celda)" if lines else ""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return text[:MOST_WORDS] + where
