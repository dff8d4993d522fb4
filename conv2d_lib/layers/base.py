"""Lo que toda capa tiene: nombre, pesos, construcción, llamada y configuración."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any, cast

import numpy as np

from .. import regularizers
from ..arguments import as_flag, as_positive, as_sizes, items_of, shown, whole
from ..arrays import as_numbers
from ..initializers import base as initializers
from ..registry import snake_case

Shape = tuple[int | None, ...]

# backward(grad_output, needs_input_grad) -> (grad_input, one gradient per parameter)
Backward = Callable[[np.ndarray, bool], tuple[np.ndarray | None, list[np.ndarray]]]

_used_names: Counter[str] = Counter()


@dataclass
class Parameter:
    """Un arreglo de pesos con lo que se le pide al entrenar."""

    name: str
    value: np.ndarray
    regularizer: Callable[[np.ndarray], float] | None = None
    constraint: Callable[[np.ndarray], np.ndarray] | None = None


class Layer:
    """Base de las capas.

    Una capa se construye (crea sus pesos) la primera vez que se la llama, con la forma de lo que
    llega. Quien la hereda define ``_create_parameters``, ``_forward`` y ``compute_output_shape``.

    Parameters
    ----------
    name : str, optional
        Nombre; sin él, el de la clase con un número: ``conv2d``, ``conv2d_1``...
    dtype : str or dtype, optional
        ``"float32"`` (por defecto) o ``"float64"``; lo que llega se convierte a ese tipo.
    trainable : bool
        Si es falso, ``Sequential.fit`` no cambia sus pesos.
    input_shape : sequence of int or None, optional
        Forma de una muestra, sin el lote: solo hace falta en la primera capa de un modelo.
    input_dim : int, optional
        Abreviatura de ``input_shape=(input_dim,)``.
    activity_regularizer : str, dict or callable, optional
        Castigo sobre la salida, dividido por el tamaño del lote.
    **unknown
        Ninguno: un argumento que la capa no tiene es un error.

    Raises
    ------
    ValueError
        Si un argumento no existe o no es válido.
    """

    def __init__(
        self,
        *,
        name: str | None = None,
        dtype: Any = None,
        trainable: bool = True,
        input_shape: Sequence[int | None] | None = None,
        input_dim: int | None = None,
        activity_regularizer: Any = None,
        **unknown: Any,
    ) -> None:
        if unknown:
            raise ValueError(f"{type(self).__name__} no tiene estos argumentos: {shown(unknown)}.")
        self.name = _layer_name(type(self), name)
        self.dtype = _standard_dtype(dtype)
        self.trainable = as_flag(trainable, "trainable")
        self.activity_regularizer = regularizers.get(activity_regularizer)
        if input_dim is not None:
            input_shape = (as_positive(input_dim, "input_dim"),)
        self.input_shape_arg = _as_shape(input_shape)
        self.built = False
        self.parameters: list[Parameter] = []
        self._activity_losses: list[float] = []

    def build(self, input_shape: Sequence[int | None]) -> None:
        """Crea los pesos para entradas de forma ``input_shape``, con el lote (puede ser None).

        Parameters
        ----------
        input_shape : sequence of int or None
            Forma de la entrada, con el lote; None donde el tamaño no se conoce.

        Raises
        ------
        ValueError
            Si la capa no admite esa forma.
        """
        shape = as_sizes(input_shape, "input_shape")
        self._check_shape(shape)
        self.compute_output_shape(shape)
        self.parameters = self._create_parameters(shape)
        self.built = True

    def __call__(self, inputs: np.ndarray) -> np.ndarray:
        """Salida de la capa; la construye si hace falta.

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
            Si la entrada no tiene la forma que la capa espera.
        """
        output, _ = self.forward(inputs)
        return output

    def forward(self, inputs: np.ndarray) -> tuple[np.ndarray, Backward]:
        """Salida de la capa y función que lleva el gradiente de vuelta.

        Parameters
        ----------
        inputs : array_like
            Lote de muestras, ``(N, ...)``, de la forma que se espera.

        Returns
        -------
        output
            Lo mismo que ``capa(inputs)``.
        backward
            ``backward(grad_output, needs_input_grad)`` devuelve el gradiente de la entrada (None
            si no se pide) y una lista con el de cada arreglo de pesos.

        Raises
        ------
        ValueError
            Si la entrada no tiene la forma que la capa espera.
        """
        x = self._as_input(inputs)
        self._check_shape(x.shape)
        if not self.built:
            self.build(x.shape)
        output, backward = self._forward(x)
        self._activity_losses = []
        if self.activity_regularizer is None:
            return output, backward
        return self._with_activity_loss(output, backward)

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
            Si la capa no admite esa forma.
        """
        raise NotImplementedError

    @property
    def weights(self) -> list[np.ndarray]:
        """Los arreglos de pesos, no copias: cambiarlos cambia la capa."""
        return [parameter.value for parameter in self.parameters]

    @property
    def losses(self) -> list[float]:
        """Castigos de la última llamada y de los pesos que se entrenan, en el orden de Keras."""
        penalties = [
            regularizers.penalty(parameter.regularizer, parameter.value)
            for parameter in self.parameters
            if self.trainable and parameter.regularizer is not None
        ]
        return [*self._activity_losses, *penalties]

    def get_weights(self) -> list[np.ndarray]:
        """Copia de los pesos: ``[kernel, bias]``, o lista vacía si la capa no tiene.

        Returns
        -------
        list of ndarray
            Uno por arreglo de pesos.
        """
        return [value.copy() for value in self.weights]

    def set_weights(self, weights: Sequence[np.ndarray]) -> None:
        """Cambia los pesos por otros de las mismas formas.

        Parameters
        ----------
        weights : sequence of ndarray
            Un arreglo por cada uno de los pesos, en su orden.

        Raises
        ------
        ValueError
            Si el número de arreglos o una forma no es la de la capa.
        """
        given = items_of(weights)
        if given is None:
            raise ValueError(f"Los pesos se dan en una lista. Llegó {shown(weights)}.")
        if len(given) != len(self.parameters):
            state = "" if self.built else " (aún no está construida: llama antes a build)"
            raise ValueError(
                f"La capa {self.name!r} tiene {len(self.parameters)} arreglos de pesos{state}. "
                f"Llegaron {len(given)}."
            )
        arrays = [as_numbers(weight, "weights") for weight in given]
        for parameter, array in zip(self.parameters, arrays, strict=True):
            if array.shape != parameter.value.shape:
                raise ValueError(
                    f"El peso {parameter.name!r} de la capa {self.name!r} tiene forma "
                    f"{parameter.value.shape}. Llegó uno de forma {array.shape}."
                )
        for parameter, array in zip(self.parameters, arrays, strict=True):
            parameter.value[...] = array

    def count_params(self) -> int:
        """Número de pesos.

        Returns
        -------
        int
            Números que hay en sus pesos.

        Raises
        ------
        ValueError
            Si la capa aún no está construida.
        """
        if not self.built:
            raise ValueError(
                f"La capa {self.name!r} aún no está construida y no se sabe cuántos pesos tiene: "
                "llámala con datos o usa build(input_shape)."
            )
        return sum(value.size for value in self.weights)

    def get_config(self) -> dict[str, Any]:
        """Argumentos de la capa, con las claves de Keras.

        Returns
        -------
        dict
            Con las claves de Keras.
        """
        config = {
            "name": self.name,
            "trainable": self.trainable,
            "dtype": {
                "module": "keras",
                "class_name": "DTypePolicy",
                "config": {"name": self.dtype.name},
                "registered_name": None,
            },
        }
        if self.activity_regularizer is not None:
            config["activity_regularizer"] = regularizers.serialize(self.activity_regularizer)
        return config

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Layer:
        """Capa nueva, con otros pesos, a partir de ``get_config`` (de aquí o de Keras).

        Parameters
        ----------
        config : dict
            Lo que devolvió ``get_config``, de aquí o de Keras.

        Returns
        -------
        Layer
            Sin construir.

        Raises
        ------
        ValueError
            Si no es un diccionario o le faltan argumentos.
        """
        if not isinstance(config, Mapping) or not all(isinstance(key, str) for key in config):
            raise ValueError(f"La configuración es un diccionario. Llegó {shown(config)}.")
        try:
            signature(cls).bind(**config)
        except TypeError:
            needed = "filters y kernel_size" if "filters" in signature(cls).parameters else "units"
            raise ValueError(
                f"A la configuración de {cls.__name__} le faltan argumentos ({needed}). Llegó "
                f"{shown(config)}."
            ) from None
        return cls(**config)

    def _create_parameters(self, input_shape: Shape) -> list[Parameter]:
        return []

    def _forward(self, x: np.ndarray) -> tuple[np.ndarray, Backward]:
        raise NotImplementedError

    def _check_shape(self, shape: Shape) -> None:
        """Lanza ValueError si la capa no admite una entrada de esa forma."""

    def _new_parameter(self, name: str, shape: tuple[int, ...]) -> Parameter:
        """Pesos iniciales según los argumentos ``<name>_initializer`` y compañía."""
        initializer = getattr(self, f"{name}_initializer")
        value = as_numbers(initializer(shape, dtype=self.dtype), f"{name}_initializer")
        value = np.array(value, dtype=self.dtype)
        if value.shape != shape:
            raise ValueError(
                f"El inicializador de {name!r} en la capa {self.name!r} devolvió la forma "
                f"{value.shape} y se necesitaba {shape}."
            )
        regularizer = getattr(self, f"{name}_regularizer")
        return Parameter(name, value, regularizer, getattr(self, f"{name}_constraint"))

    def _parameter(self, name: str) -> np.ndarray:
        if not self.built:
            raise AttributeError(
                f"La capa {self.name!r} no tiene {name!r} hasta que se construye: llámala con "
                "datos o usa build(input_shape)."
            )
        return next(p.value for p in self.parameters if p.name == name)

    def _as_input(self, inputs: np.ndarray) -> np.ndarray:
        return as_numbers(inputs, f"la entrada de la capa {self.name}").astype(
            self.dtype, copy=False
        )

    def _with_activity_loss(
        self, output: np.ndarray, backward: Backward
    ) -> tuple[np.ndarray, Backward]:
        regularizer, batch = (
            cast(Callable[..., Any], self.activity_regularizer),
            max(len(output), 1),
        )
        self._activity_losses = [regularizers.penalty(regularizer, output) / batch]

        def regularized(
            grad: np.ndarray, needs_input_grad: bool = True
        ) -> tuple[np.ndarray | None, list[np.ndarray]]:
            extra = regularizers.gradient(regularizer, output) / batch
            return backward((grad + extra).astype(grad.dtype), needs_input_grad)

        return output, regularized


