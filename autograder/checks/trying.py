"""Las comprobaciones de un docente, probadas: lo que fallaría mientras una clase espera."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import numpy as np

from ..common.numbers_es import percent
from ..judging.check import EDGE_CASES, Case
from ..wire.protocol import Message, encode
from .own_checks import OwnCheck, problem

TRIED = 8  # Draws of its cases that a check is tried with before it is published.


def tried(unit: str, checks: Mapping[str, OwnCheck]) -> None:
    """Raise :class:`CursoError` where a check could not be asked, or would not be fair.

    What fails while a class is graded would cost it points: it is tried before it is published.
    """
    for name, one in checks.items():
        for seed in range(TRIED):
            try:
                _try(one, seed)
            except (Exception, SystemExit) as error:
                raise problem(unit, error, f"al probar {name}") from error


def without_edges(checks: Mapping[str, OwnCheck]) -> Iterator[str]:
    """A line for each check that gives points for edge cases, and asks none."""
    for name, one in checks.items():
        share = one.aspects[EDGE_CASES]
        drawn = (case for seed in range(TRIED) for case in _drawn(one.cases, seed))
        if share and not any(case.edge or case.combined for case in drawn):
            yield (
                f"{name} no tiene ningún caso límite, y quien solo acierte la forma se lleva "
                f"el {percent(share)} que valen: añade un caso con edge=True, o reparte los "
                'puntos sin ellos (points={"forma": 0.2, "valores": 0.8, "casos límite": 0})'
            )


def _try(one: OwnCheck, seed: int) -> None:
    cases = _drawn(one.cases, seed)
    # Whoever wrote nothing gets the rest of the points where no ordinary answer is asked.
    if not any(_is_ordinary(case) for case in _drawn(one.shown, seed)):
        raise ValueError(
            "sus casos (cases) no dan ninguno corriente: hace falta uno sin edge, sin combined y "
            "sin raises, o quien no escriba nada sacará puntos"
        )
    answers = [_answer(one, case) for case in cases if case.raises is None]
    if all(answer is None for answer in answers):
        raise ValueError("la referencia da siempre None: ¿le falta un return?")


def _drawn(cases: Any, seed: int) -> Sequence[Case]:
    drawn = list(cases(np.random.default_rng(seed)))
    if not all(isinstance(case, Case) for case in drawn):
        raise TypeError("cases no da casos (Case)")
    return drawn


def _is_ordinary(case: Case) -> bool:
    return not (case.edge or case.combined or case.raises)


def _answer(one: OwnCheck, case: Case) -> Any:
    asked = deepcopy(case)
    answer = one.reference(*case.args, **case.kwargs)
    if _told(case) != _told(asked):
        # The right answer, asked again, would be another.
        raise ValueError(
            f"la referencia modifica lo que recibe («{case.label}»): que trabaje sobre una copia"
        )
    kept = deepcopy(answer)
    if wrong := one.compare(answer, kept, case.args, dict(case.kwargs)):
        raise ValueError(f"la respuesta de «{case.label}»: {wrong.text}")
    return answer


def _told(case: Case) -> bytes:
    """The arguments of a case as they travel."""
    return encode(Message("caso", {"args": tuple(case.args), "kwargs": dict(case.kwargs)}))
