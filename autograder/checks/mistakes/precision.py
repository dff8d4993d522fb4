"""Los decimales que se pierden: al redondear, en enteros, en bytes o en media precisión."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards, answer, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import pad, same_amounts, windows
from .layout import Layout

_REAL = "los pesos y la salida son números con decimales: mira de qué tipo es cada arreglo"

_THREE_DIGITS = 3e-3  # of the largest number of an answer
ROUNDED = Named(
    "valores-redondeados",
    "los valores se redondean; van con todos sus decimales",
    _REAL,
    lessons.PRECISION,
)
CUT = Named(
    "salida-de-enteros",
    "la salida pierde los decimales, como al convertirla a enteros",
    _REAL,
    lessons.PRECISION,
)
INTEGERS = Named(
    "decimales-perdidos",
    "el resultado pierde los decimales si la entrada es de enteros, como en un arreglo de su "
    "mismo tipo",
    _REAL,
    lessons.PRECISION,
)
KERNEL_CUT = Named(
    "kernel-sin-decimales",
    "los pesos del kernel cuentan sin sus decimales, como al convertirlos a enteros o al tipo de "
    "la imagen",
    _REAL,
    lessons.PRECISION,
)
IN_BYTES = Named(
    "salida-en-bytes",
    "por encima de 255 y por debajo de 0 los valores dan la vuelta, como en un byte (uint8)",
    "¿qué números caben en uint8? La salida puede ser negativa y mayor que 255",
    lessons.PRECISION,
)
IN_SIGNED_BYTES = Named(
    "salida-en-bytes-con-signo",
    "por encima de 127 y por debajo de −128 los valores dan la vuelta, como en un byte con signo "
    "(int8)",
    "¿qué números caben en int8? La salida puede ser mayor que 127",
    lessons.PRECISION,
)
IMAGE_CUT = Named(
    "imagen-sin-decimales",
    "los píxeles cuentan sin sus decimales, como al convertirlos a enteros",
    _REAL,
    lessons.PRECISION,
)
SIGNED_BYTES = Named(
    "bytes-con-signo",
    "los píxeles por encima de 127 cuentan como negativos, como al convertirlos a int8",
    "¿qué números caben en cada tipo de entero de 8 bits?",
    lessons.PRECISION,
)
IN_TYPE_OF_IMAGE = Named(
    "productos-en-bytes",
    "los pesos, o sus productos, dan la vuelta, como en un byte: −1 cuenta como 255, y lo que pasa "
    "de 255 vuelve a empezar",
    "¿qué números caben en uint8? Mira el tipo del kernel y el de lo que multiplicas",
    lessons.PRECISION,
)
HALF_PRECISION = Named(
    "salida-en-media-precision",
    "los números salen con solo tres cifras, como en float16",
    "np.zeros y np.float32 guardan más cifras que np.float16",
    lessons.PRECISION,
)


def unless_bytes(x: np.ndarray, change: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    return change(x) if x.dtype == np.uint8 else x


def _wrapped(out: np.ndarray, kind: type) -> np.ndarray:
    """Whole numbers, taken round as they do not fit."""
    return out.astype(np.int64).astype(kind)


def _each(layout: Layout) -> tuple[bool, ...]:
    return (False, True) if layout.deep else (False,)


def _cut_each_time(
    deep: bool,
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    strides: Any = 1,
    padding: str = "valid",
    dilation_rate: Any = 1,
    groups: int = 1,
) -> np.ndarray:
    """Sums kept in an array of the image's type, which cuts each product as it comes.

    With ``deep``, also the channels come one by one.
    """
    dtype, c, parts = x.dtype, kernel.shape[2], []
    for seen, part in _by_group(x, kernel, strides, padding, dilation_rate, groups):
        total = np.zeros((*seen.shape[:3], part.shape[3]))
        for u, v in np.ndindex(part.shape[:2]):
            channels = [[one] for one in range(c)] if deep else [list(range(c))]
            for some in channels:
                total = _as(total + seen[..., some, u, v] @ part[u, v, some], dtype)
        parts.append(total)
    return _as(np.concatenate(parts, axis=3) + bias, dtype)


def _in_its_type(
    cut: bool,
    summed: bool,
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    strides: Any = 1,
    padding: str = "valid",
    dilation_rate: Any = 1,
    groups: int = 1,
) -> np.ndarray:
    """Products in the image's type, of weights that were put into it too (``cut``), or of all.

    With ``summed``, what they add up to stays in it as well.
    """
    dtype, parts = x.dtype, []
    weights = _as(kernel.astype(np.float64), dtype) if cut else kernel
    for seen, part in _by_group(x, weights, strides, padding, dilation_rate, groups):
        products = _as(seen[:, :, :, None] * part.transpose(3, 2, 0, 1), dtype)
        sums = products.sum(axis=(4, 5, 6))
        parts.append(_as(sums, dtype) if summed else sums)
    return np.concatenate(parts, axis=3) + bias


def _by_group(
    x: np.ndarray, kernel: np.ndarray, strides: Any, padding: str, dilation_rate: Any, groups: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The windows that each group sees and its kernel, both with all their decimals."""
    x = x.astype(np.float64)
    if padding == "same":
        x = pad(x, same_amounts(x, kernel.shape[:2], strides))
    c = kernel.shape[2]
    for g, part in enumerate(np.split(kernel.astype(np.float64), groups, axis=3)):
        seen = windows(x[..., g * c : (g + 1) * c], part.shape[:2], strides, dilation_rate)
        yield seen, part


