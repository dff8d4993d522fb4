"""Lo que pierde quien entrega tarde: lo decide nbgrader, con la configuración del curso."""

from __future__ import annotations

from typing import Any

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import select

from ..course.folder import Course


class LatePenalties:
    """The course's own policy, the one that stock ``nbgrader autograde`` follows.

    It is read when the first late submission comes: ``AssignLatePenalties.plugin_class`` and
    ``LateSubmissionPlugin.penalty_method``, as nbgrader documents them.
    """

    def __init__(self, course: Course) -> None:
        self._course = course
        self._policy: AssignLatePenalties | None = None

    def of(self, notebook: Any, submission: Any) -> float | None:
        """The points that a notebook loses; None where its submission is in time, or loses none.

        Parameters
        ----------
        notebook : nbgrader.api.SubmittedNotebook
            With its present score.
        submission : nbgrader.api.SubmittedAssignment

        Raises
        ------
        CursoError
            If the course's configuration cannot be read.
        """
        seconds = submission.total_seconds_late
        if seconds <= 0:
            return None
        if self._policy is None:
            self._policy = AssignLatePenalties(config=self._course.config)
            self._policy.init_plugin()
        penalty = self._policy.plugin_inst.late_submission_penalty(
            submission.student_id, notebook.score, seconds
        )
        return None if penalty is None else self._policy._check_late_penalty(notebook, penalty)


def late_or_penalised(gradebook: Gradebook) -> set[tuple[str, str]]:
    """The submissions, by student and unit, that may have to lose points, or get them back."""
    handed_in, unit = SubmittedAssignment, Assignment
    dates = select(
        handed_in.student_id, unit.name, handed_in.timestamp, unit.duedate, handed_in.extension
    ).join(unit, unit.id == handed_in.assignment_id)
    dated = dates.where(handed_in.timestamp.is_not(None), unit.duedate.is_not(None))
    found = {
        (student, name)
        for student, name, when, due, extension in gradebook.db.execute(dated)
        if when > (due + extension if extension else due)
    }
    penalised = (
        select(handed_in.student_id, unit.name)
        .join(unit, unit.id == handed_in.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == handed_in.id)
        .where(SubmittedNotebook.late_submission_penalty.is_not(None))
    )
    return found | {(student, name) for student, name in gradebook.db.execute(penalised)}
