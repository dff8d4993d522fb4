"""Figuras con texto alternativo: lo que oye quien no ve la imagen."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from ..arguments import shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLACK = "#000000"
INK = "#767676"  # 4.5 to 1 on white, 4.1 to 1 on the dark themes of JupyterLab and the site


def describe(figure: Figure, alt: str) -> Figure:
    """Da a una figura de Matplotlib el texto alternativo con que un cuaderno la muestra.

    Las marcas de los ejes se escriben con coma decimal. En Jupyter (y en lo que nbconvert genera)
    la figura sale como ``<img alt="...">``, sin fondo, y con sus letras en un gris que se lee sobre
    claro y sobre oscuro. Sirve igual si la figura es el valor de la celda o si
    Jupyter la muestra al terminarla, y en ningún caso sale dos veces.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        La figura.
    alt : str
        Qué se ve en ella, en una o dos frases.

    Returns
    -------
    Figure
        La misma figura, para encadenar.

    Raises
    ------
    ValueError
        Si el texto está vacío.
    """
    if not isinstance(alt, str):
        raise ValueError(f"El texto alternativo es un texto. Llegó {shown(alt)}.")
    if not alt.strip():
        raise ValueError("El texto alternativo está vacío: di en una frase qué se ve en la figura.")
    _count_pixels(figure)
    _write_commas(figure)
    described: Any = figure
    described.alt = alt
    # IPython looks the method up on the object, so any figure can have it.
    described._repr_mimebundle_ = lambda **_: _mimebundle(described)
    return figure


def _count_pixels(figure: Figure) -> None:
    """Whole numbers beside a picture: there is no row 2,5. A colour bar is not a picture."""
    from matplotlib.ticker import AutoLocator, MaxNLocator

    for axes in figure.axes:
        if axes.get_images():
            for axis in (axes.xaxis, axes.yaxis):
                if type(axis.get_major_locator()) is AutoLocator:
                    axis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))


def _write_commas(figure: Figure) -> None:
    """Decimal commas on the axes that Matplotlib would number its own way."""
    from matplotlib.ticker import ScalarFormatter

    class Commas(ScalarFormatter):
        def __call__(self, x: float, pos: int | None = None) -> str:
            return super().__call__(x, pos).replace(".", ",")

    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if type(axis.get_major_formatter()) is ScalarFormatter:
                axis.set_major_formatter(Commas())


def _for_any_background(figure: Figure) -> None:
    """The page shows through, and what was black on white takes an ink for both themes."""
    from matplotlib.colors import to_hex
    from matplotlib.text import Text

    figure.set_facecolor("none")
    on_cells = set()
    for axes in figure.axes:
        if axes.images:
            # Numbers on cells keep the ink that their own colour asks for.
            on_cells |= set(axes.texts)
        else:
            axes.set_facecolor("none")
            for line in axes.lines:
                if to_hex(line.get_color()) == BLACK:
                    line.set_color(INK)
        axes.tick_params(color=INK, which="both")
        for spine in axes.spines.values():
            spine.set_edgecolor(INK)
        if legend := axes.get_legend():
            legend.get_frame().set_facecolor("none")
    for text in figure.findobj(Text):
        if text not in on_cells and to_hex(text.get_color()) == BLACK:
            text.set_color(INK)
    for axes in figure.axes:
        axes.tick_params(labelcolor=INK, which="both")


def _mimebundle(figure: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """HTML con la imagen y su texto: JupyterLab no pone ``alt`` a una salida ``image/png``."""
    import matplotlib.pyplot as plt
    from IPython.core.pylabtools import print_figure

    _for_any_background(figure)
    png = print_figure(figure, fmt="png", base64=True)
    # A figure that pyplot still holds would be shown again when the cell ends.
    plt.close(figure)
    alt = html.escape(figure.alt, quote=True)
    image = f'<img alt="{alt}" src="data:image/png;base64,{png}" style="max-width: 100%"/>'
    return {"text/html": image, "text/plain": figure.alt}, {"image/png": {"alt": figure.alt}}
