"""Whoever handed in on time is on time, by both doors, wherever the exchange stands."""

from __future__ import annotations

import logging
from datetime import datetime
from types import SimpleNamespace

import pytest
from classroom import UNIT, hand_in, new_course, solved
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from stock_nbgrader import autograde

from autograder.classroom.grading import grade
from autograder.course.configuration import FILE
from autograder.course.folder import Course
from autograder.course.moments import Unclear
from autograder.gradebook.database import open_gradebook
from autograder.nbgrader_ext.publishing import publish

MEXICO = """
get_config().Exchange.timezone = "America/Mexico_City"
get_config().NbGraderAPI.timezone = "Europe/Madrid"
get_config().LateSubmissionPlugin.penalty_method = "zero"
"""
DEADLINE = "2026-07-15 13:00:00 CST"  # As the instructor writes it: 19:00 UTC.
# What nbgrader writes there and elsewhere, and the points that are left of 20.
HANDED_IN = {
    "a-madrid": ("2026-07-15 20:30:00.000000 CEST", 20),
    "b-bogota": ("2026-07-15 18:00:00.000000 -05", 0),
    "c-mexico": ("2026-07-15 13:00:01.000000 CST", 0),
    "d-mexico": ("2026-07-15 12:59:59.000000 CST", 20),
    "e-jamaica": ("2026-07-15 18:00:00.000000 EST", 20),
    "f-nadie": ("2026-07-15 18:00:00.000000 XYZ", 20),
}
UNKNOWN = "timestamp.txt lleva «{}», y no se sabe de qué zona horaria es: no se tiene en cuenta"


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    course = new_course(tmp_path_factory.mktemp("zonas") / "curso")
    with (course.root / FILE).open("a", encoding="utf-8") as config:
        config.write(MEXICO)
    course = Course.at(course.root)
    publish(course, [UNIT])
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(UNIT, duedate=DEADLINE)
    for student, (text, _) in HANDED_IN.items():
        hand_in(course, student, solved())
        hand_in(course, student, text, "timestamp.txt")
    return course


def left(course: Course) -> dict[str, float]:
    with open_gradebook(course) as gradebook:
        return {
            found.student.id: found.score - found.late_submission_penalty
            for found in gradebook.assignment_submissions(UNIT)
        }


def test_on_time_is_on_time_by_both_doors(course):
    said = autograde(course, "--force")
    expected = {student: points for student, (_, points) in HANDED_IN.items()}
    assert left(course) == expected
    for student, zone in (("e-jamaica", "EST"), ("f-nadie", "XYZ")):
        assert f"{student}: {UNKNOWN.format(zone)}" in said
    outcomes = {one.student: one for one in grade(course, [UNIT], again=True)}
    assert {student: one.points for student, one in outcomes.items()} == expected
    assert outcomes["f-nadie"].notes == (UNKNOWN.format("XYZ"),)
    assert outcomes["a-madrid"].notes == ()
    copy = course.autograded / "a-madrid" / UNIT / "timestamp.txt"
    assert copy.read_text() == "2026-07-15 18:30:00.000000 UTC"


def test_a_time_that_is_not_clear_does_not_leave_that_of_earlier_work(course):
    for text, points in (
        ("2026-07-15 23:00:00 UTC", 0),
        ("2026-07-15 18:00:00 XYZ", 20),
        ("2026-07-15 23:00:00 UTC", 0),
    ):
        hand_in(course, "c-mexico", text, "timestamp.txt")
        graded = {one.student: one.points for one in grade(course, [UNIT])}
        assert graded["c-mexico"] == points
    hand_in(course, "c-mexico", "2026-07-15 18:00:00 XYZ", "timestamp.txt")
    autograde(course, "--student=c-mexico", "--force")
    assert left(course)["c-mexico"] == 20
    hand_in(course, "c-mexico", HANDED_IN["c-mexico"][0], "timestamp.txt")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        (DEADLINE, 19),
        ("2026-07-15T19:00:00 +0200", 17),  # As formgrader sends it.
        ("2026-07-15 19:00:00 +0200", 17),
        ("2026-07-15 19:00:00 -05", 24),
        ("2026-07-15 19:00:00 CEST", 17),
        ("2026-07-15 19:00:00 America/Bogota", 24),
        ("2026-07-15 19:00", 19),
    ],
)
def test_a_due_date_is_what_the_instructor_wrote(text, hour, course):
    with open_gradebook(course) as gradebook:
        before = gradebook.find_assignment(UNIT).duedate
        try:
            gradebook.update_or_create_assignment(UNIT, duedate=text)
            day, rest = divmod(hour, 24)
            assert gradebook.find_assignment(UNIT).duedate == datetime(2026, 7, 15 + day, rest)
            with pytest.raises(Unclear):
                gradebook.update_or_create_assignment(UNIT, duedate="2026-07-15 19:00:00 IST")
        finally:
            gradebook.update_or_create_assignment(UNIT, duedate=before)


@pytest.mark.parametrize("month", [1, 7])
def test_what_formgrader_shows_of_a_due_date_is_what_it_saves(month, course):
    """Saved again without a change it stays, in summer and in winter."""
    config = Course(course.root).config
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    with open_gradebook(course) as gradebook:
        before = gradebook.find_assignment(UNIT).duedate
        at = datetime(2026, month, 15, 19)
        gradebook.update_or_create_assignment(UNIT, duedate=at)
        try:
            shown = api.get_assignment(UNIT)
            text = f"{shown['duedate_notimezone']} {shown['duedate_timezone']}"
            assert (
                text == f"2026-{month:02}-15T{20 if month == 1 else 21}:00:00 +0{month // 7 + 1}00"
            )
            gradebook.update_or_create_assignment(UNIT, duedate=text)
            assert gradebook.find_assignment(UNIT).duedate == at
        finally:
            gradebook.update_or_create_assignment(UNIT, duedate=before)


def test_the_last_of_several_is_collected_and_a_strange_name_stops_nobody(caplog):
    """The folders of the exchange, that nbgrader names with the time of each."""
    collector = ExchangeCollect.__new__(ExchangeCollect)
    log = logging.getLogger("recogida")
    stand_in = SimpleNamespace(
        timezone="Europe/Madrid",
        timestamp_format="%Y-%m-%d %H:%M:%S.%f %Z",
        log=log,
        fail=lambda message: (_ for _ in ()).throw(ExchangeError(message)),
    )
    read = type(collector)._path_to_record
    names = [
        # An hour that was lived twice: the second is the later one.
        "ana+1_convolucion+2026-10-25 02:40:00.000000 CEST+x",
        "ana+1_convolucion+2026-10-25 02:10:00.000000 CET+y",
        "a+b@c+1_convolucion+2026-07-15 20:30:00.000000 CEST+z",
        "eva+1_convolucion+2026-10-25 02:10:00.000000 XYZ+y",
        "eva+1_convolucion+ayer+y",
    ]
    records = [read(stand_in, f"/inbound/{name}") for name in names]
    assert [one["username"] for one in records] == ["ana", "ana", "a+b@c", "eva", "eva"]
    times = [one["timestamp"] for one in records]
    assert times[0] == datetime(2026, 10, 25, 0, 40)
    assert times[1] == datetime(2026, 10, 25, 1, 10)
    assert times[2] == datetime(2026, 7, 15, 18, 30)
    assert times[3] > times[4]
    assert "XYZ" in caplog.text
    with pytest.raises(ExchangeError):
        read(stand_in, "/inbound/nada")
