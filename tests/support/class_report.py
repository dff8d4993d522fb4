"""What the report tells of a class whose records are at hand."""

from __future__ import annotations

import io
from typing import Any

from autograder.gradebook.records import Records
from autograder.report import mistakes
from autograder.report.hardest import HardCheck, Hardest
from autograder.report.misconceptions import Misconceived, Misconceptions


def _heard(listener: Any, records: Records) -> Any:
    for outcome in records.outcomes.values():
        listener.note(outcome)
    return listener


def hardest_checks(records: Records) -> list[HardCheck]:
    return _heard(Hardest(), records).checks()


def misconceptions(records: Records) -> list[Misconceived]:
    return _heard(Misconceptions(), records).found()


def render_counted(records: Records) -> str:
    return mistakes.render_counted(misconceptions(records))


def render_mistakes(records: Records) -> str:
    file = io.StringIO()
    _heard(mistakes.MistakesSheet(file), records)
    return file.getvalue()
