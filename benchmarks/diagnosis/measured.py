"""Las medidas: de cada grupo de funciones, qué se oyó y si era verdad."""

from __future__ import annotations

import contextlib
import copy
import itertools
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from catalogue_files import files, load, name_of
from impatient import Here, seeds_passed

from autograder.checks import find_check
from autograder.judging.check import Check, FunctionCheck

from .answers import Answer
from .catalogued import (
    Asked,
    function_checks,
    generated,
    left_out,
    own_entries,
    pairs,
    rewritten,
    right_in_styles,
    wanted,
    written_checks,
)
from .equivalents import EQUIVALENT
from .heard import Heard, asks_networks, hear
from .mutants import Mutant, mutants
from .said import false_facts
from .solutions import solutions
from .truth import alive, holds

Only = Collection[str] | None
AND = "; además, "  # between two causes, as a verdict says them


@dataclass(frozen=True)
class Miss:
    """Something that was not heard as it should."""

    check_id: str
    what: str
    expected: str
    heard: str
    sure: bool = False


@dataclass
class Tally:
    """One measure: how many were asked, how many came out well, and those that did not."""

    name: str
    goal: float
    asked: int = 0
    well: int = 0
    misses: list[Miss] = field(default_factory=list)
    confusions: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return self.well / self.asked if self.asked else 1.0

    @property
    def met(self) -> bool:
        return self.share >= self.goal

    def add(self, other: Tally) -> None:
        """What another part of the same measure found."""
        self.name, self.goal = other.name, other.goal
        self.asked, self.well = self.asked + other.asked, self.well + other.well
        self.misses += other.misses
        for key, count in other.confusions.items():
            self.confusions[key] = self.confusions.get(key, 0) + count

    def note(self, well: bool, miss: Miss) -> None:
        self.asked += 1
        self.well += well
        key = (miss.expected, miss.expected if well else miss.heard)
        self.confusions[key] = self.confusions.get(key, 0) + 1
        if not well:
            self.misses.append(miss)


def _told(heard: Heard) -> str:
    if heard.passed:
        return "(correcta)"
    return "+".join(heard.ids) or ("(hechos)" if heard.facts else "(nada)")


def named_first(name: str, goal: float, asked: Iterable[Asked], seed: int) -> Tally:
    """How many hear the ids of their mistakes, and no others."""
    tally = Tally(name, goal)
    for each in asked:
        heard = hear(each.check, each.function, seed, here=asks_networks(each.check))
        well = set(heard.ids) == set(each.ids)
        if not well and len(each.ids) > 1 and heard.ids:
            # Two mistakes may be a third one: the same function, said otherwise, is as true.
            well = holds(each.check, each.function, heard.ids)
        tally.note(
            well,
            Miss(each.check.id, each.style, "+".join(each.ids), _told(heard), heard.sure),
        )
    return tally


def _some(asked: Iterable[Asked], seed: int, every: int) -> Iterable[Asked]:
    """One of each so many, in a sample."""
    return itertools.islice(asked, seed % every, None, every)


def own(seed: int, only: Only = None, every_way: bool = False, every: int = 1) -> Tally:
    found = (a for check in function_checks(only) for a in own_entries(check, seed, every_way))
    # What stops at every call shows nothing of what it would have computed: only that is said.
    some = (a for a in _some(found, seed, every) if not _always_stops(a, seed))
    return named_first("(a) las entradas del catálogo", 0.98, some, seed)


def by_generation(seed: int, only: Only = None, every: int = 1) -> Tally:
    """How many of those made by generation hear a name, theirs or another, that is true."""
    tally = Tally("(a) las que se generan, con un nombre que es verdad", 0.98)
    for check in function_checks(only):
        for each in _some(generated(check, seed), seed, every):
            if _always_stops(each, seed):
                continue
            heard = hear(check, each.function, seed, here=asks_networks(check))
            well = bool(heard.ids) and (
                set(heard.ids) == set(each.ids) or holds(check, each.function, heard.ids)
            )
            tally.note(well, Miss(check.id, each.style, each.ids[0], _told(heard), heard.sure))
    return tally


