"""Desenfoques que no son el gaussiano: recortados, a medio llenar, desplazados o enteros."""

from __future__ import annotations

from collections.abc import Callable
from math import erf
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .gaussian_formulas import BASE, SCALE
from .gaussian_shapes import CUT_OFF, SIZED
from .named import Named
from .ways import Entries, after

Weights = Callable[[np.ndarray, np.ndarray, float, int], np.ndarray]  # rows, columns, sigma, size
_CORNER = "¿qué peso lleva cada esquina, comparado con el del centro? ¿Puede ser 0?"


def _named(id: str, cause: str, hint: str) -> Named:
    return Named(id, cause, hint, lessons.CLASSIC_FILTERS)


SHIFTED = _named(
    "gauss-desplazado",
    "a todos los pesos se les suma o resta un mismo número antes de dividir entre la suma",
    _CORNER,
)
SIGMA_WITH_SIZE = _named(
    "gauss-con-sigma-por-el-tamano",
    "el filtro es el de un sigma multiplicado o dividido por el tamaño; sigma se mide en píxeles",
    "con el mismo sigma y otro tamaño, ¿cambia el cociente entre el centro y su vecino?",
)
WHOLE = _named(
    "gauss-en-enteros",
    "los pesos llegan como números enteros; son decimales que suman 1",
    "¿cuánto suman todos los pesos de lo que devuelves?",
)
UNFILLED = _named(
    "gauss-a-medio-llenar",
    "hay filas, columnas o trozos del filtro que se quedan a cero: no se llenan todos los pesos",
    "imprime un filtro de 5×5: ¿qué casillas valen 0?",
)
ON_THE_WAY = _named(
    "gauss-normalizado-por-el-camino",
    "se divide entre la suma cuando aún faltan pesos por llenar, como dentro del bucle",
    "¿cuántas veces se divide un filtro de 3×3? ¿Qué suma tenía cada vez?",
)


def _made(weights: Weights, whole: bool = True) -> Change:
    def change(_: Any, given: Arguments) -> np.ndarray:
        size, sigma = given["tamano"], given["sigma"]
        offsets = np.arange(size) - (size - 1) / 2
        with np.errstate(all="ignore"):
            found = weights(offsets[:, None], offsets[None, :], sigma, size)
            found = np.broadcast_to(found, (size, size)) * 1.0
            return found / found.sum() if whole and found.sum() else found

    return after("gauss", change)


def _bell(a: Any, b: Any, s: float) -> Any:
    return np.exp(-(a**2 + b**2) / (2 * s**2))


def _kept(where: Weights) -> tuple[Change, Change]:
    """Only some of the weights, and divided by the sum of those or of all."""

    def some(a: np.ndarray, b: np.ndarray, s: float, n: int) -> np.ndarray:
        return np.asarray(_bell(a, b, s) * where(a, b, s, n))

    def of_all(a: np.ndarray, b: np.ndarray, s: float, n: int) -> np.ndarray:
        return some(a, b, s, n) / _bell(a, b, s).sum()

    return _made(some), _made(of_all, whole=False)


