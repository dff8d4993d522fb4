"""Who copied is found under another dress; who wrote as books do is not."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from classroom import ROOT, solved
from honest import independent_works, textbook_work

from autograder.course.folder import Course
from autograder.likeness.index import Index, Pair
from autograder.likeness.prints import prints_by_part
from autograder.likeness.search import grouped
from autograder.likeness.work import of_the_course

UNITS = (
    *("1_convolucion", "2_filtros", "3_mapas_de_caracteristicas"),
    *("4_padding", "5_fashion_mnist"),
)
NAMES = ("imagen", "kernel", "salida", "bias", "alto", "ancho", "x", "kh", "kw", "i", "j")
NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
ENOUGH = 60  # Prints of one's own: some 150 symbols, thirteen to sixteen lines.


@pytest.fixture(scope="module")
def known():
    return of_the_course(Course.at(ROOT))


@pytest.fixture(scope="module")
def classes():
    """The prints of each unit's honest class, and its works."""
    works = {unit: independent_works(unit) for unit in UNITS}
    return {
        unit: ([prints_by_part(w.values()) for w in every], every) for unit, every in works.items()
    }


def disguised(work: dict[str, str]) -> list[str]:
    """Functions in another order, other names, other comments, other spaces."""
    codes = []
    for code in [*work.values()][::-1]:
        for name in NAMES:
            code = re.sub(rf"(?<![.\w]){name}\b(?!=)", f"{name}_de_{len(name)}", code)
        lines = [f"{line}  # {number}" for number, line in enumerate(code.splitlines())]
        codes.append("# mío\n" + "\n".join(lines).replace(" + ", "+").replace("    ", "  "))
    return codes


@pytest.mark.parametrize("unit", UNITS)
def test_no_two_honest_works_are_a_pair(unit, classes, known):
    index = Index(classes[unit][0], known)
    assert index.size >= 20
    assert index.pairs() == []


def test_at_least_forty_honest_styles_are_tried(classes):
    assert len(classes["1_convolucion"][0]) >= 40
    assert len(classes["4_padding"][0]) >= 40
    first = [work["conv2d"] for work in classes["1_convolucion"][1][:40]]
    assert len(set(first)) == 40


@pytest.mark.parametrize("size", [2, 40, 150])
def test_a_class_that_writes_as_books_do_has_no_pair(size, known):
    rng = random.Random(size)
    index = Index([prints_by_part(textbook_work(rng).values()) for _ in range(size)], known)
    assert index.pairs() == []


@pytest.mark.parametrize("unit", ["1_convolucion", "2_filtros", "4_padding"])
def test_a_disguised_copy_is_found_and_nobody_else(unit, classes, known):
    honest, works = classes[unit]
    own = [len(work) for work in Index(honest, known).works]
    long_enough = [who for who, size in enumerate(own) if size >= ENOUGH]
    assert len(long_enough) >= 8
    for who in long_enough[:6]:
        index = Index([*honest, prints_by_part(disguised(works[who]))], known)
        (pair,) = index.pairs()
        assert (pair.first, pair.second) == (who, len(honest))
        assert pair.share > 0.9


def with_other_numbers(work: dict[str, str]) -> list[str]:
    """The disguised copy of who has another variant: in every line, one's own numbers."""
    return [NUMBER.sub(lambda found: str(int(found[0]) + 4), code) for code in disguised(work)]


@pytest.mark.parametrize("unit", UNITS)
def test_the_numbers_of_another_variant_hide_no_copy(unit, classes, known):
    honest, works = classes[unit]
    own = [len(work) for work in Index(honest, known).works]
    for who in np.argsort(own)[:-4:-1].tolist():
        copied = with_other_numbers(works[who])
        assert sum(len(NUMBER.findall(code)) for code in copied) >= 10
        (pair,) = Index([*honest, prints_by_part(copied)], known).pairs()
        assert (pair.first, pair.second) == (who, len(honest))


