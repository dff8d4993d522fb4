"""Modelos de Keras como datos, y de vuelta: el lado del cuaderno.

El juez envía modelos como :class:`~autograder.wire.protocol.ModelSpec` y aquí se construyen con
Keras; lo que la función del estudiante devuelve se describe con sus capas y sus pesos. El juez no
cree esta descripción: comprueba formas y recalcula resultados con los arreglos.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..wire.protocol import ModelSpec, UnsupportedValue

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# An unbuilt layer or model is built for the images of the course.
COURSE_INPUT = (28, 28, 1)
MOST_KEPT = 8  # models; the judge asks again and again with a few
_DESCRIBED = (
    "activation",
    "compute_dtype",
    "data_format",
    "dilation_rate",
    "filters",
    "groups",
    "kernel_size",
    "padding",
    "pool_size",
    "rate",
    "strides",
    "trainable",
    "units",
    "use_bias",
)


class _WithoutRetracing(logging.Filter):
    """TensorFlow warns on stderr of who builds many models, which is what these exercises ask."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "tf.function retracing" not in record.getMessage()


logging.getLogger("tensorflow").addFilter(_WithoutRetracing())


@contextmanager
def without_native_noise() -> Iterator[None]:
    """Close the process's stderr for a while.

    TensorFlow's C++ writes there on import and on its first operation, whatever its log level.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    os.close(silence)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def is_model(value: Any) -> bool:
    """Whether ``value`` is a Keras layer or model (a model is a layer too)."""
    import keras

    return isinstance(value, keras.Layer)


def build(spec: ModelSpec) -> Any:
    """The living Keras model of a description: a chain of layers, with its weights.

    A first layer ``InputLayer`` makes it functional, with that layer in ``layers[0]``; otherwise
    it is a ``Sequential``, whose input is the ``input_shape`` in the first layer's config.
    """
    import keras

    first, *rest = spec.layers
    if first["class_name"] == "InputLayer":
        inputs = keras.Input(first["config"]["shape"], name=first["name"])
        outputs = inputs
        for layer in rest:
            outputs = _layer(layer)(outputs)
        model = keras.Model(inputs, outputs)
    else:
        # All at once: each ``add`` would build the model again.
        entry = keras.Input(first["config"]["input_shape"])
        model = keras.Sequential([entry, *map(_layer, spec.layers)])
    for layer, arrays in zip(spec.layers, spec.weights, strict=True):
        if arrays:
            model.get_layer(layer["name"]).set_weights(arrays)
    return model


class Builder:
    """Builds models, and keeps the last few: the same ones are sent again and again.

    Keras takes milliseconds to build a model: most of the time of a notebook that receives some.
    A model that the student's function has changed is not used again.
    """

    def __init__(self) -> None:
        self._kept: list[_Kept] = []

    def build(self, spec: ModelSpec) -> Any:
        """The model of a description, as :func:`build` makes it."""
        known = next((each for each in self._kept if _same(spec, each.spec)), None)
        if known is not None:
            self._kept.remove(known)
        if known is None or known.changed():
            model = build(spec)
            known = _Kept(spec, model, _parts(model))
        self._kept = [*self._kept[1 - MOST_KEPT :], known]
        return known.model


@dataclass(eq=False)
class _Kept:
    """A model that was built, and the parts with which it was."""

    spec: ModelSpec
    model: Any
    parts: list[Any]

    def changed(self) -> bool:
        """Whether layers came or went, or another activation or other weights."""
        sent = [array for arrays in self.spec.weights for array in arrays]
        now = self.model.get_weights()
        return _parts(self.model) != self.parts or not all(map(np.array_equal, sent, now))


def _same(one: ModelSpec, other: ModelSpec) -> bool:
    return one.layers == other.layers and all(
        len(arrays) == len(others) and all(map(np.array_equal, arrays, others))
        for arrays, others in zip(one.weights, other.weights, strict=True)
    )


def _parts(model: Any) -> list[Any]:
    return [(layer, getattr(layer, "activation", None)) for layer in model.layers]


def _layer(description: dict[str, Any]) -> Any:
    import keras

    config = {k: v for k, v in description["config"].items() if k != "input_shape"}
    if "filters" in config or "units" in config:
        # Its weights come with the model: drawing others at random first costs as much as all else.
        config = {"kernel_initializer": "zeros"} | config
    return getattr(keras.layers, description["class_name"])(name=description["name"], **config)


def describe(value: Any, handle: int) -> ModelSpec:
    """The layers and weights of a layer or model; one that is not built yet is built here.

    Models inside models are opened, and a model that knows its input begins with an
    ``InputLayer``.

    Raises
    ------
    UnsupportedValue
        With what Keras said, where it cannot be built.
    """
    try:
        if not value.built:
            value(np.zeros((1, *COURSE_INPUT), np.float32), training=False)
        layers = _innermost(value)
        described = [_description(layer) for layer in layers]
        weights = [[as_numbers(w) for w in layer.get_weights()] for layer in layers]
        # A bare layer and a subclassed model have no declared inputs.
        inputs = getattr(value, "inputs", None)
        input_shape = list(inputs[0].shape) if inputs else []
        if input_shape and described[0]["class_name"] != "InputLayer":
            described.insert(0, _input_layer(input_shape))
            weights.insert(0, [])
    except Exception as error:
        # Whatever a student's class raises here, the judge must hear of it as a reply.
        said = " ".join(str(error).split())[:200]
        name = type(value).__name__
        raise UnsupportedValue(f"{name} que no se puede construir: {said}") from error
    return ModelSpec(described, weights, handle)


def as_numbers(value: Any) -> np.ndarray:
    """The array of a tensor; NumPy has no bfloat16, all of whose numbers are float32 too."""
    array = np.asarray(value)
    return array.astype(np.float32) if array.dtype.name == "bfloat16" else array


def _innermost(value: Any) -> list[Any]:
    import keras

    if not isinstance(value, keras.Model):
        return [value]
    return [inner for layer in value.layers for inner in _innermost(layer)]


def _input_layer(shape: list[int | None]) -> dict[str, Any]:
    return {"class_name": "InputLayer", "name": "input", "config": {}, "output_shape": shape}


def _description(layer: Any) -> dict[str, Any]:
    config = {key: getattr(layer, key) for key in _DESCRIBED if hasattr(layer, key)}
    return {
        "class_name": type(layer).__name__,
        "name": str(layer.name),
        "config": {k: getattr(v, "__name__", v) if callable(v) else v for k, v in config.items()},
        "output_shape": _output_shape(layer),
    }


def _output_shape(layer: Any) -> list[int | None]:
    """The symbolic shape of a layer's output; empty where it has only run on arrays."""
    try:
        return list(layer.output.shape)
    except (AttributeError, ValueError):
        return []
