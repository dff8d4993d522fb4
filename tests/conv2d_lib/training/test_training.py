"""fit: it learns, it repeats itself, it can be stopped, and it follows Keras step by step."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest

import conv2d_lib as cl
from conv2d_lib import losses, optimizers
from conv2d_lib.training import fitting

RNG = np.random.default_rng(0)
X = RNG.normal(size=(60, 6, 6, 1)).astype(np.float32)
# Which half of the picture is brighter: a problem that a small network learns.
Y = (X[:, :3].sum((1, 2, 3)) > X[:, 3:].sum((1, 2, 3))).astype(np.int64)


def network(layers=cl, model=cl.Sequential, **conv):
    made = model(
        [
            layers.Conv2D(6, 3, activation="relu", **conv),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(8, activation="tanh"),
            layers.Dense(2, activation="softmax"),
        ]
    )
    made.build((None, 6, 6, 1))
    return made


def penalty(name, **config):
    """A regularizer strong enough to be noticed, as both libraries read it."""
    return {
        "module": "keras.regularizers",
        "class_name": name,
        "config": config,
        "registered_name": None,
    }


def seeded():
    cl.set_random_seed(5)
    return network()


@pytest.mark.parametrize("optimizer", [optimizers.Adam(0.02), optimizers.SGD(0.1, momentum=0.9)])
def test_it_learns(optimizer):
    model = seeded()
    model.compile(optimizer)
    history = model.fit(X, Y, batch_size=10, epochs=25, verbose=0, seed=0)
    assert history.history["accuracy"][-1] > 0.95
    assert history.history["loss"][-1] < history.history["loss"][0] / 2
    assert history.epoch == list(range(25))
    assert model.history is history


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
@pytest.mark.parametrize(
    "conv",
    [
        {},
        {
            "kernel_regularizer": penalty("L2", l2=0.5),
            "bias_regularizer": penalty("L1", l1=0.2),
            "activity_regularizer": penalty("L2", l2=0.3),
        },
        {"kernel_constraint": "unit_norm", "bias_constraint": "non_neg"},
    ],
)
def test_it_follows_keras_step_by_step(optimizer, conv):
    ours, theirs = network(**conv), network(keras.layers, keras.Sequential, **conv)
    ours.set_weights(theirs.get_weights())
    ours.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    theirs.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    options = {"batch_size": 16, "epochs": 3, "verbose": 0, "shuffle": False}
    expected = theirs.fit(X, Y, validation_split=0.2, **options).history
    history = ours.fit(X, Y, validation_split=0.2, **options).history
    assert set(history) == set(expected)
    for name, values in expected.items():
        assert history[name] == pytest.approx(values, rel=2e-3), name
    for actual, wanted in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(actual, wanted, rtol=1e-2, atol=2e-4)


def test_constraints_hold_after_every_step():
    model = network(kernel_constraint=cl.constraints.UnitNorm(axis=[0, 1, 2]))
    model.fit(X, Y, epochs=1, verbose=0)
    norms = np.sqrt(np.square(model.layers[0].kernel).sum((0, 1, 2)))
    np.testing.assert_allclose(norms, 1, rtol=1e-5)


def test_frozen_layers_do_not_change():
    model = seeded()
    model.layers[0].trainable = False
    before = model.get_weights()
    model.fit(X, Y, verbose=0)
    changed = [not np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True)]
    assert changed == [False, False, True, True, True, True]


def test_what_is_below_a_frozen_layer_goes_on_learning():
    model = seeded()
    model.layers[-1].trainable = False
    before = model.get_weights()
    model.fit(X, Y, verbose=0)
    changed = [not np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True)]
    assert changed == [True, True, True, True, False, False]


def test_a_layer_that_is_built_already_keeps_its_weights_in_a_network():
    layer = cl.Conv2D(2, 3)
    layer.build((None, 8, 8, 1))
    weights = layer.get_weights()
    model = cl.Sequential([layer, cl.Flatten()])
    model.build((None, 8, 8, 1))
    for kept, before in zip(model.get_weights(), weights, strict=True):
        np.testing.assert_array_equal(kept, before)


def trained(seed):
    model = seeded()
    model.fit(X, Y, batch_size=7, epochs=2, verbose=0, seed=seed)
    return model.get_weights()


def test_the_same_seed_gives_the_same_network_and_another_gives_another():
    first, second, third = trained(1), trained(1), trained(2)
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
    assert not np.array_equal(first[0], third[0])


THREADS = """
import hashlib, sys
import numpy as np
import conv2d_lib as cl