PRODUCT = re.compile(r"(\w+(?:\[[^][]*\])?) \* (\w+(?:\[[^][]*\])?)")


@pytest.mark.parametrize("unit", ["1_convolucion", "4_padding"])
def test_factors_turned_round_and_dead_code_in_each_line_hide_no_copy(unit, classes, known):
    honest, works = classes[unit]
    own = [len(work) for work in Index(honest, known).works]
    for who in np.argsort(own)[:-4:-1].tolist():
        copied = [PRODUCT.sub(r"\2 * \1", code) for code in disguised(works[who])]
        copied = [
            re.sub(
                r"^  (?=\w)",
                "  if False:\n      x = [0] * 9\n      return max(x)\n  ",
                code,
                flags=re.MULTILINE,
            )
            for code in copied
        ]
        (pair,) = Index([*honest, prints_by_part(copied)], known).pairs()
        assert (pair.first, pair.second) == (who, len(honest))
        assert pair.share > 0.9


def test_one_long_exercise_copied_is_found_among_one_s_own(classes, known):
    """As whoever copies only the one where they have another variant."""
    honest, works = classes["4_padding"]
    answers = [(who, name) for who, work in enumerate(works) for name in work]
    index = Index([prints_by_part([works[who][name]]) for who, name in answers], known)
    sizes = [max(map(len, parts), default=0) for parts in index.parts]
    for place in np.argsort(sizes)[-4:].tolist():
        whose, function = answers[place]
        others = (w for w, work in enumerate(works) if function in work and w != whose)
        who = max(others, key=lambda w: len(works[w]))
        (code,) = with_other_numbers({function: works[whose][function]})
        codes = works[who] | {function: code}
        copied = [*honest[:who], prints_by_part(codes.values()), *honest[who + 1 :]]
        (pair,) = Index(copied, known).pairs()
        assert {pair.first, pair.second} == {who, whose}
        assert pair.share < 0.7


def test_nobody_is_a_pair_with_themselves(classes, known):
    """Who wrote one thing twice, and somebody else who has it too."""
    honest, works = classes["4_padding"]
    part = max(prints_by_part(works[3].values()), key=len)
    copied = [*honest, [part, part], [part]]
    pairs = {(pair.first, pair.second) for pair in Index(copied, known).pairs()}
    assert (len(honest), len(honest) + 1) in pairs
    assert all(first != second for first, second in pairs)


def test_one_short_function_is_never_enough(known):
    """Even where only two of a large class wrote it."""
    code = "def f(a):\n    b = a.reshape(-1, 7)[::-1]\n    return np.tanh(b @ b.T).sum() / b.max()"
    rng = random.Random(1)
    others = [prints_by_part(textbook_work(rng).values()) for _ in range(100)]
    index = Index([prints_by_part([code]), prints_by_part([code]), *others], known)
    assert len(np.intersect1d(index.works[0], index.works[1]))
    assert index.pairs() == []


def test_what_many_wrote_counts_for_nobody(classes, known):
    honest, works = classes["4_padding"]
    crowd = [prints_by_part(disguised(works[3]))] * 10
    assert Index([*honest, *crowd[:2]], known).pairs()
    assert Index([*honest, *crowd], known).pairs() == []


def test_what_the_course_gives_is_nobody_s(known):
    codes = [cell.source for cell in solved("4_padding").cells if cell.cell_type == "code"]
    work = prints_by_part(codes)
    assert sum(map(len, work)) > 100
    assert Index([work, work, *[prints_by_part(["a = 1"])] * 20], known).pairs() == []


def test_groups_are_those_that_pairs_join():
    pairs = [Pair(4, 7, 1, 9), Pair(1, 2, 1, 9), Pair(7, 9, 1, 9)]
    assert grouped(pairs) == [[4, 7, 9], [1, 2]]


def test_a_class_of_nobody_and_of_empty_works_has_none():
    nothing = np.empty(0, np.int64)
    assert Index([], nothing).pairs() == []
    assert Index([[], [nothing]], nothing).pairs() == []
