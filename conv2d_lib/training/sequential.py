"""La red que aprende: ``Sequential`` se evalúa y se entrena."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

import numpy as np

from .. import losses, optimizers
from ..activations import linear, softmax
from ..arguments import as_flag, as_number, as_seed, items_of, shown
from ..arrays import as_numbers
from ..layers import Layer
from ..seeding import fresh_seed
from .fitting import Average, History, Progress, as_verbose, batches, train_step
from .fusion import ConvPool, fused
from .network import PREDICT_BATCH, Network, positive

FIT_BATCH = 32

Data = tuple[np.ndarray, np.ndarray]
OnStep = Callable[[int, int, dict[str, float]], None]


class Sequential(Network):
    """Capas una tras otra, como ``keras.Sequential``.

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

    Examples
    --------
    >>> from conv2d_lib import Conv2D, Dense, Flatten, MaxPooling2D
    >>> cnn = Sequential([
    ...     Conv2D(32, 3, activation="relu", input_shape=(28, 28, 1)), MaxPooling2D(2),
    ...     Conv2D(64, 3, activation="relu"), MaxPooling2D(2), Flatten(),
    ...     Dense(128, activation="relu"), Dense(10, activation="softmax")])
    >>> cnn.count_params()
    225034
    """

    def __init__(
        self,
        layers: Iterable[Layer] | None = None,
        trainable: bool = True,
        name: str | None = None,
    ) -> None:
        super().__init__(layers, trainable, name)
        self.history: History | None = None
        self._loss: losses.Loss | None = None
        self._optimizer: optimizers.Optimizer | None = None

    def evaluate(
        self,
        x: np.ndarray,
        y: np.ndarray,
        batch_size: int | None = None,
        verbose: int | str = 0,
    ) -> tuple[float, float]:
        """Pérdida y parte de aciertos.

        La pérdida es la de ``compile``; sin ella, la entropía cruzada con etiquetas enteras.

        Parameters
        ----------
        x : array_like, shape (N, ...)
            Muestras.
        y : array_like
            Lo que la red debe responder a cada una.
        batch_size : int, optional
            Muestras por lote; 256 si no se da.
        verbose : int or str
            Con 1 se ve una barra de progreso.

        Returns
        -------
        loss, accuracy
            Pérdida media, con los castigos de los regularizadores, y aciertos de 0 a 1 (NaN si la
            pérdida no es de clases).

        Raises
        ------
        ValueError
            Si la entrada o las respuestas no tienen la forma que la red espera.
        """
        x, y = self._as_batch(x), _labels_for(x, y)
        loss = self._loss or self._default_loss()
        size = positive("batch_size", batch_size, PREDICT_BATCH)
        average = Average()
        with Progress(1 if as_verbose(verbose) == 1 else 0, 1, -(-len(x) // size)) as progress:
            for window in batches(len(x), size):
                y_pred = self._run(x[window])
                measured = loss(y[window], y_pred) + sum(self.losses)
                average.add((measured, loss.accuracy(y[window], y_pred)), len(y_pred))
                progress.advance()
        return average.result()

    def compile(self, optimizer: Any = "adam", loss: Any = None, metrics: Any = None) -> None:
        """Elige cómo se entrena la red.

        Parameters
        ----------
        optimizer : str, dict or Optimizer
            ``"adam"``, ``"sgd"`` o un objeto de ``conv2d_lib.optimizers``.
        loss : str, dict or Loss, optional
            Nombre u objeto de ``conv2d_lib.losses``. Con None, entropía cruzada con etiquetas
            enteras, sobre probabilidades o logits según acabe la red en ``softmax`` o no.
        metrics : list of str, optional
            None o ``["accuracy"]``: los aciertos se miden siempre que haya clases.

        Raises
        ------
        ValueError
            Si un nombre no existe o la pérdida no va con la última capa.
        """
        known = ("accuracy", "acc", "sparse_categorical_accuracy")
        asked = () if metrics is None else items_of(metrics)
        if asked is None or any(not isinstance(m, str) or m not in known for m in asked):
            raise ValueError(f"La única medida es 'accuracy'. Llegó metrics={shown(metrics)}.")
        self._optimizer = optimizers.get(optimizer)
        self._loss = self._default_loss() if loss is None else losses.get(loss)
        expects_probabilities = not getattr(self._loss, "from_logits", True)
        if expects_probabilities and self._last_activation() is linear:
            raise ValueError(
                "La última capa da logits (no tiene activación) y la pérdida espera "
                "probabilidades: usa activation='softmax' en esa capa o from_logits=True en la "
                "pérdida."
            )

    def fit(
        self,
        x: np.ndarray,
        y: np.ndarray,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: int | str = "auto",
        validation_split: float = 0.0,
        validation_data: Data | None = None,
        shuffle: bool = True,
        seed: int | None = None,
        on_step: OnStep | None = None,
    ) -> History:
        """Entrena la red.

        Ctrl-C la detiene sin perder lo aprendido: devuelve la historia hasta ahí, con
        ``interrupted=True``.

        Parameters
        ----------
        x : array_like, shape (N, ...)
            Muestras y lo que la red debe responder.
        y : array_like
            Muestras y lo que la red debe responder.
        batch_size : int, optional
            Muestras por paso; 32 si no se da.
        epochs : int
            Veces que se recorren los datos.
        verbose : int or str
            0, nada; 1, barra de progreso y una línea por época; 2, solo líneas; ``"auto"``, barra
            donde se puede dibujar.
        validation_split : float
            Parte final de los datos que se aparta para validar.
        validation_data : (array_like, array_like), optional
            ``(x, y)`` con que validar tras cada época.
        shuffle : bool
            Si se barajan las muestras en cada época.
        seed : int or None
            Semilla del barajado: con la misma, y los mismos pesos iniciales, el resultado es el
            mismo. Con None se saca del generador común.
        on_step : callable, optional
            Se llama tras cada paso con la época (desde 0), el paso (desde 1, sin volver a empezar
            en cada época) y las medidas de la época hasta ahí: para quien dibuja su propia barra.

        Returns
        -------
        History
            Medidas de cada época; queda también en ``self.history``.

        Raises
        ------
        ValueError
            Si un argumento no es válido, o los datos no tienen la forma que la red espera.
        """
        if self._optimizer is None:
            self.compile()
        x, y = self._as_batch(x), _labels_for(x, y)
        if not len(x):
            raise ValueError("No hay ninguna muestra con que entrenar.")
        fraction = as_number(validation_split, "validation_split")
        if validation_data is not None:
            validation_data = self._as_validation(validation_data)
        elif fraction:
            x, y, validation_data = _split(x, y, fraction)
        size = positive("batch_size", batch_size, FIT_BATCH)
        epochs = positive("epochs", epochs, 1)
        seed, shuffle = as_seed(seed), as_flag(shuffle, "shuffle")
        if not (on_step is None or callable(on_step)) or isinstance(on_step, type):
            raise ValueError(f"«on_step» debe ser una función o None. Llegó {shown(on_step)}.")
        generator = np.random.default_rng(fresh_seed() if seed is None else seed)
        layers = self._trained_layers()
        loss, optimizer = cast(losses.Loss, self._loss), cast(optimizers.Optimizer, self._optimizer)
        self.history, step, epoch = History(), 0, 0
        with Progress(verbose, epochs, -(-len(x) // size)) as progress:
            try:
                for epoch in range(epochs):
                    progress.start_epoch(epoch)
                    order = generator.permutation(len(x)) if shuffle else None
                    average = Average()
                    for window in batches(len(x), size, order):
                        batch = y[window]
                        measured = train_step(layers, loss, optimizer, x[window], batch)
                        average.add(measured, len(batch))
                        progress.advance(measured[0])
                        step += 1
                        if on_step is not None:
                            on_step(epoch, step, average.metrics())
                    metrics = average.metrics()
                    if validation_data is not None:
                        measured = self.evaluate(*validation_data)
                        metrics |= zip(("val_loss", "val_accuracy"), measured, strict=True)
                    self.history.add(epoch, metrics)
                    progress.end_epoch(epoch, metrics)
            except KeyboardInterrupt:
                self.history.interrupted = True
                progress.say(
                    f"Entrenamiento detenido en la época {epoch + 1}/{epochs}: la red conserva lo "
                    "aprendido hasta aquí."
                )
        return self.history

    def _as_validation(self, data: Data) -> Data:
        if not isinstance(data, (list, tuple)) or len(data) != 2:
            raise ValueError(f"«validation_data» es un par (x, y). Llegó {shown(data)}.")
        x = self._as_batch(data[0])
        return x, _labels_for(x, data[1])

    def _default_loss(self) -> losses.Loss:
        from_logits = self._last_activation() is not softmax
        return losses.SparseCategoricalCrossentropy(from_logits)

    def _last_activation(self) -> Any:
        return getattr(self._layers[-1], "activation", None) if self._layers else None

    def _trained_layers(self) -> list[Layer | ConvPool]:
        if not self.trainable or not any(p.trainable and p.parameters for p in self._layers):
            raise ValueError("La red no tiene ningún peso que entrenar: «trainable» es falso.")
        return fused(self._layers)


def _labels_for(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    y = as_numbers(y, "y")
    if y.ndim == 0 or len(y) != len(x):
        raise ValueError(
            f"Debe haber tantas respuestas como muestras. Llegaron {len(x)} muestras y «y» de "
            f"forma {y.shape}."
        )
    return y


def _split(x: np.ndarray, y: np.ndarray, fraction: float) -> tuple[np.ndarray, np.ndarray, Data]:
    kept = int(len(x) * (1 - fraction))
    if not 0 < kept < len(x):
        raise ValueError(
            "«validation_split» debe dejar muestras para entrenar y para validar. "
            f"Llegó {fraction!r} con {len(x)} muestras."
        )
    return x[:kept], y[:kept], (x[kept:], y[kept:])
