"""Dos errores a la vez: de miles de parejas se prueban unas pocas, y ninguna importante se olvida.

A bias of zeros hides what is done with it, and a stride of 1 what is done with that: on such a call
one of two mistakes is seen alone. And what changes an answer needs no other run of what gave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any

import numpy as np

from ..remote import Returned
from .asking import Trial
from .candidates import Candidate, Stopped
from .changes import Arguments, Change
from .exercise import Exercise
from .misconceptions import Misconception
from .questions import Questions

SHORT = 80  # mistakes of a catalogue
MOST_RUN = 300  # pairs that are run whole on one small call
MOST_CHANGED = 5_000  # answers, known already, that are changed
_PLAIN = Change("")


@dataclass(frozen=True)
class _Alone:
    """A mistake, and what it alone answers to the probe."""

    mistake: Misconception
    answer: Any

    @cached_property
    def parts(self) -> frozenset[str]:
        wrong = self.mistake.wrong
        return frozenset(wrong.part.split("+")) if isinstance(wrong, Change) else frozenset()

    @property
    def replaces(self) -> bool:
        """Whether it computes with another function than the right one: then it goes inside."""
        wrong = self.mistake.wrong
        return not isinstance(wrong, Change) or wrong.core is not _PLAIN.core

    @property
    def only_the_answer(self) -> bool:
        """Whether it is what comes out that is changed, and nothing else."""
        wrong = self.mistake.wrong
        return (
            isinstance(wrong, Change)
            and wrong.before is _PLAIN.before
            and wrong.core is _PLAIN.core
        )


def pairs(
    questions: Questions, catalogue: Sequence[Misconception], probe: Trial
) -> Iterator[Candidate]:
    """The pairs of mistakes that answer ``probe`` as it was answered, the likeliest first."""
    if not isinstance(probe.reply, Returned):
        return
    exercise = questions.exercise
    if not isinstance(probe.expected, np.ndarray):
        yield from _of_numbers(exercise, catalogue, probe)
        return
    shown = list(_shown(exercise, catalogue, probe))
    glance = _Glance.at(probe)
    with np.errstate(all="ignore"):
        for one, other in islice(_with_a_changed_answer(shown), MOST_CHANGED):
            wrong = other.mistake.wrong
            assert isinstance(wrong, Change)
            answer = _changed(wrong, one.answer, probe.arguments)
            if glance.may_be(answer) and _agrees(exercise, probe, answer):
                yield Candidate((one.mistake, other.mistake))
        for both in islice(_both_inside(questions, shown, probe), MOST_RUN):
            candidate = Candidate(both)
            answer = candidate.answer(exercise, probe.arguments)
            if glance.may_be(answer) and _agrees(exercise, probe, answer):
                yield candidate


def _of_numbers(
    exercise: Exercise, catalogue: Sequence[Misconception], probe: Trial
) -> Iterator[Candidate]:
    """All the pairs: of a formula's two mistakes one call may show one, and another the other."""
    alone = [_Alone(mistake, None) for mistake in catalogue]
    for index, one in enumerate(alone):
        for other in alone[index + 1 :]:
            if one.parts & other.parts or one.mistake.id == other.mistake.id:
                continue
            for pair in _orders(one, other):
                candidate = Candidate(pair)
                if _agrees(exercise, probe, candidate.answer(exercise, probe.arguments)):
                    yield candidate


def _orders(one: _Alone, other: _Alone) -> list[tuple[Misconception, Misconception]]:
    """Which goes inside: what computes with another function; of two that do, none."""
    both = [(one, other), (other, one)]
    return [(inner.mistake, outer.mistake) for inner, outer in both if not outer.replaces]


@dataclass(frozen=True)
class _Glance:
    """One number of what came, where it is most wrong: thousands of answers differ from it."""

    shape: tuple[int, ...] | None
    place: tuple[int, ...] = ()
    number: float = 0.0

    @classmethod
    def at(cls, probe: Trial) -> _Glance:
        assert isinstance(probe.reply, Returned)
        got, expected = probe.reply.value, probe.expected
        if not (_arrays(got, expected) and got.size and got.dtype.kind in "fiu"):
            return cls(None)
        place = 0
        if got.shape == expected.shape:
            place = int(np.argmax(np.abs(got.astype(np.float64) - expected)))
        where = tuple(map(int, np.unravel_index(place, got.shape)))
        return cls(got.shape, where, float(got[where]))

    def may_be(self, answer: Any) -> bool:
        if self.shape is None or not isinstance(answer, np.ndarray):
            return True
        if answer.shape != self.shape:
            return False
        apart = abs(float(answer[self.place]) - self.number)
        return not apart > 0.05 * abs(self.number) + 0.05


