"""Lo que se diagnosticó: datos que viajan enteros del juez al cuaderno, al libro y al informe."""

from __future__ import annotations

from dataclasses import dataclass

CERTAIN, LIKELY = "seguro", "probable"
ANSWERS_AS = " (tu función responde como "  # after a cause, before somebody's own formula
Number = int | float | bool | None


def of_a_class(cause: str) -> str:
    """A cause without the formula that is of one student alone."""
    return cause.partition(ANSWERS_AS)[0]


@dataclass(frozen=True)
class Table:
    """A small array, or one number or text, to be followed with a pencil.

    ``values`` are nested lists as deep as the array, or a single text; ``marked`` the positions (or
    the corner and the far corner of a window) to be coloured.
    """

    name: str
    values: list[object] | str
    shape: tuple[int, ...] = ()
    marked: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Counterexample:
    """The smallest call found that fails: what goes in, what was expected, what came.

    ``parting`` says in one line where both part, where that can be said («en (0, 1) usaste la fila
    2 del kernel donde toca la 0»).
    """

    call: str
    inputs: tuple[Table, ...]
    expected: Table
    got: Table
    place: tuple[int, ...] | None = None
    parting: str | None = None


@dataclass(frozen=True)
class Diagnosis:
    """What is known of a wrong function.

    ``ids`` and ``causes`` are those of one misconception of the catalogue, or of the two that were
    made at once; none where nothing in it fits. ``confidence`` is ``seguro`` only where that alone
    explains every call. ``facts`` are what is right and what is not, each of them tested.
    """

    ids: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    confidence: str | None = None
    facts: tuple[str, ...] = ()
    example: Counterexample | None = None
    hint: str | None = None
    section: str | None = None
