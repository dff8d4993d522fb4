"""La aceptación de la tarea, de verdad: redes entrenadas, entregadas y calificadas en el recinto.

``python -m benchmarks.acceptance [--pesos CARPETA]``

Trains the homework's three networks with the course's recipe (or takes their weights from a
folder), hands them in as students do, each in his own way, and grades each with ``curso
calificar``: what the accepted one earns, what the others are told, and what it costs. The tests
have it in small, with the measure replaced; this takes minutes and 7 MB of weights.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import h5py
import nbformat
import numpy as np
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table

from autograder.course.folder import Course
from autograder.demo.work import Work
from autograder.homework import train

ROOT = Path(__file__).parents[1]
CURSO = Path(sys.executable).parent / "curso"
PR_SET_CHILD_SUBREAPER = 36  # of Linux's sys/prctl.h
UNIT, CELL = "5_fashion_mnist", "redes-entrenadas-comprobacion"
CNN, MLP, EQUIVALENT = (f"{name}.weights.h5" for name in train.TITLES)


@dataclass(frozen=True)
class Student:
    """One way of handing in the homework.

    ``weights`` writes the files, given the folder of the trained ones and that of the submission;
    ``points`` are those of exercise 6, ``others`` those of the rest, and ``told`` a part of what
    stands under its check.
    """

    how: str
    weights: Callable[[Path, Path], None]
    points: float
    told: str
    edit: Callable[[nbformat.NotebookNode], None] | None = None
    others: float = 13

    def hand_in(self, course: Course, name: str, trained: Path) -> None:
        Work(UNIT, edit=self.edit).hand_in(course, name)
        self.weights(trained, course.submitted / name / UNIT)


def all_three(trained: Path, folder: Path) -> None:
    for name in (CNN, MLP, EQUIVALENT):
        shutil.copy(trained / name, folder)


def spoilt_cnn(trained: Path, folder: Path) -> None:
    """The same CNN with noise in its weights: it still sees, but not well enough."""
    all_three(trained, folder)
    rng = np.random.default_rng(0)

    def add_noise(name: str, item: object) -> None:
        if isinstance(item, h5py.Dataset) and item.ndim > 1:
            item[...] += 0.2 * np.std(item[...]) * rng.normal(size=item.shape)

    with h5py.File(folder / CNN, "r+") as file:
        file["layers"].visititems(add_noise)


def another_network(trained: Path, folder: Path) -> None:
    all_three(trained, folder)
    shutil.copy(trained / MLP, folder / CNN)


def without_exercise_6(notebook: nbformat.NotebookNode) -> None:
    """The homework as it was before the acceptance was worth points."""
    notebook.cells = [cell for cell in notebook.cells if "redes-entrenadas" not in cell.id]


STUDENTS = {
    "ana": Student("las tres redes", all_three, 3, "todo correcto"),
    "bea": Student("una CNN que no llega", spoilt_cnn, 0, "la CNN llega al 91 %: acierta el"),
    "carlos": Student(
        "los pesos del MLP como CNN", another_network, 0, "no son los de la red en que"
    ),
    "dora": Student("sin pesos", lambda trained, folder: None, 0, "faltan los pesos"),
    "eva": Student(
        "el cuaderno de antes",
        all_three,
        0,
        "ninguna celda de este cuaderno la define",
        without_exercise_6,
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pesos", type=Path, help="carpeta con los tres .weights.h5 entrenados")
    chosen = parser.parse_args()
    console = Console()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        trained = chosen.pesos
        if trained is None:
            trained = folder / "pesos"
            train.run(trained)
        course = make_course(folder / "curso")
        table = Table("entrega", "puntos", "s", "s de procesador", "lo que se lee bajo comprobar")
        wrong = 0
        for name, student in STUDENTS.items():
            student.hand_in(course, name, trained)
            wall, processor = graded(course)
            earned, others, told = outcome(course, name)
            right = (earned, others) == (student.points, student.others) and student.told in told
            wrong += not right
            mark = "[green]✔[/]" if right else "[red]✘[/]"
            points = f"{earned:g} de 3 y {others:g} de 13"
            table.add_row(f"{mark} {student.how}", points, f"{wall:.1f}", f"{processor:.1f}", told)
        console.print(table)
    return 1 if wrong else 0


def make_course(folder: Path) -> Course:
    shutil.copytree(ROOT / "source" / UNIT, folder / "source" / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "submitted").mkdir()
    run("publicar", "5", "--curso", folder)
    return Course.at(folder)


def run(*arguments: object) -> tuple[float, float]:
    """Seconds on the wall and of processor, of it and of all that it started.

    The servers that notebooks are forked from are nobody's children at the end: they come here.
    """
    start = time.perf_counter()
    child = os.posix_spawn(CURSO, [str(CURSO), *map(str, arguments)], os.environ)
    _, status, used = os.wait4(child, 0)
    seconds = used.ru_utime + used.ru_stime
    with suppress(ChildProcessError):
        while True:
            _, _, used = os.wait3(0)
            seconds += used.ru_utime + used.ru_stime
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"curso {arguments[0]} terminó en {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, seconds


def graded(course: Course) -> tuple[float, float]:
    """What it takes to grade whoever has not been graded yet, TensorFlow's start included."""
    return run("calificar", "5", "--procesos", 1, "--curso", course.root)


def outcome(course: Course, student: str) -> tuple[float, float, str]:
    """Points of exercise 6, points of the others, and what stands under its check."""
    with Gradebook(course.database_url) as gradebook:
        notebook = gradebook.find_submission_notebook("tarea", UNIT, student)
        scores = {grade.name: grade.auto_score or 0.0 for grade in notebook.grades}
    marked = nbformat.read(course.root / "autograded" / student / UNIT / "tarea.ipynb", 4)
    (cell,) = (cell for cell in marked.cells if cell.id == CELL)
    said = [output[key] for key in ("evalue", "text") for output in cell.outputs if key in output]
    return scores.pop(CELL), sum(scores.values()), said[0].strip()


if __name__ == "__main__":
    sys.exit(main())
