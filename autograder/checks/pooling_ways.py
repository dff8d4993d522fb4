"""Lo que se hace mal con cada ventana del pooling, sea cual sea la función que la resume."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ..judging.diagnosis.changes import Arguments, Change, argument, computed
from .mistakes.padding_rules import Rule
from .pooling_slips import sizes
from .reference import same_amounts, windows

Reduce = Callable[..., np.ndarray]  # of windows (N, H', W', C, kh, kw) and axes
Pairs = tuple[int, int]
WINDOW = (4, 5)


def largest(seen: np.ndarray, axis: Any, keepdims: bool = False) -> np.ndarray:
    """Of a window without a pixel, less than anything: NumPy's own would warn of it."""
    there = ~np.isnan(seen)
    found = np.max(seen, axis=axis, keepdims=keepdims, where=there, initial=-np.inf)
    return np.asarray(found)


def mean(seen: np.ndarray, axis: Any, keepdims: bool = False) -> np.ndarray:
    count = np.sum(~np.isnan(seen), axis=axis, keepdims=keepdims)
    total = np.nansum(seen, axis=axis, keepdims=keepdims)
    return np.asarray(total / np.maximum(count, 1))


def windows_of(given: Arguments, rule: Rule = same_amounts, fill: Any = np.nan) -> np.ndarray:
    """The windows, with ``same`` as ``rule`` has it and ``fill`` in its gaps."""
    size, steps = sizes(given)
    x = given["x"].astype(np.float64)
    if given["padding"] == "same":
        amounts = ((0, 0), *rule(x, size, steps), (0, 0))
        how = {"mode": fill} if isinstance(fill, str) else {"constant_values": fill}
        x = np.pad(x, amounts, **how)
    return windows(x, size, steps)


def reduced(part: str, reduce: Reduce, axes: Any = WINDOW, **padded: Any) -> Change:
    """The windows reduced in another way, over other axes, or padded otherwise."""
    return computed(part, lambda **given: reduce(windows_of(given, **padded), axis=axes))


def mixed(reduce: Reduce, axes: tuple[int, ...]) -> tuple[Change, ...]:
    """Over more axes than the window's: kept at 1, gone, or the same for all."""

    def kept(**given: Any) -> np.ndarray:
        return reduce(windows_of(given), axis=axes, keepdims=True)[..., 0, 0]

    def same_for_all(**given: Any) -> np.ndarray:
        out = kept(**given)
        return np.broadcast_to(out, (len(given["x"]), *out.shape[1:3], given["x"].shape[3])).copy()

    return computed("ejes", same_for_all), computed("ejes", kept), reduced("ejes", reduce, axes)


def of_pairs(name: str, change: Callable[[Any], Any]) -> Change:
    """Another window, or other steps, where they are told."""
    return argument(name, lambda told: None if told is None else change(as_pair(told, "")))


def only_default(steps: Callable[[Any], Any]) -> Change:
    """Other steps where none are told."""
    return Change(
        "strides",
        lambda given: given | {"strides": steps(given["pool_size"])}
        if given["strides"] is None
        else given,
    )


def with_gaps(given: Arguments) -> np.ndarray:
    """The images, with a gap wherever ``same`` has no pixel."""
    x = given["x"].astype(np.float64)
    if given["padding"] != "same":
        return x
    amounts = ((0, 0), *same_amounts(x, *sizes(given)), (0, 0))
    return np.pad(x, amounts, constant_values=np.nan)


def window_longer(by: Pairs, reduce: Reduce) -> Change:
    """As many outputs, of windows longer or shorter; a longer one is cut where the image ends."""

    def wrong(**given: Any) -> np.ndarray:
        size, steps = sizes(given)
        x = with_gaps(given)
        height, width = windows(x, size, steps).shape[1:3]
        longer = (size[0] + by[0], size[1] + by[1])
        if min(longer) < 1:
            raise ValueError
        more = [(0, max(step, 0)) for step in by]
        x = np.pad(x, ((0, 0), *more, (0, 0)), constant_values=np.nan)
        return reduce(windows(x, longer, steps), axis=WINDOW)[:, :height, :width]

    return computed("ventana", wrong)


