"""``python docs/ramas.py``: lo que ninguna prueba recorrió y ``docs/ramas.md`` no explica.

Lo llama ``make coverage`` cuando ha pasado todas las pruebas, y acaba mal si queda algo. Una línea
de la página vale también para lo que se abre con ella: la de un ``if``, por lo que hay dentro.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from coverage import Coverage

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "ramas.md"
_ROW = re.compile(
    r"^\| `(?P<file>[^`]+\.py)` \| `(?P<line>[^`]+)` \| (?P<why>.+) \|$", re.MULTILINE
)


class Row(NamedTuple):
    """A line that the page explains."""

    file: str
    line: str
    why: str


class Unrun(NamedTuple):
    """A line that no test runs, or a branch that no test takes from it."""

    file: str
    number: int
    to: int | None = None  # Negative where the branch leaves the function.


def rows(page: str) -> list[Row]:
    """What the page explains."""
    return [Row(*found.group("file", "line", "why")) for found in _ROW.finditer(page)]


def unrun(report: dict[str, Any]) -> Iterator[Unrun]:
    """What is missing in a report of ``coverage json``; of lines that did not run, no branches."""
    for file, found in report["files"].items():
        lines = set(found["missing_lines"])
        yield from (Unrun(file, number) for number in sorted(lines))
        for start, end in found.get("missing_branches", ()):
            if start not in lines and end not in lines:
                yield Unrun(file, start, end)


def unexplained(missing: Iterable[Unrun], explained: Iterable[Row], root: Path) -> list[str]:
    """What no row speaks of, a text line each: ``file:number: code``."""
    known: dict[str, tuple[str, ...]] = {}
    for row in explained:
        known[row.file] = (*known.get(row.file, ()), row.line)
    opened: dict[str, dict[int, list[int]]] = {}
    left = []
    for one in missing:
        text = (root / one.file).read_text(encoding="utf-8")
        lines = [line.strip() for line in text.splitlines()]
        around = opened.setdefault(one.file, _opened(text)).get(one.number, [one.number])
        if any(lines[number - 1].startswith(known.get(one.file, ("\0",))) for number in around):
            continue
        way = "" if one.to is None else f"   (sin pasar a {'la salida' if one.to < 0 else one.to})"
        left.append(f"{one.file}:{one.number}: {lines[one.number - 1]}{way}")
    return left


def idle(missing: Iterable[Unrun], explained: Iterable[Row], root: Path) -> list[Row]:
    """The rows that explain nothing: what they speak of was run."""
    seen = list(missing)
    return [
        row
        for row in explained
        if not any(one.file == row.file and not unexplained([one], [row], root) for one in seen)
    ]


def _opened(text: str) -> dict[int, list[int]]:
    """For each line, where the statement that it belongs to and those around it begin."""
    found: dict[int, list[int]] = {}
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            continue
        start = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
        end = node.body[-1].end_lineno if isinstance(node, ast.match_case) else node.end_lineno
        for number in range(start, (end or start) + 1):
            found.setdefault(number, [number]).append(start)
    return found


def main() -> int:
    """Compare what was measured with the page; the exit status."""
    measured = Coverage(config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cobertura.json"
        measured.json_report(outfile=str(path))
        missing = list(unrun(json.loads(path.read_text(encoding="utf-8"))))
    explained = rows(PAGE.read_text(encoding="utf-8"))
    for row in idle(missing, explained, ROOT):
        print(f"• docs/ramas.md: esta línea sí se recorrió: {row.file}: {row.line}")
    left = unexplained(missing, explained, ROOT)
    for line in left:
        print(line)
    if left:
        print(
            f"✘ Sin recorrer, y sin su motivo en docs/ramas.md: {len(left)}. Pruébalo o explícalo."
        )
        return 1
    print("✔ Todo se recorre o está explicado en docs/ramas.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
