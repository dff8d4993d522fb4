"""Las comprobaciones de un docente: las que su ``comprobaciones.py`` escribe, como datos."""

from __future__ import annotations

import os
import traceback
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np

from ..common.errors import CursoError
from ..judging.check import ASPECTS, Case, Findings, FunctionCheck, Rejected
from ..judging.comparison import SHAPE, VALUES, CloseArrays, Mismatch, describe, exact_integers
from ..judging.diagnosis.misconceptions import Misconception
from ..judging.diagnosis.space import Space
from ..judging.remote import Interrupted, Remote
from ..wire.protocol import ProtocolError
from .units import FILE

NAMES = "COMPROBACIONES"
ALONE = (
    f"; {FILE} viaja solo a quien califica: no puede leer ni importar lo que tiene al lado, solo "
    "paquetes instalados"
)
Cases = Callable[[np.random.Generator], Iterable[Case]]
Tolerance = float | Callable[..., float]


@dataclass(frozen=True)
class Like:
    """As an answer of a few kinds must be: exact where it is whole or text, or else close.

    ``tolerance`` is the share of the largest number of the right answer that may be missing, or, of
    a case's arguments, the largest difference.
    """

    tolerance: Tolerance = 1e-5

    def allowed(self, expected: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> float:
        if callable(self.tolerance):
            return float(self.tolerance(*args, **kwargs))
        largest = np.max(np.abs(np.asarray(expected, dtype=np.float64)), initial=0.0)
        return float(self.tolerance * max(1.0, largest))

    def __call__(
        self, expected: Any, got: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Mismatch | None:
        allowed = 0.0 if _is_exact(expected) else self.allowed(expected, args, kwargs)
        return compared(expected, got, allowed)


def compared(expected: Any, got: Any, allowed: float) -> Mismatch | None:
    """How what came differs from what was expected, if it does."""
    if expected is None or isinstance(expected, (bool, str)):
        kinds = (bool, np.bool_) if isinstance(expected, bool) else (type(expected),)
        if not isinstance(got, kinds):
            return Mismatch(SHAPE, f"esperaba {_word(expected)} y llegó {describe(got)}")
        same = bool(got == expected)
        words = f"esperaba {expected!r:.60} y llegó {got!r:.60}"
        return None if same else Mismatch(VALUES, words)
    if _is_exact(expected):
        return exact_integers(expected, got, (), {})
    return CloseArrays(lambda: allowed)(expected, got, (), {})


def _is_exact(expected: Any) -> bool:
    if expected is None or isinstance(expected, (bool, str, int, np.integer)):
        return True
    whole = (int, np.integer)
    return isinstance(expected, tuple) and all(isinstance(n, whole) for n in expected)


def _word(expected: Any) -> str:
    return (
        "None" if expected is None else "un texto" if isinstance(expected, str) else "un booleano"
    )


@dataclass(frozen=True)
class OwnCheck(FunctionCheck):
    """A check of an instructor's own; ``shown`` are the cases that students get to see.

    The others come only when it is graded.
    """

    shown: Cases = field(default=lambda rng: ())

    def examine(self, remote: Remote, rng: np.random.Generator, findings: Findings) -> None:
        """As any check; but what its ``comprobaciones.py`` raises is said with its line."""
        try:
            super().examine(remote, rng, findings)
        except (Rejected, Interrupted, ProtocolError):
            raise
        except (Exception, SystemExit) as error:
            unit, _, name = self.id.partition(".")
            raise problem(unit, error, f"al preguntar {name}") from error


def check(
    name: str,
    reference: Callable[..., Any],
    cases: Cases,
    *,
    hint: str,
    hidden: Cases | None = None,
    tolerance: Tolerance = 1e-5,
    points: Mapping[str, float] | None = None,
    mistakes: Iterable[Misconception] = (),
    space: Space | None = None,
) -> OwnCheck:
    """Una comprobación: una función comparada con la tuya, con entradas nuevas cada vez.

    Parameters
    ----------
    name : str
        Cómo se llama la función; en el cuaderno, ``comprobar("6_rejilla.NOMBRE", NOMBRE)``.
    reference : callable
        La respuesta correcta, con los mismos argumentos. No sale de tu máquina.
    cases : callable
        De un generador de NumPy a los :class:`Case` de una vez. Dos tandas se publican, con sus
        respuestas: con ellas comprueba el estudiante en casa.
    hint : str
        Una frase que ayuda sin resolver.
    hidden : callable, optional
        Más casos, que solo se preguntan al calificar.
    tolerance : float or callable, optional
        Cuánto puede faltar, en proporción al mayor número de la respuesta; o, de los argumentos de
        un caso, la mayor diferencia. Los enteros y los textos son exactos.
    points : mapping, optional
        Qué parte vale cada aspecto: «forma», «valores» y «casos límite». Suman 1.
    mistakes : iterable of Misconception, optional
        Respuestas erróneas con nombre: si la función da lo mismo que una, esa es la causa.
    space : ArgumentSpace, optional
        De dónde puede sacar el diagnóstico más entradas, pequeñas.

    Raises
    ------
    ValueError
        Si algo de esto no es lo que tiene que ser.
    """
    if not name.isidentifier():
        raise ValueError(f"«{name:.40}» no es el nombre de una función")
    for what, given in (("reference", reference), ("cases", cases), ("hidden", hidden)):
        if not callable(given) and not (what == "hidden" and given is None):
            raise ValueError(f"{what} de «{name}» no es una función")
    if not isinstance(hint, str) or not hint.strip():
        raise ValueError(f"«{name}» no tiene pista: su argumento «hint»")
    aspects = dict(ASPECTS if points is None else points)
    known = set(aspects) == set(ASPECTS) and all(share >= 0 for share in aspects.values())
    if not known or abs(sum(aspects.values()) - 1) > 1e-9:
        those = ", ".join(ASPECTS)
        raise ValueError(f"«points», de «{name}», tiene que decir cuánto valen {those}, y sumar 1")
    those_mistakes = tuple(mistakes)
    if any(not isinstance(one, Misconception) for one in those_mistakes):
        raise ValueError(f"«mistakes», de «{name}», tiene algo que no es un «Misconception»")

    def every(rng: np.random.Generator) -> Iterator[Case]:
        yield from cases(rng)
        yield from hidden(rng) if hidden else ()

    return OwnCheck(
        name, reference, every, Like(tolerance), hint, aspects, those_mistakes, space=space,
        shown=cases,
    )  # fmt: skip


@cache
def loaded(unit: str, text: str, own_implementation: bool) -> dict[str, OwnCheck]:
    """What a ``comprobaciones.py`` defines, by id. It is trusted: its instructor's own code.

    Raises
    ------
    CursoError
        If it cannot be run or defines no checks, with its line.
    """
    # Where it uses Keras, what TensorFlow says of the machine is not for whoever grades.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    module = types.ModuleType(f"comprobaciones_{unit}")
    try:
        exec(compile(text, _path(unit), "exec"), vars(module))
    except (Exception, SystemExit) as error:
        raise problem(unit, error) from error
    found = vars(module).get(NAMES)
    if not isinstance(found, (list, tuple)) or not all(isinstance(one, OwnCheck) for one in found):
        raise CursoError(f"{_path(unit)} no define {NAMES}, una lista de lo que devuelve «check»")
    ids = [f"{unit}.{one.id}" for one in found]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise CursoError(f"{_path(unit)} define dos veces {twice[0]}")
    if not ids:
        raise CursoError(f"en {_path(unit)}, {NAMES} está vacía")
    return {
        name: replace(one, id=name, own_implementation=own_implementation)
        for name, one in zip(ids, found, strict=True)
    }


@cache
def warm(unit: str, text: str, own_implementation: bool) -> None:
    """Ask each reference once: what it loads the first time is not in a student's time.

    Keras takes up to a minute on a busy machine, which is what a cell has.
    """
    for one in loaded(unit, text, own_implementation).values():
        with suppress(Exception, SystemExit):  # What it cannot answer is said when it is asked.
            for case in one.cases(np.random.default_rng(0)):
                if case.raises is None:
                    one.reference(*case.args, **case.kwargs)


def problem(unit: str, error: BaseException, doing: str = "") -> CursoError:
    """One line for what a ``comprobaciones.py`` raised, with its own line number."""
    path = _path(unit)
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == path else None
    frames = traceback.extract_tb(error.__traceback__)
    line = line or next((f.lineno for f in reversed(frames) if f.filename == path), None)
    said = error.msg if isinstance(error, SyntaxError) else error  # Its text repeats the line.
    words = " ".join(f"{type(error).__name__}: {said}".split())[:300]
    if isinstance(error, (FileNotFoundError, ModuleNotFoundError)) or "'__file__'" in words:
        words += ALONE
    where = path + (f", línea {line}" if line else "") + (f", {doing}" if doing else "")
    return CursoError(f"{where}: {words}")


def _path(unit: str) -> str:
    return f"source/{unit}/{FILE}"
