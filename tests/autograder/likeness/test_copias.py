"""``curso copias``: the page and the table that it writes, and what it leaves as it was."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from classroom import UNIT, answer, cell, hand_in, new_course, solved, untouched
from honest import independent_works
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.cli import main
from autograder.likeness.index import Index
from autograder.likeness.page import render_html
from autograder.likeness.prints import prints
from autograder.likeness.search import Found, Likeness, UnitLikeness
from autograder.likeness.side_by_side import compare
from autograder.likeness.work import Piece, of_the_course, pieces
from autograder.submission.published import PublishedCell

HOSTILE = "<script>alert(1)</script>"
UNSEEN = "\x1b]0;\u202e"


def work(codes: dict[str, str]):
    notebook = untouched()
    for function, code in codes.items():
        answer(notebook, function, code)
    return notebook


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A class with one pair, and what it printed."""
    course = new_course(tmp_path_factory.mktemp("curso"))
    folder = str(course.root)
    main(["publicar", "--curso", folder])
    every = independent_works(UNIT)
    for number in range(10, 20):
        hand_in(course, f"honesto-{number}", work(every[number]))
    hand_in(course, "ana", work(every[7]))
    disguised = {
        f: f"# {HOSTILE}{UNSEEN}\n{code}".replace("kernel", "k") for f, code in every[7].items()
    }
    hidden = work({})  # All in a cell of one's own, at the end.
    cell(hidden, "reto-error").source = "\n\n".join(disguised.values())
    hand_in(course, "beto", hidden)
    hand_in(course, "cortado", "{")
    huge = work({"conv2d": "x = 1\n" * 20_000})
    hand_in(course, "enorme", huge)
    hand_in(course, "sin tocar", untouched())
    hand_in(course, "la del curso", solved())
    before = (course.root / "gradebook.db").read_bytes()
    assert main(["copias", "1", "--curso", folder]) == 0
    assert (course.root / "gradebook.db").read_bytes() == before
    return course


