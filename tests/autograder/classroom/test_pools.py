"""Grading knows a pool only by what it promises: here, one that runs jobs in this very process."""

from __future__ import annotations

from classroom import UNIT, hand_in, new_course, solved

from autograder.classroom.grading import grade
from autograder.gradebook.records import GRADED, UNGRADED
from autograder.submission.jobs import Job, grade_one


class Here:
    """Jobs one after another, the last one first, and the one of ``lost`` never comes to an end."""

    def __init__(self, lost: str) -> None:
        self.lost = lost
        self.heard: list = []

    def check(self, isolated):
        self.heard.append(("check", isolated))

    def expect(self, flavour):
        self.heard.append(("expect", flavour.name))

    def run(self, jobs, notebook_seconds, idle):
        waiting: list[Job] = list(jobs)
        self.heard.append(("run", [job.student for job in waiting]))
        for job in reversed(waiting):
            lost = job.student == self.lost
            yield job, RuntimeError("la máquina se apagó") if lost else grade_one(job)


def test_a_class_is_graded_wherever_its_jobs_run(tmp_path):
    course = new_course(tmp_path)
    for student in ("ana", "bea", "carla"):
        hand_in(course, student, solved())
    pool = Here(lost="bea")
    outcomes = grade(course, [UNIT], pool=pool)
    assert pool.heard == [
        ("check", True),
        ("expect", "numpy"),
        ("run", ["ana", "bea", "carla"]),
    ]
    assert [(one.student, one.state, one.points) for one in outcomes] == [
        ("ana", GRADED, 20),
        ("bea", UNGRADED, 0),
        ("carla", GRADED, 20),
    ]
    assert outcomes[1].problem == "no se pudo calificar: la máquina se apagó"
