"""Pesos iniciales sorteados: normales, uniformes, con la varianza a la medida de la capa."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..arguments import as_index, as_number, as_seed, items_of, shown
from ..arrays import as_array_dtype, as_known_shape
from ..seeding import fresh_seed
from .constant import Initializer

# Standard deviation of a standard normal cut at two standard deviations.
TRUNCATED_STDDEV = 0.87962566103423978


class RandomInitializer(Initializer):
    """Base de los que sortean: guardan su semilla.

    Parameters
    ----------
    seed : int or None
        Entero no negativo. Con None se saca del generador común (``seeding.set_random_seed``).

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._given_seed = as_seed(seed)
        self.seed = fresh_seed() if seed is None else self._given_seed

    def get_config(self) -> dict[str, Any]:
        return {"seed": self._given_seed}

    def _generator(self) -> np.random.Generator:
        return np.random.default_rng(self.seed)


class RandomNormal(RandomInitializer):
    """Normal de media ``mean`` y desviación típica ``stddev``.

    Parameters
    ----------
    mean : float
        Media.
    stddev : float
        Desviación típica; no negativa.
    seed : int or None
        Entero no negativo. Con None se saca del generador común (``seeding.set_random_seed``).

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None) -> None:
        super().__init__(seed)
        self.mean = as_number(mean, "mean")
        self.stddev = as_number(stddev, "stddev", 0)

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        shape, dtype = as_known_shape(shape), as_array_dtype(dtype)
        return self._generator().normal(self.mean, self.stddev, shape).astype(dtype)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "mean": self.mean, "stddev": self.stddev}


class TruncatedNormal(RandomNormal):
    """Normal en la que se vuelve a sortear lo que se aleja más de dos ``stddev``.

    Parameters
    ----------
    mean : float
        Media.
    stddev : float
        Desviación típica antes de cortar; no negativa.
    seed : int or None
        Entero no negativo. Con None se saca del generador común (``seeding.set_random_seed``).

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        shape, dtype = as_known_shape(shape), as_array_dtype(dtype)
        draws = _truncated_normal(self._generator(), shape)
        return (self.mean + self.stddev * draws).astype(dtype)


class RandomUniform(RandomInitializer):
    """Uniforme entre ``minval`` y ``maxval``.

    Parameters
    ----------
    minval : float
        El menor valor.
    maxval : float
        El mayor valor; no menor que ``minval``.
    seed : int or None
        Entero no negativo. Con None se saca del generador común (``seeding.set_random_seed``).

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(
        self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None
    ) -> None:
        super().__init__(seed)
        self.minval = as_number(minval, "minval")
        self.maxval = as_number(maxval, "maxval", self.minval)

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        shape, dtype = as_known_shape(shape), as_array_dtype(dtype)
        return self._generator().uniform(self.minval, self.maxval, shape).astype(dtype)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "minval": self.minval, "maxval": self.maxval}


class VarianceScaling(RandomInitializer):
    """Varianza ``scale / n``, con ``n`` el número de entradas, de salidas o su media.

    Parameters
    ----------
    scale : float
        Factor positivo.
    mode : str
        ``"fan_in"``, ``"fan_out"`` o ``"fan_avg"``.
    distribution : str
        ``"truncated_normal"`` (o ``"normal"``), ``"untruncated_normal"`` o ``"uniform"``.
    seed : int or None
        Entero no negativo o None.
    input_axes, output_axes : sequence of int or None
        Ejes de entrada y de salida, para pesos con otro orden que el de Keras.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(
        self,
        scale: float = 1.0,
        mode: str = "fan_in",
        distribution: str = "truncated_normal",
        seed: int | None = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None:
        super().__init__(seed)
        scale = as_number(scale, "scale", 0, above=True)
        if not isinstance(mode, str) or mode not in ("fan_in", "fan_out", "fan_avg"):
            raise ValueError(
                f"«mode» debe ser 'fan_in', 'fan_out' o 'fan_avg'. Llegó mode={shown(mode)}."
            )
        name = distribution.lower() if isinstance(distribution, str) else ""
        name = "truncated_normal" if name == "normal" else name
        if name not in ("truncated_normal", "untruncated_normal", "uniform"):
            raise ValueError(
                "«distribution» debe ser 'truncated_normal', 'untruncated_normal' o 'uniform'. "
                f"Llegó distribution={shown(distribution)}."
            )
        self.scale = scale
        self.mode = mode
        self.distribution = name
        self.input_axes = _as_axes(input_axes, "input_axes")
        self.output_axes = _as_axes(output_axes, "output_axes")

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        shape, dtype = as_known_shape(shape), as_array_dtype(dtype)
        fan_in, fan_out = compute_fans(shape, self.input_axes, self.output_axes)
        fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[self.mode]
        stddev = math.sqrt(self.scale / max(1.0, fan))
        generator = self._generator()
        if self.distribution == "uniform":
            limit = math.sqrt(3) * stddev
            return generator.uniform(-limit, limit, shape).astype(dtype)
        if self.distribution == "untruncated_normal":
            return generator.normal(0, stddev, shape).astype(dtype)
        draws = _truncated_normal(generator, shape)
        return (stddev / TRUNCATED_STDDEV * draws).astype(dtype)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "scale": self.scale,
            "mode": self.mode,
            "distribution": self.distribution,
            "input_axes": self.input_axes,
            "output_axes": self.output_axes,
        }


