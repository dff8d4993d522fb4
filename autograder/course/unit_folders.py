"""Las carpetas de ``source/`` que no son ninguna unidad: se dice cuáles, y qué parecen ser."""

from __future__ import annotations

from pathlib import Path

from ..checks import UNITS
from ..common.errors import CursoError
from .folder import Course


def check_unit(name: str, folder: Path | None = None) -> None:
    """Raise :class:`CursoError` where ``name`` is none of the course's units.

    Parameters
    ----------
    name : str
        The folder's name, which is what nbgrader calls an assignment.
    folder : Path, optional
        The folder itself: by its notebooks, a unit is known under another name.
    """
    if name not in UNITS:
        raise CursoError(f"«{name}» {_what_it_is(folder)}")


def strange_folders(course: Course) -> tuple[list[str], list[str]]:
    """A line for each folder of ``source/`` with notebooks that no command will look at.

    Returns
    -------
    tuple
        The lines of those that are no unit, and of those that are one under another name.
    """
    unknown: list[str] = []
    renamed: list[str] = []
    for folder in sorted(course.source.iterdir()) if course.source.is_dir() else ():
        if folder.name not in UNITS and not folder.name.startswith(".") and _notebooks(folder):
            lines = renamed if _unit_renamed(folder) else unknown
            lines.append(f"{course.source.name}/{folder.name} {_what_it_is(folder)}")
    return unknown, renamed


def units_without_source(course: Course) -> list[str]:
    """A line for each unit that somebody handed in and ``source/`` does not have."""
    if not course.submitted.is_dir():
        return []
    lines = []
    for unit in UNITS:
        if not (course.source / unit).is_dir():
            count = sum((student / unit).is_dir() for student in course.submitted.iterdir())
            if count:
                lines.append(
                    f"hay {count} {'entrega' if count == 1 else 'entregas'} de {unit} que no se "
                    f"califican: falta la carpeta {course.source.name}/{unit}"
                )
    return lines


def _what_it_is(folder: Path | None) -> str:
    if unit := _unit_renamed(folder):
        return (
            f"no es el nombre de ninguna unidad; por su cuaderno "
            f"{UNITS[unit].notebook}.ipynb es {unit}: "
            "devuélvele ese nombre"
        )
    if unit := _unit_in(folder):
        return f"parece una copia de {unit}, y no se califica: sácala de ahí"
    return f"no es ninguna unidad de este curso, y no se califica; las suyas son {', '.join(UNITS)}"


def _unit_renamed(folder: Path | None) -> str | None:
    unit = _unit_in(folder)
    return None if folder is None or unit is None or (folder.parent / unit).is_dir() else unit


def _unit_in(folder: Path | None) -> str | None:
    names = {path.stem for path in _notebooks(folder)}
    return next((id_ for id_, unit in UNITS.items() if unit.notebook in names), None)


def _notebooks(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.ipynb")) if folder is not None and folder.is_dir() else []
