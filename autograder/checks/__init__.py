"""Las comprobaciones del curso, un módulo por unidad."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

from ..common.check_ids import LETTER
from .units import UNITS, Unit
from .variants import tasks_of, variant_check

if TYPE_CHECKING:
    from ..judging.check import Check

__all__ = ["UNITS", "Unit", "checks_of", "find_check"]


def checks_of(unit: str) -> dict[str, Check]:
    """The checks of one unit by id, in the order of its notebook."""
    return UNITS[unit].checks


def find_check(check_id: str) -> Check:
    """The check ``unit.function``; ``KeyError`` with a Spanish line where there is none."""
    unit, _, _ = check_id.partition(".")
    checks = checks_of(unit) if unit in UNITS else {}
    if check_id in checks:
        return checks[check_id]
    ours, marked, letter = check_id.partition(LETTER)
    if marked and ours in checks and (task := tasks_of(unit).get(ours)):
        return variant_check(task, letter)
    line = f"no existe la comprobación «{check_id}»"
    if near := _nearest(check_id):
        line += f"; ¿querías decir {' o '.join(f'«{name}»' for name in near)}?"
    if checks:
        raise KeyError(f"{line}; en esta unidad están: {', '.join(checks)}")
    raise KeyError(f"{line}; las unidades son: {', '.join(UNITS)}")


def _nearest(check_id: str) -> list[str]:
    """The checks that were perhaps meant: of that function in any unit, or written much alike."""
    known = [name for unit in UNITS for name in checks_of(unit)]
    plain = {name: _plain(name) for name in known}
    asked = _plain(check_id)
    whole = difflib.get_close_matches(asked, plain.values(), 1, 0.8)
    same = [name for name in known if _plain(name.partition(".")[2]) == asked.split(".")[-1]]
    if whole and (asked == whole[0] or not same):
        return [name for name in known if plain[name] == whole[0]]
    within = [name for name in same if name[0] == asked[:1]] if "." in asked else []
    return within or same


def _plain(name: str) -> str:
    """A name without what is easily mistyped: capitals, accents, separators."""
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    kept = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9.]+", "_", kept.replace("/", ".").replace(":", "."))
