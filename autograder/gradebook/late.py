"""Lo que pierde quien entrega tarde: lo decide nbgrader, con la configuración del curso."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import AssignLatePenalties

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
