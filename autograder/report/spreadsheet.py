"""Tablas para hojas de cálculo en español: punto y coma, coma decimal, y ninguna fórmula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ..common.numbers_es import number

ENCODING = "utf-8-sig"  # The signature tells Excel that the file is UTF-8.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(header: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    """The text of a CSV file; numbers are written in Spanish, and no text is run as a formula."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_harmless(x) if isinstance(x, str) else number(x) for x in row])
    return file.getvalue()


def _harmless(text: str) -> str:
    """A spreadsheet runs what begins like a formula; an apostrophe makes it text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
