"""``python -m benchmarks.diagnosis.repeats``: qué maneras generadas sobran en cada catálogo.

Escribe ``autograder/checks/repeats.json``. Se repite cuando cambia el catálogo (una prueba lo
dice); con ``--solo`` y unas comprobaciones, de esas.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np

from autograder.checks import UNITS, checks_of, find_check, repeats
from autograder.judging.check import FunctionCheck
from autograder.judging.diagnosis.candidates import Candidate, Stopped
from autograder.judging.diagnosis.changes import Arguments
from autograder.judging.diagnosis.corners import edges
from autograder.judging.diagnosis.exercise import Exercise
from autograder.judging.diagnosis.misconceptions import Misconception

from . import ROOT

KEPT = ROOT / "autograder" / "checks" / repeats.FILE
FIRST, DRAWN = 20, 250  # calls that part most of them, and all that are drawn
EDGED = 5  # of so many, one is asked as well where its least number is 0, or its greatest
SEEDS = (101, 102, 103, 104)  # of the calls that the check itself makes
MOST_PIXELS = 4000  # of one of those: larger ones tell no more
_DIGITS, _NOTHING = 6, 1e-8  # of each number, and what counts as zero


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--solo", nargs="+", metavar="COMPROBACION")
    parser.add_argument("--procesos", type=int, default=2)
    chosen = parser.parse_args()
    sifted = [name for unit in UNITS for name in checks_of(unit) if name in repeats.WHOLE]
    found = json.loads(KEPT.read_text("utf-8")) if chosen.solo else {}
    with ProcessPoolExecutor(chosen.procesos) as pool:
        asked = chosen.solo or sifted
        for name, left_out in zip(asked, pool.map(table_of, asked), strict=True):
            found[name] = left_out
            places = sum(len(repeats.places(text)) for _, text in left_out.values())
            print(f"{name}: sobran {places} de {len(repeats.WHOLE[name])}", flush=True)
    ordered = {name: found[name] for name in sifted if found.get(name)}
    text = json.dumps(ordered, ensure_ascii=False, indent=1)
    KEPT.write_text(
        text.replace("[\n   ", "[").replace(",\n   ", ", ").replace("\n  ]", "]") + "\n"
    )


def table_of(check_id: str) -> dict[str, tuple[int, str]]:
    """Of each id, how many ways are generated and in which places are those that add nothing."""
    entries = repeats.WHOLE[check_id]
    added_nothing = set(adding_nothing(check_id))
    places: dict[str, list[int]] = defaultdict(list)
    count: dict[str, int] = defaultdict(int)
    for index, entry in enumerate(entries):
        if entry.rare:
            if index in added_nothing:
                places[entry.id].append(count[entry.id])
            count[entry.id] += 1
    return {name: (count[name], _written(found)) for name, found in places.items()}


def adding_nothing(check_id: str) -> Iterator[int]:
    """The places of the generated ones that answer, to every call, as the right function does.

    Or as an earlier one of the catalogue does, whatever that is called.
    """
    check = find_check(check_id)
    assert isinstance(check, FunctionCheck)
    exercise, entries = Exercise(check.reference, check.compare), repeats.WHOLE[check_id]
    calls = [*_calls(check, exercise)]
    right = Misconception("", "", check.reference)
    alike: dict[Hashable, list[int]] = defaultdict(list)
    every: Sequence[Misconception] = (right, *entries)
    for index, entry in enumerate(every):
        alike[_answers(exercise, entry, calls[:FIRST])].append(index)
    for group in alike.values():
        if len(group) == 1:
            continue
        seen: set[Hashable] = set()
        for index in group:
            answers = _answers(exercise, every[index], calls[FIRST:])
            if answers in seen and every[index].rare:
                yield index - 1
            seen.add(answers)


def _calls(check: FunctionCheck, exercise: Exercise) -> Iterator[Arguments]:
    assert check.space is not None
    rng = np.random.default_rng(2028)
    for number in range(DRAWN):
        call = check.space.draw(rng)
        yield call
        if number % EDGED == 0:
            yield from edges(call)
    for seed in SEEDS:
        for case in check.cases(np.random.default_rng(seed)):
            given = exercise.signature.named(case.args, dict(case.kwargs))
            if sum(np.size(value) for value in given.values()) <= MOST_PIXELS:
                yield given


def _answers(exercise: Exercise, entry: Misconception, calls: Sequence[Arguments]) -> Hashable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return tuple(_seen(Candidate((entry,)).answer(exercise, given)) for given in calls)


def _seen(answer: Any) -> Hashable:
    """What is the same where a check could not tell two answers apart."""
    if isinstance(answer, Stopped):
        return answer.type
    if isinstance(answer, (tuple, list)):
        return type(answer).__name__, *map(_seen, answer)
    if not isinstance(answer, (int, float, np.ndarray, np.generic)):
        return repr(answer)
    values = np.asarray(answer)
    kind = values.dtype.kind if isinstance(answer, np.ndarray) else type(answer).__name__
    if values.dtype.kind not in "fiub" or not np.isfinite(values).all():
        return kind, values.shape, values.tobytes()
    return kind, values.shape, _rounded(values.astype(np.float64)).tobytes()


def _rounded(numbers: np.ndarray) -> np.ndarray:
    """Each number to so many digits of its own, as checks compare: beside a huge one too."""
    small = np.abs(numbers) <= _NOTHING
    power = 10.0 ** np.floor(np.log10(np.abs(np.where(small, 1.0, numbers))))
    rounded: np.ndarray = np.round(np.where(small, 0.0, numbers) / power, _DIGITS - 1) * power
    return rounded + 0.0  # without a zero below zero


def _written(places: list[int]) -> str:
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1][1:] = [place]
        else:
            runs.append([place])
    return " ".join("-".join(map(str, run)) for run in runs)


if __name__ == "__main__":
    main()