_SCALING_HELP = """

Parameters
----------
seed : int or None
    Entero no negativo. Con None se saca del generador común (``seeding.set_random_seed``).
input_axes, output_axes : sequence of int or None
    Ejes de entrada y de salida, para pesos con otro orden que el de Keras.

Raises
------
ValueError
    Si un argumento no es válido.
"""


class _FixedScaling(VarianceScaling):
    """Las tres parejas con nombre propio: cada una fija ``scale``, ``mode`` y distribución."""

    recipe: tuple[float, str, str]

    def __init_subclass__(cls) -> None:
        cls.__doc__ = f"{cls.__doc__}{_SCALING_HELP}"

    def __init__(
        self,
        seed: int | None = None,
        input_axes: Sequence[int] | None = None,
        output_axes: Sequence[int] | None = None,
    ) -> None:
        super().__init__(*self.recipe, seed, input_axes, output_axes)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        return {key: config[key] for key in ("seed", "input_axes", "output_axes")}


class GlorotUniform(_FixedScaling):
    """Uniforme en ±√(6 / (entradas + salidas)) (Glorot y Bengio, 2010)."""

    recipe = (1.0, "fan_avg", "uniform")


class GlorotNormal(_FixedScaling):
    """Normal truncada de varianza 2 / (entradas + salidas) (Glorot y Bengio, 2010)."""

    recipe = (1.0, "fan_avg", "truncated_normal")


class HeUniform(_FixedScaling):
    """Uniforme en ±√(6 / entradas), pensada para ReLU (He et al., 2015)."""

    recipe = (2.0, "fan_in", "uniform")


class HeNormal(_FixedScaling):
    """Normal truncada de varianza 2 / entradas, pensada para ReLU (He et al., 2015)."""

    recipe = (2.0, "fan_in", "truncated_normal")


class LecunUniform(_FixedScaling):
    """Uniforme en ±√(3 / entradas) (LeCun et al., 1998)."""

    recipe = (1.0, "fan_in", "uniform")


class LecunNormal(_FixedScaling):
    """Normal truncada de varianza 1 / entradas (LeCun et al., 1998)."""

    recipe = (1.0, "fan_in", "truncated_normal")


class Orthogonal(RandomInitializer):
    """Filas o columnas perpendiculares de norma ``gain`` (Saxe et al., 2014).

    Los pesos de más de dos ejes se tratan como una matriz de ``(los demás ejes, último eje)``.

    Parameters
    ----------
    gain : float
        Factor que multiplica a la matriz.
    seed : int or None
        Entero no negativo. Con None se saca del generador común (``seeding.set_random_seed``).

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, gain: float = 1.0, seed: int | None = None) -> None:
        super().__init__(seed)
        self.gain = as_number(gain, "gain")

    def __call__(self, shape: Sequence[int], dtype: Any = "float32") -> np.ndarray:
        shape, dtype = as_known_shape(shape), as_array_dtype(dtype)
        if len(shape) < 2:
            raise ValueError(
                "El inicializador Orthogonal necesita al menos 2 ejes. "
                f"Llegó la forma {tuple(shape)}."
            )
        rows, columns = math.prod(shape[:-1]), shape[-1]
        square = self._generator().normal(size=(max(rows, columns), min(rows, columns)))
        q, r = np.linalg.qr(square)
        # Fixing the signs makes the draw uniform over orthogonal matrices (Mezzadri, 2007).
        q *= np.sign(np.diag(r))
        return (self.gain * (q.T if rows < columns else q)).reshape(shape).astype(dtype)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "gain": self.gain}


def compute_fans(
    shape: Sequence[int],
    input_axes: Sequence[int] | None = None,
    output_axes: Sequence[int] | None = None,
) -> tuple[int, int]:
    """Cuántos números entran en cada salida y en cuántas salidas entra cada número.

    En un kernel de Conv2D ``(alto, ancho, canales, filtros)``, las entradas son
    ``alto * ancho * canales`` y las salidas ``alto * ancho * filtros``.

    Parameters
    ----------
    shape : sequence of int
        Forma de los pesos.
    input_axes : sequence of int or None
        Ejes de entrada de los pesos; None los deduce del orden de Keras.
    output_axes : sequence of int or None
        Ejes de salida de los pesos; None los deduce del orden de Keras.

    Returns
    -------
    fan_in, fan_out : int
        Números que entran en cada salida, y salidas en que entra cada número.

    Raises
    ------
    ValueError
        Si la forma no tiene los ejes que se piden.
    """
    if any(not -len(shape) <= a < len(shape) for a in (*(input_axes or ()), *(output_axes or ()))):
        raise ValueError(
            f"La forma {tuple(shape)} no tiene los ejes {input_axes} y {output_axes} que se piden."
        )
    if input_axes is not None and output_axes is not None:
        fan_in = math.prod(shape[axis] for axis in input_axes)
        return fan_in, math.prod(shape[axis] for axis in output_axes)
    if len(shape) < 2:
        size = math.prod(shape)
        return size, size
    window = math.prod(shape[:-2])
    return window * shape[-2], window * shape[-1]


def _as_axes(axes: Sequence[int] | None, name: str) -> tuple[int, ...] | None:
    if axes is None:
        return None
    items = items_of(axes)
    if items is None:
        raise ValueError(f"«{name}» debe ser una lista de ejes o None. Llegó {shown(axes)}.")
    return tuple(as_index(item, name) for item in items)


def _truncated_normal(generator: np.random.Generator, shape: Sequence[int]) -> np.ndarray:
    draws = generator.standard_normal(shape)
    while (far := np.abs(draws) > 2).any():
        draws[far] = generator.standard_normal(np.count_nonzero(far))
    return draws
