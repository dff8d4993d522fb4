"""Las fechas que nbgrader lee por su cuenta, leídas como las lee el curso.

Its ``parse_utc`` takes «-05» for five seconds and knows «CEST» only where the machine lives there.
It offers no extension point, so the function is replaced wherever nbgrader has it.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from dateutil.parser import parse
from nbgrader import utils
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default.collect import ExchangeCollect

from ..common.errors import CursoError
from ..course.folder import Course
from ..course.moments import Clock, Unclear, moment
from ..submission.folder import read_timestamp

_theirs = utils.parse_utc
_get_assignment = NbGraderAPI.get_assignment
_clocks: dict[str, Clock] = {}
_root: Path | None = None


def install(root: Path) -> None:
    """Make this process's nbgrader read dates so, for the course in ``root``."""
    global _root
    _root = root
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "nbgrader" and vars(module).get("parse_utc") is _theirs:
            vars(module)["parse_utc"] = parse_utc
    CourseDirectory.get_existing_timestamp = _existing_timestamp
    NbGraderAPI.get_submitted_timestamp = _submitted_timestamp
    NbGraderAPI.get_assignment = _assignment
    ExchangeCollect._path_to_record = _record


def parse_utc(at: datetime | str | None) -> datetime | None:
    """An instant in UTC; nbgrader calls it for due dates, and for what it is given as text.

    Raises
    ------
    Unclear
        If a text can be read in several ways: a wrong due date is worse than none.
    """
    return moment(at, _clock()) if isinstance(at, str) else _theirs(at)


def _clock() -> Clock:
    """Of this process's course; the configuration is whole by the time that it is asked."""
    assert _root is not None  # install() was first.
    key = str(_root)
    if key not in _clocks:
        try:
            _clocks[key] = Course(_root).clock
        except CursoError:
            return Clock()
    return _clocks[key]


def _existing_timestamp(self: CourseDirectory, dest_path: str) -> datetime | None:
    """Before the first preprocessor, nbgrader opens whatever is called ``timestamp.txt``.

    A pipe would hold it for ever, and ``/dev/zero`` fill the memory. Why a date does not count,
    RestoreCells says later, once.
    """
    text = read_timestamp(Path(dest_path), Course.with_directory(self).clock, [])
    return _theirs(text) if text else None


def _submitted_timestamp(self: NbGraderAPI, assignment_id: str, student_id: str) -> Any:
    directory = self.coursedir
    folder = directory.format_path(directory.submitted_directory, student_id, assignment_id)
    return directory.get_existing_timestamp(os.path.abspath(folder))


def _assignment(self: NbGraderAPI, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
    """With the offset that its due date has: nbgrader gives today's, and saves it an hour off."""
    found = _get_assignment(self, *args, **kwargs)
    if found and found["duedate"]:
        local = datetime.fromisoformat(found["duedate_notimezone"])
        minutes = round((local - datetime.fromisoformat(found["duedate"])).total_seconds() / 60)
        hours, rest = divmod(abs(minutes), 60)
        found["duedate_timezone"] = f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"
    return found


def _record(self: ExchangeCollect, path: str) -> dict[str, Any]:
    """One of the exchange's folders, ``student+unit+time+noise``.

    Among several of one student the last is collected: where the zone is not clear it is the same
    for all of them, and one whose name is no date comes before the others.
    """
    filename = os.path.basename(path)
    student, *rest = filename.rsplit("+", 3)
    if len(rest) < 2:
        self.fail(f"Invalid filename: {filename}")
    try:
        at = moment(rest[1], Clock(self.timezone, self.timestamp_format))
    except Unclear as unclear:
        self.log.warning("%s: la hora %s", filename, unclear.args[0])
        at = _without_its_zone(rest[1])
    return {"username": student, "filename": filename, "timestamp": at}


def _without_its_zone(text: str) -> datetime:
    try:
        return parse(text.rpartition(" ")[0]).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return datetime.min
