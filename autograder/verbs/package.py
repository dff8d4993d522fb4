"""El paquete: una carpeta de curso nueva, y lo que el estudiante entrega y lleva hecho."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import HERE


def new(
    folder: Annotated[Path, typer.Argument(metavar="CARPETA", help="Dónde se hace el curso.")],
    name: Annotated[
        str | None,
        typer.Option("--nombre", metavar="NOMBRE", help="El del curso; si no, el de la carpeta."),
    ] = None,
    units: Annotated[
        str | None,
        typer.Option("--unidades", metavar="LISTA", help="Por ejemplo 1,2,4; si no, todas."),
    ] = None,
    maximum: Annotated[
        str | None,
        typer.Option("--nota-maxima", metavar="N", help="La de tu institución: 10, 20, 100…"),
    ] = None,
) -> None:
    """Hace una carpeta de curso, o la pone al día sin tocar lo que cambiaste."""
    from ..terminal.new_course_view import run as make_course

    raise typer.Exit(make_course(folder, name=name, units=units, maximum=maximum))


def hand_in(
    unit: Annotated[
        str | None,
        typer.Argument(metavar="UNIDAD", help="La que entregas; si no, la única que haya."),
    ] = None,
    folder: Annotated[
        Path, typer.Option("--carpeta", metavar="CARPETA", help="Dónde está tu cuaderno.")
    ] = HERE,
) -> None:
    """Hace el zip que subes al aula: el cuaderno, sus pesos y lo que usa, y lo repasa contigo."""
    from ..terminal.delivery_view import run as deliver

    raise typer.Exit(deliver(folder, unit))


def progress(
    folder: Annotated[
        Path, typer.Argument(metavar="CARPETA", help="Dónde están tus cuadernos.")
    ] = HERE,
    check: Annotated[
        bool,
        typer.Option(
            "--comprobar", help="Ejecuta los cuadernos aislados, en vez de leer lo que guardaste."
        ),
    ] = False,
) -> None:
    """Dice cuántos puntos llevas en cada unidad, según tus cuadernos."""
    from ..terminal.progress_view import run as show_progress

    raise typer.Exit(show_progress(folder, check))
