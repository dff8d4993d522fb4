"""Lo que al calificar no está, pero se puede importar: cuesta solo si una función se apoya en ello.

The names of a missing library are objects that let themselves be imported, annotated with,
decorated with and called while a notebook defines its functions, and that refuse while one of them
is being examined. They keep nobody out: what is missing is missing from the sandbox.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import linecache
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any, NoReturn

from . import packages

OWN_WORK = "al calificar no hay {}: este ejercicio se escribe solo con Python y NumPy"
NOT_HERE = "al calificar no hay {}"
_FORESEEN = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


class BibliotecaAusente(ImportError):
    """A function leans on a library that is not there."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class _State:
    """What this process has used of what is missing."""

    def __init__(self) -> None:
        self.examining = False
        self.used: set[str] = set()
        self.told: set[str] = set()
        self.touched = 0
        self.given: set[str] = set()  # Modules that there are stand-ins for.
        self.lends = False  # Where a few files of a refused library are all that is there of it.


_state = _State()


@contextmanager
def examining() -> Iterator[set[str]]:
    """While a function is examined; gives the libraries that it leant on."""
    _state.examining, _state.used = True, set()
    try:
        yield _state.used
    finally:
        _state.examining = False
        forget_modules()


def touched() -> int:
    """How often something missing was used so far."""
    return _state.touched


def touch() -> None:
    """Note that something was asked for that is not there."""
    _state.touched += 1


def forget_modules() -> None:
    """Leave no stand-in where other libraries look whether the real one is loaded."""
    # By name: to look at every loaded module after each statement costs half a millisecond, and
    # copies the memory in which a fork has them.
    for name in _state.given:
        if isinstance(sys.modules.get(name), _Module):
            del sys.modules[name]
    if _state.lends:
        for name in packages.LENT:
            sys.modules.pop(name, None)


def _use(path: str, words: str) -> Absent:
    name = _named(path)
    if _state.examining and not packages.does_nothing(name):
        _refuse(path, words)
    _state.touched += not _state.examining
    if name not in _state.told:
        _state.told.add(name)
        print(f"{NOT_HERE.format(name)}: {path} no hace nada")
    return Absent(f"{path}()", words)


def _refuse(path: str, words: str) -> NoReturn:
    _state.used.add(_named(path))
    raise BibliotecaAusente(words.format(_named(path)))


def _named(path: str) -> str:
    """What is missing: a package, or a module of one that is there."""
    refused = (m for m in packages.REFUSED_MODULES if f"{path}.".startswith(f"{m}."))
    return next(refused, packages.root_of(path))


class Absent:
    """What stands for a name of a library that is not there."""

    __array_ufunc__ = None  # NumPy's operators leave it to ours.

    def __init__(self, path: str, words: str) -> None:
        self.__dict__.update(_absent=path, _words=words)

    def __getattr__(self, name: str) -> Any:
        if _asked_by_everybody(name):
            raise AttributeError(name)
        return Absent(f"{self._absent}.{name}", self._words)

    def __setattr__(self, name: str, value: Any) -> None:
        _use(self._absent, self._words)

    def __repr__(self) -> str:
        return f"<{self._absent}: {NOT_HERE.format(_named(self._absent))}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _use(self._absent, self._words)

    def __mro_entries__(self, bases: tuple) -> tuple[type, ...]:
        return (_base(self._absent, self._words),)

    def __instancecheck__(self, instance: Any) -> bool:
        return False

    def __subclasscheck__(self, subclass: type) -> bool:
        return False

    # In an annotation, and in ``X | None``, nothing is computed.
    def __or__(self, other: Any) -> Any:
        return self

    __ror__ = __or__

    def __getitem__(self, key: Any) -> Any:
        return _use(self._absent, self._words) if _state.examining else self

    def __iter__(self) -> Iterator[Any]:
        _use(self._absent, self._words)
        return iter(())

    def __bool__(self) -> bool:
        _use(self._absent, self._words)
        return False

    def __len__(self) -> int:
        _use(self._absent, self._words)
        return 0

    def __enter__(self) -> Any:
        return _use(self._absent, self._words)

    def __exit__(self, *exception: object) -> None:
        return None

    def _no_value(self, *args: Any, **kwargs: Any) -> Any:
        _state.touched += not _state.examining
        _refuse(self._absent, self._words)

    __array__ = __float__ = __int__ = __index__ = __complex__ = __buffer__ = _no_value


def _operator(self: Absent, *others: Any) -> Any:
    return _use(self._absent, self._words)