def test_the_pair_is_found_wherever_it_was_written(copied):
    text = (copied.report / "copias.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["unidad"], row["estudiante"], row["otro estudiante"]) == (UNIT, "ana", "beto")
    assert row["grupo"] == "1"


def test_the_page_runs_nothing_and_asks_for_nothing(copied):
    page = (copied.report / "copias.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "�]0;�" in page
    assert not {"\x1b", "\u202e"} & set(page)
    assert not re.search(r"<(script|link|img|iframe)|https?:|src=|href=", page)


def test_it_says_how_rare_what_they_share_is_and_that_it_proves_nothing(copied):
    page = (copied.report / "copias.html").read_text(encoding="utf-8")
    assert "Esto no es una prueba de nada" in page
    assert "solo en 2 de 15 entregas; con otros nombres y los mismos números" in page
    assert "1 no se pudo leer" in page
    assert page.count("<mark") >= 6


def test_before_anything_is_published_it_says_so(tmp_path, capsys):
    new_course(tmp_path)
    assert main(["copias", "--curso", str(tmp_path)]) == 1
    assert "publica antes con curso publicar" in capsys.readouterr().err


def test_of_an_endless_work_only_so_much_is_looked_at(copied, monkeypatch):
    monkeypatch.setattr("autograder.likeness.work.MOST_OF_ALL", 300)
    published = [PublishedCell("conv2d-solucion", "code", "", "", *[False] * 2, True, False, None)]
    for student in ("ana", "enorme"):
        codes = [piece.code for piece in pieces(copied, UNIT, published, student)]
        assert sum(map(len, codes)) == 300
    assert pieces(copied, UNIT, published, "cortado") is None


def test_in_several_processes_the_pairs_are_the_same(copied, monkeypatch):
    monkeypatch.setattr("autograder.likeness.work.FEW", 5)
    monkeypatch.setattr("autograder.likeness.work.usable_cores", lambda: 2)
    table = (copied.report / "copias.csv").read_bytes()
    (copied.report / "copias.csv").unlink()
    assert main(["copias", "--curso", str(copied.root)]) == 0
    assert (copied.report / "copias.csv").read_bytes() == table


ONE = "def f(a, b):\n    c = a.reshape(2, -1) @ b[::-1] + 3\n    return np.tanh(c).sum() / len(c)"


def test_what_the_course_shows_in_a_text_or_hands_out_in_a_module_is_nobody_s(tmp_path):
    course = new_course(tmp_path)
    unit = course.source / "6_mia"
    unit.mkdir(parents=True)
    fenced = new_markdown_cell(f"Prueba esto:\n\n```python\n{ONE}\n```\n\nY piensa.")
    nbformat.write(new_notebook(cells=[fenced]), unit / "mia.ipynb")
    module = ONE.replace("tanh", "exp").replace("-1", "3")
    (unit / "ayuda.py").write_text(f"import numpy as np\n\n\n{module}\n", encoding="utf-8")
    (unit / "enlace.py").symlink_to("/dev/zero")
    known = of_the_course(course)
    for code in (ONE, module):
        assert len(prints([code]))
        assert np.isin(prints([code]), known).all()


def test_shared_runs_stand_under_the_same_number_in_both():
    other = "z = 0\n" + ONE.replace("a", "q").replace("reshqpe", "reshape").replace("tqnh", "tanh")
    left, right = [Piece("uno", ONE)], [Piece("otro", "w = 5\n"), Piece("dos", other)]
    nobody = prints([""])
    index = Index([[prints([ONE])], [prints([other])]], nobody)
    both = compare(left, right, index, nobody)
    assert [name for name, _ in both.right.cells] == ["dos"]
    (run,) = both.runs
    assert not run.same_names
    assert run.holders == 2
    ((_, ours),), ((_, theirs),) = both.left.cells, both.right.cells
    assert [s.text for s in ours if s.shared] == [ONE]
    assert "".join(s.text for s in theirs) == other
    assert (both.left.share, both.rarest) == (1.0, 2)
    assert compare(left, left, index, nobody).runs[0].same_names


def test_the_numbers_that_were_changed_are_marked_in_both():
    nobody = prints([""])
    other = ONE.replace("(2,", "(0x7,").replace("+ 3", "+ 5.5")
    index = Index([[prints([ONE])], [prints([other])]], nobody)
    both = compare([Piece("una", ONE)], [Piece("otra", other)], index, nobody)
    (run,) = both.runs
    assert run.dress == "con los mismos nombres y otros números"
    ((_, ours),), ((_, theirs),) = both.left.cells, both.right.cells
    assert [(s.text, s.instead) for s in ours if s.instead] == [("2", "0x7"), ("3", "5.5")]
    assert [(s.text, s.instead) for s in theirs if s.instead] == [("0x7", "2"), ("5.5", "3")]
    assert "".join(s.text for s in theirs) == other
    assert [s.begins for s in ours] == [True, *[False] * 4]


def test_factors_turned_round_are_shown_as_they_were_written():
    nobody = prints([""])
    other = ONE.replace("a.reshape(2, -1) @ b[::-1] + 3", "7 + a.reshape(2, -1) @ b[::-1]")
    index = Index([[prints([ONE])], [prints([other])]], nobody)
    both = compare([Piece("una", ONE)], [Piece("otra", other)], index, nobody)
    (run,) = both.runs
    assert (run.same_names, run.same_numbers) == (True, False)
    for column, code, mine, its in ((both.left, ONE, "3", "7"), (both.right, other, "7", "3")):
        ((_, cell),) = column.cells
        assert "".join(s.text for s in cell) == code
        assert [(s.text, s.instead) for s in cell if s.instead] == [(mine, its)]
        assert column.share == 1.0


def test_of_a_thousand_changed_numbers_no_more_are_marked(monkeypatch):
    monkeypatch.setattr("autograder.likeness.side_by_side.MOST_NUMBERS", 3)
    one = f"x = {list(range(40))}\n\ndef f():\n    return {list(range(30))}"
    other = one.replace(", ", ", 1")
    both = compare(
        [Piece("una", one)], [Piece("otra", other)], Index([], prints([""])), prints([""])
    )
    assert [run.same_numbers for run in both.runs] == [False, False]
    assert sum(bool(s.instead) for _, cell in both.left.cells for s in cell) == 3


def test_what_stands_once_is_shared_once():
    nobody = prints([""])
    index = Index([[prints([ONE])]] * 2, nobody)
    twice, once = [Piece("dos", f"{ONE}\n\n{ONE}")], [Piece("una", ONE)]
    both = compare(twice, once, index, nobody)
    assert len(both.runs) == 1
    assert (both.left.share, both.right.share) == (0.5, 1.0)


def test_the_page_of_many_pairs_draws_the_first_and_counts_the_rest():
    pairs = [Likeness(HOSTILE, f"e{n}", 1, 20, 1) for n in range(700)]
    unit = UnitLikeness(UNIT, 20_000, 0, pairs, [[HOSTILE, *(f"e{n}" for n in range(700))]])
    page = render_html(Found([unit], {"e3": "<b>Eva"}))
    assert "Otras 640 parejas, sin su código" in page
    assert page.count("<li>") < 600
    assert HOSTILE not in page
    assert "&lt;b&gt;Eva" in page


def test_nothing_that_decides_a_mark_knows_of_it():
    import autograder

    above = {"likeness", "terminal", "verbs"}
    for path in Path(autograder.__file__).parent.glob("*/**/*.py"):
        if path.relative_to(Path(autograder.__file__).parent).parts[0] not in above:
            assert "likeness" not in path.read_text(encoding="utf-8"), path
