"""Varias imágenes en fila, con su título y su escala: la figura más corriente de una lección."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np

from ..arguments import as_positive, items_of, shown
from .figures import describe
from .lessons import _colors, _picture, _write_numbers, draw_bar

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDTH = 13.0  # inches of a whole row
_TALLEST = 4.4
_LARGE = 4096  # pixels: from here on, single values may be lost


def show_panels(
    panels: Mapping[str, np.ndarray] | Sequence[tuple[str, np.ndarray]],
    alt: str,
    *,
    columns: int | None = None,
    label: str | None = None,
    limits: tuple[float, float] | None = None,
    cmap: str | None = None,
    numbers: bool = False,
) -> Figure:
    """Muestra varias imágenes o mapas, uno junto a otro.

    Sin ``limits``, cada uno lleva su propia escala: grises para lo que no tiene signo, y ``RdBu``
    con el blanco en el cero para lo que lo tiene. En los mapas grandes, unos pocos valores muy
    altos no apagan a los demás: la escala llega hasta donde está el 99,5 %.

    Parameters
    ----------
    panels : mapping, or sequence of (str, ndarray)
        De cada título a su imagen, (H, W), (H, W, 1) o (H, W, 3); o parejas, si se repiten títulos.
    alt : str
        Texto alternativo: qué se ve.
    columns : int, optional
        Casillas por fila; sin ellas, todas en una.
    label : str, optional
        Qué miden los mapas: si se da, cada uno que no es en color lleva su barra.
    limits : (float, float), optional
        La misma escala para todos.
    cmap : str, optional
        Mapa de colores de Matplotlib para los que no son en color.
    numbers : bool
        Escribe cada valor en su casilla.

    Returns
    -------
    matplotlib.figure.Figure
        La figura, con su texto alternativo.

    Raises
    ------
    ValueError
        Si no hay ninguna imagen o una no tiene esas formas.
    """
    pairs = list(panels.items()) if isinstance(panels, Mapping) else items_of(panels)
    if not pairs or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        raise ValueError(
            "«panels» debe ser un diccionario de títulos e imágenes, o una lista de parejas. "
            f"Llegó {shown(panels)}."
        )
    titles, pictures = [str(title) for title, _ in pairs], [_picture(image) for _, image in pairs]
    columns = min(as_positive(columns, "columns") if columns else len(pictures), len(pictures))
    rows = -(-len(pictures) // columns)
    widths, height = _row(pictures, columns, rows)
    figure, axes = plt.subplots(
        rows,
        columns,
        figsize=(_WIDTH, (height + (0.7 if label else 0)) * rows),
        layout="constrained",
        squeeze=False,
        width_ratios=widths,
    )
    for ax in axes.flat:
        ax.set_axis_off()
    for ax, (title, pixels) in zip(axes.flat, zip(titles, pictures, strict=True), strict=False):
        ax.set_axis_on()
        style = _style(pixels, limits, cmap)
        drawn = ax.imshow(pixels, **style)
        ax.set(title=title, xticks=[], yticks=[])
        if numbers and pixels.ndim == 2:
            _write_numbers(ax, pixels, 14)
        if label and pixels.ndim == 2:
            draw_bar(figure, drawn, ax, label, orientation="horizontal", shrink=0.9)
    return describe(figure, alt)


def _style(
    pixels: np.ndarray, limits: tuple[float, float] | None, cmap: str | None
) -> dict[str, Any]:
    if pixels.ndim == 3:
        return {}
    style = _colors(pixels)
    if limits is not None:
        style |= {"vmin": limits[0], "vmax": limits[1]}
        style["cmap"] = "RdBu" if limits[0] < 0 else style["cmap"]
    elif pixels.size > _LARGE and (cmap or style["vmin"] < 0):
        most = float(np.quantile(np.abs(pixels), 0.995)) or style["vmax"]
        style |= {"vmin": -most if style["vmin"] < 0 else 0, "vmax": most}
    return style | ({"cmap": cmap} if cmap else {})


def _row(pictures: list[np.ndarray], columns: int, rows: int) -> tuple[list[float], float]:
    """How wide each column is, so that all are as high, and the height of a row, in inches."""
    aspects = [pixels.shape[1] / pixels.shape[0] for pixels in pictures]
    widths = aspects if rows == 1 else [max(aspects)] * columns
    return widths, min(_WIDTH / sum(widths), _TALLEST) + 0.5
