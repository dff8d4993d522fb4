"""Qué error es el de cada comprobación: se cuenta por su identificador, no por sus palabras."""

from __future__ import annotations

from collections import Counter

from ..common.check_ids import ANOTHERS
from ..judging.check import UNWRITTEN
from ..judging.diagnosis import result
from ..judging.verdict import Refusal
from ..submission.graded_cells import CheckResult


def of_a_class(known: str, cause: str) -> str:
    """The words of a mistake, without what is of one student alone."""
    if known == ANOTHERS:
        return "responde con los números de otra variante, y no con los de su cuaderno"
    return result.of_a_class(cause)


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


class Commonest:
    """What made the most of some checks lose points: counted, and none of them is kept.

    What was tried and failed teaches more than what was left unwritten. The same mistake counts
    once however it is told; only those that have no id count by their words.
    """

    def __init__(self) -> None:
        self._lost: Counter[tuple[str, str, str]] = Counter()  # By id, reason and words.
        self._ids: dict[str, str] = {}

    def note(self, check: CheckResult) -> None:
        if not check.reason:
            return
        known, cause = cause_of(check), (check.verdict and check.verdict.cause) or ""
        if cause:
            # Where a class was graded by two versions, an older record has the words alone.
            self._ids[cause] = known
        self._lost[known, check.reason, of_a_class(known, cause or check.reason)] += 1

    def words(self) -> str:
        """In words; empty where none lost any."""
        counts: Counter[str] = Counter()
        for (known, reason, _), times in self._lost.items():
            counts[known or self._ids.get(reason) or reason] += times
        if not counts:
            return ""
        tried = Counter({key: n for key, n in counts.items() if key != Refusal.UNWRITTEN}) or counts
        most = tried.most_common(1)[0][0]
        told: Counter[str] = Counter()
        for (known, reason, words), times in self._lost.items():
            if (known or self._ids.get(reason) or reason) == most:
                told[words] += times
        return told.most_common(1)[0][0]
