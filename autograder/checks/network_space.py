"""De dónde salen las preguntas de más a quien recibe un modelo: pocas redes, de números enteros.

Siempre las mismas: Keras tarda milisegundos en construir cada una, y el cuaderno las guarda.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments
from ..judging.networks import layer
from ..wire.protocol import ModelSpec
from .models import begin

KEPT = 6  # networks of a space: the notebook's side remembers as many
# Neither those with one channel nor those with two are all functional, or with a pooling, or
# without it...: who fails with some kind of network must not hear that it fails with channels.
TWO_CHANNELS = (0, 2, 5)
Layer = dict[str, Any]
_SMALL, _COURSE = (4, 5), (28, 28)


@dataclass(frozen=True)
class Networks:
    """Calls with a small network, and with what goes beside it.

    Parameters
    ----------
    images : str, optional
        The argument that holds images for the network.
    named : str, optional
        The argument that names one of its layers.
    fixed : bool
        Whether the images are of 28×28×1: then they do not shrink.
    counted : bool
        Whether only the weights matter: then some are frozen or moving means.
    """

    images: str = ""
    named: str = ""
    fixed: bool = False
    counted: bool = False

    def draw(self, rng: np.random.Generator) -> Arguments:
        spec = network(int(rng.integers(KEPT)), self.fixed, self.counted)
        drawn: Arguments = {"modelo": spec}
        if self.named:
            names = [each["name"] for each in spec.layers if each["class_name"] != "InputLayer"]
            drawn[self.named] = names[int(rng.integers(len(names)))]
        if self.images:
            shape = (int(rng.integers(1, 4)), *_input_shape(spec))
            drawn[self.images] = rng.integers(0, 4, shape).astype(np.float32)
        return drawn

    def smaller(self, arguments: Arguments) -> Iterator[Arguments]:
        yield from (found for found in self._steps(arguments) if found is not None)

    def _steps(self, arguments: Arguments) -> Iterator[Arguments | None]:
        """Fewer images, then a smaller network, then simpler numbers."""
        images = arguments.get(self.images)
        if images is not None and len(images) > 1:
            yield arguments | {self.images: images[:1]}
            yield arguments | {self.images: images[:-1]}
        yield from self._smaller_networks(arguments)
        if images is not None and not self.fixed:
            for place in map(tuple, np.argwhere(images > 1)):
                other = images.copy()
                other[place] = 1
                yield arguments | {self.images: other}

    def _smaller_networks(self, arguments: Arguments) -> Iterator[Arguments | None]:
        spec: ModelSpec = arguments["modelo"]
        shape = _input_shape(spec)
        functional = spec.layers[0]["class_name"] == "InputLayer"
        layers = [_bare(each) for each in spec.layers if each["class_name"] != "InputLayer"]
        weights = spec.weights[1:] if functional else spec.weights
        if functional:
            yield self._with(arguments, layers, weights, shape, False)
        for index, each in enumerate(layers):
            if len(layers) > 1 and each["name"] != arguments.get(self.named):
                kept = (
                    [*layers[:index], *layers[index + 1 :]],
                    [
                        *weights[:index],
                        *weights[index + 1 :],
                    ],
                )
                yield self._with(arguments, *kept, shape, functional)
        for index, each in enumerate(layers):
            for config in _less(each["config"]):
                changed = [*layers[:index], each | {"config": config}, *layers[index + 1 :]]
                yield self._with(arguments, changed, weights, shape, functional)
        if not self.fixed:
            for axis in range(3):
                if shape[axis] > 1:
                    less = tuple(n - (i == axis) for i, n in enumerate(shape))
                    yield self._with(arguments, layers, weights, less, functional)
        for index, arrays in enumerate(weights):
            if len(arrays) > 1 and arrays[1].any():
                plain = [*weights[:index], [arrays[0], 0 * arrays[1], *arrays[2:]]]
                changed_weights = [*plain, *weights[index + 1 :]]
                yield self._with(arguments, layers, changed_weights, shape, functional)

    def _with(
        self,
        arguments: Arguments,
        layers: list[Layer],
        weights: list[list[np.ndarray]],
        shape: tuple[int, ...],
        functional: bool,
    ) -> Arguments | None:
        """The same call with another network; its images lose what no longer goes in."""
        height, width, channels = shape
        try:
            spec = _chained(layers, weights, (height, width, channels), functional)
        except ValueError:
            return None
        changed = arguments | {"modelo": spec}
        if self.images:
            images = arguments[self.images]
            changed[self.images] = images[:, :height, :width, :channels]
        return changed


def network(kind: int, fixed: bool = False, counted: bool = False) -> ModelSpec:
    """One of the networks: small, of whole numbers, always the same for the same ``kind``."""
    rng = np.random.default_rng(kind)
    functional = bool(kind % 2)
    height, width = _COURSE if fixed else _SMALL
    channels = 2 if kind in TWO_CHANNELS and not fixed else 1
    window = (2, 1) if kind % 3 else (2, 2)
    # Before a BatchNormalization, which adds one of its own, a bias is left out by custom.
    bias = not (counted and kind == 4)
    first = _conv("conv_1", 2 + kind % 2, window, rng, channels, bias)
    found = [first]
    if kind in (1, 2):
        found.insert(0, (layer("MaxPooling2D", "previa", pool_size=1), []))
    if kind in (0, 3):
        found.append((layer("MaxPooling2D", "pool_1", pool_size=2), []))
    if kind in (1, 4, 5) and not counted:
        found.append(_conv("conv_2", 3, (1, 2), rng, 2 + kind % 2))
    if counted and kind in (1, 4):
        moving = [rng.integers(1, 4, 2 + kind % 2).astype(np.float32) for _ in range(4)]
        found.append((layer("BatchNormalization", "normaliza"), moving))
    if counted and kind in (2, 5):
        first[0]["config"]["trainable"] = False
    if kind in (2, 3) or counted:
        found.append((layer("Flatten", "plana"), []))
        found.append((layer("Dense", "densa", units=2), [_whole(rng, 1, 2), _whole(rng, 2)]))
    layers, weights = map(list, zip(*found, strict=True))
    return _chained(layers, weights, (height, width, channels), functional)


def _conv(
    name: str,
    filters: int,
    window: tuple[int, int],
    rng: np.random.Generator,
    channels: int,
    bias: bool = True,
) -> tuple[Layer, list[np.ndarray]]:
    described = layer("Conv2D", name, filters=filters, kernel_size=window, activation="relu")
    weights = [_whole(rng, *window, channels, filters), _whole(rng, filters)]
    if bias:
        return described, weights
    described["config"]["use_bias"] = False
    return described, weights[:1]


def _whole(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Whole numbers, none of them 0, of both signs."""
    signs = np.where(rng.random(shape) < 0.4, -1, 1)
    return (signs * rng.integers(1, 4, shape)).astype(np.float32)


