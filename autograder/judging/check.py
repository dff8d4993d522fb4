"""Qué es una comprobación: datos (referencia, casos, aspectos, errores típicos), no un guion."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from ..common.check_ids import plain
from ..common.failures import UNWRITTEN
from ..common.limits import limit_met
from ..wire.protocol import ModelSpec, ProtocolError
from .comparison import SHAPE, VALUES, Mismatch, describe
from .diagnosis.asking import FunctionAsker, Trial
from .diagnosis.diagnoser import Diagnoser
from .diagnosis.misconceptions import Misconception
from .diagnosis.number_facts import Terms
from .diagnosis.result import Diagnosis
from .diagnosis.sizes import bulky
from .diagnosis.space import Space
from .remote import Interrupted, Raised, Remote, Reply, Returned, Unsupported
from .verdict import AspectResult, Refusal

EDGE_CASES = "casos límite"
ASPECTS = {SHAPE: 0.2, VALUES: 0.5, EDGE_CASES: 0.3}
CHANGED_INPUT = "tu función modifica el arreglo que recibe; trabaja sobre una copia"
NO_VALUES = "no hay valores que comparar"
MOST_WORDS = 600  # characters of one failure: it is one line, in the report and in the gradebook
NO_EDGES = "se valoran cuando la forma es correcta"

_logger = logging.getLogger(__name__)


class Rejected(Exception):
    """No points whatever the aspects say; ``args[0]`` is the reason, in Spanish."""

    kind = Refusal.OTHER


class Unwritten(Rejected):
    """A stub that was never written: there is nothing yet to give a hint on."""

    kind = Refusal.UNWRITTEN

    def __init__(self) -> None:
        super().__init__(UNWRITTEN)


class ReadyMade(Rejected):
    """The function leans on a library that does the exercise."""

    kind = Refusal.READY_MADE


class Mistake(Protocol):
    """A mistake of a catalogue: the id that it is counted by, and its words."""

    @property
    def id(self) -> str: ...

    @property
    def cause(self) -> str: ...


@dataclass(frozen=True)
class Case:
    """One call: what goes in, and whether it belongs to the edge cases.

    Where ``raises`` names an exception, that is the right answer. A ``combined`` case mixes what
    the others ask one at a time: only a function that did all of those well is asked it, so that a
    single mistake costs what it is worth, and two that hide each other are found.
    """

    label: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    edge: bool = False
    raises: str | None = None
    combined: bool = False


@dataclass
class Findings:
    """What an examination found: the first failure of each aspect, and what is known of it."""

    weights: Mapping[str, float]
    failures: dict[str, str] = field(default_factory=dict)
    cause: str | None = None
    cause_id: str | None = None
    diagnosis: Diagnosis | None = None
    places: dict[str, tuple[str | None, tuple[int, ...] | None]] = field(default_factory=dict)

    def fail(self, aspect: str, text: str) -> None:
        """Note a failure; one of an aspect that the check does not weigh counts in its last."""
        self._note(aspect, text, None, None)

    def fail_in(self, case: str, aspect: str, mismatch: Mismatch) -> None:
        """Note that the answer to one call, whose label is ``case``, is not the right one."""
        self._note(aspect, f"{case}: {mismatch.text}", case, mismatch.place)

    def _note(
        self, aspect: str, text: str, case: str | None, place: tuple[int, ...] | None
    ) -> None:
        known = aspect if aspect in self.weights else list(self.weights)[-1]
        if known not in self.failures:
            self.failures[known] = text[:MOST_WORDS]
            self.places[known] = case and case[:MOST_WORDS], place

    def diagnosed(self, diagnosis: Diagnosis | None) -> None:
        """Keep a diagnosis; the first of its mistakes is the one that a class is counted by."""
        self.diagnosis = diagnosis
        if diagnosis is not None and diagnosis.ids:
            self.cause, self.cause_id = "; además, ".join(diagnosis.causes), diagnosis.ids[0]

    def results(self) -> tuple[AspectResult, ...]:
        nowhere = None, None
        return tuple(
            AspectResult(name, weight, self.failures.get(name), *self.places.get(name, nowhere))
            for name, weight in self.weights.items()
        )


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
    misconceptions : sequence of Misconception
        Wrong references with a name: where the function agrees with one, that is the cause.
    own_implementation : bool
        Whether leaning on a library that has the function ready-made is refused.
    space : Space, optional
        The inputs that a diagnosis may draw besides the cases: small whole numbers.
    terms : callable, optional
        Of a call's named arguments, quantities by their Spanish names («los sesgos, uno por
        filtro»): where a wrong number differs from the right one by one of them, it is said.
    keras : str, optional
        What of Keras gives the same answers, as in ``keras.layers.Conv2D``.
    shortcuts : mapping
        Methods of Keras that would answer in the function's place, each with what to do instead, in
        Spanish: whoever calls one is refused.
    """

    id: str
    reference: Callable[..., Any]
    cases: Callable[[np.random.Generator], Iterable[Case]]
    compare: Callable[[Any, Any, tuple[Any, ...], dict[str, Any]], Mismatch | None]
    hint: str
    aspects: Mapping[str, float] = field(default_factory=lambda: dict(ASPECTS))
    misconceptions: Sequence[Misconception] = ()
    own_implementation: bool = True
    space: Space | None = None
    terms: Terms | None = None
    keras: str | None = None
    shortcuts: Mapping[str, str] = field(default_factory=dict)

    def examine(self, remote: Remote, rng: np.random.Generator, findings: Findings) -> None:
        if self.shortcuts:
            remote.shortcuts = tuple(self.shortcuts)
        trials: list[Trial] = []
        diagnoser = self.diagnoser()
        for case in self.cases(rng):
            if case.combined and findings.failures:
                continue
            reply = remote.call(*case.args, **case.kwargs)
            if self.own_implementation and isinstance(reply, (Returned, Raised)):
                refuse_ready_made(reply.libraries)
            if self.shortcuts and isinstance(reply, (Returned, Raised)):
                self._refuse_shortcuts(reply.shortcuts)
            if isinstance(reply, Returned) and not same_inputs(case.args, reply.inputs):
                findings.fail(EDGE_CASES, CHANGED_INPUT)
            expected = None
            if case.raises:
                mismatch = expect_exception(case.raises, reply)
            else:
                expected = self.reference(*case.args, **case.kwargs)
                mismatch = self._judge_reply(reply, expected, case)
            if not isinstance(reply, Returned) or (_simple if case.raises else _kept)(reply.value):
                named = diagnoser.exercise.signature.named(case.args, dict(case.kwargs))
                trials.append(Trial(named, expected, reply, case.label, case.raises))
            if mismatch:
                aspect = EDGE_CASES if case.edge or case.combined else mismatch.aspect
                findings.fail_in(case.label, aspect, mismatch)
        if SHAPE in findings.failures:
            # Without the right shape nothing can be compared: a function that always raises must
            # not earn the edge cases that ask for an exception.
            findings.fail(VALUES, NO_VALUES)
            findings.fail(EDGE_CASES, NO_EDGES)
        if findings.failures:
            findings.diagnosed(_diagnosis(diagnoser, remote, trials, rng))

    def _refuse_shortcuts(self, called: tuple[str, ...]) -> None:
        for name, instead in self.shortcuts.items():
            if name in called:
                raise ReadyMade(f"tu función llama a {name}(), que ya da la respuesta; {instead}")

    def diagnoser(self) -> Diagnoser:
        """Whoever says which mistake a function that fails this check makes."""
        return Diagnoser(
            self.reference,
            self.compare,
            self.space,
            self.misconceptions,
            self.terms,
            plain(self.id).rpartition(".")[2],
        )

    def _judge_reply(self, reply: Reply, expected: Any, case: Case) -> Mismatch | None:
        if isinstance(reply, Raised):
            if not (case.edge or case.combined):
                reject_unwritten(reply)
            return Mismatch(SHAPE, stopped(reply))
        if isinstance(reply, Unsupported):
            return Mismatch(SHAPE, not_comparable(reply))
        return self.compare(expected, reply.value, case.args, dict(case.kwargs))


