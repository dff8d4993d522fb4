"""La búsqueda del nombre: qué errores del catálogo explican todo lo que la función respondió."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .asking import Trial
from .candidates import Candidate, Evidence
from .changes import Arguments
from .closer import closer, to_the_last_digit
from .design import told_apart
from .effort import APART, GENERATED, PAIRS_EXPLAINED, SINGLES
from .exercise import Exercise
from .fingerprints import Fingerprints, fingerprints
from .misconceptions import Misconception
from .only_sometimes import only_sometimes
from .pairs import PairSearch
from .questions import Questions, drawn
from .result import CERTAIN, LIKELY
from .sizes import size_of
from .space import Space

_PROBES = 3  # calls that are asked before pairs are looked for
_DRAWN = 20


@dataclass(frozen=True)
class NameSearch:
    """One search, from what came to the likeliest mistake; it asks more calls on its way.

    Parameters
    ----------
    catalogue, usual, rare : sequence of Misconception
        The mistakes that have a name, earlier ones likelier; those that are looked at first, and
        those that are looked at where no usual one explains what came.
    space : Space, optional
        Where to draw more calls from; without it nothing more is asked.
    trials : sequence of Trial
        What the check asked, and what came.
    questions : Questions
        Who asks the function more.
    rng : numpy.random.Generator
    """

    catalogue: Sequence[Misconception]
    usual: Sequence[Misconception]
    rare: Sequence[Misconception]
    space: Space | None
    trials: Sequence[Trial]
    questions: Questions
    rng: np.random.Generator

    @property
    def exercise(self) -> Exercise:
        """What was asked, with its right answer."""
        return self.questions.exercise

    def named(self) -> tuple[Candidate | None, str]:
        """The likeliest explanation of all that came, and how sure it is."""
        found, sure = self._likeliest()
        if found is not None and sure == CERTAIN:
            # It may be made in another way, that does not stop; or be another mistake.
            unsaid = Evidence.of(self.exercise, [*self.trials, *self.questions.asked]).unsaid(found)
            sure = LIKELY if unsaid or found.loose else CERTAIN
        return found, sure

    def _likeliest(self) -> tuple[Candidate | None, str]:
        """The explanation that is nearest to the right function, and whether it is the only one."""
        evidence = Evidence.of(self.exercise, self.trials)
        known = self._fingerprints(evidence)
        came = known.ask(self.questions) if known is not None else []
        likely = known.alive(came, rare=False)[0] if known is not None else self.usual
        usual = [Candidate((one,)) for one in likely]
        singles = self._explained(usual, evidence, SINGLES)
        found = self._standing(singles, True)
        if found is not None and len(singles) < len(usual):
            found = found[0], LIKELY  # Others, that were not tried, may explain it as well.
        if found is not None:
            both = closer(
                self.exercise, found[0], self.usual, [*self.trials, *self.questions.asked]
            )
            return (both, LIKELY) if both is not None else found
        made: Sequence[Misconception] = self.rare if self.space is None and evidence.tells else ()
        sometimes: Sequence[Misconception] = self.rare
        if known is not None:
            made, sometimes = known.alive(came, rare=True)
        elif self.space is not None and evidence.only_stops:
            made = fingerprints(self.catalogue, self.exercise, self.space).stopping(self.questions)
        generated = [Candidate((one,)) for one in made]
        rare = self._explained(generated, evidence, GENERATED)
        found = self._standing(rare, True)
        if found is not None:
            # Of what never answers a wrong number, no more is known than where it stops.
            sure = not evidence.only_stops and len(rare) == len(generated)
            return found if sure else (found[0], LIKELY)
        search = PairSearch(
            self.questions, self.usual, self.space, self.trials, self._probes(), self.rng
        )
        pairs = search.search()
        # What was asked to tell single mistakes apart refutes pairs as well.
        asked = Evidence.of(self.exercise, [*self.trials, *self.questions.asked])
        explained = self._explained(pairs, asked, PAIRS_EXPLAINED)
        found = self._standing(explained, True)
        tried = search.complete and len(explained) == len(pairs)
        if found is not None and (self.space is None or not tried):
            found = found[0], LIKELY  # Not all the pairs are tried, or no more calls are asked.
        if found is None:
            found = self._only_sometimes(sometimes, evidence, asked)
        singles = [*singles, *rare]
        # What does not say why the function stopped is only likely, and only if nothing does.
        found = found or self._standing(singles, False)
        return found or self._standing(explained, False) or (None, LIKELY)

    def _fingerprints(self, evidence: Evidence) -> Fingerprints | None:
        """What leaves few mistakes to look at, where something that came back tells them apart."""
        if self.space is None or not (self.rare and evidence.tells):
            return None
        return fingerprints(self.catalogue, self.exercise, self.space)

    def _only_sometimes(
        self,
        generated: Sequence[Misconception],
        evidence: Evidence,
        asked: Evidence,
    ) -> tuple[Candidate, str] | None:
        """A mistake under a condition: likely, since another condition may hold as well."""
        # First the call that all the mistakes have been asked: their answers to it are known.
        answered = [*(trial for trial, _ in evidence.trials), *self.questions.asked]
        sometimes = only_sometimes(self.exercise, [*self.usual, *generated], answered)
        found = self._standing(self._explained(sometimes, asked, APART), True)
        return (found[0], LIKELY) if found else None

    def _probes(self) -> list[Trial]:
        """A few calls of the largest of those drawn: in a single pixel most mistakes are hidden."""
        if self.space is None:
            return []
        calls = (drawn(self.exercise, self.space, self.rng) for _ in range(_DRAWN))
        largest = sorted(calls, key=_extent, reverse=True)[:_PROBES]
        asked = [self.questions.ask(arguments) for arguments in largest]
        return [trial for trial in asked if trial is not None]

    def _explained(
        self, candidates: Sequence[Candidate], evidence: Evidence, share: float
    ) -> list[tuple[Candidate, bool | None]]:
        """Whether each explains what came, as far as its share of the work goes."""
        left = self.exercise.memory.effort.left
        return [(one, evidence.explained(one)) for one in candidates if left(share)]

    def _standing(
        self,
        explained: Sequence[tuple[Candidate, bool | None]],
        whole: bool,
    ) -> tuple[Candidate, str] | None:
        """The first of those that explain all, or all but why it stopped, after more calls."""
        alive = [one for one, found in explained if found is whole]
        sure = whole and len({one.ids for one in alive}) == 1
        if alive and self.space is not None:
            alive, told = told_apart(alive, self.questions, self.space, self.rng)
            sure = whole and told
        if len(alive) > 1:
            # What stops where numbers came back says less than what explains them too.
            asked = Evidence.of(self.exercise, self.questions.asked)
            alive = [one for one in alive if not asked.unsaid(one)] or alive
        if len({one.ids for one in alive}) > 1:
            alive = to_the_last_digit(alive, self.questions)
        alone = sure and len(alive) == 1
        return (replace(alive[0], alone=alone), CERTAIN if sure else LIKELY) if alive else None


def _extent(arguments: Arguments) -> tuple[int, int]:
    """How much shows in a call: where an axis measures 1, what is done along it is hidden."""
    shapes = [value.shape for value in arguments.values() if isinstance(value, np.ndarray)]
    return -sum(shape.count(1) for shape in shapes), sum(map(size_of, arguments.values()))
