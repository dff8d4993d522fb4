"""conv2d against an independent NumPy oracle and against Keras, and what it promises besides."""

import numpy as np
import pytest
from hypothesis import given, settings
from oracle import assert_close, np_conv2d, np_conv2d_backward, tolerance
from strategies import Convolution, convolutions

import conv2d_lib as cl
from conv2d_lib.kernels import engine

DEFAULTS = {
    "strides": 1,
    "padding": "valid",
    "dilation_rate": 1,
    "groups": 1,
    "data_format": "channels_last",
}


def check_forward(case: Convolution, actual, expected):
    magnitude = np_conv2d(abs(case.x), abs(case.kernel), abs(case.bias), **case.options)
    assert_close(actual, expected, magnitude, case.terms, case.dtype)


@settings(max_examples=300, deadline=None)
@given(convolutions())
def test_agrees_with_the_numpy_oracle(case):
    actual = cl.conv2d(case.x, case.kernel, case.bias, **case.options)
    check_forward(case, actual, np_conv2d(case.x, case.kernel, case.bias, **case.options))


@settings(max_examples=300, deadline=None)
@given(convolutions(min_batch=1))
def test_agrees_with_the_numpy_oracle_where_the_padding_is_skipped(case):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_SKIPPING_PIXELS", 0)  # as in large images
        actual = cl.conv2d(case.x, case.kernel, case.bias, **case.options)
    check_forward(case, actual, np_conv2d(case.x, case.kernel, case.bias, **case.options))


def keras_conv2d_with_gradients(case: Convolution, grad_output):
    """Output and gradients (x, kernel, bias) of Keras's operation, compiled by XLA.

    Eager TensorFlow is no oracle on every machine: its oneDNN kernel reads past the row when a
    strided convolution of one channel has one output column (2.20: NaN or another value).
    """
    import keras
    import tensorflow as tf

    bias_shape = (1, 1, 1, -1) if case.data_format == "channels_last" else (1, -1, 1, 1)

    @tf.function(jit_compile=True)
    def run(x, kernel, bias, grad_output):
        with tf.GradientTape() as tape:
            tape.watch([x, kernel, bias])
            output = keras.ops.conv(
                x,
                kernel,
                strides=case.strides,
                padding=case.padding,
                dilation_rate=case.dilation_rate,
                data_format=case.data_format,
            )
            output += tf.reshape(bias, bias_shape)
        return output, tape.gradient(output, [x, kernel, bias], grad_output)

    arrays = (case.x, case.kernel, case.bias, grad_output)
    output, gradients = run(*(tf.constant(array) for array in arrays))
    return output.numpy(), [gradient.numpy() for gradient in gradients]


