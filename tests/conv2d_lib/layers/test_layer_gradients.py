"""The gradients of every layer, against finite differences in float64 and against TensorFlow."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import conv2d_lib as cl

RNG = np.random.default_rng(0)

LAYERS = {
    "conv2d": (cl.Conv2D, {"filters": 3, "kernel_size": 3, "activation": "tanh"}),
    "conv2d relu": (cl.Conv2D, {"filters": 3, "kernel_size": 2, "activation": "relu"}),
    "conv2d strided": (
        cl.Conv2D,
        {"filters": 4, "kernel_size": (3, 2), "strides": (2, 3), "padding": "same", "groups": 2},
    ),
    "conv2d dilated": (
        cl.Conv2D,
        {"filters": 2, "kernel_size": 2, "dilation_rate": 2, "use_bias": False},
    ),
    "conv2d softmax": (cl.Conv2D, {"filters": 3, "kernel_size": 1, "activation": "softmax"}),
    "conv2d activity": (
        cl.Conv2D,
        {"filters": 3, "kernel_size": 3, "activity_regularizer": "l2", "activation": "selu"},
    ),
    "max pooling": (cl.MaxPooling2D, {"pool_size": 2}),
    "max pooling overlapped": (
        cl.MaxPooling2D,
        {"pool_size": (3, 2), "strides": (2, 1), "padding": "same"},
    ),
    "flatten": (cl.Flatten, {}),
    "dense": (cl.Dense, {"units": 3, "activation": "silu"}),
    "dense relu": (cl.Dense, {"units": 7, "activation": "relu"}),
    "dense without bias": (cl.Dense, {"units": 2, "use_bias": False}),
}
FIRST = {
    "conv2d first": (
        cl.Conv2D,
        {"filters": 3, "kernel_size": 3, "padding": "same", "data_format": "channels_first"},
    ),
    "max pooling first": (cl.MaxPooling2D, {"data_format": "channels_first"}),
    "flatten first": (cl.Flatten, {"data_format": "channels_first"}),
}


def prepare(cls, options):
    layer = cls(**options, dtype="float64")
    x = RNG.normal(size=(2, 6, 5, 4)) if cls is not cl.Dense else RNG.normal(size=(3, 4))
    layer.build(x.shape)
    layer.set_weights([RNG.normal(size=w.shape) for w in layer.weights])
    return layer, x


def scalar(layer, x, grad):
    """A number whose derivatives are the gradients under test: output weighted, plus penalties."""
    return float((layer(x) * grad).sum()) + sum(layer.losses)


def slope(layer, x, grad, array, step=1e-6):
    """Finite differences over every number of ``array``, which is ``x`` or a weight."""
    result = np.empty_like(array)
    for index in np.ndindex(array.shape):
        kept = array[index]
        array[index] = kept + step
        above = scalar(layer, x, grad)
        array[index] = kept - step
        result[index] = (above - scalar(layer, x, grad)) / (2 * step)
        array[index] = kept
    return result


@pytest.mark.parametrize(("cls", "options"), (LAYERS | FIRST).values(), ids=LAYERS | FIRST)
def test_gradients_are_the_finite_differences(cls, options):
    layer, x = prepare(cls, options)
    output, backward = layer.forward(x)
    grad = RNG.normal(size=output.shape)
    grad_x, grads = backward(grad, True)
    np.testing.assert_allclose(grad_x, slope(layer, x, grad, x), 1e-5, 1e-6)
    assert len(grads) == len(layer.weights)
    for actual, weight in zip(grads, layer.weights, strict=True):
        np.testing.assert_allclose(actual, slope(layer, x, grad, weight), 1e-5, 1e-6)


@pytest.mark.parametrize(("cls", "options"), LAYERS.values(), ids=LAYERS)
def test_gradients_are_those_of_tensorflow(cls, options):
    layer, x = prepare(cls, options)
    output, backward = layer.forward(x)
    grad = RNG.normal(size=output.shape)
    theirs = getattr(keras.layers, cls.__name__)(**options, dtype="float64")
    theirs.build(x.shape)
    theirs.set_weights(layer.get_weights())
    variable = tf.Variable(x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(theirs(variable) * grad) + sum(theirs.losses)
    expected = tape.gradient(total, [variable, *(w.value for w in theirs.weights)])
    grad_x, grads = backward(grad, True)
    for actual, wanted in zip([grad_x, *grads], expected, strict=True):
        np.testing.assert_allclose(actual, wanted.numpy(), 1e-6, 1e-7)


@pytest.mark.parametrize(("cls", "options"), LAYERS.values(), ids=LAYERS)
def test_the_input_gradient_is_left_out_when_nobody_needs_it(cls, options):
    layer, x = prepare(cls, options)
    output, backward = layer.forward(x)
    grad_x, grads = backward(np.ones_like(output), False)
    assert grad_x is None
    for actual, wanted in zip(grads, backward(np.ones_like(output), True)[1], strict=True):
        np.testing.assert_allclose(actual, wanted)


def test_an_empty_batch_has_gradients_of_zero():
    layer, x = prepare(cl.Dense, {"units": 3, "activation": "relu"})
    output, backward = layer.forward(x[:0])
    grad_x, grads = backward(output, True)
    assert grad_x.shape == (0, 4)
    assert [grad.shape for grad in grads] == [(4, 3), (3,)]
    assert not any(grad.any() for grad in grads)


def test_a_penalty_without_gradient_cannot_be_trained_and_says_so():
    layer = cl.Conv2D(1, 1, activity_regularizer=lambda y: float(y.sum()))
    output, backward = layer.forward(np.ones((1, 2, 2, 1)))
    with pytest.raises(ValueError, match="derivada del regularizador"):
        backward(output, True)
