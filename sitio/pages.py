"""Las páginas que no escribe nadie: errores típicos, referencia de la biblioteca y descargas."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import ModuleType

import conv2d_lib
from autograder.checks import UNITS, checks_of


def mistakes() -> str:
    """The course's misconceptions, unit by unit: what the check says, and what to read again."""
    parts = [
        "# Errores típicos",
        "",
        "Lo que `comprobar` reconoce por los números de una respuesta, y lo que dice. Un mismo "
        "error puede aparecer en varias funciones.",
    ]
    for name, unit in UNITS.items():
        said: dict[str, tuple[str, set[str]]] = {}
        for check in checks_of(name).values():
            for mistake in _mistakes_of(check):
                said.setdefault(mistake.id, (mistake.cause, set()))[1].add(check.id.split(".")[1])
        parts += ["", f"## {unit.title}", ""]
        for key in sorted(said):
            cause, functions = said[key]
            where = ", ".join(f"`{function}`" for function in sorted(functions))
            parts += [f"({name}-{key})=", f"**{key}**", f": {cause} ({where})", ""]
    return "\n".join(parts) + "\n"


def _mistakes_of(check: object) -> list:
    return [*getattr(check, "misconceptions", ()), *getattr(check, "mistakes", ())]


def reference() -> dict[str, str]:
    """From the name of each page of the reference to its text, in reStructuredText."""
    rooms = [name for name in conv2d_lib.__all__ if inspect.ismodule(getattr(conv2d_lib, name))]
    return {name: _room(name) for name in [*rooms, "explorer"]}


def _room(name: str) -> str:
    module = importlib.import_module(f"conv2d_lib.{name}")
    lines = [name, "=" * len(name), "", f".. automodule:: conv2d_lib.{name}", ""]
    for public in _public(module):
        value = getattr(module, public)
        kind = "autoclass" if inspect.isclass(value) else "autofunction"
        lines += [f".. {kind}:: conv2d_lib.{name}.{public}", ""]
        if inspect.isclass(value):
            lines[-1:] = ["   :members:", ""]
    return "\n".join(lines)


def _public(module: ModuleType) -> list[str]:
    """What a module offers: what it says, or what it defines."""
    named = getattr(module, "__all__", None) or [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]
    values = ((name, getattr(module, name)) for name in named)
    return sorted(name for name, value in values if inspect.isclass(value) or callable(value))


def downloads(release: Path) -> str:
    """What each unit hands out: its notebook."""
    lines = ["# Descargas", "", "El cuaderno de cada unidad, tal como se reparte.", ""]
    for name, unit in UNITS.items():
        (notebook,) = sorted((release / name).glob("*.ipynb"))
        lines.append(f"- {{download}}`{unit.title} <../release/{name}/{notebook.name}>`")
    return "\n".join(lines) + "\n"