# XLA compiles each example anew, which is nearly all that it costs: into the corners looks the
# oracle in NumPy, that agrees with it and is asked three hundred of each.
@settings(max_examples=100, deadline=None)
@given(convolutions(min_batch=1, keras_only=True))
def test_agrees_with_keras_forward_and_backward(case):
    actual = cl.conv2d(case.x, case.kernel, case.bias, **case.options)
    grad = case.normal(actual.shape)
    expected, expected_gradients = keras_conv2d_with_gradients(case, grad)
    check_forward(case, actual, expected)
    gradients = cl.conv2d_backward(case.x, case.kernel, grad, **case.options)
    magnitudes = np_conv2d_backward(abs(case.x), abs(case.kernel), abs(grad), **case.options)
    terms = max(grad.size // case.filters, case.terms * case.filters // case.channels)
    for actual, expected, magnitude in zip(gradients, expected_gradients, magnitudes, strict=True):
        assert_close(actual, expected, magnitude, terms, case.dtype)


# The correctness cases of Keras's own keras/src/layers/convolutional/conv_test.py.
KERAS_CASES = {
    "valid": {"filters": 5, "kernel_size": (2, 2)},
    "same_strides2": {"filters": 4, "kernel_size": (3, 3), "strides": (2, 2), "padding": "same"},
    "same_dilation2_groups2": {
        "filters": 6,
        "kernel_size": (2, 2),
        "padding": "same",
        "dilation_rate": (2, 2),
        "groups": 2,
    },
    "same_dilation2x3_groups2": {
        "filters": 6,
        "kernel_size": (2, 2),
        "padding": "same",
        "dilation_rate": (2, 3),
        "groups": 2,
    },
    "strides2x1_groups2": {"filters": 6, "kernel_size": (4, 3), "strides": (2, 1), "groups": 2},
    "strides2x1_groups2_channels_first": {
        "filters": 6,
        "kernel_size": (4, 3),
        "strides": (2, 1),
        "groups": 2,
        "data_format": "channels_first",
    },
}


@pytest.mark.parametrize("name", KERAS_CASES)
def test_agrees_on_the_cases_of_keras_conv_test(name):
    arguments = {
        "strides": (1, 1),
        "padding": "valid",
        "dilation_rate": (1, 1),
        "groups": 1,
        "data_format": "channels_last",
        **KERAS_CASES[name],
    }
    first = arguments["data_format"] == "channels_first"
    # Keras gives (2, 8, 8, 4) to both formats, so channels_first sees 8 channels of 8 × 4.
    case = Convolution(
        batch=2,
        spatial=(8, 4) if first else (8, 8),
        channels=8 if first else 4,
        dtype="float32",
        seed=0,
        **arguments,
    )
    actual = cl.conv2d(case.x, case.kernel, case.bias, **case.options)
    expected, _ = keras_conv2d_with_gradients(case, actual)
    check_forward(case, actual, expected)


@pytest.mark.parametrize(
    ("arguments", "input_shape", "output_shape"),
    [
        ({"kernel": (2, 2, 4, 5)}, (3, 5, 5, 4), (3, 4, 4, 5)),
        (
            {"kernel": (2, 2, 2, 6), "padding": "same", "dilation_rate": (2, 2), "groups": 2},
            (3, 4, 4, 4),
            (3, 4, 4, 6),
        ),
        ({"kernel": (2, 2, 2, 6), "strides": (2, 1), "groups": 2}, (3, 5, 5, 4), (3, 2, 4, 6)),
    ],
)
def test_output_shapes_of_keras_conv_test(arguments, input_shape, output_shape):
    kernel = np.zeros(arguments.pop("kernel"), np.float32)
    assert cl.conv2d(np.zeros(input_shape, np.float32), kernel, **arguments).shape == output_shape


def test_the_kernel_is_not_flipped():
    x, kernel = np.arange(9.0).reshape(1, 3, 3, 1), np.arange(4.0).reshape(2, 2, 1, 1)
    # 0·0 + 1·1 + 3·2 + 4·3 = 19; flipped it would be 0·3 + 1·2 + 3·1 + 4·0 = 5.
    np.testing.assert_array_equal(cl.conv2d(x, kernel)[0, :, :, 0], [[19, 25], [37, 43]])


def test_same_padding_puts_the_odd_pixel_last():
    x, kernel = np.arange(1.0, 5.0).reshape(1, 2, 2, 1), np.arange(4.0).reshape(2, 2, 1, 1)
    out = cl.conv2d(x, kernel, padding="same")[0, :, :, 0]
    np.testing.assert_array_equal(out, [[2 + 6 + 12, 2 * 0 + 4 * 2], [4 * 1, 0]])


@pytest.mark.parametrize("axis", ["kernel", "x", "both"])
def test_arrays_of_any_layout_give_the_same_values(axis):
    rng = np.random.default_rng(1)
    x, kernel = rng.normal(size=(2, 6, 7, 4)), rng.normal(size=(3, 3, 4, 5))
    expected = cl.conv2d(x, kernel)
    if axis != "kernel":
        x = np.asfortranarray(x)
    if axis != "x":
        kernel = np.repeat(kernel, 2, axis=1)[:, ::2]
    np.testing.assert_array_equal(cl.conv2d(x, kernel), expected)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float16, bool])
def test_other_numbers_are_promoted_to_float32(dtype):
    x = np.ones((1, 3, 3, 1), dtype)
    out = cl.conv2d(x, np.ones((3, 3, 1, 1), dtype))
    assert out.dtype == np.float32
    assert out.item() == 9


