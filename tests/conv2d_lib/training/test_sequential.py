"""Sequential: structure, weights, prediction, summary; and the homework's network as in Keras."""

import keras
import numpy as np
import pytest

import conv2d_lib as cl

X = np.random.default_rng(0).random((7, 28, 28, 1), np.float32)
Y = np.array([3, 1, 4, 1, 5, 9, 2])


def homework(layers, model, **first):
    return model(
        [
            layers.Conv2D(32, 3, activation="relu", **first),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


@pytest.fixture
def ours():
    return homework(cl, cl.Sequential, input_shape=(28, 28, 1))


@pytest.fixture
def theirs():
    model = homework(keras.layers, keras.Sequential)
    model.build((None, 28, 28, 1))
    return model


def test_the_homework_with_the_weights_of_keras_gives_its_numbers(ours, theirs):
    ours.set_weights(theirs.get_weights())
    assert ours.count_params() == theirs.count_params() == 225_034
    assert [layer.count_params() for layer in ours.layers] == [320, 0, 18_496, 0, 0, 204_928, 1_290]
    np.testing.assert_allclose(ours.predict(X), theirs.predict(X, verbose=0), 1e-4, 1e-6)
    theirs.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    assert ours.evaluate(X, Y) == pytest.approx(theirs.evaluate(X, Y, verbose=0), rel=1e-5)


def test_the_homework_with_same_padding_has_421642_weights():
    model = cl.Sequential(
        [
            cl.Conv2D(32, 3, padding="same", input_shape=(28, 28, 1)),
            cl.MaxPooling2D(2),
            cl.Conv2D(64, 3, padding="same"),
            cl.MaxPooling2D(2),
            cl.Flatten(),
            cl.Dense(128),
            cl.Dense(10),
        ]
    )
    assert model.count_params() == 421_642


def test_feature_maps_are_those_of_keras(ours, theirs):
    ours.set_weights(theirs.get_weights())
    extractor = keras.Model(theirs.inputs[0], [layer.output for layer in theirs.layers])
    maps = ours.activations(X)
    assert len(maps) == 7
    for actual, expected in zip(maps, extractor(X), strict=True):
        np.testing.assert_allclose(actual, np.asarray(expected), 1e-4, 1e-5)


def test_prediction_by_batches_is_that_of_the_whole(ours):
    np.testing.assert_allclose(ours.predict(X, batch_size=3), ours(X), 1e-5, 1e-6)
    assert ours.predict(X[:0]).shape == (0, 10)


def test_evaluation_by_batches_is_that_of_the_whole(ours):
    assert ours.evaluate(X, Y, batch_size=3) == pytest.approx(ours.evaluate(X, Y), rel=1e-5)


def test_without_softmax_the_loss_takes_the_output_as_logits(ours):
    logits = cl.Sequential([cl.Dense(10, input_dim=4)])
    x = np.ones((7, 4), np.float32)
    expected = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(Y, logits(x))
    assert logits.evaluate(x, Y)[0] == pytest.approx(float(expected), rel=1e-5)


def test_layers_added_one_by_one_give_the_same_network():
    model = cl.Sequential(name="red")
    model.add(cl.Conv2D(4, 3))
    assert not model.built
    model.build((None, 8, 8, 2))
    model.add(cl.Flatten())
    model.add(cl.Dense(3))
    assert model.built
    assert model.input_shape == (None, 8, 8, 2)
    assert model.output_shape == (None, 3)
    assert model.compute_output_shape((5, 8, 8, 2)) == (5, 3)
    assert [w.shape for w in model.weights] == [(3, 3, 2, 4), (4,), (144, 3), (3,)]


def test_data_builds_the_network():
    model = cl.Sequential([cl.Conv2D(2, 3), cl.Flatten(), cl.Dense(1)])
    assert model.predict(np.zeros((3, 5, 6, 1))).shape == (3, 1)
    assert model.input_shape == (None, 5, 6, 1)


def test_images_of_any_size_are_accepted_where_the_layers_accept_them():
    model = cl.Sequential([cl.Conv2D(2, 3, input_shape=(None, None, 1))])
    assert model.predict(np.zeros((1, 9, 7, 1))).shape == (1, 7, 5, 2)
    assert model.output_shape == (None, None, None, 2)


def test_layers_are_found_by_name_and_by_index(ours):
    assert ours.get_layer(index=0) is ours.layers[0]
    assert ours.get_layer(ours.layers[2].name) is ours.layers[2]
    assert ours.get_layer(index=-1).units == 10


def test_penalties_of_all_layers_are_gathered_and_evaluated():
    model = cl.Sequential([cl.Dense(2, kernel_regularizer="l2", input_dim=3), cl.Dense(2)])
    model.compile(loss="mse")
    x, y = np.ones((4, 3)), np.zeros((4, 2))
    mse = np.square(model.predict(x)).mean()
    penalty = 0.01 * np.square(model.layers[0].kernel).sum()
    assert model.losses == pytest.approx([penalty])
    assert model.evaluate(x, y)[0] == pytest.approx(mse + penalty, rel=1e-5)


def test_the_summary_is_a_spanish_table_with_names_shapes_and_totals(ours):
    lines = []
    ours.summary(print_fn=lines.append)
    text = "\n".join(lines)
    for said in ("Forma de la salida", "(lote, 26, 26, 32)", "18 496", "Pesos en total: 225 034"):
        assert said in text
    table = [line for line in text.splitlines() if line[0] in "┌│├└"]
    assert len({len(line) for line in table}) == 1
    ours.layers[0].trainable = False
    ours.summary(print_fn=lines.append)
    assert "No entrenables: 320" in lines[-1]


def test_weights_out_are_copies_and_weights_in_are_all_or_none(ours):
    before = ours.get_weights()
    before[0][...] = 0
    assert ours.weights[0].any()
    kept = ours.get_weights()
    with pytest.raises(ValueError, match=r"8 arreglos de pesos\. Llegaron 7"):
        ours.set_weights(kept[:-1])
    assert all(np.array_equal(a, b) for a, b in zip(kept, ours.weights, strict=True))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: cl.Sequential(["conv"]), "Llegó 'conv'"),
        (lambda: cl.Sequential([cl.Dense(1, name="a"), cl.Dense(1, name="a")]), "'a'.*«name»"),
        (lambda: cl.Sequential().build((None, 3)), "no tiene capas"),
        (lambda: cl.Sequential([cl.Dense(1)]).count_params(), "aún no está construida"),
        (lambda: cl.Sequential([cl.Dense(1)]).summary(), "aún no está construida"),
        (lambda: cl.Sequential([cl.Dense(1, name="d")]).get_layer("e"), "'e'.*son: d"),
        (lambda: cl.Sequential([cl.Dense(1)]).get_layer(index=2), "1 capas.*index=2"),
        (lambda: cl.Sequential([cl.Dense(1)]).get_layer(), "«name» o «index»"),
        (
            lambda: cl.Sequential([cl.Conv2D(4, 3, input_shape=(4, 4, 1)), cl.Conv2D(4, 3)]),
            "abarca 3",
        ),
        (
            lambda: cl.Sequential([cl.Conv2D(1, 3, input_shape=(28, 28, 1))]).predict(X[..., 0]),
            r"\(28, 28, 1\).*\(7, 28, 28\).*np.newaxis",
        ),
        (
            lambda: cl.Sequential([cl.Dense(2, input_dim=3)]).predict(np.ones((1, 4))),
            r"\(3,\).*\(1, 4\)",
        ),
        (
            lambda: cl.Sequential([cl.Dense(2, input_dim=3)]).evaluate(np.ones((4, 3)), [1, 0]),
            r"4 muestras.*\(2,\)",
        ),
        (
            lambda: cl.Sequential([cl.Dense(2, input_dim=3)]).predict(np.ones((4, 3)), 0),
            "batch_size.*0",
        ),
    ],
)
def test_what_makes_no_sense_says_what_came(make, says):
    with pytest.raises(ValueError, match=says):
        make()
