"""``curso datos``: dónde está Fashion-MNIST; si no está, lo descarga o dice qué hacer."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from rich.console import Console

from conv2d_lib import datasets

from .errors import CursoError

Split = tuple[np.ndarray, np.ndarray]


def load(folder: Path | None = None) -> tuple[Split, Split]:
    """Fashion-MNIST as ``conv2d_lib.load_fashion_mnist`` gives it.

    Raises
    ------
    CursoError
        If it is nowhere and could not be downloaded, or a file is damaged.
    """
    try:
        return datasets.load_fashion_mnist(folder)
    except (OSError, ValueError) as error:
        raise CursoError(str(error)) from error


def location(folder: Path | None = None) -> Path:
    """Where :func:`load` looks, or downloads to."""
    given = folder or os.environ.get("FASHION_MNIST_DIR")
    return Path(given).expanduser() if given else datasets.keras_folder()


def run(folder: Path | None = None) -> int:
    """Say where the data is and that it is whole; download it where no folder was given."""
    console = Console()
    place = location(folder)
    if not any((place / name).is_file() for name in datasets.FASHION_MNIST_FILES):
        console.print(f"En {place} no hay datos todavía.", markup=False, soft_wrap=True)
    (train, _), (test, _) = load(folder)
    console.print(
        f"✔ Fashion-MNIST está completo en {place}: {len(train)} imágenes de entrenamiento y "
        f"{len(test)} de test.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    return 0
