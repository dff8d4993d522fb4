"""Leer un archivo ajeno: uno corriente, de tamaño medido, y ninguno al que otro nombre lleve."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .limits import MIB

# Windows, where students hand in too, has not all of them, and one of its own.
_NAMES = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_NOINHERIT")
_FLAGS = os.O_RDONLY
for _name in _NAMES:
    _FLAGS |= getattr(os, _name, 0)


class Unreadable(Exception):
    """``args[0]`` says in Spanish why what was handed in cannot be read."""


class TooLarge(Unreadable):
    """It passes the size that its kind may have."""


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file: no link, no pipe, no more than ``most``."""
    try:
        # Non-blocking, so that a named pipe does not hold the grader.
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if path.is_symlink():
            raise Unreadable("es un enlace simbólico, y no se sigue") from error
        raise
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unreadable("no es un archivo corriente")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_nlink > 1:
            # It may be a file of the grader's, under another name.
            raise Unreadable("es un enlace duro a otro archivo; hace falta una copia")
        if status.st_size > most:
            raise TooLarge(f"pesa {_size(status.st_size)} y se admiten {_size(most)}")
        return file.read(most + 1)


def reason_of(error: Exception) -> str:
    """Why reading failed, in Spanish."""
    if isinstance(error, OSError):
        return f"no se puede leer ({error.strerror})"
    return error.args[0]


def _size(count: int) -> str:
    return f"{count / MIB:.0f} MB" if count >= MIB else f"{count} bytes"
