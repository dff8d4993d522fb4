"""El trabajo del docente: publicar, calificar, informar, y ver si se puede."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..common.errors import CursoError
from ..common.loading import for_good
from .options import HERE, CourseFolder, Units


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
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--hoja",
            metavar="HOJA.CSV",
            help="Con variantes: hace además paquetes/UNIDAD_personales.zip, que Moodle reparte "
            "según esta hoja de calificaciones de la tarea.",
        ),
    ] = None,
    renew: Annotated[
        bool,
        typer.Option(
            "--variantes-nuevas", help="Decide otra vez, con otro secreto, las variantes de todos."
        ),
    ] = False,
    course: CourseFolder = HERE,
) -> None:
    """Genera release/ a partir de source/ y registra las unidades en el libro de notas."""
    from ..campus import personal
    from ..course.folder import Course
    from ..course.in_force import check_in_force
    from ..distribution import handouts
    from ..gradebook.storage import explained
    from ..gradebook.variants import ready_to_publish
    from ..nbgrader_ext import publishing
    from ..terminal.campus_view import show_handed_out

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
    varied = [unit for unit in chosen if unit in here.with_variants]
    if (sheet or renew) and not varied:
        raise CursoError(
            "--hoja y --variantes-nuevas son de las unidades con variantes, y ninguna de estas las "
            "tiene: se piden con c.Curso.variantes, en nbgrader_config.py"
        )
    if sheet and len(varied) > 1:
        raise CursoError(f"--hoja es de una sola tarea: di de cuál de estas, {', '.join(varied)}")
    refused = []
    if varied:
        with explained(here):
            ready_to_publish(here, chosen, renew=renew)
    for unit in chosen:
        try:
            publishing.publish(here, [unit])
        except CursoError as error:
            if not here.all_units[unit].own:
                raise
            # One of an instructor's own that is not right yet does not stop the others.
            refused.append(f"{unit} no se publica: {error.args[0]}")
            continue
        print(f"✔ {unit}")
        if packed:
            print(f"✔ {handouts.pack(here, unit)}")
        if unit in varied:
            try:
                show_handed_out(personal.hand_out(here, unit, sheet))
            except CursoError as error:
                refused.append(str(error.args[0]))
    if varied and not refused:
        print(f"✔ {personal.write_list(here, here.with_variants)}")
    if refused:
        raise CursoError("; ".join(refused))
    if not units:
        publishing.say_what_is_left(here, chosen)


def grade(
    units: Units = None,
    processes: Annotated[
        int | None,
        typer.Option(
            "--procesos",
            metavar="N",
            min=1,
            help="Cuadernos a la vez; si no, uno por núcleo y GiB de memoria.",
        ),
    ] = None,
    cell_seconds: Annotated[
        float,
        typer.Option("--segundos", metavar="S", min=1, help="Tiempo máximo de una celda."),
    ] = 60,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="DIRECCIÓN",
            help="Califica en las máquinas de un planificador de Dask (tcp://…, o local:N).",
        ),
    ] = None,
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
    from ..classroom import head_start
    from ..common.limits import Limits
    from ..course.folder import Course

    here = Course.at(course)
    limits = Limits(cell_seconds=cell_seconds, notebook_seconds=10 * cell_seconds)
    if cluster and processes:
        raise CursoError(
            "--procesos es de esta máquina: con --cluster, cuántos cuadernos a la vez lo dice cada "
            "una (dask worker --nthreads N)"
        )
    if not cluster:
        head_start.begin(here.root, units or (), again)

    with for_good():
        from ..common import quick_imports  # noqa: F401
        from ..course.in_force import check_in_force
        from ..terminal.grading_view import grade_and_show

    check_in_force(here)

    grade_and_show(
        here,
        here.units(units or ()),
        processes=processes,
        cluster=cluster,
        limits=limits,
        isolated=not bare,
        again=again,
    )


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
    from ..course.folder import Course
    from ..course.in_force import check_in_force
    from ..report.writing import units_left_out, write_report

    here = Course.at(course)
    check_in_force(here)
    for path in write_report(here, counted=count):
        print(f"✔ {path}")
    for line in units_left_out(here):
        print(f"aviso: {line}")


def comments(units: Units = None, course: CourseFolder = HERE) -> None:
    """Escribe en feedback/ el cuaderno comentado de cada estudiante, con su nota."""
    from ..course.folder import Course
    from ..course.in_force import check_in_force
    from ..terminal.feedback_view import write_and_show

    here = Course.at(course)
    check_in_force(here)
    if write_and_show(here, here.units(units or ())).problems:
        raise typer.Exit(1)


def copies(units: Units = None, course: CourseFolder = HERE) -> None:
    """Busca entregas que se parecen, para mirarlas: no cambia ninguna nota."""
    from ..course.folder import Course
    from ..course.in_force import check_in_force
    from ..terminal.likeness_view import search_and_show

    here = Course.at(course)
    check_in_force(here)
    search_and_show(here, here.units(units or ()))


def doctor(course: CourseFolder = HERE) -> None:
    """Prueba si esta máquina puede calificar aislando los cuadernos, y si el curso está cerrado."""
    from ..terminal.doctor import run as examine

    raise typer.Exit(examine(course))


def prove(
    unit: Annotated[
        str, typer.Argument(metavar="UNIDAD", help="La unidad, por carpeta o número (6_pooling).")
    ],
    course: CourseFolder = HERE,
) -> None:
    """Prueba una unidad: cuánto saca cada trabajo, y que no se publica nada oculto."""
    from ..classroom.proving import BAD, prove
    from ..course.folder import Course
    from ..course.in_force import check_in_force

    here = Course.at(course)
    check_in_force(here)
    proofs = prove(here, here.units([unit])[0])
    for proof in proofs:
        print(f"{proof.mark} {proof.text}")
    if any(proof.mark == BAD for proof in proofs):
        raise typer.Exit(1)


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
    from ..course.folder import Course
    from ..demo.run import run as run_demo

    raise typer.Exit(run_demo(Course.at(course), folder, quick=quick))
