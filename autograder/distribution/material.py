"""Lo que el paquete trae para hacer un curso: lecciones, ejercicios y configuración."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import autograder

from ..checks import UNITS
from ..common.errors import CursoError

# What a course comes to have of its students, and its secret: in no repository by an oversight.
_PRIVATE = """\
# Trabajos y notas de estudiantes, y el secreto de las variantes: no se publican.
/submitted/
/autograded/
/feedback/
/informe/
/personales/
/anteriores/
/paquetes/
/gradebook.db*
/variantes.secreto*
.variantes.secreto*
.ipynb_checkpoints/
"""
_TEMPLATES = ("curso_nuevo_configuracion.txt", "curso_nuevo_leeme.txt")


def material_root() -> Path:
    """Where the package keeps it: inside, once installed; beside, in the repository.

    Raises
    ------
    CursoError
        If this is a student's package, that has none.
    """
    package = Path(str(autograder.__file__)).parent
    for root in (package / "material", package.parent):
        if (root / "course").is_dir() and (root / "source").is_dir():
            return root
    raise CursoError(
        "este paquete es el que se reparte a los estudiantes y no trae las lecciones ni los "
        "ejercicios: instala el del docente"
    )


def material(name: str, units: list[str], maximum: str | None) -> dict[str, bytes]:
    """Every file of a course folder, by its path in it."""
    root = material_root()
    paths = sorted(root.glob("course/*.ipynb"))
    paths += [path for unit in units for path in sorted(root.glob(f"source/{unit}/*.ipynb"))]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    scale = f'c.Curso.escala = {{"maximo": {maximum or 10}}}'
    templates = resources.files("autograder") / "templates"
    config, readme = ((templates / file).read_text(encoding="utf-8") for file in _TEMPLATES)
    config = config.format(name=name, scale=scale if maximum else f"# {scale}")
    files["nbgrader_config.py"] = config.encode()
    files[".gitignore"] = _PRIVATE.encode()
    files["LEEME.md"] = readme.format(name=name).encode()
    return files


def available_units() -> list[str]:
    """The units that the package brings, in order."""
    root = material_root()
    return [unit for unit in UNITS if (root / "source" / unit).is_dir()]
