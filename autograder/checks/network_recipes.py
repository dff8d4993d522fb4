"""Con qué se escribe una red equivocada: la debida, con otra receta."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..wire.protocol import ModelSpec

Recipe = Callable[[ModelSpec], ModelSpec]
ACTIVATION, OUTPUT, INPUT, POOLING = "activacion", "salida", "entrada", "pooling"
PADDING, STRIDES = "relleno", "pasos"


def configured(**changes: Any) -> Recipe:
    """Another configuration of the only layer."""
    return lambda spec: with_config(spec, 0, **changes)


def with_config(spec: ModelSpec, index: int, **changes: Any) -> ModelSpec:
    """Another configuration of one layer."""
    layers = list(spec.layers)
    layers[index] = layers[index] | {"config": layers[index]["config"] | changes}
    return replace(spec, layers=layers)


def before(*added: dict[str, Any]) -> Recipe:
    """Layers without weights before all the others."""
    return lambda spec: replace(
        spec, layers=[*added, *spec.layers], weights=[*([] for _ in added), *spec.weights]
    )


def after(*added: dict[str, Any]) -> Recipe:
    """Layers without weights after all the others."""
    return lambda spec: replace(
        spec, layers=[*spec.layers, *added], weights=[*spec.weights, *([] for _ in added)]
    )
