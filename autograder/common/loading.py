"""Cargar módulos sin buscar basura entre lo que traen: lo que se carga, se queda."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def for_good() -> Iterator[None]:
    """Look for no garbage while modules load, nor ever after in what they leave.

    To look through it again and again costs as much as the loading; a fork would copy its pages.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
