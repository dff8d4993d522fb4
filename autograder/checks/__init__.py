"""Las comprobaciones del curso, un módulo por unidad."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..check import Check

UNITS = {
    "1_convolucion": "convolucion",
    "2_filtros": "filtros",
    "3_mapas_de_caracteristicas": "mapas",
    "4_padding": "padding",
    "5_fashion_mnist": "tarea",
}
# Those whose checks ask for one's own implementation. Each check says so too, but they take a tenth
# of a second to load, and whoever starts to grade must know at once what to start.
OWN_IMPLEMENTATION = frozenset({"1_convolucion", "2_filtros", "4_padding"})


def checks_of(unit: str) -> dict[str, Check]:
    """The checks of one unit by id, in the order of its notebook."""
    module = importlib.import_module(f".{UNITS[unit]}", __name__)
    return {check.id: check for check in module.CHECKS}


def find_check(check_id: str) -> Check:
    """The check ``unit.function``; ``KeyError`` with a Spanish line where there is none."""
    unit, _, _ = check_id.partition(".")
    if unit not in UNITS:
        units = ", ".join(UNITS)
        raise KeyError(f"no existe la comprobación «{check_id}»; las unidades son: {units}")
    checks = checks_of(unit)
    if check_id not in checks:
        known = ", ".join(checks)
        raise KeyError(f"no existe la comprobación «{check_id}»; en esta unidad están: {known}")
    return checks[check_id]
