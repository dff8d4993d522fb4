"""Castigos sobre los pesos o las salidas que se suman a la pérdida, con los nombres de Keras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .arguments import as_number, shown
from .arrays import as_floats, as_numbers
from .registry import Configurable, Registry


class Regularizer(Configurable):
    """Base: se llama con un arreglo y devuelve el castigo; ``gradient`` da su derivada."""

    def __call__(self, x: np.ndarray) -> float:
        """Castigo de ``x``, un número.

        Parameters
        ----------
        x : array_like
            Números reales, de cualquier forma; los enteros pasan a decimales.

        Returns
        -------
        float
            El castigo.

        Raises
        ------
        ValueError
            Si ``x`` no es un arreglo de números de la forma que se castiga.
        """
        raise NotImplementedError

    def gradient(self, x: np.ndarray) -> np.ndarray:
        """Derivada del castigo respecto de ``x``, de su misma forma.

        Parameters
        ----------
        x : array_like
            Números reales, de cualquier forma; los enteros pasan a decimales.

        Returns
        -------
        ndarray
            De la forma de ``x``.

        Raises
        ------
        ValueError
            Si ``x`` no es un arreglo de números de la forma que se castiga.
        """
        raise NotImplementedError


class L1L2(Regularizer):
    """``l1 * suma(|x|) + l2 * suma(x²)``.

    Parameters
    ----------
    l1, l2 : float or None
        Factores no negativos; 0 por defecto, como en Keras.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, l1: float | None = 0.0, l2: float | None = 0.0) -> None:
        self.l1 = _factor("l1", 0.0 if l1 is None else l1)
        self.l2 = _factor("l2", 0.0 if l2 is None else l2)

    def __call__(self, x: np.ndarray) -> float:
        x = as_floats(x, "x")
        return float(self.l1 * np.abs(x).sum() + self.l2 * np.square(x).sum())

    def gradient(self, x: np.ndarray) -> np.ndarray:
        x = as_floats(x, "x")
        return self.l1 * np.sign(x) + 2 * self.l2 * x

    def get_config(self) -> dict[str, Any]:
        return {"l1": self.l1, "l2": self.l2}


class L1(L1L2):
    """``l1 * suma(|x|)``: lleva pesos a cero.

    Parameters
    ----------
    l1 : float or None
        Factor no negativo; None es 0,01.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, l1: float | None = 0.01) -> None:
        super().__init__(l1=0.01 if l1 is None else l1)

    def get_config(self) -> dict[str, Any]:
        return {"l1": self.l1}


class L2(L1L2):
    """``l2 * suma(x²)``: achica los pesos grandes.

    Parameters
    ----------
    l2 : float or None
        Factor no negativo; None es 0,01.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, l2: float | None = 0.01) -> None:
        super().__init__(l2=0.01 if l2 is None else l2)

    def get_config(self) -> dict[str, Any]:
        return {"l2": self.l2}


