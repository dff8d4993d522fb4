"""El gaussiano recortado lejos del centro, o abierto según su tamaño y no según sigma."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .ways import Entries, after

CUT_OFF = Named(
    "gauss-recortado",
    "los pesos que quedan lejos del centro valen 0, como al cortar a 2 o 3 sigmas o con un "
    "círculo; el gaussiano llega hasta el borde del filtro",
    "con sigma 0,5 y tamano 5, ¿cuánto vale el peso de la esquina? Es pequeño, y no es 0",
    lessons.CLASSIC_FILTERS,
)
SIZED = Named(
    "gauss-con-sigma-del-tamano",
    "los pesos dependen solo de tamano, y sigma no los cambia; sigma decide cuánto se abren",
    "pide dos filtros del mismo tamaño con sigma 0,5 y 3: ¿en qué se diferencian?",
    lessons.CLASSIC_FILTERS,
)
_REACHES: tuple[Callable[[Any, int], float], ...] = (
    lambda s, n: s,
    lambda s, n: 2 * s,
    lambda s, n: 3 * s,
    lambda s, n: round(2 * s),
    lambda s, n: np.ceil(2 * s),
    lambda s, n: np.ceil(3 * s),
    lambda s, n: n / 2,
    lambda s, n: n // 2,
    lambda s, n: (n - 1) / 2,
)
_NORMS: tuple[Callable[[Any, Any], Any], ...] = (
    np.hypot,
    lambda a, b: np.maximum(abs(a), abs(b)),
    lambda a, b: abs(a) + abs(b),
)


def _cut_off(
    norm: Callable[[Any, Any], Any], reach: Callable[[Any, int], float], ends: bool, before: bool
) -> Change:
    """Nothing further than that; ``before`` what is left is divided by its sum."""

    def change(kernel: np.ndarray, given: Arguments) -> np.ndarray:
        size, sigma = given["tamano"], given["sigma"]
        offsets = np.arange(size) - (size - 1) / 2
        far, most = norm(offsets[:, None], offsets[None, :]), reach(sigma, size)
        weights = kernel * (far <= most + 1e-9 if ends else far < most - 1e-9)
        return weights / weights.sum() if before else weights

    return after("gauss", change)


def _cuts() -> tuple[Change, ...]:
    return tuple(
        _cut_off(norm, reach, ends, before)
        for norm in _NORMS
        for reach in _REACHES
        for ends in (True, False)
        for before in (True, False)
    )


def _sized(sigma: Callable[[int], float]) -> Change:
    """A sigma that comes from the size, as some libraries choose it."""

    def change(kernel: np.ndarray, given: Arguments) -> np.ndarray:
        offsets = np.arange(given["tamano"]) - (given["tamano"] - 1) / 2
        profile = np.exp(-(offsets**2) / (2 * max(sigma(given["tamano"]), 1e-9) ** 2))
        return np.outer(profile, profile) / profile.sum() ** 2

    return after("gauss", change)


def _pascal(kernel: np.ndarray, given: Arguments) -> np.ndarray:
    profile = np.ones(1)
    for _ in range(given["tamano"] - 1):
        profile = np.convolve(profile, [1, 1])
    return np.outer(profile, profile) / profile.sum() ** 2


GAUSSIAN_SHAPES: Entries = (
    *CUT_OFF.rarely(*_cuts()),
    *SIZED.by(
        *(
            _sized(sigma)
            for sigma in (
                lambda n: 0.3 * ((n - 1) * 0.5 - 1) + 0.8,
                lambda n: n / 6,
                lambda n: n / 5,
                lambda n: n / 4,
                lambda n: n / 3,
                lambda n: n / 2,
                lambda n: n,
                lambda n: (n - 1) / 2,
                lambda n: (n - 1) / 4,
                lambda n: (n - 1) / 6,
                lambda n: n // 2,
                np.sqrt,
            )
        ),
        after("gauss", _pascal),
    ),
)
