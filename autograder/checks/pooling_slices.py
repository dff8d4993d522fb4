"""El pooling como suma de trozos de la imagen: cada trozo se corta al tamaño que se midió."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change, computed
from .mistakes import slices
from .mistakes.padded import VALID_PADDED
from .mistakes.strides import ONE_AXIS
from .pooling_words import ONE_STEP
from .reference import same_amounts, windows
from .ways import Entries

Reduce = Callable[..., np.ndarray]
Pair = tuple[int, int]
Sizes = Callable[[Arguments], tuple[Pair, Pair]]
Call = Callable[[SimpleNamespace], tuple[int, int, int, str]]  # what the size is measured with

_ROWS: Call = lambda a: (a.H, a.kh, a.sh, a.padding)  # noqa: E731
_COLUMNS: Call = lambda a: (a.W, a.kw, a.sw, a.padding)  # noqa: E731
# One of its numbers is another's, or is not told: of the rows, and of the columns.
_OF_ROWS: tuple[Call, ...] = (
    lambda a: (a.W, a.kh, a.sh, a.padding),
    lambda a: (a.N, a.kh, a.sh, a.padding),
    lambda a: (a.H, a.kw, a.sh, a.padding),
    lambda a: (a.H, a.kh, a.sw, a.padding),
    lambda a: (a.H, a.sh, a.kh, a.padding),
    lambda a: (a.kh, a.H, a.sh, a.padding),
    lambda a: (a.H, a.kh, a.sh, "valid"),
)
_OF_COLUMNS: tuple[Call, ...] = (
    lambda a: (a.H, a.kw, a.sw, a.padding),
    lambda a: (a.C, a.kw, a.sw, a.padding),
    lambda a: (a.W, a.kh, a.sw, a.padding),
    lambda a: (a.W, a.kw, a.sh, a.padding),
    lambda a: (a.W, a.sw, a.kw, a.padding),
    lambda a: (a.kw, a.W, a.sw, a.padding),
    lambda a: (a.W, a.kw, a.sw, "valid"),
)


def _measured(n: int, k: int, s: int, padding: str) -> int:
    if padding == "same":
        return -(-n // s)
    if k > n:
        raise ValueError("no cabe")
    return (n - k) // s + 1


def _steps_as_told(a: SimpleNamespace) -> Pair:
    return a.sh, a.sw


def _by_slices(
    reduce: Reduce,
    sizes: Sizes,
    rows: Call = _ROWS,
    columns: Call = _COLUMNS,
    steps: Callable[[SimpleNamespace], Pair] = _steps_as_told,
    always: bool = False,
) -> Change:
    """``always``: with gaps around the image whatever the padding."""

    def wrong(**given: Any) -> np.ndarray:
        window, told = sizes(given)
        x = given["x"].astype(np.float64)
        names = dict(zip("NHWC", x.shape, strict=True)) | {"padding": given["padding"]}
        a = SimpleNamespace(kh=window[0], kw=window[1], sh=told[0], sw=told[1], **names)
        height, width = _measured(*rows(a)), _measured(*columns(a))
        if always or given["padding"] == "same":
            amounts = ((0, 0), *same_amounts(x, window, told), (0, 0))
            x = np.pad(x, amounts, constant_values=np.nan)
        out = reduce(windows(x, window, steps(a)), axis=(4, 5))
        if out.shape[1] < height or out.shape[2] < width:
            raise ValueError  # Slices of several lengths do not add up.
        return out[:, :height, :width]

    return computed("trozos", wrong)


def pooling_by_slices(reduce: Reduce, sizes: Sizes) -> Entries:
    def measured() -> Iterator[Change]:
        yield from (_by_slices(reduce, sizes, rows=call) for call in _OF_ROWS)
        yield from (_by_slices(reduce, sizes, columns=call) for call in _OF_COLUMNS)
        for both in zip(_OF_ROWS, _OF_COLUMNS, strict=True):
            yield _by_slices(reduce, sizes, *both)

    return (
        *slices.SIZE_OF_OUTPUT.rarely(*measured()),
        *ONE_AXIS.rarely(
            _by_slices(reduce, sizes, steps=lambda a: (1, a.sw)),
            _by_slices(reduce, sizes, steps=lambda a: (a.sh, 1)),
        ),
        *ONE_STEP.rarely(
            _by_slices(reduce, sizes, steps=lambda a: (a.sh, a.sh)),
            _by_slices(reduce, sizes, steps=lambda a: (a.sw, a.sw)),
        ),
        *VALID_PADDED.rarely(_by_slices(reduce, sizes, always=True)),
    )
