"""Archivos de pesos que no son ``.weights.h5``: qué son y cómo se convierten."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import h5py

_SAVE = 'guarda solo los pesos con modelo.save_weights("nombre.weights.h5")'


def what_it_is(path: Path) -> str | None:
    """Una frase sobre un archivo o una carpeta que otro programa escribió; None si no se sabe."""
    if path.is_dir():
        if (path / "saved_model.pb").exists():
            return f"es un modelo de TensorFlow (SavedModel): cárgalo con TensorFlow y {_SAVE}"
        return "es una carpeta: da la ruta del archivo de pesos"
    checkpoint = path.name.endswith((".index", ".ckpt")) or ".data-0" in path.name
    if path.name == "checkpoint" or checkpoint or path.with_name(f"{path.name}.index").exists():
        return (
            "es un punto de control de TensorFlow: cárgalo en el modelo con TensorFlow "
            f"(tf.train.Checkpoint) y {_SAVE}"
        )
    if not path.is_file():
        return None
    if zipfile.is_zipfile(path):
        if path.suffix in (".npz", ".pt", ".pth"):
            return f"no es de Keras ({path.suffix}): pon los arreglos con set_weights"
        return (
            f"es un modelo entero de Keras (.keras): cárgalo con keras.saving.load_model y {_SAVE}"
        )
    return None


def layout_of(file: h5py.File) -> str | None:
    """Una frase si el HDF5 tiene la disposición de Keras 1 o 2; None si no."""
    if "model_weights" in file or "model_config" in file.attrs:
        return (
            "es un modelo entero en el formato antiguo de Keras (.h5): cárgalo con "
            f"keras.saving.load_model y {_SAVE}"
        )
    if "layer_names" in file.attrs:
        return (
            "tiene la disposición de Keras 2: cárgalo en un modelo de Keras con "
            f"modelo.load_weights (con un nombre terminado en .h5, sin «.weights») y {_SAVE}"
        )
    return None


def floats_of(dataset: h5py.Dataset) -> np.ndarray:
    """Los números de un conjunto de datos de decimales, también si son bfloat16."""
    if is_bfloat16(dataset):
        # The upper half of a float32: nothing is lost.
        halves = np.asarray(dataset[()]).view(np.uint16).astype(np.uint32)
        return (halves << 16).view(np.float32)
    return np.asarray(dataset[()])


def is_bfloat16(dataset: Any) -> bool:
    """Keras guarda bfloat16 como bytes sin tipo, y dice cuál es en un atributo."""
    opaque = dataset.dtype.kind == "V" and dataset.dtype.itemsize == 2
    return bool(opaque and dataset.attrs.get("dtype") == "bfloat16")
