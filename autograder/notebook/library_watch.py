"""Ver en qué bibliotecas se apoya una función mientras corre."""

from __future__ import annotations

import gc
import sys
import threading
from types import FrameType
from typing import Any

from . import packages

# Parts of Python that libraries hang themselves into, once loaded: nobody's function called them.
_HOOKED = frozenset({"multiprocessing", "logging", "warnings", "weakref", "threading"})
# Numba calls it back at every compilation, also of a student's own function.
COMPILATION_HOOK = "conv2d_lib.kernels.compilation"


class LibraryWatch:
    """Context manager; afterwards ``seen`` holds the refused libraries that were called.

    It profiles calls, Python's and C's, so an alias or an import inside the function changes
    nothing. It is a help for the student, not a lock: in grading those libraries are absent.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._known: dict[str, str | None] = {}
        self._importing = threading.local()

    def __enter__(self) -> LibraryWatch:
        # Collecting garbage runs finalizers of libraries that are loaded for other reasons.
        self._collecting = gc.isenabled()
        gc.disable()
        self._previous = sys.getprofile()
        self._others = threading.getprofile()
        threading.setprofile(self._note)  # Of the threads that the function starts.
        sys.setprofile(self._note)
        return self

    def __exit__(self, *exception: object) -> None:
        sys.setprofile(self._previous)
        threading.setprofile(self._others)
        if self._collecting:
            gc.enable()

    def _note(self, frame: FrameType, event: str, arg: Any) -> None:
        if frame.f_code.co_name == "_find_and_load":
            # What a module calls while it is imported is not the student's doing: Numba, for one,
            # imports SciPy to find BLAS.
            depth = getattr(self._importing, "depth", 0)
            self._importing.depth = depth + {"call": 1, "return": -1}.get(event, 0)
            return
        if getattr(self._importing, "depth", 0):
            return
        if event == "call":
            module = frame.f_globals.get("__name__")
        elif event == "c_call":
            module = getattr(arg, "__module__", None)
            module = module or type(getattr(arg, "__self__", None)).__module__
        else:
            return
        name = self._refused(str(module))
        if name and not _called_by_a_hook(frame, event):
            self.seen.add(name)

    def _refused(self, module: str) -> str | None:
        """What is leant on where something of ``module`` is called; None where that is allowed."""
        if module not in self._known:
            root = packages.root_of(module)
            refused = packages.is_refused(root) and not packages.is_machinery(root)
            refused = refused and module != COMPILATION_HOOK and not packages.stands_apart(root)
            name = root if refused else None
            self._known[module] = module if module in packages.REFUSED_MODULES else name
        return self._known[module]


def _called_by_a_hook(frame: FrameType, event: str) -> bool:
    caller = frame.f_back if event == "call" else frame
    if caller is None:
        return False
    name = caller.f_globals.get("__name__")
    return packages.root_of(str(name)) in _HOOKED and caller.f_code.co_name != "run"
