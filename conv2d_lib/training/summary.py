"""La tabla que describe una red: capas, formas y número de pesos."""

from __future__ import annotations

from collections.abc import Sequence

from ..layers import Layer

HEADER = ("Capa (clase)", "Forma de la salida", "Pesos")


def summary_text(
    name: str, layers: Sequence[Layer], shapes: Sequence[tuple[int | None, ...]]
) -> str:
    """Tabla con una fila por capa y los totales debajo.

    Parameters
    ----------
    name
        Nombre de la red.
    layers, shapes
        Capas construidas y la forma de la salida de cada una, con el lote.
    """
    rows = [
        (f"{layer.name} ({type(layer).__name__})", _shape(shape), thousands(layer.count_params()))
        for layer, shape in zip(layers, shapes, strict=True)
    ]
    widths = [max(len(row[column]) for row in (HEADER, *rows)) for column in range(3)]
    total = sum(layer.count_params() for layer in layers)
    trainable = sum(layer.count_params() for layer in layers if layer.trainable)
    size = sum(value.nbytes for layer in layers for value in layer.weights) / 1024
    return "\n".join(
        [
            f"Red «{name}»",
            _rule(widths, "┌┬┐"),
            _row(HEADER, widths),
            _rule(widths, "├┼┤"),
            *(_row(row, widths) for row in rows),
            _rule(widths, "└┴┘"),
            f"Pesos en total: {thousands(total)} ({size:.2f} KiB)".replace(".", ","),
            f"Entrenables: {thousands(trainable)}",
            f"No entrenables: {thousands(total - trainable)}",
        ]
    )


def thousands(number: int) -> str:
    """Número con un espacio cada tres cifras, como manda la ortografía: 225 034."""
    return f"{number:,}".replace(",", " ")


def _shape(shape: tuple[int | None, ...]) -> str:
    return (
        "("
        + ", ".join("lote" if i == 0 and n is None else str(n) for i, n in enumerate(shape))
        + ")"
    )


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, shape, count = (
        cells[0].ljust(widths[0]),
        cells[1].ljust(widths[1]),
        cells[2].rjust(widths[2]),
    )
    return f"│ {name} │ {shape} │ {count} │"


def _rule(widths: Sequence[int], corners: str) -> str:
    left, middle, right = tuple(corners)
    return left + middle.join("─" * (width + 2) for width in widths) + right
