"""Errores típicos del pooling: qué ventana, con qué paso, y qué se hace con sus píxeles."""

from __future__ import annotations

from functools import partial

import numpy as np

from conv2d_lib.shapes import as_pair

from ..judging.diagnosis.changes import (
    afterwards,
    answer,
    argument,
    computed,
    exchanged,
    flipped,
    instead,
)
from . import pooling_ways as how
from . import pooling_words as words
from .mistakes import batch, kernel, precision, scales, values
from .mistakes.padded import EXCHANGED, VALID_PADDED, WITHOUT_PADDING
from .mistakes.padding_rules import Rule, each, of_kernel
from .mistakes.strides import SWAPPED as STRIDES_SWAPPED
from .mistakes.strides import no_pairs
from .padding_words import SAME_KEEPS_SIZE, STRIDES_IGNORED, SWAPPED
from .pooling_odd import pooling_odd
from .pooling_slips import pooling_slips
from .reference import same_amounts
from .ways import Entries

_OTHER_PADDING = {"valid": "same", "same": "valid"}
_GAPS: tuple[Rule, ...] = (
    each(lambda before, after: (0, before + after)),
    each(lambda before, after: (before + after, 0)),
    each(lambda before, after: (before + after, before + after)),
    each(lambda before, after: (after, after)),
    each(lambda before, after: (before, before)),
    of_kernel(lambda k: (k // 2, k // 2)),
    of_kernel(lambda k: ((k - 1) // 2, k // 2)),
    of_kernel(lambda k: ((k - 1) // 2, (k - 1) // 2)),
    of_kernel(lambda k: (0, k - 1)),
    of_kernel(lambda k: (1, 1)),
    lambda x, size, strides: same_amounts(x, size, strides)[::-1],
)


def _common(reduce: how.Reduce) -> Entries:
    """Those of any pooling whose right answer is ``reduce`` of the windows, without their gaps."""
    gaps = partial(how.reduced, "padding", reduce)
    return (
        *words.STEP_ONE.by(how.only_default(lambda size: 1)),
        *words.STEP_TWO.by(how.only_default(lambda size: 2)),
        *words.ALWAYS_WINDOW.by(instead("strides", None)),
        *STRIDES_IGNORED.by(instead("strides", 1)),
        *STRIDES_SWAPPED.by(exchanged("strides")),
        *words.ONE_STEP.by(
            how.of_pairs("strides", lambda pair: (pair[0], pair[0])),
            how.of_pairs("strides", lambda pair: (pair[1], pair[1])),
            how.only_default(lambda size: as_pair(size, "")[0]),
            how.only_default(lambda size: as_pair(size, "")[1]),
        ),
        *words.WITHOUT_JUMPS.by(how.without_jumps(reduce)),
        *words.ALWAYS_TWO.by(*how.side(lambda pair: (2, 2))),
        *SWAPPED.by(exchanged("pool_size"), exchanged("pool_size").then(exchanged("strides"))),
        *words.ONE_SIDE.by(
            *how.side(lambda pair: (pair[0], pair[0])), *how.side(lambda pair: (pair[1], pair[1]))
        ),
        *words.LAST_KEPT.by(
            how.last_kept(reduce, lambda n, k, s: -(-(n - k) // s) + 1),
            how.last_kept(reduce, lambda n, k, s: -(-n // s)),
            how.begun_inside(reduce),
            how.cut_by_the_image(reduce),
        ),
        *WITHOUT_PADDING.by(instead("padding", "valid")),
        *VALID_PADDED.by(instead("padding", "same")),
        *EXCHANGED.by(argument("padding", lambda padding: _OTHER_PADDING[padding])),
        *SAME_KEEPS_SIZE.by(how.same_only(instead("strides", 1))),
        *words.GAP_FIRST.by(gaps(rule=each(lambda before, after: (after, before)))),
        *words.GAPS_OTHERWISE.by(*(gaps(rule=rule) for rule in _GAPS)),
        *words.OVER_EVERYTHING.by(*how.mixed(reduce, (0, 3, 4, 5))),
        *words.OVER_CHANNELS.by(*how.mixed(reduce, (3, 4, 5))),
        *words.OVER_BATCH.by(*how.mixed(reduce, (0, 4, 5))),
        *words.FIRST_CHANNEL.by(
            argument("x", lambda x: x[..., :1]),
            argument("x", lambda x: np.repeat(x[..., :1], x.shape[3], 3)),
            answer(lambda out: out * (np.arange(out.shape[3]) == 0)),
        ),
        *words.WHOLE_IMAGE.by(
            computed("ventana", lambda x, **_: reduce(x.astype(float), axis=(1, 2))),
            computed("ventana", lambda x, **_: reduce(x.astype(float), axis=(1, 2), keepdims=True)),
        ),
        *words.ONE_PIXEL.by(
            *(
                how.pixel(row, column, gap)
                for gap in (0, -np.inf)
                for row, column in ((0, 0), (-1, -1), (0, -1), (-1, 0))
            )
        ),
        *words.PART_OF_WINDOW.by(
            *(how.window_longer(by, reduce) for by in ((-1, -1), (-1, 0), (0, -1)))
        ),
        *words.TOO_MUCH.by(*(how.window_longer(by, reduce) for by in ((1, 1), (1, 0), (0, 1)))),
        *words.SMALLEST.by(how.reduced("ventana", np.nanmin)),
        *words.SUMMED.by(how.reduced("ventana", np.nansum)),
        *words.MEDIAN.by(how.reduced("ventana", np.nanmedian)),
        *no_pairs("pool_size"),
        *no_pairs("strides"),
        *_of_any_image(),
    )


def _of_any_image() -> Entries:
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
        *values.INPUT_BACK.by(computed("salida", lambda x, **_: x)),
        *precision.ROUNDED.by(*(answer(partial(np.round, decimals=n)) for n in (0, 1, 2))),
        *precision.CUT.by(answer(np.trunc), answer(np.floor)),
        *precision.HALF_PRECISION.by(answer(lambda out: out.astype(np.float16))),
        *precision.SIGNED_BYTES.by(
            argument("x", lambda x: x.astype(np.int8) if x.dtype == np.uint8 else x)
        ),
        *scales.SCALED_IMAGE.by(
            argument("x", lambda x: x / 255 if x.dtype == np.uint8 else x),
            argument("x", lambda x: x / 255),
        ),
    )


MAX_MISTAKES: Entries = (
    *words.ZEROS_WIN.by(how.reduced("padding", np.max, fill=0)),
    *words.FROM_ZERO.by(answer(lambda out: np.maximum(out, 0))),
    *words.POSITION.by(how.reduced("ventana", how.place)),
    *words.AVERAGED.by(
        how.reduced("ventana", np.nanmean),
        how.reduced("ventana", np.mean, fill=0),
    ),
    *words.SIGN_LOST.by(
        how.reduced("ventana", lambda seen, axis: np.nanmax(np.abs(seen), axis=axis)),
        how.reduced("ventana", how.largest_of_all),
    ),
    *words.NAN_GAPS.by(how.reduced("padding", np.max, fill=np.nan)),
    *_common(how.largest),
    *values.ABSOLUTE.by(answer(np.abs)),
    *pooling_slips(how.largest),
    *pooling_odd(how.largest),
)
AVERAGE_MISTAKES: Entries = (
    *words.ZEROS_COUNTED.by(how.reduced("padding", np.mean, fill=0)),
    *words.NAN_GAPS.by(how.reduced("padding", np.mean, fill=np.nan)),
    *words.INFINITE_GAPS.by(
        how.reduced("padding", np.mean, fill=-np.inf), how.reduced("padding", np.mean, fill=np.inf)
    ),
    *words.LARGEST.by(
        how.reduced("ventana", np.nanmax),
        how.reduced("ventana", np.max, fill=0),
    ),
    *words.EDGE_COPIED.by(
        how.reduced("padding", np.mean, fill="edge"),
        how.reduced("padding", np.mean, fill="reflect"),
    ),
    *words.DIVIDED_BY_FOUR.by(
        *(
            how.divided(by)
            for by in (
                lambda size, steps, x: 4,
                lambda size, steps, x: size[0],
                lambda size, steps, x: size[1],
                lambda size, steps, x: size[0] ** 2,
                lambda size, steps, x: size[1] ** 2,
                lambda size, steps, x: size[0] + size[1],
                lambda size, steps, x: size[0] * size[1] * x.shape[3],
                lambda size, steps, x: x.shape[1] * x.shape[2],
                lambda size, steps, x: steps[0] * steps[1],
                lambda size, steps, x: steps[0],
                lambda size, steps, x: steps[1],
                lambda size, steps, x: steps[0] ** 2,
                lambda size, steps, x: steps[0] + steps[1],
                lambda size, steps, x: size[0] * size[1] * len(x),
                lambda size, steps, x: size[0] * size[1] - 1,
                lambda size, steps, x: size[0] * size[1] + 1,
                lambda size, steps, x: max(size) ** 2,
                lambda size, steps, x: min(size) ** 2,
            )
        )
    ),
    *words.NON_ZERO.by(how.reduced("ventana", how.without_zeros)),
    *_common(how.mean),
    *precision.INTEGERS.by(afterwards(lambda out, a: out.astype(a["x"].dtype))),
    *precision.IN_BYTES.by(computed("salida", how.bytes_summed)),
    *values.RELU.by(answer(lambda out: np.maximum(out, 0))),
    *values.ABSOLUTE.by(answer(np.abs)),
    *pooling_slips(how.mean),
    *pooling_odd(how.mean),
)
