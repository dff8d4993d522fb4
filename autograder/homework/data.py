"""``curso datos``: dónde está Fashion-MNIST; si no está, lo descarga o dice qué hacer."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from conv2d_lib.datasets import sets as datasets

from ..checks.fashion_mnist import Split, load, load_test, location

__all__ = ["Split", "load", "load_test", "location", "run"]


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
