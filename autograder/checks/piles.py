"""Dónde viven las entradas de campo_receptivo: listas de capas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..judging.diagnosis.changes import Arguments


@dataclass(frozen=True)
class Piles:
    """Lists of layers, each ``(kernel_size, strides)``."""

    most: int = 4

    def draw(self, rng: np.random.Generator) -> Arguments:
        depth = int(rng.integers(1, self.most + 1))
        layers = [(int(rng.integers(1, 6)), int(rng.integers(1, 4))) for _ in range(depth)]
        return {"capas": layers}

    def smaller(self, arguments: Arguments) -> Iterator[Arguments]:
        """A layer less, then smaller strides, then smaller kernels."""
        layers = arguments["capas"]
        for index in range(len(layers)):
            yield {"capas": layers[:index] + layers[index + 1 :]}
        for index, (size, strides) in enumerate(layers):
            for other in ((size, strides - 1), (size - 1, strides)):
                if min(other) > 0:
                    yield {"capas": [*layers[:index], other, *layers[index + 1 :]]}
