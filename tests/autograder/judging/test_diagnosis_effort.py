"""A diagnosis ends: by what it counts, and by its thread's clock where that says too little."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from impatient import Here

from autograder.checks import find_check
from autograder.judging.diagnosis import effort
from autograder.judging.diagnosis.asking import FunctionAsker, Trial
from autograder.judging.remote import Returned

MOST_CPU = effort.MOST_CPU  # the tests of this folder give it more
CHECK = find_check("4_padding.conv2d_grupos")


def nobodys_mistake(x, kernel, bias, strides=1, padding="valid", groups=1):
    """Right in its shape and its first number, and nothing that any catalogue has."""
    right = CHECK.reference(x, kernel, bias, groups=groups)
    return right + np.arange(right.size).reshape(right.shape) ** 2 % 7


def diagnosed():
    diagnoser = CHECK.diagnoser()
    signature = diagnoser.exercise.signature
    trials = []
    for case in itertools.islice(CHECK.cases(np.random.default_rng(3)), 6):
        named = signature.named(case.args, dict(case.kwargs))
        got = nobodys_mistake(*case.args, **dict(case.kwargs))
        trials.append(
            Trial(named, CHECK.reference(*case.args, **dict(case.kwargs)), Returned(got, (), ()))
        )
    asker = FunctionAsker(Here(nobodys_mistake), signature)
    found = diagnoser.diagnose(asker, trials, np.random.default_rng(3))
    return found, diagnoser.exercise.memory.effort


def test_what_nobody_foresaw_costs_no_more_than_all_the_work_there_is():
    found, done = diagnosed()
    assert found is not None
    assert not found.ids
    assert 0.5 * effort.MOST_WORK < done.spent <= 1.1 * effort.MOST_WORK


@pytest.mark.parametrize("tick", [0.002, 0.02])
def test_on_a_slow_machine_the_clock_ends_it_and_something_is_still_said(monkeypatch, tick):
    """Every look at the clock finds that much gone."""
    turns = itertools.count()
    monkeypatch.setattr(effort, "MOST_CPU", MOST_CPU)
    monkeypatch.setattr(effort.time, "thread_time", lambda: tick * next(turns))
    found, done = diagnosed()
    assert found is not None
    assert found.facts or found.example
    assert done.spent < 0.5 * effort.MOST_WORK


def test_the_share_of_each_part_leaves_something_for_the_next():
    shares = (
        effort.SINGLES,
        effort.GENERATED,
        effort.SUSPECTS,
        effort.PAIRS,
        effort.PAIRS_EXPLAINED,
        effort.SOMETIMES,
        effort.APART,
        effort.FACTS,
        effort.EXAMPLE,
    )
    assert list(shares) == sorted(set(shares))
    # 300 ms of processor are promised.
    assert effort.EXAMPLE * MOST_CPU < 0.3
