"""What is left out of a catalogue as a repetition is one, and what is kept is not out of date."""

from __future__ import annotations

import random

import numpy as np
import pytest

from autograder.checks import UNITS, checks_of, find_check, repeats
from autograder.judging.diagnosis.candidates import Candidate, Stopped
from autograder.judging.diagnosis.exercise import Exercise
from autograder.judging.diagnosis.misconceptions import Misconception
from benchmarks.diagnosis.repeats import _seen

SIFTED = [
    name
    for unit in UNITS
    for name, check in checks_of(unit).items()
    if any(entry.rare for entry in getattr(check, "misconceptions", ()))
]
AGAIN = "; python -m benchmarks.diagnosis.repeats says them again"


def left_out(check_id):
    kept = {id(entry) for entry in find_check(check_id).misconceptions}
    return [entry for entry in repeats.WHOLE[check_id] if id(entry) not in kept]


def test_every_catalogue_with_generated_ways_is_sifted():
    assert set(SIFTED) == set(repeats.WHOLE)


@pytest.mark.parametrize("check_id", SIFTED)
def test_what_was_kept_is_of_these_ways(check_id):
    ways = repeats.ways_of(repeats.WHOLE[check_id])
    for name, (count, places) in repeats.table().get(check_id, {}).items():
        assert ways[name] == count, name + AGAIN
        assert places, name
        assert max(places) < count, name + AGAIN


@pytest.mark.parametrize("check_id", SIFTED)
def test_nobody_misses_what_is_left_out(check_id):
    """It answers as the right function, or as one that stays, to whatever is asked."""
    check = find_check(check_id)
    exercise = Exercise(check.reference, check.compare)
    rng = np.random.default_rng(77)
    calls = [check.space.draw(rng) for _ in range(8)]
    right = Misconception("", "", check.reference)
    staying = (right, *check.misconceptions)
    first = [answer(exercise, one, calls[:1]) for one in staying]
    out = left_out(check_id)
    for entry in random.Random(5).sample(out, min(5, len(out))):
        mine = answer(exercise, entry, calls)
        likely = [one for one, seen in zip(staying, first, strict=True) if same(seen, mine[:1])]
        assert any(same(answer(exercise, one, calls), mine) for one in likely), entry.cause + AGAIN


def test_beside_a_huge_number_a_small_one_tells_two_answers_apart():
    seen = _seen(np.array([1e12, 0.25, 0.0]))
    assert seen == _seen(np.array([1e12, 0.25 + 1e-12, -1e-12]))
    for other in ([1e12, 0.26, 0.0], [1e12, 0.25, 1e-3], [1.01e12, 0.25, 0.0]):
        assert seen != _seen(np.array(other))


def answer(exercise, entry, calls):
    return [Candidate((entry,)).answer(exercise, given) for given in calls]


def same(one, other):
    """Up to the rounding of a sum in another order."""
    if isinstance(one, (list, tuple)):
        alike = type(one) is type(other) and len(one) == len(other)
        return alike and all(same(*both) for both in zip(one, other, strict=True))
    if isinstance(one, Stopped) and isinstance(other, Stopped):
        return one.type == other.type  # What NumPy says tells sizes, and no mistake from another.
    if not isinstance(one, (int, float, np.ndarray, np.generic)):
        return repr(one) == repr(other)
    if type(one) is not type(other) or np.shape(one) != np.shape(other):
        return False
    most = np.abs(np.asarray(one, float)).max(initial=0.0)
    return np.allclose(one, other, 0, 1e-5 * (most if np.isfinite(most) else 1), equal_nan=True)


def test_where_there_are_more_ways_than_when_they_were_run_none_is_left_out(monkeypatch):
    entries = tuple(Misconception("uno", str(n), abs, rare=True) for n in range(4))
    usual = Misconception("uno", "usual", abs)
    monkeypatch.setattr(repeats, "table", lambda: {"u.f": {"uno": (4, [0, 2])}})
    monkeypatch.setattr(repeats, "WHOLE", {})
    assert [one.cause for one in repeats.sifted("u.f", (usual, *entries))] == ["usual", "1", "3"]
    assert len(repeats.sifted("u.f", (*entries, entries[0]))) == 5


def test_places_in_a_row_are_written_short():
    assert repeats.places("0 2-4 9") == [0, 2, 3, 4, 9]
