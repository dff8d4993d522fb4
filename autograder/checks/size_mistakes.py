"""Errores típicos de tamano_salida: redondeos, el uno, la fórmula de los apuntes, rechazos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conv2d_lib.shapes import effective_size

from ..judging.diagnosis.changes import Arguments, Change, argument, instead
from . import lessons
from .named import Named
from .padding_words import SAME_KEEPS_SIZE, SAME_ROUNDED_DOWN, STRIDES_IGNORED, VALID_ROUNDED_UP
from .span_mistakes import EXCHANGED, EXCHANGED_WORDS, SPAN_MISTAKES, span_of
from .ways import WITH_DECIMALS, Entries, after, before, plus


def size_terms(given: Arguments) -> dict[str, float]:
    """What a wrong size may lack or have too much of."""
    return {
        "la primera posición de la ventana": 1,
        "el kernel": given["kernel_size"],
        "el kernel con sus huecos": span_of(given),
        "el kernel menos uno": given["kernel_size"] - 1,
        "el paso": given["strides"],
        "la dilatación": given["dilation_rate"],
    }


def _where(padding: str, size: Callable[[Arguments], Any]) -> Change:
    """Another formula with one of the paddings; the right one with the other."""
    return after(
        padding, lambda value, given: size(given) if given["padding"] == padding else value
    )


def _valid(size: Callable[[int, int, int], Any]) -> Change:
    """Another formula of n, what the kernel spans, and the strides, with ``valid``."""
    return _where("valid", lambda given: size(given["n"], span_of(given), given["strides"]))


def _same(size: Callable[[int, int, int], Any]) -> Change:
    """Another formula of n, the kernel and the strides with ``same``."""
    return _where("same", lambda given: size(given["n"], given["kernel_size"], given["strides"]))


def _by_the_notes(
    zeros: Callable[[int, int], int], span: Callable[[int, int], int] = effective_size
) -> Change:
    """(n - k + 2P) / s + 1, with the P of ``zeros`` where ``same`` is asked for."""

    def size(given: Arguments) -> int:
        kernel = given["kernel_size"], given["dilation_rate"]
        return int((given["n"] + 2 * zeros(*kernel) - span(*kernel)) // given["strides"] + 1)

    return _where("same", size)


def _room_made(given: Arguments) -> Arguments:
    if given["padding"] == "same":
        return given
    return given | {"n": given["n"] + given["strides"] * span_of(given)}


# A kernel that does not fit is not refused: its formula gives what it gives.
_NOT_REFUSED = Change(
    "cabe",
    _room_made,
    lambda value, given: value - (0 if given["padding"] == "same" else span_of(given)),
)


def _full_refused(given: Arguments) -> Arguments:
    if given["padding"] == "valid" and span_of(given) == given["n"]:
        raise ValueError("no cabe")
    return given


def _refused_with_same(given: Arguments) -> Arguments:
    if given["padding"] == "same" and span_of(given) > given["n"]:
        raise ValueError("no cabe")
    return given


def _unknown_as(padding: str) -> Change:
    return argument("padding", lambda asked: asked if asked in ("valid", "same") else padding)


SIZE_MISTAKES: Entries = (
    *VALID_ROUNDED_UP.by(
        _valid(lambda n, span, s: -(-(n - span) // s) + 1),
        _valid(lambda n, span, s: round((n - span) / s) + 1),
        _valid(lambda n, span, s: int((n - span) / s + 0.5) + 1),
    ),
    *SAME_ROUNDED_DOWN.by(
        _same(lambda n, k, s: n // s),
        _same(lambda n, k, s: round(n / s)),
        _same(lambda n, k, s: int(n / s + 0.5)),
    ),
    *Named(
        "same-con-uno-de-mas",
        'con "same" sobra una posición cuando el paso divide a n: es ⌈n / s⌉, no ⌊n / s⌋ + 1',
        "con n = 4 y paso 2, ¿cuántas ventanas hacen falta para mirar los cuatro píxeles?",
        lessons.TWO_FORMULAS,
    ).by(
        _same(lambda n, k, s: n // s + 1),
        _same(lambda n, k, s: n // s + (s > 1)),
        _same(lambda n, k, s: -(-n // s) + 1),
    ),
    *Named(
        "valid-sin-el-uno",
        'falta el + 1 de "valid"',
        "(n − k_ef) / s son los saltos: ¿cuántas posiciones hay con un solo salto?",
        lessons.TWO_FORMULAS,
    ).by(
        plus("valid", lambda given: -(given["padding"] == "valid")),
    ),
    *Named(
        "valid-con-uno-de-mas",
        'con "valid" sobra una posición: es ⌊(n − k_ef) / s⌋ + 1',
        "con n = 3 y kernel 3 cabe una sola ventana: ¿qué da tu fórmula?",
        lessons.TWO_FORMULAS,
    ).by(
        plus("valid", lambda given: given["padding"] == "valid"),
        _valid(lambda n, span, s: (n - span + 1) // s + 1),
    ),
    *Named(
        "valid-con-el-uno-dentro",
        'con "valid" sale como si el 1 fuera dentro; el 1 se suma después de dividir entre el '
        "paso: ⌊(n − k_ef) / s⌋ + 1",
        "cuenta las ventanas de n = 6, kernel 3 y paso 2, y compáralas con tu fórmula",
        lessons.TWO_FORMULAS,
    ).by(
        _valid(lambda n, span, s: (n - span + 1) // s),
        _valid(lambda n, span, s: n // s - span + 1),
    ),
    *SAME_KEEPS_SIZE.by(
        _same(lambda n, k, s: n),
    ),
    *Named(
        "same-calculado-como-valid",
        'con "same" restas el kernel como con "valid"; los ceros lo compensan: ⌈n / s⌉',
        'con "same" y paso 1, la salida mide lo mismo que la entrada: pruébalo en tu fórmula',
        lessons.TWO_FORMULAS,
    ).by(
        _where("same", lambda given: (given["n"] - span_of(given)) // given["strides"] + 1),
        _same(lambda n, k, s: (n - k) // s + 1),
        _same(lambda n, k, s: -(-(n - k + 1) // s)),
    ),
    *Named(
        "valid-calculado-como-same",
        'con "valid" no hay ceros: hay que restar lo que abarca el kernel',
        "la última ventana empieza n − k_ef píxeles después de la primera",
        lessons.TWO_FORMULAS,
    ).by(
        _valid(lambda n, span, s: -(-n // s)),
        _valid(lambda n, span, s: n // s),
        _valid(lambda n, span, s: n),
    ),
    *Named(
        "padding-cambiado",
        'las fórmulas de "valid" y "same" están intercambiadas',
        "¿con cuál de los dos mide la salida lo mismo que la entrada cuando el paso es 1?",
        lessons.TWO_FORMULAS,
    ).by(
        argument("padding", lambda asked: {"valid": "same", "same": "valid"}.get(asked, asked)),
    ),
    *Named(
        "same-con-p-entero",
        'con "same" no hay un P entero que valga siempre en (n − k + 2P) / s + 1: con un kernel '
        "par, los dos lados no llevan los mismos ceros; la salida mide ⌈n / s⌉",
        "prueba tu fórmula con un kernel de 4 y paso 1: ¿la salida mide lo mismo que la entrada?",
        lessons.TWO_FORMULAS,
    ).by(
        _by_the_notes(lambda k, d: (effective_size(k, d) - 1) // 2),
        _by_the_notes(lambda k, d: effective_size(k, d) // 2),
        _by_the_notes(lambda k, d: (k - 1) // 2, lambda k, d: k),
        _by_the_notes(lambda k, d: k // 2, lambda k, d: k),
        _by_the_notes(lambda k, d: (k - 1) // 2),
        _by_the_notes(lambda k, d: k // 2),
        _by_the_notes(lambda k, d: 1, lambda k, d: k),
        _by_the_notes(lambda k, d: 1),
    ),
    *SPAN_MISTAKES,
    *STRIDES_IGNORED.by(instead("strides", 1)),
    *EXCHANGED,
    *EXCHANGED_WORDS.by(
        _valid(lambda n, span, s: (n - s) // span + 1),
        _where("valid", lambda given: (given["n"] - given["strides"]) // given["kernel_size"] + 1),
    ),
    *EXCHANGED_WORDS.by(_valid(lambda n, span, s: (n - s) // span + 1)),
    *Named(
        "paso-restado",
        "el paso divide lo que queda después de quitar el kernel; no se resta ni multiplica",
        "¿cuántas veces cabe el paso entre la primera ventana y la última?",
        lessons.STRIDES,
    ).by(
        _valid(lambda n, span, s: n - span - s + 2),
        _valid(lambda n, span, s: (n - span) * s + 1),
        _valid(lambda n, span, s: (n - s * (span - 1) - 1) // s + 1),
    ),
    *Named(
        "tamano-sin-dividir-entero",
        "queda un número con decimales, como al dividir con /; el tamaño es un entero: con // se "
        "redondea hacia abajo",
        "¿qué hace la última ventana cuando no cabe entera?",
        lessons.TWO_FORMULAS,
    ).by(
        _valid(lambda n, span, s: (n - span) / s + 1),
        _same(lambda n, k, s: n / s),
        after(
            "salida",
            lambda value, given: given["n"] / given["strides"]
            if given["padding"] == "same"
            else (given["n"] - span_of(given)) / given["strides"] + 1,
        ),
    ),
    *Named(
        "kernel-que-no-cabe-aceptado",
        'un kernel que no cabe con "valid" no se rechaza; ahí va un ValueError',
        "compara lo que abarca el kernel, con sus huecos, con lo que mide la entrada",
        lessons.VALID,
    ).by(
        _NOT_REFUSED,
        _NOT_REFUSED.then(Change("cabe", after=lambda value, given: max(value, 0))),
        _NOT_REFUSED.then(Change("cabe", after=lambda value, given: max(value, 1))),
        _NOT_REFUSED.then(Change("cabe", after=lambda value, given: value if value > 0 else None)),
        _NOT_REFUSED.then(Change("cabe", after=lambda value, given: value if value > 0 else -1)),
        _NOT_REFUSED.then(Change("cabe", after=lambda value, given: abs(value))),
    ),
    *Named(
        "kernel-justo-rechazado",
        "un kernel que abarca justo la entrada sí cabe: la salida mide 1",
        "¿cuántas ventanas caben cuando el kernel mide lo mismo que la imagen?",
        lessons.VALID,
    ).by(
        before("cabe", _full_refused),
    ),
    *Named(
        "same-rechaza-el-kernel-grande",
        'con "same" cualquier kernel cabe, porque los ceros hacen sitio; no se rechaza',
        "la condición de que el kernel quepa, ¿con qué relleno hace falta?",
        lessons.SAME,
    ).by(
        before("cabe", _refused_with_same),
    ),
    *Named(
        "padding-desconocido-aceptado",
        'un padding que no es "valid" ni "same" no se rechaza; ahí va un ValueError',
        "decide primero qué pasa con un padding que no conoces",
        lessons.TWO_FORMULAS,
    ).by(
        _unknown_as("valid"),
        _unknown_as("same"),
    ),
    *WITH_DECIMALS,
)
