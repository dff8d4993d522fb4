"""Figuras de las lecciones: imágenes, kernels, filtros, mapas de características y la ventana.

Todas devuelven la ``Figure`` de Matplotlib con un texto alternativo (``figures.describe``). Lo que
no tiene signo se pinta en grises o en ``viridis``; lo que lo tiene, en ``RdBu`` con el blanco en el
cero (rojo negativo, azul positivo). Los tres mapas los distingue quien no distingue colores.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import matplotlib.axes
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle
from numpy.lib.stride_tricks import sliding_window_view

from ..arguments import as_index, as_positive, shown
from ..arrays import as_floats, as_numbers
from .figures import describe

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "describe",
    "show_feature_maps",
    "show_filters",
    "show_image",
    "show_kernel",
    "show_window",
]

INCHES_PER_CELL = 1.2


def show_image(
    image: np.ndarray, title: str = "Imagen", alt: str | None = None, ax: Axes | None = None
) -> Figure:
    """Muestra una imagen, con las filas y columnas numeradas.

    Parameters
    ----------
    image : array_like
        (H, W) o (H, W, 1) en grises; (H, W, 3) en color, entre 0 y 1 o ``uint8``.
    title : str
        Título de la figura.
    alt : str, optional
        Texto alternativo; si no se da, dice el título y el tamaño.
    ax : matplotlib.axes.Axes, optional
        Ejes en los que dibujar; sin ellos se crea una figura.

    Returns
    -------
    Figure
        La figura, con su texto alternativo.
    """
    pixels = _picture(image)
    figure, ax = _axes(ax, figsize=(4.5, 4.5))
    drawn = ax.imshow(pixels, **_colors(pixels))
    if pixels.ndim == 2 and _is_signed(pixels):
        draw_bar(figure, drawn, ax, "valor", shrink=0.8)
    ax.set(title=title, xlabel="columna", ylabel="fila")
    height, width = pixels.shape[:2]
    kind = "en color" if pixels.ndim == 3 else "de un canal"
    return _describe_axes(
        figure, ax, alt or f"{title}: imagen {kind} de {height} x {width} píxeles."
    )


def show_kernel(
    kernel: np.ndarray, title: str = "Kernel", alt: str | None = None, ax: Axes | None = None
) -> Figure:
    """Muestra un kernel como una matriz de números sobre un fondo azul o rojo según el signo.

    Parameters
    ----------
    kernel : array_like
        (kh, kw).
    title : str
        Como en ``show_image``.
    alt : str, optional
        Como en ``show_image``.
    ax : matplotlib.axes.Axes, optional
        Como en ``show_image``.

    Returns
    -------
    matplotlib.figure.Figure
        La figura, con su texto alternativo.

    Raises
    ------
    ValueError
        Si no tiene 2 ejes o «ax» no son unos ejes.
    """
    kernel = _matrix("kernel", kernel)
    height, width = kernel.shape
    figure, ax = _axes(ax, figsize=(0.8 * width + 1.6, 0.8 * height + 1.2))
    drawn = ax.imshow(kernel, **_signed_colors(kernel))
    draw_bar(figure, drawn, ax, "peso", shrink=0.8)
    _write_numbers(ax, kernel)
    ax.set(title=title, xlabel="columna", ylabel="fila", xticks=range(width), yticks=range(height))
    rows = "; ".join(" ".join(_number(value) for value in row) for row in kernel)
    return _describe_axes(
        figure, ax, alt or f"{title}: matriz de {height} x {width}. Filas: {rows}."
    )


def show_filters(
    kernel: np.ndarray, columns: int = 8, title: str = "Filtros", alt: str | None = None
) -> Figure:
    """Muestra los filtros de una capa Conv2D, uno por casilla.

    Parameters
    ----------
    kernel : array_like
        (kh, kw, c_in, filters), como ``capa.kernel`` en Keras. Con tres canales de entrada cada
        filtro se ve en color; con otro número, se ve la media de sus canales.
    columns : int
        Casillas por fila.
    title : str
        Como en ``show_image``.
    alt : str, optional
        Como en ``show_image``.

    Returns
    -------
    matplotlib.figure.Figure
        La figura, con su texto alternativo.

    Raises
    ------
    ValueError
        Si no tiene 4 ejes o un argumento no es válido.
    """
    kernel = as_floats(kernel, "kernel")
    if kernel.ndim != 4:
        raise ValueError(
            "Los filtros se dan como (alto, ancho, canales, filtros), 4 ejes. "
            f"Llegó la forma {kernel.shape}."
        )
    height, width, channels, filters = kernel.shape
    in_color = channels == 3
    cells = np.moveaxis(kernel if in_color else kernel.mean(axis=2), -1, 0)
    if in_color:
        limit = np.abs(cells).max(initial=0) or 1
        cells, style = 0.5 + cells / (2 * limit), {}
    else:
        style = _signed_colors(cells)
    figure = _grid(cells, columns, title, style, label=None if in_color else "peso")
    seen = "en color" if in_color else "en rojo lo negativo y en azul lo positivo"
    return describe(figure, alt or f"{title}: {filters} filtros de {height} x {width}, {seen}.")


def show_feature_maps(
    maps: np.ndarray,
    columns: int = 8,
    title: str = "Mapas de características",
    alt: str | None = None,
) -> Figure:
    """Muestra los mapas de características de una imagen, uno por casilla, con la misma escala.

    Parameters
    ----------
    maps : array_like
        (H, W, canales), o (1, H, W, canales): la salida de una capa para una imagen.
    columns : int
        Casillas por fila.
    title : str
        Como en ``show_image``.
    alt : str, optional
        Como en ``show_image``.

    Returns
    -------
    matplotlib.figure.Figure
        La figura, con su texto alternativo.

    Raises
    ------
    ValueError
        Si no son los mapas de una sola imagen.
    """
    maps = as_floats(maps, "maps")
    maps = maps[0] if maps.ndim == 4 and len(maps) == 1 else maps
    if maps.ndim != 3:
        raise ValueError(
            "Los mapas se dan como (alto, ancho, canales), los de una sola imagen. "
            f"Llegó la forma {maps.shape}."
        )
    height, width, channels = maps.shape
    figure = _grid(np.moveaxis(maps, -1, 0), columns, title, _colors(maps, "viridis"), "activación")
    active = np.count_nonzero(maps.any(axis=(0, 1)))
    summary = (
        f"{title}: {channels} mapas de {height} x {width}; {active} tienen algo distinto de 0."
    )
    return describe(figure, alt or summary)


def show_window(
    image: np.ndarray,
    kernel: np.ndarray,
    row: int,
    column: int,
    title: str = "La ventana, los productos y la suma",
    alt: str | None = None,
) -> Figure:
    """Muestra cómo se calcula un píxel de la salida (correlación «valid» con paso 1).

    De izquierda a derecha: la imagen con la ventana resaltada, el kernel, los productos y su suma,
    y el mapa de salida, con el número que sale de ellos resaltado.

    Parameters
    ----------
    image : array_like
        (H, W).
    kernel : array_like
        (kh, kw), no mayor que la imagen.
    row, column : int
        Píxel de la salida: la esquina superior izquierda de la ventana.
    title : str
        Como en ``show_image``.
    alt : str, optional
        Como en ``show_image``.

    Returns
    -------
    matplotlib.figure.Figure
        La figura, con su texto alternativo.

    Raises
    ------
    ValueError
        Si la salida no tiene ese píxel o un arreglo no tiene 2 ejes.
    """
    image, kernel = _matrix("imagen", image), _matrix("kernel", kernel)
    height, width = kernel.shape
    row, column = as_index(row, "row"), as_index(column, "column")
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    if not (0 <= row < rows and 0 <= column < columns):
        raise ValueError(
            f"La salida tiene {max(rows, 0)} filas y {max(columns, 0)} columnas: no existe el "
            f"píxel (fila {row}, columna {column})."
        )
    window = image[row : row + height, column : column + width]
    products = window * kernel
    output = (sliding_window_view(image, kernel.shape) * kernel).sum(axis=(2, 3))
    figure, axes = plt.subplots(1, 4, figsize=(13, 4), layout="constrained")
    _draw_framed(axes[0], image, (row, column), kernel.shape, "Imagen")
    _draw_framed(axes[3], output, (row, column), (1, 1), "Salida")
    for ax, values, name in ((axes[1], kernel, "Kernel"), (axes[2], products, "Productos")):
        ax.imshow(values, **_signed_colors(values))
        _write_numbers(ax, values)
        ax.set(title=name, xticks=range(width), yticks=range(height))
    total = _number(products.sum())
    axes[2].set_xlabel(f"suma = {total}", fontsize=13, fontweight="bold")
    figure.suptitle(title)
    terms = " + ".join(
        f"{_number(a)}·{_number(b)}" for a, b in zip(window.flat, kernel.flat, strict=True)
    )
    summary = f"{title}: en la fila {row}, columna {column} de la salida, {terms} = {total}."
    return describe(figure, alt or summary)


def _draw_framed(
    ax: Axes, image: np.ndarray, corner: tuple[int, int], size: tuple[int, int], title: str
) -> None:
    ax.imshow(image, **_colors(image))
    if image.size <= 144:
        _write_numbers(ax, image)
        ax.set(xticks=range(image.shape[1]), yticks=range(image.shape[0]))
    (row, column), (height, width) = corner, size
    frame = (column - 0.5, row - 0.5)
    ax.add_patch(Rectangle(frame, width, height, fill=False, edgecolor="white", linewidth=5))
    ax.add_patch(Rectangle(frame, width, height, fill=False, edgecolor="#D55E00", linewidth=3))
    ax.set(title=title, xlabel="columna", ylabel="fila")


def _grid(
    cells: np.ndarray, columns: int, title: str, style: dict[str, Any], label: str | None
) -> Figure:
    """Casillas numeradas desde 0, en filas de ``columns``."""
    columns = min(as_positive(columns, "columns"), max(len(cells), 1))
    rows = max(-(-len(cells) // columns), 1)
    size = (INCHES_PER_CELL * columns + 1, INCHES_PER_CELL * rows + 0.6)
    figure, axes = plt.subplots(rows, columns, figsize=size, layout="constrained", squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    drawn = None
    for index, (ax, cell) in enumerate(zip(axes.flat, cells, strict=False)):
        drawn = ax.imshow(cell, **style)
        ax.set_title(str(index), fontsize=8, pad=2)
    if label and drawn is not None:
        draw_bar(figure, drawn, axes, label, shrink=0.8)
    figure.suptitle(title)
    return figure


def draw_bar(figure: Figure, drawn: Any, ax: Any, label: str, **options: Any) -> None:
    """La barra de colores, con sus números como se escriben en español."""
    figure.colorbar(drawn, ax=ax, label=label, format=lambda value, _: _number(value), **options)


def _axes(ax: Axes | None, figsize: tuple[float, float]) -> tuple[Figure, Axes]:
    if ax is not None:
        if not isinstance(ax, matplotlib.axes.Axes):
            raise ValueError(f"«ax» debe ser unos ejes de Matplotlib. Llegó {shown(ax)}.")
        return cast("Figure", ax.figure), ax
    return plt.subplots(figsize=figsize, layout="constrained")


def _describe_axes(figure: Figure, ax: Axes, alt: str) -> Figure:
    """Una figura de varios paneles lleva la suma de sus textos."""
    before = getattr(figure, "alt", "") if len(figure.axes) > 1 else ""
    return describe(figure, f"{before} {alt}".strip())


def _picture(image: np.ndarray) -> np.ndarray:
    pixels = as_numbers(image, "image")
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[..., 0]
    if pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] == 3):
        return pixels
    raise ValueError(
        "Una imagen tiene forma (alto, ancho), (alto, ancho, 1) o (alto, ancho, 3). "
        f"Llegó {pixels.shape}."
    )


def _matrix(name: str, values: Sequence[Sequence[float]] | np.ndarray) -> np.ndarray:
    matrix = as_floats(values, name).astype(float)
    if matrix.ndim != 2:
        raise ValueError(
            f"«{name}» debe tener 2 ejes (alto, ancho). Llegó la forma {matrix.shape}."
        )
    return matrix


def _is_signed(values: np.ndarray) -> bool:
    return bool((values < 0).any())


def _colors(values: np.ndarray, positive: str = "gray") -> dict[str, Any]:
    if _is_signed(values):
        return _signed_colors(values)
    return {"cmap": positive, "vmin": 0, "vmax": np.nanmax(values, initial=0) or 1}


def _signed_colors(values: np.ndarray) -> dict[str, Any]:
    limit = np.nanmax(np.abs(values), initial=0) or 1
    return {"cmap": "RdBu", "vmin": -limit, "vmax": limit}


def _write_numbers(ax: Axes, values: np.ndarray, size: float = 9) -> None:
    """Cada número, en blanco o negro según lo oscura que sea su casilla."""
    drawn = ax.images[-1]
    for (row, column), value in np.ndenumerate(values):
        red, green, blue, _ = drawn.cmap(drawn.norm(value))
        dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
        ink = "white" if dark else "black"
        ax.text(column, row, _number(value), ha="center", va="center", color=ink, fontsize=size)


def _number(value: float) -> str:
    return f"{value + 0:.3g}".replace("-", "−").replace(".", ",")
