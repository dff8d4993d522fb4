"""shapes.py: the formulas of the lessons, against counting and against the course's numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import conv2d_lib as cl

sizes = st.integers(1, 60)
small = st.integers(1, 6)


def windows_that_fit(n, kernel_size, strides, dilation_rate):
    window = (kernel_size - 1) * dilation_rate + 1
    return sum(start + window <= n for start in range(0, n, strides))


@given(sizes, small, small, small)
def test_valid_output_size_counts_the_windows_that_fit(n, kernel_size, strides, dilation_rate):
    count = windows_that_fit(n, kernel_size, strides, dilation_rate)
    if count:
        assert cl.output_size(n, kernel_size, strides, "valid", dilation_rate) == count
    else:
        with pytest.raises(ValueError, match="no cabe"):
            cl.output_size(n, kernel_size, strides, "valid", dilation_rate)


@given(sizes, small, small, small)
def test_same_output_size_is_the_ceiling_and_its_padding_just_enough(
    n, kernel_size, strides, dilation_rate
):
    size = cl.output_size(n, kernel_size, strides, "same", dilation_rate)
    before, after = cl.same_padding(n, kernel_size, strides, dilation_rate)
    assert (size - 1) * strides < n <= size * strides
    assert cl.output_size(n + before + after, kernel_size, strides, "valid", dilation_rate) == size
    if before + after:
        assert windows_that_fit(n + before + after - 1, kernel_size, strides, dilation_rate) < size


@pytest.mark.parametrize(
    ("n", "kernel_size", "strides", "expected"),
    [
        (28, 3, 1, (1, 1)),
        (28, 4, 1, (1, 2)),
        (28, 3, 2, (0, 1)),
        (5, 2, 1, (0, 1)),
        (4, 1, 3, (0, 0)),
    ],
)
def test_same_padding_puts_the_odd_pixel_last(n, kernel_size, strides, expected):
    assert cl.same_padding(n, kernel_size, strides) == expected


def test_output_shape_follows_the_data_format():
    assert cl.conv2d_output_shape((None, 28, 20, 3), 8, (3, 5)) == (None, 26, 16, 8)
    assert cl.conv2d_output_shape(
        (4, 3, 28, 20), 8, 3, strides=(2, 1), padding="same", data_format="channels_first"
    ) == (4, 8, 14, 20)
    assert cl.conv2d_output_shape((2, None, 9, 1), 4, 3) == (2, None, 7, 4)


def test_parameter_counts_of_the_course():
    assert cl.conv2d_params(5, 1, 32) == 832
    assert cl.conv2d_params(3, 32, 64) == 18_496
    assert cl.conv2d_params((3, 2), 8, 16, use_bias=False, groups=4) == 3 * 2 * 2 * 16
    cnn = cl.conv2d_params(3, 1, 32) + cl.conv2d_params(3, 32, 64)
    cnn += cl.dense_params(5 * 5 * 64, 128) + cl.dense_params(128, 10)
    assert cnn == 225_034
    assert cl.dense_params(784, 10, use_bias=False) == 7840


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([], 1),
        ([(5, 1)], 5),
        ([(3, 1), (3, 1)], 5),
        ([(3, 1), (2, 2), (3, 1), (2, 2)], 10),
        ([(3, 1, 2), (3, 1, 4)], 13),
        ([(7, 2), (3, 2), (3, 1)], 19),
    ],
)
def test_receptive_field(layers, expected):
    assert cl.receptive_field(layers) == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cl.output_size(0, 3), "«n» debe ser un entero mayor que 0. Llegó 0"),
        (lambda: cl.output_size(28, 2.5), "«kernel_size».*Llegó 2.5"),
        (lambda: cl.output_size(28, 3, padding="full"), "'valid' o 'same'. Llegó 'full'"),
        (lambda: cl.output_size(4, 3, dilation_rate=2), "abarca 5 píxeles y la entrada tiene 4"),
        (lambda: cl.same_padding(8, 3, strides=0), "«strides».*Llegó 0"),
        (lambda: cl.conv2d_output_shape((28, 28, 1), 8, 3), "4 ejes.*con 3"),
        (lambda: cl.conv2d_output_shape((1, 8, 8, 1), 8, (3, 3, 3)), "«kernel_size».*(3, 3, 3)"),
        (lambda: cl.conv2d_output_shape((1, 8, 8, 1), True, 3), "«filters».*True"),
        (lambda: cl.conv2d_output_shape((1, 8, 8, 1), 1, 3, data_format="NHWC"), "'NHWC'"),
        (lambda: cl.conv2d_params(3, 3, 4, groups=2), "3 canales y groups=2"),
        (lambda: cl.conv2d_params(3, 4, 3, groups=2), "filters=3 y groups=2"),
        (lambda: cl.dense_params(-1, 3), "«inputs».*-1"),
        (lambda: cl.receptive_field([3, 3]), r"\(kernel_size, strides\).*Llegó 3"),
        (lambda: cl.receptive_field([(3, 0)]), "«strides».*Llegó 0"),
    ],
)
def test_errors_say_in_one_line_what_came(call, message):
    with pytest.raises(ValueError, match=message) as caught:
        call()
    assert "\n" not in str(caught.value)
