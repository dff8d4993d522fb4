"""Compilar con Numba sin sorpresas: caché en disco donde se pueda, y un aviso de la espera."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, TypeVar, cast

from numba import njit
from numba.core import config, event

from .disk_cache import cache_of

_Function = TypeVar("_Function", bound=Callable[..., Any])


def cached_jit(*used: ModuleType, **options: Any) -> Callable[[_Function], _Function]:
    """``njit`` sin el GIL y con caché en disco, si alguna carpeta admite escritura.

    Parameters
    ----------
    *used : module
        Otros módulos de los que la función llama a funciones compiladas.
    **options
        De ``numba.njit``.
    """

    def decorate(function: _Function) -> _Function:
        vars(function)["watched"] = tuple(module.__name__ for module in used)
        compiled: Any = njit(nogil=True, error_model="numpy", **options)(function)
        if not config.DISABLE_JIT:
            compiled._cache = cache_of(function, used, _announcer.say_unsaved) or compiled._cache
        return cast(_Function, compiled)

    return decorate


class _Announcer(event.Listener):
    """Says once, on standard output, why the first call takes seconds: it is not in the cache."""

    silent = False
    unsaved = False

    def on_start(self, happening: event.Event) -> None:
        function = happening.data["dispatcher"].py_func
        if function.__module__.startswith("conv2d_lib.") and not self.silent:
            self.silent = True
            print("conv2d_lib: compilando los kernels; solo la primera vez, unos segundos…")

    def on_end(self, happening: event.Event) -> None:
        """Nothing to say."""

    def say_unsaved(self, folder: str, error: Exception) -> None:
        """Say once that the next session will compile again, and why."""
        if not self.unsaved:
            reason = f"{type(error).__name__} {getattr(error, 'errno', None) or ''}".strip()
            print(
                f"conv2d_lib: no se pudo guardar lo compilado en {folder} ({reason}). Todo "
                "funciona, pero cada sesión compilará otra vez: revisa los permisos y el espacio."
            )
        self.unsaved = True


_announcer = _Announcer()
event.register("numba:compile", _announcer)


@contextmanager
def silence() -> Iterator[None]:
    """Calla el aviso mientras dure el bloque: quien compila ya cuenta lo que hace."""
    before, _announcer.silent = _announcer.silent, True
    try:
        yield
    finally:
        _announcer.silent = before
