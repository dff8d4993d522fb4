"""Lo que el servidor de Keras deja preparado: nada que un cuaderno note, salvo la prisa."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys

import pytest
from inside import run_inside

from autograder.sandbox import keras_rehearsal, keras_start, servers
from autograder.sandbox.flavours import KERAS, NUMPY

ENVIRONMENT = os.environ | {"CUDA_VISIBLE_DEVICES": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
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


THREADED = {
    "trains": TRAIN,
    "multiplies big matrices": """
import numpy as np, tensorflow as tf
big = tf.ones((1200, 1200))
sparse = tf.linalg.matmul(big, big, a_is_sparse=True)  # given out to TensorFlow's threads
print(float(tf.reduce_sum(sparse)), float(tf.reduce_sum(big @ big)))
print(tf.sort(tf.range(300_000, 0, -1)).numpy()[:3])
""",
    "convolves big images": """
import keras, numpy as np
layer = keras.layers.Conv2D(16, 3, kernel_initializer="ones")
print(layer(np.ones((64, 40, 40, 8), np.float32)).numpy().sum())
""",
    "reads data in parallel": """
import tensorflow as tf
data = tf.data.Dataset.range(1000).map(lambda n: 2 * n, num_parallel_calls=4).batch(10).prefetch(2)
print(sum(int(tf.reduce_sum(batch)) for batch in data))
""",
    "runs graphs": """
import tensorflow as tf
below_nine, double = lambda i, s: i < 9, lambda i, s: (i + 1, s * 2)
graph = tf.function(lambda x: tf.while_loop(below_nine, double, [0, x]))
print([float(n) for n in graph(tf.constant(2.0))])
""",
    "calls Python from a graph": """
import tensorflow as tf
numbers = tf.range(3, dtype="int64")
print(tf.map_fn(lambda n: tf.numpy_function(lambda k: k + 1, [n], tf.int64), numbers))
""",
    "has threads of its own": """
import threading, tensorflow as tf
found = []
work = lambda: found.append(float(tf.reduce_sum(tf.ones((300, 300)) @ tf.ones((300, 300)))))
threads = [threading.Thread(target=work) for _ in range(4)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
print(found)
""",
    "names its layers": """
import keras
print([keras.layers.Dense(1).name for _ in range(2)], keras.layers.Conv2D(1, 1).name)
""",
}


# A Python that has loaded Keras and has computed nothing nor started a thread: each program runs in
# a copy of it. To load it for each again would take longer than all that they compute.
OUTSIDE = """
import json, os, sys, tensorflow, keras
assert len(os.listdir("/proc/self/task")) == 1
for name, program in json.load(sys.stdin).items():
    child = os.fork()
    if child == 0:
        os.dup2(os.open(name, os.O_CREAT | os.O_WRONLY), 1)
        exec(program, {"__name__": "__main__"})
        sys.stdout.flush()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0, name
"""


@pytest.fixture(scope="module")
def outside(tmp_path_factory) -> dict[str, str]:
    """What each program prints where nothing was rehearsed."""
    folder = tmp_path_factory.mktemp("fuera")
    subprocess.run(
        [sys.executable, "-c", OUTSIDE],
        input=json.dumps(THREADED),
        cwd=folder,
        env=ENVIRONMENT,
        text=True,
        check=True,
    )
    return {name: (folder / name).read_text(encoding="utf-8") for name in THREADED}


def test_the_server_of_numpy_forks_with_one_thread():
    servers.stop_servers()
    run_inside(NUMPY, "1")
    (process,) = servers._processes
    assert len(os.listdir(f"/proc/{process.pid}/task")) == 1


@pytest.mark.parametrize("name", THREADED)
def test_keras_does_inside_what_it_does_outside(name, outside):
    """The server has rehearsed, and a fork lacks the threads that the rehearsal used."""
    assert run_inside(KERAS, THREADED[name]) == outside[name] != ""


def test_a_notebook_may_still_configure_tensorflow():
    asked = (
        "import tensorflow as tf\n"
        "tf.config.threading.set_intra_op_parallelism_threads(2)\n"
        "tf.config.set_soft_device_placement(True)\n"
        "print(tf.config.threading.get_intra_op_parallelism_threads(), float(tf.constant(1.0)))"
    )
    assert run_inside(KERAS, asked).strip() == "2 1.0"


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


def test_the_rehearsal_looks_for_garbage_among_its_own_models_only(monkeypatch):
    kept = []
    for name in ("_run_operations_directly", "_fill_registries"):
        monkeypatch.setattr(keras_start, name, lambda: None)
    monkeypatch.setattr(keras_rehearsal, "possible", lambda: True)
    monkeypatch.setattr(keras_rehearsal, "rehearse", lambda: kept.append(gc.get_freeze_count()))
    gc.unfreeze()
    try:
        keras_start.prepare()
    finally:
        gc.unfreeze()
    assert kept[0] > len(sys.modules)


def test_garbage_is_collected_inside():
    assert run_inside(KERAS, "import gc\nprint(gc.isenabled())").strip() == "True"
