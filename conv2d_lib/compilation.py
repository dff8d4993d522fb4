"""Compilar con Numba sin sorpresas: caché en disco donde se pueda, y un aviso de la espera."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from numba import njit
from numba.core import caching, config, event


def _cache_watching(modules: tuple[ModuleType, ...]) -> type[caching.FunctionCache]:
    """Numba's cache of a function forgets what it holds when the function's file changes.

    This one also when any of ``modules`` does: the function calls what they compile.
    """

    class Implementation(caching.CompileResultCacheImpl):
        def __init__(self, function: Callable) -> None:
            super().__init__(function)
            own = self.locator.get_source_stamp()
            others = [sha256(Path(m.__file__).read_bytes()).digest() for m in modules]
            self.locator.get_source_stamp = lambda: (own, *others)

    return type("WatchingCache", (caching.FunctionCache,), {"_impl_class": Implementation})


def cached_jit(*used: ModuleType, **options) -> Callable[[Callable], Callable]:
    """``njit`` sin el GIL y con caché en disco, si alguna carpeta admite escritura.

    Parameters
    ----------
    *used : module
        Otros módulos de los que la función llama a funciones compiladas.
    **options
        De ``numba.njit``.
    """

    def decorate(function: Callable) -> Callable:
        function.watched = tuple(module.__name__ for module in used)
        compiled = njit(nogil=True, error_model="numpy", **options)(function)
        if config.DISABLE_JIT:
            return compiled
        try:
            compiled._cache = _cache_watching(used)(function)
        except RuntimeError:
            """Numba: «no locator available»."""
        return compiled

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
