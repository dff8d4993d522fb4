"""Empezar por lo que más tarda: los servidores de cuadernos y los calificadores.

They load in processes of their own, while this one imports nbgrader and reads the submissions.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..checks import UNITS
from ..course.own_units import own_units
from ..sandbox.servers import server_of
from .workers import get_ready


def begin(root: Path, names: Iterable[str], again: bool) -> None:
    """Start what grading these units will need, if there seems to be anything to grade.

    The course's configuration, that may have moved its folders, takes a second to read: this is
    done before, and looks where they usually are.
    """
    asked = {name.strip("/") for name in names}
    known = UNITS | own_units(root / "source")
    units = [unit for unit in known if not asked or asked & {unit, unit.partition("_")[0]}]
    pending = {known[unit].flavour: None for unit in units if _pending(root, unit, again)}
    flavours = [flavour for flavour in pending if not flavour.lacking()]
    # Where this fails, grading will find out, and say it.
    with suppress(OSError):
        for flavour in flavours:
            server_of(flavour)
        if flavours:
            judged = [module for flavour in flavours for module in flavour.judged]
            get_ready("autograder.submission.jobs", *judged)


def _pending(root: Path, unit: str, again: bool) -> bool:
    """Whether somebody has handed in the unit, and has no graded copy of it yet."""
    with suppress(OSError):
        for student in (root / "submitted").iterdir():
            graded = root / "autograded" / student.name / unit
            if (student / unit).is_dir() and (again or not graded.exists()):
                return True
    return False