def _as(numbers: np.ndarray, dtype: np.dtype) -> np.ndarray:
    if not np.issubdtype(dtype, np.integer):
        return numbers
    return np.trunc(numbers).astype(np.int64).astype(dtype).astype(np.float64)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    image = layout.image

    def cut(dtype: Callable[[Arguments], type], *names: str) -> Change:
        # What is computed afterwards in that type has another name.
        def before(a: Arguments) -> Arguments:
            return a | {name: a[name].astype(dtype(a)).astype(np.float64) for name in names}

        return Change("kernel", before)

    kernel_too = ("kernel", "bias") if layout.layer else ("kernel",)
    half = Change(
        "salida", lambda a: a | {name: a[name].astype(np.float16) for name in (image, *kernel_too)}
    )
    return (
        *INTEGERS.by(
            afterwards(lambda out, a: out.astype(a[image].dtype)),
            *(layout.computed("salida", partial(_cut_each_time, deep)) for deep in _each(layout)),
        ),
        *CUT.by(answer(np.trunc), answer(np.floor)),
        *ROUNDED.by(
            *(answer(partial(np.round, decimals=n)) for n in (0, 1, 2, 3)),
            answer(np.ceil),
        ),
        *IN_BYTES.by(
            answer(partial(_wrapped, kind=np.uint8)),
            answer(lambda out: _wrapped(np.round(out), np.uint8)),
        ),
        *IN_SIGNED_BYTES.by(answer(partial(_wrapped, kind=np.int8))),
        *IMAGE_CUT.by(
            argument(image, lambda x: np.round(x.astype(np.float64))),
            argument(image, np.trunc),
            argument(image, lambda x: _wrapped(x, np.uint8)),
        ),
        *KERNEL_CUT.by(
            argument("kernel", np.trunc),
            cut(lambda a: a[image].dtype, "kernel"),
            *([cut(lambda a: a[image].dtype, *kernel_too)] * layout.layer),
            *([cut(lambda a: int, *kernel_too)] * layout.layer),
        ),
        *IN_TYPE_OF_IMAGE.by(
            argument("kernel", lambda k: _wrapped(k, np.uint8)),
            *(
                layout.computed("ventana", partial(_in_its_type, cut, summed))
                for cut, summed in ((True, False), (True, True), (False, False))
            ),
        ),
        *SIGNED_BYTES.by(
            argument(image, lambda x: unless_bytes(x, lambda bytes_: bytes_.astype(np.int8)))
        ),
        *HALF_PRECISION.by(
            answer(lambda out: out.astype(np.float16)),
            half,
        ),
        # Whoever adds up in float16 rounds each sum in an order of their own.
        *HALF_PRECISION.rarely(replace(half, loose=_THREE_DIGITS)),
    )
