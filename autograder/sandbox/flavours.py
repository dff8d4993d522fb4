"""Las dos clases de cuaderno: los que se escriben solo con NumPy y los que usan Keras."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from ..common.extras import missing
from ..common.limits import MIB

_FIGURES = ("matplotlib.pyplot", "matplotlib_inline.backend_inline")


@dataclass(frozen=True)
class Flavour:
    """What a fork server loads before it forks, and which packages there are.

    ``own_implementation`` leaves only those of :mod:`autograder.notebook.packages`.
    ``reserved_bytes`` is address space beyond the memory allowed: libraries reserve it unused.
    ``environment`` are the server's and the notebook's variables, besides those of every notebook;
    ``start``, a module whose ``prepare()`` does in the server what else can be done once for all,
    and ``begin()`` what each notebook then needs; ``postponed``, what the preloaded modules would
    import and can do without: a notebook that imports it has it. ``judged`` are modules that its
    graders import before they are forked; ``libraries``, the distributions that compute, without
    which nothing of it is graded.
    """

    name: str
    preloaded: tuple[str, ...]
    own_implementation: bool
    reserved_bytes: int
    environment: dict[str, str] = field(default_factory=dict, hash=False)
    start: str | None = None
    postponed: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ("numpy",)

    def lacking(self) -> str | None:
        """Which of its libraries is not installed, and what brings it; None where all are."""
        return _lacking(self.libraries)


@cache
def _lacking(libraries: tuple[str, ...]) -> str | None:
    import importlib.metadata  # Not for the judge at home, that a student waits for.

    for name in libraries:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return missing(name) or f"falta {name}"
    return None


NUMPY = Flavour(
    "numpy",
    ("numpy", *_FIGURES, "autograder.notebook.client"),
    True,
    4096 * MIB,
    start="autograder.sandbox.numpy_start",
)
KERAS = Flavour(
    "keras",
    ("numpy", *_FIGURES, "keras", "autograder.notebook.client", "autograder.notebook.keras_bridge"),
    False,
    24_576 * MIB,
    {
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        # Each TensorFlow context has threads of its own: those of the server are not forked.
        "TF_OVERRIDE_GLOBAL_THREADPOOL": "1",
    },
    "autograder.sandbox.keras_start",
    # Keras asks for it to wrap its models, and with it come SciPy and a second of waiting.
    ("sklearn",),
    ("autograder.checks.judge_rehearsal",),
    ("numpy", "tensorflow", "keras"),
)
FLAVOURS = {flavour.name: flavour for flavour in (NUMPY, KERAS)}
