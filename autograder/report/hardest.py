"""Las comprobaciones que más han costado a la clase, cada una con el error que más se repite."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..gradebook.records import Outcome
from ..submission.graded_cells import CheckResult
from .causes import Commonest

HARDEST = 10


@dataclass(frozen=True)
class HardCheck:
    """A check, the share of its points that the class earned, and how many got them all."""

    check_id: str
    share: float
    right: int
    total: int
    commonest: str


@dataclass
class _Counted:
    """What a class earned in one check."""

    earned: float = 0.0
    right: int = 0
    total: int = 0
    lost: Commonest = field(default_factory=Commonest)

    def note(self, check: CheckResult) -> None:
        self.earned += check.points / check.max_points
        self.right += check.points == check.max_points
        self.total += 1
        self.lost.note(check)


class Hardest:
    """The checks that cost the class something, counted as its records are read."""

    def __init__(self) -> None:
        self._checks: dict[str, _Counted] = defaultdict(_Counted)

    def note(self, outcome: Outcome) -> None:
        for check in outcome.checks:
            if (check.check_id or check.believed) and check.max_points:
                self._checks[check.check_id or f"{outcome.unit}.{check.grade_id}"].note(check)

    def checks(self) -> list[HardCheck]:
        """Hardest first, each with the mistake that most students made, counted by its id."""
        found = [
            HardCheck(name, one.earned / one.total, one.right, one.total, mistake)
            for name, one in self._checks.items()
            if (mistake := one.lost.words())
        ]
        return sorted(found, key=lambda check: (check.share, check.check_id))[:HARDEST]
