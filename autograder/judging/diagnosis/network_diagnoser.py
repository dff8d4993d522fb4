"""Lo mismo para redes: qué cambio de la red pedida, o qué dos a la vez, responden lo que llegó."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...wire.protocol import ModelSpec
from .result import CERTAIN, LIKELY, Diagnosis

NetworkTrial = tuple[np.ndarray, Any]  # images, and what came


@dataclass(frozen=True)
class NetworkMistake:
    """A typical wrong network: its id, its Spanish explanation, and the right one changed into it.

    The id is what a class is counted by, as that of a ``Misconception``; ``hint`` and ``section``
    are as there. ``shows`` is whether every network with ordinary weights answers differently with
    the mistake. ``part`` is what is changed (``activacion``, ``salida``, ``relleno``…): two
    mistakes of different parts may be made at once; one of no part, with no other.
    """

    id: str
    cause: str
    change: Callable[[ModelSpec], ModelSpec]
    shows: bool = True
    hint: str = ""
    section: str = ""
    part: str = ""


Explains = Callable[[ModelSpec, Sequence[NetworkTrial]], bool]


def diagnose_network(
    mistakes: Sequence[NetworkMistake],
    spec: ModelSpec,
    trials: Sequence[NetworkTrial],
    explains: Explains,
) -> Diagnosis | None:
    """The mistake, or the two of different parts, whose network answers what came; None if none.

    Parameters
    ----------
    mistakes : sequence
        Those that have a name; earlier ones are likelier.
    spec : ModelSpec
        The right network, with the student's weights.
    trials : sequence
        Images and what the student's network answered.
    explains : callable
        Whether a network answers all of some trials as they were answered.
    """
    trials = sorted(trials, key=lambda trial: trial[0].size)  # The cheapest refutes the most.
    found = [(one,) for one in mistakes if explains(one.change(spec), trials)]
    if not found:
        return _pair(mistakes, spec, trials, explains)
    ids = {one.id for (one,) in found}
    return _diagnosis(found[0], CERTAIN if len(ids) == 1 else LIKELY)


def _pair(
    mistakes: Sequence[NetworkMistake],
    spec: ModelSpec,
    trials: Sequence[NetworkTrial],
    explains: Explains,
) -> Diagnosis | None:
    found = [
        pair for pair in _pairs(mistakes) if explains(pair[1].change(pair[0].change(spec)), trials)
    ]
    ids = {frozenset(one.id for one in pair) for pair in found}
    return _diagnosis(found[0], CERTAIN if len(ids) == 1 else LIKELY) if found else None


def _pairs(
    mistakes: Sequence[NetworkMistake],
) -> Iterator[tuple[NetworkMistake, NetworkMistake]]:
    for index, one in enumerate(mistakes):
        for other in mistakes[index + 1 :]:
            if one.part and other.part and one.part != other.part and one.id != other.id:
                yield one, other


def _diagnosis(mistakes: tuple[NetworkMistake, ...], confidence: str) -> Diagnosis:
    first = mistakes[0]
    return Diagnosis(
        ids=tuple(one.id for one in mistakes),
        causes=tuple(one.cause for one in mistakes),
        confidence=confidence,
        hint=first.hint or None,
        section=first.section or None,
    )
