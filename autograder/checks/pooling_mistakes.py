"""Errores típicos del pooling: qué ventana, con qué paso, y qué se hace con sus píxeles."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ..judging.diagnosis.changes import (
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
from . import pooling_words as words
from .mistakes import batch, kernel, precision, scales, values
from .mistakes.padded import EXCHANGED, VALID_PADDED, WITHOUT_PADDING
from .mistakes.padding_rules import Rule, each, of_kernel
from .mistakes.strides import SWAPPED as STRIDES_SWAPPED
from .mistakes.strides import no_pairs
from .padding_words import SAME_KEEPS_SIZE, STRIDES_IGNORED, SWAPPED
from .pooling_slips import pooling_slips, sizes
from .reference import same_amounts, windows
from .ways import Entries

Reduce = Callable[..., np.ndarray]  # of windows (N, H', W', C, kh, kw) and axes
Pairs = tuple[int, int]
_WINDOW = (4, 5)
_OTHER_PADDING = {"valid": "same", "same": "valid"}


def _largest(seen: np.ndarray, axis: Any, keepdims: bool = False) -> np.ndarray:
    """Of a window without a pixel, less than anything: NumPy's own would warn of it."""
    there = ~np.isnan(seen)
    found = np.max(seen, axis=axis, keepdims=keepdims, where=there, initial=-np.inf)
    return np.asarray(found)


def _mean(seen: np.ndarray, axis: Any, keepdims: bool = False) -> np.ndarray:
    count = np.sum(~np.isnan(seen), axis=axis, keepdims=keepdims)
    total = np.nansum(seen, axis=axis, keepdims=keepdims)
    return np.asarray(total / np.maximum(count, 1))


def _seen(given: Arguments, rule: Rule = same_amounts, fill: Any = np.nan) -> np.ndarray:
    """The windows, with ``same`` as ``rule`` has it and ``fill`` in its gaps."""
    size, steps = sizes(given)
    x = given["x"].astype(np.float64)
    if given["padding"] == "same":
        amounts = ((0, 0), *rule(x, size, steps), (0, 0))
        how = {"mode": fill} if isinstance(fill, str) else {"constant_values": fill}
        x = np.pad(x, amounts, **how)
    return windows(x, size, steps)


def _windows(part: str, reduce: Reduce, axes: Any = _WINDOW, **padded: Any) -> Change:
    """The windows reduced in another way, over other axes, or padded otherwise."""
    return computed(part, lambda **given: reduce(_seen(given, **padded), axis=axes))


def _mixed(reduce: Reduce, axes: tuple[int, ...]) -> tuple[Change, ...]:
    """Over more axes than the window's: kept at 1, gone, or the same for all."""

    def kept(**given: Any) -> np.ndarray:
        return reduce(_seen(given), axis=axes, keepdims=True)[..., 0, 0]

    def same_for_all(**given: Any) -> np.ndarray:
        out = kept(**given)
        return np.broadcast_to(out, (len(given["x"]), *out.shape[1:3], given["x"].shape[3])).copy()

    return computed("ejes", same_for_all), computed("ejes", kept), _windows("ejes", reduce, axes)


def _pairs(name: str, change: Callable[[Any], Any]) -> Change:
    """Another window, or other steps, where they are told."""
    return argument(name, lambda told: None if told is None else change(as_pair(told, "")))


def _only_default(steps: Callable[[Any], Any]) -> Change:
    """Other steps where none are told."""
    return Change(
        "strides",
        lambda given: given | {"strides": steps(given["pool_size"])}
        if given["strides"] is None
        else given,
    )


def _with_gaps(given: Arguments) -> np.ndarray:
    """The images, with a gap wherever ``same`` has no pixel."""
    x = given["x"].astype(np.float64)
    if given["padding"] != "same":
        return x
    amounts = ((0, 0), *same_amounts(x, *sizes(given)), (0, 0))
    return np.pad(x, amounts, constant_values=np.nan)


def _window_longer(by: Pairs, reduce: Reduce) -> Change:
    """As many outputs, of windows longer or shorter; a longer one is cut where the image ends."""

    def wrong(**given: Any) -> np.ndarray:
        size, steps = sizes(given)
        x = _with_gaps(given)
        height, width = windows(x, size, steps).shape[1:3]
        longer = (size[0] + by[0], size[1] + by[1])
        if min(longer) < 1:
            raise ValueError
        more = [(0, max(step, 0)) for step in by]
        x = np.pad(x, ((0, 0), *more, (0, 0)), constant_values=np.nan)
        return reduce(windows(x, longer, steps), axis=_WINDOW)[:, :height, :width]

    return computed("ventana", wrong)


