"""Cómo se ve la aceptación: las tablas de la terminal y la figura de los mapas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from conv2d_lib import FASHION_MNIST_CLASSES

from .acceptance import (
    ACCEPTED,
    REFUSED,
    REVIEW,
    AcceptanceResult,
    Criterion,
    MapEvidence,
    percent,
    thousands,
)

_MARKS = {ACCEPTED: ("✔", "green"), REFUSED: ("✘", "red"), REVIEW: ("⚠", "yellow")}


def show(result: AcceptanceResult, console: Console) -> None:
    """Print the tables and one line a criterion, and the decision."""
    if result.networks:
        console.print(_networks_table(result))
        console.print(_maps_table(result.maps))
    for criterion in result.criteria:
        console.print(_line(criterion), soft_wrap=True)
    review = any(criterion.state == REVIEW for criterion in result.criteria)
    decision = "Aceptada" + (", y para revisar" if review else "")
    style = "bold green" if result.accepted else "bold red"
    console.print(decision if result.accepted else "Rechazada", style=style)


def _networks_table(result: AcceptanceResult) -> Table:
    title = f"Fashion-MNIST: {thousands(result.images)} imágenes de test"
    table = Table(title=title, title_style="bold")
    table.add_column("Red")
    for heading in ("Aciertos", "Parámetros", "en Conv2D", "en Dense"):
        table.add_column(heading, justify="right")
    for row in result.networks:
        counts = (row.parameters, row.in_convolutions, row.in_dense)
        table.add_row(row.title, percent(row.accuracy), *map(thousands, counts))
    return table


def _maps_table(maps: tuple[MapEvidence, ...]) -> Table:
    table = Table(title="Mapas de la primera convolución", title_style="bold")
    table.add_column("Imagen de test")
    table.add_column("Mapas vivos", justify="right")
    table.add_column("Activación media", justify="right")
    for each in maps:
        table.add_row(
            f"n.º {each.image}, {FASHION_MNIST_CLASSES[each.label]}",
            f"{each.alive} de {each.filters}",
            f"{each.mean_activation:.3f}".replace(".", ","),
        )
    return table


def _line(criterion: Criterion) -> Text:
    mark, style = _MARKS[criterion.state]
    return Text.assemble((f"{mark} {criterion.name}", style), f": {criterion.text}")


def save_figure(path: Path, maps: np.ndarray, evidence: tuple[MapEvidence, ...]) -> None:
    """A PNG with the first eight maps, one row an image."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4.4), layout="constrained")
    figure.suptitle("Primeros ocho mapas de la primera convolución")
    axes = figure.subplots(len(maps), 8)
    for row, image_maps, each in zip(axes, maps, evidence, strict=True):
        for column, axis in enumerate(row):
            axis.imshow(image_maps[..., column], cmap="viridis")
            axis.set_xticks([])
            axis.set_yticks([])
            axis.set_title(f"filtro {column}", fontsize=8)
        row[0].set_ylabel(FASHION_MNIST_CLASSES[each.label])
    figure.savefig(path, dpi=120)
