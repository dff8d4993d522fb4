"""The goals of the diagnosis, on a sample of what ``python -m benchmarks.diagnosis`` measures.

Each sample is fixed by its seed; what is drawn afresh in a grading is drawn from it here.
"""

from __future__ import annotations

import pytest

from benchmarks.diagnosis import measured
from benchmarks.diagnosis.answers import WITHOUT_KERAS, unseen_answers
from benchmarks.diagnosis.equivalents import EQUIVALENT
from benchmarks.diagnosis.heard import hear
from benchmarks.diagnosis.mutants import mutants
from benchmarks.diagnosis.solutions import solutions
from benchmarks.diagnosis.written import right_answers, written_answers

SEED = 7


def assert_met(tally, least):
    """Enough was asked, and the goal is reached; what was missed is told."""
    assert tally.asked >= least
    assert tally.met, [tally.share, *tally.misses[:20]]


def test_a_mistake_of_the_catalogue_is_named_first():
    assert_met(measured.own(SEED, every=9), 80)


def test_the_same_mistake_is_named_however_it_is_written():
    assert_met(measured.in_styles(SEED, 1, every=13), 50)


def test_a_writer_that_does_not_know_the_catalogue_is_understood():
    tally, safe = measured.unseen(SEED, list(written_answers())[::7])
    assert_met(tally, 45)
    assert safe.misses == []


def test_two_mistakes_at_once_are_named_both():
    assert_met(measured.two_at_once(SEED, 2), 20)


def test_answers_that_the_catalogue_never_saw_are_named_and_none_falsely():
    named, safe = measured.unseen(SEED, unseen_answers(WITHOUT_KERAS)[SEED % 4 :: 4])
    assert_met(named, 45)
    assert safe.misses == []


def test_nothing_false_is_said_for_sure_of_a_mistake_without_its_entry():
    tally = measured.left_out_of_the_catalogue(SEED, every=13)
    assert tally.asked >= 50
    assert tally.misses == []


def test_every_mutant_of_the_solutions_loses_points_and_hears_nothing_false():
    found = measured.mutation(SEED, every=17)
    assert found.lost.asked >= 40
    assert found.survivors == []
    assert found.true.misses == []


def test_there_are_enough_mutants_and_the_equivalent_ones_are_among_them():
    keys = [mutant.key for solution in solutions() for mutant in mutants(solution)]
    assert len(keys) - len(EQUIVALENT) >= 500
    assert set(EQUIVALENT) <= set(keys)


@pytest.mark.parametrize("solution", list(solutions()), ids=lambda solution: solution.check_id)
def test_what_is_listed_as_equivalent_passes(solution):
    for mutant in mutants(solution):
        if mutant.key in EQUIVALENT:
            assert hear(solution.check_id, mutant.function(), SEED).passed, mutant.key


def test_right_work_in_any_style_hears_no_false_alarm():
    tally = measured.right_ones(SEED, 120)
    assert tally.asked == 120
    assert tally.misses == []


def test_the_writer_without_a_mistake_is_right():
    # Otherwise what it writes with one would fail for another reason.
    for answer in right_answers():
        assert hear(answer.check_id, answer.function, SEED).passed, answer
