"""La tarea: sus datos, sus redes de referencia y su aceptación."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def data(
    folder: Annotated[
        Path | None,
        typer.Option("--carpeta", metavar="CARPETA", help="Dónde están los cuatro archivos .gz."),
    ] = None,
) -> None:
    """Dice dónde está Fashion-MNIST y que está completo; si no está, lo descarga."""
    from ..homework.data import run as find_data

    raise typer.Exit(find_data(folder))


def train(
    folder: Annotated[
        Path, typer.Argument(metavar="CARPETA", help="Dónde se guardan los pesos.")
    ] = Path("entrenado"),
    epochs: Annotated[int, typer.Option("--epocas", metavar="N", help="Épocas de cada red.")] = 12,
    seed: Annotated[int, typer.Option("--semilla", metavar="N", help="Semilla del azar.")] = 128,
    with_keras: Annotated[
        bool, typer.Option("--keras", help="Entrena con Keras en vez de con conv2d_lib.")
    ] = False,
) -> None:
    """Entrena la CNN y los dos MLP de la tarea, y guarda sus pesos."""
    from ..homework.train import run as train_networks

    raise typer.Exit(train_networks(folder, epochs=epochs, seed=seed, with_keras=with_keras))


def accept(
    folder: Annotated[Path, typer.Argument(metavar="CARPETA", help="Dónde están los tres pesos.")],
    figure: Annotated[
        Path | None,
        typer.Option(
            "--figura", metavar="ARCHIVO", help="Guarda los mapas de la primera convolución."
        ),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--datos", metavar="CARPETA", help="Dónde está Fashion-MNIST.")
    ] = None,
) -> None:
    """Acepta o rechaza la tarea: evalúa los pesos de la CNN y de los dos MLP."""
    from ..terminal.acceptance_view import run as accept_folder

    raise typer.Exit(accept_folder(folder, figure=figure, data=data))
