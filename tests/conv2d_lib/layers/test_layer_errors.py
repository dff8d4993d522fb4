"""What Keras refuses to construct, build or call is refused here, in Spanish, with its value.

Each row gives the same code to Keras and to conv2d_lib: Keras must raise, and ours must raise a
ValueError of one line that says what came.
"""

import keras
import numpy as np
import pytest

import conv2d_lib as cl


def x(*shape):
    return np.zeros(shape, np.float32)


def built(layers):
    layer = layers.Conv2D(4, 3)
    layer.build((None, 8, 8, 2))
    return layer


CONSTRUCTIONS = [
    ("filters", lambda ly: ly.Conv2D(0, 3), "0"),
    ("filters negative", lambda ly: ly.Conv2D(-4, 3), "-4"),
    ("groups", lambda ly: ly.Conv2D(4, 3, groups=0), "0"),
    ("groups negative", lambda ly: ly.Conv2D(4, 3, groups=-1), "-1"),
    ("filters by groups", lambda ly: ly.Conv2D(5, 3, groups=2), "filters=5, groups=2"),
    ("kernel_size 0", lambda ly: ly.Conv2D(4, 0), "0"),
    ("kernel_size with 0", lambda ly: ly.Conv2D(4, (3, 0)), "(3, 0)"),
    ("kernel_size negative", lambda ly: ly.Conv2D(4, (-3, 3)), "(-3, 3)"),
    ("kernel_size length", lambda ly: ly.Conv2D(4, (3, 3, 3)), "(3, 3, 3)"),
    ("kernel_size one", lambda ly: ly.Conv2D(4, (3,)), "(3,)"),
    ("kernel_size text", lambda ly: ly.Conv2D(4, ("a", 3)), "('a', 3)"),
    ("kernel_size None", lambda ly: ly.Conv2D(4, None), "None"),
    ("strides 0", lambda ly: ly.Conv2D(4, 3, strides=0), "0"),
    ("strides with 0", lambda ly: ly.Conv2D(4, 3, strides=(1, 0)), "(1, 0)"),
    ("strides length", lambda ly: ly.Conv2D(4, 3, strides=(1, 1, 1)), "(1, 1, 1)"),
    ("dilation_rate 0", lambda ly: ly.Conv2D(4, 3, dilation_rate=0), "0"),
    ("dilation_rate length", lambda ly: ly.Conv2D(4, 3, dilation_rate=(1,)), "(1,)"),
    ("strides and dilation", lambda ly: ly.Conv2D(4, 3, 2, dilation_rate=2), "strides=(2, 2)"),
    ("padding", lambda ly: ly.Conv2D(4, 3, padding="full"), "'full'"),
    ("padding causal", lambda ly: ly.Conv2D(4, 3, padding="causal"), "'causal'"),
    ("padding None", lambda ly: ly.Conv2D(4, 3, padding=None), "None"),
    ("data_format", lambda ly: ly.Conv2D(4, 3, data_format="NHWC"), "'NHWC'"),
    ("activation", lambda ly: ly.Conv2D(4, 3, activation="rleu"), "'rleu'"),
    ("activation number", lambda ly: ly.Conv2D(4, 3, activation=3), "3"),
    ("kernel_initializer", lambda ly: ly.Conv2D(4, 3, kernel_initializer="he"), "'he'"),
    ("bias_initializer", lambda ly: ly.Conv2D(4, 3, bias_initializer="cero"), "'cero'"),
    ("kernel_regularizer", lambda ly: ly.Conv2D(4, 3, kernel_regularizer="l3"), "'l3'"),
    ("bias_regularizer", lambda ly: ly.Conv2D(4, 3, bias_regularizer=1.0), "1.0"),
    ("activity_regularizer", lambda ly: ly.Conv2D(4, 3, activity_regularizer="x"), "'x'"),
    ("kernel_constraint", lambda ly: ly.Conv2D(4, 3, kernel_constraint="max"), "'max'"),
    ("bias_constraint", lambda ly: ly.Conv2D(4, 3, bias_constraint="neg"), "'neg'"),
    ("unknown argument", lambda ly: ly.Conv2D(4, 3, stride=2), "stride"),
    ("name", lambda ly: ly.Conv2D(4, 3, name="a/b"), "'a/b'"),
    ("dtype", lambda ly: ly.Conv2D(4, 3, dtype="texto"), "'texto'"),
    ("units", lambda ly: ly.Dense(0), "0"),
    ("units float", lambda ly: ly.Dense(2.5), "2.5"),
    ("dense activation", lambda ly: ly.Dense(2, activation="softmx"), "'softmx'"),
    ("pool_size", lambda ly: ly.MaxPooling2D(0), "0"),
    ("pool_size length", lambda ly: ly.MaxPooling2D((2, 2, 2)), "(2, 2, 2)"),
    ("pool data_format", lambda ly: ly.MaxPooling2D(data_format="last"), "'last'"),
    ("flatten data_format", lambda ly: ly.Flatten(data_format="last"), "'last'"),
]

