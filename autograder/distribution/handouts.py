"""``curso publicar --paquete``: por unidad, el zip que el docente sube al aula virtual."""

from __future__ import annotations

import html
from importlib import resources
from pathlib import Path

from ..checks import Unit
from ..common.archives import deterministic_zip
from ..common.errors import CursoError
from ..common.whole_files import write_whole
from ..course.folder import Course
from ..sandbox.flavours import KERAS
from .wheel import student_wheel, wheel_name

FOLDER = "paquetes"
PAGE, DATA_NOTE = "COMO_EMPEZAR.html", "DATOS.txt"
_HIDDEN = (".", "__pycache__")
_NO_DATA = "Esta unidad no necesita ningún archivo de datos.\n"


def pack(course: Course, unit: str) -> Path:
    """Write the unit's zip in ``paquetes/``, from what is published; where it is.

    Raises
    ------
    CursoError
        If the unit is not published, or the package is not installed.
    """
    folder = course.release / unit
    notebook = folder / f"{course.notebook(unit)}.ipynb"
    if not notebook.is_file():
        raise CursoError(f"{unit} no está publicada: falta {notebook}; antes, curso publicar")
    files = {
        f"{unit}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(p.startswith(_HIDDEN) for p in path.relative_to(folder).parts)
    }
    files[f"{unit}/{wheel_name()}"] = student_wheel()
    files[f"{unit}/{PAGE}"] = _page(course.all_units[unit]).encode()
    files[f"{unit}/{DATA_NOTE}"] = _data_note(course.all_units[unit].weights).encode()
    written = course.root / FOLDER / f"{unit}.zip"
    write_whole(written, deterministic_zip(files))
    return written


def _data_note(weights: tuple[str, ...]) -> str:
    if not weights:
        return _NO_DATA
    note = resources.files("autograder") / "templates" / "datos_de_la_tarea.txt"
    return note.read_text(encoding="utf-8").format(
        weights="\n".join(f"  {name}" for name in weights)
    )


def _page(one: Unit) -> str:
    template = resources.files("autograder") / "templates" / "como_empezar.html"
    words = {
        "TITULO": one.title,
        "UNIDAD": one.id,
        "CUADERNO": f"{one.notebook}.ipynb",
        "RUEDA": wheel_name(),
        "EXTRA": "[keras]" if one.flavour is KERAS else "",
        "PESOS": " y los archivos de pesos" if one.weights else "",
    }
    page = template.read_text(encoding="utf-8")
    for word, value in words.items():
        page = page.replace(f"{{{{{word}}}}}", html.escape(value))
    return page
