"""Los errores de la función que solo añade los ceros."""

from __future__ import annotations

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import (
    Change,
    answer,
    argument,
    computed,
    exchanged,
    flipped,
    instead,
)
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..padding_words import NEGATIVE, ODD_FIRST, SWAPPED, WITHOUT_STRIDES
from ..reference import Amounts, Pair, pad, same_amounts
from . import batch, kernel, lines, more_padding, precision, scales, values
from .padding_rules import FILLINGS, RULES, Filled, Rule, named
from .strides import SWAPPED as STRIDES_SWAPPED
from .strides import no_pairs

OTHER_AXES = named(
    "relleno-en-otros-ejes",
    "también rellenas el lote o los canales; solo van el alto y el ancho",
    "np.pad recibe un par por eje, en el orden (N, alto, ancho, canales)",
    lessons.NHWC,
)


def _without_maximum(x: np.ndarray, size: tuple[int, int], strides: tuple[int, int]) -> Amounts:
    """np.pad refuses what comes out below zero."""

    def axis(n: int, k: int, s: int) -> tuple[int, int]:
        total = (-(-n // s) - 1) * s + k - n
        return total // 2, total - total // 2

    rows, columns = (axis(*sizes) for sizes in zip(x.shape[1:3], size, strides, strict=True))
    return rows, columns


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
        *more_padding.fill_mistakes(),
    )


def _only(images: int, some: slice) -> np.ndarray:
    there = np.zeros((images, 1, 1, 1))
    there[some] = 1
    return there


def _of_any_image() -> tuple[Misconception, ...]:
    return (
        *kernel.OUTPUT_TRANSPOSED.by(answer(lambda out: out.swapaxes(1, 2))),
        *kernel.IMAGE_FLIPPED.by(flipped("x", 1, 2), flipped("x", 1), flipped("x", 2)),
        *batch.ONLY_FIRST.by(answer(lambda out: out[:1]), answer(lambda out: out[0])),
        *batch.REPEATED.by(argument("x", lambda x: np.repeat(x[:1], len(x), 0))),
        *lines.NOT_ALL_IMAGES.rarely(
            *(
                answer(lambda out, some=some: out * _only(len(out), some))  # type: ignore[misc]
                for some in (slice(1), slice(-1, None), slice(None, -1), slice(1, None))
            )
        ),
        *batch.REVERSED.by(argument("x", lambda x: x[::-1])),
        *batch.CHANNELS_FIRST.by(answer(lambda out: np.moveaxis(out, 3, 1))),
        *batch.AXES_LOST.by(answer(np.squeeze)),
        *values.ZEROS.by(answer(np.zeros_like)),
        *values.CONSTANT.by(answer(np.ones_like)),
        *precision.ROUNDED.by(answer(np.round), answer(lambda out: np.round(out, 1))),
        *precision.CUT.by(answer(np.trunc), answer(np.floor)),
        *values.ABSOLUTE.by(answer(np.abs)),
        *values.RELU.by(answer(lambda out: np.maximum(out, 0))),
        *precision.IN_BYTES.by(
            answer(lambda out: out.astype(np.int64).astype(np.uint8)),
        ),
        *precision.IN_SIGNED_BYTES.by(answer(lambda out: out.astype(np.int64).astype(np.int8))),
        *precision.HALF_PRECISION.by(answer(lambda out: out.astype(np.float16))),
        *precision.SIGNED_BYTES.by(
            argument("x", lambda x: x.astype(np.int8) if x.dtype == np.uint8 else x)
        ),
        *scales.SCALED_IMAGE.by(
            argument("x", lambda x: x / 255 if x.dtype == np.uint8 else x),
            argument("x", lambda x: x / 255),
        ),
    )
