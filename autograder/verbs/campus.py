"""El aula virtual: lo que se baja de ella, lo que se le devuelve y quién está en clase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..common.errors import CursoError
from .options import HERE, CourseFolder


def moodle(
    archive: Annotated[
        Path | None,
        typer.Argument(metavar="ENTREGAS.ZIP", help="El zip de Moodle con todas las entregas."),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option("--hoja", metavar="HOJA.CSV", help="La hoja de calificaciones de la tarea."),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unidad", metavar="UNIDAD", help="De qué unidad es la tarea; si no, se reconoce."
        ),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(
            "--zona",
            metavar="ZONA",
            help="En qué zona dice Moodle las horas (America/Bogota); si no, la de esta máquina.",
        ),
    ] = None,
    back: Annotated[
        Path | None,
        typer.Option(
            "--devolver", metavar="HOJA.CSV", help="Rellena esta hoja con las notas, en informe/."
        ),
    ] = None,
    course: CourseFolder = HERE,
) -> None:
    """Coloca en submitted/ las entregas que se bajan de Moodle, y le devuelve las notas."""
    from ..course.folder import Course
    from ..course.in_force import check_in_force
    from ..terminal.campus_view import give_back_and_show, receive_and_show

    if (archive is None or sheet is None) == (back is None):
        raise CursoError(
            "de ida, curso moodle ENTREGAS.ZIP --hoja HOJA.CSV; de vuelta, curso moodle --devolver "
            "HOJA.CSV"
        )
    here = Course.at(course)
    check_in_force(here)
    chosen = here.units([unit])[0] if unit else None
    if archive is not None and sheet is not None:
        receive_and_show(here, archive, sheet, chosen, zone)
    elif back is not None:
        give_back_and_show(here, back, chosen, zone)


def canvas(
    back: Annotated[
        Path,
        typer.Option(
            "--devolver",
            metavar="LIBRO.CSV",
            help="El libro que da Canvas: una copia con las notas queda en informe/.",
        ),
    ],
    unit: Annotated[
        str | None,
        typer.Option(
            "--unidad", metavar="UNIDAD", help="Solo esta; si no, las que se llamen como una tarea."
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option("--columna", metavar="TÍTULO", help="Parte del título de su tarea."),
    ] = None,
    course: CourseFolder = HERE,
) -> None:
    """Pone las notas en el libro de calificaciones que se exporta de Canvas."""
    from ..course.folder import Course
    from ..course.in_force import check_in_force
    from ..terminal.campus_view import give_to_canvas_and_show

    here = Course.at(course)
    check_in_force(here)
    give_to_canvas_and_show(here, back, here.units([unit])[0] if unit else None, title)


def roster(
    path: Annotated[
        Path, typer.Argument(metavar="LISTA.CSV", help="La lista, con títulos en las columnas.")
    ],
    add: Annotated[
        bool, typer.Option("--sumar", help="Se suman a quienes ya estaban; no sale nadie.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Dice quién está en clase: nombres, correos, quién falta por entregar y quién ya no está."""
    from ..course.folder import Course
    from ..course.in_force import check_in_force
    from ..terminal.campus_view import take_list_and_show

    here = Course.at(course)
    check_in_force(here)
    take_list_and_show(here, path, add=add)
