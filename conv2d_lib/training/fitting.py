"""El bucle de entrenamiento: lotes barajados, un paso por lote, progreso e historia."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from .. import regularizers
from ..arguments import shown
from ..arrays import as_numbers
from ..layers import Layer
from ..layers.base import Backward, Parameter
from ..losses import Loss
from ..optimizers import Optimizer

if TYPE_CHECKING:
    from .fusion import ConvPool


@dataclass
class History:
    """Lo que pasó en cada época.

    Attributes
    ----------
    history
        ``loss`` y ``accuracy`` de cada época, y ``val_loss`` y ``val_accuracy`` si hubo datos de
        validación; listas en el orden de ``epoch``.
    epoch
        Épocas completas, contadas desde 0.
    interrupted
        Si alguien detuvo el entrenamiento antes de tiempo.
    """

    history: dict[str, list[float]] = field(default_factory=dict)
    epoch: list[int] = field(default_factory=list)
    interrupted: bool = False

    def add(self, epoch: int, metrics: dict[str, float]) -> None:
        """Apunta las medidas de una época.

        Parameters
        ----------
        epoch : int
            Época, contada desde 0.
        metrics : dict of str to float
            Sus medidas.
        """
        self.epoch.append(epoch)
        for name, value in metrics.items():
            self.history.setdefault(name, []).append(value)


def batches(n: int, size: int, order: np.ndarray | None = None) -> Iterator[slice | np.ndarray]:
    """Índices de cada lote; el último puede ser menor."""
    for start in range(0, n, size):
        window = slice(start, min(start + size, n))
        yield window if order is None else order[window]


def train_step(
    layers: Sequence[Layer | ConvPool],
    loss: Loss,
    optimizer: Optimizer,
    x: np.ndarray,
    y: np.ndarray,
) -> tuple[float, float]:
    """Un paso de entrenamiento con un lote: ida, vuelta y cambio de los pesos.

    Returns
    -------
    loss, accuracy
        Pérdida (con los castigos de los regularizadores) y aciertos del lote antes del cambio.
    """
    backwards = []
    for layer in layers:
        x, backward = layer.forward(x)
        backwards.append(backward)
    value = loss(y, x) + sum(sum(layer.losses) for layer in layers)
    accuracy = loss.accuracy(y, x)
    grads = _gradients(layers, backwards, loss.gradient(y, x))
    parameters = [p for layer in layers if layer.trainable for p in layer.parameters]
    optimizer.apply([p.value for p in parameters], grads)
    for parameter in parameters:
        if parameter.constraint is not None:
            parameter.value[...] = _constrained(parameter)
    return value, accuracy


def _constrained(parameter: Parameter) -> np.ndarray:
    constraint = cast(Callable[..., Any], parameter.constraint)
    value = as_numbers(constraint(parameter.value), "la salida de la restricción")
    if value.shape != parameter.value.shape:
        raise ValueError(
            f"Una restricción devuelve pesos de la forma que recibe, {parameter.value.shape}. "
            f"Llegó {value.shape}."
        )
    return value


def _gradients(
    layers: Sequence[Layer | ConvPool], backwards: list[Backward], grad: np.ndarray
) -> list[np.ndarray]:
    """Gradientes de los pesos que se entrenan, en el orden de las capas."""
    trained = [index for index, layer in enumerate(layers) if layer.trainable and layer.parameters]
    first = trained[0] if trained else len(layers)
    collected: list[np.ndarray] = []
    for index in range(len(layers) - 1, first - 1, -1):
        # Popping frees the activations of a layer as soon as they have been used.
        before, grads = backwards.pop()(grad, index > first)
        grad = cast(np.ndarray, before)  # None only for the first of all, where it is not used.
        if layers[index].trainable:
            collected = [*_with_penalties(layers[index], grads), *collected]
    return collected


def _with_penalties(layer: Layer | ConvPool, grads: list[np.ndarray]) -> list[np.ndarray]:
    return [
        grad
        if parameter.regularizer is None
        else grad + regularizers.gradient(parameter.regularizer, parameter.value)
        for parameter, grad in zip(layer.parameters, grads, strict=True)
    ]


class Average:
    """Media ponderada por el tamaño de cada lote."""

    def __init__(self) -> None:
        self._sums = np.zeros(2)
        self._count = 0

    def add(self, values: tuple[float, float], count: int) -> None:
        self._sums += np.multiply(values, count)
        self._count += count

    def result(self) -> tuple[float, float]:
        """Pérdida y aciertos."""
        loss, accuracy = self._sums / max(self._count, 1)
        return float(loss), float(accuracy)

    def metrics(self) -> dict[str, float]:
        """Lo mismo que ``result``, con sus nombres."""
        return dict(zip(("loss", "accuracy"), self.result(), strict=True))


def as_verbose(value: int | str) -> int | str:
    """Cuánto se cuenta: 0, 1, 2 o ``"auto"``."""
    if not isinstance(value, (int, str)) or value not in (0, 1, 2, "auto"):
        raise ValueError(f"«verbose» debe ser 0, 1, 2 o 'auto'. Llegó {shown(value)}.")
    return value


class Progress:
    """Barra con el tiempo que falta y una línea por época.

    Parameters
    ----------
    verbose
        0, nada; 1, barra y líneas; 2, solo líneas; ``"auto"``, barra donde se puede dibujar.
    epochs, steps
        Épocas, y pasos por época.
    """

    def __init__(self, verbose: int | str, epochs: int, steps: int) -> None:
        from tqdm import tqdm

        verbose = as_verbose(verbose)
        drawable = sys.stdout.isatty() or "ipykernel" in sys.modules
        self.verbose = (1 if drawable else 2) if verbose == "auto" else verbose
        self.epochs = epochs
        # Standard output: nbgrader gives no points to a cell that writes to standard error.
        self._bar = tqdm(
            total=epochs * steps,
            file=sys.stdout,
            disable=self.verbose != 1,
            unit="paso",
            mininterval=0.5,
            leave=False,
            bar_format="{desc} {percentage:3.0f} %|{bar}| {n_fmt}/{total_fmt} pasos, faltan "
            "{remaining}{postfix}",
        )

    def start_epoch(self, epoch: int) -> None:
        self._bar.set_description_str(f"Época {epoch + 1}/{self.epochs}", refresh=False)

    def advance(self, loss: float | None = None) -> None:
        if self.verbose == 1:
            if loss is not None:
                self._bar.set_postfix_str(f"pérdida {loss:.4f}", refresh=False)
            self._bar.update()

    def end_epoch(self, epoch: int, metrics: dict[str, float]) -> None:
        names = {
            "loss": "pérdida",
            "accuracy": "acierto",
            "val_loss": "pérdida de validación",
            "val_accuracy": "acierto de validación",
        }
        shown = ", ".join(
            f"{names[name]} {value:.4f}" for name, value in metrics.items() if not math.isnan(value)
        )
        self.say(f"Época {epoch + 1}/{self.epochs}: {shown}")

    def say(self, line: str) -> None:
        if self.verbose == 1:
            self._bar.write(line, file=sys.stdout)
        elif self.verbose == 2:
            print(line, flush=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: Any) -> None:
        self._bar.close()
