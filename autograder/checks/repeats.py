"""Maneras generadas de equivocarse que sobran: dan lo correcto, o lo mismo que otra anterior.

Which they are is found by running them all on hundreds of calls, far more than there is time for
when a unit is loaded: ``python -m benchmarks.diagnosis.repeats`` does it, and keeps their places.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from ..judging.diagnosis.misconceptions import Lately, Misconception

# Of a check and an id, how many ways were generated, and in which places of them those are.
Table = dict[str, dict[str, tuple[int, list[int]]]]
FILE = "repeats.json"
WHOLE: dict[str, Sequence[Misconception]] = {}  # what each check was given, before it was sifted


def sifted(check_id: str, entries: Sequence[Misconception]) -> Lately:
    """A catalogue without the generated ways that add nothing to it.

    Where an id has not as many ways as when they were run, none of them is left out: a test says
    that they have to be run again.
    """
    WHOLE[check_id] = entries
    return Lately(partial(_sifted, check_id, entries))


def _sifted(check_id: str, entries: Sequence[Misconception]) -> tuple[Misconception, ...]:
    known, ways = table().get(check_id, {}), ways_of(entries)
    left_out = {
        name: frozenset(places) for name, (count, places) in known.items() if ways[name] == count
    }
    place: Counter[str] = Counter()
    kept = []
    for entry in entries:
        if entry.rare:
            place[entry.id] += 1
            if place[entry.id] - 1 in left_out.get(entry.id, ()):
                continue
        kept.append(entry)
    return tuple(kept)


def ways_of(entries: Sequence[Misconception]) -> Counter[str]:
    """How many ways were generated for each id."""
    return Counter(entry.id for entry in entries if entry.rare)


@cache
def table() -> Table:
    """What was kept; places in a row are written as ``3-7``."""
    read = json.loads((Path(__file__).parent / FILE).read_text(encoding="utf-8"))
    return {
        check_id: {name: (count, places(text)) for name, (count, text) in ids.items()}
        for check_id, ids in read.items()
    }


def places(text: str) -> list[int]:
    runs = [run.partition("-") for run in text.split()]
    return [place for first, _, last in runs for place in range(int(first), int(last or first) + 1)]
