"""Qué es una comprobación: datos (referencia, casos, aspectos, errores típicos), no un guion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from .comparison import SHAPE, VALUES, Mismatch, describe
from .diagnosis import Misconception, Trial, name_the_mistake
from .remote import Raised, Remote, Returned, Unsupported
from .verdict import AspectResult

EDGE_CASES = "casos límite"
ASPECTS = {SHAPE: 0.2, VALUES: 0.5, EDGE_CASES: 0.3}
CHANGED_INPUT = "tu función modifica el arreglo que recibe; trabaja sobre una copia"


class Rejected(Exception):
    """No points whatever the aspects say; ``args[0]`` is the reason, in Spanish."""


@dataclass(frozen=True)
class Case:
    """One call: what goes in, and whether it belongs to the edge cases."""

    label: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    edge: bool = False


@dataclass
class Findings:
    """What an examination found: the first failure of each aspect, and the likely cause."""

    weights: Mapping[str, float]
    failures: dict[str, str] = field(default_factory=dict)
    cause: str | None = None

    def fail(self, aspect: str, text: str) -> None:
        self.failures.setdefault(aspect, text)

    def results(self) -> tuple[AspectResult, ...]:
        return tuple(AspectResult(n, w, self.failures.get(n)) for n, w in self.weights.items())


class Check(Protocol):
    """Anything that can examine a function: what the judge needs to know of a check."""

    id: str
    aspects: Mapping[str, float]
    hint: str
    own_implementation: bool

    def examine(self, remote: Remote, rng: np.random.Generator, findings: Findings) -> None: ...


@dataclass(frozen=True)
class FunctionCheck:
    """A function compared with a reference on inputs drawn afresh.

    Parameters
    ----------
    id : str
        ``unit.function``, as in ``comprobar(id, function)``.
    reference : callable
        The right answer, on the same arguments.
    cases : callable
        From a random generator to the cases of one run, ordinary and edge.
    compare : callable
        ``(expected, got, args, kwargs) -> Mismatch | None``.
    hint : str
        One Spanish sentence that helps without solving.
    misconceptions : tuple of Misconception
        Wrong references with a name: where the function agrees with one, that is the cause.
    own_implementation : bool
        Whether leaning on a library that has the function ready-made is refused.
    """

    id: str
    reference: Callable[..., Any]
    cases: Callable[[np.random.Generator], Iterable[Case]]
    compare: Callable[[Any, Any, tuple, dict], Mismatch | None]
    hint: str
    aspects: Mapping[str, float] = field(default_factory=lambda: dict(ASPECTS))
    misconceptions: tuple[Misconception, ...] = ()
    own_implementation: bool = True

    def examine(self, remote: Remote, rng: np.random.Generator, findings: Findings) -> None:
        trials = []
        for case in self.cases(rng):
            expected = self.reference(*case.args, **case.kwargs)
            reply = remote.call(*case.args, **case.kwargs)
            if isinstance(reply, Returned) and self.own_implementation:
                refuse_ready_made(reply.libraries)
            mismatch = self._judge_reply(reply, expected, case)
            if mismatch:
                aspect = EDGE_CASES if case.edge else mismatch.aspect
                findings.fail(aspect, f"{case.label}: {mismatch.text}")
                if mismatch.aspect == SHAPE and not case.edge:
                    # What cannot be compared earns no points.
                    findings.fail(VALUES, "no hay valores que comparar")
            if isinstance(reply, Returned):
                if not same_inputs(case.args, reply.inputs):
                    findings.fail(EDGE_CASES, CHANGED_INPUT)
                trials.append(Trial(case.args, case.kwargs, expected, reply.value))
        if findings.failures:
            findings.cause = name_the_mistake(self.misconceptions, trials, self.compare)

    def _judge_reply(self, reply: Any, expected: Any, case: Case) -> Mismatch | None:
        if isinstance(reply, Raised):
            return Mismatch(SHAPE, explain_exception(reply))
        if isinstance(reply, Unsupported):
            return Mismatch(
                SHAPE, f"tu función devolvió algo que no se puede comparar: {reply.type}"
            )
        return self.compare(expected, reply.value, case.args, dict(case.kwargs))


def refuse_ready_made(libraries: tuple[str, ...]) -> None:
    """Raise :class:`Rejected` where the function leaned on a library that does the exercise."""
    if libraries:
        names = " y ".join(libraries)
        raise Rejected(
            f"tu función se apoya en {names}; este ejercicio se escribe solo con Python y NumPy"
        )


def explain_exception(reply: Raised) -> str:
    """One Spanish line for an exception; stubs that were never written reject the whole check."""
    if reply.type == "NotImplementedError":
        raise Rejected("esta función todavía no está escrita")
    line = f" (línea {reply.line} de su celda)" if reply.line else ""
    message = f": {' '.join(reply.message.split())[:200]}" if reply.message else ""
    return f"tu función se detuvo con {reply.type}{message}{line}"


def same_inputs(before: tuple, after: tuple) -> bool:
    """Whether the arrays among the arguments came back unchanged."""
    arrays = [(a, b) for a, b in zip(before, after, strict=False) if isinstance(a, np.ndarray)]
    return all(isinstance(b, np.ndarray) and np.array_equal(a, b) for a, b in arrays)


__all__ = [
    "ASPECTS",
    "EDGE_CASES",
    "SHAPE",
    "VALUES",
    "Case",
    "Check",
    "Findings",
    "FunctionCheck",
    "Misconception",
    "Rejected",
    "describe",
]
