"""Deslices del pooling: un trozo, un tamaño, un sitio, un eje o una función por otra."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ..judging.diagnosis.changes import Arguments, Change, answer, argument, computed
from .mistakes import lines, positions, slices
from .mistakes.everywhere import KINDS, PIXELS, RESULTS, named_at
from .mistakes.layout import Layout
from .mistakes.more_padding import ELSEWHERE, EXTRA, OTHER_AXES_THAN_IMAGE
from .mistakes.padding_accounts import every_rule
from .mistakes.strides import ONE_AXIS
from .mistakes.strides import SWAPPED as STRIDES_SWAPPED
from .mistakes.written import (
    Written,
    otherwise_called,
    otherwise_cut,
    otherwise_measured,
    otherwise_placed,
)
from .pooling_slices import pooling_by_slices
from .pooling_words import CHANNELS_MISSING, GAPS_OTHERWISE, OTHER_BORDER, SMALLEST
from .reference import same_amounts, windows
from .ways import Entries

Reduce = Callable[..., np.ndarray]
Pairs = tuple[int, int]
POOL = Layout("x", first=1)


def sizes(given: Arguments) -> tuple[Pairs, Pairs]:
    """The window and its steps, which are the window where none are told."""
    size = as_pair(given["pool_size"], "")
    return size, size if given["strides"] is None else as_pair(given["strides"], "")


def _gaps(given: Arguments, amounts: Any) -> np.ndarray:
    """The image with that many gaps around each axis."""
    return np.pad(given["x"].astype(np.float64), amounts, constant_values=np.nan)


_BORDERS: tuple[Callable[[np.ndarray], float], ...] = (
    lambda x: np.inf,
    lambda x: 1.0,
    lambda x: -1.0,
    lambda x: 255.0,
    np.mean,
    np.min,
    np.max,
)


def _filled(reduce: Reduce, number: Callable[[np.ndarray], float]) -> Change:
    """With ``same``, a number where there is no pixel."""

    def wrong(**given: Any) -> np.ndarray:
        x = _around(given)
        filled = np.where(np.isnan(x), number(given["x"]), x)
        return np.asarray(reduce(windows(filled, *sizes(given)), axis=(4, 5)))

    return computed("padding", wrong)


def _around(given: Arguments) -> np.ndarray:
    if given["padding"] != "same":
        return _gaps(given, 0)
    return _gaps(given, ((0, 0), *same_amounts(given["x"], *sizes(given)), (0, 0)))


def _written(reduce: Reduce, written: Written) -> Change:
    def summed(window: np.ndarray) -> np.ndarray:
        if 0 in window.shape:
            raise ValueError
        return reduce(window, axis=(1, 2))

    def wrong(**given: Any) -> np.ndarray:
        size, steps = sizes(given)
        return written.run(_around(given), size, steps, summed, 0, given["x"].shape[3])

    return computed("ventana", wrong)


def _where_padded(reduce: Reduce, amounts: Callable[[Arguments], Any]) -> Change:
    """With ``same``, gaps elsewhere; with ``valid``, the right answer."""

    def wrong(**given: Any) -> np.ndarray:
        x = _gaps(given, amounts(given)) if given["padding"] == "same" else _gaps(given, 0)
        return reduce(windows(x, *sizes(given)), axis=(4, 5))

    return computed("padding", wrong)


def _elsewhere(reduce: Reduce) -> Iterator[Change]:
    def at(rows: int, columns: int) -> Change:
        def amounts(given: Arguments) -> Any:
            widths = [(0, 0)] * 4
            widths[rows], widths[columns] = same_amounts(given["x"], *sizes(given))
            return widths

        return _where_padded(reduce, amounts)

    return (at(*each) for each in OTHER_AXES_THAN_IMAGE)


def _grown(reduce: Reduce, axis: int, sides: Pairs, always: bool) -> Change:
    """A line of gaps too many on an axis."""

    def wrong(**given: Any) -> np.ndarray:
        widths = [(0, 0)] * 4
        if given["padding"] == "same":
            widths[1:3] = same_amounts(given["x"], *sizes(given))
        if always or given["padding"] == "same":
            widths[axis] = sides
        return reduce(windows(_gaps(given, widths), *sizes(given)), axis=(4, 5))

    return computed("padding", wrong)


def _steps(reduce: Reduce, change: Callable[[Pairs, Pairs], Pairs]) -> Change:
    """Other steps for the windows; the gaps are those of the right ones, or of these."""

    def wrong(**given: Any) -> np.ndarray:
        size, steps = sizes(given)
        return reduce(windows(_around(given), size, change(size, steps)), axis=(4, 5))

    return computed("strides", wrong)


def _all_steps(change: Callable[[Pairs, Pairs], Pairs]) -> Change:
    return Change("strides", lambda given: given | {"strides": change(*sizes(given))})


def _functions() -> Entries:
    """A function too many on what comes out or on what goes in."""
    found: Entries = ()
    for place, way in (RESULTS, answer), (PIXELS, _on_pixels):
        name, of_it, whose = place
        for kind, what, functions in KINDS:
            named = named_at(kind, what, name, of_it, whose)
            found = (*found, *named.rarely(*map(way, functions)))
    return found


def _on_pixels(change: Callable[[np.ndarray], np.ndarray]) -> Change:
    return argument("x", lambda x: change(x.astype(np.float64)))


def pooling_slips(reduce: Reduce) -> Entries:
    """Those of a pooling whose right answer is ``reduce`` of the windows, without their gaps."""
    by_loop = partial(_written, reduce)
    both = ((0, 1), (0,), (1,))
    return (
        *SMALLEST.rarely(_filled(np.min, lambda x: -np.inf)),
        *OTHER_BORDER.rarely(*(_filled(reduce, number) for number in _BORDERS)),
        *positions.LAST_FORGOTTEN.rarely(
            *(positions.cut(POOL, slice(None, -1), axes) for axes in both)
        ),
        *positions.FIRST_FORGOTTEN.rarely(
            *(positions.cut(POOL, slice(1, None), axes) for axes in both)
        ),
        *lines.NOT_ALL_LINES.rarely(*(way for at in (1, 2) for way in lines.blanks(POOL, at))),
        *lines.NOT_ALL_IMAGES.rarely(*lines.blanks(POOL, 0)),
        *CHANNELS_MISSING.rarely(*lines.blanks(POOL, 3)),
        *lines.MOVED.rarely(*(way for at in (1, 2) for way in lines.shifts(at))),
        *lines.REPEATED.rarely(*(answer(lines.repeating(at, -1)) for at in (1, 2))),
        *STRIDES_SWAPPED.rarely(
            _all_steps(lambda size, steps: (steps[1], steps[0])),
            _steps(reduce, lambda size, steps: (steps[1], steps[0])),
        ),
        *ONE_AXIS.rarely(
            *(
                way
                for change in (
                    lambda size, steps: (steps[0], 1),
                    lambda size, steps: (1, steps[1]),
                )
                for way in (_all_steps(change), _steps(reduce, change))
            )
        ),
        *_functions(),
        *GAPS_OTHERWISE.rarely(
            *(
                _where_padded(
                    reduce,
                    lambda given, rule=rule: ((0, 0), *rule(given["x"], *sizes(given)), (0, 0)),  # type: ignore[misc]
                )
                for _, rule in every_rule()
            )
        ),
        *ELSEWHERE.rarely(*_elsewhere(reduce)),
        *EXTRA.rarely(
            *(
                _grown(reduce, axis, sides, always)
                for axis in (0, 3)
                for sides in ((0, 1), (1, 0), (1, 1))
                for always in (True, False)
            )
        ),
        *slices.WINDOW_CUT.rarely(*map(by_loop, otherwise_cut())),
        *slices.MISPLACED.rarely(*map(by_loop, otherwise_placed(False))),
        *slices.SIZE_OF_OUTPUT.rarely(
            *map(by_loop, (*otherwise_measured(False), *otherwise_called()))
        ),
        *pooling_by_slices(reduce, sizes),
    )
