"""Lo que en casa funciona y al calificar no estará: se dice junto al informe, a tiempo."""

from __future__ import annotations

import ast
import dis
import os
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

from . import helper_kinds, packages

_MOST_FUNCTIONS, _MOST_CELLS, _MOST_READ = 100, 500, 40
_read: dict[str, None] = {}
_written: dict[str, None] = {}
_told: set[str] = set()
_listening = False


def listen() -> None:
    """Notice from now on which files of its own folder the notebook reads."""
    global _listening
    if not _listening:
        _listening = True
        sys.addaudithook(_note_open)


def _note_open(event: str, args: tuple[Any, ...]) -> None:
    if event != "open" or len(_read) >= _MOST_READ or not isinstance(args[0], str):
        return
    try:
        name = _beside(args[0], args[1] in ("r", "rb"))
    except (OSError, ValueError):
        return  # To open it will say why.
    if name and args[1] in ("r", "rb") and name not in _written:
        _read[name] = None
    elif name:
        _written[name] = None  # When it is graded the notebook writes it again.


def lines(function: Callable[..., Any], own_implementation: bool) -> Iterator[str]:
    """What to tell of a function that was just examined; each thing once."""
    try:
        found = [*_to_hand_in(), *_not_there(function, own_implementation)]
    except Exception:
        return  # A student's objects may fail when they are looked at: then there is no advice.
    for line in found:
        if line not in _told:
            _told.add(line)
            yield line


def _to_hand_in() -> Iterator[str]:
    files = [name for name in dict.fromkeys([*_modules(), *_read]) if name not in _written]
    good = [name for name in files if not helper_kinds.problem(name)]
    if good:
        yield f"Entrega junto al cuaderno lo que usa de su carpeta: {', '.join(good)}"
    for name in files:
        if problem := helper_kinds.problem(name):
            yield f"Ojo: al calificar no estará {name}: {problem}"


def _modules() -> Iterator[str]:
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and (name := _beside(file)):
            yield name


def _beside(path: str, there: bool = True) -> str | None:
    """A file's name seen from the notebook's folder; None where it is not one of its own."""
    whole, here = os.path.abspath(path), os.getcwd()
    if not whole.startswith(here + os.sep) or (there and not os.path.isfile(whole)):
        return None
    elsewhere = (
        *packages.package_folders(),
        sys.prefix,
        os.path.dirname(os.path.dirname(__file__)),
    )
    name = os.path.relpath(whole, here).replace(os.sep, "/")
    hidden = any(part.startswith((".", "__pycache__")) for part in name.split("/"))
    weights = name.endswith((".weights.h5", ".ipynb"))
    return None if hidden or weights or whole.startswith(elsewhere) else name


# --- names that a library made ----------------------------------------------------------------


def _not_there(function: Callable[..., Any], own_implementation: bool) -> Iterator[str]:
    used = _names_of(function)
    libraries = _libraries_of(used.values()) | set(used)
    # With Keras, none is watched; and the judge's own modules are watched nowhere.
    for library in {"conv2d_lib", "autograder"} - ({"conv2d_lib"} if own_implementation else set()):
        if library in libraries:
            yield f"Ojo: al calificar no hay {library}, y tu función se apoya en esa biblioteca"
    if not own_implementation:
        return
    for name, library in _made_by_libraries().items():
        if name in used:
            yield (
                f"Ojo: «{name}», que tu función usa, lo calcula {library}, y al calificar "
                f"no hay {library}: tu función no lo encontrará"
            )


def _libraries_of(values: Any) -> set[str]:
    names = (getattr(v, "__module__", None) or getattr(v, "__name__", "") for v in values)
    return {packages.root_of(str(name)) for name in names}


def _names_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The global names that a function and those that it calls mention, and what they are now."""
    found: dict[str, Any] = {}
    waiting: list[Any] = [function]
    seen: set[Any] = set()
    while waiting and len(seen) < _MOST_FUNCTIONS:
        one = waiting.pop()
        # Under a decorator, and under Numba.
        one = getattr(one, "__wrapped__", None) or getattr(one, "py_func", None) or one
        if not isinstance(one, FunctionType) or one.__code__ in seen:
            continue
        seen.add(one.__code__)
        for name in _mentioned(one.__code__):
            value = found[name] = one.__globals__.get(name)
            if callable(value) and getattr(value, "__module__", None) == one.__module__:
                waiting.append(value)
    return found


def _mentioned(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME", "IMPORT_NAME"):
            yield packages.root_of(str(step.argval))
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _mentioned(inner)


def _made_by_libraries() -> dict[str, str]:
    """The names that statements of the notebook give a value with a refused library, and which."""
    libraries: dict[str, str] = {}
    made: dict[str, str] = {}
    for statement in _statements():
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            libraries |= _imported(statement)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and statement.value:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            library = _computed_with(statement.value, libraries, made)
            for name in (n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)):
                made.pop(name, None)
                if library:
                    made[name] = library
        elif isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            made.pop(statement.name, None)
    return made


def _statements() -> Iterator[ast.stmt]:
    main = sys.modules.get("__main__")
    cells = getattr(main, "In", None)
    for source in cells[-_MOST_CELLS:] if isinstance(cells, list) else ():
        try:
            yield from ast.parse(source).body
        except (SyntaxError, ValueError, TypeError, RecursionError):
            continue


def _imported(statement: ast.Import | ast.ImportFrom) -> dict[str, str]:
    found = {}
    for alias in statement.names:
        module = getattr(statement, "module", None) or alias.name
        root = packages.root_of(module)
        if packages.is_refused(root) and not packages.is_machinery(root):
            found[alias.asname or packages.root_of(alias.name)] = root
    return found


def _computed_with(value: ast.expr, libraries: dict[str, str], made: dict[str, str]) -> str | None:
    """The library that an expression calls, or that made something that it is computed from."""
    for node in ast.walk(value):
        if isinstance(node, ast.Call):
            names = [n.id for n in ast.walk(node.func) if isinstance(n, ast.Name)]
            if called := next((libraries[name] for name in names if name in libraries), None):
                return called
        if isinstance(node, ast.Name) and node.id in made:
            return made[node.id]
    return None
