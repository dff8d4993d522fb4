"""A pooling that adds slices of the image hears which size of them is wrong, or which step."""

from __future__ import annotations

import numpy as np
import pytest
from harness import verdict_on


def pair(value):
    return (value, value) if isinstance(value, int) else value


def zeros(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def average(height, row_step=lambda sh, sw: sh):
    def average_pooling2d(x, pool_size, strides=None, padding="valid"):
        (kh, kw), (sh, sw) = pair(pool_size), pair(pool_size if strides is None else strides)
        if padding == "valid" and (kh > x.shape[1] or kw > x.shape[2]):
            raise ValueError("no cabe")
        rows = height(x.shape[1], kh, sh, padding)
        columns = -(-x.shape[2] // sw) if padding == "same" else (x.shape[2] - kw) // sw + 1
        gaps = [(0, 0)] * 2
        if padding == "same":
            gaps = [zeros(x.shape[1], kh, sh), zeros(x.shape[2], kw, sw)]

        def added(image):
            image = np.pad(image.astype(float), ((0, 0), *gaps, (0, 0)))
            slices = [image[:, u :: row_step(sh, sw), v::sw] for u in range(kh) for v in range(kw)]
            return sum(each[:, :rows, :columns] for each in slices)

        return added(x) / added(np.ones(x.shape))

    return average_pooling2d


def right(n, k, s, padding):
    return -(-n // s) if padding == "same" else (n - k) // s + 1


@pytest.mark.parametrize(
    ("function", "named"),
    [
        (average(lambda n, k, s, _: (n - k) // s + 1), "tamano-de-la-salida-equivocado"),
        (average(right, lambda sh, sw: 1), "paso-en-un-solo-eje"),
    ],
)
def test_what_is_wrong_of_the_slices_is_named(function, named, monkeypatch):
    monkeypatch.setattr("autograder.judging.diagnosis.effort.MOST_CPU", 600.0)
    assert verdict_on("4_padding.average_pooling2d", average(right)).passed
    assert verdict_on("4_padding.average_pooling2d", function).cause_id == named
