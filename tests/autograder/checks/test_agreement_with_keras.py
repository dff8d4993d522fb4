"""What the judge takes for right is what Keras computes, over the inputs of each check.

The checks that say so (``keras=…``) are held to it, and those whose answer Keras gives otherwise:
a kernel that is turned, a padding seen through a layer, the pixels that an output depends on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from autograder.checks import UNITS, checks_of, find_check
from autograder.checks.padding_variants import ASKED
from autograder.judging.check import FunctionCheck
from autograder.judging.diagnosis.asking import Signature

CALLS = 300


def calls(check: FunctionCheck) -> Iterator[tuple[dict[str, Any], Any]]:
    """Named arguments of the check's own inputs, and the right answer; none that must raise."""
    signature = Signature(check.reference)
    for seed in itertools.count():
        rng = np.random.default_rng(seed)
        drawn = [(case.args, dict(case.kwargs)) for case in check.cases(rng) if not case.raises]
        if check.space is not None:
            drawn += [signature.call(check.space.draw(rng)) for _ in range(len(drawn))]
        for args, kwargs in drawn:
            try:
                expected = check.reference(*args, **kwargs)
            except ValueError:  # a drawn call that must be refused
                continue
            yield signature.named(args, kwargs), expected


def conv(x, kernel, bias=None, strides=1, padding="valid", dilation_rate=1, groups=1):
    """What ``keras.layers.Conv2D`` calls; the groups are read from the kernel.

    In float64: where oneDNN computes it, TensorFlow 2.20's float32 is far off with one channel and
    strides (1, 2).
    """
    x, kernel = x.astype(np.float64), kernel.astype(np.float64)
    y = keras.ops.conv(x, kernel, strides, padding, dilation_rate=dilation_rate)
    y = keras.ops.convert_to_numpy(y)
    return y if bias is None else y + bias


def dilated(x, kernel, bias, dilation_rate):
    return conv(x, kernel, bias, dilation_rate=dilation_rate)


def grouped(x, kernel, bias, groups):
    return conv(x, kernel, bias, groups=groups)


def layer(x, kernel, bias, **options):
    """``keras.layers.Conv2D`` itself, with these weights."""
    made = keras.layers.Conv2D(
        kernel.shape[-1], kernel.shape[:2], kernel_initializer="zeros", dtype="float64", **options
    )
    made.build(x.shape)
    made.set_weights([kernel, bias])
    return keras.ops.convert_to_numpy(made(x.astype(np.float64)))


def correlation(image, kernel):
    if image.ndim == 2:
        image, kernel = image[..., None], kernel[..., None]
    return conv(image[None], kernel[..., None])[0, ..., 0]


def true_convolution(image, kernel):
    """The transposed layer turns the kernel: its middle, where the whole kernel is inside."""
    turned = keras.layers.Conv2DTranspose(1, kernel.shape, use_bias=False)
    turned.build((1, *image.shape, 1))
    turned.set_weights([kernel[..., None, None]])
    full = keras.ops.convert_to_numpy(turned(image[None, ..., None].astype(np.float32)))
    (h, w), (kh, kw) = image.shape, kernel.shape
    return full[0, kh - 1 : h, kw - 1 : w, 0]


def output_size(n, kernel_size, strides, padding, dilation_rate):
    if dilation_rate > 1 and strides > 1:
        # Keras refuses both in one layer: that of a kernel as wide as the dilated one.
        kernel_size, dilation_rate = dilation_rate * (kernel_size - 1) + 1, 1
    made = keras.layers.Conv1D(1, kernel_size, strides, padding, dilation_rate=dilation_rate)
    return made.compute_output_shape((1, n, 1))[1]


def zeros_around(n, kernel_size, strides, dilation_rate):
    """What ``same`` adds on an axis, read from what each weight of the layer sees."""
    span = dilation_rate * (kernel_size - 1) + 1
    x = np.arange(1, n + 1, dtype=np.float32).reshape(1, n, 1)
    weights = np.eye(span, dtype=np.float32)[:, None]
    seen = keras.ops.convert_to_numpy(keras.ops.conv(x, weights, strides, "same"))[0]
    # Weights that fall before the first pixel, and after the last.
    return int(np.argmax(seen[0] > 0)), int(np.argmax(seen[-1][::-1] > 0))


def pair(value):
    return (value, value) if np.ndim(value) == 0 else tuple(value)


def filled(x, kernel_size, strides):
    axes = zip(x.shape[1:3], pair(kernel_size), pair(strides), strict=True)
    padding = tuple(zeros_around(*axis, 1) for axis in axes)
    return keras.ops.convert_to_numpy(keras.layers.ZeroPadding2D(padding)(x))


