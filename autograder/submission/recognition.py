"""Qué celda del curso es cada una de un cuaderno, también donde perdieron nombres y metadatos."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from nbformat import NotebookNode

from ..common.check_ids import plain
from .graded_cells import check_id_of
from .kept_text import tidy
from .published import PublishedCell

_DEFINITION = re.compile(r"^(?:async )?def (\w+)", re.MULTILINE)


def identities(
    cells: Sequence[NotebookNode], published: Sequence[PublishedCell]
) -> list[str | None]:
    """The name of the published cell that each one is, or None; a name may come twice.

    By nbgrader's metadata, or by the cell's id; those that no cell claims so, by their text, by
    the check that they ask, or by the function that they define (Kaggle, Deepnote and others write
    neither names nor metadata).
    """
    known = {cell.grade_id for cell in published}
    found = [_named(cell, known) for cell in cells]
    _match(cells, found, published, _text)
    _match(cells, found, [one for one in published if one.grade and one.locked], _check)
    for one in published:
        if one.solution and one.grade_id not in found:
            wanted = _functions(one)
            places = [
                place
                for place, cell in enumerate(cells)
                if found[place] is None and wanted & _functions(cell)
            ]
            if places:
                found[places[-1]] = one.grade_id
    return found


def _named(cell: NotebookNode, known: set[str]) -> str | None:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", cell.get("id"))
    return grade_id if grade_id in known else None


def _match(
    cells: Sequence[NotebookNode],
    found: list[str | None],
    published: Iterable[PublishedCell],
    of: Callable[[NotebookNode | PublishedCell], Hashable],
) -> None:
    """Name in ``found`` the cells that have something in common with one that none claims.

    Of several that do, the last one, as of a cell that is there twice; where several published
    ones are alike, each has its own, in their order.
    """
    claimed = set(found)
    wanted = defaultdict(list)
    for cell in published:
        if cell.grade_id not in claimed and (key := of(cell)):
            wanted[key].append(cell.grade_id)
    if not wanted:
        return
    places = defaultdict(list)
    for place, handed in enumerate(cells):
        if found[place] is None and (key := of(handed)) in wanted:
            places[key].append(place)
    for key, names in wanted.items():
        for name, place in zip(names, places[key][-len(names) :], strict=False):
            found[place] = name


def _text(cell: NotebookNode | PublishedCell) -> str:
    return tidy(cell.source)


def _check(cell: NotebookNode | PublishedCell) -> str | None:
    asked = check_id_of(cell.source) if cell.cell_type == "code" else None
    return asked and plain(asked)


def _functions(cell: NotebookNode | PublishedCell) -> set[str]:
    """The names of the functions that it defines."""
    return set(_DEFINITION.findall(cell.source)) if cell.cell_type == "code" else set()
