"""El paquete que se instala lleva dentro las lecciones, los ejercicios y la configuración.

De ahí los toma ``curso nuevo``. En una instalación editable están ya en el repositorio.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MATERIAL = "autograder/material"
PATTERNS = ("course/*.ipynb", "source/*/*.ipynb", "nbgrader_config.py")


class CourseMaterial(BuildHookInterface):
    """Add the course's own files to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "standard":
            return
        root = Path(self.root)
        for pattern in PATTERNS:
            for path in sorted(root.glob(pattern)):
                name = path.relative_to(root).as_posix()
                build_data["force_include"][str(path)] = f"{MATERIAL}/{name}"
