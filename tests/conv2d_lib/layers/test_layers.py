"""The layers against Keras: signature, output, weights, losses and configuration."""

import inspect
import json

import keras
import numpy as np
import pytest

import conv2d_lib as cl

CONV2D = {
    "plain": {"filters": 4, "kernel_size": 3},
    "same": {"filters": 3, "kernel_size": (2, 5), "padding": "SAME", "strides": (2, 1)},
    "dilated": {"filters": 2, "kernel_size": 3, "dilation_rate": (2, 1), "padding": "same"},
    "grouped": {"filters": 6, "kernel_size": 2, "groups": 2, "activation": "relu"},
    "depthwise": {"filters": 8, "kernel_size": 3, "groups": 4, "use_bias": False},
    "gelu": {"filters": 4, "kernel_size": 1, "activation": "gelu"},
    "softmax": {"filters": 4, "kernel_size": 3, "activation": "softmax"},
    "double": {"filters": 4, "kernel_size": 3, "dtype": "float64"},
    "everything": {
        "filters": 4,
        "kernel_size": (3, 2),
        "strides": [2, 3],
        "padding": "same",
        "data_format": "channels_last",
        "dilation_rate": 1,
        "groups": 2,
        "activation": "leaky_relu",
        "use_bias": True,
        "kernel_initializer": "he_normal",
        "bias_initializer": "ones",
        "kernel_regularizer": "l2",
        "bias_regularizer": "l1",
        "activity_regularizer": "l1l2",
        "kernel_constraint": "max_norm",
        "bias_constraint": "non_neg",
        "name": "filtros",
        "trainable": False,
    },
}
X = np.random.default_rng(0).normal(size=(3, 9, 8, 4)).astype(np.float32)


@pytest.mark.parametrize("name", ["Conv2D", "MaxPooling2D", "Flatten"])
def test_arguments_and_defaults_are_those_of_keras(name):
    ours = inspect.signature(getattr(cl, name)).parameters
    theirs = inspect.signature(getattr(keras.layers, name)).parameters
    assert [(p.name, p.default, p.kind) for p in ours.values()] == [
        (p.name, p.default, p.kind) for p in theirs.values()
    ]


def test_arguments_of_dense_are_those_of_keras_without_lora_and_quantization():
    ours = inspect.signature(cl.Dense).parameters
    theirs = inspect.signature(keras.layers.Dense).parameters
    assert set(theirs) - set(ours) == {"lora_rank", "lora_alpha", "quantization_config"}
    assert all(theirs[name].default == p.default for name, p in ours.items())


def test_convolution2d_is_conv2d():
    assert cl.Convolution2D is cl.Conv2D


@pytest.mark.parametrize("options", CONV2D.values(), ids=CONV2D)
def test_conv2d_with_the_weights_of_keras_gives_its_output_and_its_losses(options):
    theirs, ours = keras.layers.Conv2D(**options), cl.Conv2D(**options)
    expected = np.asarray(theirs(X))
    ours.build(X.shape)
    ours.set_weights(theirs.get_weights())
    output = ours(X)
    assert output.dtype == expected.dtype
    np.testing.assert_allclose(output, expected, 1e-4, 1e-5)
    assert ours.losses == pytest.approx([float(loss) for loss in theirs.losses], rel=1e-5)
    assert ours.count_params() == theirs.count_params()
    assert ours.compute_output_shape(X.shape) == theirs.compute_output_shape(X.shape)
    assert [w.shape for w in ours.weights] == [tuple(w.shape) for w in theirs.weights]


def test_channels_first_is_the_same_operation_with_its_axes_moved():
    last, first = (
        cl.Conv2D(4, 3, strides=2, padding="same", activation="relu", data_format=data_format)
        for data_format in ("channels_last", "channels_first")
    )
    moved = np.moveaxis(X, -1, 1)
    expected = last(X)
    first.build(moved.shape)
    first.set_weights(last.get_weights())
    np.testing.assert_allclose(np.moveaxis(first(moved), 1, -1), expected, 1e-5, 1e-6)
    assert first.compute_output_shape((None, 4, None, 8)) == (None, 4, None, 4)