def _last_kept(reduce: Reduce, count: Callable[[int, int, int], int]) -> Change:
    """With ``valid``, a last window that is cut where the image ends."""

    def wrong(**given: Any) -> np.ndarray:
        if given["padding"] == "same":
            return reduce(_seen(given), axis=_WINDOW)
        size, steps = sizes(given)
        x = given["x"].astype(np.float64)
        axes = zip(x.shape[1:3], size, steps, strict=True)
        more = [(0, max((count(n, k, s) - 1) * s + k - n, 0)) for n, k, s in axes]
        if any(after >= k for (_, after), k in zip(more, size, strict=True)):
            raise ValueError  # a window without a pixel
        x = np.pad(x, ((0, 0), *more, (0, 0)), constant_values=np.nan)
        return reduce(windows(x, size, steps), axis=_WINDOW)

    return computed("tamano", wrong)


def _begun_inside(reduce: Reduce) -> Change:
    """A window for every step that begins in the image, with its border where it has one."""

    def wrong(**given: Any) -> np.ndarray:
        size, steps = sizes(given)
        x = _with_gaps(given)
        height, width = (-(-n // s) for n, s in zip(x.shape[1:3], steps, strict=True))
        more = [(0, k) for k in size]
        x = np.pad(x, ((0, 0), *more, (0, 0)), constant_values=np.nan)
        return reduce(windows(x, size, steps), axis=_WINDOW)[:, :height, :width]

    return computed("tamano", wrong)


def _without_jumps(reduce: Reduce) -> Change:
    def wrong(**given: Any) -> np.ndarray:
        height, width = _seen(given).shape[1:3]
        size, _ = sizes(given)
        x = _with_gaps(given)
        return reduce(windows(x, size), axis=_WINDOW)[:, :height, :width]

    return computed("strides", wrong)


def _pixel(row: int, column: int, gap: float) -> Change:
    """One place of each window; ``gap`` where there is no pixel."""
    return computed(
        "ventana", lambda **given: np.nan_to_num(_seen(given)[..., row, column], nan=gap)
    )


def _side(change: Callable[[Pairs], Pairs]) -> tuple[Change, Change]:
    """A window of other sides, and with it the steps where none are told, or not."""

    def window_only(given: Arguments) -> Arguments:
        size, steps = sizes(given)
        return given | {"pool_size": change(size), "strides": steps}

    return _pairs("pool_size", change), Change("pool_size", window_only)


def _largest_of_all(windows_: np.ndarray, axis: Any) -> np.ndarray:
    """The pixel farthest from 0, with its sign."""
    high, low = np.nanmax(windows_, axis=axis), np.nanmin(windows_, axis=axis)
    return np.where(high >= -low, high, low)


def _same_only(change: Change) -> Change:
    return Change(
        change.part,
        lambda given: change.before(given) if given["padding"] == "same" else given,
    )


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


def _common(reduce: Reduce) -> Entries:
    """Those of any pooling whose right answer is ``reduce`` of the windows, without their gaps."""
    gaps = partial(_windows, "padding", reduce)
    return (
        *words.STEP_ONE.by(_only_default(lambda size: 1)),
        *words.STEP_TWO.by(_only_default(lambda size: 2)),
        *words.ALWAYS_WINDOW.by(instead("strides", None)),
        *STRIDES_IGNORED.by(instead("strides", 1)),
        *STRIDES_SWAPPED.by(exchanged("strides")),
        *words.ONE_STEP.by(
            _pairs("strides", lambda pair: (pair[0], pair[0])),
            _pairs("strides", lambda pair: (pair[1], pair[1])),
            _only_default(lambda size: as_pair(size, "")[0]),
            _only_default(lambda size: as_pair(size, "")[1]),
        ),
        *words.WITHOUT_JUMPS.by(_without_jumps(reduce)),
        *words.ALWAYS_TWO.by(*_side(lambda pair: (2, 2))),
        *SWAPPED.by(exchanged("pool_size"), exchanged("pool_size").then(exchanged("strides"))),
        *words.ONE_SIDE.by(
            *_side(lambda pair: (pair[0], pair[0])), *_side(lambda pair: (pair[1], pair[1]))
        ),
        *words.LAST_KEPT.by(
            _last_kept(reduce, lambda n, k, s: -(-(n - k) // s) + 1),
            _last_kept(reduce, lambda n, k, s: -(-n // s)),
            _begun_inside(reduce),
        ),
        *WITHOUT_PADDING.by(instead("padding", "valid")),
        *VALID_PADDED.by(instead("padding", "same")),
        *EXCHANGED.by(argument("padding", lambda padding: _OTHER_PADDING[padding])),
        *SAME_KEEPS_SIZE.by(_same_only(instead("strides", 1))),
        *words.GAP_FIRST.by(gaps(rule=each(lambda before, after: (after, before)))),
        *words.GAPS_OTHERWISE.by(*(gaps(rule=rule) for rule in _GAPS)),
        *words.OVER_EVERYTHING.by(*_mixed(reduce, (0, 3, 4, 5))),
        *words.OVER_CHANNELS.by(*_mixed(reduce, (3, 4, 5))),
        *words.OVER_BATCH.by(*_mixed(reduce, (0, 4, 5))),
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
                _pixel(row, column, gap)
                for gap in (0, -np.inf)
                for row, column in ((0, 0), (-1, -1), (0, -1), (-1, 0))
            )
        ),
        *words.PART_OF_WINDOW.by(
            *(_window_longer(by, reduce) for by in ((-1, -1), (-1, 0), (0, -1)))
        ),
        *words.TOO_MUCH.by(*(_window_longer(by, reduce) for by in ((1, 1), (1, 0), (0, 1)))),
        *words.SMALLEST.by(_windows("ventana", np.nanmin)),
        *words.SUMMED.by(_windows("ventana", np.nansum)),
        *words.MEDIAN.by(_windows("ventana", np.nanmedian)),
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


def _divided(by: Callable[[Pairs, np.ndarray], float]) -> Change:
    """What each window sums, divided by something else."""
    return computed(
        "ventana",
        lambda **given: (np.nansum(_seen(given), axis=_WINDOW) / by(sizes(given)[0], given["x"])),
    )


def _place(seen: np.ndarray, axis: Any) -> np.ndarray:
    flat = np.where(np.isnan(seen), -np.inf, seen).reshape(*seen.shape[:4], -1)
    return flat.argmax(axis=-1).astype(np.float64)


def _without_zeros(seen: np.ndarray, axis: Any) -> np.ndarray:
    return np.nansum(seen, axis=axis) / np.maximum((np.nan_to_num(seen) != 0).sum(axis=axis), 1)


def _bytes_summed(**given: Any) -> np.ndarray:
    """The sum of a window in the type of the image, where it goes round."""
    seen = _seen(given)
    total = np.nansum(seen, axis=_WINDOW)
    if given["x"].dtype == np.uint8:
        total %= 256
    return total / (~np.isnan(seen)).sum(axis=_WINDOW)


MAX_MISTAKES: Entries = (
    *words.ZEROS_WIN.by(_windows("padding", np.max, fill=0)),
    *words.FROM_ZERO.by(answer(lambda out: np.maximum(out, 0))),
    *words.POSITION.by(_windows("ventana", _place)),
    *words.AVERAGED.by(
        _windows("ventana", np.nanmean),
        _windows("ventana", np.mean, fill=0),
    ),
    *words.SIGN_LOST.by(
        _windows("ventana", lambda seen, axis: np.nanmax(np.abs(seen), axis=axis)),
        _windows("ventana", _largest_of_all),
    ),
    *_common(_largest),
    *values.ABSOLUTE.by(answer(np.abs)),
    *pooling_slips(_largest),
)
AVERAGE_MISTAKES: Entries = (
    *words.ZEROS_COUNTED.by(_windows("padding", np.mean, fill=0)),
    *words.INFINITE_GAPS.by(
        _windows("padding", np.mean, fill=-np.inf), _windows("padding", np.mean, fill=np.inf)
    ),
    *words.LARGEST.by(
        _windows("ventana", np.nanmax),
        _windows("ventana", np.max, fill=0),
    ),
    *words.EDGE_COPIED.by(
        _windows("padding", np.mean, fill="edge"), _windows("padding", np.mean, fill="reflect")
    ),
    *words.DIVIDED_BY_FOUR.by(
        *(
            _divided(by)
            for by in (
                lambda size, x: 4,
                lambda size, x: size[0],
                lambda size, x: size[1],
                lambda size, x: size[0] ** 2,
                lambda size, x: size[1] ** 2,
                lambda size, x: size[0] + size[1],
                lambda size, x: size[0] * size[1] * x.shape[3],
                lambda size, x: x.shape[1] * x.shape[2],
            )
        )
    ),
    *words.NON_ZERO.by(_windows("ventana", _without_zeros)),
    *_common(_mean),
    *precision.INTEGERS.by(afterwards(lambda out, a: out.astype(a["x"].dtype))),
    *precision.IN_BYTES.by(computed("salida", _bytes_summed)),
    *values.RELU.by(answer(lambda out: np.maximum(out, 0))),
    *values.ABSOLUTE.by(answer(np.abs)),
    *pooling_slips(_mean),
)
