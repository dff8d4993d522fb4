"""La ventana como se escribe, ``x[i:i + kh, j:j + kw]``: en cada trozo puede haber un desliz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Change
from ..reference import pad, same_amounts
from .layout import Layout

Axis = SimpleNamespace  # p, the output; s, k and n, of its axis; q, t, l and m, of the other
Ends = Callable[[Axis], tuple[int | None, int | None]]
Pair = tuple[int, int]
Measure = Callable[[Any], Pair]
Summed = Callable[[np.ndarray], np.ndarray]  # of a window (N, a, b, C) to its outputs (N, F)


def _right_ends(a: Axis) -> Pair:
    return a.p * a.s, a.p * a.s + a.k


def _whole(a: Any) -> Pair:
    return a.I, a.J


def _where_it_is(a: Any) -> Pair:
    return a.i, a.j


@dataclass(frozen=True)
class Written:
    """A loop over the outputs: which slice it reads, how far it goes, and where it writes."""

    rows: Ends = _right_ends
    columns: Ends = _right_ends
    loops: Measure = _whole
    size: Measure = _whole
    place: Measure = _where_it_is
    filled: bool = False  # whether what is not written has its bias all the same
    guarded: bool = False  # whether a window that is cut by the edge is left out
    refused: bool = False  # whether a size of nothing is an error, as whoever measures it says

    def run(
        self, x: np.ndarray, kernel: Pair, strides: Pair, summed: Summed, bias: Any, filters: int
    ) -> np.ndarray:
        """The outputs of an image that is padded already."""
        (height, width), (kh, kw), (sh, sw) = x.shape[1:3], kernel, strides
        a = SimpleNamespace(H=height, W=width, kh=kh, kw=kw, sh=sh, sw=sw, i=0, j=0)
        a.N, a.C = len(x), x.shape[3]
        a.I, a.J = (height - kh) // sh + 1, (width - kw) // sw + 1
        rows = Axis(p=0, s=sh, k=kh, n=height, q=0, t=sw, l=kw, m=width)
        columns = Axis(p=0, s=sw, k=kw, n=width, q=0, t=sh, l=kh, m=height)
        size = self.size(a)
        if min(size) < self.refused:
            raise ValueError
        out = np.zeros((len(x), *size, filters)) + (bias if self.filled else 0)
        loops = self.loops(a)
        for a.i in range(loops[0]):
            for a.j in range(loops[1]):
                rows.p = columns.q = a.i
                columns.p = rows.q = a.j
                window = x[:, slice(*self.rows(rows)), slice(*self.columns(columns))]
                if self.guarded and window.shape[1:3] != kernel:
                    continue
                at_row, at_column = self.place(a)
                out[:, at_row, at_column] = summed(window) + bias
        return out


def convolved(layout: Layout, written: Written) -> Change:
    """A convolution so written: NumPy decides what a window of another size is multiplied by."""

    def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **given: Any) -> np.ndarray:
        x, kernel = x.astype(np.float64), kernel.astype(np.float64)
        steps = as_pair(given.get("strides", 1), "")
        if given.get("padding", "valid") == "same":
            x = pad(x, same_amounts(x, kernel.shape[:2], steps))
        dh, dw = as_pair(given.get("dilation_rate", 1), "")
        depth, groups = kernel.shape[2], given.get("groups", 1)
        span = (dh * (kernel.shape[0] - 1) + 1, dw * (kernel.shape[1] - 1) + 1)
        large = np.zeros((*span, *kernel.shape[2:]))
        large[::dh, ::dw] = kernel
        if groups == 1:

            def whole(window: np.ndarray) -> np.ndarray:
                return (window[..., None] * large).sum((1, 2, 3))

            return written.run(x[..., :depth], span, steps, whole, bias, large.shape[3])
        parts = zip(np.split(large, groups, 3), np.split(bias, groups), strict=True)
        return np.concatenate(
            [
                written.run(
                    x[..., g * depth : (g + 1) * depth],
                    span,
                    steps,
                    lambda window, part=part: (window[..., None] * part).sum((1, 2, 3)),  # type: ignore[misc]
                    own,
                    part.shape[3],
                )
                for g, (part, own) in enumerate(parts)
            ],
            axis=3,
        )

    return layout.computed("ventana", wrong)


ENDS: tuple[Ends, ...] = (
    lambda a: (a.p * a.s, a.p * a.s + a.k - 1),
    lambda a: (a.p * a.s, a.p * a.s + a.k + 1),
    lambda a: (a.p * a.s + 1, a.p * a.s + a.k),
    lambda a: (a.p * a.s + 1, a.p * a.s + a.k + 1),
    lambda a: (a.p * a.s, a.k),
    lambda a: (a.p * a.s, None),
    lambda a: (a.p * a.s, -1),
    lambda a: (0, a.p * a.s + a.k),
    lambda a: (a.p * a.s, a.p + a.k),
    lambda a: (a.p, a.p * a.s + a.k),
    lambda a: (a.p * a.s, (a.p + a.k) * a.s),
    lambda a: (a.p * a.s, (a.p + 1) * a.k),
    lambda a: (a.p * a.s, a.p * a.s - a.k),
    lambda a: (a.p * a.s, a.p * a.k),
    lambda a: (a.p * a.s, a.p * a.s + a.s),
    lambda a: (a.p * a.s, a.p * a.s + a.l),
    lambda a: (a.p * a.t, a.p * a.t + a.k),
    lambda a: (a.p * a.s, a.p * a.t + a.k),
    lambda a: (a.q * a.s, a.p * a.s + a.k),
    lambda a: (a.p * a.s, a.q * a.s + a.k),
    lambda a: (a.p * a.s, a.p * a.s + 2),
    lambda a: (a.p * a.s, a.p * a.s + 3),
    lambda a: (a.p * a.s - a.k // 2, a.p * a.s + a.k // 2 + 1),
    lambda a: (max(a.p * a.s - a.k // 2, 0), a.p * a.s + a.k // 2 + 1),
    lambda a: (a.p * a.s, a.p * a.s + a.k // 2),
    lambda a: (a.p * a.s - 1, a.p * a.s + a.k - 1),
    lambda a: (a.p * a.s, a.p),
    lambda a: (a.p // a.s, a.p * a.s + a.k),
    lambda a: (a.p // a.s, a.p // a.s + a.k),
    lambda a: (a.p * a.s, a.p + a.s + a.k),
    lambda a: (a.p + a.s, a.p + a.s + a.k),
    lambda a: (a.p, a.k),
)
PLACES: tuple[Measure, ...] = (
    lambda a: (a.j, a.i),
    lambda a: (a.i, a.i),
    lambda a: (a.j, a.j),
    lambda a: (a.i, 0),
    lambda a: (0, a.j),
    lambda a: (0, 0),
    lambda a: (a.i * a.sh, a.j * a.sw),
    lambda a: (a.i - 1, a.j - 1),
    lambda a: (a.i - 1, a.j),
    lambda a: (a.i, a.j - 1),
    lambda a: (a.I - 1 - a.i, a.J - 1 - a.j),
    lambda a: (a.I - 1 - a.i, a.j),
    lambda a: (a.i, a.J - 1 - a.j),
    lambda a: (-a.i, -a.j),
    lambda a: (a.i // a.sh, a.j // a.sw),
    lambda a: (a.i // 2, a.j // 2),
)
# Of the answer, while the loops go as far as they should; or of both.
SIZES: tuple[Measure, ...] = (
    lambda a: (a.J, a.I),
    lambda a: (a.I, a.I),
    lambda a: (a.J, a.J),
    lambda a: (a.H, a.W),
    lambda a: (a.W, a.H),
    lambda a: (a.H, a.H),
    lambda a: (a.W, a.W),
    lambda a: (a.kh, a.kw),
    lambda a: (a.I + 1, a.J + 1),
    lambda a: (a.I + 1, a.J),
    lambda a: (a.I, a.J + 1),
    lambda a: (a.H - a.kh, a.W - a.kw),
    lambda a: (a.H - a.kh + 1, a.W - a.kw + 1),
    lambda a: (-(-(a.H - a.kh + 1) // a.sh) + 1, -(-(a.W - a.kw + 1) // a.sw) + 1),
    lambda a: (-(-a.H // a.sh), -(-a.W // a.sw)),
    lambda a: (a.H // a.sh, a.W // a.sw),
    lambda a: ((a.H - a.kh) // a.kh + 1, (a.W - a.kw) // a.kw + 1),
    lambda a: ((a.H - a.kw) // a.sh + 1, (a.W - a.kh) // a.sw + 1),
    lambda a: ((a.H - a.kw) // a.sh + 1, a.J),
    lambda a: (a.I, (a.W - a.kh) // a.sw + 1),
    lambda a: ((a.W - a.kh) // a.sh + 1, (a.H - a.kw) // a.sw + 1),
    lambda a: ((a.W - a.kh) // a.sh + 1, a.J),
    lambda a: (a.I, (a.H - a.kw) // a.sw + 1),
    lambda a: ((a.H - a.kh) // a.sw + 1, (a.W - a.kw) // a.sh + 1),
    lambda a: ((a.H - a.kh) // a.sw + 1, a.J),
    lambda a: (a.I, (a.W - a.kw) // a.sh + 1),
    lambda a: (a.H - a.kh + 1, a.J),
    lambda a: (a.I, a.W - a.kw + 1),
)
_MIXED = SIZES[17:23]  # those where the kernel of an axis may not fit in another
# What is measured by a function of its own, with one of its numbers in the place of another.
_CALLED: tuple[Measure, ...] = (
    lambda a: ((a.N - a.kh) // a.sh + 1, a.J),
    lambda a: ((a.C - a.kh) // a.sh + 1, a.J),
    lambda a: (a.I, (a.N - a.kw) // a.sw + 1),
    lambda a: (a.I, (a.C - a.kw) // a.sw + 1),
    lambda a: ((a.H - a.sh) // a.kh + 1, (a.W - a.sw) // a.kw + 1),
    lambda a: ((a.H - a.sh) // a.kh + 1, a.J),
    lambda a: (a.I, (a.W - a.sw) // a.kw + 1),
    lambda a: ((a.kh - a.H) // a.sh + 1, a.J),
    lambda a: (a.I, (a.kw - a.W) // a.sw + 1),
)


def otherwise_called() -> Iterator[Written]:
    """The answer as large as a function says that refuses what does not fit."""
    for size in (*_MIXED, *_CALLED):
        yield Written(size=size, loops=size, refused=True)


def otherwise_cut() -> Iterator[Written]:
    """Windows whose slice begins or ends elsewhere: on both axes, and on each alone."""
    plain = Written()
    for ends in ENDS:
        yield replace(plain, rows=ends, columns=ends)
        yield replace(plain, rows=ends)
        yield replace(plain, columns=ends)


def otherwise_placed(layer: bool) -> Iterator[Written]:
    for place in PLACES:
        for filled in (False, True) if layer else (False,):
            yield Written(place=place, filled=filled)


def otherwise_measured(layer: bool) -> Iterator[Written]:
    """An answer of another size; the loops go as far as they should, or as far as it does."""
    for size in SIZES:
        for filled in (False, True) if layer else (False,):
            yield Written(size=size, filled=filled)
            yield Written(loops=size, filled=filled)
        yield Written(size=size, loops=size)
        yield Written(size=size, loops=size, guarded=True)
