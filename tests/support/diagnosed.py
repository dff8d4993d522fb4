"""Diagnoses made by hand: an ordinary one, and those that no honest judge would make."""

from __future__ import annotations

from dataclasses import replace

from autograder.judging.diagnosis.result import Counterexample, Diagnosis, Table
from autograder.judging.verdict import AspectResult, Verdict

EXAMPLE = Counterexample(
    "correlacion2d(imagen, kernel)",
    (
        Table("imagen", [[1, 2, 0], [0, 1, 3]], (2, 3), ((0, 0), (0, 1), (1, 0), (1, 1))),
        Table("kernel", [[0.0, 1.5], [2.0, -3.0]], (2, 2)),
    ),
    Table("esperado", [[0.0, 7.25]], (1, 2), ((0, 0),)),
    Table("recibido", [[-1.0, 7.25]], (1, 2), ((0, 0),)),
    (0, 0),
    "en (0, 0) usaste kernel[1, 1] donde toca kernel[0, 0]",
)
FLIPPED = Diagnosis(
    ("kernel-volteado",),
    ("el kernel está volteado",),
    "seguro",
    ("la forma es correcta",),
    EXAMPLE,
    "compara producto a producto",
    "1_convolucion#¿Convolución o correlación cruzada?",
)
BOTH = replace(
    FLIPPED,
    ids=("kernel-volteado", "sesgo-olvidado"),
    causes=("el kernel está volteado", "falta sumar el sesgo"),
    confidence="probable",
)
UNKNOWN = replace(FLIPPED, ids=(), causes=(), confidence=None, hint=None, section=None)


def failed(diagnosis: Diagnosis | None, check_id: str = "1_convolucion.correlacion2d") -> Verdict:
    """A verdict of which only the shape is right."""
    known = diagnosis or Diagnosis()
    return Verdict(
        check_id,
        (AspectResult("forma", 0.2), AspectResult("valores", 0.8, "esperaba 0 y llegó -1")),
        cause=known.causes[0] if known.causes else None,
        cause_id=known.ids[0] if known.ids else None,
        hint="repasa el enunciado",
        diagnosis=diagnosis,
    )
