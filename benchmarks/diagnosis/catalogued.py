"""Los errores del catálogo como preguntas: uno solo, con otra escritura, dos a la vez, y sin él."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from catalogue_files import files, load
from mistaken import mistaken
from right_by_hand import BY_HAND
from right_models import NETWORKS, ways
from right_styles import ENGINES
from right_styles import FUNCTIONS as IN_STYLES

from autograder.checks import UNITS, checks_of
from autograder.judging.check import Check, FunctionCheck
from autograder.judging.diagnosis.asking import Signature
from autograder.judging.diagnosis.changes import Change
from autograder.judging.diagnosis.misconceptions import Misconception

from .heard import asks_networks
from .truth import differs


@dataclass(frozen=True)
class Asked:
    """A function with known mistakes: what is heard of it should be their ids."""

    check: FunctionCheck
    ids: tuple[str, ...]
    style: str
    function: Callable[..., Any]


def function_checks(only: Collection[str] | None = None) -> Iterator[FunctionCheck]:
    """The checks that ask a function of arrays or of numbers; ``only`` are ids, or units."""
    for unit in UNITS:
        for check in checks_of(unit).values():
            if isinstance(check, FunctionCheck) and wanted(check.id, only):
                yield check


def written_checks(only: Collection[str] | None = None) -> Iterator[Check]:
    """Those of functions, and those that ask a network of Keras."""
    yield from function_checks(only)
    for unit in UNITS:
        for check in checks_of(unit).values():
            if check.id in NETWORKS and wanted(check.id, only):
                yield check


def wanted(check_id: str, only: Collection[str] | None) -> bool:
    return only is None or check_id in only or check_id.partition(".")[0] in only


def entries(check: FunctionCheck, every_way: bool, seed: int) -> list[Misconception]:
    """The entries of a check's catalogue: all ways of each mistake, or one of them drawn.

    Those made by generation are asked apart: what they are told by is a name that is true.
    """
    usual = [mistake for mistake in check.misconceptions if not mistake.rare]
    if every_way:
        return usual
    ways: dict[str, list[Misconception]] = {}
    for mistake in usual:
        ways.setdefault(mistake.id, []).append(mistake)
    rng = random.Random(f"{check.id}-{seed}")
    return [rng.choice(found) for found in ways.values()]


def _refused(check: FunctionCheck, seed: int) -> list[Any]:
    return [case for case in check.cases(np.random.default_rng(seed)) if case.raises]


def own_entries(check: FunctionCheck, seed: int, every_way: bool) -> Iterator[Asked]:
    """(a) Each entry as its catalogue computes it."""
    for mistake in entries(check, every_way, seed):
        function = mistaken(check, mistake, _refused(check, seed))
        yield Asked(check, (mistake.id,), "catálogo", function)


def generated(check: FunctionCheck, seed: int) -> Iterator[Asked]:
    """Each entry that was made by generation."""
    refused = _refused(check, seed)
    for mistake in check.misconceptions:
        if mistake.rare:
            yield Asked(check, (mistake.id,), "generado", mistaken(check, mistake, refused))


# --- (b) the same mistake, written otherwise ------------------------------------------------------


def right_in_styles(check: Check) -> dict[str, Callable[..., Any]]:
    """Right implementations by the name of their style: engines, by hand, the catalogue's files."""
    found: dict[str, Callable[..., Any]] = dict(BY_HAND.get(check.id, {}))
    if check.id in NETWORKS:
        found |= ways(check.id)
    if check.id in IN_STYLES:
        for engine in ENGINES:
            found[engine.__name__] = IN_STYLES[check.id](engine)
    unit = check.id.partition(".")[0]
    for path in files([unit], "right"):
        _, function, check_id = load(path)
        if check_id == check.id:
            found[path.stem] = function
    return found


