"""La clase en una página HTML, y sus notas en un CSV."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from ..checks import UNITS, Unit
from ..common.numbers_es import number, percent
from ..judging.diagnosis.parting import of_the_function
from ..judging.diagnosis.result import Counterexample
from ..judging.telling.rich import example_html
from ..judging.telling.style import STYLE
from .by_group import by_group
from .hardest import HardCheck
from .histogram import histogram_svg
from .misconceptions import MONDAY, Misconceived
from .people import Missing, People
from .scripts import policy, table_script
from .spreadsheet import table as csv_table
from .student_rows import StudentRow
from .templating import page_environment

MOST_NAMED = 200  # In a list: past that it is for a spreadsheet.


def render_html(*shown: Any, **about: Any) -> str:
    """:func:`page_of`, in one text."""
    return "".join(page_of(*shown, **about))


def page_of(
    units: Sequence[str],
    rows: Sequence[StudentRow],
    hardest: Sequence[HardCheck],
    mistakes: Sequence[Misconceived] = (),
    *,
    people: People | None = None,
    missing: Sequence[Missing] = (),
    gone: Sequence[str] = (),
    known: Mapping[str, Unit] = UNITS,
    believed: Container[str] = (),
) -> Iterator[str]:
    """The page, piece by piece; every text of a student's goes through Jinja2's escaping."""
    environment = page_environment()
    environment.filters |= {"number": number, "percent": percent, "example": _example}
    environment.filters["called"] = (people or People()).name
    shares, script = [row.share for row in rows], table_script()
    return environment.get_template("informe.html").generate(
        titles=[known[unit].title + (" *" if unit in believed else "") for unit in units],
        believed=any(unit in believed for unit in units),
        rows=rows,
        groups=by_group(rows),
        hardest=hardest,
        mistakes=mistakes,
        missing=missing,
        gone=gone,
        monday=mistakes[:MONDAY],
        most_named=MOST_NAMED,
        style=Markup(STYLE),
        policy=policy(script),
        script=Markup(script),
        histogram=histogram_svg(shares),
        mean=sum(shares) / len(shares) if shares else 0.0,
        problems=sum(bool(mark and mark.problem) for row in rows for mark in row.marks),
        pending=sum(bool(mark and mark.pending) for row in rows for mark in row.marks),
    )


def _example(shown: Counterexample) -> Markup:
    """A student's smallest example, drawn as in their notebook, and told to their teacher."""
    told = replace(shown, parting=of_the_function(shown.parting)) if shown.parting else shown
    drawn = example_html(told, got="un estudiante obtuvo")
    return Markup(f'<div class="curso-veredicto">{drawn}</div>')  # It escapes all that it says.


def render_csv(units: Sequence[str], rows: Sequence[StudentRow]) -> str:
    """Semicolons and decimal commas, as spreadsheets in Spanish read it."""
    named = any(row.name for row in rows)
    graded = any(row.grade for row in rows)
    grouped = any(row.groups for row in rows)
    header = ["estudiante", *(["nombre"] if named else []), *(["grupo"] if grouped else [])]
    header += [*units, "total", "sobre"]
    header += [*(f"nota {unit}" for unit in units), "nota"] if graded else []
    header += ["aceptación", "observaciones"]
    lines = []
    for row in rows:
        remarks = [f"{m.unit}: {text}" for m in row.marks if m for text in m.remarks]
        points = [mark.points if mark else "" for mark in row.marks]
        texts = [row.acceptance, " | ".join(remarks)]
        name = [*([row.name] if named else []), *([", ".join(row.groups)] if grouped else [])]
        grades = [*(mark.grade if mark else "" for mark in row.marks), row.grade] if graded else []
        lines.append([row.student, *name, *points, row.total, row.possible, *grades, *texts])
    return csv_table(header, lines)
