"""El informe de una comprobación como HTML: sin guiones, sin nada de fuera, y en cualquier tema.

Its text takes the page's own colour and stands on half-transparent grounds, so that it reads on
white and on black; where a page takes its style away, plain tables are left.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from ...common.one_line import one_line
from ..diagnosis.result import Counterexample, Diagnosis, Table
from ..verdict import AspectResult, Verdict
from . import plain, touched
from .matrices import Cell, Matrix, matrices
from .sections import Section
from .style import STYLE

MOST_TEXT = 600  # characters of one line
MOST = 18_000  # bytes of a report: what the wire carries as one text
# What MathJax, of JupyterLab and of nbgrader's pages, would read as TeX in a student's words.
_NOT_TEX = str.maketrans({"$": "\N{FULLWIDTH DOLLAR SIGN}", "\\": "\N{SET MINUS}"})
_KEPT_AWAY = "tex2jax_ignore mathjax_ignore"


def page(verdict: Verdict, links: bool = True) -> str | None:
    """A failed check's report; None where there is nothing that its text does not say as well.

    Parameters
    ----------
    verdict : Verdict
    links : bool
        Whether lessons are linked from where a unit's notebook stands. Where they are not, a
        teacher reads too: the mistake's id and the seed are there without unfolding anything.
    """
    if verdict.passed or (verdict.rejected and not verdict.hint):
        return None
    whole = _joined(verdict, links, verdict.diagnosis)
    if len(whole.encode()) > MOST and verdict.diagnosis:
        whole = _joined(verdict, links, None)
    return whole if len(whole.encode()) <= MOST else None


def example_html(example: Counterexample, got: str = plain.GOT) -> str:
    """The call that fails, its numbers as little matrices, and where they part.

    ``got`` is how the answer that came is called.
    """
    kinds = [*[""] * len(example.inputs), " cv-right", " cv-wrong"]
    tables = plain.told_tables(example, got)
    groups = "".join(_group(table, kind) for table, kind in zip(tables, kinds, strict=True))
    parting = f'<p class="cv-parting">{said(example.parting)}</p>' if example.parting else ""
    return (
        '<div class="cv-example"><p>El ejemplo más pequeño que falla: '
        f'<code>{said(example.call)}</code></p><div class="cv-tables">{groups}</div>{parting}</div>'
    )


def said(text: str) -> str:
    """Any text as HTML that only shows, neither marks nor formulas."""
    return html.escape(one_line(text, MOST_TEXT)).translate(_NOT_TEX)


def _joined(verdict: Verdict, links: bool, diagnosis: Diagnosis | None) -> str:
    trace = f'<p class="cv-trace">{said(verdict.trace)}</p>' if verdict.trace else ""
    folded = _details(verdict, diagnosis, trace if links else "")
    parts = [*_head(verdict), *_told(verdict, links, diagnosis), *folded]
    if not links:
        parts.append(trace)
    return f'<div class="curso-veredicto {_KEPT_AWAY}"><style>{STYLE}</style>{"".join(parts)}</div>'


def _head(verdict: Verdict) -> Iterator[str]:
    share = f"{100 * verdict.score:.0f}\N{NO-BREAK SPACE}% de los puntos"
    yield (
        f'<p class="cv-title"><strong>✘ {said(verdict.check_id)}</strong> '
        f'<span class="cv-share">{share}</span></p>'
    )
    if verdict.rejected:
        yield f'<p class="cv-said">{said(verdict.rejected)}</p>'
    if verdict.aspects:
        yield f'<ul class="cv-aspects">{"".join(map(_aspect, verdict.aspects))}</ul>'


def _aspect(aspect: AspectResult) -> str:
    kind, mark = ("good", "✔") if aspect.passed else ("bad", "✘")
    return f'<li class="cv-{kind}">{mark} {said(aspect.name)}</li>'


def _told(verdict: Verdict, links: bool, diagnosis: Diagnosis | None) -> Iterator[str]:
    causes = plain.causes_of(diagnosis, verdict.cause)
    for index, cause in enumerate(causes):
        title = "Y además" if index else plain.cause_title(diagnosis)
        yield f'<p class="cv-cause"><strong>{title}:</strong> {said(cause)}</p>'
    if facts := plain.shown_facts(diagnosis):
        yield f'<p class="cv-cause"><strong>Lo que se sabe:</strong></p>{_facts(facts)}'
    elif not causes and not verdict.rejected:
        first = next(aspect for aspect in verdict.aspects if not aspect.passed)
        yield f'<p class="cv-cause">{_failure(first)}</p>'
    if diagnosis and diagnosis.example:
        yield example_html(diagnosis.example)
        if links and (code := touched.line(diagnosis.example)):
            yield f"<p><strong>Tócalo</strong>, en una celda nueva: <code>{said(code)}</code></p>"
    if hint := (diagnosis and diagnosis.hint) or verdict.hint:
        yield f"<p><strong>Pista:</strong> {said(hint)}</p>"
    if diagnosis and diagnosis.section:
        yield f"<p><strong>Repasa:</strong> {_section(diagnosis.section, links)}</p>"


def _facts(facts: Sequence[str]) -> str:
    return f'<ul class="cv-facts">{"".join(f"<li>{said(fact)}</li>" for fact in facts)}</ul>'


def _failure(aspect: AspectResult) -> str:
    return f"<strong>{said(aspect.name)}:</strong> {said(aspect.failure or '')}"


def _section(text: str, links: bool) -> str:
    section = Section.of(text)
    words = said(section.words)
    return f'<a href="{html.escape(section.link)}">{words}</a>' if links else words


def _details(verdict: Verdict, diagnosis: Diagnosis | None, trace: str) -> Iterator[str]:
    """What there is besides, folded away: the first failure of each aspect, and the facts."""
    failed = [f"<li>{_failure(aspect)}</li>" for aspect in verdict.aspects if not aspect.passed]
    if not failed:
        yield trace
        return
    facts = diagnosis.facts if diagnosis and not plain.shown_facts(diagnosis) else ()
    failed += [f"<li>{said(fact)}</li>" for fact in facts]
    keras = f"<p>{said(plain.keras_line(verdict.keras))}.</p>" if verdict.keras else ""
    yield (
        "<details><summary>Qué se probó y qué llegó</summary>"
        f'<ul class="cv-facts">{"".join(failed)}</ul>{keras}{trace}</details>'
    )


def _group(table: Table, kind: str) -> str:
    """One array: its slices together, so that they break the line as one where they fit."""
    drawn = "".join(map(_matrix, matrices(table)))
    return f'<div class="cv-group{kind}">{drawn}</div>'


def _matrix(matrix: Matrix) -> str:
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in matrix.rows)
    # Not a caption: it would make the columns of a narrow matrix as wide as its name.
    title = said(matrix.title)
    return (
        f'<div class="cv-matrix"><span>{title}</span>'
        f'<table aria-label="{title}"><tbody>{rows}</tbody></table></div>'
    )


def _cell(cell: Cell) -> str:
    if cell.marked:
        return f'<td class="cv-mark"><strong>{said(cell.text)}</strong></td>'
    kind = ' class="cv-words"' if cell.words else ""
    return f"<td{kind}>{said(cell.text)}</td>"
