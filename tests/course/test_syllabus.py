"""La tabla de los apuntes dice la verdad: cada celda que nombra está, y nada es solo afirmado."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "temario.md").read_text(encoding="utf-8")
NOTHING = "—"
FEWEST_LINES = 55


def rows() -> list[list[str]]:
    """The five cells of each line of the tables."""
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")]
    cut = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cut if row[0] != "Línea"]


def references(text: str) -> list[str]:
    return re.findall(r"`((?:u?\d|\db|[a-d]):[\w-]+)`", text)


@cache
def cells() -> dict[str, dict[str, nbformat.NotebookNode]]:
    """From the name of each notebook to its cells, by their ids."""
    found = {}
    for path in [*(ROOT / "course").glob("*.ipynb"), *(ROOT / "source").glob("*/*.ipynb")]:
        unit = path.parent.parent.name == "source"
        name = f"u{path.parent.name[0]}" if unit else path.name.partition("_")[0]
        found[name] = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:40])
def test_what_is_taught_is_seen_and_practised(row):
    line, taught, seen, practised, graded = row
    for column in (taught, seen, practised):
        assert references(column), line
    assert references(graded) or graded == NOTHING
    assert all(name.startswith("u") for name in references(graded))


def test_every_cell_that_is_named_is_there():
    known = cells()
    named = [name.split(":") for row in rows() for name in references(" ".join(row[1:]))]
    assert [f"{book}:{cell}" for book, cell in named if cell not in known.get(book, ())] == []


# What prints or draws: also the lessons' own functions that do.
SHOWS = r"print\(|plots\.|plt\.|Explorador\(|summary\(|(intentar|comparar|revisar)\("


def is_read(cell, _):
    return cell.cell_type == "markdown"


def shows_something(cell, _):
    """It prints, draws, or ends in a value: a cell of asserts alone shows nothing."""
    last = cell.source.splitlines()[-1]
    value = not last.startswith((" ", "#", ")", "assert ")) and " = " not in last
    shown = re.search(
        r"print\(|plots\.|plt\.|Explorador\(|summary\(|(intentar|comparar|buscar|revisar)\(",
        cell.source,
    )
    return cell.cell_type == "code" and bool(shown or value)


def is_done_by_the_reader(cell, book):
    """A question that replies, a challenge, or a function that a unit asks for."""
    asked = "Predice(" in cell.source or cell.id.startswith("reto")
    return cell.cell_type == "code" and (asked or (book[0] == "u" and "SOLUCIÓN" in cell.source))


def is_checked(cell, book):
    return book[0] == "u" and "comprobar(" in cell.source


COLUMNS = {
    "Se enseña": is_read,
    "Se ve": shows_something,
    "Se practica": is_done_by_the_reader,
    "Se califica": is_checked,
}


@pytest.mark.parametrize(
    ("place", "holds"), list(enumerate(COLUMNS.values(), start=1)), ids=COLUMNS
)
def test_each_cell_does_what_its_column_says(place, holds):
    known = cells()
    named = {name for row in rows() for name in references(row[place])}
    split = {name: name.split(":") for name in named}
    assert [
        name for name, (book, cell) in split.items() if not holds(known[book][cell], book)
    ] == []


def test_nothing_in_the_columns_escapes_being_read():
    for row in rows():
        assert len(row) == 5, row
        for column in row[1:]:
            rest = re.sub(r"`[\w:-]+`", "", column).strip()
            assert rest in ("", NOTHING), column
            assert len(references(column)) == column.count("`") // 2, column


def test_the_whole_of_the_notes_is_there():
    assert len(rows()) >= FEWEST_LINES
