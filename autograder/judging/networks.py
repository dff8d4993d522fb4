"""Lo que calcula una red descrita por sus capas y sus pesos, con ``conv2d_lib``.

Es el lado del juez: ninguna red de un estudiante corre aquí, solo sus arreglos.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

import conv2d_lib as cl

from ..wire.protocol import ModelSpec

Config = dict[str, Any]


def layer(class_name: str, name: str, **config: Any) -> dict[str, Any]:
    """One layer of a :class:`ModelSpec`."""
    return {"class_name": class_name, "name": name, "config": config, "output_shape": []}


def parameters(spec: ModelSpec) -> int:
    """How many numbers the weights hold, trainable or not."""
    return sum(array.size for arrays in spec.weights for array in arrays)


def _conv2d(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    options = {
        name: config[name] for name in ("strides", "padding", "dilation_rate") if name in config
    }
    return _activated(cl.conv2d(x, *_as(x, weights), **options), config)


def _dense(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    kernel, bias = _as(x, weights)
    return _activated(x @ kernel + bias, config)


def _max_pooling(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    pooled: np.ndarray = cl.max_pooling2d(
        x, config["pool_size"], config.get("strides"), config.get("padding", "valid")
    )
    return pooled


def _average_pooling(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    size = config["pool_size"]
    n, h, w, c = x.shape
    h, w = h // size, w // size
    blocks = x[:, : h * size, : w * size].reshape(n, h, size, w, size, c)
    means: np.ndarray = blocks.mean(axis=(2, 4))
    return means


def _flatten(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    return x.reshape(len(x), -1)


def _unchanged(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    return x


def _only_activation(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    return _activated(x, config)


def _leaking(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    return np.where(x > 0, x, config["negative_slope"] * x)


def _rescaling(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    rescaled: np.ndarray = x * config["scale"] + config["offset"]
    return rescaled


def _zero_padding(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    return np.pad(x, ((0, 0), *config["padding"], (0, 0)))


def _enlarged(x: np.ndarray, config: Config, weights: list[np.ndarray]) -> np.ndarray:
    return x.repeat(config["size"], axis=1).repeat(config["size"], axis=2)


def _activated(x: np.ndarray, config: Config) -> np.ndarray:
    activated: np.ndarray = cl.activations.get(config.get("activation"))(x)
    return activated


def _as(x: np.ndarray, weights: list[np.ndarray]) -> list[np.ndarray]:
    return [array.astype(x.dtype, copy=False) for array in weights]


FORWARD: dict[str, Callable[[np.ndarray, Config, list[np.ndarray]], np.ndarray]] = {
    "Activation": _only_activation,
    "AveragePooling2D": _average_pooling,
    "Conv2D": _conv2d,
    "Dense": _dense,
    "Dropout": _unchanged,
    "Flatten": _flatten,
    "InputLayer": _unchanged,
    "LeakyReLU": _leaking,
    "MaxPooling2D": _max_pooling,
    "Rescaling": _rescaling,
    "UpSampling2D": _enlarged,
    "ZeroPadding2D": _zero_padding,
}


def activations(spec: ModelSpec, x: np.ndarray) -> dict[str, np.ndarray]:
    """What each layer gives for ``x``, by the layer's name, in order.

    The work is done in the dtype of ``x``: float64 where the result is an expected value.
    """
    results = {}
    for description, weights in zip(spec.layers, spec.weights, strict=True):
        x = FORWARD[description["class_name"]](x, description["config"], weights)
        results[description["name"]] = x
    return results


def output(spec: ModelSpec, x: np.ndarray) -> np.ndarray:
    """What the last layer gives for ``x``."""
    return list(activations(spec, x).values())[-1]


def with_last_activation(spec: ModelSpec, activation: str) -> ModelSpec:
    """The same network with another activation in its last layer."""
    *rest, last = spec.layers
    changed = last | {"config": last["config"] | {"activation": activation}}
    return replace(spec, layers=[*rest, changed])


def first_convolution(spec: ModelSpec) -> int:
    """The index of the first convolutional layer."""
    return [description["class_name"] for description in spec.layers].index("Conv2D")
