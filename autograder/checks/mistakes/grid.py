"""La convolución como siete índices: en cada uno se puede escribir otra cosa."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Change
from ..reference import pad, same_amounts
from .layout import Layout

Index = Callable[[Any], Any]  # of the loops' variables and sizes, to an index or a weight


def _loops(x: np.ndarray, kernel: np.ndarray, given: dict[str, Any]) -> SimpleNamespace:
    """The seven variables as arrays that broadcast, and the sizes that a student has at hand."""
    (sh, sw), (dh, dw) = (
        as_pair(given.get(name, 1), name) for name in ("strides", "dilation_rate")
    )
    (batch, height, width, _), groups = x.shape, given.get("groups", 1)
    kh, kw, depth, filters = kernel.shape
    rows = (height - dh * (kh - 1) - 1) // sh + 1
    columns = (width - dw * (kw - 1) - 1) // sw + 1
    if rows < 1 or columns < 1:
        raise ValueError
    sizes = (batch, rows, columns, filters, kh, kw, depth)
    variables = dict(zip("nijfuvc", np.ogrid[tuple(map(slice, sizes))], strict=True))
    named = dict(zip(("N", "I", "J", "F", "kh", "kw", "C"), sizes, strict=True))
    first = variables["f"] // max(filters // groups, 1) * depth  # the first channel of its group
    return SimpleNamespace(
        **variables, **named, sh=sh, sw=sw, dh=dh, dw=dw, H=height, W=width, G=groups, first=first
    )


RIGHT: dict[str, Index] = {
    "image": lambda a: a.n,
    "row": lambda a: a.i * a.sh + a.u * a.dh,
    "column": lambda a: a.j * a.sw + a.v * a.dw,
    "channel": lambda a: a.first + a.c,
    "up": lambda a: a.u,
    "across": lambda a: a.v,
    "depth": lambda a: a.c,
    "filter": lambda a: a.f,
    "weight": lambda a: 1.0,
    "kept": lambda a: 1.0,
}


PIXEL = ("image", "row", "column", "channel")
WEIGHT = ("up", "across", "depth", "filter")


@dataclass(frozen=True)
class _Call:
    """What every slip needs of one call: hundreds are tried on the same one."""

    key: tuple[Any, ...]
    x: np.ndarray
    kernel: np.ndarray
    loops: SimpleNamespace
    right: dict[str, Any]
    looked_up: dict[tuple[str, ...], np.ndarray] = field(default_factory=dict)


_last: list[_Call] = []  # the last call, or none


def _call(x: np.ndarray, kernel: np.ndarray, given: dict[str, Any]) -> _Call:
    parts = ((array.shape, array.dtype.str, array.tobytes()) for array in (x, kernel))
    key = (*parts, repr(given))
    known = _last[0] if _last else None
    if known is None or known.key != key:
        x, kernel = x.astype(np.float64), kernel.astype(np.float64)
        if given.get("padding", "valid") == "same":
            x = pad(x, same_amounts(x, kernel.shape[:2], given.get("strides", 1)))
        loops = _loops(x, kernel, given)
        known = _Call(key, x, kernel, loops, {name: at(loops) for name, at in RIGHT.items()})
        _last[:] = [known]
    return known


def _looked_up(
    call: _Call,
    array: np.ndarray,
    at: dict[str, Any],
    names: tuple[str, ...],
    slips: dict[str, Index],
    guarded: bool = False,
) -> np.ndarray:
    """The numbers of an array at the indices of these names; those of no slip are kept."""
    if guarded or any(name in slips for name in names):
        return np.asarray(array[tuple(at[name] for name in names)])
    if names not in call.looked_up:
        call.looked_up[names] = np.asarray(array[tuple(at[name] for name in names)])
    return call.looked_up[names]


def indexed(layout: Layout, slips: dict[str, Index], guarded: bool = False) -> Change:
    """The sum of the seven loops with other indices in the places named; the rest is right.

    ``weight`` multiplies each product, and ``kept`` each output before its bias. A negative index
    counts from the end, as in Python, and one too large raises; where it is ``guarded``, what lies
    outside the image counts nothing.
    """

    def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **given: Any) -> np.ndarray:
        call = _call(x, kernel, given)
        loops = call.loops
        x, at = call.x, call.right | {name: index(loops) for name, index in slips.items()}
        if guarded:
            x, at = _surrounded(x, at)
        pixels = _looked_up(call, x, at, PIXEL, slips, guarded)
        weights = _looked_up(call, call.kernel, at, WEIGHT, slips)
        products = pixels * weights * at["weight"]
        shape = (loops.N, loops.I, loops.J, loops.F, loops.kh, loops.kw, loops.C)
        sums = np.broadcast_to(products, shape).sum(axis=(4, 5, 6))
        kept = np.broadcast_to(at["kept"], shape)[..., 0, 0, 0]
        return sums * kept + bias * (1 if "bias" not in slips else kept)

    return layout.computed("ventana", wrong)


def _surrounded(x: np.ndarray, at: dict[str, Any]) -> tuple[np.ndarray, dict[str, Any]]:
    """The image with a line of zeros at its end, where all that is outside is read."""
    inside = {
        name: np.where((at[name] >= 0) & (at[name] < length), at[name], length)
        for name, length in zip(("row", "column"), x.shape[1:3], strict=True)
    }
    return np.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0))), at | inside
