"""Lo que hay en ``submitted/``: se lee con desconfianza y se copia solo lo que se espera."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from ..common.regular_files import Unreadable, read_regular, reason_of
from ..course.folder import Course
from ..course.moments import Clock, Unclear, moment, written
from ..course.names import name_problem, printable
from .handed_files import age, files_in, notebooks_among, what_there_is
from .helper_files import read_helpers
from .notebook_reader import MAX_FILE, read_notebook
from .released_files import released_files
from .restoring import PublishedCell, recognised, restore
from .variants import personal, take_theirs
from .weights_files import read_weights_files

MAX_TIMESTAMP = 200
MAX_SECRET = 300
# What nbgrader leaves beside a notebook that came through its exchange.
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
MAX_NOTEBOOKS = 20
# nbgrader writes 128 hexadecimal digits; another exchange may choose others.
_SECRET = re.compile(r"[\w.+/=-]{1,256}", re.ASCII)


@dataclass(frozen=True)
class Submission:
    """One student's work on one unit, ready for grading, or the reason why it is not.

    ``timestamp`` is when it was handed in, in UTC; empty where something is written that says no
    instant, and None where nothing is. ``files`` are the homework's weights; ``helpers``, what else
    stands beside the notebook and it may use; ``carried``, the variants that it came with, where
    there are any.
    """

    student: str
    unit: str
    notebook: NotebookNode | None = None
    problem: str | None = None
    notes: tuple[str, ...] = ()
    timestamp: str | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    helpers: dict[str, bytes] = field(default_factory=dict)
    secret: str | None = None
    carried: str = ""


def students_with(course: Course, unit: str) -> list[str]:
    """The folders of ``submitted/`` where something for ``unit`` stands, as their names are."""
    found = []
    for entry in _entries(course.submitted):
        if entry.is_symlink() or entry.is_dir(follow_symlinks=False):
            folder = Path(entry.path) / unit
            if entry.is_symlink() or os.path.lexists(folder):
                found.append(entry.name)
    return sorted(found)


def strangers(course: Course) -> list[str]:
    """What stands in ``submitted/`` and belongs to no unit, one line each."""
    lines = []
    for entry in _entries(course.submitted):
        if not entry.is_dir(follow_symlinks=False):
            if not entry.is_symlink() and not entry.name.startswith("."):
                lines.append(f"submitted/{printable(entry.name)}: no es la carpeta de nadie")
            continue
        for inner in _entries(Path(entry.path)):
            if inner.name not in course.all_units and not inner.name.startswith("."):
                where = f"{printable(entry.name)}/{printable(inner.name)}"
                lines.append(f"submitted/{where}: no es ninguna unidad, y no se califica")
    return sorted(lines)


def read_submission(
    course: Course, student: str, unit: str, published: Sequence[PublishedCell]
) -> Submission:
    """One submission with its graded cells restored; never an exception for what is in it."""
    carried: list[str] = []
    notebook, notes, problem = read_work(course, student, unit, published, carried)
    if problem:
        return Submission(student, unit, problem=problem)
    folder = course.submitted / student / unit
    timestamp = read_timestamp(folder, course.clock, notes)
    files = read_weights_files(folder, notes) if course.all_units[unit].weights else {}
    helpers = read_helpers(folder, notes) | released_files(course, unit)
    secret = read_secret(folder, notes)
    said = tuple(notes)
    return Submission(
        student, unit, notebook, None, said, timestamp, files, helpers, secret, "".join(carried)
    )


def read_work(
    course: Course,
    student: str,
    unit: str,
    published: Sequence[PublishedCell],
    carried: list[str] | None = None,
) -> tuple[NotebookNode | None, list[str], str | None]:
    """The notebook of a submission with its graded cells restored, notes, and why it is not.

    With what it ``carried``, where each student has numbers of their own: the cells that are
    restored are theirs.
    """
    problem = name_problem(student) or _folder_problem(course.submitted / student, unit)
    if problem:
        return None, [], problem
    folder = course.submitted / student / unit
    expected = f"{course.notebook(unit)}.ipynb"
    try:
        notebook, notes = _choose(folder, expected, published)
    except Unreadable as error:
        return None, [], error.args[0]
    if letters := course.letters(student, unit):
        said, variants = take_theirs(notebook, published, unit, letters)
        notes += said
        published = personal(published, unit, letters)
        if carried is not None:
            carried.append(variants)
    return notebook, notes + restore(notebook, published), None


def _choose(
    folder: Path, expected: str, published: Sequence[PublishedCell]
) -> tuple[NotebookNode, list[str]]:
    """The notebook of the unit: by its name, or else the one that holds most of its cells."""
    there = files_in(folder, expected)
    names = notebooks_among(there)
    problems: dict[str, str] = {}
    others: list[tuple[int, float, str, NotebookNode, list[str]]] = []
    names.sort(key=lambda name: name != expected)
    for name in names[:MAX_NOTEBOOKS]:
        path = folder / name
        try:
            said: list[str] = []
            notebook = read_notebook(read_regular(path, MAX_FILE), said)
        except (OSError, Unreadable) as error:
            problems[name] = reason_of(error)
            continue
        if name == expected:
            return notebook, said
        score = recognised(notebook, published)
        if score:
            others.append((score, age(path), name, notebook, said))
    if others:
        _, _, name, notebook, said = max(others, key=lambda other: other[:3])
        note = f"el cuaderno se llama «{printable(name)}»; se esperaba {expected}"
        if expected in problems:
            note = f"{expected} {problems[expected]}; se califica «{printable(name)}»"
        return notebook, [note, *said]
    if expected in problems:
        raise Unreadable(f"{expected} {problems[expected]}")
    if problems:
        name, reason = next(iter(problems.items()))
        raise Unreadable(f"«{printable(name)}» {reason}; se esperaba {expected}")
    if names:
        listed = ", ".join(f"«{printable(name)}»" for name in names[:3])
        raise Unreadable(f"falta {expected}, y {listed} no tiene celdas de esta unidad")
    raise Unreadable(f"falta {expected}: no hay ningún cuaderno; {what_there_is(there)}")


def _folder_problem(student: Path, unit: str) -> str | None:
    for folder in (student, student / unit):
        if folder.is_symlink():
            return "su carpeta es un enlace simbólico, y no se sigue"
        if not folder.is_dir():
            return "su entrega no es una carpeta"
    return None


def read_timestamp(folder: Path, clock: Clock, notes: list[str]) -> str | None:
    """What nbgrader's ``timestamp.txt`` says, in UTC; why it does not is added to ``notes``."""
    try:
        text = read_regular(folder / TIMESTAMP, MAX_TIMESTAMP).decode("ascii")
        return written(moment(text, clock))
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        reason = "no es una fecha"
    except (OSError, Unreadable, Unclear) as error:
        reason = reason_of(error)
    notes.append(f"timestamp.txt {reason}: no se tiene en cuenta")
    return ""


def read_secret(folder: Path, notes: list[str]) -> str | None:
    """By what nbgrader's exchange finds the way back to this submission, if it came through it."""
    try:
        text = read_regular(folder / SECRET, MAX_SECRET).decode("ascii").strip()
        if _SECRET.fullmatch(text):
            return text
        reason = "no es lo que nbgrader escribe"
    except FileNotFoundError:
        return None
    except (OSError, Unreadable) as error:
        reason = reason_of(error)
    except ValueError:
        reason = "no es lo que nbgrader escribe"
    notes.append(f"{SECRET} {reason}: sus comentarios no volverán por el intercambio")
    return None


def _entries(folder: Path) -> Iterator[os.DirEntry]:
    try:
        with os.scandir(folder) as entries:
            yield from sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
