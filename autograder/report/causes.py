"""Qué error es el de cada comprobación: se cuenta por su identificador, no por sus palabras."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..judging.check import UNWRITTEN
from ..judging.diagnosis.result import of_a_class
from ..judging.verdict import Refusal
from ..submission.graded_cells import CheckResult


def cause_of(check: CheckResult) -> str:
    """The id of the mistake, or of what left the check without points; empty where none is known.

    Of a record from before there were verdicts in them, only that nothing was written.
    """
    if check.verdict:
        return check.verdict.cause_id or check.verdict.rejected_as or ""
    return Refusal.UNWRITTEN if check.reason == UNWRITTEN else ""


def causes_of(check: CheckResult) -> str:
    """The id of the mistake, or both where two were made at once: ``kernel-volteado + …``."""
    return check.verdict.mistake if check.verdict else cause_of(check)


def commonest(checks: Sequence[CheckResult]) -> str:
    """What made the most of these lose points, in words; empty where none lost any.

    What was tried and failed teaches more than what was left unwritten. The same mistake counts
    once however it is told; only those that have no id count by their words.
    """
    lost = [check for check in checks if check.reason]
    # Where a class was graded by two versions, an older record has the words alone.
    ids = {check.verdict.cause: cause_of(check) for check in lost if check.verdict}
    keys = [cause_of(check) or ids.get(check.reason) or check.reason or "" for check in lost]
    tried = [key for key in keys if key != Refusal.UNWRITTEN] or keys
    if not tried:
        return ""
    most = max(tried, key=tried.count)
    words = Counter(_words(check) for check, key in zip(lost, keys, strict=True) if key == most)
    return words.most_common(1)[0][0]


def _words(check: CheckResult) -> str:
    return of_a_class((check.verdict and check.verdict.cause) or check.reason or "")