def _always_stops(answer: Asked, seed: int) -> bool:
    if asks_networks(answer.check):
        return False
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for case in answer.check.cases(np.random.default_rng(seed)):
            with contextlib.suppress(Exception):
                answer.function(*copy.deepcopy(case.args), **copy.deepcopy(dict(case.kwargs)))
                return False
    return True


def in_styles(seed: int, count: int, only: Only = None, every: int = 1) -> Tally:
    found = (a for check in function_checks(only) for a in rewritten(check, count, seed))
    name = "(b) las mismas, escritas de otra manera"
    return named_first(name, 0.98, _some(found, seed, every), seed)


def two_at_once(seed: int, count: int, only: Only = None, likely: bool = True) -> Tally:
    found = (a for check in function_checks(only) for a in pairs(check, count, seed, likely))
    which = "dos a la vez de los más frecuentes" if likely else "dos cualesquiera a la vez"
    return named_first(f"(c) {which}", 0.85, found, seed)


def left_out_of_the_catalogue(seed: int, only: Only = None, every: int = 1) -> Tally:
    """How many of those whose entry is not there are not given a confident wrong cause."""
    tally = Tally("sin su entrada, ninguna causa «segura» y falsa", 0.99)
    for check in function_checks(only):
        for each in _some(left_out(check, seed), seed, every):
            heard = hear(each.check, each.function, seed, here=asks_networks(check))
            wrong = heard.sure and heard.ids and not holds(each.check, each.function, heard.ids)
            tally.note(not wrong, Miss(check.id, "sin ella", each.ids[0], _told(heard), heard.sure))
    return tally


def catalogue_files(
    seed: int,
    units: Iterable[str],
    name: str = "(d) los archivos de tests/catalogue",
    only: Only = None,
) -> Tally:
    """How many of ``tests/catalogue`` hear the cause that they declare, or any that is true."""
    tally = Tally(name, 0.95)
    for path in files(units, "wrong"):
        if not wanted(".".join(path.parts[-4:-2]), only):
            continue
        module, function, check_id = load(path)
        check = find_check(check_id)
        heard = hear(check, function, seed, watch=True)
        if getattr(module, "REJECTED_CONTAINS", None):
            continue
        cause = getattr(module, "CAUSE_CONTAINS", None)
        if cause is not None:
            well = cause in AND.join(heard.causes)
        else:
            well = not heard.passed and _true(check, function, heard)
        tally.note(well, Miss(check_id, name_of(path), cause or "(hechos)", _told(heard)))
    return tally


def _true(check: Any, function: Callable[..., Any], heard: Heard) -> bool:
    """Whether what was named, if anything, is what the function does on new calls."""
    if not heard.ids or not isinstance(check, FunctionCheck):
        return True
    return holds(check, alive(function) if asks_networks(check) else function, heard.ids)


FACTS = "de ellas, los hechos que se dicen son verdad en veinte llamadas nuevas"


def _note_facts(
    tally: Tally, check: Any, name: str, function: Callable[..., Any], heard: Heard
) -> None:
    """Each fact that was said, and whether new calls contradict it."""
    if not isinstance(check, FunctionCheck):
        return
    false = false_facts(check, function, heard.facts)
    for fact in heard.facts:
        tally.note(fact not in false, Miss(check.id, name, "(verdad)", fact))


@dataclass
class Unseen:
    """Of what the catalogue never saw: named as expected, and nothing false said for sure."""

    named: Tally
    safe: Tally
    likely: Tally
    facts: Tally

    def add(self, other: Unseen) -> None:
        self.named.add(other.named)
        self.safe.add(other.safe)
        self.likely.add(other.likely)
        self.facts.add(other.facts)


