"""Ver en qué bibliotecas se apoya una función mientras corre."""

from __future__ import annotations

import gc
import sys
from types import FrameType
from typing import Any

# Each has a convolution ready-made; NumPy, the standard library and Numba are one's own work.
READY_MADE = frozenset(
    {"conv2d_lib", "cv2", "jax", "keras", "mlx", "scipy", "skimage", "tensorflow", "torch"}
)
# Numba calls it back at every compilation, also of a student's own function.
COMPILATION_HOOK = "conv2d_lib.compilation"


class LibraryWatch:
    """Context manager; afterwards ``seen`` holds the libraries of ``READY_MADE`` that were called.

    It profiles calls, Python's and C's, so an alias or an import inside the function changes
    nothing. It is a help for the student, not a lock: in grading those libraries are absent.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._imports = 0

    def __enter__(self) -> LibraryWatch:
        # Collecting garbage runs finalizers of libraries that are loaded for other reasons.
        self._collecting = gc.isenabled()
        gc.disable()
        self._previous = sys.getprofile()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *exception: object) -> None:
        sys.setprofile(self._previous)
        if self._collecting:
            gc.enable()

    def _note(self, frame: FrameType, event: str, arg: Any) -> None:
        if frame.f_code.co_name == "_find_and_load":
            # What a module calls while it is imported is not the student's doing: Numba, for one,
            # imports SciPy to find BLAS.
            self._imports += {"call": 1, "return": -1}.get(event, 0)
            return
        if self._imports:
            return
        if event == "call":
            module = frame.f_globals.get("__name__")
        elif event == "c_call":
            module = getattr(arg, "__module__", None)
            module = module or type(getattr(arg, "__self__", None)).__module__
        else:
            return
        root = str(module).partition(".")[0]
        if root in READY_MADE and module != COMPILATION_HOOK:
            self.seen.add(root)
