"""Un ensayo de Keras antes de bifurcarse: lo que solo cuesta la primera vez ya está pagado.

TensorFlow prepares itself on its first operations and Keras on its first models: about half of what
those cost. The server runs some of each; what that leaves in memory, every fork shares.

A fork inherits no threads, and TensorFlow's contexts have some. So each notebook begins with a new
context, and that of the rehearsal, whose threads it lacks, is neither used nor ended there.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from ..notebook.keras_bridge import build, describe
from ..wire.protocol import ModelSpec

ROUNDS = 2  # Python and TensorFlow both do something else the second time.
IMAGE = (28, 28, 1)
LAYERS: tuple[tuple[str, dict[str, Any], list[tuple[int, ...]]], ...] = (
    ("Conv2D", {"filters": 2, "kernel_size": 3, "padding": "same"}, [(3, 3, 1, 2), (2,)]),
    ("MaxPooling2D", {"pool_size": 2}, []),
    ("Conv2D", {"filters": 2, "kernel_size": 3, "activation": "relu"}, [(3, 3, 2, 2), (2,)]),
    ("Flatten", {}, []),
    ("Dropout", {"rate": 0.5}, []),
    ("Dense", {"units": 3, "activation": "softmax"}, [(288, 3), (3,)]),
)
_rehearsed: list[Any] = []  # Contexts that must live: ending one waits for its threads.


def possible() -> bool:
    """Whether forks can begin anew: TensorFlow's way to is a private one.

    Elsewhere than on Linux a process with threads had better not be forked at all: Apple's
    libraries end such children.
    """
    from tensorflow.python.eager import context

    return sys.platform == "linux" and hasattr(context, "_reset_context")


def rehearse() -> None:
    """Build, run, read and describe networks as the course's notebooks do."""
    import keras

    images = np.zeros((2, *IMAGE), np.float32)
    for _ in range(ROUNDS):
        for functional in (False, True):
            model = build(_network(functional))
            maps = keras.Model(model.inputs[0], model.layers[-3].output)
            keras.ops.convert_to_numpy(maps(images))
            describe(model, 0)
            model.count_params()
        bare = keras.layers.Conv2D(4, 3, strides=2, padding="same", activation="relu")
        np.asarray(bare(images))
        np.asarray(keras.Sequential([bare, keras.layers.MaxPooling2D(2)])(images))
    keras.utils.clear_session()  # A notebook's first layer is still called conv2d.


def begin() -> None:
    """Give this fork a TensorFlow context of its own, before anything runs in it."""
    from tensorflow.python.eager import context

    _rehearsed.append(context.context_safe())
    context._reset_context()


def _network(functional: bool) -> ModelSpec:
    """All the layers, with weights of zero, as the judge would send them."""
    names = [f"capa_{number}" for number in range(len(LAYERS))]
    layers: list[dict[str, Any]] = [
        {"class_name": kind, "name": name, "config": dict(config), "output_shape": []}
        for name, (kind, config, _) in zip(names, LAYERS, strict=True)
    ]
    weights = [[np.zeros(shape, np.float32) for shape in shapes] for _, _, shapes in LAYERS]
    if functional:
        entry = {"class_name": "InputLayer", "name": "entrada", "config": {"shape": IMAGE}}
        return ModelSpec([entry, *layers], [[], *weights])
    layers[0]["config"]["input_shape"] = IMAGE
    return ModelSpec(layers, weights)
