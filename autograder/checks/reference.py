"""La referencia del juez: la convolución entera en float64, escrita para leerse.

Es independiente de los kernels de Numba: un error en ellos no cambia la nota de nadie.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair, same_padding

from ..judging.comparison import accumulation_tolerance

Pair = int | tuple[int, int]
Amounts = tuple[tuple[int, int], tuple[int, int]]


def pad(x: np.ndarray, amounts: Amounts) -> np.ndarray:
    """``x`` (N, H, W, C) with that many zeros before and after its rows and columns."""
    if min(map(min, amounts)) < 0:
        raise ValueError(f"no se puede rellenar con {amounts}")
    (top, bottom), (left, right) = amounts
    count, height, width, channels = x.shape
    # What np.pad does takes longer than the convolution of a small image.
    padded = np.zeros((count, top + height + bottom, left + width + right, channels), x.dtype)
    padded[:, top : top + height, left : left + width] = x
    return padded


def same_amounts(x: np.ndarray, kernel_size: Pair, strides: Pair = 1) -> Amounts:
    """The rows and columns that ``padding="same"`` adds."""
    axes = zip(x.shape[1:3], as_pair(kernel_size, ""), as_pair(strides, ""), strict=True)
    rows, columns = (same_padding(*axis) for axis in axes)
    return rows, columns


def windows(
    x: np.ndarray, size: tuple[int, int], strides: Pair = 1, dilation_rate: Pair = 1
) -> np.ndarray:
    """What each output of ``x`` (N, H, W, C) looks at: (N, H', W', C, kh, kw)."""
    (sh, sw), (dh, dw) = as_pair(strides, "strides"), as_pair(dilation_rate, "dilation_rate")
    span = (dh * (size[0] - 1) + 1, dw * (size[1] - 1) + 1)
    seen = np.lib.stride_tricks.sliding_window_view(x, span, axis=(1, 2))
    return seen[:, ::sh, ::sw, :, ::dh, ::dw]


def conv2d(
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    strides: Pair = 1,
    padding: str = "valid",
    dilation_rate: Pair = 1,
    groups: int = 1,
) -> np.ndarray:
    """``Conv2D``: x (N, H, W, C), kernel (kh, kw, C // groups, F), bias (F,) -> (N, H', W', F)."""
    x, kernel, bias = (a.astype(np.float64, copy=False) for a in (x, kernel, bias))
    if padding == "same":
        x = pad(x, same_amounts(x, kernel.shape[:2], strides))
    channels = kernel.shape[2]
    seen = windows(x, kernel.shape[:2], strides, dilation_rate)
    if groups == 1:
        return np.einsum("nijckl,klcf->nijf", seen[:, :, :, :channels], kernel) + bias
    parts = [
        np.einsum("nijckl,klcf->nijf", seen[:, :, :, g * channels : (g + 1) * channels], part)
        for g, part in enumerate(np.split(kernel, groups, axis=3))
    ]
    return np.concatenate(parts, axis=3) + bias


def conv2d_rounding(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **options: Any) -> float:
    """The largest error that float32 excuses in :func:`conv2d`."""
    magnitude = conv2d(np.abs(x.astype(np.float64)), np.abs(kernel), np.abs(bias), **options)
    return accumulation_tolerance(kernel[..., 0].size, magnitude)


def normalize(kernel: np.ndarray) -> np.ndarray:
    """Each filter of a kernel (kh, kw, C, F) from 0 to 1 by its own extremes; constants, 0."""
    kernel = kernel.astype(np.float64)
    low, high = kernel.min(axis=(0, 1, 2)), kernel.max(axis=(0, 1, 2))
    return (kernel - low) / np.where(high > low, high - low, 1)


def pooling_windows(
    x: np.ndarray, pool_size: Pair, strides: Pair | None = None, padding: str = "valid"
) -> np.ndarray:
    """The pixels that each output of a pooling looks at: (N, H', W', C, kh, kw).

    What ``same`` adds is NaN: there is no pixel there.
    """
    size = as_pair(pool_size, "pool_size")
    steps = as_pair(pool_size if strides is None else strides, "strides")
    x = x.astype(np.float64)
    if padding == "same":
        amounts = ((0, 0), *same_amounts(x, size, steps), (0, 0))
        x = np.pad(x, amounts, constant_values=np.nan)
    return windows(x, size, steps)


def max_pooling2d(
    x: np.ndarray, pool_size: Any, strides: Any = None, padding: str = "valid"
) -> Any:
    """``MaxPooling2D``: x (N, H, W, C) -> (N, H', W', C), the largest pixel of each window."""
    return np.nanmax(pooling_windows(x, pool_size, strides, padding), axis=(4, 5))


def average_pooling2d(
    x: np.ndarray, pool_size: Any, strides: Any = None, padding: str = "valid"
) -> Any:
    """``AveragePooling2D``: the mean of the pixels that there are in each window."""
    return np.nanmean(pooling_windows(x, pool_size, strides, padding), axis=(4, 5))


def pooling_rounding(x: np.ndarray, pool_size: Pair, *_: Any, **__: Any) -> float:
    """The largest error that float32 excuses in a window, summed or averaged."""
    terms = int(np.prod(as_pair(pool_size, "pool_size")))
    return accumulation_tolerance(terms, np.abs(x.astype(np.float64)))
