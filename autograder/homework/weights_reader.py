"""El proceso que abre un HDF5 ajeno: lo recibe por la entrada y responde arreglos o una razón."""

from __future__ import annotations

import contextlib
import io
import math
import resource
import sys
from typing import Any

import numpy as np

from ..sandbox.enclosure import run_enclosed
from ..wire.protocol import Message, encode

MAX_OBJECTS = 2_000
MAX_DEPTH = 12
MAX_ELEMENTS = 4_000_000
_SIGNATURE = b"\x89HDF\r\n\x1a\n"
# State that Keras saves beside the weights: Adam's moments, the random numbers of Dropout.
_NOT_WEIGHTS = frozenset({"optimizer", "seed_generator"})
_BFLOAT16 = np.dtype("V2")  # as Keras writes it, with its name in an attribute
_ADVICE = 'guárdalo con modelo.save_weights("nombre.weights.h5")'


class Refused(Exception):
    """``args[0]`` is the reason, in Spanish."""


def limit_this_process() -> None:
    """Ten seconds of processor and 4 GB of memory; no file can be written."""
    limits = {resource.RLIMIT_CPU: 10, resource.RLIMIT_AS: 4 << 30, resource.RLIMIT_FSIZE: 0}
    for kind, most in limits.items():
        # macOS does not know how to limit the address space.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def read_groups(content: bytes) -> list[list[np.ndarray]]:
    """The weights of each layer in the bytes of a file; raises :class:`Refused`."""
    import h5py

    if not content.startswith(_SIGNATURE):
        raise Refused(f"no es un archivo HDF5; {_ADVICE}")
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            groups = _Walk(h5py).groups(file)
    except (OSError, RuntimeError, KeyError, ValueError, TypeError) as error:
        raise Refused("está dañado o incompleto: ¿se cortó al copiarlo?") from error
    if not groups:
        raise Refused(f"no tiene pesos donde los guarda Keras 3; {_ADVICE}")
    return groups


class _Walk:
    """Visits a file's own groups, counting what it sees before reading anything."""

    def __init__(self, h5py: Any) -> None:
        self.h5py = h5py
        self.objects = 0
        self.elements = 0

    def groups(self, group: Any, depth: int = 0) -> list[list[np.ndarray]]:
        found = []
        for name, item in self._members(group, depth):
            if name in _NOT_WEIGHTS or not isinstance(item, self.h5py.Group):
                continue
            if name == "vars":
                arrays = [self._read(dataset) for _, dataset in self._variables(item, depth + 1)]
                found += [arrays] if arrays else []
            else:
                found += self.groups(item, depth + 1)
        return found

    def _variables(self, group: Any, depth: int) -> list[tuple[str, Any]]:
        members = list(self._members(group, depth))
        if not all(name.isdecimal() for name, _ in members):
            raise Refused(f"no tiene la disposición de Keras 3; {_ADVICE}")
        return sorted(members, key=lambda member: int(member[0]))

    def _members(self, group: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise Refused("tiene demasiados niveles: no lo escribió Keras")
        for name in group:
            self.objects += 1
            if self.objects > MAX_OBJECTS:
                raise Refused("tiene demasiados objetos: no lo escribió Keras")
            if not isinstance(group.get(name, getlink=True), self.h5py.HardLink):
                raise Refused("tiene enlaces a otra parte: no lo escribió Keras")
            yield name, group[name]

    def _read(self, dataset: Any) -> np.ndarray:
        if not isinstance(dataset, self.h5py.Dataset):
            raise Refused(f"no tiene la disposición de Keras 3; {_ADVICE}")
        coarse = dataset.dtype == _BFLOAT16 and dataset.attrs.get("dtype") == "bfloat16"
        if not coarse and (dataset.dtype.kind != "f" or dataset.dtype.itemsize not in (2, 4, 8)):
            what = f"tiene pesos que no son números de coma flotante ({dataset.dtype})"
            counts = dataset.dtype.kind in "iu" and dataset.shape == ()
            raise Refused(what + (": ¿de una capa que la tarea no lleva?" if counts else ""))
        filtered = dataset.id.get_create_plist().get_nfilters() > 0
        if dataset.is_virtual or dataset.external or filtered:
            # A filter can turn a few bytes into gigabytes; Keras uses none of the three.
            raise Refused("guarda pesos comprimidos, virtuales o externos: no lo escribió Keras")
        if dataset.shape is None or dataset.ndim > 4:
            raise Refused("tiene pesos con una forma que ninguna capa del curso usa")
        self.elements += math.prod(dataset.shape)
        if self.elements > MAX_ELEMENTS:
            raise Refused("tiene demasiados números: no son los pesos de esta red")
        values = np.asarray(dataset[()])
        return _from_bfloat16(values) if coarse else values


def _from_bfloat16(values: np.ndarray) -> np.ndarray:
    """The same numbers as float32: bfloat16 is its upper half, and NumPy does not know it."""
    halves = np.frombuffer(values.tobytes(), "<u2").astype("<u4") << 16
    return halves.view("<f4").reshape(values.shape)


def main() -> None:
    import h5py  # noqa: F401 - before the walls: inside, it is only used

    sys.exit(run_enclosed(_answer))


def _answer() -> None:
    limit_this_process()
    try:
        answer = Message("weights", {"groups": read_groups(sys.stdin.buffer.read())})
    except Refused as refused:
        answer = Message("refused", {"reason": refused.args[0]})
    sys.stdout.buffer.write(encode(answer))


if __name__ == "__main__":
    main()
