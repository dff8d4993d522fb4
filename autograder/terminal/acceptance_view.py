"""Cómo se ve la aceptación: las tablas de la terminal y la figura de los mapas."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from conv2d_lib import FASHION_MNIST_CLASSES

from ..checks import UNITS
from ..common.check_ids import LETTER
from ..common.errors import CursoError
from ..common.limits import MAX_NOTEBOOK_BYTES
from ..common.numbers_es import exact_percent, thousands
from ..common.regular_files import Unreadable, read_regular
from ..homework.acceptance import (
    ACCEPTED,
    REFUSED,
    REVIEW,
    AcceptanceResult,
    Criterion,
    MapEvidence,
    accept,
    asked_of,
    evidence_maps,
    read_networks,
)
from ..homework.data import load

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
    title = f"Fashion-MNIST: {thousands(result.images)} imágenes de prueba"
    table = Table(title=title, title_style="bold")
    table.add_column("Red")
    for heading in ("Aciertos", "Parámetros", "en Conv2D", "en Dense"):
        table.add_column(heading, justify="right")
    for row in result.networks:
        counts = (row.parameters, row.in_convolutions, row.in_dense)
        table.add_row(row.title, exact_percent(row.accuracy), *map(thousands, counts))
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


def run(folder: Path, *, figure: Path | None = None, data: Path | None = None) -> int:
    """Print the acceptance of a folder; 0 when accepted, 1 when refused.

    Parameters
    ----------
    folder : Path
        The three files of weights.
    figure : Path, optional
        Where to write a PNG with the first convolution's maps.
    data : Path, optional
        The folder of Fashion-MNIST, instead of the usual places.

    Raises
    ------
    CursoError
        If the folder or the data is missing, or the figure cannot be written.
    """
    if not folder.is_dir():
        raise CursoError(f"no existe la carpeta {folder}; crea una con: curso entrenar {folder}")
    if figure and (figure.suffix.lower() != ".png" or not figure.parent.is_dir()):
        raise CursoError(f"la figura es un .png en una carpeta que exista, y llegó {figure}")
    _, test = load(data)
    console = Console()
    letters = _letters_beside(folder)
    for letter in letters.values():
        console.print(f"El cuaderno de la carpeta es de la variante {letter}: se pide su MLP.")
    with console.status(f"Evaluando en {len(test[0])} imágenes de prueba"):
        result = accept(folder, test, asked_of(letters))
    show(result, console)
    if figure and result.maps:
        specs, _ = read_networks(folder, asked_of(letters))
        images = test[0][..., np.newaxis].astype(np.float32) / 255
        save_figure(figure, evidence_maps(specs["cnn"], images), result.maps)
        console.print(f"Los mapas están en {figure}", markup=False, soft_wrap=True)
    return 0 if result.accepted else 1


def _letters_beside(folder: Path) -> dict[str, str]:
    """The variant of the notebook that lies with the weights; only whoever grades knows whose."""
    from ..checks.homework_variants import ACCEPTED, UNIT, WIDTHS

    try:
        text = read_regular(folder / f"{UNITS[UNIT].notebook}.ipynb", MAX_NOTEBOOK_BYTES)
    except (OSError, Unreadable):
        return {}
    asked = re.findall(rf"{re.escape(ACCEPTED)}{LETTER}(\w)\b", text.decode("utf-8", "replace"))
    return {ACCEPTED: asked[0]} if len(set(asked)) == 1 and asked[0] in WIDTHS else {}
