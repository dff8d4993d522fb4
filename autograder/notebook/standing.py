"""«Llevas 12 de 20 puntos en esta unidad»: lo que ha pasado en este cuaderno desde que arrancó.

It lives in the notebook's process and is stored nowhere: a home that cannot be written, or that a
hub throws away, changes nothing. What stays is the report under each cell, and ``curso progreso``
reads it there.
"""

from __future__ import annotations

from ..common.check_ids import plain
from ..common.points import standing

_shares: dict[str, float] = {}
_celebrated: set[str] = set()


def noted(check_id: str, share: float) -> str | None:
    """Keep what a check earned last, and say where that leaves the unit; None if it is no unit's.

    Reaching the end is celebrated once.
    """
    check_id = plain(str(check_id))
    unit = check_id.partition(".")[0]
    _shares[check_id] = share
    now = standing(unit, _shares)
    if now is None:
        return None
    if not now.complete:
        _celebrated.discard(unit)
    elif unit not in _celebrated:
        _celebrated.add(unit)
        return f"🎉 ¡Unidad completa! Llevas {now.sentence()}."
    return f"En esta unidad llevas {now.sentence()}."
