"""What seldom comes is looked at as well: nothing is said of it that is not so."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from autograder.judging.comparison import CloseArrays
from autograder.judging.diagnosis import memory, parting
from autograder.judging.diagnosis.asking import Trial
from autograder.judging.diagnosis.candidates import Candidate
from autograder.judging.diagnosis.exercise import Exercise
from autograder.judging.diagnosis.memory import Memory
from autograder.judging.diagnosis.misconceptions import Misconception
from autograder.judging.diagnosis.number_facts import Counted, number_facts
from autograder.judging.diagnosis.observations import observed
from autograder.judging.remote import Returned


def right(x):
    return 2 * x


EXERCISE = Exercise(right, CloseArrays(lambda *args, **kwargs: 1e-6))


def test_of_numbers_that_should_be_zero_no_ratio_is_said():
    assert number_facts([Counted({}, 0, 3), Counted({}, 0, 4)], None) == []


def test_an_array_where_a_number_is_due_is_not_compared_with_it():
    came = Returned(np.ones(2), (), ())
    assert observed(EXERCISE, [Trial({"x": 1}, 2, came)]) == []
    (seen,) = observed(EXERCISE, [Trial({"x": np.ones(2)}, 2 * np.ones(2), came)])
    assert not seen.right


def test_a_mistake_written_as_a_function_answers_as_itself():
    squared = Misconception("cuadrado", "elevas al cuadrado", lambda x: x**2)
    assert squared.answer(right, {"x": 3}) == 9


def test_a_mistake_that_cannot_be_seen_in_a_call_changes_nothing_there():
    negative = Misconception("signo", "", lambda x: -x, applies=lambda given: given["x"] > 5)
    assert Candidate((negative,)).answer(EXERCISE, {"x": 3}) == 6
    assert Candidate((negative,)).answer(EXERCISE, {"x": 7}) == -7


@pytest.mark.parametrize(
    ("answer", "number"),
    [(np.array([[7.0]]), 7), (7.0, None), (np.ones(3), None), (np.ones((1, 0)), None)],
)
def test_only_a_whole_number_at_its_place_says_what_was_multiplied(answer, number):
    assert parting._number(answer, (0, 0)) == number
    assert parting._number(np.array([[0.5]]), (0, 0)) is None


def test_where_two_factors_part_is_not_asked_of_large_arrays():
    def ask(arguments):
        raise AssertionError("se preguntó")

    given = {"x": np.ones((300, 300)), "kernel": np.ones((300, 300))}
    trial = Trial(given, np.ones((1, 1)), Returned(np.zeros((1, 1)), (), ()))
    assert parting.parting(SimpleNamespace(ask=ask), trial, (0, 0), {}) is None


def test_an_answer_is_remembered_once_and_only_of_a_call_that_can_be_told_again(monkeypatch):
    monkeypatch.setattr(memory, "_MOST_KEPT", 2)
    ran: list[object] = []

    def asked(arguments, size=1):
        def run():
            ran.append(arguments)
            return np.ones(size)

        before, _ = len(ran), kept.recall("quien", arguments, run, 1.0)
        return len(ran) > before

    kept = Memory()
    small, large = np.ones(2), np.ones(memory._MOST_BYTES)
    given = {"x": small, "n": 3, "pair": (1, 2)}
    assert [asked(given), asked(given)] == [True, False]
    for strange in ({"x": large}, {"x": np.array([None])}, {"x": {}}, {"x": (0,) * 17}):
        assert [asked(strange), asked(strange)] == [True, True]
    assert [asked({"n": 1}, large.size), asked({"n": 1}, large.size)] == [True, True]
    assert [asked({"n": 2}), asked({"n": 4}), asked(given)] == [True, True, True]  # Begun anew.
