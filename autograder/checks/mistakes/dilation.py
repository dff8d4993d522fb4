"""La dilatación: ignorada, de más, confundida con el paso, o con el kernel mal medido."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Change, argument, computed, exchanged, instead
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..padding_words import DILATION_IGNORED
from ..reference import Pair, conv2d
from .strides import no_pairs

_HOLES = "dibuja un kernel de 3 con dilatación 2: hay un hueco entre dos pesos, y ninguno al final"
_PAIR = "dilation_rate puede ser un par (alto, ancho): cada número va con su eje"


def _named(id: str, cause: str, hint: str = _HOLES) -> Named:
    return Named(id, cause, hint, lessons.DILATION)


ONE_TOO_MANY = _named(
    "dilatacion-de-mas",
    "la dilatación es la distancia entre pesos: con 2 hay un píxel en medio, no dos",
)
ONE_TOO_FEW = _named(
    "dilatacion-de-menos",
    "la dilatación es la distancia entre pesos: con 2 hay un píxel en medio, y te falta",
)
AS_STRIDES = _named(
    "dilatacion-como-paso",
    "sale como si te saltaras ventanas (strides); la dilatación separa los pesos del kernel",
    "con dilatación, la salida no pierde ventanas intermedias",
)
SWAPPED = _named(
    "dilataciones-cambiadas", "las dilataciones de alto y ancho están intercambiadas", _PAIR
)
ONE_AXIS = _named(
    "dilatacion-en-un-solo-eje", "la dilatación solo se aplica en un eje; va en los dos", _PAIR
)
SAME_FOR_BOTH = _named(
    "dilatacion-de-un-eje-para-los-dos", "usas la dilatación de un eje también en el otro", _PAIR
)
WRONG_SPAN = _named(
    "kernel-dilatado-mal-medido",
    "el kernel dilatado abarca d·(k − 1) + 1 píxeles, no d·k: tras el último peso no hay huecos",
)
SPAN_IGNORED = _named(
    "tamano-sin-dilatar",
    "la salida mide lo mismo que sin dilatación; el kernel dilatado abarca más y caben menos",
    "¿cuántas ventanas de 5 caben en 7 píxeles?",
)
REPEATED = _named(
    "kernel-repetido",
    "el kernel actúa agrandado con pesos repetidos; entre peso y peso van ceros",
)
SAMPLED = _named(
    "imagen-muestreada-con-la-dilatacion",
    "sale como si te saltaras píxeles de la imagen para todas las ventanas; la dilatación separa "
    "los pesos de cada una",
    "hay una ventana que empieza en cada píxel, también en los impares",
)


def _pairs(change: Callable[[int, int], tuple[int, int]]) -> Change:
    return argument("dilation_rate", lambda rate: change(*as_pair(rate, "")))


def _with_kernel(enlarge: Callable[[np.ndarray, int, int], np.ndarray]) -> Change:
    """Undilated, with the kernel that ``enlarge(kernel, dh, dw)`` gives."""

    def wrong(x: Any, kernel: Any, bias: Any, dilation_rate: Pair = 1, **_: Any) -> np.ndarray:
        return conv2d(x, enlarge(kernel, *as_pair(dilation_rate, "")), bias)

    return computed("dilation_rate", wrong)


def _spread(start: Callable[[int], int]) -> Callable[[np.ndarray, int, int], np.ndarray]:
    """Weights every d places in d·k, from ``start`` on."""

    def enlarge(kernel: np.ndarray, dh: int, dw: int) -> np.ndarray:
        kh, kw, *rest = kernel.shape
        large = np.zeros((dh * kh, dw * kw, *rest))
        large[start(dh) :: dh, start(dw) :: dw] = kernel
        return large

    return enlarge


def _repeated(trimmed: bool) -> Callable[[np.ndarray, int, int], np.ndarray]:
    def enlarge(kernel: np.ndarray, dh: int, dw: int) -> np.ndarray:
        kh, kw = kernel.shape[:2]
        large = kernel.repeat(dh, axis=0).repeat(dw, axis=1)
        return large[: dh * (kh - 1) + 1, : dw * (kw - 1) + 1] if trimmed else large

    return enlarge


def _cropped(lost: Callable[[int], int]) -> Change:
    """The right numbers, and some lines less."""

    def wrong(x: Any, kernel: Any, bias: Any, dilation_rate: Pair = 1, **_: Any) -> np.ndarray:
        out = conv2d(x, kernel, bias, dilation_rate=dilation_rate)
        dh, dw = as_pair(dilation_rate, "")
        return out[:, : max(out.shape[1] - lost(dh), 0), : max(out.shape[2] - lost(dw), 0)]

    return computed("dilation_rate", wrong)


def _undilated_size(bias_too: bool) -> Change:
    """The right numbers in an answer as large as without dilation."""

    def wrong(x: Any, kernel: Any, bias: Any, dilation_rate: Pair = 1, **_: Any) -> np.ndarray:
        whole = np.zeros_like(conv2d(x, kernel, bias)) + bias * bias_too
        out = conv2d(x, kernel, bias, dilation_rate=dilation_rate)
        whole[:, : out.shape[1], : out.shape[2]] = out
        return whole

    return computed("dilation_rate", wrong)


def _as_strides(x: Any, kernel: Any, bias: Any, dilation_rate: Pair = 1, **_: Any) -> np.ndarray:
    return conv2d(x, kernel, bias, dilation_rate)


def _stops(x: Any, kernel: Any, bias: Any, dilation_rate: Pair = 1, **_: Any) -> np.ndarray:
    if any(d > 1 and k > 1 for d, k in zip(as_pair(dilation_rate, ""), kernel.shape, strict=False)):
        raise ValueError
    return conv2d(x, kernel, bias)


def _sampled(x: Any, kernel: Any, bias: Any, dilation_rate: Pair = 1, **_: Any) -> np.ndarray:
    dh, dw = as_pair(dilation_rate, "")
    return conv2d(x[:, ::dh, ::dw], kernel, bias)


def _sampled_and_repeated(
    x: Any, kernel: Any, bias: Any, dilation_rate: Pair = 1, **_: Any
) -> np.ndarray:
    dh, dw = as_pair(dilation_rate, "")
    size = conv2d(x, kernel, bias, dilation_rate=dilation_rate).shape
    out = conv2d(x[:, ::dh, ::dw].repeat(dh, 1).repeat(dw, 2), kernel, bias)
    return out[:, : size[1], : size[2]]


def mistakes() -> tuple[Misconception, ...]:
    return (
        *DILATION_IGNORED.by(instead("dilation_rate", 1)),
        *ONE_TOO_MANY.by(_pairs(lambda dh, dw: (dh + 1, dw + 1))),
        *AS_STRIDES.by(computed("dilation_rate", _as_strides)),
        *SWAPPED.by(exchanged("dilation_rate")),
        *ONE_TOO_FEW.by(_pairs(lambda dh, dw: (max(dh - 1, 1), max(dw - 1, 1)))),
        *ONE_AXIS.by(_pairs(lambda dh, dw: (dh, 1)), _pairs(lambda dh, dw: (1, dw))),
        *SAME_FOR_BOTH.by(_pairs(lambda dh, dw: (dh, dh)), _pairs(lambda dh, dw: (dw, dw))),
        *WRONG_SPAN.by(
            _with_kernel(_spread(lambda d: 0)),
            _with_kernel(_spread(lambda d: d - 1)),
            _with_kernel(_spread(lambda d: d // 2)),
            _cropped(lambda d: d),
        ),
        *SPAN_IGNORED.by(
            _undilated_size(False), _undilated_size(True), computed("dilation_rate", _stops)
        ),
        *REPEATED.by(_with_kernel(_repeated(True)), _with_kernel(_repeated(False))),
        *SAMPLED.by(
            computed("dilation_rate", _sampled), computed("dilation_rate", _sampled_and_repeated)
        ),
        *no_pairs("dilation_rate"),
    )