def last_kept(reduce: Reduce, count: Callable[[int, int, int], int]) -> Change:
    """With ``valid``, a last window that is cut where the image ends."""

    def wrong(**given: Any) -> np.ndarray:
        if given["padding"] == "same":
            return reduce(windows_of(given), axis=WINDOW)
        size, steps = sizes(given)
        x = given["x"].astype(np.float64)
        axes = zip(x.shape[1:3], size, steps, strict=True)
        more = [(0, max((count(n, k, s) - 1) * s + k - n, 0)) for n, k, s in axes]
        if any(after >= k for (_, after), k in zip(more, size, strict=True)):
            raise ValueError  # a window without a pixel
        x = np.pad(x, ((0, 0), *more, (0, 0)), constant_values=np.nan)
        return reduce(windows(x, size, steps), axis=WINDOW)

    return computed("tamano", wrong)


def begun_inside(reduce: Reduce) -> Change:
    """A window for every step that begins in the image, with its border where it has one."""

    def wrong(**given: Any) -> np.ndarray:
        size, steps = sizes(given)
        x = with_gaps(given)
        height, width = (-(-n // s) for n, s in zip(x.shape[1:3], steps, strict=True))
        more = [(0, k) for k in size]
        x = np.pad(x, ((0, 0), *more, (0, 0)), constant_values=np.nan)
        return reduce(windows(x, size, steps), axis=WINDOW)[:, :height, :width]

    return computed("tamano", wrong)


def cut_by_the_image(reduce: Reduce) -> Change:
    """As many windows as steps begin in the image, cut where it ends, whatever the padding."""

    def wrong(**given: Any) -> np.ndarray:
        return begun_inside(reduce).answer(reduce, given | {"padding": "valid"})

    return computed("tamano", wrong)


def without_jumps(reduce: Reduce) -> Change:
    def wrong(**given: Any) -> np.ndarray:
        height, width = windows_of(given).shape[1:3]
        size, _ = sizes(given)
        x = with_gaps(given)
        return reduce(windows(x, size), axis=WINDOW)[:, :height, :width]

    return computed("strides", wrong)


def pixel(row: int, column: int, gap: float) -> Change:
    """One place of each window; ``gap`` where there is no pixel."""
    return computed(
        "ventana", lambda **given: np.nan_to_num(windows_of(given)[..., row, column], nan=gap)
    )


def side(change: Callable[[Pairs], Pairs]) -> tuple[Change, Change]:
    """A window of other sides, and with it the steps where none are told, or not."""

    def window_only(given: Arguments) -> Arguments:
        size, steps = sizes(given)
        return given | {"pool_size": change(size), "strides": steps}

    return of_pairs("pool_size", change), Change("pool_size", window_only)


def largest_of_all(windows_: np.ndarray, axis: Any) -> np.ndarray:
    """The pixel farthest from 0, with its sign."""
    high, low = np.nanmax(windows_, axis=axis), np.nanmin(windows_, axis=axis)
    return np.where(high >= -low, high, low)


def same_only(change: Change) -> Change:
    return Change(
        change.part,
        lambda given: change.before(given) if given["padding"] == "same" else given,
    )


def divided(by: Callable[[Pairs, Pairs, np.ndarray], float]) -> Change:
    """What each window sums, divided by something of its sides, the steps or the images."""
    return computed(
        "ventana",
        lambda **given: (np.nansum(windows_of(given), axis=WINDOW) / by(*sizes(given), given["x"])),
    )


def place(seen: np.ndarray, axis: Any) -> np.ndarray:
    flat = np.where(np.isnan(seen), -np.inf, seen).reshape(*seen.shape[:4], -1)
    return flat.argmax(axis=-1).astype(np.float64)


def without_zeros(seen: np.ndarray, axis: Any) -> np.ndarray:
    return np.nansum(seen, axis=axis) / np.maximum((np.nan_to_num(seen) != 0).sum(axis=axis), 1)


def bytes_summed(**given: Any) -> np.ndarray:
    """The sum of a window in the type of the image, where it goes round."""
    seen = windows_of(given)
    total = np.nansum(seen, axis=WINDOW)
    if given["x"].dtype == np.uint8:
        total %= 256
    return total / (~np.isnan(seen)).sum(axis=WINDOW)
