"""Abrir un zip ajeno sin creer lo que dice de sí: ni nombres, ni tamaños, ni enlaces."""

from __future__ import annotations

import io
import mmap
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..common.limits import MIB
from ..common.regular_files import TooLarge, Unreadable
from ..course.names import printable

MAX_ENTRIES = 100_000  # Of what Moodle packed.
MAX_INNER_ENTRIES = 1_000  # Of a zip that a student packed.
MAX_FILES, MAX_BYTES = 300, 192 * MIB  # Of one student, all zips opened.
MAX_DEPTH = 2  # Zips within zips.
MAX_NAME, MAX_PARTS = 100, 3
_CENTRAL = b"PK\x01\x02"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError)
_HIDDEN = ("__MACOSX", ".ipynb_checkpoints", "__pycache__", "thumbs.db", "desktop.ini")
CUT = "no es un zip, o está cortado: descárgalo de nuevo"


class Damaged(Unreadable):
    """Its bytes are not those that were packed."""


@dataclass(frozen=True)
class Packed:
    """A file out of a zip: where its owner had it, its bytes, and when it was changed."""

    path: str
    data: bytes
    when: tuple[int, ...] = ()


@dataclass
class Room:
    """What is left for one student, and what had to stay out, in Spanish."""

    files: int = MAX_FILES
    size: int = MAX_BYTES
    notes: list[str] = field(default_factory=list)

    def take(self, size: int) -> None:
        self.files -= 1
        self.size -= size
        if self.files < 0:
            raise TooLarge(f"trae más de {MAX_FILES} archivos")
        if self.size < 0:
            raise TooLarge(f"descomprimido pasa de {MAX_BYTES // MIB} MB")


def open_archive(path: Path) -> zipfile.ZipFile:
    """The zip in a file.

    Raises
    ------
    Unreadable
        If it is none, is cut, or has more in it than a class hands in.
    """
    if not path.is_file():
        raise Unreadable("no es un archivo" if path.exists() else "no existe")
    if path.stat().st_size == 0:
        raise Unreadable("está vacío: descárgalo de nuevo")
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as seen:
        _count(seen, MAX_ENTRIES)
    return _opened(path)


def _opened(source: Path | io.BytesIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except _BROKEN as error:
        raise Unreadable(CUT) from error


def _count(data: bytes | mmap.mmap, most: int) -> None:
    """No more entries than ``most``: each has a mark, whatever the zip says of their number."""
    place, count = data.find(_CENTRAL), 0
    while place >= 0:
        count += 1
        if count > most:
            raise Unreadable(f"tiene más de {most} archivos, y no se abre")
        place = data.find(_CENTRAL, place + 1)


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of one file, however many it says that it has.

    Raises
    ------
    Unreadable
        If they are damaged, locked with a password, or more than ``most``.
    """
    if info.flag_bits & 0x1:
        raise Unreadable("está cifrado con contraseña")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("está comprimido de un modo que no se abre (no es el corriente)")
    try:
        with archive.open(info) as file:
            data = file.read(max(0, most) + 1)
    except _BROKEN as error:
        raise Damaged("está dañado") from error
    if len(data) > most:
        raise TooLarge(f"descomprimido pasa de {MAX_BYTES // MIB} MB")
    return data


def files_of(packed: Packed, room: Room, depth: int = 0) -> Iterator[Packed]:
    """A student's file, or those in it where it is a zip; what stays out is noted in ``room``."""
    path = safe_path(packed.path)
    if path is None:
        if not is_litter(packed.path):
            room.notes.append(f"«{printable(packed.path)}» sale de su carpeta, y no se coloca")
        return
    if not path.lower().endswith(".zip"):
        room.take(len(packed.data))
        yield Packed(path, packed.data, packed.when)
        return
    if depth == MAX_DEPTH:
        room.notes.append(f"«{printable(path)}» va dentro de demasiados zips, y no se abre")
        return
    try:
        _count(packed.data, MAX_INNER_ENTRIES)
        inner = _opened(io.BytesIO(packed.data))
    except Unreadable as error:
        room.notes.append(f"«{printable(path)}» {error.args[0]}")
        return
    folder = path.rpartition("/")[0]
    with inner:
        for info in inner.infolist():
            if info.is_dir():
                continue
            name = true_name(info)
            if stat.S_ISLNK(info.external_attr >> 16):
                room.notes.append(f"«{printable(name)}» es un enlace, y no se sigue")
                continue
            try:
                data = read_entry(inner, info, room.size)
            except TooLarge:
                raise
            except Unreadable as error:
                room.notes.append(f"«{printable(name)}» {error.args[0]}")
                continue
            if safe_path(name) is None:  # Before it is joined to a folder that hides where it goes.
                yield from files_of(Packed(name, data), room, MAX_DEPTH)
                continue
            where = f"{folder}/{name}" if folder else name
            yield from files_of(Packed(where, data, info.date_time), room, depth + 1)


def true_name(info: zipfile.ZipInfo) -> str:
    """Its name: many programs write UTF-8 and do not say so, and Python then reads it as CP437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def is_litter(path: str) -> bool:
    """What systems leave behind by themselves, and nobody handed in."""
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    return any(part.lower() in map(str.lower, _HIDDEN) for part in parts) or (
        bool(parts) and ".." not in parts and parts[-1].startswith((".", "~$"))
    )


def safe_path(path: str) -> str | None:
    """A path inside its owner's folder, with names that any disk takes; None where it has none."""
    text = path.replace("\\", "/")
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if not parts or text.startswith("/") or re.match(r"[A-Za-z]:", text) or ".." in parts:
        return None
    if is_litter(path):
        return None
    return "/".join(_safe_part(part) for part in parts[-MAX_PARTS:])


def _safe_part(part: str) -> str:
    name = unicodedata.normalize("NFC", part.encode("utf-8", "replace").decode())
    name = "".join(char if char.isprintable() and char not in '<>:"|?*' else "-" for char in name)
    name = name.lstrip(".").strip() or "archivo"
    while len(name.encode()) > MAX_NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[:-1]}.{ending}" if dot and stem and len(ending) < 12 else name[:-1]
    return name
