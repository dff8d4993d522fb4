"""The list of branches that no test runs speaks of code that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ramas.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<file>[^`]+\.py)` \| `(?P<line>[^`]+)` \| (?P<why>.+) \|$", re.MULTILINE)
ROWS = [(row["file"], row["line"], row["why"]) for row in ROW.finditer(PAGE)]


def test_every_row_of_the_page_is_read():
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert ROWS
    assert len(rows) == len(ROWS)
    assert len({row[:2] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("file", "line", "why"), ROWS)
def test_the_line_is_still_in_its_file(file, line, why):
    lines = [found.strip() for found in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    assert any(found.startswith(line) for found in lines), f"docs/ramas.md: {file}: {line}"
    assert len(why) > 10


def test_what_coverage_leaves_out_is_only_what_numba_compiles():
    """Whoever wrote ``@_jit`` over something else would hide it from the list."""
    marked = re.compile(r"^\s*@(?:_jit|cached_jit|intrinsic)\b", re.MULTILINE)
    for package in ("autograder", "conv2d_lib"):
        for path in (ROOT / package).rglob("*.py"):
            if marked.search(path.read_text(encoding="utf-8")):
                assert path.parent == ROOT / "conv2d_lib" / "kernels", path
