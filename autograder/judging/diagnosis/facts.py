"""Donde ningún error del catálogo encaja: qué está bien y qué no, probado en llamadas nuevas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..remote import Returned
from .array_facts import SHAPE_RIGHT, array_facts
from .asking import Trial
from .changes import Arguments
from .conditions import Condition, conditions, told
from .corners import varied
from .effort import FACTS
from .number_facts import Counted, Terms, number_facts
from .observations import Observation, observed
from .questions import Questions, drawn, expected_of
from .sizes import size_of
from .space import Space

MOST_FACTS = 5
RIGHT_WHERE = "acierta"  # how each fact about a condition begins
WITHOUT_EFFECT = "tu respuesta no cambia cuando cambia"
_FIRST, _AGAIN = 12, 8  # calls on which a fact is found, and on which it has to hold
_SIDE, _AMONG = 3, 20  # calls of each side of a condition, and those among which they are chosen
_POOL = 60  # calls among which are chosen those on which a fact has to hold
_DRAWN = 4  # calls of which the largest is changed
_CHANGED = 8  # calls in which one argument is changed
_UNCHANGED = 4  # and nothing of the answer, before it is said


def facts(
    questions: Questions,
    space: Space | None,
    trials: Sequence[Trial],
    terms: Terms | None,
    rng: np.random.Generator,
) -> tuple[str, ...]:
    """What is true of a wrong function, in Spanish; each of them held on calls drawn afresh."""
    usual = [trial for trial in trials if not trial.raises]
    if space is None:
        return tuple(_found(questions, usual, terms)[:MOST_FACTS])
    first = [*usual, *_drawn(questions, space, rng, _FIRST)]
    found = _found(questions, first, terms)
    ignored = _ignored(questions, space, rng)
    again = _varied(questions, space, rng) if found else []
    decided = _conditional(questions, [*first, *again])[:1]
    for condition, _ in decided:
        again += _both_sides(questions, space, rng, condition)
    still = _found(questions, [*first, *again], terms)
    held = (fact for fact in still if fact in found or fact.startswith(RIGHT_WHERE))
    return (*ignored, *held)[:MOST_FACTS]


def _both_sides(
    questions: Questions, space: Space, rng: np.random.Generator, condition: Condition
) -> list[Trial]:
    """Calls with the condition and without it: where least can be wrong, and where most can."""
    left = questions.exercise.memory.effort.left
    calls = [drawn(questions.exercise, space, rng) for _ in range(_AMONG) if left(FACTS)]
    asked: list[Trial] = []
    for side in (True, False):
        those = sorted((each for each in calls if condition.holds(each) is side), key=_bulk)
        for call in [*those[:_SIDE], *those[_SIDE:][-_SIDE:]]:
            trial = questions.ask(call) if left(FACTS) else None
            asked += [trial] if trial is not None else []
    return asked


def _drawn(questions: Questions, space: Space, rng: np.random.Generator, count: int) -> list[Trial]:
    exercise = questions.exercise
    left = exercise.memory.effort.left
    calls = (drawn(exercise, space, rng) for _ in range(count) if left(FACTS))
    asked = (questions.ask(call) for call in calls)
    return [trial for trial in asked if trial is not None]


def _varied(questions: Questions, space: Space, rng: np.random.Generator) -> list[Trial]:
    """Calls that have, among them, most of what a call may have: a fact speaks of them all."""
    exercise, left = questions.exercise, questions.exercise.memory.effort.left
    calls = [drawn(exercise, space, rng) for _ in range(_POOL) if left(FACTS)]
    asked = (questions.ask(call) for call in varied(calls, _AGAIN) if left(FACTS))
    return [trial for trial in asked if trial is not None]


def _found(questions: Questions, trials: Sequence[Trial], terms: Terms | None) -> list[str]:
    exercise = questions.exercise
    conditional = [fact for _, fact in _conditional(questions, trials)]
    seen: list[Observation] = observed(exercise, trials)
    if seen:
        known = array_facts(seen)
        if known[:1] == [SHAPE_RIGHT] and len(seen) < len(trials):
            # Of a function that stops somewhere, or answers there no array, nothing is said of all.
            known = []
        return [*known, *conditional[:1]]
    counted = [
        Counted(trial.arguments, _plain(trial.expected), _plain(trial.reply.value))
        for trial in trials
        if isinstance(trial.reply, Returned) and questions.fails(trial)
    ]
    return [*number_facts(counted, terms), *conditional[:1]]


def _conditional(questions: Questions, trials: Sequence[Trial]) -> list[tuple[Condition, str]]:
    """The conditions that part right calls from wrong ones, and how that is said."""
    if not trials:
        return []
    outcomes = [(trial.arguments, not questions.fails(trial)) for trial in trials]
    found = [
        (condition, fact)
        for condition in conditions(trials[0].arguments)
        if (fact := told(outcomes, condition)) is not None
    ]
    # «acierta siempre» of one side says less than a condition that decides.
    return sorted(found, key=lambda each: "siempre" in each[1])


def _plain(value: Any) -> Any:
    """NumPy's numbers as Python's; no array that is not one number."""
    if isinstance(value, (tuple, list)) and len(value) <= 4:
        return tuple(map(_plain, value))
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.size == 1):
        return value.item()
    return value


def _ignored(questions: Questions, space: Space, rng: np.random.Generator) -> list[str]:
    """The arguments that change the right answer and do not change what is answered."""
    base = questions.ask(drawn(questions.exercise, space, rng))
    if base is None or not isinstance(base.reply, Returned):
        return []
    return [
        f"{WITHOUT_EFFECT} `{name}`"
        for name in base.arguments
        if _without_effect(questions, space, rng, name)
    ]


def _bulk(arguments: Arguments) -> int:
    return sum(size_of(value) for value in arguments.values() if isinstance(value, np.ndarray))


def _answered(questions: Questions, arguments: Arguments) -> int:
    """How much is the right answer, where what comes in are numbers that do not say it."""
    expected = expected_of(questions.exercise, arguments)
    return size_of(expected) if isinstance(expected, np.ndarray) else 0


def _without_effect(
    questions: Questions, space: Space, rng: np.random.Generator, name: str
) -> bool:
    unchanged, exercise = 0, questions.exercise
    for _ in range(_CHANGED):
        # What is not looked at in a single pixel, filter or image may be looked at elsewhere.
        if not exercise.memory.effort.left(FACTS):
            return False
        calls = [drawn(exercise, space, rng) for _ in range(_DRAWN)]
        one = max(calls, key=lambda call: _bulk(call) or _answered(questions, call))
        other = _with_another(one, name, drawn(exercise, space, rng), rng)
        if other is None:
            continue
        before, after = questions.ask(one), questions.ask(other)
        if before is None or after is None:
            continue
        same = exercise.same
        if same(one, before.expected, after.expected):
            continue
        if not (isinstance(before.reply, Returned) and isinstance(after.reply, Returned)):
            return False
        if not same(one, before.reply.value, after.reply.value):
            return False
        unchanged += 1
        if unchanged == _UNCHANGED:
            return True
    return False


def _with_another(
    arguments: Arguments, name: str, drawn: Arguments, rng: np.random.Generator
) -> Arguments | None:
    """The same call with another value of one argument, that leaves the shapes as they are."""
    value = arguments[name]
    if isinstance(value, np.ndarray):
        steps = rng.integers(1, 4, value.shape)
        return arguments | {name: (value + steps).astype(value.dtype)}
    if not isinstance(value, (int, float, str, tuple)) or drawn[name] == value:
        return None
    return arguments | {name: drawn[name]}


def nearest_right(questions: Questions, failed: Arguments) -> list[str]:
    """Of a call that fails, the option that at its default makes it right, if one does."""
    for name, usual in questions.exercise.signature.defaults.items():
        value = failed[name]
        if not isinstance(value, (int, float, str, tuple)) or value == usual:
            continue
        trial = questions.ask(failed | {name: usual})
        if trial is not None and not questions.fails(trial):
            return [f"con {name}={value!r} falla, y con {name}={usual!r} y lo demás igual, acierta"]
    return []
