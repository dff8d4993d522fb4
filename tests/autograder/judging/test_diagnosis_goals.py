"""The goals of the diagnosis, on a sample of what ``python -m benchmarks.diagnosis`` measures.

Each sample is fixed by its seed; what is drawn afresh in a grading is drawn from it here.
"""

from __future__ import annotations

import pytest

from autograder.judging.diagnosis import effort
from autograder.judging.diagnosis.diagnoser import Diagnoser
from benchmarks.diagnosis import measured
from benchmarks.diagnosis.answers import WITHOUT_KERAS, unseen_answers
from benchmarks.diagnosis.equivalents import EQUIVALENT
from benchmarks.diagnosis.heard import hear
from benchmarks.diagnosis.mutants import mutants
from benchmarks.diagnosis.solutions import solutions
from benchmarks.diagnosis.written import right_answers, written_answers, written_pairs

SEED = 7


def assert_met(tally, least):
    """Enough was asked, and the goal is reached."""
    assert tally.asked >= least
    assert tally.met, tally.misses[:20]


def test_a_mistake_of_the_catalogue_is_named_first():
    assert_met(measured.own(SEED, every=20), 40)


def test_the_same_mistake_is_named_however_it_is_written():
    assert_met(measured.in_styles(SEED, 1, every=30), 25)


def test_a_writer_that_does_not_know_the_catalogue_is_understood():
    found = measured.unseen(SEED, list(written_answers())[::11])
    assert_met(found.named, 30)
    assert found.safe.misses == []


def test_two_mistakes_at_once_are_named_both():
    heard = {
        answer.name: hear(answer.check_id, answer.function, SEED) for answer in written_pairs()
    }
    both = [name for name, told in heard.items() if len(told.ids) == 2]
    # Of the first filter and the first bias another single name is as true.
    assert len(both) >= 0.9 * len(heard), heard
    assert not [name for name, told in heard.items() if told.passed]


def test_any_two_mistakes_are_named_both_within_the_work_that_a_diagnosis_may_do(monkeypatch):
    worked = []
    diagnose = Diagnoser.diagnose

    def watched(self, *args):
        found = diagnose(self, *args)
        worked.append(self.exercise.memory.effort.spent)
        return found

    monkeypatch.setattr(Diagnoser, "diagnose", watched)
    units = ("1_convolucion", "2_filtros", "4_padding")
    assert_met(measured.two_at_once(SEED, 3, units, likely=False), 45)
    assert max(worked) <= 1.1 * effort.MOST_WORK


def test_answers_that_the_catalogue_never_saw_are_named_and_none_falsely():
    found = measured.unseen(SEED, unseen_answers(WITHOUT_KERAS)[SEED % 6 :: 6])
    assert_met(found.named, 30)
    assert found.safe.misses == []


def test_nothing_false_is_said_for_sure_of_a_mistake_without_its_entry():
    tally = measured.left_out_of_the_catalogue(SEED, every=30)
    assert tally.asked >= 25
    assert tally.misses == []


def test_every_mutant_of_the_solutions_loses_points_and_hears_nothing_false():
    found = measured.mutation(SEED, every=40)
    assert found.lost.asked >= 500
    assert found.survivors == []
    assert found.true.misses == []


def test_the_equivalent_mutants_are_among_those_made():
    keys = {mutant.key for solution in solutions() for mutant in mutants(solution)}
    assert keys >= set(EQUIVALENT)


@pytest.mark.parametrize("solution", list(solutions()), ids=lambda solution: solution.check_id)
def test_what_is_listed_as_equivalent_passes(solution):
    for mutant in mutants(solution):
        if mutant.key in EQUIVALENT:
            assert hear(solution.check_id, mutant.function(), SEED).passed, mutant.key


def test_right_work_in_any_style_hears_no_false_alarm():
    units = ("1_convolucion", "2_filtros", "4_padding")
    tally = measured.right_ones(SEED, 60, units)
    assert tally.asked == 60
    assert tally.misses == []


def test_the_writer_without_a_mistake_is_right():
    # Otherwise what it writes with one would fail for another reason.
    for answer in right_answers():
        assert hear(answer.check_id, answer.function, SEED).passed, answer
