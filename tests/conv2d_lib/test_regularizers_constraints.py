"""Regularizers and constraints against Keras: values, gradients, names and configurations."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from conv2d_lib import constraints, regularizers

W = np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32)

REGULARIZERS = [
    regularizers.L1(0.3),
    regularizers.L2(0.2),
    regularizers.L1L2(0.1, 0.4),
    regularizers.OrthogonalRegularizer(0.5),
    regularizers.OrthogonalRegularizer(0.5, mode="columns"),
]
CONSTRAINTS = [
    constraints.MaxNorm(0.9, axis=0),
    constraints.MaxNorm(1.1, axis=[0, 1]),
    constraints.NonNeg(),
    constraints.UnitNorm(axis=1),
    constraints.MinMaxNorm(0.5, 0.8, rate=0.7, axis=0),
]


def in_keras(module, ours):
    return getattr(module, type(ours).__name__)(**ours.get_config())


@pytest.mark.parametrize("ours", REGULARIZERS)
def test_penalty_and_gradient_are_those_of_keras(ours):
    w = tf.constant(W)
    with tf.GradientTape() as tape:
        tape.watch(w)
        penalty = in_keras(keras.regularizers, ours)(w)
    assert ours(W) == pytest.approx(float(penalty), rel=1e-5)
    np.testing.assert_allclose(ours.gradient(W), tape.gradient(penalty, w).numpy(), 1e-4, 1e-6)


@pytest.mark.parametrize("ours", CONSTRAINTS)
def test_constrained_weights_are_those_of_keras(ours):
    constrained = ours(W)
    assert constrained.dtype == np.float32
    np.testing.assert_allclose(constrained, np.asarray(in_keras(keras.constraints, ours)(W)), 1e-5)


@pytest.mark.parametrize("ours", [*REGULARIZERS, *CONSTRAINTS])
def test_the_configuration_goes_to_keras_and_back(ours):
    own, theirs = (
        (regularizers, keras.regularizers)
        if isinstance(ours, regularizers.Regularizer)
        else (constraints, keras.constraints)
    )
    config = own.serialize(ours)
    copy = theirs.get(config)
    assert type(copy).__name__ == type(ours).__name__
    for name, value in own.get(theirs.serialize(copy)).get_config().items():
        expected = ours.get_config()[name]
        assert value == (pytest.approx(expected) if isinstance(expected, float) else expected)


@pytest.mark.parametrize("name", ["l1", "l2", "l1l2", "L1L2", "orthogonal_regularizer"])
def test_regularizer_names_of_keras(name):
    ours, theirs = regularizers.get(name), keras.regularizers.get(name)
    assert type(ours).__name__ == type(theirs).__name__
    assert ours.get_config() == pytest.approx(theirs.get_config())


def test_l1_l2_is_accepted_as_the_documentation_of_keras_writes_it():
    assert isinstance(regularizers.get("l1_l2"), regularizers.L1L2)


@pytest.mark.parametrize("name", ["max_norm", "non_neg", "unit_norm", "min_max_norm", "NonNeg"])
def test_constraint_names_of_keras(name):
    ours, theirs = constraints.get(name), keras.constraints.get(name)
    assert type(ours).__name__ == type(theirs).__name__
    assert ours.get_config() == theirs.get_config()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: regularizers.get("l3"), "'l3'.*Nombres válidos: l1"),
        (lambda: regularizers.get(0.01), "Llegó 0.01"),
        (lambda: regularizers.L2(-1), "l2=-1"),
        (lambda: regularizers.L1(float("nan")), "l1=nan"),
        (lambda: regularizers.L1L2(l1="a"), "l1='a'"),
        (lambda: regularizers.OrthogonalRegularizer(mode="diagonal"), "mode='diagonal'"),
        (lambda: regularizers.OrthogonalRegularizer()(np.ones(3)), r"\(3,\)"),
        (lambda: constraints.get("maxnorm"), "'maxnorm'.*'max_norm'"),
    ],
)
def test_wrong_arguments_say_what_came(make, says):
    with pytest.raises(ValueError, match=says):
        make()
