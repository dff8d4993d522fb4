"""Lo que oye quien entrega una función: el veredicto, preguntada en este mismo proceso."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from harness import Loopback
from impatient import Here

from autograder.checks import find_check
from autograder.judging.check import FunctionCheck
from autograder.judging.judge import judge
from autograder.judging.remote import Remote
from autograder.judging.verdict import Refusal, Verdict
from autograder.wire.protocol import Connection, ModelSpec


@dataclass(frozen=True)
class Heard:
    """What a verdict says of a function's mistake."""

    passed: bool
    ids: tuple[str, ...]
    causes: tuple[str, ...]
    sure: bool
    facts: tuple[str, ...]
    why: str

    @property
    def words(self) -> str:
        return " ".join([*self.ids, *self.causes])


def hear(
    check: Any,
    function: Callable[..., Any],
    seed: int = 0,
    watch: bool = False,
    here: bool = False,
) -> Heard:
    """What is said of a function.

    With ``watch`` off it may lean on our own references; with ``here`` on the wire is left out, so
    that a function of networks gets their description and not Keras's models.
    """
    if isinstance(check, str):
        check = find_check(check)
    if not watch and isinstance(check, FunctionCheck):
        check = replace(check, own_implementation=False)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        remote: Any = (
            Here(function) if here else Remote(cast(Connection, Loopback(function)), watch)
        )
        verdict = judge(check, remote, seed)
    return heard_in(verdict)


def asks_networks(check: FunctionCheck) -> bool:
    """Whether the arguments of a check are networks."""
    case = next(iter(check.cases(np.random.default_rng(0))))
    return any(isinstance(value, ModelSpec) for value in case.args)


def heard_in(verdict: Verdict) -> Heard:
    if verdict.rejected_as == Refusal.OUR_FAULT:
        raise AssertionError(verdict.rejected)
    diagnosis = getattr(verdict, "diagnosis", None)
    if diagnosis is None:
        named = verdict.cause is not None
        return Heard(
            verdict.passed,
            (verdict.cause_id or "",) if named else (),
            (verdict.cause or "",) if named else (),
            named,
            (),
            verdict.why,
        )
    return Heard(
        verdict.passed,
        tuple(diagnosis.ids),
        tuple(diagnosis.causes),
        diagnosis.confidence == "seguro",
        tuple(map(str, diagnosis.facts)),
        verdict.why,
    )
