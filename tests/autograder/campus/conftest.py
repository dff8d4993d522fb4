"""A published course to receive work in, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from classroom import UNIT, new_course

from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.records import GRADED, Outcome, Records
from autograder.nbgrader_ext import publishing
from autograder.submission.graded_cells import CheckResult


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("publicado")
    course = new_course(root, ("1_convolucion", "2_filtros"))
    publishing.publish(course, course.units())
    return root


@pytest.fixture
def course(published: Path, tmp_path: Path) -> Course:
    root = tmp_path / "curso"
    shutil.copytree(published, root)
    return Course.at(root)


@pytest.fixture
def marked(course: Course) -> Callable[..., None]:
    """A function that leaves a student marked in unit 1, as grading does; nothing is run."""

    def mark(
        student: str, points: float, *, reason: str | None = None, when: datetime | None = None
    ) -> None:
        with open_gradebook(course) as gradebook:
            gradebook.update_or_create_student(student)
            found = gradebook.update_or_create_submission(UNIT, student, timestamp=when)
            rest = points
            for grade in found.notebooks[0].grades:
                grade.manual_score = min(rest, grade.max_score)
                grade.auto_score = 0
                grade.needs_manual_grade = False
                rest -= grade.manual_score
            gradebook.db.commit()
            check = CheckResult("c", f"{UNIT}.conv2d", points, 20, reason)
            Records.add(gradebook, Outcome(student, UNIT, GRADED, points, 20, checks=(check,)))

    return mark
