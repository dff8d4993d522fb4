"""Zeros around an image, written in many ways that are all right."""

from __future__ import annotations

import math

import numpy as np
from right_registry import right

PAD = "4_padding.rellenar"


def pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def zeros(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def around(x, kernel_size, strides):
    """Zeros above, below, to the left and to the right."""
    k, s = pair(kernel_size), pair(strides)
    return *zeros(x.shape[1], k[0], s[0]), *zeros(x.shape[2], k[1], s[1])


@right(PAD)
def image_by_image(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    return np.stack([np.pad(image, ((top, bottom), (left, right_), (0, 0))) for image in x])


@right(PAD)
def by_negative_indices(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    n, h, w, c = x.shape
    y = np.zeros((n, h + top + bottom, w + left + right_, c), x.dtype)
    y[:, top : -bottom or None, left : -right_ or None, :] = x
    return y


@right(PAD)
def by_concatenating(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    n, h, w, c = x.shape
    rows = np.concatenate([np.zeros((n, top, w, c)), x, np.zeros((n, bottom, w, c))], axis=1)
    tall = h + top + bottom
    return np.concatenate(
        [np.zeros((n, tall, left, c)), rows, np.zeros((n, tall, right_, c))], axis=2
    )


@right(PAD)
def by_np_block(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    planes = np.moveaxis(x, 3, 1)
    h, w = planes.shape[2:]

    def empty(rows, columns):
        return np.zeros((*planes.shape[:2], rows, columns), x.dtype)

    blocks = [
        [empty(top, left), empty(top, w), empty(top, right_)],
        [empty(h, left), planes, empty(h, right_)],
        [empty(bottom, left), empty(bottom, w), empty(bottom, right_)],
    ]
    return np.moveaxis(np.block(blocks), 1, 3)


@right(PAD)
def by_products_of_matrices(x, kernel_size, strides=1):
    """A matrix puts the rows in their place, another the columns."""
    top, bottom, left, right_ = around(x, kernel_size, strides)
    h, w = x.shape[1:3]
    rows, columns = np.eye(h + top + bottom, h, -top), np.eye(w, w + left + right_, left)
    return np.einsum("Ih,nhwc,wW->nIWc", rows, x, columns)


@right(PAD)
def by_lists(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    nothing = [0] * x.shape[3]
    wide = x.shape[2] + left + right_
    padded = []
    for image in x.tolist():
        rows = [[nothing] * wide for _ in range(top)]
        rows += [[nothing] * left + row + [nothing] * right_ for row in image]
        rows += [[nothing] * wide for _ in range(bottom)]
        padded.append(rows)
    return np.array(padded)


@right(PAD)
def by_taking_with_a_sentinel(x, kernel_size, strides=1):
    """One row and one column of zeros at the end, which every index outside points at."""
    top, bottom, left, right_ = around(x, kernel_size, strides)
    h, w = x.shape[1:3]
    ended = np.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)))
    rows = [i if 0 <= i < h else h for i in range(-top, h + bottom)]
    columns = [j if 0 <= j < w else w for j in range(-left, w + right_)]
    return ended[:, rows][:, :, columns]


@right(PAD)
def by_masking_the_edges(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    y = np.pad(x, [(0, 0), (top, bottom), (left, right_), (0, 0)], mode="edge")
    y[:, :top] = 0
    y[:, y.shape[1] - bottom :] = 0
    y[:, :, :left] = 0
    y[:, :, y.shape[2] - right_ :] = 0
    return y


@right(PAD)
def by_a_mask_of_the_inside(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    inside = np.zeros((x.shape[1] + top + bottom, x.shape[2] + left + right_), bool)
    inside[top : top + x.shape[1], left : left + x.shape[2]] = True
    y = np.zeros((len(x), *inside.shape, x.shape[3]), np.float32)
    y[:, inside] = x.reshape(len(x), -1, x.shape[3])
    return y


@right(PAD)
def by_rolling(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    y = np.zeros((len(x), x.shape[1] + top + bottom, x.shape[2] + left + right_, x.shape[3]))
    y[:, : x.shape[1], : x.shape[2]] = x
    return np.roll(y, (top, left), axis=(1, 2))


@right(PAD)
def axis_by_axis(x, kernel_size, strides=1):
    for axis, k, s in zip((1, 2), pair(kernel_size), pair(strides), strict=True):
        widths = [(0, 0)] * 4
        widths[axis] = zeros(x.shape[axis], k, s)
        x = np.pad(x, widths)
    return x


@right(PAD)
def by_a_generator(x, kernel_size, strides=1):
    def amounts():
        for n, k, s in zip(x.shape[1:3], pair(kernel_size), pair(strides), strict=True):
            missing = (math.ceil(n / s) - 1) * s + k - n
            yield (max(missing, 0) // 2, max(missing, 0) - max(missing, 0) // 2)

    return np.pad(x, ((0, 0), *amounts(), (0, 0)), mode="constant", constant_values=0)


@right(PAD)
def by_strides_of_memory(x, kernel_size, strides=1):
    top, bottom, left, right_ = around(x, kernel_size, strides)
    n, h, w, c = x.shape
    y = np.zeros((n, h + top + bottom, w + left + right_, c), x.dtype)
    hole = np.lib.stride_tricks.as_strided(y[:, top:, left:], x.shape, y.strides)
    hole[...] = x
    return y
