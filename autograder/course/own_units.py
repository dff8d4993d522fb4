"""Las unidades que un docente añade a su curso: una carpeta de ``source/`` con su cuaderno."""

from __future__ import annotations

import json
from collections.abc import Container
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ..checks.units import FILE, NAME, UNITS, Unit
from ..common.regular_files import Unreadable, read_regular, reason_of
from ..sandbox.flavours import KERAS, NUMPY

# What an instructor writes beside the notebook, and no student gets.
ABOUT, WRONG = "unidad.json", "malas"
NOT_RELEASED = (ABOUT, WRONG, FILE)
# What editors and systems leave beside it, under any name: it may be a copy of any of those.
LEFT_THERE = (".*", "*~", "~*", "__pycache__", "*.pyc")
MAX_TITLE, MAX_ABOUT, MAX_CHECKS = 60, 10_000, 1 << 20
_KEYS = ("titulo", "keras")
EXAMPLE = '{"titulo": "6. Pooling", "keras": false}'


def own_units(source: Path) -> dict[str, Unit]:
    """Those of ``source/``, by their number; nothing of theirs is run.

    One that has something wrong is there too, with what it is: it is neither published nor graded,
    and the others are.
    """
    if not source.is_dir():
        return {}
    taken = {_number(name) for name in UNITS}
    names = [
        folder.name
        for folder in source.iterdir()
        if NAME.fullmatch(folder.name)
        and _number(folder.name) not in taken
        and folder.is_dir()
        and (notebooks := _notebooks(folder))
        and not notebooks & {unit.notebook for unit in UNITS.values()}
    ]
    found = [_read(source / name) for name in sorted(names, key=lambda one: (_number(one), one))]
    numbers = [_number(unit.id) for unit in found]
    return {unit.id: unit for unit in found if numbers.count(_number(unit.id)) == 1}


def is_left_there(name: Path) -> bool:
    """Whether a file, seen from its unit's folder, is none of the instructor's."""
    return any(fnmatchcase(part, pattern) for part in name.parts for pattern in LEFT_THERE)


def name_problem(folder: Path, known: Container[str]) -> str | None:
    """Why a folder with a notebook is no unit of an instructor's own; None where it could be."""
    if folder.name in known or not _notebooks(folder):
        return None
    if not NAME.fullmatch(folder.name):
        return (
            "no es ninguna unidad de este curso (una tuya se llama con su número y minúsculas, "
            "como 6_pooling)"
        )
    beside = [*UNITS, *(one.name for one in folder.parent.iterdir() if NAME.fullmatch(one.name))]
    others = [n for n in beside if _number(n) == _number(folder.name) and n != folder.name]
    return f"tiene el mismo número que {others[0]}: dale otro" if others else None


def title_of(name: str) -> str:
    """What a unit is called where its instructor does not say."""
    return f"{_number(name)}. {name.partition('_')[2].replace('_', ' ').strip().capitalize()}"


def _number(name: str) -> int:
    return int(name.partition("_")[0])


def _notebooks(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.ipynb") if not path.name.startswith(".")}


def _read(folder: Path) -> Unit:
    name, where = folder.name, f"{folder.parent.name}/{folder.name}"
    title = title_of(name)
    notebooks, problem, keras = sorted(_notebooks(folder)), None, False
    if len(notebooks) > 1:
        problem = f"{where} tiene {len(notebooks)} cuadernos ({', '.join(notebooks)}): deja uno"
    try:
        about = _about(folder / ABOUT)
        title, keras = about.get("titulo", title), about.get("keras", False)
    except (ValueError, OSError, Unreadable, RecursionError) as error:
        said = str(error) if isinstance(error, _Wrong) else "no se puede leer como JSON"
        problem = f"{where}/{ABOUT} {said}; un ejemplo: {EXAMPLE}"
    checks = None
    try:
        if (folder / FILE).exists():
            checks = read_regular(folder / FILE, MAX_CHECKS).decode("utf-8-sig")
    except (OSError, Unreadable, ValueError) as error:
        problem = f"{where}/{FILE} no se puede leer: {reason_of(error)}"
    flavour = KERAS if keras else NUMPY
    return Unit(
        name, title, notebooks[0], flavour, "", own=True, problem=problem, own_checks=checks
    )


class _Wrong(ValueError):
    """What an ``unidad.json`` has that nobody asked for, in words."""


def _about(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    found = json.loads(read_regular(path, MAX_ABOUT).decode("utf-8-sig"))
    if not isinstance(found, dict):
        raise _Wrong("no es un diccionario")
    if unknown := [key for key in found if key not in _KEYS]:
        raise _Wrong(f"tiene «{unknown[0][:30]}», que no se conoce (lo que hay: titulo y keras)")
    title = found.get("titulo", "-")
    if not isinstance(title, str) or not title.isprintable() or not 0 < len(title) <= MAX_TITLE:
        raise _Wrong(f"tiene un título que no es un texto de una línea, de 1 a {MAX_TITLE} letras")
    if not isinstance(found.get("keras", False), bool):
        raise _Wrong("dice en keras algo que no es true ni false")
    return found
