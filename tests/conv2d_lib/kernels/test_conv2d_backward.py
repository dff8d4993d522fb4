"""conv2d_backward: NumPy oracle, finite differences and exact cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from oracle import assert_close, np_conv2d_backward
from strategies import convolutions

import conv2d_lib as cl


@settings(max_examples=300, deadline=None)
@given(convolutions())
def test_gradients_agree_with_the_numpy_oracle(case):
    grad = case.normal(cl.conv2d(case.x, case.kernel, **case.options).shape)
    actual = cl.conv2d_backward(case.x, case.kernel, grad, **case.options)
    expected = np_conv2d_backward(case.x, case.kernel, grad, **case.options)
    magnitudes = np_conv2d_backward(abs(case.x), abs(case.kernel), abs(grad), **case.options)
    per_weight = grad.size // case.filters
    terms = (case.terms * case.filters // case.channels, per_weight, per_weight)
    for ours, theirs, magnitude, n in zip(actual, expected, magnitudes, terms, strict=True):
        assert_close(ours, theirs, magnitude, n, case.dtype)


@settings(max_examples=50, deadline=None)
@given(convolutions(min_batch=1))
def test_gradients_are_the_slopes_of_the_forward_pass(case):
    """The operation is linear in each argument, so a step of any size has the exact slope."""
    x, kernel = case.x.astype(np.float64), case.kernel.astype(np.float64)
    grad = case.normal(cl.conv2d(x, kernel, **case.options).shape).astype(np.float64)
    step_x, step_kernel = case.normal(x.shape), case.normal(kernel.shape)
    step_bias = case.normal(case.filters)
    grad_x, grad_kernel, grad_bias = cl.conv2d_backward(x, kernel, grad, **case.options)
    scale = 1e-10 * max(1, grad.size * case.terms)

    def change(x, kernel, bias=None):
        return (cl.conv2d(x, kernel, bias, **case.options) * grad).sum()

    assert (grad_x * step_x).sum() == pytest.approx(change(step_x, kernel), abs=scale)
    assert (grad_kernel * step_kernel).sum() == pytest.approx(change(x, step_kernel), abs=scale)
    assert (grad_bias * step_bias).sum() == pytest.approx(
        change(x * 0, kernel, step_bias), abs=scale
    )


# Few channels go through col2im, many through a convolution with the flipped kernel.
@pytest.mark.parametrize("channels", [1, 20])
def test_one_output_spreads_the_kernel_over_its_window(channels):
    x, kernel = np.zeros((1, 4, 4, channels)), np.arange(1.0, 7.0).reshape(2, 3, 1, 1)
    kernel = np.repeat(kernel, channels, axis=2)
    grad = np.zeros((1, 3, 2, 1))
    grad[0, 1, 1, 0] = 2
    grad_x, _, grad_bias = cl.conv2d_backward(x, kernel, grad)
    expected = np.zeros((4, 4))
    expected[1:3, 1:4] = [[2, 4, 6], [8, 10, 12]]
    for c in range(channels):
        np.testing.assert_array_equal(grad_x[0, :, :, c], expected)
    np.testing.assert_array_equal(grad_bias, [2])


def test_pixels_that_no_window_sees_get_no_gradient():
    x, kernel = np.ones((1, 5, 5, 1)), np.ones((2, 2, 1, 1))
    grad_x, _, _ = cl.conv2d_backward(x, kernel, np.ones((1, 1, 1, 1)), strides=4)
    expected = np.zeros((5, 5))
    expected[:2, :2] = 1
    np.testing.assert_array_equal(grad_x[0, :, :, 0], expected)


def test_nan_in_the_gradient_reaches_input_kernel_and_bias():
    x, kernel = np.ones((1, 6, 6, 2), np.float32), np.ones((3, 3, 2, 20), np.float32)
    grad = np.ones((1, 4, 4, 20), np.float32)
    grad[0, 0, 0, 17] = np.nan
    grad_x, grad_kernel, grad_bias = cl.conv2d_backward(x, kernel, grad)
    assert np.isnan(grad_x[0, :3, :3]).all()
    assert np.isfinite(grad_x[0, 3:]).all()
    assert np.isnan(grad_kernel[..., 17]).all()
    assert np.isfinite(np.delete(grad_kernel, 17, axis=-1)).all()
    np.testing.assert_array_equal(np.flatnonzero(np.isnan(grad_bias)), [17])


def test_empty_batch_has_zero_gradients():
    x, kernel = np.zeros((0, 5, 5, 2)), np.ones((3, 3, 2, 4))
    grad_x, grad_kernel, grad_bias = cl.conv2d_backward(x, kernel, np.zeros((0, 3, 3, 4)))
    assert grad_x.shape == x.shape
    assert not grad_kernel.any()
    assert not grad_bias.any()
