"""Empezar por lo que más tarda: los servidores de cuadernos y los calificadores.

They load in processes of their own, while this one imports nbgrader and reads the submissions.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from .course import Course
from .sandbox.flavours import flavour_of
from .sandbox.servers import server_of
from .workers import get_ready


def begin(course: Course, units: Iterable[str], again: bool) -> None:
    """Start what grading these units will need, if there seems to be anything to grade."""
    flavours = {flavour_of(unit): None for unit in units if _pending(course, unit, again)}
    # Where this fails, grading will find out, and say it.
    with suppress(OSError):
        for flavour in flavours:
            server_of(flavour)
        if flavours:
            judged = [module for flavour in flavours for module in flavour.judged]
            get_ready("autograder.jobs", *judged)


def _pending(course: Course, unit: str, again: bool) -> bool:
    """Whether somebody has handed in the unit, and has no graded copy of it yet."""
    with suppress(OSError):
        for student in course.submitted.iterdir():
            graded = course.autograded / student.name / unit
            if (student / unit).is_dir() and (again or not graded.exists()):
                return True
    return False
