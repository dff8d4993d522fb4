"""Los grupos de la clase, uno al lado de otro: cuántos son, cómo van y qué pide atención."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..gradebook.groups import in_order

if TYPE_CHECKING:
    from .student_rows import StudentRow


@dataclass(frozen=True)
class Group:
    """One group of the list: its students in the report, and their mean share of the points."""

    name: str
    count: int
    mean: float
    attention: int


def by_group(rows: Sequence[StudentRow]) -> list[Group]:
    """The groups that somebody of ``rows`` is in; who is in several counts in each."""
    found: dict[str, list[StudentRow]] = defaultdict(list)
    for row in rows:
        for name in row.groups:
            found[name].append(row)
    return [
        Group(
            name,
            len(those),
            sum(row.share for row in those) / len(those),
            sum(row.attention > 0 for row in those),
        )
        for name, those in sorted(found.items(), key=lambda item: in_order(item[0]))
    ]
