"""Errores de cualquier función, que se ven sin comparar con los de nadie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..remote import Raised, Returned, Unsupported
from .asking import TOO_LONG, Trial
from .exercise import Exercise, alike
from .sizes import size_of

# As in checks/lessons.py, which this room does not see: a test holds them to the lessons.
EXPECTED = "0_bienvenida#Lo que espera de tu función"
STOPPING = "0_bienvenida#Si tu función se detiene"


@dataclass(frozen=True)
class GeneralMistake:
    """Its id, what is said of it, the hint, and the lesson's section to read again."""

    id: str
    cause: str
    hint: str
    section: str = EXPECTED


NOTHING = GeneralMistake(
    "nada-devuelto",
    "tu función no devuelve nada: llega None",
    "print enseña un valor y return lo entrega; mira con qué termina tu función, en todos sus "
    "caminos",
    EXPECTED,
)
SOMETIMES_NOTHING = GeneralMistake(
    "nada-devuelto-a-veces",
    "con algunas entradas tu función devuelve None, como al llegar a su final sin un return",
    "¿qué camino no pasa por ningún return: un if sin su else, o un bucle que no encuentra nada?",
    EXPECTED,
)
RETURNED_ERROR = GeneralMistake(
    "error-devuelto",
    "devuelves el error como un valor más, y quien llama sigue como si nada; un error se lanza",
    "¿qué haría un programa que usara lo que devuelves? Lanzar un error detiene la función",
    EXPECTED,
)
LIST = GeneralMistake(
    "lista-devuelta",
    "los números son los correctos, en una lista de Python donde va un arreglo de NumPy",
    "mira de qué tipo es lo que devuelves",
    EXPECTED,
)
ALWAYS_THE_SAME = GeneralMistake(
    "siempre-lo-mismo",
    "tu función responde siempre lo mismo, reciba lo que reciba",
    "mira qué línea debía depender de lo que recibe; ningún número del ejemplo del enunciado va "
    "escrito en tu función",
    EXPECTED,
)
CHANGED = GeneralMistake(
    "entrada-modificada",
    "los números son los correctos, pero tu función cambia el arreglo que recibe",
    "trabaja sobre una copia, o escribe en un arreglo nuevo",
    EXPECTED,
)
OTHER_EXCEPTION = GeneralMistake(
    "excepcion-de-otro-tipo",
    "lo que no vale lo rechazas con otra excepción; la que se pide es la del enunciado",
    "compara el nombre que va detrás de tu raise con el del enunciado",
    EXPECTED,
)
UNUSED = GeneralMistake(
    "argumento-que-no-influye",
    "un argumento que debía cambiar tu respuesta no la cambia",
    "busca dónde usas ese argumento, y si lo que calculas con él llega a lo que devuelves",
    EXPECTED,
)
GENERAL = (
    NOTHING,
    SOMETIMES_NOTHING,
    RETURNED_ERROR,
    LIST,
    ALWAYS_THE_SAME,
    CHANGED,
    OTHER_EXCEPTION,
    UNUSED,
)
_LEAST = 2  # calls in which it is seen
_MOST_LISTED = 1 << 18  # bytes of a list that is read as an array


def general_mistake(exercise: Exercise, trials: Sequence[Trial]) -> GeneralMistake | None:
    """The one that every call shows, if any does."""
    usual = [trial for trial in trials if not trial.raises]
    came = [(t, t.reply.value) for t in usual if isinstance(t.reply, Returned)]
    if len(came) < max(_LEAST, len(usual)):
        return None
    if all(value is None for _, value in came):
        return NOTHING
    if _sometimes_nothing(exercise, came):
        return SOMETIMES_NOTHING
    if all(_listed(exercise, t, value) for t, value in came):
        return LIST
    if _always_the_same(exercise, came):
        return ALWAYS_THE_SAME
    right = all(exercise.same(t.arguments, t.expected, value) for t, value in came)
    if right and any(map(_changed, usual)):
        return CHANGED
    if right and any(map(_error_returned, trials)):
        return RETURNED_ERROR
    return OTHER_EXCEPTION if right and _refused_otherwise(trials) else None


def _sometimes_nothing(exercise: Exercise, came: Sequence[tuple[Trial, Any]]) -> bool:
    """Whether nothing comes of some calls, and what is right of all the others."""
    return any(value is None for _, value in came) and all(
        value is None or exercise.same(trial.arguments, trial.expected, value)
        for trial, value in came
    )


def _error_returned(trial: Trial) -> bool:
    """Whether the exception that is due came back as a value."""
    return isinstance(trial.reply, Unsupported) and trial.reply.type == trial.raises


def _refused_otherwise(trials: Sequence[Trial]) -> bool:
    """Whether all that should be refused is, and some of it by another exception."""
    replies = [(trial.reply, trial.raises) for trial in trials if trial.raises]
    types = [(reply.type, due) for reply, due in replies if isinstance(reply, Raised)]
    return len(types) == len(replies) and any(came not in (due, TOO_LONG) for came, due in types)


def _listed(exercise: Exercise, trial: Trial, value: Any) -> bool:
    right = trial.expected
    if not (isinstance(right, np.ndarray) and right.ndim and isinstance(value, (list, tuple))):
        return False
    if len(value) != len(right) or size_of(value) > _MOST_LISTED:
        return False
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return exercise.same(trial.arguments, trial.expected, array)


def _always_the_same(exercise: Exercise, came: Sequence[tuple[Trial, Any]]) -> bool:
    first = came[0]
    varied = [
        trial
        for trial, _ in came[1:]
        if not exercise.same(trial.arguments, trial.expected, first[0].expected)
    ]
    return len(varied) >= _LEAST and all(alike(first[1], value) for _, value in came[1:])


def _changed(trial: Trial) -> bool:
    """Whether an array came back otherwise than it went in."""
    reply = trial.reply
    assert isinstance(reply, Returned)
    return any(
        isinstance(after, np.ndarray)
        and isinstance(before, np.ndarray)
        and (after.shape != before.shape or after.tobytes() != before.tobytes())
        for before, after in zip(trial.arguments.values(), reply.inputs, strict=False)
    )