def rewritten(check: FunctionCheck, count: int, seed: int) -> Iterator[Asked]:
    """(b) Each entry over ``count`` other ways of writing the function, and in other types.

    A change of the right function is made of another implementation; a formula of its own answers
    in other types (NumPy's numbers, Python's, a float32 array).
    """
    styles = {} if asks_networks(check) else right_in_styles(check)
    rng = random.Random(f"{check.id}-{seed}")
    refused = _refused(check, seed)
    for mistake in entries(check, False, seed + count):
        plain = mistaken(check, mistake, refused)
        if isinstance(mistake.wrong, Change) and styles:
            names = rng.sample(sorted(styles), min(count, len(styles)))
            for name in names:
                yield Asked(check, (mistake.id,), name, _over(check, mistake, styles[name]))
        else:
            for name, cast in CASTS.items():
                yield Asked(check, (mistake.id,), name, _cast(plain, cast))


def _over(
    check: FunctionCheck, mistake: Misconception, right: Callable[..., Any]
) -> Callable[..., Any]:
    """The mistake made on another implementation, with the types that it answers in."""
    signature = Signature(check.reference)

    def by_name(**arguments: Any) -> Any:
        args, kwargs = signature.call(arguments)
        return right(*args, **kwargs)

    def function(*args: Any, **kwargs: Any) -> Any:
        return mistake.answer(by_name, signature.named(args, kwargs))

    return function


def _cast(function: Callable[..., Any], cast: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: cast(function(*args, **kwargs))


def _numpy(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_numpy(each) for each in value)
    return np.int64(value) if type(value) is int else value


def _contiguous(value: Any) -> Any:
    return np.asfortranarray(value) if isinstance(value, np.ndarray) else value


def _single(value: Any) -> Any:
    floats = isinstance(value, np.ndarray) and value.dtype == np.float64
    return value.astype(np.float32) if floats else value


CASTS: dict[str, Callable[[Any], Any]] = {
    "números de NumPy": _numpy,
    "orden de Fortran": _contiguous,
    "float32": _single,
}


# --- (c) two at once -----------------------------------------------------------------------------


LIKELIEST = 12  # mistakes of a function: a catalogue goes from the likeliest to the rarest


def pairs(check: FunctionCheck, count: int, seed: int, likely: bool) -> list[Asked]:
    """(c) Two mistakes of different parts at once, where both show and neither hides the other.

    ``likely`` ones are both among the first of the catalogue.
    """
    changes = [m for m in entries(check, False, seed) if _part(m)]
    changes = changes[:LIKELIEST] if likely else changes
    candidates = [
        (one, other)
        for one, other in itertools.combinations(changes, 2)
        if _part(one) != _part(other)
    ]
    random.Random(f"{check.id}-{seed}").shuffle(candidates)
    found: list[Asked] = []
    for one, other in candidates:
        if len(found) == count:
            break
        function = _both(check, one, other)
        alone = [mistaken(check, m) for m in (one, other)]
        if all(differs(check, function, each) for each in (*alone, check.reference)):
            found.append(Asked(check, (one.id, other.id), "par", function))
    return found


def _part(mistake: Misconception) -> str:
    return mistake.wrong.part if isinstance(mistake.wrong, Change) else ""


def _both(check: FunctionCheck, one: Misconception, other: Misconception) -> Callable[..., Any]:
    signature = Signature(check.reference)
    # Both are changes: pairs are made of nothing else.
    change = cast(Change, one.wrong).then(cast(Change, other.wrong))

    def function(*args: Any, **kwargs: Any) -> Any:
        return change.answer(check.reference, signature.named(args, kwargs))

    return function


# --- an entry left out ---------------------------------------------------------------------------


def left_out(check: FunctionCheck, seed: int) -> Iterator[Asked]:
    """Each entry, asked of a check whose catalogue lacks its id."""
    for asked in own_entries(check, seed, every_way=False):
        rest = tuple(m for m in check.misconceptions if m.id not in asked.ids)
        yield replace(asked, check=replace(check, misconceptions=rest))
