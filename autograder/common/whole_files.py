"""Escribir un archivo entero o no escribirlo: quien mira, o interrumpe, nunca ve medio."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes) -> bool:
    """Put a file in its place, in one step; False where it is there already as it must be.

    Its folder is made if it is missing. What fails is an ``OSError``, and leaves what there was.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}.nuevo")
    try:
        half.write_bytes(data)
        half.replace(path)
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return True
