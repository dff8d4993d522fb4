"""El informe de una comprobación como texto: para terminales, y al lado del HTML de un cuaderno."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ..diagnosis.result import CERTAIN, Counterexample, Diagnosis, Table
from .matrices import Matrix, matrices
from .sections import Section

WIDTH = 78
EXPECTED, GOT = "se espera", "tu función da"
_GAP = "   "


def cause_title(diagnosis: Diagnosis | None) -> str:
    """How sure the cause is, in two words."""
    return "Causa" if diagnosis and diagnosis.confidence == CERTAIN else "Causa probable"


def told_tables(example: Counterexample, got: str = GOT) -> list[Table]:
    """Inputs, what is expected and what came, under the names that are read."""
    answers = zip((EXPECTED, got), (example.expected, example.got), strict=True)
    return [
        *example.inputs,
        *(Table(name, table.values, table.shape, table.marked) for name, table in answers),
    ]


def lines(diagnosis: Diagnosis | None, cause: str | None, hint: str | None) -> Iterator[str]:
    """What is known of a failure: its cause and the facts; where it shows, and what helps."""
    causes = causes_of(diagnosis, cause)
    if causes:
        yield f"{cause_title(diagnosis)}: {causes[0]}"
    for another in causes[1:]:
        yield f"Y además: {another}"
    yield from (f"Se sabe: {fact}" for fact in shown_facts(diagnosis))
    if diagnosis and diagnosis.example:
        yield from example_lines(diagnosis.example)
    if hint := (diagnosis and diagnosis.hint) or hint:
        yield f"Pista: {hint}"
    if diagnosis and diagnosis.section:
        yield f"Repasa: {Section.of(diagnosis.section).words}"


def causes_of(diagnosis: Diagnosis | None, cause: str | None) -> tuple[str, ...]:
    """The causes that are known, of one mistake or of two."""
    return (diagnosis.causes if diagnosis else ()) or ((cause,) if cause else ())


def shown_facts(diagnosis: Diagnosis | None) -> tuple[str, ...]:
    """What is sure, where no cause is: where it stops, with which shapes."""
    if diagnosis is None or (diagnosis.causes and diagnosis.confidence == CERTAIN):
        return ()
    return diagnosis.facts


def keras_line(name: str) -> str:
    """What of Keras the right answer agrees with."""
    return f"La respuesta correcta coincide con {name}"


def example_lines(example: Counterexample) -> Iterator[str]:
    """The call that fails, its numbers side by side, and where they part."""
    yield f"El ejemplo más pequeño que falla: {example.call}"
    for line in beside([m for table in told_tables(example) for m in matrices(table)]):
        yield f"  {line}".rstrip()
    if example.parting:
        yield f"  {example.parting}"


def beside(drawn: Sequence[Matrix], width: int = WIDTH - 6) -> Iterator[str]:
    """Matrices in rows of as many as fit."""
    row: list[list[str]] = []
    for block in map(_block, drawn):
        if row and sum(len(b[0]) + len(_GAP) for b in [*row, block]) - len(_GAP) > width:
            yield from _joined(row)
            row = []
        row.append(block)
    yield from _joined(row)


def _block(matrix: Matrix) -> list[str]:
    """Its lines, all of one length; what is marked stands between brackets."""
    texts = [[f"[{c.text}]" if c.marked else f" {c.text} " for c in row] for row in matrix.rows]
    columns = max(map(len, texts), default=0)
    widths = [max((len(r[j]) for r in texts if j < len(r)), default=0) for j in range(columns)]
    # One text alone keeps to the left, as its title; numbers stand in columns.
    lines = ["".join(t.rjust(w) for t, w in zip(r, widths, strict=False)) for r in texts]
    longest = max(len(line) for line in [matrix.title, *lines])
    return [line.ljust(longest) for line in [matrix.title, *lines]]


def _joined(blocks: Sequence[list[str]]) -> Iterator[str]:
    lengths = [len(block[0]) for block in blocks]
    for parts in zip_longest(*blocks, fillvalue=None):
        texts = ((part or "").ljust(n) for part, n in zip(parts, lengths, strict=True))
        yield _GAP.join(texts).rstrip()
