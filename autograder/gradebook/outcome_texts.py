"""Lo que se dice de una entrega calificada, con las mismas palabras en la terminal y el informe."""

from __future__ import annotations

from collections.abc import Iterable

from ..common.numbers_es import number
from .records import UNCHANGED, Outcome
from .remarks import bounded


def remarks_of(outcome: Outcome) -> Iterable[str]:
    """What a reader must know of an outcome besides its points."""
    if outcome.state == UNCHANGED:
        yield outcome.state
    if outcome.problem:
        yield f"{outcome.problem} ({outcome.state})"
    if outcome.needs_reading:
        yield "falta leer una respuesta"
    if outcome.penalty:
        yield late_text(outcome.penalty)
    if outcome.acceptance is not None:
        yield acceptance_text(outcome.acceptance)
    yield from bounded(outcome.notes)


def late_text(penalty: float) -> str:
    """Why a mark is lower than the sum of its exercises."""
    return f"fuera de plazo: \N{MINUS SIGN}{number(penalty)}"


def acceptance_text(acceptance: dict) -> str:
    """The homework's acceptance in a few words."""
    if missing := acceptance.get("missing"):
        return f"tarea sin pesos: faltan los pesos ({', '.join(missing)})"
    if "unavailable" in acceptance:
        return f"aceptación sin evaluar: {acceptance['unavailable']}"
    refused = [c for c in acceptance["criteria"] if c["state"] == "rechazado"]
    review = any(c["state"] == "para revisar" for c in acceptance["criteria"])
    if refused:
        first, *others = refused
        more = {0: "", 1: ", ni otro criterio"}.get(
            len(others), f", ni {len(others)} criterios más"
        )
        return f"tarea rechazada: no se cumple «{first['name']}» ({first['text']}){more}"
    return "tarea aceptada" + (", para revisar" if review else "")