class OrthogonalRegularizer(Regularizer):
    """Castiga que las filas (o columnas) de una matriz no sean perpendiculares entre sí.

    Parameters
    ----------
    factor : float
        Peso del castigo: multiplica la media de ``|cos|`` entre pares.
    mode : {"rows", "columns"}
        ``"rows"`` o ``"columns"``.

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, factor: float = 0.01, mode: str = "rows") -> None:
        self.factor = _factor("factor", factor)
        if not isinstance(mode, str) or mode not in ("rows", "columns"):
            raise ValueError(f"«mode» debe ser 'rows' o 'columns'. Llegó mode={shown(mode)}.")
        self.mode = mode

    def __call__(self, x: np.ndarray) -> float:
        _, cosines = self._cosines(as_floats(x, "x"))
        return float(self.factor * np.abs(cosines).sum() / self._ordered_pairs(len(cosines)))

    def gradient(self, x: np.ndarray) -> np.ndarray:
        x = as_floats(x, "x")
        unit, cosines = self._cosines(x)
        rows = x if self.mode == "rows" else x.T
        pull = 2 * self.factor / self._ordered_pairs(len(cosines)) * np.sign(cosines) @ unit
        # Only what is perpendicular to each row turns it; the rest changes its length.
        pull -= (pull * unit).sum(axis=1, keepdims=True) * unit
        grad = pull / _row_norms(rows)
        return grad if self.mode == "rows" else grad.T

    def get_config(self) -> dict[str, Any]:
        return {"factor": self.factor, "mode": self.mode}

    def _cosines(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if x.ndim != 2:
            raise ValueError(
                f"OrthogonalRegularizer solo acepta matrices (2 ejes). Llegó la forma {x.shape}."
            )
        rows = x if self.mode == "rows" else x.T
        unit = rows / _row_norms(rows)
        cosines = unit @ unit.T
        np.fill_diagonal(cosines, 0)
        return unit, cosines

    @staticmethod
    def _ordered_pairs(n: int) -> float:
        return max(n * (n - 1.0), 1.0)


def _row_norms(rows: np.ndarray) -> np.ndarray:
    return np.sqrt(np.maximum(np.square(rows).sum(axis=1, keepdims=True), 1e-12))


def _factor(name: str, value: Any) -> float:
    return float(as_number(value, name, 0))


_REGISTRY = Registry(
    "un regularizador",
    "keras.regularizers",
    (L1, L2, L1L2, OrthogonalRegularizer),
    aliases={"l1_l2": L1L2},
)


def get(identifier: Any) -> Callable[[np.ndarray], float] | None:
    """Regularizador por nombre (``"l2"``), configuración, clase o función; None si es None.

    Parameters
    ----------
    identifier : str, dict, type, object or None
        Lo que se busca: un nombre de Keras, una configuración, una clase o un objeto ya creado.

    Returns
    -------
    callable or None
        El regularizador.

    Raises
    ------
    ValueError
        Si el nombre no existe o lo que llega no se puede llamar.
    """
    return _REGISTRY.get(identifier)


def serialize(regularizer: Any) -> Any:
    """Configuración con la forma de Keras; None y las funciones propias, tal cual.

    Parameters
    ----------
    regularizer : Regularizer, callable or None
        Lo que ``get`` devolvió.

    Returns
    -------
    object
        La configuración, un diccionario, o lo que llegó.
    """
    return _REGISTRY.serialize(regularizer)


def penalty(regularizer: Callable[[np.ndarray], float], x: np.ndarray) -> float:
    """Castigo de ``x``: un número, aunque el regularizador sea una función propia.

    Parameters
    ----------
    regularizer : callable
        Un regularizador: un objeto de este módulo o una función propia.
    x : array_like
        Números reales, de cualquier forma; los enteros pasan a decimales.

    Returns
    -------
    float
        El castigo.

    Raises
    ------
    ValueError
        Si el regularizador no devuelve un número.
    """
    value = as_numbers(regularizer(x), "el castigo del regularizador")
    if value.size != 1:
        raise ValueError(f"Un regularizador devuelve un número. Llegó la forma {value.shape}.")
    return value.item()


def gradient(regularizer: Callable[[np.ndarray], float], x: np.ndarray) -> np.ndarray:
    """Derivada del castigo respecto de ``x``.

    Parameters
    ----------
    regularizer : callable
        Un regularizador: un objeto de este módulo o una función propia.
    x : array_like
        Números reales, de cualquier forma; los enteros pasan a decimales.

    Returns
    -------
    ndarray
        De la forma de ``x``.

    Raises
    ------
    ValueError
        Si el regularizador es una función propia, sin método ``gradient``.
    """
    if not hasattr(regularizer, "gradient"):
        name = getattr(regularizer, "__name__", repr(regularizer))
        raise ValueError(
            f"No se conoce la derivada del regularizador {name!r}: para entrenar, hereda de "
            "conv2d_lib.regularizers.Regularizer y define gradient(x)."
        )
    return regularizer.gradient(x)
