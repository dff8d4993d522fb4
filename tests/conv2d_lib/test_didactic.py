"""didactic.py and filters.py: worked numbers, and agreement with the fast library."""

import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib import filters

IMAGE = np.arange(9.0).reshape(3, 3)
KERNEL = np.arange(4.0).reshape(2, 2)


def test_correlation_of_the_first_lesson():
    # 0·0 + 1·1 + 3·2 + 4·3 = 19
    np.testing.assert_array_equal(cl.correlate2d_loops(IMAGE, KERNEL), [[19, 25], [37, 43]])


def test_true_convolution_flips_the_kernel():
    # 0·3 + 1·2 + 3·1 + 4·0 = 5
    np.testing.assert_array_equal(cl.convolve2d_loops(IMAGE, KERNEL), [[5, 11], [23, 29]])


def test_integer_images_do_not_overflow():
    image = np.full((3, 3), 255, np.uint8)
    assert cl.correlate2d_loops(image, np.ones((3, 3), np.uint8)).item() == 9 * 255


@pytest.mark.parametrize("implementation", [cl.conv2d_loops, cl.conv2d_im2col])
@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [1, 2, 3])
@pytest.mark.parametrize("bias", [None, np.array([0.5, -1.0, 2.0])])
def test_textbook_versions_agree_with_the_library(implementation, padding, strides, bias):
    rng = np.random.default_rng(0)
    x, kernel = rng.normal(size=(2, 7, 6, 2)), rng.normal(size=(3, 2, 2, 3))
    expected = cl.conv2d(x, kernel, bias, strides=strides, padding=padding)
    np.testing.assert_allclose(implementation(x, kernel, bias, strides, padding), expected)


def test_im2col_rows_are_windows_in_kernel_order():
    x = np.arange(2 * 4 * 4 * 3).reshape(2, 4, 4, 3)
    columns = cl.im2col(x, (2, 3), strides=2)
    assert columns.shape == (2 * 2 * 1, 2 * 3 * 3)
    np.testing.assert_array_equal(columns[1], x[0, 2:4, 0:3].ravel())


def test_sobel_responds_to_brightening_along_its_axis():
    ramp = np.tile(np.arange(5.0), (5, 1))  # brightens to the right
    assert (cl.correlate2d_loops(ramp, filters.sobel("x")) == 8).all()
    assert (cl.correlate2d_loops(ramp, filters.sobel("y")) == 0).all()
    assert (cl.correlate2d_loops(ramp.T, filters.sobel(0)) == 8).all()
    np.testing.assert_array_equal(filters.sobel(1), filters.sobel("x"))


@pytest.mark.parametrize(
    ("kernel", "total"),
    [
        (filters.gaussian(5, 1.2), 1),
        (filters.gaussian(4, 0.7), 1),
        (filters.box(3), 1),
        (filters.sharpen(), 1),
        (filters.laplacian(), 0),
    ],
)
def test_filters_keep_or_cancel_the_brightness(kernel, total):
    assert kernel.sum() == pytest.approx(total)
    np.testing.assert_array_equal(kernel, kernel.T)


def test_gaussian_falls_with_distance_as_its_sigma_says():
    kernel = filters.gaussian(5, 1.5)
    assert kernel[2, 3] / kernel[2, 2] == pytest.approx(np.exp(-1 / (2 * 1.5**2)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: filters.sobel("z"), "«axis».*'z'"),
        (lambda: filters.gaussian(0, 1.0), "«size».*0"),
        (lambda: filters.gaussian(3, 0.0), "«sigma».*0.0"),
        (lambda: filters.box(-2), "«size».*-2"),
    ],
)
def test_filters_refuse_what_makes_no_sense(call, message):
    with pytest.raises(ValueError, match=message):
        call()
