"""Una hoja CSV ajena: se lee la escriba quien la escriba, y vuelve igual salvo lo rellenado."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..common.errors import CursoError
from ..common.regular_files import Unreadable, read_regular, reason_of

MAX_BYTES = 20 << 20
MAX_CELLS = 2_000_000
DELIMITERS = (",", ";", "\t")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NotASheet(Exception):
    """``args[0]`` says in Spanish what is wrong with it."""


@dataclass(frozen=True)
class Cell:
    """A value, and where its characters stand in the sheet's text, quotes included."""

    value: str
    start: int
    end: int
    quoted: bool


class Sheet:
    """The rows of a CSV file, and what is to be written in some of its cells."""

    def __init__(
        self, text: str, delimiter: str, encoding: str = "utf-8", bom: bytes = b""
    ) -> None:
        self.delimiter = delimiter
        self.rows = [row for row in _rows(text, delimiter) if len(row) > 1 or row[0].value.strip()]
        self._text, self._encoding, self._bom = text, encoding, bom
        self._changed: dict[tuple[int, int], str] = {}

    @property
    def header(self) -> list[str]:
        return [cell.value for cell in self.rows[0]] if self.rows else []

    def value(self, row: int, column: int) -> str:
        return self.rows[row][column].value

    def put(self, row: int, column: int, value: str) -> None:
        """Write in one cell; what it held already is left as it came, character by character."""
        if value != self.value(row, column):
            self._changed[row, column] = value

    def to_bytes(self) -> bytes:
        """The file: every byte as it came, but for the cells that were written."""
        parts, place = [], 0
        for row, column in sorted(self._changed):
            cell = self.rows[row][column]
            parts += [self._text[place : cell.start], self._written(row, column)]
            place = cell.end
        text = "".join(parts) + self._text[place:]
        # What an old code page cannot write becomes what it has nearest.
        return self._bom + text.encode(self._encoding, "replace")

    def _written(self, row: int, column: int) -> str:
        value = self._changed[row, column]
        special = any(mark in value for mark in (self.delimiter, '"', "\n", "\r"))
        if special or self.rows[row][column].quoted:
            return '"' + value.replace('"', '""') + '"'
        return value


def read_sheet(path: Path, known: Callable[[Sequence[str]], bool]) -> Sheet:
    """The sheet in a file, whatever separates its columns.

    Parameters
    ----------
    path : Path
    known : callable
        Whether a row of headers is the one of such a sheet.

    Raises
    ------
    CursoError
        If it is no CSV, is cut, or its headers are others.
    """
    try:
        return _read(read_regular(path, MAX_BYTES), known)
    except (OSError, Unreadable) as error:
        raise CursoError(f"«{path}» {reason_of(error)}") from error
    except NotASheet as error:
        raise CursoError(f"«{path}» {error.args[0]}") from error


def _read(data: bytes, known: Callable[[Sequence[str]], bool]) -> Sheet:
    text, encoding, bom = _decoded(data)
    if text.lstrip()[:1] == "<":
        raise NotASheet("es una página web (HTML), no una hoja CSV: descárgala de nuevo")
    found: Sheet | None = None
    problem = "está vacía"
    for delimiter in DELIMITERS:
        try:
            sheet = Sheet(text, delimiter, encoding, bom)
        except NotASheet as error:
            problem = error.args[0]
            continue
        if sheet.rows and known(sheet.header):
            found = sheet
            break
        if sheet.rows:
            problem = ""
    if found is None:
        raise NotASheet(problem or f"no tiene las columnas que se esperan ({_shown(text)})")
    width = len(found.rows[0])
    for number, row in enumerate(found.rows, 1):
        if len(row) != width:
            raise NotASheet(
                f"está cortada o dañada: su fila {number} tiene {len(row)} columnas, y la primera "
                f"{width}; descárgala de nuevo"
            )
    return found


def _decoded(data: bytes) -> tuple[str, str, bytes]:
    if data[:4] == b"PK\x03\x04":
        raise NotASheet("es un libro de Excel o un zip, no una hoja CSV: guárdala como CSV")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode(data[len(bom) :], encoding), encoding, bom
    if b"\0" in data:
        raise NotASheet("no es una hoja CSV: descárgala de nuevo")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding, b""
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1", b""


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise NotASheet("no es texto: está cortada o dañada; descárgala de nuevo") from None


def _shown(text: str) -> str:
    first = text.splitlines()[0] if text.strip() else ""
    shown = "".join(char if char.isprintable() else " " for char in first[:80])
    return f"empieza por «{shown.strip()}»"


def _rows(text: str, delimiter: str) -> list[list[Cell]]:
    """As RFC 4180 has it; a quote inside a cell that does not begin with one is a character."""
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    place, size, count = 0, len(text), 0
    while place < size or row:
        cell, place = _cell(text, place, delimiter)
        row.append(cell)
        count += 1
        if count > MAX_CELLS:
            raise NotASheet(f"tiene más de {MAX_CELLS} celdas")
        if place < size and text[place] == delimiter:
            place += 1
            continue
        rows.append(row)
        row = []
        place += 2 if text[place : place + 2] == "\r\n" else 1
    return rows


def _cell(text: str, start: int, delimiter: str) -> tuple[Cell, int]:
    if text[start : start + 1] == '"':
        end = start + 1
        while True:
            end = text.find('"', end)
            if end < 0:
                raise NotASheet("está cortada: se abren unas comillas que no se cierran")
            if text[end + 1 : end + 2] != '"':
                break
            end += 2
        end += 1
        if end == len(text) or text[end] in (delimiter, "\r", "\n"):
            value = text[start + 1 : end - 1].replace('""', '"')
            return Cell(value, start, end, True), end
    end = start
    while end < len(text) and text[end] not in (delimiter, "\r", "\n"):
        end += 1
    return Cell(text[start:end], start, end, False), end
