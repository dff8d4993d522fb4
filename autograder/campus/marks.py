"""La nota de cada cual, lista para el aula virtual; o por qué todavía no hay ninguna que poner."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from nbgrader.api import Gradebook, MissingEntry

from ..common.numbers_es import number
from ..common.one_line import one_line
from ..course.folder import Course
from ..course.scale import EXTRA, Scale, exact
from ..gradebook.outcome_texts import acceptance_text, late_text
from ..gradebook.recording import Marks, marks_of
from ..gradebook.records import Outcome, has_place, some

OURS = "<p>Curso Conv2D · "  # By it, a comment of ours is told from a person's.
MAX_COMMENT = 4000
NOTHING = "no entregó"


@dataclass(frozen=True)
class Ready:
    """A mark over the classroom's maximum, and the comment that goes with it."""

    value: Decimal
    comment: str
    handed_in: datetime | None


class MarkBook:
    """The marks of one unit, over the maximum that an activity of the classroom has."""

    def __init__(self, course: Course, gradebook: Gradebook, unit: str, maximum: Decimal) -> None:
        self._gradebook, self._unit, self.maximum = gradebook, unit, maximum
        self._scale, self._title = course.scale, course.all_units[unit].title
        self._recorded = has_place(gradebook)

    @property
    def other_maximum(self) -> str | None:
        """What to say where the scale of the course is not the activity's; None where it is."""
        scale = self._scale
        if scale is None or scale.maximum == self.maximum:
            return None
        return (
            f"la actividad va sobre {number(float(self.maximum))} y la escala del curso sobre "
            f"{number(float(scale.maximum))}: se pone la parte de los puntos que se logró"
        )

    def of(self, student: str) -> Ready | str:
        """The mark of a student; or, in Spanish, why none is put."""
        found = marks_of(self._gradebook, student, self._unit)
        outcome = self._outcome(student)
        if found is None:
            if outcome and outcome.problem:
                return f"sin calificar: {one_line(outcome.problem, 200)}"
            return NOTHING
        if found.needs_reading:
            return "le falta que leas una respuesta en Formgrader"
        if not found.max_points:
            return "su unidad no tiene puntos"
        return Ready(self._mark(found), self._comment(found, outcome), self._when(student))

    def _outcome(self, student: str) -> Outcome | None:
        """What is remembered of their work; nothing where nothing has ever been graded."""
        if not self._recorded:
            return None
        return some(self._gradebook.db, self._unit, [student]).get(student)

    def _mark(self, found: Marks) -> Decimal:
        scale, points, possible = self._scale, found.points, found.max_points
        if scale is not None and scale.maximum == self.maximum:
            return min(scale.unit_mark(self._unit, points, possible), self.maximum)
        if scale is None:
            # Over what everybody is asked, the extra points make up for others.
            extra = EXTRA.get(self._unit, Decimal(0))
            plain = Scale(self.maximum, decimals=2, extra={})
            if self.maximum in (exact(possible) - extra, exact(possible)):
                return min(plain.rounded(exact(points)), self.maximum)
            return min(plain.unit_mark(self._unit, points, possible), self.maximum)
        share = scale.share(self._unit, points, possible)
        return min(scale.rounded(share * self.maximum, 2), self.maximum)

    def _when(self, student: str) -> datetime | None:
        try:
            return self._gradebook.find_submission(self._unit, student).timestamp
        except MissingEntry:
            return None

    def _comment(self, found: Marks, outcome: Outcome | None) -> str:
        got, of = number(found.points), number(found.max_points)
        parts = [f"{OURS}{html.escape(self._title)}: {got} de {of} puntos.</p>"]
        lines = []
        for check in outcome.checks if outcome else ():
            name = (check.check_id or check.grade_id).partition(".")[2] or check.grade_id
            text = f"{name}: {number(check.points)} de {number(check.max_points)}"
            said = check.verdict.cause if check.verdict else None
            reason = said or check.reason
            if check.points < check.max_points and reason:
                text += f". {one_line(reason, 300)}"
            lines.append(text)
        if found.penalty:
            lines.append(late_text(found.penalty))
        if outcome and outcome.acceptance:
            lines.append(one_line(acceptance_text(outcome.acceptance), 300))
        room = MAX_COMMENT - len(parts[0])
        kept = []
        for line in lines:
            item = f"<li>{html.escape(line)}</li>"
            room -= len(item)
            if room < 0:
                break
            kept.append(item)
        return parts[0] + (f"<ul>{''.join(kept)}</ul>" if kept else "")
