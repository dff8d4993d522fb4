"""Dibuja las salas del código en ``docs/mantenimiento.md``, a partir de sus import.

``python docs/salas.py`` escribe de nuevo lo que hay entre las marcas; una prueba compara.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mantenimiento.md"
PACKAGES = ("autograder", "conv2d_lib")
_MARKS = "<!-- salas: {} -->\n", "<!-- fin: {} -->"

Arrows = set[tuple[str, str]]


def rooms(package: str) -> list[str]:
    """The folders of a package, and its files at the top."""
    folder = ROOT / package
    inner = sorted(p.parent.name for p in folder.glob("*/__init__.py"))
    top = sorted(p.stem for p in folder.glob("*.py") if p.stem != "__init__")
    return inner + top


def arrows(package: str) -> Arrows:
    """``(room, room that it imports)``, whatever file of theirs does."""
    graph = grimp.build_graph(package)
    found = set()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            start, end = (name.split(".")[1:2] for name in (module, imported))
            if start and end and start != end:
                found.add((start[0], end[0]))
    return found


def reduced(found: Arrows) -> Arrows:
    """Without the arrows that others already say: what is below what is below is below."""

    def reaches(start: str, end: str, without: tuple[str, str]) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for a, b in found:
                if a == here and (a, b) != without and b not in seen:
                    if b == end:
                        return True
                    seen.add(b)
                    waiting.append(b)
        return False

    return {arrow for arrow in found if not reaches(*arrow, without=arrow)}


def picture(package: str) -> str:
    """A Mermaid drawing: what is above imports what is below."""
    lines = [f"    {a} --> {b}" for a, b in sorted(reduced(arrows(package)))]
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```"])


def table(package: str) -> str:
    """Each room with its files, and what its own first sentence says of it."""
    rows = ["| Sala | Qué hay | Archivos |", "|---|---|---|"]
    for name in rooms(package):
        folder = ROOT / package / name
        if folder.is_dir():
            files = sorted(p.stem for p in folder.rglob("*.py") if p.stem != "__init__")
            said, shown = _first_line(folder / "__init__.py"), f"`{package}/{name}/`"
        else:
            files, said, shown = (
                [],
                _first_line(folder.with_suffix(".py")),
                f"`{package}/{name}.py`",
            )
        named = ", ".join(f"`{file}`" for file in files)
        rows.append(f"| {shown} | {said} | {named} |")
    return "\n".join(rows)


def _first_line(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).rstrip(".")


def _parts() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        yield package, f"{picture(package)}\n\n{table(package)}\n"


def updated(text: str) -> str:
    """The page with its rooms as they are now."""
    for name, drawn in _parts():
        begin, end = (mark.format(name) for mark in _MARKS)
        pattern = re.escape(begin) + ".*?" + re.escape(end)
        text, count = re.subn(
            pattern, lambda _, new=begin + drawn + end: new, text, flags=re.DOTALL
        )
        if count != 1:
            raise ValueError(f"{PAGE.name}: faltan las marcas de {name}")
    return text


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
