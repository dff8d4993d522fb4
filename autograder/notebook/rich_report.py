"""El informe del juez bajo la celda: con sus matrices donde se ven, y como texto en lo demás."""

from __future__ import annotations

from contextlib import suppress

from ..common.failures import executed_by_nbgrader
from . import cell_lines
from .home_judge import inherited
from .progress import say


def show_report(text: str, page: str | None) -> None:
    """Show a report: what draws HTML shows its page, and a terminal or a grader reads its text."""
    if page and cell_lines.notebook_shell() and not (inherited() or executed_by_nbgrader()):
        with suppress(Exception):  # Whatever a student's notebook did to what displays.
            from IPython.display import display

            display({"text/plain": text, "text/html": page}, raw=True)
            return
    say(text)
