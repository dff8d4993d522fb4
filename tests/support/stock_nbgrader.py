"""Stock nbgrader, as its commands and as its API, and what it left in the gradebook."""

from __future__ import annotations

import atexit
import os
from functools import cache

from bare_nbgrader import Bare, bare_nbgrader
from classroom import UNIT
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.nbgrader_settings import configure


def saved(course, unit: str) -> dict:
    with open_gradebook(course) as gradebook:
        return {
            (found.student.id, one.name): (one.auto_score, one.manual_score, one.needs_manual_grade)
            for found in gradebook.assignment_submissions(unit)
            for one in found.notebooks[0].grades
        }


def stock(course) -> NbGraderAPI:
    """What formgrader's page calls, with the configuration of the course."""
    config = configure(Config(), course.root)
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def autograde_by_api(course, unit: str, student: str) -> dict:
    return stock(course).autograde(unit, student)


def autograde(course: Course, *options: str, expected: int = 0) -> str:
    """What the command says."""
    return nbgrader("autograde", UNIT, *options, course=course, expected=expected)


def nbgrader(*arguments: str, course: Course, expected: int = 0) -> str:
    """What a command says; it must end as it should."""
    done = _bare()(course.root, *arguments, environment=os.environ)
    assert done.code == expected, done.text
    return done.text


@cache
def _bare() -> Bare:
    """nbgrader, loaded once for all the tests of this process."""
    running = bare_nbgrader()
    atexit.register(running.__exit__, None, None, None)
    return running.__enter__()