SHAPES = [
    ("3 axes", lambda ly: ly.Conv2D(4, 3)(x(5, 28, 28)), "(5, 28, 28)"),
    ("5 axes", lambda ly: ly.Conv2D(4, 3)(x(1, 2, 8, 8, 1)), "(1, 2, 8, 8, 1)"),
    ("channels by groups", lambda ly: ly.Conv2D(4, 3, groups=2)(x(1, 8, 8, 3)), "3 canales"),
    ("no channels", lambda ly: ly.Conv2D(4, 3).build((None, 8, 8, None)), "(None, 8, 8, None)"),
    ("kernel too big", lambda ly: ly.Conv2D(4, 9)(x(1, 8, 8, 1)), "abarca 9"),
    ("dilated too big", lambda ly: ly.Conv2D(4, 3, dilation_rate=4)(x(1, 8, 8, 1)), "abarca 9"),
    ("build too big", lambda ly: ly.Conv2D(4, 9).build((None, 8, 8, 1)), "tiene 8"),
    ("other channels", lambda ly: built(ly)(x(1, 8, 8, 3)), "(1, 8, 8, 3)"),
    ("output of 2 axes", lambda ly: ly.Conv2D(4, 3).compute_output_shape((None, 8)), "(None, 8)"),
    ("set_weights count", lambda ly: built(ly).set_weights([x(3, 3, 2, 4)]), "Llegaron 1"),
    ("set_weights shape", lambda ly: built(ly).set_weights([x(2, 2, 2, 4), x(4)]), "(2, 2, 2, 4)"),
    ("count before build", lambda ly: ly.Conv2D(4, 3).count_params(), "construida"),
    ("text", lambda ly: ly.Conv2D(4, 3)(np.full((1, 8, 8, 1), "a")), "<U1"),
    ("dense 1 axis", lambda ly: ly.Dense(2)(x(3)), "(3,)"),
    ("pool 3 axes", lambda ly: ly.MaxPooling2D()(x(4, 4, 1)), "(4, 4, 1)"),
    ("pool too big", lambda ly: ly.MaxPooling2D(5)(x(1, 4, 4, 1)), "5"),
]


@pytest.mark.parametrize(
    ("make", "came"),
    [row[1:] for row in CONSTRUCTIONS + SHAPES],
    ids=[r[0] for r in CONSTRUCTIONS + SHAPES],
)
def test_what_keras_refuses_is_refused_in_one_spanish_line_with_what_came(make, came):
    with pytest.raises(Exception) as theirs:  # noqa: PT011 - Keras raises many types
        make(keras.layers)
    assert not isinstance(theirs.value, AssertionError)
    with pytest.raises(ValueError) as ours:  # noqa: PT011 - the message is checked below
        make(cl)
    message = str(ours.value)
    assert came in message
    assert "\n" not in message
    assert len(message) > 25


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: cl.Conv2D(4, 3)(x(5, 28, 28)), r"Falta el eje de los canales\? .*np.newaxis"),
        (lambda: cl.Conv2D(4, 3, activation="rleu"), "¿Quisiste decir 'relu'"),
        (lambda: cl.Conv2D(4, 3, kernel_regularizer="l3"), "Nombres válidos: l1, l1l2, l2"),
        (lambda: cl.Conv2D(4, 3, dtype="int32"), "'int32'"),
        (lambda: cl.Conv2D(4, 3, input_shape=28), "28"),
        (lambda: cl.Conv2D(4, 3, input_shape=(28, -1, 1)), r"\(28, -1, 1\)"),
        (lambda: cl.Conv2D(4, 3, name=""), "name=''"),
        (lambda: cl.Flatten()(np.float32(3)), r"\(\)"),
        (lambda: cl.MaxPooling2D(padding="full"), "'full'"),
        (lambda: cl.Dense(2).build((None, None)), r"\(None, None\)"),
    ],
)
def test_more_that_is_refused_here(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_weights_are_not_there_before_the_layer_is_built():
    with pytest.raises(AttributeError, match="kernel"):
        _ = cl.Conv2D(4, 3).kernel
    with pytest.raises(AttributeError, match="kernel"):
        _ = keras.layers.Conv2D(4, 3).kernel


def test_a_refused_set_weights_changes_nothing():
    layer = built(cl)
    before = layer.get_weights()
    with pytest.raises(ValueError, match="bias"):
        layer.set_weights([x(3, 3, 2, 4), x(5)])
    assert all(np.array_equal(a, b) for a, b in zip(before, layer.get_weights(), strict=True))
