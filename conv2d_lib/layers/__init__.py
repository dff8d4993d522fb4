"""Las capas del curso, con los argumentos y los nombres de Keras."""

from .base import Layer
from .conv2d import Conv2D, Convolution2D
from .dense import Dense
from .flatten import Flatten
from .max_pooling2d import MaxPooling2D

__all__ = ["Conv2D", "Convolution2D", "Dense", "Flatten", "Layer", "MaxPooling2D"]