@pytest.mark.parametrize("options", CONV2D.values(), ids=CONV2D)
def test_conv2d_writes_the_configuration_of_keras_and_reads_it(options):
    theirs = keras.layers.Conv2D(**options)
    ours = cl.Conv2D.from_config(theirs.get_config())
    assert json.dumps(ours.get_config()) == json.dumps(theirs.get_config())
    again = keras.layers.Conv2D.from_config(ours.get_config())
    assert again.get_config() == theirs.get_config()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("MaxPooling2D", {"pool_size": (2, 3), "strides": 1, "padding": "same"}),
        ("MaxPooling2D", {"name": "maximo"}),
        ("Flatten", {"data_format": "channels_first"}),
        ("Dense", {"units": 3, "activation": "tanh", "kernel_regularizer": "l1"}),
    ],
)
def test_the_other_layers_write_the_configuration_of_keras_and_read_it(name, options):
    theirs = getattr(keras.layers, name)(**options)
    ours = getattr(cl, name).from_config(theirs.get_config())
    for key, value in ours.get_config().items():
        assert value == theirs.get_config()[key]
    getattr(keras.layers, name).from_config(ours.get_config())


@pytest.mark.parametrize(
    "options", [{}, {"pool_size": (2, 3), "strides": (1, 2)}, {"padding": "same"}]
)
def test_max_pooling_gives_the_output_of_keras(options):
    ours, theirs = cl.MaxPooling2D(**options), keras.layers.MaxPooling2D(**options)
    np.testing.assert_array_equal(ours(X), np.asarray(theirs(X)))
    assert ours.compute_output_shape((None, 9, 8, 4)) == theirs.compute_output_shape(
        (None, 9, 8, 4)
    )
    assert ours.count_params() == 0
    assert ours.get_weights() == []


@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_flatten_gives_the_output_of_keras(data_format):
    ours, theirs = cl.Flatten(data_format), keras.layers.Flatten(data_format)
    np.testing.assert_array_equal(ours(X), np.asarray(theirs(X)))
    assert ours.compute_output_shape((None, 9, 8, 4)) == (None, 288)
    assert ours.compute_output_shape((None, None, 4)) == (None, None)
    assert cl.Flatten()(np.ones(3)).shape == (3, 1)


@pytest.mark.parametrize("shape", [(5, 7), (2, 3, 7)])
def test_dense_gives_the_output_of_keras(shape):
    x = np.random.default_rng(1).normal(size=shape).astype(np.float32)
    ours, theirs = cl.Dense(4, activation="sigmoid"), keras.layers.Dense(4, activation="sigmoid")
    expected = np.asarray(theirs(x))
    ours.build(shape)
    ours.set_weights(theirs.get_weights())
    np.testing.assert_allclose(ours(x), expected, 1e-5, 1e-6)
    assert ours.compute_output_shape((None, 7)) == (None, 4)


def test_an_empty_batch_gives_an_empty_output():
    assert cl.Conv2D(4, 3, activation="softmax")(X[:0]).shape == (0, 7, 6, 4)
    assert cl.Dense(4, activation="softmax")(X[:0, 0, 0]).shape == (0, 4)
    assert cl.MaxPooling2D()(X[:0]).shape == (0, 4, 4, 4)
    assert cl.Flatten()(X[:0]).shape == (0, 288)


def test_integer_pixels_are_taken_as_float32():
    pixels = np.arange(16, dtype=np.uint8).reshape(1, 4, 4, 1)
    output = cl.Conv2D(1, 1, kernel_initializer="ones")(pixels)
    np.testing.assert_array_equal(output, pixels.astype(np.float32))


def test_get_weights_gives_copies_and_set_weights_keeps_the_type():
    layer = cl.Conv2D(2, 3, dtype="float64")
    layer.build((None, 8, 8, 1))
    kernel, bias = layer.get_weights()
    kernel[...] = 7
    assert not (layer.kernel == 7).any()
    layer.set_weights([kernel.astype(np.float32), bias])
    assert (layer.kernel == 7).all()
    assert layer.kernel.dtype == np.float64


def test_names_are_numbered_and_can_be_given():
    first, second = cl.Conv2D(1, 1), cl.Conv2D(1, 1)
    assert first.name != second.name
    assert second.name.startswith("conv2d")
    assert cl.Conv2D(1, 1, name="bordes").name == "bordes"


def test_a_function_of_ones_own_is_accepted_wherever_keras_accepts_one():
    layer = cl.Conv2D(
        1,
        1,
        activation=lambda z: 2 * z,
        kernel_initializer=lambda shape, dtype=None: np.full(shape, 3.0),
        kernel_regularizer=lambda w: float(w.sum()),
    )
    assert (layer(np.ones((1, 2, 2, 1))) == 6).all()
    assert layer.losses == [3.0]
    rounded = cl.Conv2D(1, 1, activation=lambda z: z.round().astype(int))(np.ones((1, 2, 2, 1)))
    assert rounded.dtype == np.float32  # Whatever type such a function gives.
    assert (cl.Conv2D.from_config(layer.get_config())(np.ones((1, 2, 2, 1))) == 6).all()
