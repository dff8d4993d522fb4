"""Las respuestas que lee una persona: todo el texto que puede ser de cada una llega a ella."""

from __future__ import annotations

from collections.abc import Sequence

from nbformat import NotebookNode

from .kept_text import tidy
from .new_nodes import code_cell, markdown_cell
from .published import PublishedCell

MOST = 20_000  # Characters of text without a place that are set beside an answer.
UNPLACED = (
    "**Aviso del corrector.** La celda de esta respuesta no estaba en el cuaderno. Debajo está el"
    " texto que no se pudo colocar en ninguna otra, por si es ella."
)
NOTHING = (
    "**Aviso del corrector.** La celda de esta respuesta no estaba en el cuaderno, ni ningún texto"
    " que pueda ser ella."
)


def is_read_by_a_person(cell: PublishedCell) -> bool:
    """Whether it is an answer whose points a person gives."""
    return cell.grade and cell.solution


def gather(
    notebook: NotebookNode, named: list[str | None], published: Sequence[PublishedCell]
) -> list[str]:
    """See that no written answer is taken for empty while its text stands elsewhere.

    Text of a student's own beside the place of an answer that is missing, or untouched, is its
    text; where there is none, all the text without a place waits for the reader with it. Both
    ``notebook.cells`` and ``named``, their published names, are changed; notes in Spanish say so.
    """
    notes: list[str] = []
    for place, answer in enumerate(published):
        if not is_read_by_a_person(answer):
            continue
        if _join_copies(notebook, named, answer):
            notes.append(f"la celda «{answer.grade_id}» está repetida: se lee lo de todas")
        found = named.index(answer.grade_id) if answer.grade_id in named else None
        if found is not None and not _is_empty(notebook.cells[found], answer):
            continue
        beside = _beside(notebook, named, published, place, answer)
        if beside:
            cell = _joined([notebook.cells[n] for n in beside], answer)
            at = found if found is not None else beside[-1]
            notebook.cells[at], named[at] = cell, answer.grade_id
            _remove(notebook, named, [n for n in beside if n != at])
            notes.append(f"el texto escrito junto a «{answer.grade_id}» se lee como su respuesta")
        elif found is None:
            texts = [
                cell
                for cell, name in zip(notebook.cells, named, strict=True)
                if name is None and cell.cell_type == "markdown" and _says_something(cell)
            ]
            notebook.cells.append(_waiting(texts, answer))
            named.append(answer.grade_id)
            notes.append(
                f"faltaba la celda de la respuesta «{answer.grade_id}»: espera a quien la lea, con"
                " el texto que no se pudo colocar"
            )
    return notes


def _says_something(cell: NotebookNode) -> bool:
    return bool(cell.source.strip() or cell.get("attachments"))


def _is_empty(cell: NotebookNode, answer: PublishedCell) -> bool:
    """Whether nothing was written in it: then nbgrader gives it 0, and nobody reads it."""
    return tidy(cell.source) in ("", tidy(answer.source)) and not cell.get("attachments")


def _join_copies(notebook: NotebookNode, named: list[str | None], answer: PublishedCell) -> bool:
    """Of a cell that was split or copied all that was written counts, not the last part alone."""
    copies = [n for n, name in enumerate(named) if name == answer.grade_id]
    if len(copies) < 2:
        return False
    written = [n for n in copies if not _is_empty(notebook.cells[n], answer)] or copies[-1:]
    notebook.cells[copies[-1]] = _joined([notebook.cells[n] for n in written], answer)
    _remove(notebook, named, copies[:-1])
    return True


def _beside(
    notebook: NotebookNode,
    named: list[str | None],
    published: Sequence[PublishedCell],
    place: int,
    answer: PublishedCell,
) -> list[int]:
    """Where the student's own text stands between the course's cells around the answer."""
    own = [name if name != answer.grade_id else None for name in named]
    before = published[place - 1].grade_id if place else None
    after = published[place + 1].grade_id if place + 1 < len(published) else None
    runs: list[range] = []
    if before is not None and before in own:
        runs.append(range(len(own) - own[::-1].index(before), len(own)))
    elif after is not None and after in own:
        runs.append(range(own.index(after) - 1, -1, -1))
    if after is not None and after in own:
        # Whoever adds a cell at the end of the notebook does it where it ends.
        runs.append(range(len(own) - own[::-1].index(after), len(own)))
    if not any(map(is_read_by_a_person, published[place + 1 :])):
        # The course may say more behind the answer; the end is the end.
        named_ones = [position for position, name in enumerate(own) if name is not None]
        runs.append(range(named_ones[-1] + 1 if named_ones else 0, len(own)))
    for run in runs:
        if found := _own_text(notebook, named, own, run, answer):
            return found
    return []


def _own_text(
    notebook: NotebookNode,
    named: list[str | None],
    own: list[str | None],
    run: range,
    answer: PublishedCell,
) -> list[int]:
    """The student's cells of text in ``run``, as far as the next of the course's."""
    found = []
    for position in run:
        if own[position] is not None:
            break
        cell = notebook.cells[position]
        if named[position] is None and cell.cell_type == answer.cell_type == "markdown":
            found += [position] if _says_something(cell) else []
    return sorted(found)


def _joined(cells: Sequence[NotebookNode], answer: PublishedCell) -> NotebookNode:
    """One cell with the text of several, and their pictures."""
    texts: list[str] = []
    pictures: dict[str, dict[str, str]] = {}
    for cell in cells:
        text = cell.source
        for name, bundle in cell.get("attachments", {}).items():
            other = name
            while pictures.get(other, bundle) != bundle:
                other = f"otra-{other}"
            if other != name:
                text = text.replace(f"attachment:{name}", f"attachment:{other}")
            pictures[other] = bundle
        texts.append(text)
    source = "\n\n".join(texts)
    if answer.cell_type == "code":
        return code_cell(source, cells[-1].id)
    joined = markdown_cell(source, cells[-1].id)
    if pictures:
        joined.attachments = pictures
    return joined


def _waiting(texts: Sequence[NotebookNode], answer: PublishedCell) -> NotebookNode:
    """A cell that differs from the published one, so that a person must read it."""
    if answer.cell_type == "code":
        return code_cell(f"# {NOTHING.replace('**', '')}", answer.grade_id)
    if not texts:
        return markdown_cell(NOTHING, answer.grade_id)
    cell = _joined([markdown_cell(UNPLACED, answer.grade_id), *texts], answer)
    cell.id = answer.grade_id
    cell.source = cell.source[:MOST]
    return cell


def _remove(notebook: NotebookNode, named: list[str | None], places: Sequence[int]) -> None:
    for place in sorted(places, reverse=True):
        del notebook.cells[place], named[place]