def test_arguments_are_not_modified():
    rng = np.random.default_rng(2)
    x, kernel, bias = rng.normal(size=(1, 5, 5, 2)), rng.normal(size=(3, 3, 2, 4)), np.ones(4)
    copies = x.copy(), kernel.copy(), bias.copy()
    out = cl.conv2d(x, kernel, bias, padding="same")
    cl.conv2d_backward(x, kernel, out, padding="same")
    for array, copy in zip((x, kernel, bias), copies, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("groups", [1, 2, 4])
def test_nan_and_infinity_reach_exactly_the_windows_that_see_them(value, dtype, groups):
    rng = np.random.default_rng(3)
    x = rng.normal(size=(2, 9, 20, 4)).astype(dtype)
    x[1, 4, 10, 1] = value
    kernel = rng.uniform(0.5, 1, size=(3, 3, 4 // groups, 8)).astype(dtype)
    out = cl.conv2d(x, kernel, padding="same", groups=groups)
    reached = np.zeros(out.shape, bool)
    per_group = 8 // groups
    group = groups // 4  # channel 1 belongs to group 0, or to group 1 of 4
    reached[1, 3:6, 9:12, group * per_group : (group + 1) * per_group] = True
    np.testing.assert_array_equal(out[reached], value)
    assert np.isfinite(out[~reached]).all()


@pytest.mark.parametrize("size", [3, 40])  # 40: where finite weights skip the padding
def test_an_infinite_weight_times_a_padding_zero_is_nan(size):
    kernel = np.zeros((3, 3, 1, 1), np.float32)
    kernel[0, 1] = np.inf
    out = cl.conv2d(np.ones((1, size, size, 1), np.float32), kernel, padding="same")[0, :, :, 0]
    assert np.isnan(out[0]).all()
    assert np.isposinf(out[1:]).all()


def test_empty_batch_gives_an_empty_batch():
    out = cl.conv2d(np.zeros((0, 8, 8, 3), np.float32), np.zeros((3, 3, 3, 4), np.float32))
    assert out.shape == (0, 6, 6, 4)


# Read where it is, or turned block by block, as its planes fit in the cache or not; with strides,
# in one block and in several; copied with zeros for an infinite weight; with a kernel of few sums,
# or copied, for which all is turned before; of one channel, and of one pixel; of a single tap.
@pytest.mark.parametrize(
    ("shape", "kernel_shape", "options"),
    [
        ((2, 33, 29, 20), (3, 3, 20, 37), {"padding": "same"}),
        ((2, 40, 30, 18), (3, 2, 9, 8), {"padding": "same", "strides": 2, "groups": 2}),
        ((2, 61, 37, 18), (3, 2, 9, 8), {"strides": 2, "groups": 2}),
        ((2, 31, 35, 17), (3, 3, 17, 5), {"dilation_rate": 2}),
        ((5, 9, 10, 64), (3, 3, 64, 160), {}),
        ((2, 32, 32, 18), (3, 3, 18, 20), {"padding": "same"}),
        ((2, 34, 32, 36), (3, 3, 18, 40), {"groups": 2}),
        ((1, 1, 1, 6), (1, 1, 3, 8), {"groups": 2}),
        ((2, 16, 16, 24), (1, 1, 12, 34), {"groups": 2}),
        ((2, 5, 4, 5), (3, 3, 5, 8), {"padding": "same"}),
        ((1, 40, 33, 1), (3, 3, 1, 20), {"padding": "same"}),
        ((2, 33, 29, 20), (3, 3, 20, 1), {"padding": "same"}),
        ((2, 12, 9, 20), (3, 3, 1, 20), {"padding": "same", "groups": 20}),
    ],
)
def test_channels_first_gives_the_same_bits_as_channels_last(shape, kernel_shape, options):
    rng = np.random.default_rng(0)
    x, kernel = (rng.normal(size=size).astype(np.float32) for size in (shape, kernel_shape))
    turned = {**options, "data_format": "channels_first"}
    for weight in (1, np.inf):
        kernel[0, 0, 0, 0] = weight
        out = cl.conv2d(x, kernel, **options)
        first = cl.conv2d(x.transpose(0, 3, 1, 2), kernel, **turned)
        np.testing.assert_array_equal(first, out.transpose(0, 3, 1, 2))
    grad = rng.normal(size=out.shape).astype(np.float32)
    expected = cl.conv2d_backward(x, kernel, grad, **options)
    x, grad = (a.transpose(0, 3, 1, 2) for a in (x, grad))
    actual = cl.conv2d_backward(x, kernel, grad, **turned)
    np.testing.assert_array_equal(actual[0], expected[0].transpose(0, 3, 1, 2))
    for one, other in zip(actual[1:], expected[1:], strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_tolerance_tells_a_wrong_weight():
    """The error bound is tight enough to see one weight wrong by a quarter among 576."""
    rng = np.random.default_rng(4)
    x, kernel = rng.uniform(1, 2, (1, 16, 16, 64)), rng.uniform(1, 2, (3, 3, 64, 4))
    expected = np_conv2d(x, kernel, **DEFAULTS)
    wrong = kernel.copy()
    wrong[0, 0, 0, 0] *= 1.25
    actual = cl.conv2d(x.astype(np.float32), wrong.astype(np.float32))
    with pytest.raises(AssertionError):
        assert_close(actual, expected, expected, 576, np.float32)
    assert tolerance(576, np.float32) == pytest.approx(577 * 2**-24, rel=1e-4)


X, KERNEL = np.zeros((1, 8, 8, 4), np.float32), np.zeros((3, 3, 4, 6), np.float32)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cl.conv2d(X[0], KERNEL), r"«x» debe tener 4 ejes.*\(8, 8, 4\)"),
        (lambda: cl.conv2d(X, KERNEL[0]), r"«kernel» debe tener 4 ejes.*\(3, 4, 6\)"),
        (lambda: cl.conv2d(X, KERNEL[:, :0]), r"ejes vacíos.*\(3, 0, 4, 6\)"),
        (lambda: cl.conv2d(X, KERNEL[:, :, :3]), r"C // groups = 4 // 1 = 4.*\(3, 3, 3, 6\)"),
        (lambda: cl.conv2d(X, KERNEL, groups=3), "4 canales y groups=3"),
        (lambda: cl.conv2d(X, KERNEL[:, :, :1], groups=4), "filters=6 y groups=4"),
        (lambda: cl.conv2d(X, KERNEL, groups=0), "«groups».*0"),
        (lambda: cl.conv2d(X, KERNEL, np.zeros(5)), r"un valor por filtro, 6.*\(5,\)"),
        (lambda: cl.conv2d(X, KERNEL, np.zeros((6, 1))), r"«bias» debe tener 1 eje .*\(6, 1\)"),
        (lambda: cl.conv2d(X, KERNEL, strides=(1, 0)), r"«strides».*\(1, 0\)"),
        (lambda: cl.conv2d(X, KERNEL, strides=(1, 1, 1)), r"«strides».*\(1, 1, 1\)"),
        (lambda: cl.conv2d(X, KERNEL, dilation_rate=0), "«dilation_rate».*0"),
        (lambda: cl.conv2d(X, KERNEL, dilation_rate=4), "abarca 9 píxeles y la entrada tiene 8"),
        (lambda: cl.conv2d(X, KERNEL, padding="full"), "'full'"),
        (lambda: cl.conv2d(X, KERNEL, data_format="NHWC"), "'NHWC'"),
        (lambda: cl.conv2d(X.astype(complex), KERNEL), "números reales.*complex128"),
        (lambda: cl.conv2d(X.astype(str), KERNEL), "números reales"),
        (lambda: cl.conv2d_backward(X, KERNEL, X), r"\(1, 6, 6, 6\). Llegó \(1, 8, 8, 4\)"),
        (
            lambda: cl.conv2d_backward(X, KERNEL, X, data_format="channels_first", groups=2),
            r"«kernel» debe valer C // groups = 8 // 2 = 4|forma de la salida",
        ),
    ],
)
def test_errors_say_in_one_line_what_came(call, message):
    with pytest.raises(ValueError, match=message) as caught:
        call()
    assert "\n" not in str(caught.value)
