"""Fashion-MNIST: dónde está, y que sea él."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..arguments import shown
from .download import fetch
from .idx import read_idx

FASHION_MNIST_CLASSES = (
    "camiseta",
    "pantalón",
    "suéter",
    "vestido",
    "abrigo",
    "sandalia",
    "camisa",
    "zapatilla",
    "bolso",
    "botín",
)


class DataFile(NamedTuple):
    """Lo que se sabe de un archivo: su forma y dos sumas.

    El MD5 es el publicado, del ``.gz`` que se descarga; el SHA-256, el de lo que lleva dentro, que
    no cambia si alguien lo comprime de otra manera.
    """

    shape: tuple[int, ...]
    md5: str
    sha256: str


# Published by Zalando Research.
FASHION_MNIST_FILES = {
    "train-images-idx3-ubyte.gz": DataFile(
        (60_000, 28, 28),
        "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    ),
    "train-labels-idx1-ubyte.gz": DataFile(
        (60_000,),
        "25c81989df183df01b3e8a0aad5dffbe",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    ),
    "t10k-images-idx3-ubyte.gz": DataFile(
        (10_000, 28, 28),
        "bef4ecab320f06d8554ea6380940ec79",
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    ),
    "t10k-labels-idx1-ubyte.gz": DataFile(
        (10_000,),
        "bb300cfdad3c16e7a12a480ee83cd310",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ),
}

FASHION_MNIST_MIRRORS = (
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
)

Split = tuple[np.ndarray, np.ndarray]


def load_fashion_mnist(folder: str | os.PathLike[str] | None = None) -> tuple[Split, Split]:
    """Fashion-MNIST: 70 000 imágenes grises de ropa, de 28 x 28 píxeles, en diez clases.

    Se busca en la carpeta ``folder`` o, si no se da, en la de la variable de entorno
    ``FASHION_MNIST_DIR``; después, en la carpeta donde Keras guarda sus datos; y si no está en
    ninguna, se descarga a esta última.

    Parameters
    ----------
    folder : str or PathLike, optional
        Carpeta con los cuatro archivos ``.gz`` del conjunto.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Imágenes ``uint8`` de formas (60000, 28, 28) y (10000, 28, 28), con valores de 0 a 255, y
        etiquetas ``uint8`` de 0 a 9, en el orden de ``FASHION_MNIST_CLASSES``: como en Keras.

    Raises
    ------
    FileNotFoundError
        Si los datos no están en ninguna parte y no se pudieron descargar.
    ValueError
        Si un archivo está dañado o lo que lleva dentro no es Fashion-MNIST.

    References
    ----------
    Xiao, Rasul y Vollgraf, *Fashion-MNIST* (2017), https://arxiv.org/abs/1708.07747. Licencia MIT.
    """
    given = folder if folder is not None else os.environ.get("FASHION_MNIST_DIR") or None
    if given is not None and not isinstance(given, (str, os.PathLike)):
        raise ValueError(f"«folder» debe ser la ruta de una carpeta. Llegó {shown(given)}.")
    if given is not None:
        source = _given_folder(Path(given).expanduser())
    else:
        source = keras_folder()
        _download_missing(source)
    x_train, y_train, x_test, y_test = (_read(source / name) for name in FASHION_MNIST_FILES)
    return (x_train, y_train), (x_test, y_test)


def keras_folder() -> Path:
    """Carpeta donde Keras guarda Fashion-MNIST: ``$KERAS_HOME`` o ``~/.keras``.

    Returns
    -------
    Path
        La carpeta, exista o no.
    """
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    return Path(home).expanduser() / "datasets" / "fashion-mnist"


def _given_folder(folder: Path) -> Path:
    missing = [name for name in FASHION_MNIST_FILES if not os.path.isfile(folder / name)]
    if missing:
        raise FileNotFoundError(
            f"En la carpeta {shown(str(folder))} no está Fashion-MNIST completo: falta "
            f"{', '.join(missing)}. Corrige la carpeta (o la variable FASHION_MNIST_DIR), o "
            "quítala para descargarlo."
        )
    return folder


def _download_missing(folder: Path) -> None:
    for name, expected in FASHION_MNIST_FILES.items():
        if (folder / name).is_file():
            continue
        try:
            fetch(name, expected.md5, FASHION_MNIST_MIRRORS, folder)
        except OSError as error:
            raise FileNotFoundError(
                f"No hay datos de Fashion-MNIST ni se pudieron descargar ({error}). Copia "
                f"{', '.join(FASHION_MNIST_FILES)} en {folder}, o en otra carpeta y da su ruta en "
                "la variable de entorno FASHION_MNIST_DIR."
            ) from None


def _read(path: Path) -> np.ndarray:
    expected = FASHION_MNIST_FILES[path.name]
    try:
        array, digest = read_idx(path, expected.shape)
    except ValueError as error:
        raise ValueError(_damaged(path, str(error))) from None
    except OSError as error:
        raise ValueError(_damaged(path, f"no se puede leer (error {error.errno})")) from None
    if digest != expected.sha256:
        reason = (
            "no es de Fashion-MNIST: tiene su nombre y su forma, pero otros datos (¿los de MNIST o "
            "KMNIST, o unas etiquetas cambiadas?)"
        )
        raise ValueError(_damaged(path, reason))
    return array


def _damaged(path: Path, reason: str) -> str:
    return f"El archivo {path} {reason}. Bórralo y vuelve a descargarlo o a copiarlo."
