"""Devolver a un cuaderno sus celdas calificadas, tal como se publicaron, sin perder lo escrito."""

from __future__ import annotations

from collections.abc import Sequence

from nbformat import NotebookNode

from .kept_text import kept_code, kept_markdown
from .new_nodes import code_cell, markdown_cell
from .published import PublishedCell, published_cells
from .recognition import identities
from .written_answers import gather, is_read_by_a_person

KEPT = (
    "**Aviso del corrector.** Esto estaba escrito en la celda «{}» del curso, que se repone {} tal"
    " como se publicó. Aquí queda, en una celda corriente."
)
ABOVE, BELOW = "debajo", "arriba"


def recognised(notebook: NotebookNode, published: Sequence[PublishedCell]) -> int:
    """How many cells of the unit are in ``notebook``, whatever its file is called."""
    return len(set(identities(notebook.cells, published)) - {None})


def restore(notebook: NotebookNode, published: Sequence[PublishedCell]) -> list[str]:
    """Put back, in place, what the student may not change; notes in Spanish on what was found.

    Of a cell that is there twice, the last one counts. A graded cell that is missing is added at
    the end, where every definition has run. What the student wrote in a cell that is put back
    stays beside it, in a cell that earns nothing; an answer that a person reads keeps all that may
    be its text.
    """
    known = {cell.grade_id: cell for cell in published}
    named = identities(notebook.cells, published)
    notes = _only_last(named, {one.grade_id for one in published if is_read_by_a_person(one)})
    notes += _put_back(notebook, named, known)
    notes += gather(notebook, named, published)
    for place, (cell, name) in enumerate(zip(notebook.cells, named, strict=True)):
        if name is None:
            cell.metadata.pop("nbgrader", None)
        elif not known[name].locked:
            notebook.cells[place] = _restored(cell, known[name])
    missing = [c for c in published if c.grade_id not in named and (c.grade or c.task)]
    for cell in missing:
        notebook.cells.append(_restored(markdown_cell(cell.source, cell.grade_id), cell))
    if missing:
        names = ", ".join(cell.grade_id for cell in missing)
        notes.append(f"faltaban celdas calificadas, y se repusieron al final: {names}")
    _name_apart(notebook)
    return notes


def _only_last(named: list[str | None], answers: set[str]) -> list[str]:
    """Take its name from each cell that comes again further down; answers keep theirs."""
    notes = []
    seen: set[str] = set()
    for place in reversed(range(len(named))):
        name = named[place]
        if name is None or name in answers:
            continue
        if name in seen:
            notes.append(f"la celda «{name}» está repetida: cuenta la última")
            named[place] = None
        seen.add(name)
    return notes


def _put_back(
    notebook: NotebookNode, named: list[str | None], known: dict[str, PublishedCell]
) -> list[str]:
    """The course's cells as published, with what was written in them beside them.

    Code goes before, where it ran; text after, as an answer to what the course's cell says.
    """
    kept = []
    for place in reversed(range(len(notebook.cells))):
        name = named[place]
        if name is None or not known[name].locked:
            continue
        cell, restored = notebook.cells[place], _restored(notebook.cells[place], known[name])
        written = _written_in(cell, known[name])
        code = cell.cell_type == "code"
        notebook.cells[place : place + 1] = [*written, restored] if code else [restored, *written]
        empty: list[str | None] = [None] * len(written)
        named[place : place + 1] = [*empty, name] if code else [name, *empty]
        kept += [name] if written else []
    if not kept:
        return []
    names = ", ".join(reversed(kept))
    return [f"lo escrito en celdas del curso, que se reponen, se conserva aparte: {names}"]


def _written_in(cell: NotebookNode, published: PublishedCell) -> list[NotebookNode]:
    """What the student wrote in a cell that is not theirs, after a line that says so."""
    cell_id = f"{published.grade_id[:50]}-escrito"
    if cell.cell_type == "code":
        kept = code_cell(kept_code(cell.source, published.source), cell_id)
    else:
        kept = markdown_cell(kept_markdown(cell.source, published.source), cell_id)
        if "attachments" in cell:
            kept.attachments = cell.attachments
    if not kept.source:
        return []
    where = ABOVE if cell.cell_type == "code" else BELOW
    what = KEPT.format(published.grade_id, where)
    return [markdown_cell(what, f"{published.grade_id[:50]}-aviso"), kept]


def _restored(cell: NotebookNode, published: PublishedCell) -> NotebookNode:
    source = published.source if published.locked else cell.source
    cell_id = cell.get("id", published.grade_id)
    if published.cell_type == "code":
        restored = code_cell(source, cell_id)
    else:
        restored = markdown_cell(source, cell_id)
        if "attachments" in cell and not published.locked:
            restored.attachments = cell.attachments
    restored.metadata["nbgrader"] = published.metadata
    return restored


def _name_apart(notebook: NotebookNode) -> None:
    """Make each cell's id its own: a restored one keeps that of its name."""
    ids: set[str] = set()
    for number, cell in enumerate(notebook.cells, 1):
        if cell.id in ids:
            cell.id = f"celda-{number}-bis"
        ids.add(cell.id)


__all__ = ["PublishedCell", "published_cells", "recognised", "restore"]
