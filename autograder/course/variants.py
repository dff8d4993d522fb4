"""Las variantes de un curso: su secreto decide cuál es la de cada estudiante, siempre la misma."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..checks import UNITS
from ..checks.variants import Task, tasks_of
from ..common.errors import CursoError
from ..common.regular_files import Unreadable, read_regular, reason_of
from ..common.system_errors import in_words

SECRET = "variantes.secreto"
WHERE = "c.Curso.variantes, en nbgrader_config.py,"
WHERE_ALIKE = "c.Curso.variante_de, en nbgrader_config.py,"
_BYTES = 32
_WRITTEN = re.compile(r"[0-9a-f]{64}\s*", re.ASCII)


class NoSecret(CursoError):
    """The course's secret is not there, or cannot be read."""


@dataclass(frozen=True)
class Variants:
    """Who has which variant in one course.

    ``alike`` says whose variants a student has: those that they had under another name, or those
    of whoever they work with.
    """

    secret: bytes = field(repr=False)
    alike: Mapping[str, str] = field(default_factory=dict)

    def letter(self, task: Task, student: str) -> str:
        """The student's variant of a task; it tells nothing of the secret."""
        unit, _, function = (task.like or task.check).partition(".")
        whose = unicodedata.normalize("NFC", student)
        whose = self.alike.get(whose, whose)
        text = "\0".join((unit, whose, function)).encode("utf-8", "surrogatepass")
        drawn = int.from_bytes(hmac.digest(self.secret, text, "sha256"), "big")
        return sorted(task.variants)[drawn % len(task.variants)]

    @property
    def mark(self) -> str:
        """By it, another secret is noticed; nobody gets from it to this one."""
        return hashlib.sha256(b"curso-variantes\0" + self.secret).hexdigest()


def units_asked(config: Any) -> tuple[str, ...]:
    """The units that have variants in a course with this configuration; none unless it says so.

    Raises
    ------
    CursoError
        If it says what is neither yes, nor no, nor units with variants.
    """
    told = config.Curso.get("variantes")
    possible = [unit for unit in UNITS if tasks_of(unit)]
    if told is None or told is False:
        return ()
    if told is True:
        return tuple(possible)
    if not isinstance(told, (list, tuple)) or not all(isinstance(one, str) for one in told):
        raise CursoError(f'{WHERE} es {told!r:.40}: puede ser True, o una lista como ["3"]')
    found = []
    for name in told:
        units = [unit for unit in possible if name in (unit, unit.partition("_")[0])]
        if not units:
            raise CursoError(
                f"{WHERE} nombra «{name:.40}», que no tiene variantes; las tienen: "
                f"{', '.join(possible)}"
            )
        found += units
    return tuple(dict.fromkeys(found))


def alike(config: Any) -> dict[str, str]:
    """Whose variants a student has, where they are not those of their own name."""
    told = config.Curso.get("variante_de")
    if told is None:
        return {}
    names = isinstance(told, Mapping) and all(
        isinstance(one, str) for pair in told.items() for one in pair
    )
    if not names:
        raise CursoError(f'{WHERE_ALIKE} es {told!r:.40}: por ejemplo {{"ana.perez": "ana"}}')
    return {
        unicodedata.normalize("NFC", a): unicodedata.normalize("NFC", b) for a, b in told.items()
    }


def read_secret(root: Path) -> bytes:
    """The secret of the course in ``root``; :class:`NoSecret` where there is none to read."""
    path = root / SECRET
    try:
        text = read_regular(path, 200).decode("ascii")
    except FileNotFoundError:
        raise NoSecret(
            f"falta «{path}», el secreto con el que se decidió la variante de cada estudiante: "
            "recupéralo de una copia de seguridad"
        ) from None
    except (OSError, Unreadable, ValueError) as error:
        raise NoSecret(f"«{path}» no se puede leer: {reason_of(error)}") from None
    if not _WRITTEN.fullmatch(text):
        raise NoSecret(
            f"«{path}» no es el secreto que escribió curso publicar: recupéralo de una copia"
        )
    return bytes.fromhex(text.strip())


def make_secret(root: Path) -> bytes:
    """A new secret, that only its owner may read; never over one that is there."""
    drawn = secrets.token_bytes(_BYTES)
    path = root / SECRET
    half = path.with_name(f".{SECRET}.{os.getpid()}")
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{drawn.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(half, path)
    except OSError as error:
        raise CursoError(f"no se puede escribir {in_words(error)}") from None
    finally:
        half.unlink(missing_ok=True)
    return drawn


def _put_in_place(half: Path, path: Path) -> None:
    """Whole or not at all, and somebody else's stands."""
    try:
        os.link(half, path)
    except FileExistsError:
        raise
    except OSError:
        # Not every disk has hard links.
        if path.exists():
            raise
        half.replace(path)


def others_may_read(root: Path) -> bool:
    """Whether the secret is open to more people than its owner."""
    return bool(stat.S_IMODE((root / SECRET).stat().st_mode) & 0o077)
