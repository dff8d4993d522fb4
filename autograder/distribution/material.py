"""Lo que el paquete trae para hacer un curso: lecciones, ejercicios y configuración."""

from __future__ import annotations

from pathlib import Path

import autograder

from ..checks import UNITS
from ..common.errors import CursoError

_CONFIG = '''"""Configuración de nbgrader de este curso; lo tuyo va al final."""

from pathlib import Path

from autograder.nbgrader_settings import configure

c = get_config()  # noqa: F821 - nbgrader la define
configure(c, Path(__file__).parent)

c.CourseDirectory.course_id = "{name}"
# La escala de notas de tu institución:
{scale}
# Dónde está el paquete del curso (una carpeta con el .whl, o una dirección que pip entienda): la
# primera celda de cada cuaderno lo instala de ahí. Si no, del .whl que se reparte a su lado.
# c.Curso.direccion = "https://aula.ejemplo.edu/curso/"
'''
_README = """# {name}

Un curso de Conv2D. Las órdenes se dan desde esta carpeta:

    curso doctor                 ¿puede esta máquina calificar aislando los cuadernos?
    curso publicar --paquete     release/ y, en paquetes/, el zip de cada unidad para el aula
    curso calificar              las entregas de submitted/ESTUDIANTE/UNIDAD/
    curso informe                informe/index.html

Para poner al día el curso con una versión nueva del paquete: curso nuevo . (lo que hayas cambiado
se queda como está). De cada orden cuenta más --help.
"""


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
    config = _CONFIG.format(name=name, scale=scale if maximum else f"# {scale}")
    files["nbgrader_config.py"] = config.encode()
    files["LEEME.md"] = _README.format(name=name).encode()
    return files


def available_units() -> list[str]:
    """The units that the package brings, in order."""
    root = material_root()
    return [unit for unit in UNITS if (root / "source" / unit).is_dir()]
