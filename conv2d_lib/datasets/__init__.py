"""Los datos del curso: Fashion-MNIST, y las fotografías y los dígitos que scikit-learn trae."""

from __future__ import annotations

from ..extras import need

need("pooch")

from .bundled import load_digits, load_sample_image
from .sets import (
    FASHION_MNIST_CLASSES,
    FASHION_MNIST_FILES,
    FASHION_MNIST_MIRRORS,
    keras_folder,
    load_fashion_mnist,
)

__all__ = [
    "FASHION_MNIST_CLASSES",
    "FASHION_MNIST_FILES",
    "FASHION_MNIST_MIRRORS",
    "keras_folder",
    "load_digits",
    "load_fashion_mnist",
    "load_sample_image",
]
