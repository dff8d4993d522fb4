"""Every activation and its derivative against Keras, by name."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from conv2d_lib import activations
from conv2d_lib.layers import activation_gradients

NAMES = sorted(activations._BY_NAME)
# Keras's own sparsemax does not sum to 1; ours has an oracle below.
AS_KERAS = [name for name in NAMES if name != "sparsemax"]
# Away from the corners where a derivative is a matter of convention.
X = np.array(
    [
        [-30, -7.1, -3.3, -2.2, -1.3, -0.7],
        [-0.31, 0.23, 0.61, 1.4, 2.6, 3.7],
        [6.2, 8, 12, 30, 1, 2],
    ],
    np.float32,
)


def test_every_keras_name_is_here_but_the_two_that_cannot_be_given_by_name():
    from keras.src.activations import ALL_OBJECTS_DICT

    assert set(ALL_OBJECTS_DICT) - set(NAMES) == {"glu", "threshold"}
    assert set(NAMES) <= set(ALL_OBJECTS_DICT)


@pytest.mark.parametrize("name", AS_KERAS)
def test_values_are_those_of_keras(name):
    ours = activations.get(name)(X)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, np.asarray(keras.activations.get(name)(X)), 2e-5, 1e-6)


@pytest.mark.parametrize("name", AS_KERAS)
def test_gradients_are_those_of_tensorflow(name):
    grad = np.linspace(-1, 2, X.size, dtype=np.float32).reshape(X.shape)
    x = tf.constant(X)
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(keras.activations.get(name)(x) * grad)
    function = activations.get(name)
    ours = activation_gradients.backward(function, X, function(X), grad)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, tape.gradient(total, x).numpy(), 2e-4, 2e-6)


@pytest.mark.parametrize("name", NAMES)
def test_nan_stays_nan(name):
    x = np.array([[np.nan, 1.0]], np.float32)
    assert np.isnan(activations.get(name)(x)[0, 0])


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_batch_stays_empty(name):
    assert activations.get(name)(np.zeros((0, 3), np.float32)).shape == (0, 3)


@pytest.mark.parametrize(
    "options",
    [
        {"negative_slope": 0.3},
        {"max_value": 2.5},
        {"max_value": 6},
        {"threshold": 1.5},
        {"negative_slope": 0.3, "max_value": 4.0, "threshold": 0.5},
    ],
)
def test_relu_takes_the_options_of_keras(options):
    expected = np.asarray(keras.activations.relu(X, **options))
    np.testing.assert_allclose(activations.relu(X, **options), expected, 1e-5, 1e-6)


def test_softmax_does_not_overflow():
    y = activations.softmax(np.array([[1000.0, 0.0], [-1000.0, -1000.0]]))
    np.testing.assert_allclose(y, [[1, 0], [0.5, 0.5]])


def test_sparsemax_is_the_nearest_probability_and_so_is_its_gradient():
    rng = np.random.default_rng(0)
    x, grad = rng.normal(size=(50, 5)), rng.normal(size=(50, 5))
    y = activations.sparsemax(x)
    np.testing.assert_allclose(y.sum(axis=1), 1)
    assert (y >= 0).all()
    assert {np.count_nonzero(row) for row in y} > {1, 2}
    others = rng.dirichlet(np.ones(5), size=(200, 1))
    assert (np.square(y - x).sum(-1) <= np.square(others - x).sum(-1)).all()
    step = 1e-6 * rng.normal(size=x.shape)
    change = activations.sparsemax(x + step) - activations.sparsemax(x - step)
    slope = activation_gradients.backward(activations.sparsemax, x, y, grad)
    np.testing.assert_allclose((slope * 2 * step).sum(), (grad * change).sum(), 1e-5)


def test_an_unknown_name_lists_the_valid_ones_and_the_closest():
    with pytest.raises(ValueError, match=r"'rleu'.*¿Quisiste decir 'relu'\?.*softmax"):
        activations.get("rleu")


def test_training_through_an_unknown_function_says_so():
    def cube(x):
        return x**3

    with pytest.raises(ValueError, match="derivada de la función de activación 'cube'"):
        activation_gradients.backward(cube, X, X, X)
