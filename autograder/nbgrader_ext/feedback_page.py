"""La página de comentarios que recibe cada estudiante: en español, ligera y sin nada de fuera.

``settings`` gives it to ``GenerateFeedback``, so that it is the same by all doors: ``curso
comentarios``, ``nbgrader generate_feedback`` and Formgrader's button.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources as package
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from traitlets import default

from ..course.folder import Course
from ..judging.telling.style import STYLE
from .feedback_cells import shown_cells
from .feedback_marks import marked

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'"


class FeedbackExporter(Exporter):
    """A graded notebook as its student reads it."""

    output_mimetype = "text/html"
    # That of a whole class: to open one for each page costs as much as all the rest of it.
    gradebook: Gradebook | None = None

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]  # As nbconvert's own exporters of text.
        self, nb: NotebookNode, resources: Any = None, **options: Any
    ) -> tuple[str, Any]:
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        return self._page(notebook, resources["nbgrader"]), resources

    @contextmanager
    def _opened(self, url: str, course_id: str) -> Iterator[Gradebook]:
        if self.gradebook is None:
            with Gradebook(url, course_id) as own:
                yield own
            return
        try:
            yield self.gradebook
        finally:
            # The next page reads what there is then, and nobody waits for this one meanwhile.
            self.gradebook.db.rollback()

    def _page(self, notebook: NotebookNode, names: dict[str, str]) -> str:
        course = Course.of(self.config)
        unit = course.all_units.get(names["assignment"])
        with self._opened(names["db_url"], course.course_id) as gradebook:
            found = marked(
                gradebook, names["student"], names["assignment"], names["notebook"], course.scale
            )
        cells = shown_cells(notebook, found, accepted=bool(unit and unit.weights))
        drawn = any("curso-veredicto" in output for cell in cells for output in cell.outputs)
        return _template().render(
            title=unit.title if unit else names["notebook"],
            marked=found,
            exercises=[cell for cell in cells if cell.mark],
            remarked=[cell for cell in cells if cell.comment],
            cells=cells,
            style=Markup(STYLE if drawn else ""),
            policy=POLICY,
        )


@cache
def _template() -> Template:
    text = (package.files("autograder") / "templates" / "comentarios.html").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text)
