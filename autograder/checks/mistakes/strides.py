"""El paso: ignorado, cambiado, en un solo eje, o ventanas que no saltan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Change, argument, computed, exchanged, instead
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..padding_words import STRIDES_IGNORED, VALID_ROUNDED_UP
from ..reference import Pair, conv2d, pad, same_amounts

_JUMP = "con paso 2, la ventana de la salida 1 no empieza en el píxel 1"
_PAIR = "strides puede ser un par (alto, ancho): cada número va con su eje"


def _named(id: str, cause: str, hint: str) -> Named:
    return Named(id, cause, hint, lessons.STRIDES)


SWAPPED = _named("pasos-cambiados", "los pasos de alto y ancho están intercambiados", _PAIR)
ONE_AXIS = _named("paso-en-un-solo-eje", "el paso solo se aplica en un eje; va en los dos", _PAIR)
SAME_FOR_BOTH = _named(
    "paso-de-un-eje-para-los-dos", "usas el paso de un eje también en el otro", _PAIR
)
DOES_NOT_JUMP = _named(
    "ventana-que-no-salta",
    "la salida mide lo que debe, pero la ventana avanza de uno en uno y no con el paso (strides)",
    _JUMP,
)
ONE_TOO_MANY = _named("paso-de-mas", "la ventana avanza un píxel más que el paso", _JUMP)
TWICE = _named("paso-dos-veces", "el paso se aplica dos veces", _JUMP)
LATE = _named(
    "salto-desde-otro-pixel",
    "saltas bien, pero la primera ventana no empieza en el píxel 0",
    "la salida (0, 0) mira la ventana que empieza en el píxel (0, 0)",
)
KERNEL_AS_STEP = _named(
    "paso-igual-al-kernel",
    "la ventana avanza lo que mide el kernel; avanza lo que dice strides",
    "las ventanas pueden compartir píxeles",
)
AS_DILATION = _named(
    "paso-como-dilatacion",
    "los pesos del kernel actúan separados (dilatación); el paso separa las ventanas",
    "el kernel no cambia con el paso: cambia dónde se coloca",
)
SAMPLED = _named(
    "imagen-muestreada-con-el-paso",
    "sale como si te saltaras píxeles de la imagen antes de multiplicar; el paso salta ventanas",
    "cada ventana mira píxeles seguidos, sea cual sea el paso",
)
NO_PAIRS = Named(
    "pares-no-admitidos",
    "solo funciona con un entero; también puede llegar un par (alto, ancho)",
    "pasa primero lo que llegue a un par: 3 es (3, 3)",
    lessons.STRIDES,
)


def _pairs(change: Callable[[int, int], tuple[int, int]]) -> Change:
    return argument("strides", lambda strides: change(*as_pair(strides, "")))


def _padded(x: np.ndarray, kernel: np.ndarray, strides: Pair, padding: str) -> np.ndarray:
    return pad(x, same_amounts(x, kernel.shape[:2], strides)) if padding == "same" else x


def _steps(change: Callable[[int, int], tuple[int, int]]) -> tuple[Change, Change]:
    """Other strides for all, or for the windows only: the zeros are those of the right ones."""

    def wrong(
        x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
    ) -> np.ndarray:
        steps = change(*as_pair(strides, ""))
        return conv2d(_padded(x, kernel, strides, padding), kernel, bias, steps)

    return _pairs(change), computed("strides", wrong)


def _without_jumps(rows: bool, columns: bool) -> Change:
    """As many outputs as there should be, and windows that follow one another on some axes."""

    def wrong(
        x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
    ) -> np.ndarray:
        size = conv2d(x, kernel, bias, strides, padding).shape
        sh, sw = as_pair(strides, "")
        jumps = (1 if rows else sh, 1 if columns else sw)
        out = conv2d(_padded(x, kernel, strides, padding), kernel, bias, jumps)
        return out[:, : size[1], : size[2]]

    return computed("strides", wrong)


def _late(start: Callable[[int], int], padded_for: int | None = None) -> Change:
    """The zeros are those of the strides, or of ``padded_for``."""

    def wrong(
        x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
    ) -> np.ndarray:
        sh, sw = as_pair(strides, "")
        out = conv2d(_padded(x, kernel, padded_for or strides, padding), kernel, bias)
        return out[:, start(sh) :: sh, start(sw) :: sw]

    return computed("strides", wrong)


def _rounded_up(
    x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
) -> np.ndarray:
    if padding == "same":
        return conv2d(x, kernel, bias, strides, padding)
    sh, sw = as_pair(strides, "")
    return conv2d(pad(x, ((0, sh - 1), (0, sw - 1))), kernel, bias, strides)


def _only_numbers(name: str, error: type[Exception]) -> Change:
    def change(value: Any) -> Any:
        if np.ndim(value):
            raise error
        return value

    return argument(name, change)


def no_pairs(name: str) -> tuple[Misconception, ...]:
    """A pair where one number was thought of."""
    return NO_PAIRS.by(_only_numbers(name, TypeError), _only_numbers(name, ValueError))


def _step_of_kernel(x: Any, kernel: Any, bias: Any, strides: Pair = 1, **o: Any) -> np.ndarray:
    return conv2d(x, kernel, bias, kernel.shape[:2], **o)


def _as_dilation(x: Any, kernel: Any, bias: Any, strides: Pair = 1, **o: Any) -> np.ndarray:
    return conv2d(x, kernel, bias, **(o | {"dilation_rate": strides}))


def _sampled(x: Any, kernel: Any, bias: Any, strides: Pair = 1, **o: Any) -> np.ndarray:
    sh, sw = as_pair(strides, "")
    return conv2d(x[:, ::sh, ::sw], kernel, bias, **o)


def _padded_and_sampled(
    x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
) -> np.ndarray:
    sh, sw = as_pair(strides, "")
    return conv2d(_padded(x, kernel, strides, padding)[:, ::sh, ::sw], kernel, bias)


def mistakes() -> tuple[Misconception, ...]:
    return (
        *STRIDES_IGNORED.by(instead("strides", 1), *_steps(lambda sh, sw: (1, 1))[1:]),
        *SWAPPED.by(exchanged("strides"), *_steps(lambda sh, sw: (sw, sh))[1:]),
        *ONE_AXIS.by(*_steps(lambda sh, sw: (sh, 1)), *_steps(lambda sh, sw: (1, sw))),
        *SAME_FOR_BOTH.by(*_steps(lambda sh, sw: (sh, sh)), *_steps(lambda sh, sw: (sw, sw))),
        *DOES_NOT_JUMP.by(
            *(_without_jumps(*axes) for axes in ((True, True), (True, False), (False, True)))
        ),
        *ONE_TOO_MANY.by(_pairs(lambda sh, sw: (sh + 1, sw + 1))),
        *TWICE.by(_pairs(lambda sh, sw: (sh * sh, sw * sw))),
        *LATE.by(_late(lambda s: s - 1), _late(lambda s: 1), _late(lambda s: s // 2)),
        *LATE.rarely(
            *(_late(start, 1) for start in (lambda s: s - 1, lambda s: 1, lambda s: s // 2))
        ),
        *VALID_ROUNDED_UP.by(computed("strides", _rounded_up)),
        *KERNEL_AS_STEP.by(computed("strides", _step_of_kernel)),
        *AS_DILATION.by(computed("strides", _as_dilation)),
        *SAMPLED.by(*(computed("strides", way) for way in (_sampled, _padded_and_sampled))),
        *no_pairs("strides"),
    )
