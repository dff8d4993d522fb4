"""Que la configuración del curso esté en vigor: donde no lo está, nadie califica."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from nbconvert.preprocessors import ExecutePreprocessor
from traitlets.utils.importstring import import_item

from ..common.errors import CursoError
from .configuration import FILE
from .folder import Course
from .names import root_problem

_PACKAGE = "autograder.nbgrader_ext.preprocessors"
SANITIZE, EXECUTE = f"{_PACKAGE}.RestoreCells", f"{_PACKAGE}.ExecuteWithJudge"
SAVE, EXPORTER = f"{_PACKAGE}.SaveCells", f"{_PACKAGE}.SubmissionExporter"
# What must be in nbgrader's lists, by converter and trait.
PIECES = {
    "Autograde": {
        "exporter_class": EXPORTER,
        "sanitize_preprocessors": SANITIZE,
        "autograde_preprocessors": EXECUTE,
    },
    "GenerateAssignment": {"preprocessors": SAVE},
}
_LINE = "configure(get_config(), Path(__file__).parent)"


def check_in_force(course: Course) -> None:
    """Raise :class:`CursoError` where nbgrader, in this course, would not be ours.

    ``curso`` would grade all the same; but the class would then be open to whoever runs nbgrader,
    and nobody would know.
    """
    if problem := root_problem(course.root):
        raise CursoError(f"la ruta del curso, «{course.root}», {problem}: cámbiale el nombre")
    config = course.config
    problems = _problems(lambda kind, trait: config[kind].get(trait), PIECES)
    # It may be in Jupyter's own folders: then there need be none here.
    if problems and not (course.root / FILE).is_file():
        raise CursoError(
            f"falta {FILE} en «{course.root}»: sin él, nbgrader ejecutaría las entregas sin "
            "recinto ni juez; recupéralo del curso original"
        )
    if problems:
        raise CursoError(
            f"«{course.root / FILE}» no deja en vigor el calificador de este curso "
            f"({'; '.join(problems)}): que su última línea sea {_LINE}, y los cambios tuyos, "
            "detrás, sin tocar esas listas"
        )


def check_converter(converter: Any) -> None:
    """The same of a converter that is about to start, with what its command line changed.

    Raises
    ------
    CursoError
    """
    kinds = [kind for kind in PIECES if kind == type(converter).__name__]
    if problems := _problems(lambda kind, trait: getattr(converter, trait), kinds):
        raise CursoError(
            f"nbgrader no va a usar el calificador de este curso ({'; '.join(problems)}): "
            "si no es por una opción de la orden, nbgrader_config.py falló al leerse: lo explica "
            "curso doctor"
        )


def _problems(value_of: Callable[[str, str], Any], kinds: Iterable[str]) -> list[str]:
    problems = []
    for kind in kinds:
        for trait, piece in PIECES[kind].items():
            value = value_of(kind, trait)
            listed = value if isinstance(value, list) else [value]
            if piece not in map(_name, listed):
                problems.append(f"falta {piece} en {kind}.{trait}")
            # Before it runs, a cell has no error, and so all of its points.
            elif piece == EXECUTE and _name(listed[0]) != piece:
                problems.append(f"{piece} no es lo primero de {kind}.{trait}")
            problems += [
                f"{_name(other)}, en {kind}.{trait}, ejecutaría las entregas sin recinto"
                for other in listed
                if _executes(other)
            ]
    return problems


def _executes(piece: Any) -> bool:
    """Whether a preprocessor runs notebooks as nbconvert does."""
    try:
        found = import_item(piece) if isinstance(piece, str) else piece
    except ImportError:
        return False  # nbgrader will say it.
    return isinstance(found, type) and issubclass(found, ExecutePreprocessor)


def _name(piece: Any) -> str:
    return f"{piece.__module__}.{piece.__qualname__}" if isinstance(piece, type) else str(piece)
