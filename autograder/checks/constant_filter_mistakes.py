"""Errores típicos con los filtros constantes: NaN, otro número, o un bucle que se corta."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .ways import Entries, after

_FILTER = (0, 1, 2)  # the axes of one filter
HINT_CONSTANT = "¿entre qué divides cuando todos los pesos de un filtro son iguales?"


def _constant(given: Arguments) -> np.ndarray:
    constant: np.ndarray = np.ptp(given["kernel"], axis=_FILTER) == 0
    return constant


def _where_constant(become: Callable[[np.ndarray], Any]) -> Change:
    """Constant filters that do not become zeros."""
    return after(
        "constantes",
        lambda value, given: np.where(
            _constant(given), become(given["kernel"].astype(np.float64)), value
        ),
    )


CONSTANT_FILTER_MISTAKES: Entries = (
    *Named(
        "filtro-constante-da-nan",
        "un filtro constante divide 0 entre 0 y da NaN; debe dar ceros",
        HINT_CONSTANT,
        lessons.SHOWING_FILTERS,
    ).by(
        _where_constant(lambda kernel: np.nan),
        _where_constant(lambda kernel: np.where(kernel == 0, 0, np.nan)),
    ),
    *Named(
        "filtro-constante-no-da-ceros",
        "un filtro constante no da ceros: si todos sus pesos son iguales, todos quedan en 0",
        HINT_CONSTANT,
        lessons.SHOWING_FILTERS,
    ).by(
        _where_constant(lambda kernel: 1.0),
        _where_constant(lambda kernel: 0.5),
        _where_constant(lambda kernel: kernel),
    ),
    *Named(
        "una-constante-corta-el-bucle",
        "los filtros que van detrás de uno constante se quedan a cero, como con un break; cada uno "
        "va por su lado",
        "¿qué le pasa al filtro siguiente cuando uno tiene todos sus pesos iguales?",
        lessons.SHOWING_FILTERS,
    ).by(
        after(
            "constantes",
            lambda value, given: value * ~np.logical_or.accumulate(_constant(given)),
        ),
    ),
    *Named(
        "una-constante-estropea-todas",
        "basta un filtro constante para que los demás no se normalicen; cada uno va por su lado",
        HINT_CONSTANT,
        lessons.SHOWING_FILTERS,
    ).by(
        after("constantes", lambda value, given: value * (not _constant(given).any())),
        after(
            "constantes", lambda value, given: value * np.where(_constant(given).any(), np.nan, 1)
        ),
        after(
            "constantes",
            lambda value, given: given["kernel"].astype(float) if _constant(given).any() else value,
        ),
    ),
)
