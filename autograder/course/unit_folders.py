"""Las carpetas de ``source/`` que no son ninguna unidad: se dice cuáles, y qué parecen ser."""

from __future__ import annotations

from pathlib import Path

from ..checks import UNITS
from ..common.errors import CursoError
from .folder import Course
from .own_units import NAME, name_problem


def check_unit(course: Course, name: str, folder: Path | None = None) -> None:
    """Raise :class:`CursoError` where ``name`` is none of the course's units.

    Parameters
    ----------
    course : Course
    name : str
        The folder's name, which is what nbgrader calls an assignment.
    folder : Path, optional
        The folder itself: by its notebooks, a unit is known under another name.
    """
    if name not in course.all_units:
        raise CursoError(f"«{name}» {_what_it_is(course, folder)}")


def strange_folders(course: Course) -> tuple[list[str], list[str]]:
    """A line for each folder of ``source/`` with notebooks, or called as a unit, that is none.

    Returns
    -------
    tuple
        The lines of those that are no unit, and of those that are one under another name.
    """
    unknown: list[str] = []
    renamed: list[str] = []
    for folder in sorted(course.source.iterdir()) if course.source.is_dir() else ():
        if folder.name in course.all_units or folder.name.startswith("."):
            continue
        if not _notebooks(folder):
            # As Formgrader makes it: somebody is about to write its notebook.
            if NAME.fullmatch(folder.name) and folder.is_dir():
                where = f"{course.source.name}/{folder.name}"
                unknown.append(
                    f"{where} no tiene todavía su cuaderno, y por ahora no es una unidad"
                )
        else:
            lines = renamed if _unit_renamed(folder) else unknown
            lines.append(f"{course.source.name}/{folder.name} {_what_it_is(course, folder)}")
    return unknown, renamed


def units_without_source(course: Course) -> list[str]:
    """A line for each unit that somebody handed in and ``source/`` does not have."""
    if not course.submitted.is_dir():
        return []
    lines = []
    for unit in course.all_units:
        if not (course.source / unit).is_dir():
            count = sum((student / unit).is_dir() for student in course.submitted.iterdir())
            if count:
                lines.append(
                    f"hay {count} {'entrega' if count == 1 else 'entregas'} de {unit} que no se "
                    f"califican: falta la carpeta {course.source.name}/{unit}"
                )
    return lines


def _what_it_is(course: Course, folder: Path | None) -> str:
    if unit := _unit_renamed(folder):
        return (
            f"no es el nombre de ninguna unidad; por su cuaderno "
            f"{UNITS[unit].notebook}.ipynb es {unit}: "
            "devuélvele ese nombre"
        )
    if unit := _unit_in(folder):
        return f"parece una copia de {unit}, y no se califica: sácala de ahí"
    if folder is not None and (problem := name_problem(folder, course.all_units)):
        return f"{problem}, y no se califica"
    units = ", ".join(course.all_units)
    return f"no es ninguna unidad de este curso, y no se califica; las suyas son {units}"


def _unit_renamed(folder: Path | None) -> str | None:
    unit = _unit_in(folder)
    return None if folder is None or unit is None or (folder.parent / unit).is_dir() else unit


def _unit_in(folder: Path | None) -> str | None:
    names = {path.stem for path in _notebooks(folder)}
    return next((id_ for id_, unit in UNITS.items() if unit.notebook in names), None)


def _notebooks(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.ipynb")) if folder is not None and folder.is_dir() else []
