"""Los puntos que puso una persona siguen en pie mientras no cambie la respuesta que leyó.

nbgrader asks for a second reading after any regrade. Here one more table of the gradebook remembers
which answer each mark was given to, whichever door graded it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Grade, Gradebook
from nbgrader.preprocessors import SaveAutoGrades
from sqlalchemy import Column, MetaData, String, Table, delete, insert, select

from ..submission.graded_cells import is_checked
from ..submission.kept_text import tidy
from .database import ensure_table

_TABLE = Table(
    "curso_respuestas",
    MetaData(),
    Column("grade", String(32), primary_key=True),
    Column("answer", String(64), nullable=False),
)


def make_table(engine: Any) -> None:
    """A place in the gradebook for the answers that were marked."""
    ensure_table(engine, _TABLE)


def answers_of(notebook: NotebookNode) -> dict[str, str]:
    """A digest of each answer that a person reads: of its text and its pictures, by cell."""
    answers = {}
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") and not is_checked(cell):
            pictures = sorted(
                f"{name}\0{value}"
                for name, bundle in cell.get("attachments", {}).items()
                for value in bundle.values()
            )
            answers[marks["grade_id"]] = _digest([cell.source, *pictures])
    return answers


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(tidy(text).encode("utf-8", "replace") + b"\0")
    return digest.hexdigest()


class StandingMarks(SaveAutoGrades):
    """nbgrader's saving of grades, but that a mark of a person's stands on the answer it was of."""

    waits = False  # Whether somebody else calls ``remember``, when all is decided.
    _answers: dict[str, str]
    _marked: dict[str, str]
    _said: dict[str, str]

    def begin(self, notebook: NotebookNode, submitted: str | None) -> None:
        """Learn what its answers are now, and which were marked; ``self.gradebook`` is open.

        ``submitted`` is the id of its notebook there; None where it never was there.
        """
        self._answers, self._marked, self._said = answers_of(notebook), {}, {}
        if submitted and self._answers:
            query = select(_TABLE.c.grade, _TABLE.c.answer).join(Grade, Grade.id == _TABLE.c.grade)
            rows = self.gradebook.db.execute(query.where(Grade.notebook_id == submitted))
            self._marked = dict(map(tuple, rows))

    def remember(self, session: Any) -> None:
        """Save which answer each mark is of now."""
        if self._said:
            rows = [{"grade": grade, "answer": answer} for grade, answer in self._said.items()]
            session.execute(delete(_TABLE).where(_TABLE.c.grade.in_(list(self._said))))
            session.execute(insert(_TABLE), rows)
            self._said = {}

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as self.gradebook:
            make_table(self.gradebook.engine)
            submitted = self.gradebook.find_submission_notebook(
                names["notebook"], names["assignment"], names["student"]
            )
            self.begin(nb, submitted.id)
        return super().preprocess(nb, resources)

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        settled = grade.manual_score is not None and not grade.needs_manual_grade
        super()._add_score(cell, resources)
        answer = self._answers.get(name)
        if answer is None:
            # Points that a person gave to a check are to be looked at again: it may be mended now.
            return
        if self._marked.get(grade.id) == answer:
            grade.needs_manual_grade = grade.needs_manual_grade and not settled
        else:
            self._said[grade.id] = answer
        if not self.waits:
            self.remember(self.gradebook.db)
            self.gradebook.db.commit()
