"""El gaussiano con cada pieza de su fórmula cambiada: distancia, exponente, centro y escala."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .gaussian_shapes import GAUSSIAN_SHAPES
from .named import Named
from .terms import Term, Tree, read, slips, value, written
from .ways import Entries, after

Weights = Callable[[Any, Any, Any], Any]
_EXPONENT = "escribe el exponente como una fracción: qué va arriba y qué va abajo"


def _gauss(id: str, cause: str, hint: str = _EXPONENT) -> Named:
    return Named(id, cause, hint, lessons.CLASSIC_FILTERS)


DISTANCE = _gauss(
    "gauss-con-otra-distancia-al-cuadrado",
    "la distancia al centro está mal calculada: d² = (i − c)² + (j − c)², la misma en los dos ejes",
)
DENOMINATOR = _gauss(
    "gauss-con-otro-denominador",
    "el exponente no se divide entre 2σ²: falta o sobra un factor, o σ lleva otra potencia",
)
STEPS = _gauss(
    "gauss-a-escalones",
    "el exponente llega redondeado a un entero, como con //: los pesos bajan a escalones, y en el "
    "gaussiano bajan poco a poco",
    "¿cuánto vale el exponente a un píxel del centro, con sigma 2? Escríbelo con decimales",
)
CENTRE = _gauss(
    "gauss-con-otro-centro",
    "las distancias se miden desde un punto que no es el centro, (tamano − 1) / 2",
    "¿a qué distancia del centro queda el primer peso con tamano 4? ¿Y el último?",
)
BASE = _gauss(
    "gauss-con-otra-funcion",
    "los pesos no son una exponencial de −d² / 2σ²: es otra función, o le falta el signo",
)
SCALE = _gauss(
    "gauss-con-otra-escala",
    "los pesos no llegan divididos entre su suma, y el filtro no suma 1",
    "suma todos los pesos de lo que devuelves: ¿da 1?",
)


def _whole(weights: np.ndarray) -> np.ndarray:
    return weights / weights.sum()


def _made(
    squares: Weights,
    base: Callable[[Any, Any], Any],
    centre: Callable[[int], float] | None = None,
    scale: Callable[[np.ndarray], np.ndarray] = _whole,
) -> Change:
    """Weights ``base(squares(rows, columns, sigma), sigma)``, scaled at the end."""

    def change(kernel: np.ndarray, given: Arguments) -> np.ndarray:
        size, sigma = given["tamano"], given["sigma"]
        offsets = np.arange(size) - ((size - 1) / 2 if centre is None else centre(size))
        weights = base(squares(offsets[:, None], offsets[None, :], sigma), sigma)
        return scale(np.broadcast_to(weights, (size, size)) * 1.0)

    return after("gauss", change)


def _squares(a: Any, b: Any, s: Any) -> Any:
    return a**2 + b**2


def _scaled_if(weights: np.ndarray) -> np.ndarray:
    """Divided by their sum, unless that is nothing."""
    total = weights.sum()
    return weights / total if total else weights


def _bell(d: Any, s: Any) -> Any:
    return np.exp(-d / (2 * s**2))


_WORDS = {"a": "(i − c)", "b": "(j − c)", "s": "σ", "d": "d²", "n": "tamano"}


def _by_tree(tree: Tree, piece: str) -> Change:
    """The formula with another tree in one of its pieces."""

    def squares(a: Any, b: Any, s: Any) -> Any:
        return value(tree, {"a": a, "b": b, "s": s}) + 0 * (a + b)

    def base(d: Any, s: Any) -> Any:
        return value(tree, {"d": d, "s": s})

    def centre(n: int) -> Any:
        return value(tree, {"n": n})

    if piece == "centre":
        return _made(_squares, _bell, centre).said(f"con el centro en {written(tree, _WORDS)}")
    if piece == "squares":
        return _made(squares, _bell).said(f"con d² = {written(tree, _WORDS)}")
    return _made(_squares, base).said(written(tree, _WORDS))


def _generated(text: str, piece: str, *others: str | int) -> tuple[Change, ...]:
    return tuple(_by_tree(tree, piece) for tree in slips(read(text), others))


def _of_fractions(text: str) -> tuple[Change, ...]:
    """The slips of an exponent but those that make it a whole number: they have another name."""
    trees = slips(read(text), ("d", "s", 1))
    return tuple(_by_tree(tree, "base") for tree in trees if not _in_steps(tree))


def _in_steps(tree: Tree) -> bool:
    if not isinstance(tree, Term):
        return False
    return tree.operation == "//" or (
        tree.operation in ("exp", "neg") and any(map(_in_steps, tree.parts))
    )


def _of_profile(join: Callable[[Any, Any], Any]) -> Change:
    """The weights of rows and of columns, joined otherwise than by their product."""

    def change(kernel: np.ndarray, given: Arguments) -> np.ndarray:
        profile = kernel.sum(axis=0)
        weights = join(profile[:, None], profile[None, :])
        return weights / weights.sum()

    return after("gauss", change)


GAUSSIAN_FORMULAS: Entries = (
    *GAUSSIAN_SHAPES,
    *BASE.rarely(
        *(_of_profile(join) for join in (np.add, np.maximum, np.minimum, np.hypot)),
        after("gauss", lambda kernel, given: _whole(np.sqrt(kernel))),
        after("gauss", lambda kernel, given: _whole(kernel**2)),
        *(
            _made(_squares, way, scale=scale)
            for way in (
                lambda d, s: np.exp(-d / (2 * s**2)) - np.exp(-d / (2 * s**2)).min(),
                lambda d, s: np.exp(-d / (2 * s**2)) * (1 - d / (2 * s**2)),
                lambda d, s: np.exp(-d / (2 * s**2)) * d,
                lambda d, s: np.round(np.exp(-d / (2 * s**2))),
                lambda d, s: 1 / (1 + np.exp(d / (2 * s**2))),
                lambda d, s: np.maximum(1 - np.sqrt(d) / s, 0),
                lambda d, s: np.maximum(1 - np.sqrt(d) / (2 * s), 0),
                lambda d, s: np.maximum(1 - d / s**2, 0),
            )
            for scale in (_scaled_if, lambda w: w)
        ),
    ),
    *DENOMINATOR.rarely(
        *(
            _made(_squares, way)
            for way in (
                lambda d, s: np.exp(-d / (2 * (s / 2.355) ** 2)),
                lambda d, s: np.exp(-d / (2 * (s * 2.355) ** 2)),
                lambda d, s: np.exp(-d / (2 * (s / 2.3548) ** 2)),
                lambda d, s: np.exp(-4 * np.log(2) * d / s**2),
                lambda d, s: np.exp(-d / (2 * s**2 + 1)),
                lambda d, s: np.exp(-d / (2 * (s + 1) ** 2)),
                lambda d, s: np.exp(-d / (2 * s**2 + 1e-2)),
                lambda d, s: np.exp(-d / (2 * (s + 0.1) ** 2)),
                lambda d, s: np.exp(-d / (np.sqrt(2 * np.pi) * s)),
                lambda d, s: np.exp(-d / (np.sqrt(2) * s)),
                lambda d, s: np.exp(-d / np.sqrt(2 * s**2)),
                lambda d, s: np.exp(-np.sqrt(d / (2 * s**2))),
            )
        )
    ),
    *STEPS.by(
        *(
            _made(_squares, way)
            for way in (
                lambda d, s: np.exp(-d // (2 * s**2)),
                lambda d, s: np.exp(-(d // (2 * s**2))),
                lambda d, s: np.exp(-np.round(d / (2 * s**2))),
            )
        )
    ),
    *DISTANCE.rarely(
        *(
            _made(way, _bell)
            for way in (
                lambda a, b, s: a**2 - b**2,
                lambda a, b, s: b**2 - a**2,
                lambda a, b, s: a + b**2,
                lambda a, b, s: a**2 + b,
                lambda a, b, s: 2 * a + b**2,
                lambda a, b, s: a**2 + 2 * b,
                lambda a, b, s: a + b,
                lambda a, b, s: (a + b) ** 2,
                lambda a, b, s: (a - b) ** 2,
                lambda a, b, s: a * b,
                lambda a, b, s: abs(a * b),
                lambda a, b, s: a**2 * b**2,
                lambda a, b, s: 2 * a**2 + 0 * b,
                lambda a, b, s: 2 * b**2 + 0 * a,
                lambda a, b, s: abs(a) ** 3 + abs(b) ** 3,
                lambda a, b, s: a**4 + b**4,
                lambda a, b, s: a**2 + abs(b),
                lambda a, b, s: abs(a) + b**2,
                lambda a, b, s: np.maximum(a**2, b**2),
                lambda a, b, s: np.minimum(a**2, b**2),
                lambda a, b, s: (a**2 + b**2) / 2,
                lambda a, b, s: (abs(a) + abs(b)) / 2,
                lambda a, b, s: np.round(a) ** 2 + np.round(b) ** 2,
                lambda a, b, s: np.trunc(a) ** 2 + np.trunc(b) ** 2,
                lambda a, b, s: a**3 + b**2,
                lambda a, b, s: a**2 + b**3,
            )
        )
    ),
    *DENOMINATOR.rarely(
        *(
            _made(_squares, way)
            for way in (
                lambda d, s: np.exp(-d),
                lambda d, s: np.exp(-d / 2),
                lambda d, s: np.exp(-d / (2 + s**2)),
                lambda d, s: np.exp(-d / (3 * s**2)),
                lambda d, s: np.exp(-d / (4 * s)),
                lambda d, s: np.exp(-d / (4 * s**2)),
                lambda d, s: np.exp(-d / 4),
                lambda d, s: np.exp(-d / (2 * s**3)),
                lambda d, s: np.exp(-d / (2 * s**4)),
                lambda d, s: np.exp(-d / (2 * 2**s)),
                lambda d, s: np.exp(-d * 2 * s**2),
                lambda d, s: np.exp(-d * s**2),
                lambda d, s: np.exp(-d * s),
                lambda d, s: np.exp(-d * 2 * s),
                lambda d, s: np.exp(-d / 2 * s),
                lambda d, s: np.exp(-d / s),
                lambda d, s: np.exp(-d / s / 2 * s),
                lambda d, s: np.exp(-d / (2 * np.pi * s**2)),
                lambda d, s: np.exp(-((d / (2 * s**2)) ** 2)),
                lambda d, s: np.exp(-((d / s) ** 2) / 2),
                lambda d, s: np.exp(-((d / s) ** 2)),
                lambda d, s: np.exp(-np.sqrt(d) / s),
                lambda d, s: np.exp(-np.sqrt(d) / (2 * s**2)),
                lambda d, s: np.exp(-np.sqrt(d) / (2 * s)),
                lambda d, s: np.exp(-d / (2 * s) ** 2 / 2),
                lambda d, s: np.exp(-d / (2 // max(s**2, 1e-9) or 1)),
                lambda d, s: np.exp(-d - 2 * s**2) + 0 * d,
            )
        )
    ),
    *CENTRE.rarely(
        *(
            _made(_squares, _bell, way)
            for way in (
                lambda n: 1,
                lambda n: 2,
                lambda n: 0.5,
                lambda n: (n - 2) / 2,
                lambda n: (n - 1) / 3,
                lambda n: n / 3,
                lambda n: -(n - 1) / 2,
                lambda n: n,
                lambda n: (n - 1) * 2,
                lambda n: n // 2 - 1,
                lambda n: n // 2 + 1,
                lambda n: n - n // 2,
                lambda n: round(n / 2),
                lambda n: n / 2 - 1,
            )
        )
    ),
    *BASE.rarely(
        *(
            _made(_squares, way)
            for way in (
                lambda d, s: 1 - np.exp(-d / (2 * s**2)),
                lambda d, s: np.expm1(-d / (2 * s**2)),
                lambda d, s: 1 / (1 + d / (2 * s**2)),
                lambda d, s: 1 / (1 + d),
                lambda d, s: d / (2 * s**2),
                lambda d, s: -d / (2 * s**2),
                lambda d, s: 2 ** (-d / (2 * s**2)),
                lambda d, s: 10 ** (-d / (2 * s**2)),
                lambda d, s: np.cos(d / (2 * s**2)),
                lambda d, s: np.maximum(1 - d / (2 * s**2), 0),
                lambda d, s: 1 / np.exp(-d / (2 * s**2)),
            )
        )
    ),
    *SCALE.rarely(
        *(
            _made(_squares, _bell, scale=way)
            for way in (
                lambda w: w * w.sum(),
                lambda w: w.sum() / w,
                lambda w: w - w.sum(),
                lambda w: w / w.mean(),
                lambda w: w / w.min(),
                lambda w: w / w.sum() ** 2,
                lambda w: w / np.sqrt(w.sum()),
                lambda w: w / (w.sum() * w.size),
                lambda w: w / w.size**2,
                lambda w: w / len(w) ** 2,
                lambda w: w / w.std() if w.std() else w,
                lambda w: (w - w.min()) / np.ptp(w) if np.ptp(w) else w,
                lambda w: (w - w.mean()) / w.std() if w.std() else w - w.mean(),
                lambda w: w / w.sum() * w.size,
                lambda w: 255 * w / w.sum(),
                lambda w: 2 * w / w.sum(),
                lambda w: w / w[0].sum() / w[:, 0].sum(),
                lambda w: w / w.sum(axis=0) / w.sum(axis=1)[:, None],
                lambda w: w / w.sum(axis=1)[:, None],
                lambda w: w / w.trace(),
                lambda w: w / w[len(w) // 2, len(w) // 2],
                lambda w: w / w[0, 0],
                lambda w: w / len(w),
                lambda w: w.sum() + 0 * w,
            )
        )
    ),
    *DISTANCE.rarely(*_generated("(+ (** a 2) (** b 2))", "squares", "a", "b", "s", 1)),
    *DENOMINATOR.rarely(
        *_of_fractions("(exp (/ (neg d) (* 2 (** s 2))))"),
        *_of_fractions("(exp (neg (/ d (* 2 (** s 2)))))"),
    ),
    *CENTRE.rarely(
        *_generated("(/ (- n 1) 2)", "centre", "n", 0, 1), *_generated("(// n 2)", "centre", "n", 1)
    ),
    *SCALE.rarely(after("gauss", lambda weights, given: np.asarray(weights.sum()))),
)