cl.set_random_seed(0)
rng = np.random.default_rng(0)
x, y = rng.random((256, 16, 16, 1), np.float32), rng.integers(0, 10, 256)
model = cl.Sequential([
    cl.Conv2D(32, 3, activation="relu", input_shape=(16, 16, 1)), cl.MaxPooling2D(2),
    cl.Conv2D(64, 3, activation="relu"), cl.MaxPooling2D(2), cl.Conv2D(48, 2, activation="tanh"),
    cl.Flatten(), cl.Dense(128, activation="relu"), cl.Dense(10, activation="softmax")])
model.fit(x, y, batch_size=128, epochs=2, verbose=0, seed=0)
print(hashlib.sha256(b"".join(w.tobytes() for w in model.weights)).hexdigest())
"""


def test_the_result_does_not_depend_on_the_number_of_threads():
    def digest(threads):
        limits = dict.fromkeys(("NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"), str(threads))
        done = subprocess.run(
            [sys.executable, "-c", THREADS],
            env={**os.environ, **limits},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()[-1]  # before it, that the kernels are compiled

    assert digest(1) == digest(2) == digest(5)


def test_ctrl_c_leaves_a_usable_network_and_the_history_so_far(monkeypatch, capsys):
    model, steps = seeded(), []
    real = fitting.train_step

    def stop_at_the_tenth(*arguments):
        steps.append(1)
        if len(steps) == 10:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr("conv2d_lib.training.sequential.train_step", stop_at_the_tenth)
    history = model.fit(X, Y, batch_size=10, epochs=5, verbose=2)
    assert history.interrupted
    assert history.epoch == [0]
    assert "detenido en la época 2/5" in capsys.readouterr().out
    assert np.isfinite(model.predict(X)).all()
    monkeypatch.undo()
    assert not model.fit(X, Y, verbose=0).interrupted


def test_validation_is_measured_after_every_epoch():
    model = seeded()
    history = model.fit(X, Y, epochs=2, verbose=0, validation_data=(X[:9], Y[:9])).history
    assert set(history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert (history["val_loss"][-1], history["val_accuracy"][-1]) == model.evaluate(X[:9], Y[:9])


def test_one_spanish_line_an_epoch_on_standard_output_and_nothing_on_error(capfd):
    seeded().fit(X, Y, epochs=2, verbose=2, validation_split=0.5)
    out, err = capfd.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Época 2/2: pérdida ")
    assert "acierto de validación" in lines[1]


def test_the_bar_goes_to_standard_output_with_the_time_left(capfd):
    seeded().fit(X, Y, batch_size=1, epochs=1, verbose=1)
    out, err = capfd.readouterr()
    assert err == ""
    assert "faltan" in out
    assert "Época 1/1" in out


def test_every_step_is_told_to_who_draws_a_bar_of_their_own():
    seen = []
    history = seeded().fit(
        X, Y, batch_size=20, epochs=2, verbose=0, on_step=lambda *step: seen.append(step)
    )
    steps = [(0, 1), (0, 2), (0, 3), (1, 4), (1, 5), (1, 6)]
    assert [(epoch, step) for epoch, step, _ in seen] == steps
    assert seen[-1][2]["accuracy"] == history.history["accuracy"][-1]


def test_a_filter_learns_an_edge_by_squared_error():
    sobel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1.0]], np.float32).reshape(3, 3, 1, 1)
    target = cl.conv2d(X, sobel)
    model = cl.Sequential([cl.Conv2D(1, 3, use_bias=False, input_shape=(6, 6, 1))])
    model.compile(optimizers.Adam(0.1), losses.MeanSquaredError())
    history = model.fit(X, target, epochs=60, verbose=0, seed=0)
    np.testing.assert_allclose(model.layers[0].kernel, sobel, atol=0.02)
    assert np.isnan(history.history["accuracy"]).all()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: network().fit(X, Y[:5]), r"60 muestras.*\(5,\)"),
        (lambda: network().fit(X[:0], Y[:0]), "ninguna muestra"),
        (lambda: network().fit(X, Y + 5), "0 a 1. Llegaron valores entre 5 y 6"),
        (lambda: network().fit(X, Y, epochs=0), "epochs.*0"),
        (lambda: network().fit(X, Y, batch_size=2.5), "batch_size.*2.5"),
        (lambda: network().fit(X, Y, verbose=7), "verbose.*7"),
        (lambda: network().fit(X, Y, validation_split=1.0), "validation_split.*1.0"),
        (lambda: network().compile(metrics=["recall"]), "recall"),
        (
            lambda: cl.Sequential([cl.Dense(3, input_dim=2)]).compile(
                loss="sparse_categorical_crossentropy"
            ),
            "from_logits=True",
        ),
        (
            lambda: cl.Sequential([cl.Flatten(input_shape=(2,))]).fit(X[:, :2, 0, 0], Y),
            "ningún peso",
        ),
    ],
)
def test_what_makes_no_sense_says_what_came(make, says):
    with pytest.raises(ValueError, match=says):
        make()
