"""Los valores del estudiante, como viajan: los modelos de Keras y los tensores, como datos."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from ..common.extras import FaltaUnPaquete, missing
from ..wire.protocol import MAX_DEPTH, MAX_NODES, ModelSpec, UnsupportedValue
from .home_judge import inherited

_TENSOR_LIBRARIES = {"tensorflow", "keras", "torch", "jax", "jaxlib"}


class Models:
    """The Keras models of one conversation: those that the function receives and returns."""

    def __init__(self) -> None:
        self.returned: list[Any] = []
        self._builder: Any = None
        self._visited = 0

    def visit(self, depth: int) -> None:
        """Count one part of an answer: a list may hold itself, and then it never ends."""
        self._visited = self._visited + 1 if depth else 0
        if depth > MAX_DEPTH:
            raise UnsupportedValue("estructura demasiado anidada, o que se contiene a sí misma")
        if self._visited > MAX_NODES:
            raise UnsupportedValue("estructura con demasiados elementos")

    def handle(self, model: Any) -> int:
        """The number of a model that was returned: the same one again, where it is the same."""
        for handle, known in enumerate(self.returned):
            if known is model:
                return handle
        self.returned.append(model)
        return len(self.returned) - 1

    def living(self, value: Any) -> Any:
        """What the function receives in the place of ``value``: of a description, its model."""
        if not isinstance(value, ModelSpec):
            return value
        if self._builder is None:
            from . import keras_bridge

            self._builder = keras_bridge.Builder()
        try:
            return self._builder.build(value)
        except ModuleNotFoundError as error:
            line = missing(error.name)
            # Whoever grades has it: there, a student has hidden it.
            if not line or inherited():
                raise
            raise FaltaUnPaquete(line, name=error.name) from None


def to_plain(value: Any, models: Models, depth: int = 0) -> Any:
    """What travels in the place of ``value``: tensors as arrays, Keras models as data."""
    models.visit(depth)
    if isinstance(value, list):
        return [to_plain(item, models, depth + 1) for item in value]
    if isinstance(value, tuple):
        return tuple(to_plain(item, models, depth + 1) for item in value)
    if isinstance(value, dict):
        return {key: to_plain(item, models, depth + 1) for key, item in value.items()}
    root = type(value).__module__.partition(".")[0]
    if isinstance(value, np.ndarray) or root not in _TENSOR_LIBRARIES | {"__main__"}:
        return value
    if "keras" in sys.modules:
        from . import keras_bridge

        if keras_bridge.is_model(value):
            return keras_bridge.describe(value, handle=models.handle(value))
    if root in _TENSOR_LIBRARIES and hasattr(value, "__array__"):
        try:
            array = np.asarray(value)
            return array.astype(np.float32) if array.dtype.name == "bfloat16" else array
        except Exception as error:
            # Symbolic tensors have no values yet.
            raise UnsupportedValue(f"{type(value).__name__}, sin valores todavía") from error
    raise UnsupportedValue(type(value).__name__)
