"""Nuestras piezas en nbgrader: con ellas, ``nbgrader autograde`` da las notas de ``curso``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import preprocessors as stock
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float

from ..checks.variants import GENERAL, tasks_of
from ..common.errors import CursoError
from ..common.limits import Limits
from ..course.folder import Course
from ..course.unit_folders import check_unit
from ..distribution.first_cell import add_first_cell, address_of
from ..gradebook.database import OneTransaction
from ..gradebook.lock import lock_notebook
from ..gradebook.own_tests import cells_of, check_cells, check_notebooks
from ..gradebook.records import GRADED, REFUSED, Outcome, Records
from ..gradebook.remarks import bounded
from ..submission.folder import SECRET, TIMESTAMP, read_submission
from ..submission.helper_files import read_helpers
from ..submission.jobs import Job, grade_one
from ..submission.published import published_cells
from ..submission.released_files import released_files
from ..submission.variants import with_letters
from ..submission.weights_files import read_weights_files

# Of a submission between its reading and its execution, that nbgrader keeps apart.
_said: dict[tuple[str, str], tuple[str, ...]] = {}


class SaveCells(stock.SaveCells):
    """Register a unit's cells, and its lock, all at once.

    Killed in the middle, it would be worth fewer points.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        unit, name = resources["nbgrader"]["assignment"], resources["nbgrader"]["notebook"]
        known = _course(self).all_units
        check_unit(_course(self), unit)
        check_notebooks(known[unit], [f"{name}.ipynb"])
        check_cells(known[unit], cells_of(nb))
        return super().preprocess(nb, resources)

    def _create_notebook(self, nb: NotebookNode) -> None:
        session = self.gradebook.db = OneTransaction(self.gradebook.db)
        session.begin()
        super()._create_notebook(nb)
        lock_notebook(session, self.gradebook.find_notebook(self.notebook_id, self.assignment_id))
        session.commit_all()


class NobodysVariant(NbGraderPreprocessor):
    """Where each student has numbers of their own, what is released says so and asks nobody's."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        unit = resources["nbgrader"]["assignment"]
        if unit in _course(self).with_variants:
            with_letters(nb, unit, dict.fromkeys(tasks_of(unit), GENERAL))
        return nb, resources


class AddFirstCell(NbGraderPreprocessor):
    """The cell with which a notebook that is all a student has brings the course's package."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        unit = _course(self).all_units[resources["nbgrader"]["assignment"]]
        add_first_cell(nb, unit, address_of(self.config))
        return nb, resources


class AddPublishedCases(NbGraderPreprocessor):
    """The file with which a student checks at home what an instructor's own checks ask."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        unit = _course(self).all_units[resources["nbgrader"]["assignment"]]
        if unit.own:
            # By it a student's package, that does not know the unit, hands it in.
            nb.metadata["curso"] = {"unidad": unit.id, "cuaderno": unit.notebook}
        if unit.own_checks is not None:
            from ..checks import own_checks, published_cases

            checks = own_checks.loaded(unit.id, unit.own_checks, unit.flavour.own_implementation)
            cases = published_cases.published(unit.id, checks)
            # nbconvert's writer leaves it beside the notebook.
            resources.setdefault("outputs", {})[f"{unit.id}{published_cases.SUFFIX}"] = cases
        return nb, resources


def _course(piece: Any) -> Course:
    return Course.of(piece.config)


class SubmissionExporter(NotebookExporter):
    """Leaves what a student handed in unopened: reading it is :class:`RestoreCells`'s work."""

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        if Path(filename).is_relative_to(_course(self).submitted):
            return self.from_notebook_node(nbformat.v4.new_notebook(), resources, **options)
        return super().from_filename(filename, resources, **options)


class _Always(NbGraderPreprocessor):
    """A piece that no configuration can skip: a cell that did not run has all of its points."""

    def __call__(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        return self.preprocess(nb, resources)


class RestoreCells(_Always):
    """Read the submission as ``curso calificar`` does, with its graded cells as published."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        names, course = resources["nbgrader"], _course(self)
        student, unit = names["student"], names["assignment"]
        with Gradebook(names["db_url"], course.course_id) as gradebook:
            published = published_cells(gradebook, unit, names["notebook"])
            submission = read_submission(course, student, unit, published)
            if submission.timestamp == "":
                # A date that cannot be read counts as none, and not as the one of earlier work.
                gradebook.find_submission(unit, student).timestamp = None
                gradebook.db.commit()
            if submission.notebook is None:
                reason = Outcome(student, unit, REFUSED, 0.0, 0.0, problem=submission.problem)
                Records.add(gradebook, reason)
                raise CursoError(f"{student}: {submission.problem}")
        _said[student, unit] = submission.notes
        for note in bounded(submission.notes):
            self.log.warning("%s: %s", student, note)
        # By the one nbgrader knows, the next time, whether the work is newer; by the other it
        # finds the way back to the student.
        beside = {TIMESTAMP: submission.timestamp, SECRET: submission.secret}
        for name, text in beside.items():
            copy = course.autograded / student / unit / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.unlink(missing_ok=True)
            if text or submission.secret:
                copy.write_text(text or "", encoding="ascii")
        return submission.notebook, resources


class ExecuteWithJudge(_Always):
    """Run the notebook with the judge on the other side, and mark its graded cells."""

    cell_seconds = Float(Limits.cell_seconds, help="Tiempo máximo de una celda.").tag(config=True)
    notebook_seconds = Float(
        Limits.notebook_seconds, help="Tiempo máximo del cuaderno entero."
    ).tag(config=True)

    isolated = Bool(True, help="Si el cuaderno corre en el recinto aislado.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        limits, names = Limits(self.cell_seconds, self.notebook_seconds), resources["nbgrader"]
        course, student, unit = _course(self), names["student"], names["assignment"]
        folder = course.submitted / student / unit
        known = course.all_units[unit]
        weights = read_weights_files(folder, []) if known.weights else {}
        helpers = read_helpers(folder, []) | released_files(course, unit)
        own = known if known.own else None
        letters = course.letters(student, unit)
        job = Job(student, unit, nb, limits, weights, self.isolated, helpers, own, letters)
        graded = grade_one(job)
        # What the report says of it; the marks it asks of the gradebook, where nbgrader puts them.
        outcome = Outcome(
            student, unit, GRADED, 0.0, 0.0,
            notes=bounded((*_said.pop((student, unit), ()), *graded.execution.notes)),
            checks=graded.execution.checks,
            acceptance=graded.acceptance,
            seconds=round(graded.seconds, 2),
        )  # fmt: skip
        with Gradebook(names["db_url"], course.course_id) as gradebook:
            Records.add(gradebook, outcome)
        return graded.execution.notebook, resources
