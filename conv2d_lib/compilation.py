"""Compilar con Numba sin sorpresas: caché en disco donde se pueda, y un aviso de la espera."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager

from numba import njit
from numba.core import event


def cached_jit(**options) -> Callable[[Callable], Callable]:
    """``njit`` sin el GIL y con caché en disco, si alguna carpeta admite escritura."""

    def decorate(function: Callable) -> Callable:
        try:
            return njit(cache=True, nogil=True, error_model="numpy", **options)(function)
        except RuntimeError:  # Numba: «no locator available»
            return njit(nogil=True, error_model="numpy", **options)(function)

    return decorate


class _Announcer(event.Listener):
    """Says once, on standard output, why the first call takes seconds: it is not in the cache."""

    silent = False

    def on_start(self, happening: event.Event) -> None:
        function = happening.data["dispatcher"].py_func
        if function.__module__.startswith("conv2d_lib.") and not self.silent:
            self.silent = True
            print("conv2d_lib: compilando los kernels; solo la primera vez, unos segundos…")

    def on_end(self, happening: event.Event) -> None:
        """Nothing to say."""


_announcer = _Announcer()
event.register("numba:compile", _announcer)


@contextmanager
def silence():
    """Calla el aviso mientras dure el bloque: quien compila ya cuenta lo que hace."""
    before, _announcer.silent = _announcer.silent, True
    try:
        yield
    finally:
        _announcer.silent = before
