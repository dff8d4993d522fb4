"""Una pila de capas: cómo se arma, qué pesos tiene, qué predice y qué ve cada capa."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np

from ..arguments import as_flag, as_index, as_positive, as_sizes, items_of, shown
from ..arrays import as_numbers
from ..layers import Layer
from ..layers.base import Shape
from . import weights
from .fitting import Progress, as_verbose, batches
from .summary import summary_text

PREDICT_BATCH = 256

_used_names: Counter[str] = Counter()


class Network:
    """Capas una tras otra: estructura, pesos y predicción. ``Sequential`` añade cómo aprende.

    Parameters
    ----------
    layers : iterable of Layer, optional
        Las capas, en orden. Si la primera tiene ``input_shape``, la red se construye al crearla.
    trainable : bool
        Si es falso, ``fit`` no cambia ningún peso.
    name : str, optional
        Nombre; sin él, ``sequential``, ``sequential_1``...

    Raises
    ------
    ValueError
        Si no llega una lista de capas, o una no admite la salida de la anterior.
    """

    def __init__(
        self,
        layers: Iterable[Layer] | None = None,
        trainable: bool = True,
        name: str | None = None,
    ) -> None:
        self.name = _as_name(name)
        self.trainable = as_flag(trainable, "trainable")
        self._layers: list[Layer] = []
        self._input_shape: Shape | None = None
        pile = () if layers is None else items_of(layers)
        if pile is None:
            raise ValueError(f"Las capas se dan en una lista. Llegó {shown(layers)}.")
        for layer in pile:
            self.add(layer)

    def add(self, layer: Layer) -> None:
        """Pone una capa al final.

        Parameters
        ----------
        layer : Layer
            La capa.

        Raises
        ------
        ValueError
            Si no es una capa, su nombre se repite o no admite la salida de la anterior.
        """
        if not isinstance(layer, Layer):
            raise ValueError(
                f"Sequential solo admite capas de conv2d_lib. Llegó {shown(layer)}, de tipo "
                f"{type(layer).__name__}."
            )
        if any(layer.name == other.name for other in self._layers):
            raise ValueError(
                f"Ya hay una capa con el nombre {layer.name!r}: dale otro con el argumento «name»."
            )
        if self.built:
            layer.build(self.output_shape)
        self._layers.append(layer)
        if len(self._layers) == 1 and layer.input_shape_arg is not None:
            self.build((None, *layer.input_shape_arg))

    def build(self, input_shape: Sequence[int | None]) -> None:
        """Crea los pesos de todas las capas para entradas de forma ``input_shape``, con el lote.

        Parameters
        ----------
        input_shape : sequence of int or None
            Forma de la entrada, con el lote; None donde el tamaño no se conoce.

        Raises
        ------
        ValueError
            Si no hay capas, o una no admite la salida de la anterior.
        """
        if not self._layers:
            raise ValueError("La red no tiene capas: añádelas con add(capa).")
        shape: Shape = (None, *as_sizes(input_shape, "input_shape")[1:])
        self._input_shape = None
        for layer, entering in zip(self._layers, self._entering_shapes(shape), strict=True):
            if not layer.built:
                layer.build(entering)
        self._input_shape = shape

    @property
    def built(self) -> bool:
        """Si las capas ya tienen pesos."""
        return self._input_shape is not None

    @property
    def layers(self) -> list[Layer]:
        """Las capas, en orden."""
        return list(self._layers)

    @property
    def input_shape(self) -> Shape:
        """Forma de la entrada, con el lote (None)."""
        self._require_built()
        return cast(Shape, self._input_shape)

    @property
    def output_shape(self) -> Shape:
        """Forma de la salida, con el lote (None)."""
        return self.compute_output_shape(self.input_shape)

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """Capa con ese nombre o en esa posición.

        Parameters
        ----------
        name : str, optional
            Nombre de la capa.
        index : int, optional
            Posición, desde 0; negativa, desde el final.

        Returns
        -------
        Layer
            La capa, no una copia.

        Raises
        ------
        ValueError
            Si no existe, o no se da exactamente uno de los dos argumentos.
        """
        if (name is None) == (index is None):
            raise ValueError(f"Da «name» o «index», uno solo. Llegó {name=}, {index=}.")
        if index is not None:
            index = as_index(index, "index")
            if not -len(self._layers) <= index < len(self._layers):
                raise ValueError(f"La red tiene {len(self._layers)} capas. Llegó {index=}.")
            return self._layers[index]
        for layer in self._layers:
            if isinstance(name, str) and layer.name == name:
                return layer
        names = ", ".join(layer.name for layer in self._layers)
        raise ValueError(f"No hay ninguna capa {shown(name)}. Las que hay son: {names}.")

    def __call__(self, inputs: np.ndarray) -> np.ndarray:
        """Salida de la red para un lote entero.

        Parameters
        ----------
        inputs : array_like
            Lote de muestras, ``(N, ...)``, de la forma que se espera.

        Returns
        -------
        ndarray
            La salida, ``(N, ...)``.

        Raises
        ------
        ValueError
            Si la entrada no tiene la forma que la red espera.
        """
        return self.activations(inputs)[-1]

    def activations(self, inputs: np.ndarray) -> list[np.ndarray]:
        """Salida de cada capa: los mapas de características de un lote.

        Parameters
        ----------
        inputs : array_like
            (lote, ...), de la forma que la red espera.

        Returns
        -------
        list of np.ndarray
            Una por capa, en orden; la última es la salida de la red.

        Raises
        ------
        ValueError
            Si la entrada no tiene la forma que la red espera.
        """
        x = self._as_batch(inputs)
        outputs = []
        for layer in self._layers:
            x = layer(x)
            outputs.append(x)
        return outputs

    def predict(
        self, x: np.ndarray, batch_size: int | None = None, verbose: int | str = 0
    ) -> np.ndarray:
        """Salida de la red para muchas muestras, por lotes.

        Parameters
        ----------
        x : array_like, shape (N, ...)
            (n, ...).
        batch_size : int, optional
            Muestras por lote; 256 si no se da.
        verbose : int or str
            Con 1 se ve una barra de progreso.

        Returns
        -------
        ndarray, shape (N, ...)
            La salida de cada muestra.

        Raises
        ------
        ValueError
            Si la entrada no tiene la forma que la red espera.
        """
        x = self._as_batch(x)
        size = positive("batch_size", batch_size, PREDICT_BATCH)
        with Progress(1 if as_verbose(verbose) == 1 else 0, 1, -(-len(x) // size)) as progress:
            parts = []
            for window in batches(len(x), size):
                parts.append(self._run(x[window]))
                progress.advance()
        return np.concatenate(parts) if parts else self._run(x)

    @property
    def weights(self) -> list[np.ndarray]:
        """Los arreglos de pesos de todas las capas, no copias."""
        return [value for layer in self._layers for value in layer.weights]

    @property
    def losses(self) -> list[float]:
        """Castigos de todas las capas: de la última llamada y de los pesos."""
        return [value for layer in self._layers for value in layer.losses]

    def get_weights(self) -> list[np.ndarray]:
        """Copia de los pesos de todas las capas, en el orden de Keras.

        Returns
        -------
        list of ndarray
            Uno por arreglo de pesos.
        """
        return [value.copy() for value in self.weights]

    def set_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Cambia todos los pesos, por ejemplo por los de ``modelo_de_keras.get_weights()``.

        Parameters
        ----------
        weights : sequence of ndarray
            Un arreglo por cada uno de los pesos, en su orden.

        Raises
        ------
        ValueError
            Si el número de arreglos o una forma no es la de la red.
        """
        self._require_built()
        arrays = items_of(weights)
        if arrays is None or len(arrays) != len(self.weights):
            came = f"Llegó {shown(weights)}" if arrays is None else f"Llegaron {len(arrays)}"
            raise ValueError(f"La red tiene {len(self.weights)} arreglos de pesos. {came}.")
        start = 0
        for layer in self._layers:
            end = start + len(layer.parameters)
            layer.set_weights(arrays[start:end])
            start = end

    def save_weights(self, filepath: str | os.PathLike[str]) -> None:
        """Guarda los pesos en un archivo ``.weights.h5`` que Keras también lee.

        Parameters
        ----------
        filepath : str or PathLike
            Ruta del archivo, que termina en ``.weights.h5``.

        Raises
        ------
        ValueError
            Si la red no está construida o el nombre no termina en ``.weights.h5``.
        FileNotFoundError
            Si no existe la carpeta.
        OSError
            Si no se pudo escribir.
        """
        self._require_built()
        weights.save(filepath, self._layers, self.name)

    def load_weights(self, filepath: str | os.PathLike[str]) -> None:
        """Carga los pesos de un archivo ``.weights.h5`` de Keras o de esta biblioteca.

        Parameters
        ----------
        filepath : str or PathLike
            Ruta del archivo, que termina en ``.weights.h5``.

        Raises
        ------
        FileNotFoundError
            Si no existe.
        ValueError
            Si está dañado o es de otra red; los pesos no cambian.
        """
        self._require_built()
        weights.load(filepath, self._layers)

    def count_params(self) -> int:
        """Número de pesos de la red.

        Returns
        -------
        int
            Números que hay en sus pesos.

        Raises
        ------
        ValueError
            Si la red aún no está construida.
        """
        self._require_built()
        return sum(layer.count_params() for layer in self._layers)

    def compute_output_shape(self, input_shape: Sequence[int | None]) -> Shape:
        """Forma de la salida para una entrada de forma ``input_shape``, con el lote.

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
            Si una capa no admite lo que le llega.
        """
        shape = as_sizes(input_shape, "input_shape")
        for layer in self._layers:
            shape = layer.compute_output_shape(shape)
        return shape

    def summary(self, print_fn: Any = print) -> None:
        """Escribe una tabla con las capas, sus formas y sus pesos.

        Parameters
        ----------
        print_fn : callable
            Recibe el texto de la tabla.

        Raises
        ------
        ValueError
            Si la red no está construida o ``print_fn`` no es una función.
        """
        self._require_built()
        if not callable(print_fn) or isinstance(print_fn, type):
            raise ValueError(f"«print_fn» debe ser una función. Llegó {shown(print_fn)}.")
        shapes = self._entering_shapes((*self.input_shape,))[1:]
        print_fn(summary_text(self.name, self._layers, [*shapes, self.output_shape]))

    def _entering_shapes(self, shape: Shape) -> list[Shape]:
        """Forma de lo que entra en cada capa."""
        shapes = [shape]
        for layer in self._layers[:-1]:
            shapes.append(layer.compute_output_shape(shapes[-1]))
        return shapes

    def _run(self, x: np.ndarray) -> np.ndarray:
        for layer in self._layers:
            x = layer(x)
        return x

    def _as_batch(self, x: np.ndarray) -> np.ndarray:
        x = as_numbers(x, "x")
        if not self.built:
            self.build(x.shape)
        expected = self.input_shape
        fits = x.ndim == len(expected) and all(
            want in (None, size) for want, size in zip(expected[1:], x.shape[1:], strict=True)
        )
        if not fits:
            hint = ""
            if x.shape == expected[1:]:
                hint = " Es una sola muestra, sin el eje del lote: prueba con x[np.newaxis]."
            elif x.shape == (*x.shape[:1], *expected[1:-1]) and expected[-1] == 1:
                hint = " Falta el eje de los canales: prueba con x[..., np.newaxis]."
            raise ValueError(
                f"La red espera un lote de muestras de forma {expected[1:]}. Llegó la forma "
                f"{x.shape}.{hint}"
            )
        return x

    def _require_built(self) -> None:
        if not self.built:
            raise ValueError(
                "La red aún no está construida: da input_shape a la primera capa, llama a "
                "build(input_shape) o úsala con datos."
            )


def _as_name(name: str | None) -> str:
    if name is not None and not isinstance(name, str):
        raise ValueError(f"El nombre de una red es un texto. Llegó name={shown(name)}.")
    return name or _model_name()


def _model_name() -> str:
    _used_names["sequential"] += 1
    number = _used_names["sequential"] - 1
    return f"sequential_{number}" if number else "sequential"


def positive(name: str, value: int | None, default: int) -> int:
    return default if value is None else as_positive(value, name)
