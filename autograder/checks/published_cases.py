"""Los casos publicados de una unidad propia: con qué comprueba un estudiante en su casa.

They are data: neither the reference nor what is hidden leaves the course. When it is graded there
are other cases, and the mistakes have names.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np

from ..common.errors import CursoError
from ..common.regular_files import Unreadable, read_regular
from ..judging.check import (
    CHANGED_INPUT,
    EDGE_CASES,
    NO_EDGES,
    NO_VALUES,
    SHAPE,
    VALUES,
    Check,
    Findings,
    expect_exception,
    not_comparable,
    refuse_ready_made,
    reject_unwritten,
    same_inputs,
    stopped,
)
from ..judging.comparison import Mismatch
from ..judging.remote import Raised, Remote, Returned
from ..wire.protocol import Message, ProtocolError, UnsupportedValue, decode, encode
from . import find_check
from .own_checks import Like, OwnCheck, compared, problem
from .units import NAME, UNITS

SUFFIX, MAX_BYTES = ".casos", 8 << 20
DRAWS = (1, 2)  # Always the same: what is published does not change by itself.
LACKING = (
    "no están los casos de la unidad {unit}: el archivo {unit}.casos, que se publica con el "
    "cuaderno, tiene que estar en su misma carpeta"
)


@dataclass(frozen=True)
class PublishedCheck:
    """A check by its published cases alone."""

    id: str
    aspects: Mapping[str, float]
    hint: str
    own_implementation: bool
    cases: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)

    def examine(self, remote: Remote, rng: np.random.Generator, findings: Findings) -> None:
        for case in self.cases:
            if case["combined"] and findings.failures:
                continue
            reply = remote.call(*case["args"], **case["kwargs"])
            if self.own_implementation and isinstance(reply, (Returned, Raised)):
                refuse_ready_made(reply.libraries)
            if isinstance(reply, Returned) and not same_inputs(case["args"], reply.inputs):
                findings.fail(EDGE_CASES, CHANGED_INPUT)
            late = case["edge"] or case["combined"]
            if case["raises"]:
                mismatch = expect_exception(case["raises"], reply)
            elif isinstance(reply, Returned):
                mismatch = compared(case["expected"], reply.value, case["allowed"])
            elif isinstance(reply, Raised):
                if not late:
                    reject_unwritten(reply)
                mismatch = Mismatch(SHAPE, stopped(reply))
            else:
                mismatch = Mismatch(SHAPE, not_comparable(reply))
            if mismatch:
                findings.fail_in(case["label"], EDGE_CASES if late else mismatch.aspect, mismatch)
        if SHAPE in findings.failures:
            findings.fail(VALUES, NO_VALUES)
            findings.fail(EDGE_CASES, NO_EDGES)


def published(unit: str, checks: Mapping[str, OwnCheck]) -> bytes:
    """The file of a unit's cases.

    Raises
    ------
    CursoError
        If a case cannot be drawn, or holds what does not travel.
    """
    told = []
    for name, one in checks.items():
        try:
            cases = [
                _told(one, case)
                for seed in DRAWS
                for case in one.shown(np.random.default_rng(seed))
            ]
        except (Exception, SystemExit) as error:
            raise problem(unit, error, f"al probar {name}") from error
        about = {"id": name, "hint": one.hint, "aspects": dict(one.aspects)}
        told.append(about | {"own": one.own_implementation, "cases": cases})
    try:
        data = encode(Message("casos", {"checks": told}))
        decode(data)
    except (UnsupportedValue, ProtocolError) as error:
        raise CursoError(f"los casos de {unit} no se pueden publicar: {error.args[0]}") from error
    if len(data) > MAX_BYTES:
        raise CursoError(
            f"los casos de {unit} ocupan {len(data) >> 20} MB, y caben {MAX_BYTES >> 20}: "
            "que sean menos, o más pequeños"
        )
    return data


def _told(one: OwnCheck, case: Any) -> dict[str, Any]:
    expected = None if case.raises else one.reference(*case.args, **case.kwargs)
    allowed = 0.0
    if case.raises is None and isinstance(expected, (np.ndarray, float, np.floating)):
        assert isinstance(one.compare, Like)  # As ``check`` made it.
        allowed = one.compare.allowed(expected, case.args, case.kwargs)
    return {
        "label": case.label, "args": tuple(case.args), "kwargs": dict(case.kwargs),
        "edge": case.edge, "raises": case.raises, "combined": case.combined,
        "expected": expected, "allowed": allowed,
    }  # fmt: skip


def find_at_home(check_id: str) -> Check:
    """The check ``unit.function`` where nobody grades; ``KeyError`` with a Spanish line if none.

    Of a unit that the package does not have, from the cases that were published with its notebook.
    """
    unit = check_id.partition(".")[0]
    if unit in UNITS or not NAME.fullmatch(unit):
        return find_check(check_id)
    path = Path(f"{unit}{SUFFIX}")
    try:
        found = _read(read_regular(path, MAX_BYTES))
    except FileNotFoundError:
        if difflib.get_close_matches(unit, UNITS, 1):
            return find_check(check_id)  # A unit of the package's, mistyped: it says which.
        raise KeyError(LACKING.format(unit=unit)) from None
    except (OSError, Unreadable, ProtocolError, KeyError, TypeError, ValueError):
        raise KeyError(f"{path} está dañado: cópialo otra vez de donde lo bajaste") from None
    if check_id not in found:
        raise KeyError(
            f"no existe la comprobación «{check_id}»; en esta unidad están: {', '.join(found)}"
        )
    return cast(Check, found[check_id])


def _read(data: bytes) -> dict[str, PublishedCheck]:
    told = decode(data).body["checks"]
    return {
        one["id"]: PublishedCheck(
            one["id"], one["aspects"], one["hint"], bool(one["own"]), tuple(one["cases"])
        )
        for one in told
    }
