"""Montar el curso de la demostración, calificarlo y comparar cada nota con la esperada."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from ..checks import UNITS
from ..common.errors import CursoError
from ..common.limits import Limits
from ..common.numbers_es import number
from ..course.configuration import FILE
from ..course.folder import Course
from ..gradebook.outcome_texts import acceptance_text
from ..gradebook.records import Outcome
from ..homework import data
from ..nbgrader_ext.publishing import publish
from ..report.writing import write_report
from ..sandbox.availability import isolation_problem
from ..sandbox.flavours import NUMPY
from ..terminal.grading_view import grade_and_show
from .students import HOMEWORK, STUDENTS, Student

MARK = ".curso-demo"
WEIGHTS = ("cnn", "mlp", "mlp_equivalente")
_CONFIGURATION = "templates/demo_configuracion.txt"
SHORT_TRAINING = 6_000  # Images: seconds of training, and far from the 91 % that is asked.


def run(model: Course, folder: Path, *, quick: bool = False) -> int:
    """Make, grade and show the class; 0 when every mark is the expected one.

    Parameters
    ----------
    model : Course
        Where the units come from.
    folder : Path
        Where the course of the demonstration is made anew.
    quick : bool
        Only the units that need NumPy alone.
    """
    console = Console()
    # Those of an instructor's own, whose answers nobody in that class knows, stay out.
    units = [unit for unit in UNITS if (model.source / unit).is_dir()]
    units = [unit for unit in units if not quick or UNITS[unit].flavour is NUMPY]
    course = _new_course(model, folder, units)
    with console.status("Publicando las unidades"):
        publish(course, units)
    console.print(f"✔ {len(units)} unidades publicadas en {folder}", markup=False)
    students = [student for student in STUDENTS if any(w.unit in units for w in student.works)]
    for student in students:
        for work in student.works:
            if work.unit in units:
                work.hand_in(course, student.name)
    console.print(f"✔ {len(students)} estudiantes han entregado")
    expected_acceptance = _hand_in_weights(model, course, students, console) if not quick else {}
    # The short limit is for the endless loop: NumPy alone starts in a second.
    limits = Limits(cell_seconds=20) if quick else Limits()
    # These students are the course's own: with nothing to isolate them, it still shows its marks.
    problem = isolation_problem()
    if problem:
        console.print(f"— Se califica sin aislar: {problem}", markup=False, soft_wrap=True)
    outcomes: list[Outcome] = []
    grade_and_show(
        course,
        units,
        limits=limits,
        isolated=problem is None,
        console=console,
        each=outcomes.append,
    )
    wrong = _show(course, students, units, outcomes, expected_acceptance, console)
    for path in write_report(course):
        console.print(f"✔ {path}", markup=False, soft_wrap=True)
    if wrong:
        console.print(f"✘ {wrong} notas no son las esperadas", style="bold red")
        return 1
    console.print("✔ todas las notas son las esperadas", style="bold green")
    return 0


def _new_course(model: Course, folder: Path, units: Sequence[str]) -> Course:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise CursoError(
            f"la carpeta «{folder}» tiene algo que no es la demostración; elige otra con --carpeta"
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    for unit in units:
        shutil.copytree(model.source / unit, folder / "source" / unit)
    # All that a course, or a person's own folder of Jupyter, may have changed, as it comes: the
    # marks go to the demonstration's own gradebook, its students answer the general notebooks and
    # no other folder is touched.
    (folder / FILE).write_bytes((resources.files("autograder") / _CONFIGURATION).read_bytes())
    return Course.at(folder)


def _hand_in_weights(
    model: Course, course: Course, students: Sequence[Student], console: Console
) -> dict[str, bool]:
    """Real weights for who trains: those of ``entrenado/``, or a training of a few seconds.

    Returns
    -------
    dict
        Whether the homework of each such student should be accepted; nobody without the data.
    """
    names = [student.name for student in students if student.trained]
    try:
        train, test = data.load()
    except CursoError as error:
        console.print(
            f"— Sin Fashion-MNIST no se evalúa la tarea: {error}", markup=False, soft_wrap=True
        )
        return {}
    trained = model.root / "entrenado"
    complete = all((trained / f"{name}.weights.h5").is_file() for name in WEIGHTS)
    for student in names:
        folder = course.submitted / student / HOMEWORK
        if complete:
            for name in WEIGHTS:
                shutil.copy(trained / f"{name}.weights.h5", folder)
        else:
            _train_briefly(folder, train, test, console)
    console.print(
        "✔ pesos de entrenado/ entregados"
        if complete
        else f"✔ tres redes entrenadas un momento, con {SHORT_TRAINING} imágenes reales"
    )
    return dict.fromkeys(names, complete)


def _train_briefly(
    folder: Path,
    train: tuple[np.ndarray, np.ndarray],
    test: tuple[np.ndarray, np.ndarray],
    console: Console,
) -> None:
    from ..homework.train import train_with_keras
    from ..notebook.keras_bridge import without_native_noise

    train, test = [
        (images[:count, ..., None].astype(np.float32) / 255, labels[:count])
        for (images, labels), count in ((train, SHORT_TRAINING), (test, 500))
    ]
    with console.status("Entrenando las redes de la tarea"), without_native_noise():
        for name in WEIGHTS:
            path = folder / f"{name}.weights.h5"
            train_with_keras(name, train, test, path, epochs=1, seed=128, report=lambda *_: None)


def _show(
    course: Course,
    students: Sequence[Student],
    units: Sequence[str],
    outcomes: Sequence[Outcome],
    expected_acceptance: dict[str, bool],
    console: Console,
) -> int:
    """Print expected against obtained; how many differ."""
    obtained = {(outcome.student, outcome.unit): outcome for outcome in outcomes}
    table = Table(
        title="La clase: la nota de cada unidad (y la esperada, si no coinciden)", box=box.SIMPLE
    )
    table.add_column("Estudiante", no_wrap=True)
    table.add_column("Qué enseña", min_width=16)
    for unit in units:
        table.add_column(f"U{unit.split('_')[0]}", justify="right", no_wrap=True)
    wrong = 0
    for student in students:
        cells = []
        works = {work.unit: work for work in student.works}
        for unit in units:
            text = ""
            if unit in works:
                text, right = _compare(
                    works[unit].expected(course, expected_acceptance.get(student.name, False)),
                    works[unit].problem,
                    obtained.get((student.name, unit)),
                )
                wrong += not right
            cells.append(text)
        table.add_row(student.name, student.trait, *cells)
    console.print(table)
    for name, accepted in expected_acceptance.items():
        found = obtained[name, HOMEWORK].acceptance or {"unavailable": "faltan los pesos"}
        right = found.get("accepted") is accepted
        wrong += not right
        mark = "✔" if right else "✘"
        console.print(f"{mark} {name}: {acceptance_text(found)}", markup=False, soft_wrap=True)
    return wrong


def _compare(expected: float, problem: bool, outcome: Outcome | None) -> tuple[str, bool]:
    if outcome is None:
        return f"[red]✘ falta (esperada {number(expected)})[/]", False
    if abs(outcome.points - expected) < 1e-6 and bool(outcome.problem) == problem:
        return f"[green]✔[/] {'ilegible' if problem else number(outcome.points)}", True
    return f"[red]✘ {number(outcome.points)} (esperada {number(expected)})[/]", False
