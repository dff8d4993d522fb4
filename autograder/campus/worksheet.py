"""La hoja de calificaciones de Moodle: quién es cada número, cuándo entregó y qué nota tiene."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..common.errors import CursoError
from ..common.one_line import one_line
from .dates import written_moment
from .headers import columns, plain
from .sheet import Sheet, read_sheet

HOW = (
    "es la de Moodle: en la tarea, Ver entregas, y en el menú de acciones, "
    "«Descargar hoja de calificaciones»"
)
_LAST_NUMBER = re.compile(r"\D*(\d{1,18})\s*")
_NO = ("no", "non", "nao", "ez")


@dataclass(frozen=True)
class Person:
    """One row of the sheet: who it is, as Moodle knows them."""

    row: int
    number: int
    name: str = ""
    email: str = ""
    username: str = ""
    idnumber: str = ""
    group: str = ""
    submitted: datetime | None = None
    graded: datetime | None = None
    grade: str = ""
    locked: bool = False

    @property
    def shown(self) -> str:
        """The name for a person to read; without it, the number."""
        return self.name or f"Participante {self.number}"


class Worksheet:
    """Moodle's worksheet of one activity, in a file of the teacher's."""

    def __init__(self, sheet: Sheet, path: Path) -> None:
        self.sheet, self.path = sheet, path
        self.columns = columns(sheet.header)
        self.people = [self._person(row) for row in range(1, len(sheet.rows))]
        twice = [n for n, times in Counter(p.number for p in self.people).items() if times > 1]
        if twice:
            raise CursoError(
                f"«{path}» trae dos veces el número {twice[0]}: no es la hoja de una sola tarea"
            )
        self.by_number = {person.number: person for person in self.people}

    @property
    def maximum(self) -> Decimal | None:
        """The activity's, by its column; None where there is none (it is marked with words)."""
        for row in range(1, len(self.sheet.rows)):
            if (found := decimal_of(self._text(row, "maximum"))) is not None and found > 0:
                return found
        return None

    @property
    def comma(self) -> bool:
        """Whether its numbers have a decimal comma, as they came; else as its language has it."""
        for meaning in ("maximum", "grade"):
            for row in range(1, len(self.sheet.rows)):
                text = self._text(row, meaning)
                if re.fullmatch(r"\d+,\d+", text):
                    return True
                if re.fullmatch(r"\d+\.\d+", text):
                    return False
        return plain(self.sheet.header[self.columns["grade"]]) != "grade"

    @property
    def in_teams(self) -> bool:
        return "group" in self.columns

    def _text(self, row: int, meaning: str) -> str:
        column = self.columns.get(meaning)
        return "" if column is None else self.sheet.value(row, column).strip()

    def _person(self, row: int) -> Person:
        written = self._text(row, "number")
        found = _LAST_NUMBER.fullmatch(written)
        if not found:
            raise CursoError(f"«{self.path}», fila {row + 1}: «{written[:40]}» no lleva un número")
        name = self._text(row, "name")
        if not name and ("first" in self.columns or "last" in self.columns):
            name = f"{self._text(row, 'first')} {self._text(row, 'last')}".strip()
        return Person(
            row=row,
            number=int(found[1]),
            name=without_tags(name),
            email=self._text(row, "email"),
            username=self._text(row, "username"),
            idnumber=self._text(row, "idnumber"),
            group=self._text(row, "group"),
            submitted=self._moment(row, "submitted"),
            graded=self._moment(row, "graded"),
            grade=self._text(row, "grade"),
            locked=plain(self._text(row, "changeable")) in _NO,
        )

    def _moment(self, row: int, meaning: str) -> datetime | None:
        text = self._text(row, meaning)
        if text in ("", "-"):
            return None
        at = written_moment(text)
        if at is None:
            raise CursoError(
                f"«{self.path}», fila {row + 1}: no se entiende la fecha «{text[:60]}»; "
                "descarga la hoja con Moodle en español o en inglés"
            )
        return at


def read_worksheet(path: Path) -> Worksheet:
    """The worksheet in a file.

    Raises
    ------
    CursoError
        If it is no worksheet of Moodle's.
    """
    try:
        sheet = read_sheet(path, _is_worksheet)
    except CursoError as error:
        raise CursoError(f"{error.args[0]}; la hoja {HOW}") from error
    found = Worksheet(sheet, path)
    if not found.people:
        raise CursoError(f"«{path}» no tiene a nadie: la hoja {HOW}")
    return found


def _is_worksheet(header: Sequence[str]) -> bool:
    return {"number", "grade", "graded"} <= set(columns(header))


def without_tags(text: str) -> str:
    """A name without the marks that Moodle puts on who is suspended, nor what nobody can see."""
    return one_line(re.sub(r"<[^<>]{0,400}>", " ", text))


def decimal_of(text: str) -> Decimal | None:
    """``20,00`` and ``20.00`` alike; None where it is no number."""
    if not re.fullmatch(r"-?\d{1,9}(?:[.,]\d{1,9})?", text.strip()):
        return None
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
