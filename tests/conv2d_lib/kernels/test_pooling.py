"""max_pooling2d and its gradient: oracle, TensorFlow, ties, NaN and errors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import np_max_pool

import conv2d_lib as cl
from conv2d_lib.pooling import max_pooling2d_backward

pairs = st.tuples(st.integers(1, 4), st.integers(1, 4))


@st.composite
def poolings(draw):
    pool, strides = draw(pairs), draw(st.none() | pairs)
    padding = draw(st.sampled_from(["valid", "same"]))
    smallest = pool if padding == "valid" else (1, 1)
    shape = (
        draw(st.integers(0, 3)),
        *(draw(st.integers(n, n + 9)) for n in smallest),
        draw(st.integers(1, 35)),
    )
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    # Few different values, so that ties are common.
    x = rng.integers(-9, 9, shape).astype(draw(st.sampled_from(["float32", "float64"])))
    return x, {"pool_size": pool, "strides": strides, "padding": padding}


@settings(max_examples=200, deadline=None)
@given(poolings(), st.booleans())
def test_agrees_with_the_numpy_oracle(case, channels_first):
    x, options = case
    expected = np_max_pool(x, **options)
    if channels_first:
        x, expected = np.moveaxis(x, -1, 1), np.moveaxis(expected, -1, 1)
        options = {**options, "data_format": "channels_first"}
    actual = cl.max_pooling2d(x, **options)
    assert actual.dtype == x.dtype
    np.testing.assert_array_equal(actual, expected)


@settings(max_examples=100, deadline=None)
@given(poolings())
def test_forward_and_gradient_agree_with_tensorflow(case):
    import tensorflow as tf

    x, options = case
    pool, strides = options["pool_size"], options["strides"] or options["pool_size"]
    source = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(source)
        expected = tf.nn.max_pool2d(source, pool, strides, options["padding"].upper())
    grad = np.random.default_rng(0).integers(1, 9, expected.shape).astype(x.dtype)
    np.testing.assert_array_equal(cl.max_pooling2d(x, **options), expected)
    actual = max_pooling2d_backward(x, grad, **options)
    assert actual.dtype == x.dtype
    np.testing.assert_array_equal(actual, tape.gradient(expected, source, grad))


def test_same_padding_never_wins():
    x = np.full((1, 3, 3, 1), -5.0)
    assert (cl.max_pooling2d(x, 2, padding="same") == -5).all()
    grad = max_pooling2d_backward(x, np.ones((1, 2, 2, 1)), 2, padding="same")
    assert grad.sum() == 4


def test_a_window_with_nan_is_nan_and_one_without_is_not():
    x = np.arange(16.0).reshape(1, 4, 4, 1)
    x[0, 1, 1] = np.nan
    np.testing.assert_array_equal(cl.max_pooling2d(x)[0, :, :, 0], [[np.nan, 7], [13, 15]])


def test_minus_infinity_is_a_value_like_any_other():
    x = np.full((1, 2, 2, 1), -np.inf, np.float32)
    assert cl.max_pooling2d(x).item() == -np.inf
    assert max_pooling2d_backward(x, np.ones((1, 1, 1, 1), np.float32)).sum() == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: cl.max_pooling2d(x[0]), r"4 ejes.*\(4, 4, 2\)"),
        (lambda x: cl.max_pooling2d(x, 5), "abarca 5 píxeles y la entrada tiene 4"),
        (lambda x: cl.max_pooling2d(x, 0), "«pool_size».*0"),
        (lambda x: cl.max_pooling2d(x, 2, strides=0), "«strides».*0"),
        (lambda x: cl.max_pooling2d(x, padding="full"), "'full'"),
        (lambda x: max_pooling2d_backward(x, x), r"\(1, 2, 2, 2\). Llegó \(1, 4, 4, 2\)"),
    ],
)
def test_errors_say_in_one_line_what_came(call, message):
    with pytest.raises(ValueError, match=message) as caught:
        call(np.zeros((1, 4, 4, 2)))
    assert "\n" not in str(caught.value)
