"""Las redes de la tarea, reconocidas por las formas de sus pesos, sin creer ningún nombre."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from types import MappingProxyType

from ..judging.architecture import Groups, WrongArchitecture, show_shapes
from ..judging.diagnosis.network_diagnoser import NetworkMistake
from ..judging.networks import layer
from ..wire.protocol import ModelSpec
from .shape_mistakes import UNITS, UNITS_SWAPPED, named_layers, of_cnn, of_mlp

PIXELS, CLASSES = 28 * 28, 10
CNN_PARAMETERS = {"valid": 225_034, "same": 421_642}
# Inputs of Dense(128): 5 x 5 x 64 without padding, 7 x 7 x 64 with it.
_FLATTENED = {1600: "valid", 3136: "same"}
LARGEST_EXCESS = 1.05
Widths = tuple[int, int]
Others = Mapping[tuple[int, ...], NetworkMistake]
NO_OTHERS: Others = MappingProxyType({})


def recognise_cnn(groups: Groups) -> ModelSpec:
    """The CNN of the homework: its layers, with these weights in their places.

    Raises
    ------
    WrongArchitecture
        If there is a layer too many or too few, or a shape that does not belong.
    """
    layers = named_layers(groups)
    flattened = {weights[0].shape[0] for weights in layers if weights[0].shape[1:] == (128,)}
    known = sorted(flattened & set(_FLATTENED))
    inputs = known[0] if known else 1600
    asked = [(3, 3, 1, 32), (3, 3, 32, 64), (inputs, 128), (128, CLASSES)]
    by_shape = {weights[0].shape: weights for weights in layers}
    came = [weights[0].shape for weights in layers]
    if sorted(map(str, asked)) != sorted(map(str, came)):
        raise WrongArchitecture(
            f"los kernels deben tener las formas {show_shapes(asked)} (o (3136, 128) en lugar de "
            f'(1600, 128) con padding="same") y tienen '
            f"{show_shapes(came)}",
            of_cnn(came, asked),
        )
    conv1, conv2, hidden, last = (by_shape[shape] for shape in asked)
    padding = _FLATTENED[inputs]
    return ModelSpec(
        [
            layer("Conv2D", "conv_1", activation="relu", padding=padding),
            layer("MaxPooling2D", "pool_1", pool_size=2),
            layer("Conv2D", "conv_2", activation="relu", padding=padding),
            layer("MaxPooling2D", "pool_2", pool_size=2),
            layer("Flatten", "flatten"),
            layer("Dense", "dense_1", activation="relu"),
            layer("Dense", "dense_2", activation="linear"),
        ],
        [conv1, [], conv2, [], [], hidden, last],
    )


def recognise_mlp(groups: Groups) -> ModelSpec:
    """The MLP of class 128, Dense(128)-Dense(64)-Dense(10); raises :class:`WrongArchitecture`."""
    return mlp_of(groups, (128, 64))


def mlp_of(groups: Groups, widths: Widths, others: Others = NO_OTHERS) -> ModelSpec:
    """An MLP of two hidden layers so wide; ``others`` are widths that have a name of their own."""
    spec = _recognise_dense(groups)
    hidden = tuple(weights[0].shape[1] for weights in spec.weights[1:3])
    if hidden != widths:
        mistake = UNITS_SWAPPED if hidden == widths[::-1] else UNITS
        raise WrongArchitecture(
            f"las capas ocultas deben tener {widths[0]} y {widths[1]} unidades y tienen "
            f"{hidden[0]} y {hidden[1]}",
            others.get(hidden, mistake),
        )
    return spec


def recognise_equivalent_mlp(groups: Groups) -> ModelSpec:
    """An MLP with two hidden layers of any width; raises :class:`WrongArchitecture`."""
    return _recognise_dense(groups)


def is_equivalent(mlp_parameters: int, cnn_parameters: int) -> bool:
    """Whether an MLP is as large as a CNN: between 100 % and 105 % of its parameters."""
    return cnn_parameters <= mlp_parameters <= LARGEST_EXCESS * cnn_parameters


def _recognise_dense(groups: Groups) -> ModelSpec:
    layers = named_layers(groups)
    if len(layers) == 3 and all(weights[0].ndim == 2 for weights in layers):
        for ordered in permutations(layers):
            sizes = [PIXELS, *(weights[0].shape[1] for weights in ordered)]
            inputs = [weights[0].shape[0] for weights in ordered]
            if inputs == sizes[:3] and sizes[3] == CLASSES:
                return ModelSpec(
                    [
                        layer("Flatten", "flatten"),
                        layer("Dense", "dense_1", activation="relu"),
                        layer("Dense", "dense_2", activation="relu"),
                        layer("Dense", "dense_3", activation="linear"),
                    ],
                    [[], *ordered],
                )
    raise WrongArchitecture(
        f"deben ser tres capas Dense encadenadas, de {PIXELS} entradas a {CLASSES} salidas, y los "
        f"kernels tienen las formas {show_shapes([weights[0].shape for weights in layers])}",
        of_mlp([weights[0].shape for weights in layers], PIXELS, CLASSES),
    )
