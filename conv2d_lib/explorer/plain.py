"""Lo que se lee de un widget donde no se dibuja ninguno: GitHub, una terminal, nbconvert."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from ..shapes import output_size

_LARGEST = 12  # rows or columns of an image whose numbers are still read
_TOUCHED = "(Aquí no se dibuja: se toca en Jupyter y en el sitio del curso.)"


def question_in_words(question: dict[str, Any]) -> str:
    """La pregunta con sus opciones, y nunca su respuesta."""
    options = [f"  · {option}" for option in question["opciones"] or ()]
    return "\n".join([f"Predice: {question['enunciado']}", *options, _TOUCHED])


def explorer_in_words(state: dict[str, Any], pictures: list[dict[str, Any]]) -> str:
    """La entrada y el kernel, con sus números si caben, y el tamaño de la salida."""
    lines = ["Explorador de la convolución"]
    own = next((each for each in pictures if each["id"] == state.get("imagen")), None)
    if own is not None:
        lines.append(f"entrada «{own['label']}», de {own['h']}×{own['w']}×{own['c']}")
        if own["c"] == 1 and max(own["h"], own["w"]) <= _LARGEST:
            data = np.frombuffer(base64.b64decode(own["data"]), "<f4")
            lines.append(_matrix(data.reshape(own["h"], own["w"])))
    if "nucleos" in state:
        kernel = np.array(state["nucleos"])
        filters, channels, height, width = kernel.shape
        lines.append(f"kernel de {height}×{width}×{channels}; filtros: {filters}")
        if filters == channels == 1:
            lines.append(_matrix(kernel[0, 0]))
        if own is not None:
            lines.append(_output(state, (own["h"], own["w"]), (height, width), filters))
    return "\n".join([*lines, _TOUCHED])


def _output(
    state: dict[str, Any], image: tuple[int, int], kernel: tuple[int, int], filters: int
) -> str:
    try:
        sides = [
            output_size(n, k, state["strides"], state["padding"], state["dilation"])
            for n, k in zip(image, kernel, strict=True)
        ]
    except ValueError:  # The kernel does not fit: the explorer says it in its own way.
        return "salida: ninguna, el kernel no cabe en la entrada"
    how = f"padding {state['padding']}, paso {state['strides']}, dilatación {state['dilation']}"
    return f"salida de {sides[0]}×{sides[1]}×{filters} ({how})"


def _matrix(values: np.ndarray) -> str:
    cells = [[f"{value + 0:.3g}".replace(".", ",") for value in row] for row in values]
    widest = max(len(cell) for row in cells for cell in row)
    return "\n".join("  " + " ".join(cell.rjust(widest) for cell in row) for row in cells)
