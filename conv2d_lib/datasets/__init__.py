"""Los datos del curso: Fashion-MNIST y las dos fotografías que scikit-learn trae."""

from __future__ import annotations

from .sets import (
    FASHION_MNIST_CLASSES,
    FASHION_MNIST_FILES,
    FASHION_MNIST_MIRRORS,
    keras_folder,
    load_fashion_mnist,
    load_sample_image,
)

__all__ = [
    "FASHION_MNIST_CLASSES",
    "FASHION_MNIST_FILES",
    "FASHION_MNIST_MIRRORS",
    "keras_folder",
    "load_fashion_mnist",
    "load_sample_image",
]
