"""Lo que scikit-learn trae consigo, leído sin importarlo: dos fotografías y 1797 dígitos."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

from ..arguments import shown

PHOTOGRAPHS = ("china", "flower")
_TEST = 360  # of the digits: a fifth, the last ones


def bundled_file(*parts: str) -> Path | None:
    """Un archivo de ``sklearn/datasets``, o ``None`` si no está.

    Importing scikit-learn takes a second or more; knowing where it stands takes none.

    Parameters
    ----------
    *parts : str
        Los trozos de su ruta.

    Returns
    -------
    Path or None
    """
    found = importlib.util.find_spec("sklearn")
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(found.submodule_search_locations[0], "datasets", *parts)
    return path if path.is_file() else None


def load_sample_image(name: str) -> np.ndarray:
    """Una de las fotografías en color que vienen con scikit-learn, sin descargar nada.

    Parameters
    ----------
    name : {"china", "flower"}
        ``"china"`` (el palacio de verano de Pekín) o ``"flower"`` (una dalia).

    Returns
    -------
    np.ndarray
        ``float32`` de forma (427, 640, 3), con valores entre 0 y 1.

    Raises
    ------
    ValueError
        Si no hay ninguna con ese nombre.
    FileNotFoundError
        Si scikit-learn no está instalado.

    Examples
    --------
    >>> load_sample_image("china").shape
    (427, 640, 3)
    """
    if not isinstance(name, str) or name not in PHOTOGRAPHS:
        raise ValueError(
            f"No hay ninguna imagen {shown(name)}. Las que hay son 'china' y 'flower'."
        )
    from PIL import Image

    with Image.open(_needed("images", f"{name}.jpg")) as image:
        return np.asarray(image.convert("RGB"), dtype=np.float32) / 255


def load_digits() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """1797 dígitos escritos a mano, de 8 x 8 píxeles, que vienen con scikit-learn.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Imágenes ``uint8`` de formas (1437, 8, 8) y (360, 8, 8), con valores de 0 a 16, y etiquetas
        ``uint8`` de 0 a 9. Los de prueba son los últimos del archivo.

    Raises
    ------
    FileNotFoundError
        Si scikit-learn no está instalado.

    References
    ----------
    E. Alpaydin y C. Kaynak, *Optical Recognition of Handwritten Digits* (1998), UCI.

    Examples
    --------
    >>> (x_train, y_train), (x_test, y_test) = load_digits()
    >>> x_train.shape, x_test.shape
    ((1437, 8, 8), (360, 8, 8))
    """
    rows = np.loadtxt(_needed("data", "digits.csv.gz"), delimiter=",", dtype=np.uint8)
    images, labels = rows[:, :-1].reshape(-1, 8, 8), rows[:, -1]
    return (images[:-_TEST], labels[:-_TEST]), (images[-_TEST:], labels[-_TEST:])


def _needed(*parts: str) -> Path:
    path = bundled_file(*parts)
    if path is None:
        raise FileNotFoundError(
            f"No está {parts[-1]}, que viene con scikit-learn: instálalo con "
            "«pip install scikit-learn»."
        )
    return path
