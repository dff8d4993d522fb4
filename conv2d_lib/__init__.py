"""Biblioteca de referencia del curso: la capa Conv2D de Keras en NumPy y Numba, sin TensorFlow.

Los nombres públicos se cargan la primera vez que se usan: importar ``conv2d_lib`` no importa
Matplotlib, scikit-learn ni Pooch.
"""

from __future__ import annotations

import importlib
from typing import Any

_EXPORTS = {
    "conv2d": "functional",
    "conv2d_backward": "functional",
    "max_pooling2d": "pooling",
    "output_size": "shapes",
    "same_padding": "shapes",
    "conv2d_output_shape": "shapes",
    "conv2d_params": "shapes",
    "dense_params": "shapes",
    "receptive_field": "shapes",
    "correlate2d_loops": "didactic",
    "convolve2d_loops": "didactic",
    "conv2d_loops": "didactic",
    "im2col": "didactic",
    "conv2d_im2col": "didactic",
    "Conv2D": "layers",
    "Convolution2D": "layers",
    "MaxPooling2D": "layers",
    "Flatten": "layers",
    "Dense": "layers",
    "Sequential": "training",
    "set_random_seed": "seeding",
    "load_fashion_mnist": "datasets",
    "load_sample_image": "datasets",
    "load_digits": "datasets",
    "FASHION_MNIST_CLASSES": "datasets",
}
_MODULES = {
    "activations",
    "constraints",
    "datasets",
    "didactic",
    "filters",
    "functional",
    "initializers",
    "layers",
    "losses",
    "optimizers",
    "plots",
    "regularizers",
    "shapes",
    "training",
}

# Where copies of lesson B made with version 0.1 look for it.
_MOVED = {"threads": "kernels.threads"}

__all__ = [*sorted(_EXPORTS), *sorted(_MODULES)]


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(importlib.import_module(f".{_EXPORTS[name]}", __name__), name)
    if name in _MODULES or name in _MOVED:
        return importlib.import_module(f".{_MOVED.get(name, name)}", __name__)
    raise AttributeError(f"conv2d_lib no tiene «{name}»")


def __dir__() -> list[str]:
    return __all__
