"""La capa Flatten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..arguments import as_data_format, as_sizes
from .base import Backward, Layer, Shape


class Flatten(Layer):
    """Pone en fila todos los números de cada muestra: (N, H, W, C) -> (N, H·W·C).

    Parameters
    ----------
    data_format : {"channels_last", "channels_first"}, optional
        ``"channels_last"`` (por defecto) o ``"channels_first"``; con el segundo, los canales se
        pasan antes al final, como en Keras.
    **kwargs
        Los argumentos de toda capa (``Layer``).

    Raises
    ------
    ValueError
        Si un argumento no es válido.

    Examples
    --------
    >>> Flatten()(np.zeros((4, 5, 5, 64), "float32")).shape
    (4, 1600)
    """

    def __init__(self, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = as_data_format("channels_last" if data_format is None else data_format)

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> Shape:
        """(lote, números por muestra); None si algún tamaño no se conoce.

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
        batch, *sizes = shape
        known = [size for size in sizes if size is not None]
        return (batch, math.prod(known) if len(known) == len(sizes) else None)

    def get_config(self) -> dict[str, Any]:
        """Argumentos de la capa, con las claves de Keras.

        Returns
        -------
        dict
            Con las claves de Keras.
        """
        return {**super().get_config(), "data_format": self.data_format}

    def _check_shape(self, shape: Shape) -> None:
        if not shape:
            raise ValueError(f"La capa {self.name!r} espera al menos el eje del lote. Llegó ().")

    def _forward(self, x: np.ndarray) -> tuple[np.ndarray, Backward]:
        moves = self.data_format == "channels_first" and x.ndim > 1
        ordered = np.moveaxis(x, 1, -1) if moves else x

        def backward(
            grad: np.ndarray, needs_input_grad: bool = True
        ) -> tuple[np.ndarray | None, list[np.ndarray]]:
            if not needs_input_grad:
                return None, []
            unflattened = grad.reshape(ordered.shape)
            return (np.moveaxis(unflattened, -1, 1) if moves else unflattened), []

        return ordered.reshape(len(x), math.prod(x.shape[1:])), backward
