"""La capa Dense."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from .. import activations, constraints, regularizers
from ..arguments import as_flag, as_positive, as_sizes
from ..functional import conv2d_activated, conv2d_gradients
from ..initializers import base as initializers
from . import activation_gradients
from .base import Backward, Layer, Parameter, Shape, activated, initializer_or

# A dense layer is a 1×1 convolution over a picture of one column, a pixel a sample. Computed so, it
# shares the threads of the other layers; those of BLAS stay awake between calls and slow them down.
_POINTWISE: dict[str, Any] = {
    "strides": 1,
    "padding": "valid",
    "dilation_rate": 1,
    "groups": 1,
    "data_format": "channels_last",
}


class Dense(Layer):
    """Capa densa: ``activation(x @ kernel + bias)``.

    Parameters
    ----------
    units : int
        Número de neuronas: tamaño de la salida.
    activation : str, dict or callable, optional
        Nombre o función de ``conv2d_lib.activations``; None es la identidad.
    use_bias : bool
        Si se suma un sesgo por neurona.
    kernel_initializer, bias_initializer : str, dict or callable, optional
        Nombre u objeto de ``conv2d_lib.initializers.base``.
    kernel_regularizer, bias_regularizer, activity_regularizer : str, dict or callable, optional
        Nombre u objeto de ``conv2d_lib.regularizers``.
    kernel_constraint, bias_constraint : str, dict or callable, optional
        Nombre u objeto de ``conv2d_lib.constraints``.
    **kwargs
        Los argumentos de toda capa (``Layer``).

    Attributes
    ----------
    kernel : np.ndarray
        (entradas, units).
    bias : np.ndarray or None
        (units,).

    Raises
    ------
    ValueError
        Si un argumento o la forma de la entrada no es válida.

    Examples
    --------
    >>> layer = Dense(10, activation="softmax")
    >>> layer(np.zeros((4, 128), "float32")).shape, layer.count_params()
    ((4, 10), 1290)
    """

    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **_without_quantization(kwargs))
        self.units = as_positive(units, "units")
        self.activation = activations.get(activation)
        self.use_bias = as_flag(use_bias, "use_bias")
        self.kernel_initializer = initializer_or(kernel_initializer, "glorot_uniform")
        self.bias_initializer = initializer_or(bias_initializer, "zeros")
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)

    @property
    def kernel(self) -> np.ndarray:
        """Los pesos, (entradas, units)."""
        return self._parameter("kernel")

    @property
    def bias(self) -> np.ndarray | None:
        """El sesgo de cada neurona, (units,), o None."""
        return self._parameter("bias") if self.use_bias else None

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> Shape:
        """La forma de la entrada con el último eje de tamaño ``units``.

        Parameters
        ----------
        input_shape : sequence of int or None
            Forma de la entrada, con el lote; None donde el tamaño no se conoce.

        Returns
        -------
        tuple of int or None
            Con el lote.

        Raises
        ------
        ValueError
            Si la capa no admite esa forma.
        """
        return (*as_sizes(input_shape, "input_shape")[:-1], self.units)

    def get_config(self) -> dict[str, Any]:
        """Argumentos de la capa, con las claves y la forma de Keras.

        Returns
        -------
        dict
            Con las claves de Keras.
        """
        return {
            **super().get_config(),
            "units": self.units,
            "activation": activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": initializers.serialize(self.kernel_initializer),
            "bias_initializer": initializers.serialize(self.bias_initializer),
            "kernel_regularizer": regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": regularizers.serialize(self.bias_regularizer),
            "kernel_constraint": constraints.serialize(self.kernel_constraint),
            "bias_constraint": constraints.serialize(self.bias_constraint),
        }

    def _check_shape(self, shape: Shape) -> None:
        if len(shape) < 2 or shape[-1] is None:
            raise ValueError(
                f"La capa {self.name!r} espera (lote, ..., entradas), con el último tamaño "
                f"conocido. Llegó la forma {shape}."
            )
        if self.built and shape[-1] != len(self.kernel):
            raise ValueError(
                f"La capa {self.name!r} se construyó para {len(self.kernel)} entradas. "
                f"Llegó la forma {shape}, con {shape[-1]}."
            )

    def _create_parameters(self, input_shape: Shape) -> list[Parameter]:
        parameters = [self._new_parameter("kernel", (cast(int, input_shape[-1]), self.units))]
        if self.use_bias:
            parameters.append(self._new_parameter("bias", (self.units,)))
        return parameters

    def _forward(self, x: np.ndarray) -> tuple[np.ndarray, Backward]:
        picture = x.reshape(1, -1, 1, x.shape[-1])
        fused = self.activation is activations.relu
        z = self._product(picture, fused).reshape(*x.shape[:-1], self.units)
        y = z if fused else activated(self.activation, z)

        def backward(
            grad: np.ndarray, needs_input_grad: bool = True
        ) -> tuple[np.ndarray | None, list[np.ndarray]]:
            grad_z = activation_gradients.backward(self.activation, z, y, grad)
            if not x.size:
                grads = [np.zeros_like(w) for w in self.weights]
                return (np.zeros_like(x) if needs_input_grad else None), grads
            grad_x, grad_kernel, grad_bias = conv2d_gradients(
                picture,
                self.kernel[None, None],
                grad_z.reshape(1, -1, 1, self.units),
                **_POINTWISE,
                needs_input_grad=needs_input_grad,
            )
            grads = [grad_kernel[0, 0], grad_bias][: len(self.parameters)]
            return (None if grad_x is None else grad_x.reshape(x.shape)), grads

        return y, backward

    def _product(self, picture: np.ndarray, relu: bool) -> np.ndarray:
        """``x @ kernel + bias`` and, if asked, its ReLU; an empty picture has no convolution."""
        if not picture.size:
            return np.zeros((0, self.units), self.dtype)
        kernel = self.kernel[None, None]
        return conv2d_activated(picture, kernel, self.bias, **_POINTWISE, relu=relu)


def _without_quantization(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Keras guarda ``quantization_config=None`` en toda capa densa sin cuantizar."""
    if kwargs.get("quantization_config", ...) is None:
        return {key: value for key, value in kwargs.items() if key != "quantization_config"}
    return kwargs