def activated(activation: Callable[..., Any], z: np.ndarray) -> np.ndarray:
    """``activation(z)``, de la misma forma: una función propia puede devolver cualquier cosa."""
    y = activation(z)
    if type(y) is not np.ndarray or y.shape != z.shape or y.dtype != z.dtype:
        y = as_numbers(y, "la salida de la activación").astype(z.dtype, copy=False)
        if y.shape != z.shape:
            raise ValueError(
                "Una función de activación devuelve un arreglo de la forma que recibe, "
                f"{z.shape}. Llegó {y.shape}."
            )
    return y


def initializer_or(identifier: Any, default: str) -> Callable[..., np.ndarray]:
    """Inicializador pedido, o el de Keras por defecto si es None."""
    return cast(
        Callable[..., np.ndarray], initializers.get(default if identifier is None else identifier)
    )


def _layer_name(cls: type, name: str | None) -> str:
    if name is not None:
        if not isinstance(name, str) or not name or "/" in name:
            raise ValueError(
                f"El nombre de una capa es un texto no vacío, sin «/». Llegó name={shown(name)}."
            )
        return name
    stem = snake_case(cls.__name__)
    _used_names[stem] += 1
    number = _used_names[stem] - 1
    return f"{stem}_{number}" if number else stem


def _standard_dtype(dtype: Any) -> np.dtype:
    if isinstance(dtype, Mapping) and isinstance(dtype.get("config", {}), Mapping):
        dtype = dtype.get("config", {}).get("name")
    if dtype is None:
        return np.dtype("float32")
    try:
        standard = np.dtype(dtype)
    except Exception:
        standard = np.dtype(object)
    if standard not in (np.dtype("float32"), np.dtype("float64")):
        raise ValueError(f"«dtype» debe ser 'float32' o 'float64'. Llegó dtype={shown(dtype)}.")
    return standard


def _as_shape(shape: Sequence[int | None] | None) -> Shape | None:
    if shape is None:
        return None
    sizes = items_of(shape)
    if sizes is None or not all(size is None or (whole(size) or 0) > 0 for size in sizes):
        raise ValueError(
            "«input_shape» es una tupla de enteros positivos o None, sin el lote, como "
            f"(28, 28, 1). Llegó input_shape={shown(shape)}."
        )
    return sizes
