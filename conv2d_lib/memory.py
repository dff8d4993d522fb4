"""Que el entrenamiento no devuelva al sistema, en cada paso, la memoria que pedirá en el siguiente.

Cada paso crea y suelta los mismos arreglos, de hasta varios megabytes. La biblioteca de C de Linux
(glibc) devuelve al sistema lo grande en cuanto se suelta, y volver a pedirlo cuesta un fallo de
página por cada 4 KiB: la tercera parte del tiempo de un paso de la tarea.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

# From malloc.h; see mallopt(3).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_MMAP_MAX = -1, -3, -4
DEFAULT_MMAP_MAX = 65536
# Where glibc's own adjustment of both limits ends, on machines of 64 bits.
LARGEST_THRESHOLD = 32 * 1024 * 1024


@contextmanager
def kept_memory() -> Iterator[None]:
    """Mientras dura el bloque, la memoria que se suelta queda para el proceso; después se devuelve.

    Donde no hay glibc (macOS, Windows) no hace nada.
    """
    library = _glibc()
    if library is None:
        yield
        return
    library.mallopt(M_MMAP_MAX, 0)
    library.mallopt(M_TRIM_THRESHOLD, -1)
    try:
        yield
    finally:
        library.mallopt(M_MMAP_MAX, DEFAULT_MMAP_MAX)
        library.mallopt(M_MMAP_THRESHOLD, LARGEST_THRESHOLD)
        library.mallopt(M_TRIM_THRESHOLD, 2 * LARGEST_THRESHOLD)
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """La biblioteca de C del proceso, si es glibc."""
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return library if hasattr(library, "gnu_get_libc_version") else None
