"""Los identificadores de las comprobaciones, con la variante de un estudiante y sin ella."""

from __future__ import annotations

LETTER = ":"  # ``unit.function:C`` asks the numbers of variant C.
ANOTHERS = "variante-ajena"  # The mistake of whoever answers with the numbers of another variant.


def plain(check_id: str) -> str:
    """The course's own id: by it marks, causes and points are counted."""
    return check_id.partition(LETTER)[0]
