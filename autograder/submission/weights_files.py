"""Los pesos de la tarea que se entregan junto al cuaderno, también con otro nombre."""

from __future__ import annotations

from pathlib import Path

from ..checks import UNITS
from ..common.limits import MAX_ALL_WEIGHTS, MAX_WEIGHTS_BYTES
from ..common.regular_files import Unreadable, read_regular, reason_of
from ..course.names import printable
from .handed_files import age, files_in, weights_for

WEIGHTS = tuple(name for unit in UNITS.values() for name in unit.weights)


def read_weights_files(folder: Path, notes: list[str]) -> dict[str, bytes]:
    """The homework's three files that are there; why not the others is added to ``notes``.

    As much as ``curso aceptar`` takes of each; all three must fit in the notebook's folder.
    """
    files: dict[str, bytes] = {}
    there = files_in(folder, *WEIGHTS)
    for name in WEIGHTS:
        candidates = sorted(weights_for(name, there), key=lambda each: age(folder / each))
        for found in candidates[-1:]:
            try:
                room = MAX_ALL_WEIGHTS - sum(map(len, files.values()))
                files[name] = read_regular(folder / found, min(room, MAX_WEIGHTS_BYTES))
            except (OSError, Unreadable) as error:
                notes.append(f"{printable(found)}: {reason_of(error)}")
                continue
            if found != name:
                notes.append(f"«{printable(found)}» se toma por {name}")
    return files
