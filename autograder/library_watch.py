"""Ver en qué bibliotecas se apoya una función mientras corre."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

# Each has a convolution ready-made; NumPy, the standard library and Numba are one's own work.
READY_MADE = frozenset(
    {"conv2d_lib", "cv2", "jax", "keras", "mlx", "scipy", "skimage", "tensorflow", "torch"}
)


# What importing and compiling call in those libraries is not the student's doing: Numba, for one,
# imports SciPy to find BLAS.
_NOT_THEIR_DOING = READY_MADE | {"importlib", "numba"}


def _root(frame: FrameType | None) -> str:
    name = frame.f_globals.get("__name__") if frame else None
    return name.partition(".")[0] if isinstance(name, str) else ""


class LibraryWatch:
    """Context manager; afterwards ``seen`` holds the libraries of ``READY_MADE`` that were called.

    It profiles calls, Python's and C's, so an alias or an import inside the function changes
    nothing. It is a help for the student, not a lock: in grading those libraries are absent.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._imports = 0

    def __enter__(self) -> LibraryWatch:
        self._previous = sys.getprofile()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *exception: object) -> None:
        sys.setprofile(self._previous)

    def _note(self, frame: FrameType, event: str, arg: Any) -> None:
        if frame.f_code.co_name == "_find_and_load":
            # While a module is imported, what it calls to define itself is nobody's convolution.
            self._imports += {"call": 1, "return": -1}.get(event, 0)
        elif self._imports:
            return
        elif event == "call":
            self._called(_root(frame), caller=frame.f_back)
        elif event == "c_call":
            module = getattr(arg, "__module__", None)
            module = module or type(getattr(arg, "__self__", None)).__module__
            self._called(str(module).partition(".")[0], caller=frame)

    def _called(self, root: str, caller: FrameType | None) -> None:
        if root in READY_MADE and _root(caller) not in _NOT_THEIR_DOING:
            self.seen.add(root)
