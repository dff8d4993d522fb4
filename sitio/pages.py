"""Las páginas que no escribe nadie: errores típicos, referencia de la biblioteca y descargas."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import ModuleType

import conv2d_lib
from autograder.checks import UNITS, checks_of


def mistakes() -> dict[str, str]:
    """The course's misconceptions: a page that leads to each unit's, and those pages."""
    pages, rows, names = {}, [], []
    for name, unit in UNITS.items():
        found = _by_function(name)
        pages[f"errores/{name}"] = _unit_page(unit.title, name, found)
        names.append(f"errores/{name}")
        where = ", ".join(f"[`{each}`](#{_place(name, each)})" for each in found)
        total = sum(map(len, found.values()))
        rows.append(f"| [{unit.title}](errores/{name}.md) | {where} | {total} |")
    pages["errores"] = "\n".join(
        [
            "# Errores típicos",
            "",
            "Lo que `comprobar` reconoce por los números de una respuesta, y lo que dice. Elige la "
            "función que estás escribiendo; si ya tienes el nombre del error, búscalo arriba.",
            "",
            "| unidad | funciones | errores |",
            "|---|---|--:|",
            *rows,
            "",
            "```{toctree}",
            ":hidden:",
            "",
            *names,
            "```",
        ]
    )
    return {name: text + "\n" for name, text in pages.items()}


def _by_function(unit: str) -> dict[str, list[tuple[str, str, list[str]]]]:
    """Under the first function that has it: each mistake, what is said, and where else it is."""
    said: dict[str, tuple[str, list[str]]] = {}
    for check in checks_of(unit).values():
        for mistake in _mistakes_of(check):
            functions = said.setdefault(mistake.id, (mistake.cause, []))[1]
            if (function := check.id.split(".")[1]) not in functions:
                functions.append(function)
    found: dict[str, list[tuple[str, str, list[str]]]] = {}
    for key in sorted(said):
        cause, (first, *others) = said[key]
        found.setdefault(first, []).append((key, cause, others))
    order = [check.split(".")[1] for check in checks_of(unit)]
    return {function: found[function] for function in order if function in found}


def _unit_page(title: str, unit: str, found: dict[str, list[tuple[str, str, list[str]]]]) -> str:
    """Folded by function: open, the hundreds of a unit are many screens."""
    told = "Un error que se repite está en la primera de sus funciones, que dice las demás."
    parts = [f"# Errores típicos · {title}", "", told, ""]
    for function, entries in found.items():
        count = "1 error" if len(entries) == 1 else f"{len(entries)} errores"
        parts += [f"({_place(unit, function)})=", f"## `{function}`", ""]
        parts += [f"<details><summary>{count}</summary>", ""]
        for key, cause, others in entries:
            also = ", ".join(f"`{other}`" for other in others)
            text = f"{cause} (también en {also})" if also else cause
            parts += [f"({unit}-{key})=", f"**{key}**", f": {text}", ""]
        parts += ["</details>", ""]
    return "\n".join(parts)


def _place(unit: str, function: str) -> str:
    return f"errores-{unit}-{function}".replace("_", "-")


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
