"""A formula and its slips: each is another tree, and the one of every token is among them."""

from __future__ import annotations

import pytest
from harness import verdict_on

from autograder.checks.field_formulas import WORDS
from autograder.checks.terms import Term, read, slips, value, written

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


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        ("(+ (// (- n e) s) 1)", "(n − k_ef) // s + 1"),
        ("(- n (- e s))", "n − (k_ef − s)"),
        ("(- (- n e) s)", "n − k_ef − s"),
        ("(* (+ n 1) (/ e s))", "(n + 1) · (k_ef / s)"),
        ("(neg (// (neg n) s))", "−(−n // s)"),
        ("(max (- n 1) 0)", "max(n − 1, 0)"),
        ("(** (+ n 1) 2)", "(n + 1) ** 2"),
        ("(* n -2)", "n · (−2)"),
    ],
)
def test_a_formula_is_written_as_a_student_would(tree, text):
    assert written(read(tree), {"e": "k_ef"}) == text


def test_a_wide_name_says_the_formula_that_the_function_answers_as():
    """Whatever it is that is written there: told only where no other way of the name is left."""

    def size(n, kernel_size, strides=1, padding="valid", dilation_rate=1):
        span = dilation_rate * (kernel_size - 1) + 1
        if padding not in ("valid", "same") or (padding == "valid" and span > n):
            raise ValueError("no cabe")
        return -(-n // strides) if padding == "same" else (n - span + 2) // strides + 2

    def field(capas):
        seen, jump = 1, 1
        for kernel_size, strides in capas:
            seen, jump = seen + kernel_size * jump, jump + strides
        return seen

    found = verdict_on("4_padding.tamano_salida", size)
    assert found.cause_id == "otra-formula-de-valid"
    assert found.cause.endswith("(tu función responde como ⌊(n − k_ef + 2) / s⌋ + 2)")
    found = verdict_on("3_mapas_de_caracteristicas.campo_receptivo", field)
    assert found.cause_id == "otra-formula-de-campo"
    assert "campo = campo + k · salto y después salto = salto + s, en cada capa" in found.cause


def test_what_is_said_of_the_receptive_field_is_what_is_computed():
    signs = str.maketrans({"·": "*", "−": "-"})
    for computed, words in WORDS.items():
        text = words.partition(" (o ")[0].translate(signs)
        for r, j, k, s in [(5, 2, 3, 4), (7, 3, 5, 2)]:
            names = {"campo": r, "salto": j, "k": k, "s": s, "max": max}
            assert eval(text, {"__builtins__": {}}, names) == computed(r, j, k, s), words
