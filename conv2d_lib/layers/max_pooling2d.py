"""La capa MaxPooling2D."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..arguments import Pair, as_data_format, as_padding, as_pair, as_sizes
from ..pooling import max_pooling2d_forward
from ..shapes import output_size
from .base import Backward, Layer, Shape


class MaxPooling2D(Layer):
    """Máximo de cada ventana, canal a canal; no tiene pesos.

    Parameters
    ----------
    pool_size : int or (int, int)
        Alto y ancho de la ventana, en píxeles: entero o par.
    strides : int or (int, int), optional
        Paso; None lo iguala a ``pool_size``.
    padding : {"valid", "same"}
        ``"valid"`` o ``"same"``.
    data_format : {"channels_last", "channels_first"}, optional
        ``"channels_last"`` (por defecto) o ``"channels_first"``.
    name : str, optional
        Nombre de la capa.
    **kwargs
        Los demás argumentos de toda capa (``Layer``).

    Raises
    ------
    ValueError
        Si un argumento o la forma de la entrada no es válida.

    Examples
    --------
    >>> MaxPooling2D(2)(np.zeros((4, 26, 26, 32), "float32")).shape
    (4, 13, 13, 32)
    """

    def __init__(
        self,
        pool_size: Pair = (2, 2),
        strides: Pair | None = None,
        padding: str = "valid",
        data_format: str | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        self.pool_size = as_pair(pool_size, "pool_size")
        self.strides = self.pool_size if strides is None else as_pair(strides, "strides")
        self.padding = as_padding(padding)
        self.data_format = as_data_format("channels_last" if data_format is None else data_format)

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

        Raises
        ------
        ValueError
            Si la capa no admite esa forma.
        """
        shape = as_sizes(input_shape, "input_shape")
        self._check_shape(shape)
        first = self.data_format == "channels_first"
        spatial = tuple(
            None if n is None else output_size(n, k, s, self.padding)
            for n, k, s in zip(
                shape[2:] if first else shape[1:3], self.pool_size, self.strides, strict=True
            )
        )
        return (*shape[:2], *spatial) if first else (shape[0], *spatial, shape[3])

    def get_config(self) -> dict[str, Any]:
        """Argumentos de la capa, con las claves de Keras.

        Returns
        -------
        dict
            Con las claves de Keras.
        """
        return {
            **super().get_config(),
            "pool_size": self.pool_size,
            "padding": self.padding,
            "strides": self.strides,
            "data_format": self.data_format,
        }

    def _check_shape(self, shape: Shape) -> None:
        if len(shape) != 4:
            raise ValueError(
                f"La capa {self.name!r} espera 4 ejes (lote, alto, ancho, canales). Llegó la "
                f"forma {shape}, de {len(shape)}."
            )

    def _forward(self, x: np.ndarray) -> tuple[np.ndarray, Backward]:
        output, spread = max_pooling2d_forward(
            x, self.pool_size, self.strides, self.padding, self.data_format
        )

        def backward(
            grad: np.ndarray, needs_input_grad: bool = True
        ) -> tuple[np.ndarray | None, list[np.ndarray]]:
            return (spread(grad) if needs_input_grad else None), []

        return output, backward
