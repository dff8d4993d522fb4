"""Cuánto se equivoca una red: entropía cruzada y error cuadrático, con los nombres de Keras."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .activations import log_softmax, softmax
from .arguments import as_flag, shown
from .arrays import as_floats, as_numbers
from .registry import Configurable, Registry


class Loss(Configurable):
    """Base: se llama con lo correcto y lo predicho y devuelve la pérdida media del lote."""

    def __call__(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        """Pérdida media.

        Parameters
        ----------
        y_true : array_like
            Lo correcto: etiquetas enteras, de forma (N,), o valores de la forma de ``y_pred``,
            según la pérdida.
        y_pred : array_like, shape (N, ...)
            Lo que predijo la red; con clases, (N, clases).

        Returns
        -------
        float
            Pérdida media del lote.

        Raises
        ------
        ValueError
            Si las formas no van juntas o una etiqueta no es de ninguna clase.
        """
        raise NotImplementedError

    def gradient(self, y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
        """Derivada de la pérdida media respecto de ``y_pred``, de su forma y tipo.

        Parameters
        ----------
        y_true : array_like
            Lo correcto: etiquetas enteras, de forma (N,), o valores de la forma de ``y_pred``,
            según la pérdida.
        y_pred : array_like, shape (N, ...)
            Lo que predijo la red; con clases, (N, clases).

        Returns
        -------
        ndarray
            De la forma y el tipo de ``y_pred``.

        Raises
        ------
        ValueError
            Si las formas no van juntas o una etiqueta no es de ninguna clase.
        """
        raise NotImplementedError

    def accuracy(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        """Parte de aciertos, de 0 a 1; NaN si no se trata de clases.

        Parameters
        ----------
        y_true : array_like
            Lo correcto: etiquetas enteras, de forma (N,), o valores de la forma de ``y_pred``,
            según la pérdida.
        y_pred : array_like, shape (N, ...)
            Lo que predijo la red; con clases, (N, clases).

        Returns
        -------
        float
            De 0 a 1, o NaN.

        Raises
        ------
        ValueError
            Si las formas no van juntas o una etiqueta no es de ninguna clase.
        """
        return math.nan


class SparseCategoricalCrossentropy(Loss):
    """Entropía cruzada con etiquetas enteras: ``-log`` de la probabilidad de la clase correcta.

    Parameters
    ----------
    from_logits : bool
        Si la red da logits (última capa sin activación) en vez de probabilidades (``softmax``).

    Raises
    ------
    ValueError
        Si un argumento no es válido.
    """

    def __init__(self, from_logits: bool = False) -> None:
        self.from_logits = as_flag(from_logits, "from_logits")

    def __call__(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        y_pred = as_floats(y_pred, "y_pred")
        labels = self._labels(y_true, y_pred)
        picked = self._log_probabilities(y_pred)[np.arange(len(labels)), labels]
        return -float(picked.mean(dtype=np.float64))

    def gradient(self, y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
        y_pred = as_floats(y_pred, "y_pred")
        labels = self._labels(y_true, y_pred)
        rows = np.arange(len(labels))
        if self.from_logits:
            grad = softmax(y_pred)
            grad[rows, labels] -= 1
        else:
            grad = np.zeros_like(y_pred)
            grad[rows, labels] = -1 / _positive(y_pred[rows, labels])
        return grad / y_pred.dtype.type(len(labels))

    def accuracy(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        y_pred = as_floats(y_pred, "y_pred")
        labels = self._labels(y_true, y_pred)
        return float((y_pred.argmax(axis=-1) == labels).mean())

    def get_config(self) -> dict[str, Any]:
        return {"from_logits": self.from_logits}

    def _log_probabilities(self, y_pred: np.ndarray) -> np.ndarray:
        return log_softmax(y_pred) if self.from_logits else np.log(_positive(y_pred))

    @staticmethod
    def _labels(y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
        labels = as_numbers(y_true, "y").reshape(-1)
        if y_pred.ndim != 2 or len(labels) != len(y_pred):
            raise ValueError(
                f"Las etiquetas tienen forma {np.shape(y_true)} y las predicciones {y_pred.shape}: "
                "debe haber una etiqueta entera por predicción, y las predicciones deben ser "
                "(lote, clases). ¿Falta Flatten antes de Dense?"
            )
        classes = y_pred.shape[-1]
        with np.errstate(invalid="ignore"):  # NaN is no integer, and is said below.
            whole = labels.astype(np.intp)
        if len(labels) and ((whole != labels).any() or whole.min() < 0 or whole.max() >= classes):
            raise ValueError(
                f"La red distingue {classes} clases: las etiquetas deben ser enteros de 0 a "
                f"{classes - 1}. Llegaron valores entre {labels.min()} y {labels.max()}."
            )
        return whole


class CategoricalCrossentropy(SparseCategoricalCrossentropy):
    """Entropía cruzada con etiquetas «one-hot», de forma (lote, clases).

    Parameters
    ----------
    from_logits : bool
        Si la red da logits (última capa sin activación) en vez de probabilidades (``softmax``).

    Raises
    ------
    ValueError
        Si el argumento no es True o False.

    Examples
    --------
    >>> targets, probabilities = np.array([[0.0, 1.0]]), np.array([[0.5, 0.5]])
    >>> round(CategoricalCrossentropy()(targets, probabilities), 4)  # -log(1/2)
    0.6931
    """

    def __call__(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        targets, y_pred = _same_shape(y_true, y_pred)
        per_row = (targets * self._log_probabilities(y_pred)).sum(axis=-1)
        return -float(per_row.mean(dtype=np.float64))

    def gradient(self, y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
        targets, y_pred = _same_shape(y_true, y_pred)
        if self.from_logits:
            grad = softmax(y_pred) * targets.sum(axis=-1, keepdims=True) - targets
        else:
            grad = -targets / _positive(y_pred)
        return (grad / len(y_pred)).astype(y_pred.dtype)

    def accuracy(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        targets, y_pred = _same_shape(y_true, y_pred)
        return float((y_pred.argmax(axis=-1) == targets.argmax(axis=-1)).mean())


class MeanSquaredError(Loss):
    """Media de los cuadrados de las diferencias."""

    def __call__(self, y_true: np.ndarray, y_pred: np.ndarray) -> float:
        targets, y_pred = _same_shape(y_true, y_pred)
        return float(np.square(y_pred - targets).mean(dtype=np.float64))

    def gradient(self, y_true: np.ndarray, y_pred: np.ndarray) -> np.ndarray:
        targets, y_pred = _same_shape(y_true, y_pred)
        difference = y_pred - targets
        return (2 / max(difference.size, 1) * difference).astype(y_pred.dtype)


def _positive(probabilities: np.ndarray) -> np.ndarray:
    return np.maximum(probabilities, np.finfo(probabilities.dtype).tiny)


def _same_shape(y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    targets, y_pred = as_floats(y_true, "y"), as_floats(y_pred, "y_pred")
    if targets.shape != y_pred.shape:
        raise ValueError(
            f"Lo correcto tiene forma {targets.shape} y lo predicho {y_pred.shape}: esta pérdida "
            "las necesita iguales. Con etiquetas enteras usa 'sparse_categorical_crossentropy'."
        )
    return targets, y_pred


_REGISTRY = Registry(
    "una pérdida",
    "keras.losses",
    (SparseCategoricalCrossentropy, CategoricalCrossentropy, MeanSquaredError),
    aliases={"mse": MeanSquaredError, "MSE": MeanSquaredError},
)


def get(identifier: Any) -> Loss | None:
    """Pérdida por nombre (``"mse"``), configuración, clase u objeto; None si es None.

    Parameters
    ----------
    identifier : str, dict, type, object or None
        Lo que se busca: un nombre de Keras, una configuración, una clase o un objeto ya creado.

    Returns
    -------
    Loss or None
        La pérdida.

    Raises
    ------
    ValueError
        Si el nombre no existe o lo que llega no es una ``Loss``.
    """
    loss = _REGISTRY.get(identifier)
    if loss is not None and not isinstance(loss, Loss):
        raise ValueError(
            "La pérdida debe heredar de conv2d_lib.losses.Loss, que da su derivada. "
            f"Llegó {shown(loss)}."
        )
    return loss
