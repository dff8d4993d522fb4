"""Losses, optimizers and the cosine against Keras, step by step."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from conv2d_lib import activations, losses, optimizers

RNG = np.random.default_rng(0)
LOGITS = RNG.normal(size=(6, 4)).astype(np.float32) * 3
LABELS = np.array([0, 3, 1, 2, 2, 0])
ONE_HOT = np.eye(4, dtype=np.float32)[LABELS]
PROBABILITIES = activations.softmax(LOGITS)

CASES = {
    "sparse logits": (
        losses.SparseCategoricalCrossentropy(from_logits=True),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        LABELS,
        LOGITS,
    ),
    "sparse": (
        losses.get("sparse_categorical_crossentropy"),
        keras.losses.SparseCategoricalCrossentropy(),
        LABELS,
        PROBABILITIES,
    ),
    "categorical logits": (
        losses.CategoricalCrossentropy(from_logits=True),
        keras.losses.CategoricalCrossentropy(from_logits=True),
        ONE_HOT,
        LOGITS,
    ),
    "categorical": (
        losses.get("categorical_crossentropy"),
        keras.losses.CategoricalCrossentropy(),
        ONE_HOT,
        PROBABILITIES,
    ),
    "mse": (losses.get("mse"), keras.losses.MeanSquaredError(), ONE_HOT, LOGITS),
}


@pytest.mark.parametrize(("ours", "theirs", "y_true", "y_pred"), CASES.values(), ids=CASES)
def test_the_loss_is_that_of_keras(ours, theirs, y_true, y_pred):
    assert ours(y_true, y_pred) == pytest.approx(float(theirs(y_true, y_pred)), rel=1e-5)


@pytest.mark.parametrize(("ours", "theirs", "y_true", "y_pred"), CASES.values(), ids=CASES)
def test_the_gradient_is_the_finite_difference(ours, theirs, y_true, y_pred):
    y = y_pred.astype(np.float64)
    grad = ours.gradient(y_true, y)
    for index in np.ndindex(y.shape):
        step = np.zeros_like(y)
        step[index] = 1e-6
        slope = (ours(y_true, y + step) - ours(y_true, y - step)) / 2e-6
        assert grad[index] == pytest.approx(slope, rel=1e-4, abs=1e-8)


def test_the_gradient_through_softmax_is_that_of_the_logits_even_when_saturated():
    logits = np.array([[60.0, 0, -20], [0, 80, 1]], np.float32)
    labels = np.array([1, 0])
    y = activations.softmax(logits)
    grad = losses.SparseCategoricalCrossentropy().gradient(labels, y)
    through = y * (grad - (grad * y).sum(-1, keepdims=True))
    direct = losses.SparseCategoricalCrossentropy(from_logits=True).gradient(labels, logits)
    np.testing.assert_allclose(through, direct, atol=1e-6)


@pytest.mark.parametrize(
    ("loss", "y_true"), [(CASES["sparse"][0], LABELS), (CASES["categorical"][0], ONE_HOT)]
)
def test_accuracy_counts_the_right_answers(loss, y_true):
    assert loss.accuracy(y_true, PROBABILITIES) == (PROBABILITIES.argmax(1) == LABELS).mean()
    assert np.isnan(losses.MeanSquaredError().accuracy(y_true, PROBABILITIES))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: CASES["sparse"][0](np.full(6, 4), LOGITS), "0 a 3. Llegaron valores entre 4 y 4"),
        (lambda: CASES["sparse"][0](np.full(6, -1), LOGITS), "entre -1 y -1"),
        (lambda: CASES["sparse"][0](np.full(6, 0.5), LOGITS), "enteros de 0 a 3"),
        (lambda: CASES["sparse"][0](ONE_HOT, LOGITS), r"\(6, 4\)"),
        (lambda: CASES["sparse"][0](LABELS, LOGITS.reshape(6, 2, 2)), r"\(6, 2, 2\).*Flatten"),
        (lambda: CASES["mse"][0](LABELS, LOGITS), r"\(6,\).*\(6, 4\)"),
        (lambda: losses.get("crossentropy"), "'crossentropy'"),
        (lambda: losses.get(lambda y, p: 0), "heredar"),
        (lambda: optimizers.get("rmsprop"), "'rmsprop'.*adam, sgd"),
        (lambda: optimizers.get(3), "3"),
        (lambda: optimizers.Adam(learning_rate=0), "learning_rate.*0"),
        (lambda: optimizers.SGD(momentum=1.5), "1.5"),
        (lambda: optimizers.CosineDecay(0.1, 0), "0"),
    ],
)
def test_what_makes_no_sense_says_what_came(make, says):
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("SGD", {"learning_rate": 0.1}),
        ("SGD", {"learning_rate": 0.1, "momentum": 0.9}),
        ("SGD", {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
        ("Adam", {}),
        ("Adam", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.9, "epsilon": 1e-3}),
    ],
)
def test_twenty_steps_land_where_keras_lands(name, options):
    start = RNG.normal(size=(5, 3)).astype(np.float32)
    weight, variable = start.copy(), tf.Variable(start)
    ours, theirs = getattr(optimizers, name)(**options), getattr(keras.optimizers, name)(**options)
    for _ in range(20):
        grad = RNG.normal(size=start.shape).astype(np.float32)
        ours.apply([weight], [grad])
        theirs.apply_gradients([(tf.constant(grad), variable)])
    assert weight.dtype == np.float32
    np.testing.assert_allclose(weight, variable.numpy(), 1e-4, 1e-5)


@pytest.mark.parametrize("name", ["SGD", "Adam"])
def test_weights_that_are_not_in_a_row_change_in_their_place(name):
    start, grad = RNG.normal(size=(6, 4)), RNG.normal(size=(3, 4))
    spread, packed = start.copy(), start[::2].copy()
    getattr(optimizers, name)().apply([spread[::2]], [grad])
    getattr(optimizers, name)().apply([packed], [grad])
    np.testing.assert_array_equal(spread[::2], packed)
    np.testing.assert_array_equal(spread[1::2], start[1::2])
    assert (packed != start[::2]).all()


def test_a_large_array_of_weights_changes_as_its_parts_do():
    weight, grad = RNG.normal(size=(2, 300_000)).astype(np.float32)
    whole, parts = weight.copy(), weight.copy()
    optimizers.Adam().apply([whole], [grad])
    for part in np.split(np.arange(len(weight)), 1000):
        optimizers.Adam().apply([parts[part[0] : part[-1] + 1]], [grad[part]])
    np.testing.assert_array_equal(whole, parts)


def test_the_cosine_goes_down_as_in_keras_and_stays():
    options = {"initial_learning_rate": 2e-3, "decay_steps": 50, "alpha": 0.1}
    ours = optimizers.CosineDecay(**options)
    theirs = keras.optimizers.schedules.CosineDecay(**options)
    for step in (0, 1, 10, 25, 49, 50, 80):
        assert ours(step) == pytest.approx(float(theirs(step)), rel=1e-5)


def test_the_optimizer_follows_the_schedule_step_by_step():
    optimizer = optimizers.SGD(optimizers.CosineDecay(1.0, 2))
    weight = np.zeros(1)
    seen = []
    for _ in range(4):
        seen.append(optimizer.current_learning_rate)
        optimizer.apply([weight], [np.ones(1)])
    assert seen == pytest.approx([1, 0.5, 0, 0])
    assert weight[0] == pytest.approx(-1.5)


def test_a_loss_is_written_and_read_again():
    for logits in (False, True):
        loss = losses.SparseCategoricalCrossentropy(from_logits=logits)
        written = {"class_name": type(loss).__name__, "config": loss.get_config()}
        assert losses.get(written).from_logits is logits


def test_names_give_the_defaults_of_keras():
    for name in ("sgd", "adam", "Adam"):
        ours, theirs = optimizers.get(name), keras.optimizers.get(name)
        assert ours.learning_rate == pytest.approx(float(theirs.learning_rate))
