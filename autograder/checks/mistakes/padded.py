"""El relleno de ``same``: en otro lado, de más, de menos, con otros números."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import (
    Arguments,
    Change,
    afterwards,
    answer,
    argument,
    computed,
    exchanged,
    flipped,
    instead,
)
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..padding_words import (
    NEGATIVE,
    ODD_FIRST,
    SAME_KEEPS_SIZE,
    SAME_ROUNDED_DOWN,
    SWAPPED,
    SYMMETRIC,
    WITHOUT_STRIDES,
)
from ..reference import Amounts, Pair, conv2d, pad, same_amounts
from . import batch, bias, kernel, values
from .strides import SWAPPED as STRIDES_SWAPPED
from .strides import no_pairs

Rule = Callable[[np.ndarray, tuple[int, int], tuple[int, int]], Amounts]
Filled = Callable[[np.ndarray, Amounts], np.ndarray]

_SHARE = "el total de ceros de un eje se reparte entre sus dos lados"


def _named(id: str, cause: str, hint: str, section: str = lessons.SAME) -> Named:
    return Named(id, cause, hint, section)


STRIDE_ONE = _named(
    "same-calculado-con-paso-uno",
    'con "same", el relleno no tiene en cuenta el paso: se calcula con paso 1',
    "calcula primero cuánto mide la salida con ese paso, y luego cuántos ceros hacen falta",
    lessons.TWO_FORMULAS,
)
WITHOUT_PADDING = _named(
    "same-sin-relleno",
    '"same" no añade ningún relleno',
    "con paso 1, «same» devuelve una salida del tamaño de la entrada",
)
VALID_PADDED = _named(
    "valid-con-relleno",
    'rellenas siempre; con "valid" no se añade nada',
    "mira qué hace tu función cuando no se le dice padding",
    lessons.VALID,
)
EXCHANGED = _named(
    "valid-y-same-cambiados",
    '"valid" y "same" están intercambiados: rellenas con el que no toca',
    "¿cuál de los dos conserva el tamaño con paso 1?",
    lessons.VALID,
)
AXES_SWAPPED = _named(
    "relleno-con-ejes-cambiados",
    "el relleno de las filas se pone en las columnas, y al revés",
    "el alto del kernel decide cuántas filas se añaden",
)
ONE_SIDE = _named(
    "relleno-en-un-lado", "todos los ceros van a un solo lado; se reparten entre los dos", _SHARE
)
ONE_AXIS = _named(
    "relleno-en-un-eje",
    "solo rellenas las filas o solo las columnas; van las dos",
    "la ventana también se sale por los otros lados",
)
OF_ONE_AXIS = _named(
    "relleno-de-un-eje-para-los-dos",
    "usas el relleno de las filas también en las columnas, o al revés",
    "cada eje lleva su propia cuenta: su tamaño, su kernel y su paso",
)
DOUBLED = _named(
    "relleno-doble", "pones el total de ceros en cada lado; se reparte entre los dos", _SHARE
)
FIXED = _named(
    "relleno-fijo",
    "rellenas siempre con los mismos píxeles, mida lo que mida el kernel",
    "un kernel de 1×1 no necesita ceros, y uno de 5×5 necesita más que uno de 3×3",
)
ONE_MORE = _named(
    "relleno-de-mas", "añades un cero de más en un lado", "la salida debe medir ⌈n / s⌉"
)
EDGE = _named(
    "relleno-con-bordes",
    "rellenas con copias del borde; van ceros",
    "np.pad tiene varios modos: mira cuál usas",
    lessons.BORDER,
)
REFLECTED = _named(
    "relleno-reflejado",
    "rellenas con la imagen reflejada; van ceros",
    "np.pad tiene varios modos: mira cuál usas",
    lessons.BORDER,
)
CIRCULAR = _named(
    "relleno-circular",
    "rellenas con el otro lado de la imagen; van ceros",
    "np.pad tiene varios modos: mira cuál usas",
    lessons.BORDER,
)
OTHER_NUMBER = _named(
    "relleno-con-otro-numero",
    "rellenas con un número que no es 0; van ceros",
    "los píxeles añadidos valen 0",
)
OTHER_AXES = _named(
    "relleno-en-otros-ejes",
    "también rellenas el lote o los canales; solo van el alto y el ancho",
    "np.pad recibe un par por eje, en el orden (N, alto, ancho, canales)",
    lessons.NHWC,
)
AFTERWARDS = _named(
    "relleno-en-la-salida",
    "los ceros se añaden a la salida; van alrededor de la imagen, antes de multiplicar",
    "los píxeles del borde también tienen que multiplicarse por algún peso",
)


def _both(value: int) -> tuple[int, int]:
    return value, value


def _each(change: Callable[[int, int], tuple[int, int]]) -> Rule:
    """From the zeros that each axis should have, before and after, to those it gets."""
    return lambda x, size, strides: tuple(  # type: ignore[return-value]
        change(*pair) for pair in same_amounts(x, size, strides)
    )


def _of_kernel(change: Callable[[int], tuple[int, int]]) -> Rule:
    return lambda x, size, strides: (change(size[0]), change(size[1]))


def _with(change: Callable[[tuple[int, int], tuple[int, int]], Any]) -> Rule:
    """As it should be, of another kernel and other strides."""
    return lambda x, size, strides: same_amounts(x, *change(size, strides))


def _rounded_down(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Amounts:
    def axis(n: int, k: int, s: int) -> tuple[int, int]:
        total = max((n // s - 1) * s + k - n, 0)
        return total // 2, total - total // 2

    rows, columns = (axis(*sizes) for sizes in zip(x.shape[1:3], size, strides, strict=True))
    return rows, columns


def _without_maximum(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Amounts:
    """np.pad refuses what comes out below zero."""

    def axis(n: int, k: int, s: int) -> tuple[int, int]:
        total = (-(-n // s) - 1) * s + k - n
        return total // 2, total - total // 2

    rows, columns = (axis(*sizes) for sizes in zip(x.shape[1:3], size, strides, strict=True))
    return rows, columns


RULES: tuple[tuple[Named, tuple[Rule, ...]], ...] = (
    (ODD_FIRST, (_each(lambda before, after: (after, before)),)),
    (
        SYMMETRIC,
        (
            _of_kernel(lambda k: _both(k // 2)),
            _of_kernel(lambda k: _both((k - 1) // 2)),
            _each(lambda before, after: _both(before)),
            _each(lambda before, after: _both(after)),
        ),
    ),
    (AXES_SWAPPED, (lambda x, size, strides: same_amounts(x, size, strides)[::-1],)),
    (
        ONE_SIDE,
        (
            _each(lambda before, after: (0, before + after)),
            _each(lambda before, after: (before + after, 0)),
            _of_kernel(lambda k: (0, k - 1)),
            _of_kernel(lambda k: (k - 1, 0)),
            _each(lambda before, after: (0, after)),
            _each(lambda before, after: (before, 0)),
        ),
    ),
    (
        ONE_AXIS,
        (
            lambda x, size, strides: (same_amounts(x, size, strides)[0], (0, 0)),
            lambda x, size, strides: ((0, 0), same_amounts(x, size, strides)[1]),
        ),
    ),
    (
        OF_ONE_AXIS,
        (
            lambda x, size, strides: (same_amounts(x, size, strides)[0],) * 2,
            lambda x, size, strides: (same_amounts(x, size, strides)[1],) * 2,
            lambda x, size, strides: same_amounts(x[:, :, :1].repeat(x.shape[1], 2), size, strides),
            lambda x, size, strides: same_amounts(x[:, :1].repeat(x.shape[2], 1), size, strides),
            _with(lambda size, strides: (_both(size[0]), strides)),
            _with(lambda size, strides: (_both(size[1]), strides)),
            _with(lambda size, strides: (size, _both(strides[0]))),
            _with(lambda size, strides: (size, _both(strides[1]))),
            _with(lambda size, strides: (_both(size[0]), _both(strides[0]))),
        ),
    ),
    (
        DOUBLED,
        (
            _each(lambda before, after: _both(before + after)),
            _of_kernel(lambda k: _both(k - 1)),
            _each(lambda before, after: (2 * before, 2 * after)),
            _of_kernel(_both),
        ),
    ),
    (FIXED, (_of_kernel(lambda k: (1, 1)), _of_kernel(lambda k: (2, 2)))),
    (
        ONE_MORE,
        (
            _each(lambda before, after: (before, after + 1)),
            _each(lambda before, after: (before + 1, after)),
        ),
    ),
    (SAME_ROUNDED_DOWN, (_rounded_down,)),
)


def _constant(value: Callable[[np.ndarray], float]) -> Filled:
    return lambda x, amounts: np.pad(
        x.astype(np.float64), ((0, 0), *amounts, (0, 0)), constant_values=value(x)
    )


def _mode(name: Any) -> Filled:
    return lambda x, amounts: np.pad(x, ((0, 0), *amounts, (0, 0)), mode=name)


FILLINGS: tuple[tuple[Named, tuple[Filled, ...]], ...] = (
    (EDGE, (_mode("edge"),)),
    (REFLECTED, (_mode("reflect"), _mode("symmetric"))),
    (CIRCULAR, (_mode("wrap"),)),
    (OTHER_NUMBER, tuple(_constant(value) for value in (lambda x: 1, np.mean, np.max, np.min))),
)

# --- the function that only adds the zeros -------------------------------------------------------


def _filled(rule: Rule = same_amounts, fill: Filled = pad) -> Change:
    def wrong(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> np.ndarray:
        return fill(x, rule(x, as_pair(kernel_size, ""), as_pair(strides, "")))

    return computed("relleno", wrong)


def _padded_axes(*axes: int) -> Change:
    """The zeros of an axis on others too, each given in the order (N, H, W, C); -1 is none."""

    def wrong(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> np.ndarray:
        amounts = same_amounts(x, kernel_size, strides)
        return np.pad(x, [amounts[axis] if axis >= 0 else (0, 0) for axis in axes])

    return computed("relleno", wrong)


def fill_mistakes() -> tuple[Misconception, ...]:
    """Those of ``rellenar(x, kernel_size, strides)``."""
    rules = dict(RULES)
    return (
        *ODD_FIRST.by(*map(_filled, rules[ODD_FIRST])),
        *WITHOUT_STRIDES.by(instead("strides", 1)),
        *SWAPPED.by(exchanged("kernel_size").then(exchanged("strides")), exchanged("kernel_size")),
        *STRIDES_SWAPPED.by(exchanged("strides")),
        *(way for named, found in RULES[1:] for way in named.by(*map(_filled, found))),
        *(
            way
            for named, found in FILLINGS
            for way in named.by(*(_filled(fill=fill) for fill in found))
        ),
        *OTHER_AXES.by(
            *(
                _padded_axes(*axes)
                for axes in ((-1, 0, 1, 0), (-1, 0, 1, 1), (0, 0, 1, -1), (0, 0, 1, 1))
            ),
            *(_padded_axes(*axes) for axes in ((0, 1, -1, -1), (-1, -1, 0, 1), (0, 0, 0, 0))),
        ),
        *NEGATIVE.by(_filled(_without_maximum)),
        *values.INPUT_BACK.by(computed("salida", lambda x, kernel_size, strides=1: x)),
        *no_pairs("kernel_size"),
        *no_pairs("strides"),
        *_of_any_image(),
    )


def _of_any_image() -> tuple[Misconception, ...]:
    return (
        *kernel.OUTPUT_TRANSPOSED.by(answer(lambda out: out.swapaxes(1, 2))),
        *kernel.IMAGE_FLIPPED.by(flipped("x", 1, 2), flipped("x", 1), flipped("x", 2)),
        *batch.ONLY_FIRST.by(answer(lambda out: out[:1]), answer(lambda out: out[0])),
        *batch.REPEATED.by(argument("x", lambda x: np.repeat(x[:1], len(x), 0))),
        *batch.REVERSED.by(argument("x", lambda x: x[::-1])),
        *batch.CHANNELS_FIRST.by(answer(lambda out: np.moveaxis(out, 3, 1))),
        *batch.AXES_LOST.by(answer(np.squeeze)),
        *values.ZEROS.by(answer(np.zeros_like)),
        *values.CONSTANT.by(answer(np.ones_like)),
        *values.ROUNDED.by(answer(np.round), answer(lambda out: np.round(out, 1))),
        *values.CUT.by(answer(np.trunc), answer(np.floor)),
        *values.ABSOLUTE.by(answer(np.abs)),
        *values.RELU.by(answer(lambda out: np.maximum(out, 0))),
        *values.HALF_PRECISION.by(answer(lambda out: out.astype(np.float16))),
        *values.SIGNED_BYTES.by(
            argument("x", lambda x: x.astype(np.int8) if x.dtype == np.uint8 else x)
        ),
        *values.SCALED_IMAGE.by(
            argument("x", lambda x: x / 255 if x.dtype == np.uint8 else x),
            argument("x", lambda x: x / 255),
        ),
    )


# --- the layer -----------------------------------------------------------------------------------


def _layer(rule: Rule = same_amounts, fill: Filled = pad, cropped: bool = False) -> Change:
    """A layer that pads otherwise where it is told ``same``; ``cropped`` has the right size."""

    def wrong(
        x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
    ) -> np.ndarray:
        if padding != "same":
            return conv2d(x, kernel, bias, strides)
        pairs = as_pair(strides, "")
        out = conv2d(fill(x, rule(x, kernel.shape[:2], pairs)), kernel, bias, strides)
        if cropped:
            height, width = (-(-n // s) for n, s in zip(x.shape[1:3], pairs, strict=True))
            if out.shape[1] < height or out.shape[2] < width:
                raise ValueError
            out = out[:, :height, :width]
        return out

    return computed("padding", wrong)


def _same_only(change: Change) -> Change:
    """A change that shows where ``same`` is asked for, and not elsewhere."""
    return Change(
        change.part,
        lambda given: change.before(given) if given["padding"] == "same" else given,
    )


def _afterwards(before: bool) -> Change:
    def wrong(
        x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
    ) -> np.ndarray:
        out = conv2d(x, kernel, bias, strides)
        if padding != "same":
            return out
        missing = [
            max(-(-n // s) - size, 0)
            for n, s, size in zip(x.shape[1:3], as_pair(strides, ""), out.shape[1:3], strict=True)
        ]
        rows, columns = ((m // 2 if before else 0, m - (m // 2 if before else 0)) for m in missing)
        return pad(out, (rows, columns))

    return computed("padding", wrong)


def _inside(out: np.ndarray, a: Arguments) -> np.ndarray:
    """With ``same``, the outputs of the border have no bias."""
    if a["padding"] != "same":
        return out
    without = out - a["bias"]
    without[:, 1:-1, 1:-1] = out[:, 1:-1, 1:-1]
    return without


_OTHER_PADDING = {"valid": "same", "same": "valid"}
# What is too much at the end does not show where the size is right: only these still differ.
_CROPPED: tuple[tuple[Named, tuple[Rule, ...]], ...] = (
    (SYMMETRIC, (_of_kernel(lambda k: _both(k // 2)),)),
    (DOUBLED, (_each(lambda before, after: (2 * before, 2 * after)), _of_kernel(_both))),
    (FIXED, (_of_kernel(lambda k: (1, 1)), _of_kernel(lambda k: (2, 2)))),
)


def layer_mistakes() -> tuple[Misconception, ...]:
    """Those of a layer with ``strides`` and ``padding``."""
    one = Change("padding", lambda a: a, core=lambda right: _stride_one)
    return (
        *ODD_FIRST.by(*map(_layer, dict(RULES)[ODD_FIRST])),
        *STRIDE_ONE.by(one),
        *SYMMETRIC.by(*map(_layer, dict(RULES)[SYMMETRIC])),
        *WITHOUT_PADDING.by(instead("padding", "valid")),
        *VALID_PADDED.by(instead("padding", "same")),
        *EXCHANGED.by(argument("padding", lambda padding: _OTHER_PADDING[padding])),
        *SAME_KEEPS_SIZE.by(_same_only(instead("strides", 1))),
        *(way for named, found in RULES[2:] for way in named.by(*map(_layer, found))),
        *(
            way
            for named, found in _CROPPED
            for way in named.by(*(_layer(rule, cropped=True) for rule in found))
        ),
        *(
            way
            for named, found in FILLINGS
            for way in named.by(*(_layer(fill=fill) for fill in found))
        ),
        *bias.SOMEWHERE.by(afterwards(_inside, "bias")),
        *AFTERWARDS.by(_afterwards(True), _afterwards(False)),
    )


def _stride_one(x: Any, kernel: Any, bias: Any, strides: Pair = 1, **o: Any) -> np.ndarray:
    sh, sw = as_pair(strides, "strides")
    return conv2d(x, kernel, bias, **o)[:, ::sh, ::sw]