def unseen(seed: int, answers: Iterable[Answer], only: Only = None) -> Unseen:
    """What is heard of answers that the catalogue never saw.

    A name that no one foresaw is right if it answers what the function does on new calls.
    """
    named = Tally("respuestas que el catálogo no vio, con nombre", 0.95)
    safe = Tally("de ellas, ninguna causa «segura» y falsa", 0.99)
    likely = Tally("de ellas, ninguna causa «probable» y falsa", 0.95)
    facts = Tally(FACTS, 0.99)
    for each in answers:
        if not wanted(each.check_id, only):
            continue
        check = find_check(each.check_id)
        heard = hear(check, each.function, seed)
        if not (isinstance(check, FunctionCheck) and asks_networks(check)):
            # The new calls hold descriptions of networks, and not Keras's models.
            _note_facts(facts, check, each.name, each.function, heard)
        fits = bool(each.means and re.search(each.means, heard.words, re.IGNORECASE))
        true = fits or _true(check, each.function, heard)
        miss = Miss(each.check_id, each.name, each.means or "(hechos)", _told(heard), heard.sure)
        if each.means is not None:
            named.note(bool(heard.ids) and (fits or true), miss)
        safe.note(not heard.passed and (true or not heard.sure), miss)
        if heard.ids and not heard.sure:
            likely.note(true, miss)
    return Unseen(named, safe, likely, facts)


@dataclass
class Mutation:
    """What became of the mutants: all of them, those that lose points, and the false names."""

    compiled: int
    lost: Tally
    true: Tally
    facts: Tally
    named: int
    survivors: list[str]

    def add(self, other: Mutation) -> None:
        self.compiled, self.named = self.compiled + other.compiled, self.named + other.named
        self.lost.add(other.lost)
        self.true.add(other.true)
        self.facts.add(other.facts)
        self.survivors += other.survivors


def mutation(seed: int, only: Only = None, every: int = 1) -> Mutation:
    """(e) Mutants of the solutions: whether each loses points, and what every n-th hears."""
    lost = Tally("(e) mutantes no equivalentes que pierden puntos", 1.0)
    true = Tally("(e) de los que oyen una causa, no es «segura» y falsa", 1.0)
    facts = Tally("(e) los hechos que oyen son verdad en veinte llamadas nuevas", 0.99)
    compiled, named, survivors = 0, 0, []
    for solution in solutions():
        if not wanted(solution.check_id, only):
            continue
        check = find_check(solution.check_id)
        assert isinstance(check, FunctionCheck)
        for number, mutant in enumerate(mutants(solution)):
            compiled += 1
            if mutant.key in EQUIVALENT:
                continue
            survived = bool(seeds_passed(check, Here(mutant.function()), [seed]))
            lost.note(not survived, Miss(check.id, mutant.key, "(pierde)", "(correcta)"))
            if survived:
                survivors.append(mutant.key)
            elif number % every == seed % every:
                heard = hear(check, mutant.function(), seed)
                named += bool(heard.ids)
                _note_facts(facts, check, mutant.key, mutant.function(), heard)
                false = heard.sure and not holds(check, mutant.function(), heard.ids)
                true.note(not heard.passed and not false, _mutant_miss(mutant, heard))
    return Mutation(compiled, lost, true, facts, named, survivors)


def _mutant_miss(mutant: Mutant, heard: Heard) -> Miss:
    return Miss(mutant.solution.check_id, mutant.key, "(mutante)", _told(heard), heard.sure)


def right_ones(seed: int, runs: int, only: Only = None) -> Tally:
    """Right implementations in every style, run after run: not one may lose a point."""
    tally = Tally("ejecuciones de lo correcto sin falsa alarma", 1.0)
    for each, function, run_seed in _right_runs(seed, runs, only):
        heard = hear(each, function[1], run_seed, watch=False)
        miss = Miss(each.id, f"{function[0]}, semilla {run_seed}", "(correcta)", _told(heard))
        tally.note(heard.passed and not heard.ids and not heard.facts, miss)
    return tally


def _right_runs(
    seed: int, runs: int, only: Only
) -> Iterator[tuple[Check, tuple[str, Callable[..., Any]], int]]:
    """So many runs over all styles of all checks, a check after another, each with its own seed."""
    of_each = [
        [(check, item) for item in right_in_styles(check).items()] for check in written_checks(only)
    ]
    styled = [each for row in itertools.zip_longest(*of_each) for each in row if each is not None]
    rng = np.random.default_rng(seed)
    for run in range(runs):
        check, item = styled[run % len(styled)]
        yield check, item, int(rng.integers(1 << 62))
