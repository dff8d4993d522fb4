"""One name for each thing: what the glossary shuns is said nowhere that a reader reads."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
import spanish

import conv2d_lib as cl

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glosario.md"
LESSONS = sorted((ROOT / "course").glob("*.ipynb"))
NOTEBOOKS = [*LESSONS, *sorted((ROOT / "source").glob("*/*.ipynb"))]
# What else is read: guides, the pages of the site, messages of the command and of ``comprobar``.
PAGES = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "sitio").rglob("*.md")]
CODE = [*(ROOT / "autograder").rglob("*.py"), *(ROOT / "conv2d_lib").rglob("*.py")]
SCRIPTS = sorted((ROOT / "conv2d_lib" / "explorer" / "js").glob("*.js"))


@cache
def rows() -> list[list[str]]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


@cache
def shunned() -> re.Pattern[str]:
    words = [word.strip() for row in rows() for word in row[3].split(",") if word.strip()]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + r")\b", re.IGNORECASE)


def sentences(path: Path) -> str:
    """The texts of a module: whatever it may say, and its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return "\n".join(text for text in constants if isinstance(text, str) and " " in text)


def read(path: Path) -> str:
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        return "\n".join(spanish.readable(cell) for cell in cells)
    text = sentences(path) if path.suffix == ".py" else path.read_text(encoding="utf-8")
    return re.sub(r"`[^`\n]*`", " ", text)  # names are not words


@pytest.mark.parametrize(
    "paths", [NOTEBOOKS, PAGES, CODE, SCRIPTS], ids=["notebooks", "pages", "messages", "explorer"]
)
def test_nobody_uses_a_word_that_the_glossary_shuns(paths):
    found = {
        str(path.relative_to(ROOT)): sorted(set(shunned().findall(read(path))))
        for path in paths
        if path != GLOSSARY
    }
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_each_chosen_word_is_one_that_lessons_or_units_use(row):
    chosen = re.findall(r"\*\*(.+?)\*\*", row[0])
    said = "\n".join(map(read, NOTEBOOKS)).lower()
    stems = [word.lower().removesuffix("s") for word in chosen]
    words = [re.compile(r"\b" + r"s? ".join(map(re.escape, stem.split()))) for stem in stems]
    assert any(word.search(said) for word in words), chosen


def test_the_glossary_names_the_clothes_as_the_library_does():
    clothes = {row[0].strip("*"): row[2] for row in rows() if "Fashion-MNIST" in row[2]}
    assert len(clothes) >= 3
    for name, text in clothes.items():
        (number,) = re.findall(r"clase (\d)", text)
        assert cl.FASHION_MNIST_CLASSES[int(number)] == name


def test_lessons_and_the_site_lead_to_the_glossary():
    for lesson in LESSONS:
        cells = nbformat.read(lesson, as_version=4).cells
        assert any("(../docs/glosario.md)" in cell.source for cell in cells), lesson.stem
    assert "docs/glosario\n" in (ROOT / "sitio" / "paginas" / "index.md").read_text("utf-8")
    assert "(glosario.md)" in (ROOT / "docs" / "estudiante.md").read_text("utf-8")
