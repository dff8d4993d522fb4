"""Lo que la biblioteca necesita y no está: una línea que dice cómo se instala."""

from __future__ import annotations

import importlib.util


class FaltaUnPaquete(ModuleNotFoundError):
    """Falta un paquete de los que usan las lecciones."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def need(*names: str) -> None:
    """Raise :class:`FaltaUnPaquete` where one of these packages is not installed."""
    for name in names:
        try:
            there = importlib.util.find_spec(name) is not None
        except ValueError:
            there = True  # It is loaded, and came from nowhere.
        except ImportError:
            there = False
        if not there:
            line = f'falta {name}, que viene con: pip install "curso-conv2d[lecciones]"'
            raise FaltaUnPaquete(line, name=name)
