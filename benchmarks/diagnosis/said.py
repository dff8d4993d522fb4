"""Si los hechos que se dicen de una función son verdad en veinte llamadas que el juez no usó."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.judging.check import FunctionCheck
from autograder.judging.diagnosis import array_facts, number_facts
from autograder.judging.diagnosis.array_facts import SHAPE_RIGHT
from autograder.judging.diagnosis.asking import Trial
from autograder.judging.diagnosis.conditions import conditions
from autograder.judging.diagnosis.exercise import Exercise
from autograder.judging.diagnosis.facts import _plain
from autograder.judging.diagnosis.observations import observed
from autograder.judging.remote import Raised, Returned

from .truth import UNDEFINED, answered

CALLS, SEED = 20, 41_000
# Of one call and not of all: what it received, where it stopped and why, and its own option.
_OF_ONE_CALL = re.compile(r"^(se detiene en la línea|recibía |con \w+=.* falla, y con )")


def false_facts(
    check: FunctionCheck, function: Callable[..., Any], facts: tuple[str, ...]
) -> list[str]:
    """Those facts that new calls contradict; one that they do not show is not contradicted."""
    if check.space is None or not facts:
        return []
    exercise = Exercise(check.reference, check.compare)
    rng = np.random.default_rng(SEED)
    trials = [_asked(exercise, function, check.space.draw(rng)) for _ in range(CALLS)]
    stops = any(fact.startswith(("se detiene", "recibía")) for fact in facts)
    return [
        fact
        for fact in facts
        # Beside where it stopped, and with what, only why it did is said: of that call.
        if not (_OF_ONE_CALL.match(fact) or stops)
        and not _holds(check, exercise, function, trials, fact)
    ]


def _asked(exercise: Exercise, function: Callable[..., Any], arguments: Any) -> Trial:
    args, kwargs = exercise.signature.call(arguments)
    value = answered(function, args, kwargs)
    reply = Raised("Exception", "") if value is UNDEFINED else Returned(value, (), ())
    return Trial(arguments, exercise.expected(arguments), reply)


def _holds(
    check: FunctionCheck,
    exercise: Exercise,
    function: Callable[..., Any],
    trials: list[Trial],
    fact: str,
) -> bool:
    if fact == SHAPE_RIGHT:
        return all(_shaped(trial) for trial in trials)
    if found := re.fullmatch(r"tu respuesta no cambia cuando cambia `(\w+)`", fact):
        return _unchanged(exercise, function, trials, found[1])
    if fact.startswith("acierta"):
        return _condition(exercise, trials, fact)
    returned = [trial for trial in trials if isinstance(trial.reply, Returned)]
    wrong = [trial for trial in returned if not _right(exercise, trial)]
    if len(wrong) < 2:
        return True
    seen = observed(exercise, returned)
    if seen:
        failed = [each for each in seen if not each.right]
        if all(each.shaped for each in failed):
            said = [*array_facts._of_the_values(failed), *array_facts._of_the_place(failed)]
        else:
            odd = [each for each in failed if not each.shaped]
            said = list(array_facts._of_the_shape(seen, odd))
        return fact in said or not said
    counted = [
        number_facts.Counted(t.arguments, _plain(t.expected), _plain(_value(t))) for t in wrong
    ]
    return _loosely(fact) in set(map(_loosely, _of_numbers(counted, check)))


def _of_numbers(counted: list[Any], check: FunctionCheck) -> Iterator[str]:
    if all(isinstance(each.expected, tuple) for each in counted):
        yield from number_facts._of_pairs(counted)
    elif all(map(number_facts._comparable, counted)):
        yield from number_facts._of_numbers(counted, check.terms)


def _loosely(fact: str) -> str:
    """Without its numbers: «te faltan 32: son los sesgos» is of one call, and of all the sesgos."""
    plain = re.sub(r"\d[\d.,e+]*", "#", fact)
    return plain.replace("faltan", "falta").replace("sobran", "sobra").replace(": son ", ": es ")


def _value(trial: Trial) -> Any:
    assert isinstance(trial.reply, Returned)
    return trial.reply.value


def _right(exercise: Exercise, trial: Trial) -> bool:
    return isinstance(trial.reply, Returned) and exercise.same(
        trial.arguments, trial.expected, trial.reply.value
    )


def _shaped(trial: Trial) -> bool:
    return isinstance(trial.reply, Returned) and np.shape(trial.reply.value) == np.shape(
        trial.expected
    )


def _condition(exercise: Exercise, trials: list[Trial], fact: str) -> bool:
    """«acierta con A y falla con B», or «acierta siempre con A; con B, no siempre»."""
    outcomes = [(trial.arguments, _right(exercise, trial)) for trial in trials]
    for each in conditions(trials[0].arguments):
        for good, bad, value in ((each.words, each.contrary, 1), (each.contrary, each.words, 0)):
            inside = [right for given, right in outcomes if each.holds(given) == value]
            outside = [right for given, right in outcomes if each.holds(given) == 1 - value]
            if fact == f"acierta con {good} y falla con {bad}":
                return all(inside) and not any(outside)
            if fact == f"acierta siempre con {good}; con {bad}, no siempre":
                return all(inside)
    return False


def _unchanged(
    exercise: Exercise, function: Callable[..., Any], trials: list[Trial], name: str
) -> bool:
    """Whether another value of an argument, the shapes being the same, changes no answer."""
    for one, other in itertools.pairwise(trials):
        value = one.arguments[name]
        if isinstance(value, np.ndarray):
            changed = (value + np.arange(1, value.size + 1).reshape(value.shape)).astype(
                value.dtype
            )
        else:
            changed = other.arguments[name]
        again = _try(exercise, function, one.arguments | {name: changed})
        both = (one.reply, again.reply) if again is not None else ()
        if not both or not all(isinstance(each, Returned) for each in both):
            continue
        assert again is not None
        if not exercise.same(one.arguments, _value(one), _value(again)):
            return False
    return True


def _try(exercise: Exercise, function: Callable[..., Any], arguments: Any) -> Trial | None:
    try:
        return _asked(exercise, function, arguments)
    except Exception:
        return None  # Nothing is right there.
