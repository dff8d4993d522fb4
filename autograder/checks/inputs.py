"""Entradas que comparten las unidades: arreglos al azar, siempre con alto y ancho distintos."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

Rng = np.random.Generator


def normal(rng: Rng, *shape: int) -> np.ndarray:
    """Float32 numbers around 0, of both signs."""
    return rng.standard_normal(shape).astype(np.float32)


def pixels(rng: Rng, *shape: int) -> np.ndarray:
    """Whole numbers from 0 to 255, as pictures come."""
    return rng.integers(0, 256, shape).astype(np.uint8)


def distinct(rng: Rng, count: int, low: int, high: int) -> tuple[int, ...]:
    """``count`` different integers of ``low..high``: what is swapped must show."""
    return tuple(int(n) for n in rng.permutation(np.arange(low, high + 1))[:count])


def sizes(rng: Rng, count: int) -> Iterator[tuple[int, int, int, int]]:
    """Height and width of an image, and of a kernel that fits in it: one tall, one wide, others."""
    tall_and_wide = [(5, 2), (2, 5)]
    for index in range(count):
        kh, kw = tall_and_wide[index] if index < 2 else distinct(rng, 2, 2, 5)
        yield kh + int(rng.integers(2, 5)), kw + int(rng.integers(5, 8)), kh, kw


def layer_inputs(
    rng: Rng, image: tuple[int, int, int, int], window: tuple[int, int], filters: int, groups=1
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``x`` of shape ``image`` (N, H, W, C), a kernel of that window, and a bias."""
    channels = image[3] // groups
    return normal(rng, *image), normal(rng, *window, channels, filters), normal(rng, filters)


def pixel_layer_inputs(
    rng: Rng, image: tuple[int, int, int, int], window: tuple[int, int], filters: int, groups=1
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    _, kernel, bias = layer_inputs(rng, image, window, filters, groups)
    return pixels(rng, *image), kernel, bias


def written(args: tuple[Any, ...], options: dict[str, Any]) -> str:
    """The arguments of a call as they are typed."""
    return ", ".join([*map(str, args), *(f"{name}={value!r}" for name, value in options.items())])
