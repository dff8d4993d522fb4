"""What a person reads is spelt as the dictionary of Spanish has it; the rest is in a list of words.

``tests/setup/palabras.txt`` holds the names and terms of the course, one a line. Words of another
language go in italics, between quotes or as code, and are not read here.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
WORDS = Path(__file__).with_name("palabras.txt")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs", "sitio/paginas")
NOT_PROSE = (
    r"^[ \t]*```.*?^[ \t]*```[ \t]*$", r"`[^`\n]*`", r"\$\$.*?\$\$", r"\$[^$\n]+\$",
    r"\[[^\]]*\]\(https?:[^)]*\)", r"\]\([^)]*\)", r"<[^>]*>",
    r"https?://\S+", r"(?<![\w*])\*(?!\*)[^*\n]+\*", r"“[^”]*”", r'"[^"\n]*"', r"\{[^{}]*\}",
    r"[\w.]*[_/\\=][\w./\\=]*", r"\b\w+\.\w+", r"\b\w*\d\w*\b", r"«\w+»",
)  # fmt: skip
SPANISH = re.compile(r"[áéíóúñ¿¡«]|\b(?:el|la|los|las|de|del|que|un|una|no|se|en|con|y)\b")
CLITICS = re.compile(r"(?:se|te|me|nos)?(?:l[aeo]s?)?$")
FEWEST_SPACES = 2  # fewer, and a string is a name or a key more often than a phrase


def prose(text: str) -> str:
    for hidden in NOT_PROSE:
        text = re.sub(hidden, " ", text, flags=re.DOTALL | re.MULTILINE)
    return text


def texts() -> Iterator[tuple[str, str]]:
    """Where each text is, and the text: notebooks, pages and messages."""
    for folder in ("course", "source"):
        for path in sorted((ROOT / folder).rglob("*.ipynb")):
            cells = nbformat.read(path, as_version=4).cells
            for cell in cells:
                if cell.cell_type == "markdown":
                    yield f"{path.relative_to(ROOT)} · {cell.id}", prose(cell.source)
    for name in PAGES:
        found = [ROOT / name] if name.endswith(".md") else sorted((ROOT / name).glob("*.md"))
        for path in found:
            yield str(path.relative_to(ROOT)), prose(path.read_text(encoding="utf-8"))
    for package in ("autograder", "conv2d_lib"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for line, message in messages(tree):
                yield f"{path.relative_to(ROOT)}:{line}", prose(message)


def messages(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The phrases of a module, without its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            # Where words are told apart by bars, it is a pattern of what Python says.
            phrase = "|" not in text and text.count(" ") >= FEWEST_SPACES and SPANISH.search(text)
            if id(node) not in docstrings and phrase:
                yield node.lineno, text


def unknown(words: set[str]) -> set[str]:
    """Those that hunspell's dictionary of Spanish does not have."""
    run = subprocess.run(
        ["hunspell", "-d", "es_ES", "-i", "utf-8", "-l"],
        input="\n".join(sorted(words)),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def without_pronouns(word: str) -> str:
    """«escríbela» -> «escribe»: the dictionary has verbs without what hangs from them."""
    bare = CLITICS.sub("", word)
    plain = unicodedata.normalize("NFD", bare)
    return unicodedata.normalize("NFC", re.sub("[\u0300\u0301]", "", plain))


@pytest.fixture(scope="module")
def dictionary() -> set[str]:
    if shutil.which("hunspell") is None:
        if os.environ.get("CI"):
            pytest.fail("falta hunspell: .ci/run lo instala (apt-get install hunspell hunspell-es)")
        pytest.skip("esta máquina no tiene hunspell con su diccionario de español")
    return set(WORDS.read_text(encoding="utf-8").split())


def misspelt(dictionary: set[str]) -> dict[str, str]:
    """Each word that nobody knows, and one place where it stands."""
    where: dict[str, str] = {}
    for place, text in texts():
        for word in re.findall(r"[^\W\d_]+", text):
            # «GPU», «NumPy» and the like are names; a single letter, a quantity.
            if len(word) > 1 and word[1:] == word[1:].lower():
                where.setdefault(word, place)
    found = {
        word for word in unknown(set(where)) & set(where) if not {word, word.lower()} & dictionary
    }
    bases = {word: without_pronouns(word) for word in found}
    wrong = unknown(set(bases.values())) | {""}
    return {w: where[w] for w in sorted(found) if bases[w] in wrong or bases[w] == w}


def test_everything_that_is_read_is_spelt_right(dictionary):
    assert misspelt(dictionary) == {}


def test_the_list_has_no_word_that_nobody_uses(dictionary):
    used = {word for _, text in texts() for word in re.findall(r"[^\W\d_]+", text)}
    known = used | {word.lower() for word in used}
    assert sorted(dictionary - known) == []


def test_a_word_without_its_accent_is_found(dictionary):
    assert unknown({"convolucion", "imágenes", "ejercisio"}) == {"convolucion", "ejercisio"}
    assert without_pronouns("escríbela") == "escribe"
