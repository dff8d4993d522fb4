"""La página de quien mantiene el curso dice la verdad sobre dónde vive cada cosa."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "mantenimiento.md").read_text(encoding="utf-8")
ROOMS = runpy.run_path(str(ROOT / "docs" / "salas.py"))
AT_THE_TOP = 6


def test_the_drawing_of_the_rooms_is_the_one_that_their_imports_give():
    assert ROOMS["updated"](PAGE) == PAGE, "python docs/salas.py lo dibuja de nuevo"


def test_an_arrow_that_others_already_say_is_left_out_and_no_other():
    drawn = {("a", "b"), ("b", "c"), ("a", "c"), ("a", "d")}
    assert ROOMS["reduced"](drawn) == {("a", "b"), ("b", "c"), ("a", "d")}


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:autograder|conv2d_lib|tests|docs)/[\w/.]*)`", PAGE))
    assert len(named) > 40
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_each_of_the_three_ways_is_told_in_ten_lines():
    for title in ("una entrega", "un arreglo", "un `conv2d`"):
        told = PAGE.partition(f"### El camino de {title}\n")[2].partition("\n#")[0]
        assert re.findall(r"^(\d+)\. ", told, re.MULTILINE) == [str(n) for n in range(1, 11)]


def test_few_modules_stand_at_the_top_of_the_grader():
    assert len(list((ROOT / "autograder").glob("*.py"))) <= AT_THE_TOP


def test_the_tests_stand_in_the_rooms_of_what_they_test():
    for package in ("autograder", "conv2d_lib"):
        rooms = {
            path.name for path in (ROOT / package).iterdir() if (path / "__init__.py").exists()
        }
        folders = {path.parent for path in (ROOT / "tests" / package).rglob("test_*.py")}
        here = ROOT / "tests" / package
        assert {folder.name for folder in folders if folder != here} <= rooms
