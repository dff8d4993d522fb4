"""A convolution and its pooling trained as one layer: the same numbers as one after the other."""

import os
import subprocess
import sys
from ast import literal_eval

import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib.kernels import sparse as sparse_kernels
from conv2d_lib.training.fusion import ConvPool, fused

RNG = np.random.default_rng(0)

# Name: channels, arguments of Conv2D and of MaxPooling2D.
CASES = {
    "homework, first": (1, {"filters": 32, "kernel_size": 3}, {}),
    "homework, second": (32, {"filters": 64, "kernel_size": 3}, {}),
    "same padding": (16, {"filters": 5, "kernel_size": 3, "padding": "same"}, {}),
    "one row, in parts": (3, {"filters": 4, "kernel_size": (1, 5), "strides": (2, 1)}, {}),
    "wide": (160, {"filters": 3, "kernel_size": (2, 1)}, {}),
    "dilated": (16, {"filters": 3, "kernel_size": 2, "dilation_rate": 2, "use_bias": False}, {}),
    "strided": (8, {"filters": 6, "kernel_size": 4, "strides": 2, "padding": "same"}, {}),
    "overlapped pooling": (
        16,
        {"filters": 4, "kernel_size": 3},
        {"pool_size": (3, 4), "strides": 2, "padding": "same"},
    ),
    "pooling with gaps": (16, {"filters": 4, "kernel_size": 2}, {"pool_size": 2, "strides": 3}),
}


def layers(conv, pool, dtype, **more):
    return [
        cl.Conv2D(**conv, activation="relu", bias_initializer="normal", dtype=dtype, **more),
        cl.MaxPooling2D(**pool, dtype=dtype),
    ]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("channels", "conv", "pool"), CASES.values(), ids=CASES)
def test_the_same_output_and_gradients_as_the_two_layers(channels, conv, pool, dtype):
    first, second = pair = layers(conv, pool, dtype)
    x = RNG.normal(size=(11, 13, 12, channels)).astype(dtype)
    maps, from_maps = first.forward(x)
    expected, from_pooled = second.forward(maps)
    (joined,) = fused(pair)
    actual, backward = joined.forward(x)
    np.testing.assert_array_equal(actual, expected)
    grad = RNG.normal(size=actual.shape).astype(dtype)
    wanted_x, wanted = from_maps(from_pooled(grad, True)[0], True)
    grad_x, grads = backward(grad, True)
    assert len(grads) == len(wanted) == len(joined.parameters)
    for got, want in zip([grad_x, *grads], [wanted_x, *wanted], strict=True):
        assert got.dtype == want.dtype
        assert got.shape == want.shape
        np.testing.assert_allclose(got, want, rtol=0, atol=np.abs(want).max() * 2e-6)
    only_weights = backward(grad, False)
    assert only_weights[0] is None
    for got, want in zip(only_weights[1], grads, strict=True):
        np.testing.assert_array_equal(got, want)


def test_an_empty_batch_has_gradients_of_zero():
    (joined,) = fused(layers({"filters": 3, "kernel_size": 3}, {}, "float32"))
    joined.conv.build((None, 6, 6, 2))
    output, backward = joined.forward(np.zeros((0, 6, 6, 2), np.float32))
    grad_x, grads = backward(output, True)
    assert grad_x.shape == (0, 6, 6, 2)
    assert not any(grad.any() for grad in grads)


def test_each_convolution_takes_the_pooling_after_it_and_only_that():
    conv, pool = layers({"filters": 3, "kernel_size": 3}, {}, "float32")
    other, second_pool = layers({"filters": 3, "kernel_size": 3}, {}, "float32")
    flatten = cl.Flatten()
    first, kept, third, last = fused([conv, pool, second_pool, other, flatten])
    assert (first.conv, first.pool) == (conv, pool)
    assert (kept, third, last) == (second_pool, other, flatten)
    assert first.parameters is conv.parameters


@pytest.mark.parametrize(
    ("conv", "pool"),
    [
        ({"activation": "tanh"}, {}),
        ({"activation": None}, {}),
        ({"groups": 3}, {}),
        ({"data_format": "channels_first"}, {"data_format": "channels_first"}),
        ({"activity_regularizer": "l2"}, {}),
        ({}, {"strides": 1}),
        ({}, {"dtype": "float64"}),
    ],
)
def test_what_does_not_fit_stays_apart(conv, pool):
    first = cl.Conv2D(3, 3, **{"activation": "relu", **conv})
    second = cl.MaxPooling2D(2, **pool)
    assert fused([first, second]) == [first, second]


def test_a_frozen_convolution_stays_frozen_and_its_penalties_count():
    first, second = layers({"filters": 3, "kernel_size": 3}, {}, "float32", kernel_regularizer="l2")
    first.build((None, 6, 6, 1))
    joined = ConvPool(first, second)
    assert joined.trainable
    assert joined.losses == first.losses != []
    first.trainable = False
    assert not ConvPool(first, second).trainable


PLAIN = """
import numpy as np
import conv2d_lib as cl
from conv2d_lib.training.fusion import fused

x = np.random.default_rng(0).normal(size=(3, 7, 7, 8))
conv = cl.Conv2D(4, 3, activation="relu", dtype="float64", kernel_initializer="ones")
output, backward = fused([conv, cl.MaxPooling2D(2, dtype="float64")])[0].forward(x)
grad_x, grads = backward(output, True)
print([repr(float(np.abs(array).sum())) for array in (grad_x, *grads)])
"""


def test_without_numba_the_same_comes_out():
    def sums(disabled):
        done = subprocess.run(
            [sys.executable, "-c", PLAIN],
            env={**os.environ, "NUMBA_DISABLE_JIT": disabled},
            capture_output=True,
            text=True,
            check=True,
        )
        return [float(text) for text in literal_eval(done.stdout.splitlines()[-1])]

    np.testing.assert_allclose(sums("1"), sums("0"), rtol=1e-12)


@pytest.mark.parametrize("count", [0, 1, 5])
@pytest.mark.parametrize("vectors", [1, 3, 8, 19])
def test_the_loops_to_read_say_what_the_vectors_do(vectors, count):
    length = vectors * (sparse_kernels.ROW_BYTES // 8)
    source = RNG.normal(size=length + 40)
    listed = RNG.integers(0, 40, 9), RNG.normal(size=9), 2
    start = RNG.normal(size=length + 2)
    expected, actual = start.copy(), start.copy()
    for offset, weight in list(zip(*listed[:2], strict=True))[2 : 2 + count]:
        expected[1:-1] += weight * source[offset : offset + length]
    sparse_kernels._weighted_rows(length, (actual, 1), (source, 0), listed, count)
    np.testing.assert_allclose(actual, expected, rtol=1e-12)
    plain = start.copy()
    sparse_kernels._plain_rows(vectors, (plain, 1), (source, 0), listed, count)
    np.testing.assert_allclose(plain, expected, rtol=1e-12)


def test_it_is_built_by_its_first_batch_as_a_convolution_is():
    pair = layers({"filters": 2, "kernel_size": 3}, {}, "float32")
    x = RNG.normal(size=(2, 8, 8, 1)).astype(np.float32)
    output, _ = ConvPool(*pair).forward(x)
    assert pair[0].built
    np.testing.assert_allclose(output, pair[1](pair[0](x)), rtol=1e-5, atol=1e-6)
