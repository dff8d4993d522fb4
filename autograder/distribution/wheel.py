"""El paquete, hecho de nuevo con lo que está instalado: lo que un cuaderno lleva a su lado.

The student's has neither the solutions nor the lessons, whoever installed it and from where; the
same files give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
from collections.abc import Iterator
from pathlib import Path

import autograder
import conv2d_lib

from ..common.archives import deterministic_zip
from ..common.errors import CursoError
from ..common.extras import DISTRIBUTION
from ..common.version import VERSION

MATERIAL = "material"
_NAME = f"{DISTRIBUTION.replace('-', '_')}-{VERSION}"
_WHEEL = "Wheel-Version: 1.0\nGenerator: curso publicar\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
# What a student has no use for: the course in a box, and the class of the demonstration.
_LEFT_OUT = (f"{MATERIAL}/", "demo/")
_KINDS = {".pyc", ".pyo", ".nbi", ".nbc"}


def wheel_name() -> str:
    """The wheel's file name."""
    return f"{_NAME}-py3-none-any.whl"


def student_wheel() -> bytes:
    """The whole wheel, byte by byte.

    Raises
    ------
    CursoError
        If the package is not installed: its metadata are not there.
    """
    files = {name: path.read_bytes() for name, path in _sources()}
    files |= {f"{_NAME}.dist-info/{name}": text.encode() for name, text in _metadata().items()}
    record = f"{_NAME}.dist-info/RECORD"
    lines = [f"{name},{_digest(data)},{len(data)}\n" for name, data in sorted(files.items())]
    files[record] = "".join([*lines, f"{record},,\n"]).encode()
    return deterministic_zip(files)


def _sources() -> Iterator[tuple[str, Path]]:
    for package in (autograder, conv2d_lib):
        root = Path(str(package.__file__)).parent
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root).as_posix()
            ours = path.is_file() and path.suffix not in _KINDS and "__pycache__" not in path.parts
            if ours and not (package is autograder and inside.startswith(_LEFT_OUT)):
                yield f"{root.name}/{inside}", path


def _metadata() -> dict[str, str]:
    try:
        told = importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        raise CursoError(
            f"no se puede hacer el paquete: {DISTRIBUTION} no está instalado con pip"
        ) from None
    kept = {"WHEEL": _WHEEL}
    for name in ("METADATA", "entry_points.txt", "licenses/LICENSE"):
        if text := told.read_text(name):
            kept[name] = text
    if f"\nVersion: {VERSION}\n" not in kept.get("METADATA", ""):
        raise CursoError(
            f"lo instalado dice que es la versión {told.version}, y es la {VERSION}: "
            "instala de nuevo el curso"
        )
    return kept


def _digest(data: bytes) -> str:
    raw = hashlib.sha256(data).digest()
    return "sha256=" + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
