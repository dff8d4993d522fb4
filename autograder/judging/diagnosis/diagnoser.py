"""Qué se sabe de una función que falló: el nombre de su error o, si no lo tiene, lo que consta."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ..comparison import Mismatch
from ..remote import Returned
from .asking import Asker, Trial
from .beyond import shows_beyond
from .by_name import looked_for_by_name
from .candidates import Candidate
from .example import MOST_ASKED, a_failure, counterexample, smallest_failure
from .exercise import Compare, Exercise
from .facts import MOST_FACTS, WITHOUT_EFFECT, facts, nearest_right
from .general import (
    ALWAYS_THE_SAME,
    NOTHING,
    SOMETIMES_NOTHING,
    UNUSED,
    GeneralMistake,
    general_mistake,
)
from .misconceptions import Misconception
from .name_search import NameSearch
from .named_stops import named_stop
from .number_facts import Terms
from .parting import MOST_PROBES
from .questions import Questions, drawn
from .result import CERTAIN, LIKELY, Counterexample, Diagnosis
from .sizes import has_many_parts
from .space import Space
from .stops import stop_facts
from .unsteady import unsteady

_PROBES = 3  # calls that are asked of what returns nothing


@dataclass(frozen=True)
class Diagnoser:
    """Whoever finds out which mistake a wrong function makes.

    Parameters
    ----------
    right : callable
        The right answer, on named arguments.
    compare : callable
        ``(expected, got, args, kwargs) -> Mismatch | None``, as the check compares.
    space : Space, optional
        Where to draw more calls from; without it nothing more is asked.
    catalogue : sequence of Misconception
        The mistakes that have a name; earlier ones are likelier.
    terms : callable, optional
        Of a call's named arguments, the quantities that a wrong number may lack or have in excess,
        by their Spanish names.
    name : str
        What the function is called, for the examples.
    """

    right: Callable[..., Any]
    compare: Compare
    space: Space | None = None
    catalogue: Sequence[Misconception] = ()
    terms: Terms | None = None
    name: str = "f"
    exercise: Exercise = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "exercise", Exercise(self.right, self.compare))

    @cached_property
    def usual(self) -> tuple[Misconception, ...]:
        """The mistakes that are not rare, in their order."""
        return tuple(mistake for mistake in self.catalogue if not mistake.rare)

    @cached_property
    def rare(self) -> tuple[Misconception, ...]:
        """Those that are looked for where no usual one explains what came."""
        return tuple(mistake for mistake in self.catalogue if mistake.rare)

    def diagnose(
        self, asker: Asker, trials: Sequence[Trial], rng: np.random.Generator
    ) -> Diagnosis | None:
        """What is known of a function that failed; None where that is nothing."""
        replies = [trial.reply for trial in trials]
        if any(isinstance(each, Returned) and has_many_parts(each.value) for each in replies):
            return None
        _ = self.usual  # A catalogue is made once, out of the time that each diagnosis has.
        self.exercise.memory.effort.begin()
        questions = Questions(self.exercise, asker, given=tuple(trials))
        general = self._general(trials, questions, rng)
        if general is SOMETIMES_NOTHING:
            general = looked_for_by_name(questions, trials) or general
        sure = general is None or shows_beyond(general, trials, questions, self.space, rng)
        if general is not None and (sure or general is not ALWAYS_THE_SAME):
            return self._surely(general, trials, questions, rng, sure)
        search = NameSearch(
            self.catalogue, self.usual, self.rare, self.space, trials, questions, rng
        )
        candidate, confidence = search.named()
        if candidate is None:
            return self._unnamed(trials, questions, rng)
        example = self._example(trials, questions, candidate, rng)
        first = candidate.mistakes[0]
        return Diagnosis(
            ids=candidate.ids,
            causes=candidate.causes,
            confidence=confidence,
            facts=() if confidence == CERTAIN else self._stops([*trials, *questions.asked]),
            example=example,
            hint=first.hint or None,
            section=first.section or None,
        )

    def _surely(
        self,
        general: GeneralMistake,
        trials: Sequence[Trial],
        questions: Questions,
        rng: np.random.Generator,
        sure: bool = True,
    ) -> Diagnosis:
        example = self._example(trials, questions, None, rng)
        return Diagnosis(
            (general.id,),
            (general.cause,),
            CERTAIN if sure else LIKELY,
            example=example,
            hint=general.hint,
            section=general.section,
        )

    def _general(
        self, trials: Sequence[Trial], questions: Questions, rng: np.random.Generator
    ) -> GeneralMistake | None:
        """What any function may do; nothing at all is asked again, for it may be so only here."""
        general = general_mistake(self.exercise, trials)
        if general is not NOTHING or self.space is None:
            return general
        again = [questions.ask(drawn(self.exercise, self.space, rng)) for _ in range(_PROBES)]
        came = [each.reply.value for each in again if each and isinstance(each.reply, Returned)]
        return NOTHING if all(value is None for value in came) else SOMETIMES_NOTHING

    def _unnamed(
        self, trials: Sequence[Trial], questions: Questions, rng: np.random.Generator
    ) -> Diagnosis | None:
        """Of what no mistake of the catalogue explains: why it stops, or else facts."""
        # After the catalogue: its calls to a network take the time that one more would.
        by_name = looked_for_by_name(questions, trials)
        if by_name is not None:
            return self._surely(by_name, trials, questions, rng)
        # Without a space of inputs nothing more is asked.
        shaky = unsteady(questions, trials) if self.space is not None else None
        if shaky is not None:
            # No example: whoever tries it would get something else.
            return Diagnosis((shaky.id,), (shaky.cause,), CERTAIN, hint=shaky.hint)
        stop = named_stop(self.exercise, [*trials, *questions.asked])
        known = self._facts(trials, questions, rng)
        example = self._example(trials, questions, None, rng)
        known = (*known, *self._nearest_right(questions))[:MOST_FACTS]
        if stop is not None:
            return Diagnosis(
                (stop.id,), (stop.cause,), LIKELY, known, example, stop.hint, stop.section
            )
        unused = next((fact for fact in known if fact.startswith(WITHOUT_EFFECT)), None)
        if unused is not None and any(map(_has_a_number, trials)):
            rest = tuple(fact for fact in known if fact != unused)
            cause = f"{unused}, y debía cambiar"
            return Diagnosis(
                (UNUSED.id,), (cause,), LIKELY, rest, example, UNUSED.hint, UNUSED.section
            )
        return Diagnosis(facts=known, example=example) if known or example else None

    def _facts(
        self, trials: Sequence[Trial], questions: Questions, rng: np.random.Generator
    ) -> tuple[str, ...]:
        """What is known where no mistake has a name: where it stops, or else what it answers."""
        stopped = self._stops([*questions.asked, *trials])
        known = facts(questions, self.space, trials, self.terms, rng)
        return (*stopped, *known)[:MOST_FACTS]

    def _stops(self, trials: Sequence[Trial]) -> tuple[str, ...]:
        stops = (stop_facts(trial) for trial in trials if not trial.raises)
        return next((tuple(said) for said in stops if said), ())

    def _example(
        self,
        trials: Sequence[Trial],
        questions: Questions,
        candidate: Candidate | None,
        rng: np.random.Generator,
    ) -> Counterexample | None:
        """The smallest failure that was found."""
        if self.space is None:
            return None
        questions.left = min(questions.left, MOST_ASKED)
        start = a_failure(questions, self.space, list(trials), rng)
        if start is None:
            return None
        smallest = smallest_failure(questions, self.space, start, candidate)
        questions.left += MOST_PROBES
        return counterexample(questions, smallest, self.name, self._compared)

    def _nearest_right(self, questions: Questions) -> list[str]:
        """The option without which the smallest failure is none, all the rest being the same."""
        failed = [trial for trial in questions.asked if questions.fails(trial)]
        return nearest_right(questions, failed[-1].arguments) if failed else []

    def _compared(self, trial: Trial) -> Mismatch | None:
        args, kwargs = self.exercise.signature.call(trial.arguments)
        assert isinstance(trial.reply, Returned)
        return self.compare(trial.expected, trial.reply.value, args, kwargs)


def _has_a_number(trial: Trial) -> bool:
    """Whether anything came that could change: NaN is what it is for another reason."""
    value = trial.reply.value if isinstance(trial.reply, Returned) else None
    try:
        return bool(np.isfinite(np.asarray(value, np.float64)).any())
    except (TypeError, ValueError):
        return value is not None
