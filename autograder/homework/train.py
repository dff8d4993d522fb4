"""``curso entrenar``: entrena la CNN y los dos MLP de la tarea, y guarda sus pesos."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from ..common.errors import CursoError
from .data import load

BATCH = 128
# Constant Adam at 1e-3 stays under 0.91 on the test set; this decay passes it.
FIRST_LEARNING_RATE = 2e-3
# As in the lessons: enough to try the way, too few to pass.
SHORT_DATA, SHORT_IMAGES = "CURSO_DATOS_CORTOS", 1_000
TITLES = {"cnn": "CNN", "mlp": "MLP", "mlp_equivalente": "MLP equivalente"}

# Units of the hidden Dense layers, after the convolutions where there are some.
DENSE = {"cnn": (128,), "mlp": (128, 64), "mlp_equivalente": (256, 96)}

# The epoch, from 1; the step within the whole training; the training accuracy in this epoch.
Report = Callable[[int, int, float], None]
Split = tuple[np.ndarray, np.ndarray]


def train_with_conv2d_lib(
    name: str, train: Split, test: Split, path: Path, *, epochs: int, seed: int, report: Report
) -> float:
    """Train one network of the homework, save its weights, and return its test accuracy.

    Parameters
    ----------
    name : str
        A key of ``TITLES``.
    train, test : (ndarray, ndarray)
        Images of shape (n, 28, 28, 1), float32 between 0 and 1, and labels.
    path : Path
        Where to save: its name ends in ``.weights.h5``.
    epochs, seed : int
        How long, and the seed of weights and of the order of the images.
    report : callable
        Called after each batch.
    """
    import conv2d_lib as cl

    cl.set_random_seed(seed)
    model = cl.Sequential(network_layers(cl, name))
    model.build((None, 28, 28, 1))
    decay = cl.optimizers.CosineDecay(FIRST_LEARNING_RATE, steps_per_epoch(train) * epochs)
    model.compile(cl.optimizers.Adam(decay), "sparse_categorical_crossentropy")

    def on_step(epoch: int, step: int, measured: dict[str, float]) -> None:
        report(epoch + 1, step, measured["accuracy"])

    options = {"batch_size": BATCH, "epochs": epochs, "verbose": 0, "seed": seed}
    if model.fit(*train, **options, on_step=on_step).interrupted:
        raise KeyboardInterrupt
    model.save_weights(path)
    return model.evaluate(*test, batch_size=500)[1]


def train_with_keras(
    name: str, train: Split, test: Split, path: Path, *, epochs: int, seed: int, report: Report
) -> float:
    """:func:`train_with_conv2d_lib`, with Keras."""
    import keras

    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((28, 28, 1)), *network_layers(keras.layers, name)])
    decay = keras.optimizers.schedules.CosineDecay(
        FIRST_LEARNING_RATE, steps_per_epoch(train) * epochs
    )
    model.compile(
        keras.optimizers.Adam(decay), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )

    class Reporter(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
            self.epoch = epoch

        def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
            step = self.epoch * self.params["steps"] + batch + 1
            report(self.epoch + 1, step, float((logs or {}).get("accuracy", 0.0)))

    model.fit(*train, batch_size=BATCH, epochs=epochs, verbose=0, callbacks=[Reporter()])
    model.save_weights(path)
    return float(model.evaluate(*test, batch_size=500, verbose=0)[1])


def network_layers(library: ModuleType, name: str) -> list[Any]:
    """The layers of a network, from Keras or from conv2d_lib: they take the same arguments."""
    convolutions = [
        layer
        for filters in ((32, 64) if name == "cnn" else ())
        for layer in (
            library.Conv2D(filters, 3, activation="relu"),
            library.MaxPooling2D(2),
        )
    ]
    hidden = [library.Dense(units, activation="relu") for units in DENSE[name]]
    return [*convolutions, library.Flatten(), *hidden, library.Dense(10, activation="softmax")]


def steps_per_epoch(train: Split) -> int:
    return -(-len(train[0]) // BATCH)


def run(folder: Path, *, epochs: int = 12, seed: int = 128, with_keras: bool = False) -> int:
    """Train the three networks into ``folder`` with a progress bar.

    With conv2d_lib, or with Keras if asked: only then is TensorFlow imported. Returns 0 when all
    was saved, 130 after Ctrl-C.

    Raises
    ------
    CursoError
        If there is no data, or ``epochs`` is not positive.
    OSError
        If the folder cannot be written.
    """
    if epochs < 1:
        raise CursoError(f"hace falta al menos una época y llegó {epochs}")
    train, test = prepared_data()
    folder.mkdir(parents=True, exist_ok=True)
    console = Console()
    backend = _with_keras() if with_keras else nullcontext(train_with_conv2d_lib)
    try:
        with backend as train_network:
            accuracies = _train_all(console, folder, train, test, epochs, seed, train_network)
    except KeyboardInterrupt:
        # Typer would take it in silence.
        print("curso: interrumpido", file=sys.stderr)
        return 130
    for name, accuracy in accuracies.items():
        shown = f"{100 * accuracy:.2f} %".replace(".", ",")
        console.print(f"✔ {TITLES[name]}: {shown} de aciertos", highlight=False)
    console.print(
        f"Los pesos están en {folder}. Compruébalos con: curso aceptar {folder}",
        markup=False,
        soft_wrap=True,
    )
    return 0


def prepared_data() -> tuple[Split, Split]:
    """Fashion-MNIST to train and to test with: images of (n, 28, 28, 1), float32 from 0 to 1."""
    train, test = load()
    if os.environ.get(SHORT_DATA) == "1":
        train = train[0][:SHORT_IMAGES], train[1][:SHORT_IMAGES]
    return _prepare(train), _prepare(test)


def _prepare(split: Split) -> Split:
    images, labels = split
    prepared = images[..., None].astype(np.float32)
    prepared /= 255
    return prepared, labels


@contextmanager
def _with_keras() -> Iterator[Callable[..., float]]:
    from ..notebook.keras_bridge import without_native_noise

    with without_native_noise():
        yield train_with_keras


def _train_all(
    console: Console,
    folder: Path,
    train: Split,
    test: Split,
    epochs: int,
    seed: int,
    train_network: Callable[..., float],
) -> dict[str, float]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[state]}"),
    )
    accuracies = {}
    with Progress(*columns, console=console) as progress:
        total = steps_per_epoch(train) * epochs
        for name, title in TITLES.items():
            bar = progress.add_task(title, total=total, state="preparando")

            def report(epoch: int, step: int, accuracy: float, bar: TaskID = bar) -> None:
                state = f"época {epoch}/{epochs} · {100 * accuracy:.1f} %"
                progress.update(bar, completed=step, state=state.replace(".", ","))

            accuracies[name] = train_network(
                name,
                train,
                test,
                folder / f"{name}.weights.h5",
                epochs=epochs,
                seed=seed,
                report=report,
            )
    return accuracies
