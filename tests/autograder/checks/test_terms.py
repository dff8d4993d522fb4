"""A formula and its slips: each is another tree, and the one of every token is among them."""

from __future__ import annotations

import pytest

from autograder.checks.terms import Term, read, slips, value

CEILING = "(neg (// (neg n) s))"


def test_a_formula_is_worth_what_it_says():
    assert value(read("(max (- (* 3 n) 1) 0)"), {"n": 4}) == 11
    assert value(read(CEILING), {"n": 7, "s": 2}) == 4


@pytest.mark.parametrize("text", ["(plus 1 2)", "(+ 1 2) 3"])
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(ValueError, match=r"operación|sobra"):
        read(text)


def test_each_slip_is_another_formula_and_none_comes_twice():
    tree = read("(+ (// (- n e) s) 1)")
    found = list(slips(tree, ("n", "s", 2)))
    assert len(set(found)) == len(found)
    assert tree not in found
    expected = (
        "(+ (// (+ n e) s) 1)",  # another operation
        "(+ (// (- e n) s) 1)",  # the other way round
        "(// (- n e) s)",  # a part left out
        "(+ (// (- n e) s) 2)",  # one more
        "(+ (// (- n s) s) 1)",  # a name for another
        "(+ (- n (// e s)) 1)",  # a parenthesis elsewhere
        "(// (- n e) (+ s 1))",
    )
    assert set(map(read, expected)) <= set(found)


def test_a_tree_is_a_value():
    assert read("(+ 1 n)") == Term("+", (1, "n"))
