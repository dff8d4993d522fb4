"""Qué archivos puede tener un cuaderno a su lado al calificar, en casa y en el aula."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath

from . import packages

KINDS = (
    ".py", ".npy", ".npz", ".txt", ".csv", ".tsv", ".json",
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".pgm", ".ppm",
)  # fmt: skip
# Python runs these by itself when it starts.
_RUN_BY_PYTHON = frozenset({"sitecustomize", "usercustomize"})


def problem(name: str) -> str | None:
    """Why a file of that name, seen from the notebook's folder, is not used; None where it is."""
    path = PurePosixPath(name)
    if not name.lower().endswith(KINDS):
        return f"solo se copian {', '.join(KINDS[:7])} e imágenes"
    root = path.parts[0].partition(".")[0]
    taken = root in sys.stdlib_module_names or root in packages.allowed_roots()
    taken = taken or root in packages.OWN | packages.READY_MADE | _RUN_BY_PYTHON
    if path.suffix == ".py" and taken:
        return f"se llama como «{root}», que ya existe, y no se usa; cámbiale el nombre"
    return None