def _shown(
    exercise: Exercise, catalogue: Sequence[Misconception], probe: Trial
) -> Iterator[_Alone]:
    """The mistakes that show in the probe, and do not make its shape wrong where it is right."""
    assert isinstance(probe.reply, Returned)
    got, expected = probe.reply.value, probe.expected
    right_shape = np.shape(got) == np.shape(expected) if _arrays(got, expected) else True
    for mistake in catalogue:
        answer = Candidate((mistake,)).answer(exercise, probe.arguments)
        if isinstance(answer, Stopped):
            continue
        # In a short catalogue there is time for those that show in other calls.
        if len(catalogue) > SHORT and exercise.agrees(probe.arguments, expected, answer):
            continue
        if right_shape and _arrays(answer, expected) and answer.shape != expected.shape:
            continue
        yield _Alone(mistake, answer)


def _with_a_changed_answer(shown: Sequence[_Alone]) -> Iterator[tuple[_Alone, _Alone]]:
    """What changes an answer, after any other; last, after what changes another part of it."""
    inside = [(n, one) for n, one in enumerate(shown) if not one.only_the_answer]
    outside = [(n, one) for n, one in enumerate(shown) if one.only_the_answer]
    for within in (inside, outside):
        both = [(n + m, one, other) for m, other in outside for n, one in within]
        for _, one, other in sorted(both, key=itemgetter(0)):
            if not one.parts & other.parts and one.mistake.id != other.mistake.id:
                yield one, other


def _both_inside(
    questions: Questions, shown: Sequence[_Alone], probe: Trial
) -> Iterator[tuple[Misconception, Misconception]]:
    """Pairs that have to be run: first those that a call without options says, then all others."""
    inside = [one for one in shown if not one.only_the_answer]
    said = list(_said_by_a_plain_call(questions, inside, probe))
    near = [
        (n + m, one, other)
        for m, other in enumerate(inside)
        for n, one in enumerate(inside[:m])
        if _may_give_the_shape(one, other, probe)
    ]
    others = [(one, other) for _, one, other in sorted(near, key=itemgetter(0))]
    possible = [
        _orders(one, other)
        for one, other in (*said, *others)
        if one.mistake.id != other.mistake.id and not one.parts & other.parts
    ]
    for orders in possible:
        yield from orders[:1]
    for orders in possible:
        yield from orders[1:]


def _said_by_a_plain_call(
    questions: Questions, inside: Sequence[_Alone], probe: Trial
) -> Iterator[tuple[_Alone, _Alone]]:
    """Those of which one is seen alone on a call that hides the other."""
    exercise = questions.exercise
    plain = _plain(exercise, probe.arguments)
    trial = questions.ask(plain) if plain else None
    if trial is None or not isinstance(trial.reply, Returned):
        return
    answers = [Candidate((one.mistake,)).answer(exercise, trial.arguments) for one in inside]
    known = list(zip(inside, answers, strict=True))
    # What is hidden there answers as the right function; the other is what came.
    rest = [one for one, each in known if _agrees_with(exercise, trial, each, trial.expected)]
    first = [one for one, each in known if _agrees(exercise, trial, each)]
    yield from ((one, other) for one in first for other in rest if one is not other)


def _may_give_the_shape(one: _Alone, other: _Alone, probe: Trial) -> bool:
    """Whether the shape that came, where it is wrong, is that of one of the two."""
    assert isinstance(probe.reply, Returned)
    got, expected = probe.reply.value, probe.expected
    if not _arrays(got, expected) or got.shape == expected.shape:
        return True
    return got.shape in (_shape(one.answer), _shape(other.answer))


def _shape(answer: Any) -> tuple[int, ...] | None:
    """That of an array; a list may hold arrays that make none."""
    return answer.shape if isinstance(answer, np.ndarray) else None


def _plain(exercise: Exercise, arguments: Arguments) -> Arguments | None:
    """The same call without bias and with every option at its default; None if that is the same."""
    defaults = exercise.signature.defaults
    plain = {
        name: np.zeros_like(value)
        if isinstance(value, np.ndarray) and value.ndim == 1
        else defaults.get(name, value)
        for name, value in arguments.items()
    }
    changed = any(plain[name] is not value for name, value in arguments.items())
    return plain if changed else None


def _changed(change: Change, answer: Any, arguments: Arguments) -> Any:
    try:
        return change.after(answer, arguments)
    except Exception as error:
        return Stopped(type(error).__name__)


def _agrees(exercise: Exercise, probe: Trial, answer: Any) -> bool:
    assert isinstance(probe.reply, Returned)
    return _agrees_with(exercise, probe, answer, probe.reply.value)


def _agrees_with(exercise: Exercise, trial: Trial, answer: Any, got: Any) -> bool:
    return not isinstance(answer, Stopped) and exercise.agrees(trial.arguments, answer, got)


def _arrays(*values: Any) -> bool:
    return all(isinstance(value, np.ndarray) for value in values)
