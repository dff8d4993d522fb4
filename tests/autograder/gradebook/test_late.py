"""Late work loses what the course's own configuration says, here as in stock nbgrader."""

from __future__ import annotations

import pytest
from classroom import UNIT, hand_in, new_course, solved, untouched
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course.configuration import FILE
from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.records import UNCHANGED, Outcome
from autograder.nbgrader_ext.publishing import publish
from autograder.report.writing import write_report
from autograder.terminal.grading_view import line

DEADLINE = "2026-01-10 12:00:00 UTC"
TIMES = {"ana": "2026-01-10 11:59:00 UTC", "beto": "2026-01-11 09:00:00 UTC"}
ZERO = '\nget_config().LateSubmissionPlugin.penalty_method = "zero"\n'
A_POINT_A_DAY = """
from nbgrader.plugins import BasePlugin

class PointADay(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 86_400 * 8

get_config().AssignLatePenalties.plugin_class = PointADay
"""


def class_of(folder, policy: str) -> Course:
    """Ana hands in on time and Beto 21 hours late, both solved."""
    folder.mkdir(exist_ok=True)
    course = new_course(folder)
    with (course.root / FILE).open("a", encoding="utf-8") as config:
        config.write(policy)
    publish(course, [UNIT])
    set_deadline(course, DEADLINE)
    for student, time in TIMES.items():
        hand_in(course, student, solved())
        (course.submitted / student / UNIT / "timestamp.txt").write_text(time)
    return course


def set_deadline(course: Course, when: str) -> None:
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate=when)


def graded(course: Course) -> dict[str, Outcome]:
    return {outcome.student: outcome for outcome in grade(course, [UNIT])}


def by_stock(course: Course) -> dict[str, float]:
    """The marks that nbgrader exports, after its own autograde."""
    config = Course(course.root).config
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    for student in TIMES:
        answered = api.autograde(UNIT, student)
        assert answered["success"], answered
    with open_gradebook(course) as gradebook:
        return {
            found.student.id: found.score - found.late_submission_penalty
            for found in gradebook.assignment_submissions(UNIT)
        }


@pytest.mark.parametrize(
    ("policy", "points", "said"),
    [("", 20, ""), (ZERO, 0, "fuera de plazo: −20"), (A_POINT_A_DAY, 13, "fuera de plazo: −7")],
    ids=["none", "zero", "plugin"],
)
def test_late_work_loses_what_the_course_says_and_stock_agrees(tmp_path, policy, points, said):
    course = class_of(tmp_path / "curso", policy)
    outcomes = graded(course)
    assert {student: one.points for student, one in outcomes.items()} == {"ana": 20, "beto": points}
    assert said in line(outcomes["beto"]).plain
    assert "fuera de plazo" not in line(outcomes["ana"]).plain
    page, table, _ = (path.read_text(encoding="utf-8-sig") for path in write_report(course))
    assert said in page
    assert f"beto;{points};{points};20;" in table
    assert said in table
    assert by_stock(class_of(tmp_path / "stock", policy)) == {"ana": 20, "beto": points}


def test_a_deadline_that_moves_changes_marks_and_grades_nothing_again(tmp_path):
    course = class_of(tmp_path / "curso", ZERO)
    assert graded(course)["beto"].points == 0
    for deadline, points in [("2026-01-12 12:00:00 UTC", 20), (DEADLINE, 0)]:
        set_deadline(course, deadline)
        again = graded(course)
        assert {one.state for one in again.values()} == {UNCHANGED}
        assert {student: one.points for student, one in again.items()} == {
            "ana": 20,
            "beto": points,
        }
        assert ("fuera de plazo" in line(again["beto"]).plain) == (points == 0)


def test_better_work_handed_in_late_loses_all_of_it_too(tmp_path):
    course = class_of(tmp_path / "curso", ZERO)
    hand_in(course, "beto", untouched())
    assert graded(course)["beto"].points == 0
    hand_in(course, "beto", solved())
    assert graded(course)["beto"].points == 0


def test_a_configuration_that_cannot_be_read_is_one_line_and_loses_nothing(tmp_path):
    course = class_of(tmp_path / "curso", ZERO)
    assert graded(course)["beto"].points == 0
    text = (course.root / FILE).read_text()
    (course.root / FILE).write_text(text + "\nesto no es Python\n")
    with pytest.raises(CursoError) as refused:
        graded(Course(course.root))
    assert f"{FILE}», línea {len(text.splitlines()) + 2} (SyntaxError" in str(refused.value)
    assert "\n" not in str(refused.value)
    (course.root / FILE).write_text(text.replace(ZERO, ""))
    assert graded(Course(course.root))["beto"].points == 20
