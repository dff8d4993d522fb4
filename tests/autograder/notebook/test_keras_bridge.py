"""Keras models become data and come back the same, and the judge computes what Keras does."""

from __future__ import annotations

import os

import keras
import numpy as np
import pytest
from keras import layers

from autograder.checks.models import mini_cnn, with_first_layer
from autograder.checks.network_space import KEPT, network
from autograder.judging import networks
from autograder.notebook import keras_bridge
from autograder.wire.protocol import ModelSpec, UnsupportedValue


class TwoLayers(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(4, 3)
        self.flatten = layers.Flatten()

    def call(self, x):
        return self.flatten(self.conv(x))


class Broken(keras.Model):
    def call(self, x):
        raise RuntimeError("no sé qué hacer")


def class_names(spec: ModelSpec) -> list[str]:
    return [layer["class_name"] for layer in spec.layers]


@pytest.mark.parametrize("functional", [False, True])
def test_the_judge_computes_every_layer_as_keras_does(functional):
    spec, x = mini_cnn(np.random.default_rng(2), functional=functional)
    model = keras_bridge.build(spec)
    assert type(model).__name__ == ("Functional" if functional else "Sequential")
    assert isinstance(model.layers[0], layers.InputLayer) is functional
    expected = networks.activations(spec, x.astype(np.float64))
    for layer in model.layers:
        got = keras.Model(model.inputs[0], layer.output)(x)
        np.testing.assert_allclose(got, expected[layer.name], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("functional", [False, True])
@pytest.mark.parametrize(
    ("first", "config"), [("MaxPooling2D", {"pool_size": 1}), ("Dropout", {"rate": 0.5})]
)
def test_a_layer_put_before_changes_no_value(first, config, functional):
    spec, x = mini_cnn(np.random.default_rng(4), functional=functional, depth=4)
    spec = with_first_layer(spec, first, **config)
    model = keras_bridge.build(spec)
    assert len(model.layers) == 5 + functional
    assert type(model.layers[functional]).__name__ == first
    np.testing.assert_allclose(model(x), networks.output(spec, x), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("functional", [False, True])
def test_a_described_model_keeps_layers_weights_and_shapes(functional):
    spec, _ = mini_cnn(np.random.default_rng(6), functional=functional)
    described = keras_bridge.describe(keras_bridge.build(spec), handle=3)
    assert described.handle == 3
    assert class_names(described)[0] == "InputLayer"
    assert class_names(described)[-5:] == class_names(spec)[-5:]
    assert described.layers[1]["config"]["activation"] == "relu"
    assert described.layers[-1]["output_shape"] == [None, 4]
    for came, sent in zip(described.weights[-5:], spec.weights[-5:], strict=True):
        assert [array.tolist() for array in came] == [array.tolist() for array in sent]


def test_what_is_not_built_is_built_for_the_images_of_the_course():
    bare = keras_bridge.describe(layers.Conv2D(8, 3), 0)
    assert [array.shape for array in bare.weights[0]] == [(3, 3, 1, 8), (8,)]
    assert class_names(bare) == ["Conv2D"]
    unbuilt = keras.Sequential([layers.Flatten(), layers.Dense(5)])
    assert keras_bridge.describe(unbuilt, 0).weights[-1][0].shape == (784, 5)


def test_models_inside_models_and_subclasses_are_opened():
    inner = keras.Sequential([layers.Conv2D(4, 3), layers.Flatten()])
    nested = keras_bridge.describe(keras.Sequential([inner, layers.Dense(2)]), 0)
    assert [name for name in class_names(nested) if name != "InputLayer"] == [
        "Conv2D",
        "Flatten",
        "Dense",
    ]
    assert class_names(keras_bridge.describe(TwoLayers(), 0)) == ["Conv2D", "Flatten"]


def test_a_model_that_cannot_be_built_is_a_reply_and_not_a_crash():
    with pytest.raises(UnsupportedValue, match=r"Broken que no se puede construir: .*no sé"):
        keras_bridge.describe(Broken(), 0)


def test_only_keras_layers_and_models_are_models():
    assert keras_bridge.is_model(TwoLayers())
    assert keras_bridge.is_model(layers.Dense(1))
    assert not keras_bridge.is_model(keras.Input((3,)))
    assert not keras_bridge.is_model(np.zeros(3))


def test_native_noise_is_silenced_and_stderr_comes_back(capfd):
    with keras_bridge.without_native_noise():
        os.write(2, b"E0000 cuda")
    os.write(2, b"visible")
    assert capfd.readouterr().err == "visible"


@pytest.mark.parametrize("functional", [False, True])
def test_a_model_is_built_once_and_its_weights_are_not_drawn_first(functional, monkeypatch):
    spec, _ = mini_cnn(np.random.default_rng(0), functional=functional)
    drawn, built = [], []
    monkeypatch.setattr(
        keras.initializers.GlorotUniform, "__call__", lambda *a, **k: drawn.append(1) or 0
    )
    build_layer = keras.layers.Conv2D.__call__
    monkeypatch.setattr(
        keras.layers.Conv2D,
        "__call__",
        lambda self, *a, **k: built.append(self.name) or build_layer(self, *a, **k),
    )
    model = keras_bridge.build(spec)
    convolutions = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D)]
    assert not drawn
    assert sorted(built) == sorted(layer.name for layer in convolutions)


def specs() -> tuple[ModelSpec, ModelSpec]:
    """The same description come twice over the wire."""
    return tuple(mini_cnn(np.random.default_rng(8), functional=False, depth=4)[0] for _ in "ab")


def test_a_model_that_is_sent_again_is_built_once():
    builder, (spec, again) = keras_bridge.Builder(), specs()
    model = builder.build(spec)
    assert builder.build(again) is model
    other, _ = mini_cnn(np.random.default_rng(9), functional=False, depth=2)
    assert builder.build(other) is not model
    assert builder.build(spec) is model


def test_no_more_models_are_kept_than_the_judge_asks_with(monkeypatch):
    monkeypatch.setattr(keras_bridge, "build", lambda spec: keras.Sequential())
    builder, sent = keras_bridge.Builder(), [network(kind) for kind in range(KEPT)]
    models = [builder.build(spec) for spec in sent]
    many = [ModelSpec([layers_of(n)], [[]]) for n in range(keras_bridge.MOST_KEPT)]
    assert [id(builder.build(spec)) for spec in sent] == list(map(id, models))
    for spec in many:
        builder.build(spec)
    assert builder.build(sent[0]) is not models[0]


def layers_of(number: int) -> dict:
    return networks.layer("Flatten", f"plana_{number}")


def test_with_other_weights_it_is_another_model():
    builder, (spec, again) = keras_bridge.Builder(), specs()
    model = builder.build(spec)
    again.weights[0][1][0] += 1
    assert builder.build(again) is not model


@pytest.mark.parametrize(
    "change",
    [
        lambda model: model.pop(),
        lambda model: model.add(layers.Dense(2)),
        lambda model: setattr(model.layers[0], "activation", keras.activations.linear),
        lambda model: model.set_weights([0 * weights for weights in model.get_weights()]),
    ],
    ids=["pop", "add", "activation", "weights"],
)
def test_a_model_that_the_function_changed_is_built_anew(change):
    builder, (spec, again) = keras_bridge.Builder(), specs()
    change(builder.build(spec))
    fresh = keras_bridge.describe(builder.build(again), 0)
    expected = keras_bridge.describe(keras_bridge.build(spec), 0)
    assert fresh.layers == expected.layers
    for came, sent in zip(fresh.weights, expected.weights, strict=True):
        assert [array.tolist() for array in came] == [array.tolist() for array in sent]


def test_a_model_whose_layers_the_function_applied_elsewhere_still_gives_its_own_maps():
    builder, (spec, again) = keras_bridge.Builder(), specs()
    _, x = mini_cnn(np.random.default_rng(8), functional=False, depth=4)
    model = builder.build(spec)
    name = spec.layers[2]["name"]
    outputs = inputs = keras.Input(x.shape[1:])
    for layer in model.layers:
        outputs = layer(outputs)
    model = builder.build(again)
    got = keras.Model(model.inputs[0], model.get_layer(name).output)(x)
    np.testing.assert_allclose(got, networks.activations(spec, x)[name], rtol=1e-4, atol=1e-5)
    assert keras.Model(inputs, outputs)(x).shape[0] == len(x)
