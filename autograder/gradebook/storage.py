"""Lo que impide guardar las notas a cualquiera: el libro de notas ocupado, el disco lleno…"""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from ..common.errors import CursoError
from ..course.database_url import is_on_server
from ..course.folder import Course
from ..submission.outputs import one_line
from . import database as gradebook
from .server_problems import server_reason

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {
    errno.EACCES: "permiso denegado",
    errno.EPERM: "permiso denegado",
    errno.EROFS: "es de solo lectura",
    errno.EIO: "error del disco",
}
# The words are SQLite's own.
_REASONS = {
    "locked": "otro programa (¿formgrader, nbgrader?) tiene ocupado el libro de notas desde hace "
    "más de {seconds:g} s: ciérralo o espera a que termine",
    "full": "no queda sitio en el disco de «{root}»: libera espacio",
    "readonly": "no hay permiso para escribir en el libro de notas «{book}»",
    "unable to open": "no se puede abrir el libro de notas «{book}»: "
    "comprueba sus permisos y los de la carpeta",
    "not a database": "«{book}» está dañado, o no es un libro de notas: "
    "pon en su lugar una copia de seguridad",
    "malformed": "el libro de notas «{book}» está dañado: pon en su lugar una copia de seguridad",
}
AGAIN = "después repite la orden, y seguirá donde quedó"


@contextmanager
def explained(course: Course) -> Iterator[None]:
    """Turn what the machine refuses into one line for whoever grades."""
    try:
        yield
    except CursoError:
        raise
    except Exception as error:
        if problem := machine_problem(course, error):
            raise CursoError(problem) from error
        if isinstance(error, OSError) and error.errno in _REFUSED:
            where, why = error.filename or course.root, _REFUSED[error.errno]
            raise CursoError(f"no se puede escribir en «{where}» ({why}); {AGAIN}") from error
        raise


def machine_problem(course: Course, error: BaseException) -> str | None:
    """One Spanish line where the gradebook or a full disk failed; None for any other trouble."""
    cause: BaseException | None = error
    # nbgrader hides some of these behind exceptions of its own.
    while cause is not None:
        if reason := _reason(course, cause):
            return f"{reason}; {AGAIN}"
        cause = cause.__cause__ or cause.__context__
    return None


def _reason(course: Course, error: BaseException) -> str | None:
    if isinstance(error, OSError):
        return _REASONS["full"].format(root=course.root) if error.errno in _FULL else None
    if isinstance(error, (IntegrityError, DataError)):
        return None
    if not isinstance(error, (DatabaseError, sqlite3.DatabaseError)):
        return None
    cause = getattr(error, "orig", error)
    said, book = str(cause), gradebook.shown(course)
    if is_on_server(course.database_url):
        reason = server_reason(cause)
        if reason is None:
            return f"el libro de notas «{book}» falla ({one_line(said)})"
        return reason.format(book=book, seconds=gradebook.BUSY_SECONDS)
    for words, reason in _REASONS.items():
        if words in said:
            return reason.format(root=course.root, book=book, seconds=gradebook.BUSY_SECONDS)
    return f"el libro de notas «{book}» falla ({one_line(said)})"


def in_spanish(error: Exception) -> str:
    """What an exception says, in a few words for a report."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return f"no queda sitio en el disco ({tempfile.gettempdir()})"
    return one_line(str(error))
