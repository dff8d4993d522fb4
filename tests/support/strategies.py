"""Hypothesis strategies for convolutions: a small configuration, and arrays drawn from its seed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from hypothesis import strategies as st

# Around the edges of vectors of 4 to 32 lanes, so that whole and partial tiles both occur.
_FILTERS_PER_GROUP = [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 40, 64]


@dataclass(frozen=True)
class Convolution:
    """One call of conv2d; ``options`` are its keyword arguments."""

    batch: int
    spatial: tuple[int, int]
    channels: int
    filters: int
    kernel_size: tuple[int, int]
    strides: tuple[int, int]
    padding: str
    dilation_rate: tuple[int, int]
    groups: int
    data_format: str
    dtype: str
    seed: int

    @property
    def options(self):
        names = ("strides", "padding", "dilation_rate", "groups", "data_format")
        return {name: getattr(self, name) for name in names}

    @property
    def terms(self):
        """Products summed in one output value."""
        return self.kernel_size[0] * self.kernel_size[1] * self.channels // self.groups

    @cached_property
    def _generator(self):
        return np.random.default_rng(self.seed)

    def normal(self, shape):
        return self._generator.normal(size=shape).astype(self.dtype)

    @cached_property
    def x(self):
        if self.data_format == "channels_first":
            return self.normal((self.batch, self.channels, *self.spatial))
        return self.normal((self.batch, *self.spatial, self.channels))

    @cached_property
    def kernel(self):
        return self.normal((*self.kernel_size, self.channels // self.groups, self.filters))

    @cached_property
    def bias(self):
        return self.normal(self.filters)


@st.composite
def convolutions(draw, min_batch=0, keras_only=False):
    """Any convolution; with ``keras_only``, strides and dilation do not exceed 1 together."""

    def pairs(most):
        return draw(st.tuples(st.integers(1, most), st.integers(1, most)))

    kernel_size, strides, dilation_rate = pairs(5), pairs(3), pairs(3)
    if keras_only and max(strides) > 1 and max(dilation_rate) > 1:
        if draw(st.booleans()):
            strides = (1, 1)
        else:
            dilation_rate = (1, 1)
    padding = draw(st.sampled_from(["valid", "same"]))
    windows = [(k - 1) * d + 1 for k, d in zip(kernel_size, dilation_rate, strict=True)]
    smallest = windows if padding == "valid" else (1, 1)
    groups = draw(st.sampled_from([1, 1, 1, 1, 2, 3, 16]))
    return Convolution(
        batch=draw(st.integers(min_batch, 3)),
        spatial=tuple(draw(st.integers(n, n + 18)) for n in smallest),
        channels=groups * draw(st.integers(1, 5 if groups < 16 else 2)),
        filters=groups * draw(st.sampled_from(_FILTERS_PER_GROUP[: 14 if groups < 16 else 3])),
        kernel_size=kernel_size,
        strides=strides,
        padding=padding,
        dilation_rate=dilation_rate,
        groups=groups,
        data_format=draw(st.sampled_from(["channels_last", "channels_first"])),
        dtype=draw(st.sampled_from(["float32", "float64"])),
        seed=draw(st.integers(0, 2**32 - 1)),
    )
