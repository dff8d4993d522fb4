"""Las parejas en una página y en una tabla."""

from __future__ import annotations

from pathlib import Path

from ..common.numbers_es import number, percent, thousands
from ..common.one_line import visible
from ..course.folder import Course
from ..report.scripts import policy
from ..report.spreadsheet import ENCODING, table
from ..report.templating import page_environment
from .search import MOST_DRAWN, Found

COLOURS = 6
MOST_LISTED = 500  # Pairs without their code, by name only; the table has all.


def write_likeness(course: Course, found: Found) -> list[Path]:
    """Write ``informe/copias.html`` and ``informe/copias.csv``; their paths."""
    course.report.mkdir(exist_ok=True)
    page, sheet = course.report / "copias.html", course.report / "copias.csv"
    page.write_text(render_html(found), encoding="utf-8")
    sheet.write_text(render_csv(found), encoding=ENCODING, newline="")
    return [page, sheet]


def render_html(found: Found) -> str:
    """The page; all that students wrote goes through Jinja2's escaping."""
    environment = page_environment()
    environment.filters |= {"number": number, "percent": percent, "thousands": thousands}
    environment.filters["visible"] = visible
    environment.filters["called"] = lambda student: found.called.get(student) or student
    return environment.get_template("copias.html").render(
        found=found,
        policy=policy(),
        colours=COLOURS,
        most_drawn=MOST_DRAWN,
        most_listed=MOST_LISTED,
    )


def render_csv(found: Found) -> str:
    """A row for every pair, in the order of the page."""
    header = ["unidad", "estudiante", "nombre", "otro estudiante", "nombre del otro"]
    header += ["en común (%)", "indicio", "grupo"]
    rows: list[list[str | float]] = [
        [
            unit.unit,
            pair.first,
            found.called.get(pair.first, ""),
            pair.second,
            found.called.get(pair.second, ""),
            round(100 * pair.share, 1),
            round(pair.evidence, 1),
            pair.group,
        ]
        for unit in found.units
        for pair in unit.pairs
    ]
    return table(header, rows)
