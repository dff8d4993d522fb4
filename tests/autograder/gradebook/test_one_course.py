"""Two courses in one gradebook would grade one's student over the other's of the same name."""

from __future__ import annotations

import pytest
from classroom import UNIT, hand_in, new_course, solved
from nbgrader.api import Assignment
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import update

from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course.folder import DEFAULT_COURSE, Course
from autograder.gradebook.database import open_gradebook
from autograder.nbgrader_ext.before_nbgrader import before_grading
from autograder.nbgrader_ext.publishing import publish

DOORS = {
    "curso publicar": lambda course: publish(course, [UNIT]),
    "curso calificar": lambda course: grade(course, [UNIT]),
    "nbgrader autograde": lambda course: before_grading(
        Autograde(
            coursedir=CourseDirectory(config=course.config, assignment_id=UNIT),
            config=course.config,
        )
    ),
}


@pytest.fixture
def of(tmp_path):
    """The course «mío», with a gradebook where its unit is another's."""

    def made(name: str, book: str = "notas.db") -> Course:
        root = tmp_path / "curso"
        course = new_course(root)
        with (root / "nbgrader_config.py").open("a") as file:
            file.write('c.CourseDirectory.course_id = "mio"\n')
            file.write(f"c.CourseDirectory.db_url = 'sqlite:///{tmp_path / book}'\n")
        course = Course.at(root)
        publish(course, [UNIT])
        hand_in(course, "ana", solved())
        with open_gradebook(course) as gradebook:
            gradebook.check_course(name)
            gradebook.db.execute(update(Assignment).values(course_id=name))
            gradebook.db.commit()
        return Course.at(root)

    return made


def test_a_unit_of_another_course_is_refused_by_every_door_and_whose_it_is_told(of):
    course = of("otro")
    for door in DOORS.values():
        with pytest.raises(CursoError, match="es del curso «otro», y este es «mio»"):
            door(course)


@pytest.mark.parametrize(
    ("name", "book"), [(DEFAULT_COURSE, "notas.db"), ("antes", "curso/gradebook.db")]
)
def test_one_of_before_the_course_had_its_name_is_its_own(of, name, book):
    """Nameless, or with another name in its own folder."""
    course = of(name, book)
    for door in DOORS.values():
        door(course)
