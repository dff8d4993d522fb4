"""Que la configuración del curso esté en vigor: donde no lo está, nadie califica."""

from __future__ import annotations

from typing import Any

from .course import Course
from .course_config import FILE
from .errors import CursoError
from .names import root_problem

_PACKAGE = "autograder.preprocessors"
SANITIZE, EXECUTE = f"{_PACKAGE}.RestoreCells", f"{_PACKAGE}.ExecuteWithJudge"
SAVE, EXPORTER = f"{_PACKAGE}.SaveCells", f"{_PACKAGE}.SubmissionExporter"
# What must be in nbgrader's lists, by converter and trait.
PIECES = {
    ("Autograde", "sanitize_preprocessors"): SANITIZE,
    ("Autograde", "autograde_preprocessors"): EXECUTE,
    ("GenerateAssignment", "preprocessors"): SAVE,
}
_LINE = "configure(get_config(), Path(__file__).parent)"


def check_in_force(course: Course) -> None:
    """Raise :class:`CursoError` where nbgrader, in this course, would not be ours.

    ``curso`` would grade all the same; but the class would then be open to whoever runs nbgrader,
    and nobody would know.
    """
    if problem := root_problem(course.root):
        raise CursoError(f"la ruta del curso, «{course.root}», {problem}: cámbiale el nombre")
    if not (course.root / FILE).is_file():
        raise CursoError(
            f"falta {FILE} en «{course.root}»: sin él, nbgrader ejecutaría las entregas sin "
            "recinto ni juez; recupéralo del curso original"
        )
    if missing := missing_pieces(course.config):
        raise CursoError(
            f"«{course.root / FILE}» no deja en vigor el calificador de este curso "
            f"(falta {', '.join(missing)}): que su última línea sea {_LINE}, y los cambios tuyos, "
            "detrás, sin tocar esas listas"
        )


def missing_pieces(config: Any) -> list[str]:
    """Which pieces of ours a configuration leaves out."""
    missing = [
        piece
        for (converter, trait), piece in PIECES.items()
        if piece not in map(_name, config[converter].get(trait) or ())
    ]
    if _name(config.Autograde.get("exporter_class")) != EXPORTER:
        missing.append(EXPORTER)
    return missing


def check_converter(converter: Any) -> None:
    """The same of a converter that is about to start, with what its command line changed.

    Raises
    ------
    CursoError
    """
    kind = type(converter).__name__
    missing = [
        piece
        for (name, trait), piece in PIECES.items()
        if name == kind and piece not in map(_name, getattr(converter, trait))
    ]
    if kind == "Autograde" and _name(converter.exporter_class) != EXPORTER:
        missing.append(EXPORTER)
    if missing:
        raise CursoError(
            f"nbgrader no va a usar el calificador de este curso (falta {', '.join(missing)}): "
            "si no es por una opción de la orden, nbgrader_config.py falló al leerse: lo explica "
            "curso doctor"
        )


def _name(piece: Any) -> str:
    return f"{piece.__module__}.{piece.__qualname__}" if isinstance(piece, type) else str(piece)
