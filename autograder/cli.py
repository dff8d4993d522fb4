"""La orden ``curso``: lee los argumentos y llama a quien sabe; aquí no se decide nada."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from .common.errors import CursoError
from .common.extras import missing
from .common.loading import for_good
from .terminal.spanish_typer import SpanishCommand, SpanishGroup, run

app = typer.Typer(
    cls=SpanishGroup,
    help="El curso de Conv2D: publica las unidades, califica las entregas y hace el informe.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Units = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="UNIDAD", help="Unidades, por carpeta o número (1, 4_padding); si no, todas."
    ),
]
CourseFolder = Annotated[
    Path, typer.Option("--curso", metavar="CARPETA", help="La carpeta del curso.")
]
HERE = Path(".")
_Function = TypeVar("_Function", bound=Callable[..., Any])
# At the end Python looks for garbage in every module that was loaded: a third of a second, and the
# machine takes all of it back anyway.
atexit.register(gc.freeze)


@app.callback()
def _root() -> None:
    """Its presence keeps the verbs apart from the command itself."""


def _verb(name: str) -> Callable[[_Function], _Function]:
    return app.command(name, cls=SpanishCommand)


@_verb("demo")
def demo(
    folder: Annotated[
        Path, typer.Option("--carpeta", metavar="CARPETA", help="Dónde se monta la demostración.")
    ] = Path("demo"),
    quick: Annotated[
        bool, typer.Option("--rapido", help="Solo las unidades que no necesitan TensorFlow.")
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Monta una clase simulada, la califica y comprueba que cada nota es la esperada."""
    from .course.folder import Course
    from .demo.run import run as run_demo

    raise typer.Exit(run_demo(Course.at(course), folder, quick=quick))


@_verb("nuevo")
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
    from .terminal.new_course_view import run as make_course

    raise typer.Exit(make_course(folder, name=name, units=units, maximum=maximum))


@_verb("publicar")
def publish(
    units: Units = None,
    check: Annotated[
        bool,
        typer.Option(
            "--comprobar", help="No escribe nada: termina con 1 si release/ no está al día."
        ),
    ] = False,
    packed: Annotated[
        bool,
        typer.Option(
            "--paquete",
            help="Hace además paquetes/UNIDAD.zip, lo que se sube al aula virtual: el cuaderno, "
            "el paquete del curso y cómo empezar.",
        ),
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Genera release/ a partir de source/ y registra las unidades en el libro de notas."""
    from .course.folder import Course
    from .course.in_force import check_in_force
    from .distribution import handouts
    from .nbgrader_ext import publishing

    here = Course.at(course)
    check_in_force(here)
    chosen = here.units(units or ())
    if check:
        files = publishing.outdated(here, chosen)
        if files:
            raise CursoError(
                f"release/ no está al día ({', '.join(files)}); genera de nuevo con curso publicar"
            )
        print("release/ está al día.")
        return
    for unit in chosen:
        publishing.publish(here, [unit])
        print(f"✔ {unit}")
        if packed:
            print(f"✔ {handouts.pack(here, unit)}")
    if not units:
        publishing.say_what_is_left(here, chosen)


@_verb("entregar")
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
    from .terminal.delivery_view import run as deliver

    raise typer.Exit(deliver(folder, unit))


@_verb("calificar")
def grade(
    units: Units = None,
    processes: Annotated[
        int | None,
        typer.Option(
            "--procesos", metavar="N", min=1, help="Cuadernos a la vez; si no, uno por núcleo."
        ),
    ] = None,
    cell_seconds: Annotated[
        float,
        typer.Option("--segundos", metavar="S", min=1, help="Tiempo máximo de una celda."),
    ] = 60,
    again: Annotated[
        bool,
        typer.Option("--todo", help="Califica también lo que no ha cambiado desde la última vez."),
    ] = False,
    bare: Annotated[
        bool,
        typer.Option(
            "--sin-aislamiento",
            help="Ejecuta los cuadernos sin recinto: solo si confías en todo lo entregado.",
        ),
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Califica las entregas de submitted/ y anota las notas en el libro de notas."""
    from .classroom import head_start
    from .common.limits import Limits
    from .course.folder import Course

    here = Course.at(course)
    limits = Limits(cell_seconds=cell_seconds, notebook_seconds=10 * cell_seconds)
    head_start.begin(here.root, units or (), again)

    with for_good():
        from .common import quick_imports  # noqa: F401
        from .course.in_force import check_in_force
        from .terminal.grading_view import grade_and_show

    check_in_force(here)

    grade_and_show(
        here,
        here.units(units or ()),
        processes=processes,
        limits=limits,
        isolated=not bare,
        again=again,
    )


@_verb("informe")
def report(
    count: Annotated[
        bool,
        typer.Option(
            "--errores",
            help="Cuenta además los errores, en otro CSV: cuántos cometieron cada uno, y quiénes.",
        ),
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Escribe el informe de la clase, en HTML y en CSV, en la carpeta informe/."""
    from .course.folder import Course
    from .course.in_force import check_in_force
    from .report.mistakes import write_counted, write_mistakes
    from .report.page import write_report

    here = Course.at(course)
    check_in_force(here)
    counted = (write_counted(here),) if count else ()
    for path in (*write_report(here), write_mistakes(here), *counted):
        print(f"✔ {path}")


@_verb("moodle")
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
    from .course.folder import Course
    from .course.in_force import check_in_force
    from .terminal.campus_view import give_back_and_show, receive_and_show

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


@_verb("canvas")
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
    from .course.folder import Course
    from .course.in_force import check_in_force
    from .terminal.campus_view import give_to_canvas_and_show

    here = Course.at(course)
    check_in_force(here)
    give_to_canvas_and_show(here, back, here.units([unit])[0] if unit else None, title)


@_verb("alumnos")
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
    from .course.folder import Course
    from .course.in_force import check_in_force
    from .terminal.campus_view import take_list_and_show

    here = Course.at(course)
    check_in_force(here)
    take_list_and_show(here, path, add=add)


@_verb("progreso")
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
    from .terminal.progress_view import run as show_progress

    raise typer.Exit(show_progress(folder, check))


@_verb("aceptar")
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
    from .terminal.acceptance_view import run as accept_folder

    raise typer.Exit(accept_folder(folder, figure=figure, data=data))


@_verb("datos")
def data(
    folder: Annotated[
        Path | None,
        typer.Option("--carpeta", metavar="CARPETA", help="Dónde están los cuatro archivos .gz."),
    ] = None,
) -> None:
    """Dice dónde está Fashion-MNIST y que está completo; si no está, lo descarga."""
    from .homework.data import run as find_data

    raise typer.Exit(find_data(folder))


@_verb("doctor")
def doctor(course: CourseFolder = HERE) -> None:
    """Prueba si esta máquina puede calificar aislando los cuadernos, y si el curso está cerrado."""
    from .terminal.doctor import run as examine

    raise typer.Exit(examine(course))


@_verb("entrenar")
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
    from .homework.train import run as train_networks

    raise typer.Exit(train_networks(folder, epochs=epochs, seed=seed, with_keras=with_keras))


def main(arguments: list[str] | None = None) -> int:
    """Run ``curso``; what a person can mend is one Spanish line on stderr, never a traceback."""
    try:
        return run(app, arguments)
    except (CursoError, OSError) as error:
        print(f"curso: {error}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        if not (line := missing(error.name)):
            raise
        print(f"curso: {line}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("curso: interrumpido", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
