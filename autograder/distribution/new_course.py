"""``curso nuevo``: una carpeta de curso donde sea, y ponerla al día sin tocar lo que se cambió.

What was written is recorded by its hash: a file that still has it is the package's, and any other,
somebody's. The record is written first, with the hashes to come, so that a run that is cut short
leaves what the next one finishes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..common.errors import CursoError
from ..common.one_line import one_line
from ..common.regular_files import Unreadable, read_regular
from ..common.version import VERSION
from ..common.whole_files import write_whole
from ..course.names import root_problem
from .material import available_units, material

RECORD = ".curso.json"
_NAME = re.compile(r"[A-Za-z0-9][\w-]{0,60}", re.ASCII)
_MOST = 4 << 20
_BROKEN = (
    OSError, Unreadable, CursoError, ValueError, KeyError, TypeError, AttributeError,
    RecursionError,
)  # fmt: skip


@dataclass
class Made:
    """What a run did: paths written anew, brought up to date, and left as somebody has them."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


@dataclass
class _Record:
    name: str | None = None
    units: list[str] = field(default_factory=list)
    maximum: str | None = None
    files: dict[str, list[str]] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)  # What a run that was cut short had to make.


def make(
    folder: Path,
    *,
    name: str | None = None,
    units: Iterable[str] = (),
    maximum: str | None = None,
) -> Made:
    """Make a course in ``folder``, or bring the one that is there up to date.

    Parameters
    ----------
    folder : Path
    name : str, optional
        The course's id for nbgrader; if nobody says, the folder's, without spaces or accents.
    units : iterable of str
        By folder or number; those that it has, or all.
    maximum : str, optional
        The highest mark of the institution's scale.

    Raises
    ------
    CursoError
        If a course cannot be made there.
    """
    folder = folder.absolute()
    if problem := root_problem(folder):
        raise CursoError(f"la ruta del curso, «{folder}», {problem}: cámbiale el nombre")
    if folder.exists() and not folder.is_dir():
        raise CursoError(f"«{folder}» es un archivo: di el nombre de una carpeta")
    record = _read(folder)
    record.name = _name(name or record.name or _plain(folder.name))
    known = available_units()
    chosen = {*record.units, *(_unit(one, known) for one in units)} or set(known)
    record.units = [unit for unit in known if unit in chosen]
    record.maximum = _maximum(maximum) or record.maximum
    wanted = material(record.name, record.units, record.maximum)
    folder.mkdir(parents=True, exist_ok=True)
    return _write(folder, record, wanted)


def _write(folder: Path, record: _Record, wanted: dict[str, bytes]) -> Made:
    made, before = Made(), record.files
    record.files = {
        path: list(dict.fromkeys([*before.get(path, ()), _hash(data)]))
        for path, data in wanted.items()
    }
    kept = {path: hashes for path, hashes in before.items() if path not in wanted}
    made.gone = sorted(path for path in kept if (folder / path).exists())
    record.pending = [path for path in wanted if path in record.pending or path not in before]
    _save(folder, record)
    settled: dict[str, list[str]] = {}
    for path, data in wanted.items():
        there, ours = _there(folder, path), before.get(path, [])
        new = _hash(data)
        if there is None and path in record.pending:
            write_whole(folder / path, data)
            made.new.append(path)
        elif there == new:
            pass
        elif there in ours:
            write_whole(folder / path, data)
            made.updated.append(path)
        elif new not in ours[-1:]:
            made.left.append(path)  # Changed, or taken away, and the package has another by now.
        settled[path] = [new] if _there(folder, path) == new else (ours or [new])
    record.files, record.pending = settled, []
    _save(folder, record)
    return made


def _there(folder: Path, path: str) -> str | None:
    """The hash of what is there; of what is no plain file, one that nothing has."""
    whole = folder / path
    if any(up.is_symlink() for up in (whole, *whole.parents) if up.is_relative_to(folder)):
        return "enlace"
    if not os.path.lexists(whole):
        return None
    try:
        return _hash(read_regular(whole, _MOST))
    except (OSError, Unreadable):
        return "otra cosa"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(folder: Path) -> _Record:
    if not os.path.lexists(folder / RECORD):
        return _Record()
    try:
        told: Any = json.loads(read_regular(folder / RECORD, _MOST))
        files = {str(path): list(map(str, ours)) for path, ours in told["archivos"].items()}
        units, pending = list(map(str, told["unidades"])), list(map(str, told["pendientes"]))
        maximum = _maximum(told["nota_maxima"])
        return _Record(str(told["nombre"]), units, maximum, files, pending)
    except _BROKEN:
        raise CursoError(
            f"«{folder / RECORD}», donde se apunta qué escribió curso nuevo, no se entiende: "
            "bórralo y repite la orden; lo que hay en la carpeta no se tocará"
        ) from None


def _save(folder: Path, record: _Record) -> None:
    told = {
        "version": VERSION,
        "nombre": record.name,
        "unidades": record.units,
        "nota_maxima": record.maximum,
        "pendientes": record.pending,
        "archivos": record.files,
    }
    write_whole(folder / RECORD, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise CursoError(
            f"«{one_line(name, 80)}» no sirve de nombre del curso (letras sin acento, cifras y "
            "guiones): da otro con --nombre"
        )
    return name


def _plain(name: str) -> str:
    """A folder's name as nbgrader takes it: its spaces are hyphens, its letters have no accents."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^\w-]+", "-", letters, flags=re.ASCII).strip("-_")[:60] or name


def _maximum(told: object) -> str | None:
    if told is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,3}", str(told)):
        raise CursoError(
            f"la nota máxima es un número entero, de 1 a 9999, y llegó «{one_line(str(told), 20)}»"
        )
    return str(told)


def _unit(wanted: str, known: list[str]) -> str:
    found = [unit for unit in known if wanted in (unit, unit.partition("_")[0])]
    if not found:
        raise CursoError(f"no existe la unidad «{one_line(wanted, 40)}»; son: {', '.join(known)}")
    return found[0]