def _input_shape(spec: ModelSpec) -> tuple[int, ...]:
    config = spec.layers[0]["config"]
    return tuple(config.get("shape") or config["input_shape"])


def _bare(each: Layer) -> Layer:
    config = {name: value for name, value in each["config"].items() if name != "input_shape"}
    return each | {"config": config}


def _less(config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A configuration with a filter, a unit, or a row or column of the kernel less."""
    for name in ("filters", "units"):
        if config.get(name, 1) > 1:
            yield config | {name: config[name] - 1}
    for axis in range(2):
        window = config.get("kernel_size", (1, 1))
        if window[axis] > 1:
            yield config | {"kernel_size": tuple(n - (i == axis) for i, n in enumerate(window))}


def _chained(
    layers: list[Layer],
    weights: list[list[np.ndarray]],
    shape: tuple[int, int, int],
    functional: bool,
) -> ModelSpec:
    """A network with weights cut, or repeated, to what now goes into each layer.

    Raises
    ------
    ValueError
        Where nothing is left for a layer to look at, or a layer is of a kind that is not drawn.
    """
    now: tuple[int, ...] = shape
    fitted = []
    for each, arrays in zip(layers, weights, strict=True):
        if each["class_name"] not in SHAPES:
            raise ValueError(f"what comes out of {each['name']} is not known here")
        asked, now = SHAPES[each["class_name"]](each["config"], now)
        if min(now) < 1:
            raise ValueError(f"nothing is left after {each['name']}")
        fitted.append([_cut(a, size) for a, size in zip(arrays, asked, strict=True)])
    return begin(ModelSpec(layers, fitted), shape, functional)


def _cut(array: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    if all(n <= m for n, m in zip(shape, array.shape, strict=True)):
        return np.ascontiguousarray(array[tuple(map(slice, shape))])
    return np.resize(array, shape)


Asked = tuple[list[tuple[int, ...]], tuple[int, ...]]


def _of_conv(config: dict[str, Any], now: tuple[int, ...]) -> Asked:
    (kh, kw), filters = config["kernel_size"], config["filters"]
    sizes: list[tuple[int, ...]] = [(kh, kw, now[2], filters), (filters,)]
    return sizes[: 1 + config.get("use_bias", True)], (now[0] - kh + 1, now[1] - kw + 1, filters)


def _of_dense(config: dict[str, Any], now: tuple[int, ...]) -> Asked:
    return [(now[-1], config["units"]), (config["units"],)], (*now[:-1], config["units"])


SHAPES: dict[str, Callable[[dict[str, Any], tuple[int, ...]], Asked]] = {
    "BatchNormalization": lambda config, now: ([(now[-1],)] * 4, now),
    "Conv2D": _of_conv,
    "Dense": _of_dense,
    "Dropout": lambda config, now: ([], now),
    "Flatten": lambda config, now: ([], (math.prod(now),)),
    "MaxPooling2D": lambda config, now: (
        [],
        (now[0] // config["pool_size"], now[1] // config["pool_size"], now[2]),
    ),
}
