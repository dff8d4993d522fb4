"""Lo que el servidor de los cuadernos de NumPy deja preparado: Pillow, sin sus filtros."""

from __future__ import annotations

import ctypes
import gc


def prepare() -> None:
    """Take from Pillow's images the function behind its filters, of which the module is refused.

    The type is C's own and one a process: whoever loads the library again gets it as it is here.
    """
    from PIL import Image

    kind = type(Image.new("L", (1, 1)).im)
    (names,) = (one for one in gc.get_referents(kind.__dict__) if isinstance(one, dict))
    names.pop("filter", None)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))


def begin() -> None:
    """A fork has nothing more to do."""
