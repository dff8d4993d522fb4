"""Redes pequeñas al azar que el juez envía a las funciones que reciben un modelo."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import conv2d_lib as cl

from ..judging import networks
from ..judging.networks import layer
from ..wire.protocol import ModelSpec
from .inputs import Rng, distinct, normal

Shape = tuple[int, int, int]


def mini_cnn(
    rng: Rng, *, functional: bool, image: Shape | None = None, depth: int = 5
) -> tuple[ModelSpec, np.ndarray]:
    """Conv-MaxPool-Conv-Flatten-Dense of random sizes and names, and three images for it.

    Parameters
    ----------
    functional : bool
        Whether the first layer is an ``InputLayer``; otherwise it is a ``Sequential``.
    image : (height, width, channels), optional
        Drawn too where it is not given.
    depth : int
        How many of those layers: Keras takes milliseconds to build each, and that is most of the
        time of grading a notebook that receives models.
    """
    height, width = distinct(rng, 2, 10, 15)
    shape = image or (height, width, int(rng.integers(1, 4)))
    x = rng.random((3, *shape), dtype=np.float32)
    first, second = distinct(rng, 2, 3, 7)
    tag = int(rng.integers(100, 999))
    layers, weights, maps = [], [], x
    for name, window, filters, padding in [
        (f"bordes_{tag}", distinct(rng, 2, 2, 4), first, "same"),
        (f"partes_{tag}", (3, 3), second, "valid"),
    ]:
        kernel = normal(rng, *window, maps.shape[3], filters)
        responses = cl.conv2d(maps, kernel, padding=padding)
        # Centred, so that ReLU cuts about half of each map and none is all zeros.
        bias = -responses.mean(axis=(0, 1, 2)) + 0.1 * normal(rng, filters)
        layers.append(_convolution(name, kernel, padding))
        weights.append([kernel, bias])
        maps = np.maximum(responses + bias, 0)
        if not layers[1:]:
            layers.append(layer("MaxPooling2D", f"reduce_{tag}", pool_size=2))
            weights.append([])
            maps = cl.max_pooling2d(maps, 2)
    flat = maps[0].size
    layers.append(layer("Flatten", f"aplana_{tag}"))
    layers.append(layer("Dense", f"clases_{tag}", units=4, activation="softmax"))
    head = [normal(rng, flat, 4) / np.float32(10 * np.sqrt(flat)), normal(rng, 4)]
    chain = ModelSpec(layers[:depth], [*weights, [], head][:depth])
    return begin(chain, shape, functional), x


def begin(spec: ModelSpec, shape: Shape, functional: bool) -> ModelSpec:
    """The same network with its input declared: a layer of its own, or the first one's."""
    if functional:
        entry = layer("InputLayer", "entrada", shape=shape)
        return ModelSpec([entry, *spec.layers], [[], *spec.weights])
    head = spec.layers[0] | {"config": spec.layers[0]["config"] | {"input_shape": shape}}
    return replace(spec, layers=[head, *spec.layers[1:]])


def with_first_layer(spec: ModelSpec, class_name: str, **config: object) -> ModelSpec:
    """The same network with a layer without weights put before its first convolution."""
    before = layer(class_name, "previa", **config)
    first, *rest = spec.layers
    if first["class_name"] == "InputLayer":
        return replace(spec, layers=[first, before, *rest], weights=[[], *spec.weights])
    options = dict(first["config"])
    before["config"]["input_shape"] = options.pop("input_shape")
    layers = [before, first | {"config": options}, *rest]
    return ModelSpec(layers, [[], *spec.weights])


def first_maps(spec: ModelSpec, x: np.ndarray) -> np.ndarray:
    """The activations of the first convolutional layer, in float64."""
    name = spec.layers[networks.first_convolution(spec)]["name"]
    return networks.activations(spec, x.astype(np.float64))[name]


def _convolution(name: str, kernel: np.ndarray, padding: str) -> dict:
    return layer(
        "Conv2D",
        name,
        filters=kernel.shape[3],
        kernel_size=kernel.shape[:2],
        padding=padding,
        activation="relu",
    )
