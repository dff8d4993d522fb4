"""Ver en qué bibliotecas se apoya una función mientras corre."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

# Each has a convolution ready-made; NumPy, the standard library and Numba are one's own work.
READY_MADE = frozenset(
    {"conv2d_lib", "cv2", "jax", "keras", "mlx", "scipy", "skimage", "tensorflow", "torch"}
)


class LibraryWatch:
    """Context manager; afterwards ``seen`` holds the libraries of ``READY_MADE`` that ran.

    It profiles calls, Python's and C's, so an alias or an import inside the function changes
    nothing. It is a help for the student, not a lock: in grading those libraries are absent.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __enter__(self) -> LibraryWatch:
        self._previous = sys.getprofile()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *exception: object) -> None:
        sys.setprofile(self._previous)

    def _note(self, frame: FrameType, event: str, arg: Any) -> None:
        if event == "call":
            module = frame.f_globals.get("__name__")
        elif event == "c_call":
            module = (
                getattr(arg, "__module__", None) or type(getattr(arg, "__self__", None)).__module__
            )
        else:
            return
        if isinstance(module, str):
            root = module.partition(".")[0]
            if root in READY_MADE:
                self.seen.add(root)