def _cuts() -> list[Change]:
    ways: list[Change] = []
    for times in (1, 1.5, 2, 2.5):
        ways += _kept(lambda a, b, s, n, t=times: np.hypot(a, b) <= t * s)  # type: ignore[misc]
        ways += _kept(lambda a, b, s, n, t=times: (abs(a) <= t * s) & (abs(b) <= t * s))  # type: ignore[misc]
    for radius in (lambda n: n / 2, lambda n: (n - 1) / 2, lambda n: n // 2):
        ways += _kept(lambda a, b, s, n, r=radius: np.hypot(a, b) <= r(n))  # type: ignore[misc]
    for least in (0.05, 0.1, 0.5):
        ways += _kept(lambda a, b, s, n, t=least: _bell(a, b, s) >= t)  # type: ignore[misc]
    return ways


def _index(a: np.ndarray, n: int) -> np.ndarray:
    return np.round(a + (n - 1) / 2).astype(int)


def _fills() -> list[Change]:
    where: tuple[Weights, ...] = (
        lambda a, b, s, n: (_index(a, n) < n - 1) & (_index(b, n) < n - 1),
        lambda a, b, s, n: (_index(a, n) > 0) & (_index(b, n) > 0),
        lambda a, b, s, n: (_index(a, n) < n - 1) & (b == b),
        lambda a, b, s, n: (_index(b, n) < n - 1) & (a == a),
        lambda a, b, s, n: (_index(a, n) <= n // 2) & (_index(b, n) <= n // 2),
        lambda a, b, s, n: (_index(a, n) < n // 2) & (_index(b, n) < n // 2),
        lambda a, b, s, n: (abs(a) <= 0.5) | (abs(b) <= 0.5),
        lambda a, b, s, n: (a >= b) & (a == a),
        lambda a, b, s, n: (a <= b) & (a == a),
        lambda a, b, s, n: a == b,
    )
    return [way for some in where for way in _kept(some)]


def _by_steps(rows: bool) -> Weights:
    def weights(a: np.ndarray, b: np.ndarray, s: float, n: int) -> np.ndarray:
        right, found = _bell(a, b, s), np.zeros((n, n))
        for i in range(n):
            for j in range(n):
                found[i, j] = right[i, j]
                if not rows:
                    found = found / found.sum()
            if rows:
                found = found / found.sum()
        return found

    return weights


def _areas(offsets: np.ndarray, sigma: float) -> np.ndarray:
    ends = [[(t + side) / (sigma * 2**0.5) for side in (-0.5, 0.5)] for t in offsets.ravel()]
    return np.reshape([erf(high) - erf(low) for low, high in ends], offsets.shape)


def _scaled(scale: Callable[[np.ndarray], np.ndarray]) -> Change:
    return _made(lambda a, b, s, n: scale(_bell(a, b, s)), whole=False)


_SIGMAS: tuple[Callable[[int], float], ...] = (
    *(lambda n, by=by: n / by for by in (2, 3, 4, 5, 6)),  # type: ignore[misc]
    *(lambda n, by=by: (n - 1) / by for by in (2, 3, 4, 5, 6)),  # type: ignore[misc]
    lambda n: 0.3 * ((n - 1) * 0.5 - 1) + 0.8,
    lambda n: float(n),
    lambda n: np.sqrt(n) / 2,
    lambda n: np.sqrt(n - 1) / 2,
)
_STRETCHES: tuple[Callable[[int], float], ...] = (
    lambda n: n,
    lambda n: 1 / n,
    lambda n: n / 2,
    lambda n: (n - 1) / 2,
    lambda n: n - 1,
    lambda n: n // 2,
    lambda n: 1 / max(n // 2, 1),
    lambda n: n**2,
)
_EPSILON = 1e-12
GAUSSIAN_ODD: Entries = (
    *CUT_OFF.rarely(*_cuts()),
    *UNFILLED.rarely(*_fills()),
    *ON_THE_WAY.rarely(_made(_by_steps(False), whole=False), _made(_by_steps(True), whole=False)),
    *SHIFTED.rarely(
        _made(lambda a, b, s, n: _bell(a, b, s) - _bell(a, b, s).min()),
        _made(lambda a, b, s, n: _bell(a, b, s) + 1),
        _made(lambda a, b, s, n: 1 - _bell(a, b, s)),
        _made(lambda a, b, s, n: _bell(a, b, s) - _bell(a, b, s).mean(), whole=False),
        _made(lambda a, b, s, n: _bell(a, b, s) - _bell(a, b, s).min(), whole=False),
    ),
    *BASE.rarely(
        _made(lambda a, b, s, n: (1 - np.log(1 / _bell(a, b, s))) * _bell(a, b, s)),
        _made(lambda a, b, s, n: (np.log(1 / _bell(a, b, s)) - 1) * _bell(a, b, s), whole=False),
        _made(lambda a, b, s, n: _areas(a, s) * _areas(b, s)),
        _made(lambda a, b, s, n: np.exp(-np.hypot(a, b) / s)),
        _made(lambda a, b, s, n: 1 / (1 + np.hypot(a, b) / s)),
        _made(lambda a, b, s, n: 1 / (np.hypot(a, b) + 1)),
        _made(lambda a, b, s, n: np.maximum(1 - np.hypot(a, b) / (n / 2), 0)),
        _made(lambda a, b, s, n: 1 / (1 + np.exp(np.hypot(a, b) / s))),
    ),
    *SIZED.rarely(
        *(
            _made(lambda a, b, s, n, way=way: _bell(a, b, max(way(n), _EPSILON)))  # type: ignore[misc]
            for way in _SIGMAS
        ),
        *(
            _made(
                lambda a, b, s, n, by=by: _bell(  # type: ignore[misc]
                    a * 2 * by / max(n - 1, 1), b * 2 * by / max(n - 1, 1), 1
                )
            )
            for by in (1, 2, 3, 4)
        ),
    ),
    *SIGMA_WITH_SIZE.rarely(
        *(
            _made(lambda a, b, s, n, way=way: _bell(a, b, s * max(way(n), _EPSILON)))  # type: ignore[misc]
            for way in _STRETCHES
        )
    ),
    *WHOLE.rarely(
        *(
            _scaled(lambda w, by=by: np.round(by * w))  # type: ignore[misc]
            for by in (1, 10, 16, 100, 255, 256, 273, 1000)
        ),
        *(
            _scaled(lambda w, by=by: np.round(by * w / w.sum()))  # type: ignore[misc]
            for by in (16, 100, 255, 256, 273, 1000)
        ),
        *(
            _scaled(lambda w, by=by: np.trunc(by * w))  # type: ignore[misc]
            for by in (1, 10, 100, 255)
        ),
        _scaled(lambda w: np.round(w / w.min())),
        _scaled(lambda w: np.trunc(w / w.min())),
    ),
    *SCALE.rarely(
        _scaled(lambda w: w / w.sum(0) / (w / w.sum(0)).sum(1)),
        _scaled(lambda w: w / w.sum(0) / (w / w.sum(0)).sum(1)[:, None]),
        _scaled(lambda w: w / w.sum(1)[:, None] / (w / w.sum(1)[:, None]).sum(0)),
        _scaled(lambda w: (w / w.sum()) / (w / w.sum()).max()),
        _scaled(lambda w: w / (w.sum() + 1)),
        _scaled(lambda w: w / (w.sum() - 1)),
        _scaled(lambda w: w / (2 * w.sum())),
    ),
)
