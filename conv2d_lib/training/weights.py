"""Pesos en archivos ``.weights.h5``, con la disposición de Keras 3, de ida y vuelta.

Cada capa es un grupo ``layers/<clase>`` (``conv2d``, ``conv2d_1``, ``dense``...) y sus pesos, los
conjuntos de datos ``vars/0`` (kernel) y ``vars/1`` (sesgo). Solo se leen arreglos de números con la
forma esperada: un archivo ajeno no puede ejecutar nada ni llenar la memoria.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..arguments import shown
from ..registry import snake_case
from . import foreign_weights

if TYPE_CHECKING:
    import h5py

    from ..layers import Layer

SUFFIX = ".weights.h5"


def save(path: str | os.PathLike[str], layers: Sequence[Layer], name: str) -> None:
    """Guarda los pesos de ``layers`` para que Keras o esta biblioteca los carguen.

    El archivo aparece entero o no aparece: se escribe aparte y se renombra.

    Raises
    ------
    ValueError
        Si el nombre no termina en ``.weights.h5``.
    """
    import h5py

    path = _as_path(path)
    if not path.name.endswith(SUFFIX):
        raise ValueError(
            f"El nombre del archivo debe terminar en {SUFFIX}. Llegó {shown(str(path))}."
        )
    if not os.path.isdir(path.parent):
        raise FileNotFoundError(f"No existe la carpeta {shown(str(path.parent))}.")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with h5py.File(draft, "w") as file:
            file.create_group("vars").attrs["name"] = name
            for group_name, layer in _named(layers):
                variables = file.create_group(f"layers/{group_name}/vars")
                variables.attrs["name"] = layer.name
                for index, value in enumerate(layer.weights):
                    variables[str(index)] = value
        os.replace(draft, path)
    except OSError as error:
        reason = (error.errno and os.strerror(error.errno)) or type(error).__name__
        raise OSError(f"No se pudo escribir {shown(str(path))} ({reason}).") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def load(path: str | os.PathLike[str], layers: Sequence[Layer]) -> None:
    """Carga en ``layers`` los pesos de un archivo de Keras o de esta biblioteca.

    O se cargan todos o no cambia ninguno.

    Raises
    ------
    FileNotFoundError
        Si el archivo no existe.
    ValueError
        Si tiene otro formato (y dice cuál), está dañado o es de otra red.
    """
    import h5py

    path = _as_path(path)
    known = foreign_weights.what_it_is(path) if os.path.lexists(path.parent) else None
    if known:
        raise ValueError(f"{shown(str(path))} {known}.")
    if not os.path.isfile(path):
        raise FileNotFoundError(f"No existe el archivo de pesos {shown(str(path))}.")
    try:
        with h5py.File(path, "r") as file:
            if layout := foreign_weights.layout_of(file):
                raise _Mismatch(layout)
            loaded = _read_all(file, layers)
    except _Mismatch as mismatch:
        raise ValueError(f"Los pesos de {path} no son de esta red: {mismatch}.") from None
    except (OSError, RuntimeError, KeyError, ValueError, TypeError):
        raise ValueError(
            f"El archivo {path} no es HDF5 o está dañado. Vuelve a guardarlo o a copiarlo."
        ) from None
    for layer, arrays in zip(layers, loaded, strict=True):
        layer.set_weights(arrays)


class _Mismatch(Exception):
    """What the file holds is not what the network needs."""


def _as_path(path: str | os.PathLike[str]) -> Path:
    if not isinstance(path, (str, os.PathLike)) or not isinstance(os.fspath(path), str):
        raise ValueError(f"La ruta de un archivo de pesos es un texto. Llegó {shown(path)}.")
    if len(os.fsencode(path)) > 4000 or len(os.fsencode(Path(path).name)) > 240:
        raise ValueError(f"El nombre del archivo de pesos es demasiado largo: {shown(path)}.")
    return Path(path)


def _named(layers: Sequence[Layer]) -> list[tuple[str, Layer]]:
    """Grupo de cada capa: el nombre de su clase, numerado desde la segunda."""
    seen: Counter[str] = Counter()
    named = []
    for layer in layers:
        stem = snake_case(type(layer).__name__)
        named.append((f"{stem}_{seen[stem]}" if seen[stem] else stem, layer))
        seen[stem] += 1
    return named


def _read_all(file: h5py.File, layers: Sequence[Layer]) -> list[list[np.ndarray]]:
    root = _child_group(file, "layers")
    expected = _named(layers)
    known = {name for name, _ in expected}
    for name in root or ():
        if name not in known and len(_variables(root, name)):
            raise _Mismatch(f"el archivo tiene una capa de más, {name!r}")
    return [_read_layer(root, name, layer) for name, layer in expected]


def _read_layer(root: h5py.Group | None, name: str, layer: Layer) -> list[np.ndarray]:
    variables = _variables(root, name)
    if len(variables) != len(layer.parameters):
        raise _Mismatch(
            f"la capa {name!r} tiene {len(variables)} arreglos y debería {len(layer.parameters)}"
        )
    arrays = []
    for index, parameter in enumerate(layer.parameters):
        dataset = _dataset(variables, str(index), name)
        if dataset.shape != parameter.value.shape:
            raise _Mismatch(
                f"{parameter.name!r} de la capa {name!r} tiene forma {dataset.shape} y debería "
                f"{parameter.value.shape}"
            )
        arrays.append(foreign_weights.floats_of(dataset))
    return arrays


def _variables(root: h5py.Group | None, name: str) -> h5py.Group | dict[str, Any]:
    layer = _child_group(root, name) if root is not None else None
    variables = _child_group(layer, "vars") if layer is not None else None
    return {} if variables is None else variables


def _child_group(parent: h5py.Group, name: str) -> h5py.Group | None:
    """Subgrupo guardado en el propio archivo; None si no está."""
    import h5py

    if name not in parent:
        return None
    hard = isinstance(parent.get(name, getlink=True), h5py.HardLink)
    if not hard or parent.get(name, getclass=True) is not h5py.Group:
        raise _Mismatch(f"{name!r} no es un grupo del propio archivo")
    return parent[name]


def _dataset(variables: h5py.Group, name: str, layer: str) -> h5py.Dataset:
    import h5py

    link = variables.get(name, getlink=True)
    if not isinstance(link, h5py.HardLink) or not isinstance(variables[name], h5py.Dataset):
        raise _Mismatch(f"el peso {name} de la capa {layer!r} no está en el propio archivo")
    dataset = variables[name]
    if dataset.is_virtual or dataset.external is not None:
        raise _Mismatch(f"el peso {name} de la capa {layer!r} apunta a otro archivo")
    if not foreign_weights.is_bfloat16(dataset) and (
        dataset.dtype.kind != "f" or dataset.dtype.itemsize > 8
    ):
        raise _Mismatch(f"el peso {name} de la capa {layer!r} es de tipo {dataset.dtype}")
    return dataset
