"""Tablas para hojas de cálculo en español: punto y coma, coma decimal, y ninguna fórmula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from ..common.numbers_es import number

ENCODING = "utf-8-sig"  # The signature tells Excel that the file is UTF-8.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Where the comma is what parts cells, as in Mexico, a cell begins after each: a sum of numbers
# there is a list of a student's, and what calls something is a formula.
_INSIDE = re.compile(r"(?:(?<=[,;\n])|(?<=.\t))(\s*)(?=[=@]|[+-][^,;\t\n]*[|(!=])")


def table(header: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    """The text of a CSV file; numbers are written in Spanish, and no text is run as a formula."""
    file = io.StringIO()
    sheet = Sheet(file, header)
    for row in rows:
        sheet.add(row)
    return file.getvalue()


class Sheet:
    """Such a table, written row after row where ``file`` is."""

    def __init__(self, file: TextIO, header: Sequence[str]) -> None:
        self._writer = csv.writer(file, delimiter=";")
        self._writer.writerow(header)

    def add(self, row: Iterable[str | float]) -> None:
        self._writer.writerow([_harmless(x) if isinstance(x, str) else number(x) for x in row])


def _harmless(text: str) -> str:
    """A spreadsheet runs what begins like a formula; an apostrophe makes it text."""
    first = "'" if text.startswith(_FORMULA) else ""
    return first + _INSIDE.sub(r"\1'", text)
