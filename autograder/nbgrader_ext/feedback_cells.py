"""Las celdas de un cuaderno calificado, como las enseña la página de comentarios."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from ..common.check_ids import plain
from ..distribution.first_cell import CELL_ID
from ..gradebook.own_tests import without_hidden
from ..judging.telling.style import STYLE
from ..submission import acceptance_cell
from ..submission.graded_cells import FAILED, check_id_of, is_checked
from .feedback_marks import CellMark, Marked
from .safe_pages import Page

_STYLE = f"<style>{STYLE}</style>"
_DRAWN = '<div class="curso-veredicto'
CHECK, ANSWER, CODE, ACCEPTANCE = "Comprobación", "Tu respuesta", "Tu código", "Tus redes"
TESTS = "Pruebas de tu docente, sin juez"
# Of Pygments' classes, those that the page gives a colour: names and signs are three of each four.
_STYLED = frozenset(
    {"k", "kn", "kc", "kd", "ow", "s1", "s2", "sa", "sd", "si", "se", "c1", "cm", "mi", "mf", "nb"}
)
_COLOURED = re.compile(r'<span class="([a-z0-9]+)">([^<]*)</span>')
_LINK = re.compile(r'<a href="(?!https?://|mailto:)[^"]*"')


@dataclass(frozen=True)
class Shown:
    """One cell: its HTML, which is clean, and what stands over and under it.

    ``name`` is that of an exercise in the table; ``comment`` is what a person said of it.
    """

    anchor: str
    title: str
    name: str
    body: Markup
    outputs: tuple[Markup, ...] = ()
    mark: CellMark | None = None
    comment: Markup | None = None
    ours: bool = False


def shown_cells(notebook: NotebookNode, marked: Marked, accepted: bool) -> list[Shown]:
    """All that its student sees.

    ``accepted`` says that the first cell is the homework's acceptance, which grading put there.
    """
    page = Page()
    cells = [cell for cell in notebook.cells if cell.get("id") != CELL_ID]
    return [
        _shown(page, cell, place, marked, accepted and not place)
        for place, cell in enumerate(cells)
    ]


def _shown(page: Page, cell: NotebookNode, place: int, marked: Marked, first: bool) -> Shown:
    told = cell.metadata.get("nbgrader", {})
    grade_id = str(told.get("grade_id", ""))
    solution = bool(told.get("solution")) or bool(told.get("task"))
    checked = is_checked(cell)
    mark = marked.cells.get(grade_id) if told.get("grade") or told.get("task") else None
    title = ""
    ours = first and str(cell.get("id", "")).startswith(acceptance_cell.NAME)
    if ours:
        title = ACCEPTANCE
    elif checked:
        title = CHECK if check_id_of(cell.source) else TESTS
    elif solution:
        title = CODE if cell.cell_type == "code" else ANSWER
    comment = marked.comments.get(grade_id) if solution else None
    return Shown(
        anchor=grade_id or f"celda-{place}",
        title=title,
        name=_name(cell, checked, grade_id),
        body=Markup(_body(page, cell)),
        outputs=tuple(map(Markup, _outputs(page, cell, checked))),
        mark=mark,
        comment=Markup(page.markdown(comment, {})) if comment else None,
        ours=ours,
    )


def _name(cell: NotebookNode, checked: bool, grade_id: str) -> str:
    """What its student calls it."""
    check = check_id_of(cell.source) if checked else None
    if check:
        return plain(check).partition(".")[2]
    if cell.cell_type == "markdown":
        return "Respuesta escrita"
    return grade_id.removesuffix("-solucion").removesuffix("-pruebas").replace("-", "_")


def _body(page: Page, cell: NotebookNode) -> str:
    if cell.cell_type == "markdown":
        # Lessons are not where the page is read.
        return _LINK.sub("<a", page.markdown(cell.source, cell.get("attachments", {})))
    if not cell.source.strip():
        return ""
    if cell.cell_type == "code":
        return _COLOURED.sub(_only_if_styled, page.code(without_hidden(cell.source)))
    return f"<pre>{page.written(cell.source)}</pre>"


def _only_if_styled(match: re.Match[str]) -> str:
    return match[0] if match[1] in _STYLED else match[2]


def _outputs(page: Page, cell: NotebookNode, checked: bool) -> Iterator[str]:
    for output in cell.get("outputs", ()):
        kind = output.output_type
        if kind == "stream":
            yield f"<pre>{page.written(output.text)}</pre>"
        elif kind == "error":
            # The report says it already, and better.
            if not (checked and output.ename == FAILED):
                yield f'<pre class="detenida">{page.written(_traceback(output))}</pre>'
        elif not (checked and kind == "execute_result"):  # There it is nbgrader's points.
            yield from _data(page, output.get("data", {}), checked)


def _data(page: Page, data: Mapping[str, Any], checked: bool) -> Iterator[str]:
    drawn = data.get("text/html", "")
    if checked and isinstance(drawn, str) and drawn.startswith(_DRAWN):
        # The judge's; no other output of a graded copy is HTML. Its style is the page's.
        yield drawn.replace(_STYLE, "", 1)
        return
    for mime in ("image/png", "image/jpeg"):
        if address := page.picture(mime, data.get(mime)):
            yield f'<img alt="Lo que dibujó la celda" src="{address}">'
            return
    if text := data.get("text/plain"):
        yield f"<pre>{page.written(str(text))}</pre>"


def _traceback(output: NotebookNode) -> str:
    lines = output.get("traceback") or [f"{output.ename}: {output.evalue}"]
    return "\n".join(map(str, lines))
