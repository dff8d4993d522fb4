"""El informe del juez bajo la celda: con sus matrices donde se ven, y como texto en lo demás."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from ..common.failures import executed_by_nbgrader
from . import cell_lines
from .home_judge import inherited
from .progress import say

# As the judge links to a lesson: from where a unit's notebook stands in a course.
_TO_A_LESSON = re.compile(r'<a href="\.\./\.\./course/([^"#]+)(#[^"]*)?">(.*?)</a>')
_PLACES = ("../../course", ".", "../course", "course")


def show_report(text: str, page: str | None) -> None:
    """Show a report: what draws HTML shows its page, and a terminal or a grader reads its text."""
    if page and cell_lines.notebook_shell() and not (inherited() or executed_by_nbgrader()):
        with suppress(Exception):  # Whatever a student's notebook did to what displays.
            from IPython.display import display

            display({"text/plain": text, "text/html": linked_from_here(page)}, raw=True)
            return
    say(text)


def linked_from_here(page: str) -> str:
    """The page with its links to lessons as this folder needs them; where there are none, words.

    The judge does not know where the notebook is: in a unit, among the lessons, or alone in Colab.
    """
    return _TO_A_LESSON.sub(_link, page)


def _link(found: re.Match[str]) -> str:
    lesson, cell, words = found[1], found[2] or "", found[3]
    for place in _PLACES:
        if Path(place, unquote(lesson)).is_file():
            return f'<a href="{place}/{lesson}{cell}">{words}</a>'
    return words
