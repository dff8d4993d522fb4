"""Las imágenes con que se mide la tarea: dónde están, y leídas una vez por proceso."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from ..common.errors import CursoError

Split = tuple[np.ndarray, np.ndarray]


def load(folder: Path | None = None) -> tuple[Split, Split]:
    """Fashion-MNIST as ``conv2d_lib.load_fashion_mnist`` gives it.

    Raises
    ------
    CursoError
        If it is nowhere and could not be downloaded, or a file is damaged.
    """
    from conv2d_lib.datasets import sets as datasets  # What it needs, the base alone does not have.

    try:
        return datasets.load_fashion_mnist(folder)
    except (OSError, ValueError) as error:
        raise CursoError(str(error)) from error


_kept: tuple[tuple, Split] | None = None


def load_test() -> Split:
    """The test images and labels, which a process reads once while their files stay the same.

    Raises
    ------
    CursoError
        As :func:`load` does.
    """
    global _kept
    files = _files_of(location())
    if _kept is None or _kept[0] != files:
        # Looked at before they are read: what changes meanwhile is read again the next time.
        _kept = files, load()[1]
    return _kept[1]


def _files_of(folder: Path) -> tuple:
    """What tells the data's files from others of the same names."""
    from conv2d_lib.datasets import sets as datasets

    found: list[tuple] = []
    for name in datasets.FASHION_MNIST_FILES:
        try:
            about = (folder / name).stat()
            found.append((str(folder), name, about.st_ino, about.st_size, about.st_mtime_ns))
        except OSError:
            found.append((str(folder), name))
    return tuple(found)


def location(folder: Path | None = None) -> Path:
    """Where :func:`load` looks, or downloads to."""
    from conv2d_lib.datasets import sets as datasets

    given = folder or os.environ.get("FASHION_MNIST_DIR")
    return Path(given).expanduser() if given else datasets.keras_folder()