# fmt: off
for _name in (
    "setitem", "delitem", "contains", "neg", "pos", "abs", "invert", "lt", "le", "gt", "ge",
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "xor",
    "radd", "rsub", "rmul", "rtruediv", "rfloordiv", "rmod", "rpow", "rmatmul", "rand", "rxor",
):
    setattr(Absent, f"__{_name}__", _operator)
# fmt: on


def _asked_by_everybody(name: str) -> bool:
    """Python's and IPython's questions to any object."""
    return (name[:2] == name[-2:] == "__") or name.startswith(("_repr_", "_ipython_"))


def _base(path: str, words: str) -> type:
    """A class to inherit from; its methods are missing like the rest."""

    def __getattr__(self: Any, name: str) -> Any:
        if _asked_by_everybody(name):
            raise AttributeError(name)
        return Absent(f"{path}.{name}", words)

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        _use(path, words)

    return type("Absent", (), {"__getattr__": __getattr__, "__init__": __init__})


class _Module(ModuleType):
    """A module that is not there."""

    def __getattr__(self, name: str) -> Any:
        if name == "__version__":
            return packages.version_of(packages.root_of(self.__name__))
        refused = self.__name__ in packages.REFUSED_MODULES
        if _asked_by_everybody(name) or (_asked_by_a_library() and not refused):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return Absent(f"{self.__name__}.{name}", self.__dict__["_words"])

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _use(self.__name__, self.__dict__["_words"])


class AbsentFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives stand-ins for modules of packages that ``missing`` names.

    A library that tries whether another is there hears that it is not, and so does a notebook that
    foresees it with ``except ImportError``.
    """

    def __init__(self, missing: Callable[[str], bool], words: str) -> None:
        self._missing, self._words = missing, words
        self._known: dict[str, _Module] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        root = packages.root_of(name)
        if name not in packages.REFUSED_MODULES:
            # Of a package that is there, a module that is not is an error at home as well.
            whole = name == root or root in self._known or root in packages.OWN
            if not self._missing(root) or not whole or _stands_beside(root):
                return None
            library = _asked_by_a_library()
            if library and packages.is_lent(name):
                return None
            if library or _foreseen():
                raise ModuleNotFoundError(self._words.format(root), name=name)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        if spec.name not in self._known:
            module = self._known[spec.name] = _Module(spec.name)
            _state.given.add(spec.name)
            module.__dict__.update(_words=self._words, __all__=[])
        return self._known[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        return None


def install(own_implementation: bool) -> None:
    """Prepare this process to miss what a notebook of its kind misses."""
    if not own_implementation:
        sys.meta_path.append(AbsentFinder(_known, NOT_HERE))
        return
    _state.lends = True
    # First, so that it holds also where nothing is mounted; and last, for what is allowed and not
    # installed here.
    sys.meta_path.insert(0, AbsentFinder(_refused, OWN_WORK))
    sys.meta_path.append(AbsentFinder(_known, NOT_HERE))


def _known(root: str) -> bool:
    return packages.is_refused(root) or root in packages.allowed_roots()


def _refused(root: str) -> bool:
    # The course's own client is loaded; the rest of it is mounted nowhere, and found last of all.
    return packages.is_refused(root) and root != "autograder"


def _stands_beside(root: str) -> bool:
    """Whether a module of that name is among the notebook's own files."""
    place = os.path.join(os.getcwd(), root)
    return os.path.isfile(f"{place}.py") or os.path.isdir(place)


def _importer() -> FrameType | None:
    """The frame that asked: neither ours nor the import system's."""
    frame: FrameType | None = sys._getframe(1)
    while frame and (
        frame.f_code.co_filename.startswith((__file__, "<frozen importlib"))
        or frame.f_globals.get("__name__") == "importlib"
    ):
        frame = frame.f_back
    return frame


def _asked_by_a_library() -> bool:
    frame = _importer()
    if frame is None:
        return False
    return frame.f_code.co_filename.startswith((*packages.package_folders(), _STDLIB, _OURS))


_STDLIB = os.path.dirname(ast.__file__) + os.sep
_OURS = os.path.dirname(os.path.dirname(__file__)) + os.sep


def _foreseen() -> bool:
    """Whether the statement that imports stands in a ``try`` that expects it to fail."""
    frame = _importer()
    lines = linecache.getlines(frame.f_code.co_filename) if frame else []
    try:
        tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError):
        return False
    line = frame.f_lineno if frame else 0
    return any(
        isinstance(node, ast.Try)
        and any(part.lineno <= line <= (part.end_lineno or 0) for part in node.body)
        and any(_expects(handler.type) for handler in node.handlers)
        for node in ast.walk(tree)
    )


def _expects(kind: ast.expr | None) -> bool:
    if kind is None:
        return True
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(isinstance(name, ast.Name) and name.id in _FORESEEN for name in names)
