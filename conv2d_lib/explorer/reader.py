"""Llamar a la función del lector con lo que el explorador tiene delante."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

from .pictures import packed

MOST_WORDS = 300
# Keras's names, and those of the state; and what a function that does not take them computes.
_OPTIONS = {"strides": "strides", "padding": "padding", "dilation_rate": "dilation"}
_PLAIN = {"strides": 1, "padding": "valid", "dilation": 1}


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

    Returns
    -------
    dict
        Con la imagen, ``pedido``: qué se le pidió, que es con lo que hay que compararla.
    """
    try:
        value, asked = _call(function, image, state)
        return packed("respuesta", "", _as_map(value)) | {"pedido": asked}
    except KeyboardInterrupt:
        return {"error": "se interrumpió antes de terminar (¿un bucle que no acaba?)"}
    except (Exception, SystemExit) as error:
        return {"error": _one_line(error)}


def kernel_of(state: dict[str, Any]) -> np.ndarray:
    """El kernel de un estado, de forma ``(kh, kw, C, F)``."""
    return np.asarray(state["nucleos"], dtype=np.float32).transpose(2, 3, 1, 0)


def _call(
    function: Callable[..., Any], image: np.ndarray, state: dict[str, Any]
) -> tuple[Any, dict[str, Any]]:
    """What the function gives, and what was asked of it: what it does not take is not."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError) as error:
        raise ValueError("no se sabe qué argumentos recibe: escríbela con def") from error
    options = {name: state[key] for name, key in _OPTIONS.items() if name in parameters}
    asked = _PLAIN | {_OPTIONS[name]: value for name, value in options.items()}
    kernel = kernel_of(state)
    whole = len(parameters) - len(options) >= 3
    if whole:
        batch, bias = image[np.newaxis], np.asarray(state["sesgos"], np.float32)
        return function(batch, kernel, bias, **options), asked | {"capa": True}
    # One filter, the one on the page, and no bias.
    kernel = kernel[..., state["filtro"]]
    asked |= {"capa": False}
    if kernel.shape[2] > 1:
        return function(image, kernel, **options), asked
    return function(image[..., 0], kernel[..., 0], **options), asked


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


def _one_line(error: BaseException) -> str:
    # The last frame in a notebook's cell: where the reader can look.
    lines = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if "ipykernel" in frame.f_code.co_filename or frame.f_code.co_filename.startswith("<ipyth")
    ]
    where = f" (línea {lines[-1]} de su celda)" if lines else ""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return text[:MOST_WORDS] + where
