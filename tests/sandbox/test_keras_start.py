"""Lo que el servidor de Keras deja preparado: sin hilos propios, y con los mismos resultados."""

from __future__ import annotations

import os
import sys

import pytest

from autograder.kernel import JudgedKernel
from autograder.limits import Limits
from autograder.sandbox import servers
from autograder.sandbox.flavours import FLAVOURS, KERAS, Flavour

TRAIN = """
import keras, numpy as np
keras.utils.set_random_seed(7)
rng = np.random.default_rng(0)
x, y = rng.random((64, 12, 12, 1), dtype=np.float32), rng.integers(0, 3, 64)
model = keras.Sequential([
    keras.Input((12, 12, 1)), keras.layers.Conv2D(4, 3, activation="relu"),
    keras.layers.Flatten(), keras.layers.Dropout(0.2), keras.layers.Dense(3, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
losses = model.fit(x, y, epochs=2, batch_size=16, verbose=0).history["loss"]
direct = float(np.asarray(model(x)).sum(axis=0)[0])
print([round(loss, 4) for loss in losses], round(direct, 3))
"""


def run_inside(flavour: Flavour, source: str) -> str:
    kernel = JudgedKernel(flavour, None, Limits(), log=lambda verdict: None)
    try:
        run = kernel.run(source, 60)
    finally:
        kernel.stop()
    assert run.ended == "ok", run.outputs
    return "".join(output["text"] for output in run.outputs if output["output_type"] == "stream")


@pytest.mark.skipif(sys.platform != "linux", reason="cuenta los hilos en /proc")
@pytest.mark.parametrize("flavour", FLAVOURS.values(), ids=FLAVOURS)
def test_a_server_that_forks_has_one_thread(flavour):
    servers.stop_servers()
    run_inside(flavour, "1")
    (process,) = servers._processes
    assert len(os.listdir(f"/proc/{process.pid}/task")) == 1


def test_keras_trains_inside_as_it_does_outside(capfd):
    inside = run_inside(KERAS, TRAIN)
    capfd.readouterr()
    exec(TRAIN, {})
    assert inside == capfd.readouterr().out


def test_operations_run_directly_and_not_as_functions():
    asked = (
        "import tensorflow as tf\n"
        "from tensorflow.python.eager import context\n"
        "print(float(tf.constant(1.0) + 1), len(context.context().list_function_names()))"
    )
    assert run_inside(KERAS, asked).strip() == "2.0 0"


def test_what_is_postponed_is_loaded_when_a_notebook_asks():
    asked = 'import sys\nprint("sklearn" in sys.modules)\nimport sklearn\nprint(sklearn.__name__)'
    # Among them, joblib's warning that inside there are no semaphores to share.
    assert {"False", "sklearn"} <= set(run_inside(KERAS, asked).split())


def test_garbage_is_collected_inside():
    assert run_inside(KERAS, "import gc\nprint(gc.isenabled())").strip() == "True"
