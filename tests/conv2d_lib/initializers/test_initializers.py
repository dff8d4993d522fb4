"""Initial weights: distributions, seeds, names and configurations, against Keras's definitions."""

import math

import keras
import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib.initializers import base as initializers

KERNEL = (3, 3, 32, 64)
FAN_IN, FAN_OUT = 3 * 3 * 32, 3 * 3 * 64

RANDOM = [cls for cls in initializers._REGISTRY.classes if "seed" in cls().get_config()]


@pytest.mark.parametrize(
    ("name", "variance"),
    [
        ("glorot_uniform", 2 / (FAN_IN + FAN_OUT)),
        ("glorot_normal", 2 / (FAN_IN + FAN_OUT)),
        ("he_uniform", 2 / FAN_IN),
        ("he_normal", 2 / FAN_IN),
        ("lecun_uniform", 1 / FAN_IN),
        ("lecun_normal", 1 / FAN_IN),
        ("random_normal", 0.05**2),
        ("random_uniform", 0.1**2 / 12),
        ("truncated_normal", (0.05 * 0.87962566) ** 2),
        ("variance_scaling", 1 / FAN_IN),
    ],
)
def test_mean_and_variance_follow_the_fans_as_in_keras(name, variance):
    draws = initializers.get(name)(KERNEL)
    theirs = np.asarray(keras.initializers.get(name)(KERNEL))
    assert draws.dtype == np.float32
    assert abs(draws.mean()) < 5 * math.sqrt(variance / draws.size)
    assert draws.var() == pytest.approx(variance, rel=0.05)
    assert theirs.var() == pytest.approx(variance, rel=0.05)


@pytest.mark.parametrize("name", ["glorot_uniform", "he_uniform", "lecun_uniform"])
def test_uniform_draws_fill_the_interval_and_stay_inside(name):
    draws = initializers.get(name)(KERNEL)
    limit = math.sqrt(3 * draws.var())
    assert abs(draws).max() == pytest.approx(limit, rel=0.02)


@pytest.mark.parametrize("name", ["he_normal", "glorot_normal", "lecun_normal"])
def test_truncated_draws_stop_at_two_deviations_of_the_uncut_normal(name):
    draws = initializers.get(name)(KERNEL)
    assert abs(draws).max() <= 2 * draws.std() / 0.87962566 * 1.01


def test_untruncated_draws_do_not_stop():
    draws = initializers.VarianceScaling(distribution="untruncated_normal", seed=0)(KERNEL)
    assert abs(draws).max() > 3 * draws.std()


@pytest.mark.parametrize("shape", [(5, 5), (3, 3, 2, 8), (3, 3, 1, 20)])
def test_orthogonal_gives_perpendicular_filters_of_norm_gain(shape):
    matrix = initializers.Orthogonal(gain=2.0, seed=1)(shape, "float64").reshape(-1, shape[-1])
    product = matrix @ matrix.T if matrix.shape[0] < matrix.shape[1] else matrix.T @ matrix
    np.testing.assert_allclose(product, 4 * np.eye(len(product)), atol=1e-12)


@pytest.mark.parametrize("cls", RANDOM)
def test_a_seed_gives_the_same_numbers_and_another_gives_others(cls):
    first, second, third = cls(seed=7), cls(seed=7), cls(seed=8)
    shape = (4, 4, 3, 5)
    assert np.array_equal(first(shape), second(shape))
    assert np.array_equal(first(shape), first(shape))
    assert not np.array_equal(first(shape), third(shape))


def test_the_common_seed_makes_unseeded_draws_repeatable():
    def draw():
        cl.set_random_seed(3)
        return [initializers.get("he_normal")((3, 3)), initializers.get("uniform")((3, 3))]

    for one, other in zip(draw(), draw(), strict=True):
        assert np.array_equal(one, other)


def test_constants():
    assert (initializers.get("zeros")((2, 3)) == 0).all()
    assert (initializers.get("ones")((2, 3), "float64") == 1).all()
    assert (initializers.Constant(2.5)((2,)) == 2.5).all()
    np.testing.assert_array_equal(initializers.Identity(3.0)((2, 3)), 3 * np.eye(2, 3))


def test_an_array_gives_the_weights_themselves():
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1.0]]).reshape(3, 3, 1, 1)
    layer = cl.Conv2D(1, 3, kernel_initializer=sobel, input_shape=(5, 5, 1))
    layer.build((None, 5, 5, 1))
    np.testing.assert_array_equal(layer.kernel, sobel)
    with pytest.raises(ValueError, match=r"\(3, 3, 1, 1\).*\(3, 3, 2, 1\)"):
        cl.Conv2D(1, 3, kernel_initializer=sobel).build((None, 5, 5, 2))


@pytest.mark.parametrize("cls", initializers._REGISTRY.classes)
def test_the_configuration_is_the_one_keras_writes_and_reads(cls):
    ours = initializers.serialize(cls())
    theirs = getattr(keras.initializers, cls.__name__)()
    written = keras.initializers.serialize(theirs)
    # Keras forgets the gain of its Identity; ours keeps it.
    assert written | {"config": {**ours["config"], **written["config"]}} == ours
    assert type(initializers.get(keras.initializers.serialize(theirs))) is cls
    assert type(keras.initializers.get(ours)) is type(theirs)


@pytest.mark.parametrize("alias", ["normal", "uniform", "zero", "one", "OrthogonalInitializer"])
def test_the_aliases_of_keras_work(alias):
    assert type(initializers.get(alias)).__name__ == type(keras.initializers.get(alias)).__name__


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: initializers.get("he_norml"), "'he_norml'.*'he_normal'"),
        (lambda: initializers.get(3), "Llegó 3, de tipo int"),
        (lambda: initializers.get({"class_name": "HeNormal", "config": {"sed": 1}}), "sed"),
        (lambda: initializers.get({"config": {}}), "class_name"),
        (lambda: initializers.HeNormal(seed="a"), "seed='a'"),
        (lambda: initializers.HeNormal(seed=-1), "seed=-1"),
        (lambda: initializers.VarianceScaling(scale=0), "scale=0"),
        (lambda: initializers.VarianceScaling(mode="fan"), "mode='fan'"),
        (lambda: initializers.VarianceScaling(distribution="beta"), "distribution='beta'"),
        (lambda: initializers.Identity()((2, 2, 2)), r"\(2, 2, 2\)"),
        (lambda: initializers.Orthogonal()((2,)), r"\(2,\)"),
        (lambda: cl.set_random_seed(-1), "-1"),
    ],
)
def test_wrong_arguments_say_what_came(make, says):
    with pytest.raises(ValueError, match=says):
        make()