def _diagnosis(
    diagnoser: Diagnoser, remote: Remote, trials: list[Trial], rng: np.random.Generator
) -> Diagnosis | None:
    """A diagnosis decides nothing: whatever happens in it, the marks stand without it."""
    try:
        asker = FunctionAsker(remote, diagnoser.exercise.signature)
        return diagnoser.diagnose(asker, trials, rng)
    except Interrupted:
        return None
    except ProtocolError:
        raise
    except Exception:
        _logger.exception("the diagnosis of %s failed", diagnoser.name)
        return None


def refuse_ready_made(libraries: tuple[str, ...]) -> None:
    """Raise :class:`ReadyMade` where the function leaned on a library that does the exercise."""
    if libraries:
        names = " y ".join(libraries)
        raise ReadyMade(
            f"tu función se apoya en {names}; este ejercicio se escribe solo con Python y NumPy"
        )


def reject_unwritten(reply: Raised) -> None:
    """Raise :class:`Unwritten` for a stub that was never written."""
    if reply.type == "NotImplementedError":
        raise Unwritten


def stopped(reply: Raised) -> str:
    """One Spanish line for an exception."""
    line = f" (línea {reply.line} de su celda)" if reply.line else ""
    message = f": {' '.join(reply.message.split())[:200]}" if reply.message else ""
    limit = limit_met(reply.type + message)
    return f"tu función se detuvo con {reply.type}{message}{line}" + (f": {limit}" if limit else "")


def expect_exception(name: str, reply: Reply) -> Mismatch | None:
    """None where the exception asked for came."""
    if isinstance(reply, Raised):
        return None if reply.type == name else Mismatch(VALUES, stopped(reply))
    what = describe(reply.value) if isinstance(reply, Returned) else reply.type
    return Mismatch(VALUES, f"esperaba un {name} y llegó {what}")


def not_comparable(reply: Unsupported) -> str:
    """One Spanish line for a result that does not travel."""
    advice = "; toma la parte real con .real" if "complex" in reply.type else ""
    return f"tu función devolvió algo que no se puede comparar: {reply.type}{advice}"


def _kept(value: Any) -> bool:
    return not bulky(value)


def _simple(value: Any) -> bool:
    """Whether an answer where an exception was due is worth comparing: a number, an array."""
    return not isinstance(value, (list, tuple, dict, ModelSpec)) and not bulky(value)


def same_inputs(before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    """Whether the arrays among the arguments came back unchanged, bit by bit."""
    return len(before) == len(after) and all(
        isinstance(b, np.ndarray)
        and (a.shape, a.dtype, a.tobytes()) == (b.shape, b.dtype, b.tobytes())
        for a, b in zip(before, after, strict=True)
        if isinstance(a, np.ndarray)
    )


__all__ = [
    "ASPECTS",
    "EDGE_CASES",
    "SHAPE",
    "UNWRITTEN",
    "VALUES",
    "Case",
    "Check",
    "Findings",
    "FunctionCheck",
    "Misconception",
    "Rejected",
    "Unwritten",
    "describe",
]
