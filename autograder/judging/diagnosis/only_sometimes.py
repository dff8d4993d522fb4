"""Un error que se comete solo a veces: con «same», con pasos mayores que 1, con varios canales…"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..remote import Returned
from .asking import Trial
from .candidates import Candidate, Fit, fit
from .changes import Arguments
from .conditions import Condition, conditions
from .effort import SOMETIMES
from .exercise import Exercise
from .misconceptions import Misconception

LEAST_WRONG, LEAST_RIGHT = 2, 2  # calls that a condition has to part
_MOST = 12  # mistakes of which conditions are looked for


def only_sometimes(
    exercise: Exercise, catalogue: Sequence[Misconception], trials: Sequence[Trial]
) -> list[Candidate]:
    """The mistakes that explain all that is wrong, made only where a condition holds.

    The condition has to part the calls where the mistake was made from those where it would have
    shown and was not.
    """
    asked = [each for each in trials if isinstance(each.reply, Returned) and not each.raises]
    wrong = [each for each in asked if not _right(exercise, each)]
    right = [each for each in asked if _right(exercise, each)]
    if len(wrong) < LEAST_WRONG or len(right) < LEAST_RIGHT:
        return []
    found: list[Candidate] = []
    for mistake in _explaining(exercise, catalogue, wrong):
        spared = [t for t in right if fit(exercise, Candidate((mistake,)), t) is Fit.REFUTED]
        if len(spared) >= LEAST_RIGHT:
            found += _with_conditions(mistake, wrong, spared)
    return found


def _right(exercise: Exercise, trial: Trial) -> bool:
    assert isinstance(trial.reply, Returned)
    return exercise.same(trial.arguments, trial.expected, trial.reply.value)


def _explaining(
    exercise: Exercise, catalogue: Sequence[Misconception], wrong: Sequence[Trial]
) -> Iterator[Misconception]:
    count = 0
    for mistake in catalogue:
        if count >= _MOST or not exercise.memory.effort.left(SOMETIMES):
            return
        candidate = Candidate((mistake,))
        if all(fit(exercise, candidate, trial) is Fit.AGREES for trial in wrong):
            count += 1
            yield mistake


def _with_conditions(
    mistake: Misconception, wrong: Sequence[Trial], spared: Sequence[Trial]
) -> Iterator[Candidate]:
    for condition in conditions(wrong[0].arguments):
        for words, wanted in ((condition.words, True), (condition.contrary, False)):
            if _parts(condition, wanted, wrong, spared):
                yield Candidate((_sometimes(mistake, condition, words, wanted),))


def _parts(
    condition: Condition, wanted: bool, wrong: Sequence[Trial], spared: Sequence[Trial]
) -> bool:
    return all(condition.holds(t.arguments) is wanted for t in wrong) and all(
        condition.holds(t.arguments) is (not wanted) for t in spared
    )


def _sometimes(
    mistake: Misconception, condition: Condition, words: str, wanted: bool
) -> Misconception:
    def applies(arguments: Arguments) -> bool:
        before = mistake.applies is None or bool(mistake.applies(arguments))
        return before and condition.holds(arguments) is wanted

    return replace(mistake, cause=f"{mistake.cause} (te pasa solo con {words})", applies=applies)
