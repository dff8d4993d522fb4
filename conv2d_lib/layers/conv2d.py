"""La capa Conv2D, con todos los argumentos de Keras."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from .. import activations, constraints, regularizers
from ..functional import conv2d_activated, conv2d_gradients
from ..initializers import base as initializers
from ..shapes import (
    Pair,
    as_data_format,
    as_flag,
    as_padding,
    as_pair,
    as_positive,
    check_groups,
    conv2d_output_shape,
)
from . import activation_gradients
from .base import Backward, Layer, Parameter, Shape, activated, initializer_or


class Conv2D(Layer):
    """Capa de convolución 2D: ``activation(conv2d(x, kernel) + bias)``.

    Los argumentos, sus valores por defecto y sus errores son los de ``keras.layers.Conv2D``.

    Parameters
    ----------
    filters : int
        Número de filtros: canales de la salida.
    kernel_size, strides, dilation_rate : int or (int, int)
        Entero o par (alto, ancho), en píxeles. ``strides > 1`` no se combina con
        ``dilation_rate > 1``.
    padding : {"valid", "same"}
        ``"valid"`` (sin relleno) o ``"same"`` (la salida mide ``ceil(n / s)``), en mayúsculas o
        minúsculas.
    data_format : {"channels_last", "channels_first"}, optional
        ``"channels_last"`` (por defecto) o ``"channels_first"``. A diferencia de Keras, no se lee
        ``~/.keras/keras.json``.
    groups : int
        Grupos de canales que se filtran por separado; divide a ``filters`` y a los canales.
    activation : str, dict or callable, optional
        Nombre o función de ``conv2d_lib.activations``; None es la identidad.
    use_bias : bool
        Si se suma un sesgo por filtro.
    kernel_initializer, bias_initializer : str, dict or callable, optional
        Nombre u objeto de ``conv2d_lib.initializers.base``.
    kernel_regularizer, bias_regularizer, activity_regularizer : str, dict or callable, optional
        Nombre u objeto de ``conv2d_lib.regularizers``.
    kernel_constraint, bias_constraint : str, dict or callable, optional
        Nombre u objeto de ``conv2d_lib.constraints``.
    **kwargs
        ``name``, ``dtype``, ``trainable`` e ``input_shape``: los de toda capa (``Layer``).

    Attributes
    ----------
    kernel : np.ndarray
        (kh, kw, canales // groups, filters), con ambos formatos de datos.
    bias : np.ndarray or None
        (filters,), o None con ``use_bias=False``.

    Raises
    ------
    ValueError
        Si un argumento no es válido; al construirla o llamarla, si la forma no lo es.

    References
    ----------
    https://keras.io/api/layers/convolution_layers/convolution2d/

    Examples
    --------
    >>> x = np.zeros((4, 10, 10, 128), "float32")
    >>> Conv2D(32, 3, activation="relu")(x).shape
    (4, 8, 8, 32)
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Pair,
        strides: Pair = (1, 1),
        padding: str = "valid",
        data_format: str | None = None,
        dilation_rate: Pair = (1, 1),
        groups: int = 1,
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
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = as_positive(filters, "filters")
        self.kernel_size = as_pair(kernel_size, "kernel_size")
        self.strides = as_pair(strides, "strides")
        self.padding = as_padding(padding)
        self.data_format = as_data_format("channels_last" if data_format is None else data_format)
        self.dilation_rate = as_pair(dilation_rate, "dilation_rate")
        self.groups = as_positive(groups, "groups")
        if self.filters % self.groups:
            raise ValueError(
                "«filters» debe ser múltiplo de «groups». "
                f"Llegó filters={self.filters}, groups={self.groups}."
            )
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                "«strides» y «dilation_rate» no pueden pasar de 1 a la vez. "
                f"Llegó strides={self.strides}, dilation_rate={self.dilation_rate}."
            )
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
        """Los filtros, (kh, kw, canales // groups, filters)."""
        return self._parameter("kernel")

    @property
    def bias(self) -> np.ndarray | None:
        """El sesgo de cada filtro, (filters,), o None."""
        return self._parameter("bias") if self.use_bias else None

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> Shape:
        """Forma de la salida; los tamaños None de la entrada siguen siendo None.

        Parameters
        ----------
        input_shape : sequence of int or None
            Forma de la entrada, con el lote; None donde el tamaño no se conoce.

        Returns
        -------
        tuple of int or None
            Con el lote.
        """
        return conv2d_output_shape(
            input_shape,
            self.filters,
            self.kernel_size,
            self.strides,
            self.padding,
            self.dilation_rate,
            self.data_format,
        )

    def get_config(self) -> dict[str, Any]:
        """Argumentos de la capa, con las claves y la forma de Keras.

        Returns
        -------
        dict
            Con las claves de Keras.
        """
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "dilation_rate": self.dilation_rate,
            "groups": self.groups,
            "activation": activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": initializers.serialize(self.kernel_initializer),
            "bias_initializer": initializers.serialize(self.bias_initializer),
            "kernel_regularizer": regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": regularizers.serialize(self.bias_regularizer),
            "activity_regularizer": regularizers.serialize(self.activity_regularizer),
            "kernel_constraint": constraints.serialize(self.kernel_constraint),
            "bias_constraint": constraints.serialize(self.bias_constraint),
        }

    @property
    def _channel_axis(self) -> int:
        return 1 if self.data_format == "channels_first" else 3

    def _check_shape(self, shape: Shape) -> None:
        if len(shape) != 4:
            axes = (
                "(lote, canales, alto, ancho)"
                if self._channel_axis == 1
                else ("(lote, alto, ancho, canales)")
            )
            hint = " ¿Falta el eje de los canales? Prueba con x[..., np.newaxis]."
            raise ValueError(
                f"La capa {self.name!r} espera 4 ejes, {axes}. Llegó la forma {shape}, de "
                f"{len(shape)}.{hint if len(shape) == 3 else ''}"
            )
        channels = shape[self._channel_axis]
        if channels is None:
            raise ValueError(
                f"La capa {self.name!r} necesita saber cuántos canales tiene la entrada. "
                f"Llegó la forma {shape}."
            )
        if not self.built:
            check_groups(self.groups, channels, self.filters)
        elif channels != self.kernel.shape[2] * self.groups:
            raise ValueError(
                f"La capa {self.name!r} se construyó para {self.kernel.shape[2] * self.groups} "
                f"canales. Llegó la forma {shape}, con {channels}."
            )

    def _create_parameters(self, input_shape: Shape) -> list[Parameter]:
        channels = cast(int, input_shape[self._channel_axis]) // self.groups
        parameters = [self._new_parameter("kernel", (*self.kernel_size, channels, self.filters))]
        if self.use_bias:
            parameters.append(self._new_parameter("bias", (self.filters,)))
        return parameters

    def _forward(self, x: np.ndarray) -> tuple[np.ndarray, Backward]:
        geometry: dict[str, Any] = {
            "strides": self.strides,
            "padding": self.padding,
            "dilation_rate": self.dilation_rate,
            "groups": self.groups,
            "data_format": self.data_format,
        }
        # ReLU is fused: its derivative needs only the output.
        fused = self.activation is activations.relu
        z = conv2d_activated(x, self.kernel, self.bias, **geometry, relu=fused)
        y = z if fused else activated(self.activation, z)

        def backward(
            grad: np.ndarray, needs_input_grad: bool = True
        ) -> tuple[np.ndarray | None, list[np.ndarray]]:
            grad_z = activation_gradients.backward(self.activation, z, y, grad)
            grad_x, *grads = conv2d_gradients(
                x, self.kernel, grad_z, **geometry, needs_input_grad=needs_input_grad
            )
            return grad_x, grads[: len(self.parameters)]

        return y, backward


Convolution2D = Conv2D
