"""Lo que una carpeta de ``source/`` repartiría sin querer: copias de lo que nadie debe recibir.

By what is in it, since a copy has any name: ``comprobaciones (1).py``, ``Malas``, ``viejo.txt``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from ..checks import Unit
from ..common.errors import CursoError
from ..common.limits import MIB
from ..common.one_line import one_line
from ..common.regular_files import Unreadable, read_regular
from ..course.own_units import NOT_RELEASED, WRONG, is_left_there
from .cell_marks import solutions

SHORTEST = 8  # Characters: a shorter line may stand anywhere.
LEAST = 3  # Lines: fewer may be anybody's.
MOST_BYTES = 4 * MIB


def check_beside(folder: Path, unit: Unit, notebook: NotebookNode) -> None:
    """Raise :class:`CursoError` where a file that students would get has what is kept from them."""
    kept = list(_kept(folder, unit, notebook))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if name.parts[0] in NOT_RELEASED or name.suffix == ".ipynb" or is_left_there(name):
            continue
        try:
            lines = _lines(read_regular(path, MOST_BYTES))
        except (OSError, Unreadable):
            continue  # A folder, or no text that anybody reads.
        for what, own, share in kept:
            if len(own) >= LEAST and len(own & lines) >= share * len(own):
                raise CursoError(
                    f"se repartiría {one_line(str(path), 200)}, que lleva {what}: sácalo de "
                    "la carpeta"
                )


def _kept(
    folder: Path, unit: Unit, notebook: NotebookNode
) -> Iterator[tuple[str, set[str], float]]:
    """What it is, its lines, and how many of them tell it."""
    if unit.own_checks is not None:
        yield "lo que pregunta el juez", _lines(unit.own_checks.encode("utf-8", "replace")), 0.5
    for path in sorted((folder / WRONG).glob("*.py")):
        try:
            yield f"lo de {WRONG}/{path.name}", _lines(read_regular(path, MOST_BYTES)), 1
        except (OSError, Unreadable):
            continue
    for cell in notebook.cells:
        for text in solutions(cell.source):
            name = cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "?")
            yield f"la solución de «{name}»", _lines(text.encode("utf-8", "replace")), 1


def _lines(data: bytes) -> set[str]:
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    return {line for line in lines if len(line) >= SHORTEST}
