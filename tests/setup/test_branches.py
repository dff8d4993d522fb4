"""The list of branches that no test runs speaks of code that is there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ramas.md").read_text(encoding="utf-8")
BRANCHES = runpy.run_path(str(ROOT / "docs" / "ramas.py"))
ROWS = BRANCHES["rows"](PAGE)


def test_every_row_of_the_page_is_read():
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert ROWS
    assert len(rows) == len(ROWS)
    assert len({row[:2] for row in ROWS}) == len(ROWS)


SOURCE = """\
def mean(numbers):
    if not numbers:
        return (
            None
        )
    try:
        total = sum(numbers)
    except TypeError:
        raise ValueError(numbers)
    match total:
        case 0:
            return 0
    return total / len(numbers)
"""


@pytest.mark.parametrize(
    ("lines", "branches", "explained", "left"),
    [
        ([], [], [], []),
        ([3], [[2, 3]], [], [3]),  # Of a line that did not run, its branch says nothing new.
        ([3], [], ["if not numbers:"], []),
        ([9], [], ["except TypeError:"], []),
        ([9], [], ["if not numbers:"], [9]),
        ([8, 9, 12], [], ["except TypeError:"], [12]),
        ([12], [], ["case 0:"], []),
        ([], [[2, 6], [10, -1]], [], [2, 10]),
        ([], [[2, 6], [10, -1]], ["if not"], [10]),
        ([3, 9, 13], [], ["def mean("], []),
    ],
)
def test_what_is_neither_run_nor_explained_is_told(lines, branches, explained, left, tmp_path):
    (tmp_path / "a.py").write_text(SOURCE, encoding="utf-8")
    file = {"missing_lines": lines, "missing_branches": branches}
    missing = list(BRANCHES["unrun"]({"files": {"a.py": file}}))
    rows = [BRANCHES["Row"]("a.py", line, "porque sí") for line in explained]
    told = BRANCHES["unexplained"](missing, rows, tmp_path)
    assert [line.split(":")[:2] for line in told] == [["a.py", str(number)] for number in left]
    elsewhere = [row._replace(file="b.py") for row in rows]
    assert len(BRANCHES["unexplained"](missing, elsewhere, tmp_path)) == len(missing)
    useless = [row for row in rows if len(told) == len(missing)]
    assert BRANCHES["idle"](missing, rows, tmp_path) == useless
    assert BRANCHES["idle"](missing, elsewhere, tmp_path) == elsewhere


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