def parameters(kernel_size, channels, filters, use_bias, groups):
    made = keras.layers.Conv2D(
        filters, kernel_size, use_bias=use_bias, groups=groups, kernel_initializer="zeros"
    )
    made.build((None, 64, 64, channels))
    return made.count_params()


def dense_parameters(inputs, units, use_bias):
    dense = keras.layers.Dense(units, use_bias=use_bias, kernel_initializer="zeros")
    dense.build((None, inputs))
    return dense.count_params()


def field(layers):
    """From the first to the last of the pixels that reach one output, lit one at a time."""
    size, jump = 1, 1
    for kernel_size, strides in layers:
        size, jump = size + kernel_size * jump, jump * strides
    y = np.eye(size, dtype=np.float32)[..., None]
    for kernel_size, strides in layers:
        y = keras.ops.conv(y, np.ones((kernel_size, 1, 1), np.float32), strides, "valid")
    seen = np.flatnonzero(keras.ops.convert_to_numpy(y)[:, 0, 0])
    return int(seen[-1] - seen[0] + 1)


def max_pooled(x, pool_size, strides, padding):
    made = keras.layers.MaxPooling2D(pool_size, strides, padding)
    return keras.ops.convert_to_numpy(made(x.astype(np.float32)))


def average_pooled(x, pool_size, strides, padding):
    made = keras.layers.AveragePooling2D(pool_size, strides, padding)
    return keras.ops.convert_to_numpy(made(x.astype(np.float32)))


BY_KERAS = {
    "1_convolucion.correlacion2d": correlation,
    "1_convolucion.convolucion_verdadera": true_convolution,
    "1_convolucion.correlacion_multicanal": correlation,
    "1_convolucion.conv2d": conv,
    "2_filtros.parametros_conv2d": parameters,
    "2_filtros.parametros_dense": dense_parameters,
    "3_mapas_de_caracteristicas.campo_receptivo": field,
    "4_padding.tamano_salida": output_size,
    "4_padding.relleno_same": zeros_around,
    "4_padding.rellenar": filled,
    "4_padding.conv2d": conv,
    "4_padding.max_pooling2d": max_pooled,
    "4_padding.average_pooling2d": average_pooled,
    "4_padding.conv2d_dilatada": dilated,
    "4_padding.conv2d_grupos": grouped,
}


LAYERS = [name for name, by in BY_KERAS.items() if by in (conv, dilated, grouped)]


def assert_same(check, given, expected, got):
    args, kwargs = Signature(check.reference).call(given)
    assert check.compare(expected, got, args, kwargs) is None, given


@pytest.mark.parametrize("check_id", BY_KERAS)
def test_the_right_answer_is_that_of_keras_on_three_hundred_calls(check_id):
    check = find_check(check_id)
    for given, expected in itertools.islice(calls(check), CALLS):
        assert_same(check, given, expected, BY_KERAS[check_id](*given.values()))


@pytest.mark.parametrize("check_id", LAYERS)
def test_the_right_answer_is_that_of_the_layer_itself(check_id):
    check = find_check(check_id)
    for given, expected in itertools.islice(calls(check), CALLS // 10):
        assert_same(check, given, expected, layer(**given))


@pytest.mark.parametrize("letter", ASKED)
def test_each_stride_and_padding_of_the_variants_is_that_of_the_layer(letter):
    check, asked = find_check(f"4_padding.conv2d_grupos:{letter}"), ASKED[letter]
    for given, expected in itertools.islice(calls(check), 12):
        got = layer(**given, strides=asked.strides, padding=asked.padding)
        assert_same(check, given, expected, got)


def test_every_check_that_claims_to_agree_with_keras_is_held_to_it():
    claimed = {
        check.id
        for unit in UNITS
        for check in checks_of(unit).values()
        if getattr(check, "keras", None)
    }
    assert claimed
    assert claimed <= set(BY_KERAS)


def test_the_sobel_filters_are_those_of_tensorflow():
    check = find_check("2_filtros.filtro_sobel")
    image = np.random.default_rng(0).normal(size=(300, 5, 6)).astype(np.float32)
    edges = tf.image.sobel_edges(tf.constant(image[..., None])).numpy()[:, 1:-1, 1:-1, 0]
    for index, axis in enumerate("yx"):
        windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3), axis=(1, 2))
        ours = np.einsum("nijuv,uv->nij", windows, check.reference(axis))
        np.testing.assert_allclose(ours, edges[..., index], atol=1e-4)
