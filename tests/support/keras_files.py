"""Files laid out as Keras 3's ``save_weights`` writes them, without Keras."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np

CNN_SHAPES = {
    "conv2d": (3, 3, 1, 32),
    "conv2d_1": (3, 3, 32, 64),
    "dense": (1600, 128),
    "dense_1": (128, 10),
}


def dense_shapes(*sizes: int) -> dict[str, tuple[int, ...]]:
    """Kernel shapes of a chain of Dense layers over 784 pixels."""
    pairs = zip((784, *sizes[:-1]), sizes, strict=True)
    return {f"dense_{index}": pair for index, pair in enumerate(pairs)}


def random_layers(rng: np.random.Generator, shapes: dict) -> dict[str, list[np.ndarray]]:
    """A kernel and a bias for each name, scaled so that signals neither die nor explode."""
    layers = {}
    for name, shape in shapes.items():
        scale = np.sqrt(2 / np.prod(shape[:-1]))
        kernel = (scale * rng.standard_normal(shape)).astype(np.float32)
        layers[name] = [kernel, (0.05 * rng.standard_normal(shape[-1])).astype(np.float32)]
    return layers


def write_weights(path: Path, layers: dict[str, list[np.ndarray]]) -> Path:
    """``layers/<name>/vars/<index>``, with a layer without weights and an optimizer's state."""
    with h5py.File(path, "w") as file:
        for name, arrays in layers.items():
            variables = file.create_group(f"layers/{name}/vars")
            for index, array in enumerate(arrays):
                variables[str(index)] = array
        file.create_group("layers/flatten/vars")
        file["layers/dropout/seed_generator/vars/0"] = np.array([1, 2], np.uint32)
        file["optimizer/vars/0"] = np.int64(12)
        file["optimizer/vars/1"] = np.zeros((3, 3, 1, 32), np.float32)
    return path
