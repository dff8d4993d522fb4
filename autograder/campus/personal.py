"""``curso publicar`` con variantes: el cuaderno de cada estudiante, y cómo le llega."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ..checks.variants import tasks_of
from ..common.archives import deterministic_zip
from ..common.errors import CursoError
from ..common.whole_files import write_whole
from ..course.folder import Course
from ..course.names import name_problem
from ..distribution.handouts import FOLDER as PACKAGES
from ..gradebook.database import open_gradebook
from ..gradebook.storage import explained
from ..report.spreadsheet import ENCODING, table
from ..submission.variants import with_letters
from .give_back import returned_name
from .links import links
from .people import who_is_known
from .students import students_of
from .worksheet import read_worksheet

FOLDER, LIST = "personales", "variantes.csv"
_HEADER = ("estudiante", "unidad", "ejercicio", "variante")


@dataclass(frozen=True)
class HandedOut:
    """What was written for a unit: for how many, and for whom of Moodle's sheet there is none."""

    folder: Path
    students: int
    archive: Path | None = None
    unknown: tuple[str, ...] = ()


def hand_out(course: Course, unit: str, sheet: Path | None = None) -> HandedOut:
    """Write ``personales/<estudiante>/<unidad>/<cuaderno>.ipynb`` for everybody in class.

    With Moodle's worksheet, a zip with them too, as Moodle takes it back for each person.

    Raises
    ------
    CursoError
        If nobody is in class yet, or the unit is not published.
    """
    file = f"{course.notebook(unit)}.ipynb"
    try:
        released = nbformat.read(course.release / unit / file, as_version=4)
    except OSError:
        raise CursoError(f"{unit} no está publicada: ejecuta antes curso publicar {unit}") from None
    with explained(course), open_gradebook(course) as gradebook:
        known = students_of(course, gradebook)
        linked = {one.number: one.student for one in links(gradebook) if one.unit == unit}
    names = [one.id for one in known if not name_problem(one.id)]
    if not names:
        raise CursoError(
            f"{unit} tiene variantes, y todavía no hay nadie en clase a quien dárselas: ejecuta "
            "curso alumnos LISTA.CSV, y publica otra vez"
        )
    kinds: dict[tuple[tuple[str, str], ...], bytes] = {}
    theirs = {}
    for name in names:
        letters = course.letters(name, unit)
        kind = tuple(sorted(letters.items()))
        if kind not in kinds:
            kinds[kind] = _bytes(released, unit, letters)
        theirs[name] = kinds[kind]
        write_whole(course.root / FOLDER / name / unit / file, kinds[kind])
    if sheet is None:
        return HandedOut(course.root / FOLDER, len(names))
    people = read_worksheet(sheet).people
    who = who_is_known(people, known, linked)
    entries = {
        returned_name(person, file): theirs[student]
        for person in people
        if (student := who.get(person.number)) in theirs
    }
    if not entries:
        raise CursoError(
            f"nadie de «{sheet}» está en clase: pásale la lista del aula a curso alumnos"
        )
    archive = course.root / PACKAGES / f"{unit}_personales.zip"
    write_whole(archive, deterministic_zip(entries))
    unknown = tuple(one.shown for one in people if who.get(one.number) not in theirs)
    return HandedOut(course.root / FOLDER, len(names), archive, unknown)


def write_list(course: Course, units: Sequence[str]) -> Path:
    """Who has which, for the instructor: ``personales/variantes.csv``."""
    with explained(course), open_gradebook(course) as gradebook:
        names = [one.id for one in students_of(course, gradebook) if not name_problem(one.id)]
    rows = [
        (name, unit, check.partition(".")[2], letter)
        for unit in units
        for name in sorted(names)
        for check, letter in course.letters(name, unit).items()
    ]
    path = course.root / FOLDER / LIST
    write_whole(path, table(_HEADER, rows).encode(ENCODING))
    return path


def _bytes(released: NotebookNode, unit: str, letters: dict[str, str]) -> bytes:
    notebook = copy.deepcopy(released)
    with_letters(notebook, unit, letters)
    assert set(letters) == set(tasks_of(unit))
    return (nbformat.writes(notebook) + "\n").encode()
