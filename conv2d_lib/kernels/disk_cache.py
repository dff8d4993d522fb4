"""La caché en disco de lo que Numba compila: si falla al leer o escribir, se compila sin ella."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from numba.core import caching

_DIGEST_SIZE = sha256().digest_size

Complain = Callable[[str, Exception], None]


class _CheckedFiles(caching.IndexDataCacheFile):
    """Numba's files, each with a digest in front: a damaged one counts as absent.

    Numba's own unpickles whatever it finds, and hands damaged machine code to the processor.
    """

    def _load_index(self) -> dict[Any, Any]:
        held = self._read(self._index_path)
        if not isinstance(held, tuple) or held[:2] != (self._version, self._source_stamp):
            return {}
        return dict(held[2])

    def _save_index(self, overloads: dict[Any, Any]) -> None:
        self._write(self._index_path, (self._version, self._source_stamp, overloads))

    def _load_data(self, name: str) -> Any:
        return self._read(self._data_path(name))

    def _save_data(self, name: str, data: Any) -> None:
        self._write(self._data_path(name), data)

    def _read(self, path: str) -> Any:
        try:
            stored = Path(path).read_bytes()
        except OSError:
            return None
        digest, body = stored[:_DIGEST_SIZE], stored[_DIGEST_SIZE:]
        return pickle.loads(body) if sha256(body).digest() == digest else None

    def _write(self, path: str, value: Any) -> None:
        body = self._dump(value)
        with self._open_for_write(path) as file:
            file.write(sha256(body).digest() + body)


def cache_of(
    function: Callable[..., Any], used: tuple[ModuleType, ...], complain: Complain
) -> caching.FunctionCache | None:
    """Numba's cache for ``function``; None where no folder can be written.

    It forgets what it holds when the function's file changes, and also when the file of any of
    ``used`` does: the function calls what they compile. Nothing that goes wrong with the disk
    reaches whoever calls the function: ``complain`` receives the folder and the error.
    """

    class Implementation(caching.CompileResultCacheImpl):
        def __init__(self, function: Callable[..., Any]) -> None:
            super().__init__(function)
            own = self.locator.get_source_stamp()
            others = [sha256(Path(str(m.__file__)).read_bytes()).digest() for m in used]
            self.locator.get_source_stamp = lambda: (own, *others)

    class ForgivingCache(caching.FunctionCache):
        _impl_class = Implementation

        def __init__(self, function: Callable[..., Any]) -> None:
            super().__init__(function)
            self._cache_file = _CheckedFiles(
                self._cache_path, self._impl.filename_base, self._impl.locator.get_source_stamp()
            )

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            try:
                return super().load_overload(sig, target_context)
            except Exception:  # Compiled anew, and saved over it.
                return None

        def save_overload(self, sig: Any, data: Any) -> None:
            try:
                super().save_overload(sig, data)
            except Exception as error:
                complain(self._cache_path, error)

    try:
        return ForgivingCache(function)
    except (RuntimeError, OSError):
        """Numba: «no locator available»."""
        return None
