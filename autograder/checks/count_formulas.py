"""Las fórmulas de contar parámetros con cada término en otro sitio, repetido o con otro signo."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from conv2d_lib.shapes import as_pair

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .ways import Entries, after

Formula = Callable[[Any], Any]
_EACH = "cuenta con lápiz una capa muy pequeña, número a número, y compárala con tu fórmula"


def _named(id: str, cause: str, hint: str = _EACH) -> Named:
    return Named(id, cause, hint, lessons.PARAMETERS)


SUMMED = _named(
    "suma-por-producto-al-contar",
    "sumas dos cantidades que se multiplican: cada filtro tiene alto × ancho × canales pesos",
)
PARENTHESIS = _named(
    "parentesis-mal-puestos-al-contar",
    "el sesgo no cuenta una vez por filtro o unidad, como con un + 1 o un paréntesis en otro sitio",
)
TIMES_BIAS = _named(
    "sesgos-multiplicados",
    "multiplicas los pesos por los sesgos, y los sesgos se suman",
)
BIAS_TWICE = _named("sesgos-contados-dos-veces", "los sesgos se cuentan dos veces")
ONE_OF_THEM_TWICE = _named(
    "un-numero-en-lugar-de-otro",
    "sale la cuenta con un número en el lugar de otro: uno cuenta dos veces, y el que falta no "
    "cuenta",
    "¿está en tu fórmula cada argumento, y una sola vez?",
)
POWER = _named(
    "numero-contado-dos-veces",
    "una cantidad entra de más en el producto: al cuadrado, o multiplicando otra vez al final",
    "¿está en tu fórmula cada argumento, y una sola vez?",
)
DIVIDED = _named(
    "division-por-producto-al-contar",
    "divides donde hay que multiplicar",
)
SHORT = _named(
    "uno-de-menos-al-contar",
    "a una cantidad le sumas o le quitas 1: los filtros, los canales y los lados cuentan enteros",
)


def _instead(formula: Formula, symbols: Callable[[Arguments], SimpleNamespace]) -> Change:
    return after("formula", lambda value, given: formula(symbols(given)))


def of_conv(given: Arguments) -> SimpleNamespace:
    height, width = as_pair(given["kernel_size"], "")
    c, g, f = given["canales_entrada"], given["groups"], given["filters"]
    use, pair = int(given["use_bias"]), not isinstance(given["kernel_size"], int)
    return SimpleNamespace(h=height, w=width, pair=pair, c=c, g=g, d=c // g, f=f, b=use, B=use * f)


def _conv(named: Named, *formulas: Formula) -> Entries:
    return named.rarely(*(_instead(formula, of_conv) for formula in formulas))


CONV2D_FORMULAS: Entries = (
    *_conv(
        SUMMED,
        lambda a: a.h * a.w * a.d + a.f + a.B,
        lambda a: (a.h * a.w + a.d) * a.f + a.B,
        lambda a: a.h * a.w + a.d * a.f + a.B,
        lambda a: (a.h * a.w * a.d + a.f) * 1,
        lambda a: (a.h + a.w + a.d) * a.f + a.B,
        lambda a: a.h * a.w * (a.d + a.f) + a.B,
        lambda a: a.h + a.w + a.d + a.f + a.B,
        lambda a: (a.h * a.w + a.d + a.b) * a.f,
    ),
    *_conv(
        PARENTHESIS,
        lambda a: a.h * a.w * (a.d + a.b) * a.f,
        lambda a: a.h * a.w * a.d * (a.f + a.b),
        lambda a: (a.h * a.w + a.b) * a.d * a.f,
        lambda a: (a.h + a.b) * a.w * a.d * a.f,
        lambda a: (a.h * a.w * a.d + a.b) * (a.f + a.b),
        lambda a: a.h * a.w * (a.d * a.f + a.B),
        lambda a: a.h * (a.w * a.d * a.f + a.B),
    ),
    *_conv(TIMES_BIAS, lambda a: a.h * a.w * a.d * a.f * (a.f if a.b else 1)),
    *_conv(
        BIAS_TWICE,
        lambda a: a.h * a.w * a.d * a.f + 2 * a.B,
        lambda a: (a.h * a.w * a.d + 2 * a.b) * a.f,
        lambda a: a.h * a.w * a.d * a.f + a.B + a.b,
    ),
    *_conv(
        ONE_OF_THEM_TWICE,
        lambda a: a.h * a.w * a.d * a.c + a.B,
        lambda a: a.h * a.w * a.f * a.f + a.B,
        lambda a: a.h * a.w * (a.f // a.g) * a.f + a.B,
        lambda a: a.h * a.w * (a.f // a.g) * a.c + a.b * a.c,
        lambda a: a.h * a.w * a.c * a.c + a.b * a.c,
    ),
    *_conv(
        POWER,
        lambda a: a.h * a.w * a.d * a.f * a.f + a.B,
        lambda a: a.h * a.w * a.c * a.d * a.f + a.B,
        lambda a: (a.h * a.w) ** 2 * a.d * a.f + a.B,
        lambda a: (a.h * a.w * a.d + a.b) * a.f * a.d,
        lambda a: (a.h * a.w * a.d + a.b) * a.f * a.f,
        lambda a: 2 * (a.h * a.w * a.d * a.f + a.B),
        lambda a: 2 * a.h * a.w * a.d * a.f + a.B,
        lambda a: (a.h * a.w * a.d * a.f + a.B) * a.g,
    ),
    *_conv(
        DIVIDED,
        lambda a: a.h * a.w * a.d // a.f + a.B,
        lambda a: a.h * a.w // a.d * a.f + a.B,
        lambda a: a.h // a.w * a.d * a.f + a.B,
        lambda a: (a.h * a.w * a.d * a.f + a.B) // a.g,
        lambda a: a.h * a.w * (a.g // a.c) * a.f + a.B,
        lambda a: a.h * a.w * (a.c % a.g) * a.f + a.B,
    ),
    *_conv(
        SHORT,
        lambda a: a.h * a.w * a.d * (a.f - 1) + a.B,
        lambda a: a.h * a.w * a.d * (a.f + 1) + a.B,
        lambda a: a.h * a.w * (a.d - 1) * a.f + a.B,
        lambda a: a.h * a.w * (a.d + 1) * a.f + a.B,
        lambda a: (a.h - 1) * (a.w - 1) * a.d * a.f + a.B,
        lambda a: (a.h + 1) * (a.w + 1) * a.d * a.f + a.B,
        lambda a: a.h * a.w * a.d * a.f + a.B + 1,
        lambda a: a.h * a.w * a.d * a.f + a.B - 1,
    ),
)


def _of_dense(given: Arguments) -> SimpleNamespace:
    units, use = given["unidades"], int(given["use_bias"])
    return SimpleNamespace(e=given["entradas"], u=units, b=use, B=use * units)


def _dense(named: Named, *formulas: Formula) -> Entries:
    return named.rarely(*(_instead(formula, _of_dense) for formula in formulas))


DENSE_FORMULAS: Entries = (
    *_dense(
        PARENTHESIS,
        lambda a: (a.e + a.b) * (a.u + a.b),
        lambda a: a.e * (a.u + a.b),
        lambda a: (a.e + a.b) * a.u + a.b,
        lambda a: a.e * (a.u + a.B),
        lambda a: (a.e + a.B) * a.u,
    ),
    *_dense(TIMES_BIAS, lambda a: a.e * a.u * (a.u if a.b else 1)),
    *_dense(
        BIAS_TWICE,
        lambda a: a.e * a.u + 2 * a.B,
        lambda a: (a.e + a.b) * a.u + a.B,
        lambda a: a.e * a.u + a.B + a.b * a.e,
    ),
    *_dense(
        ONE_OF_THEM_TWICE,
        lambda a: a.u * a.u + a.B,
        lambda a: a.e * a.e + a.B,
        lambda a: a.e * a.e + a.b * a.e,
    ),
    *_dense(
        POWER,
        lambda a: a.e * a.u * a.u + a.B,
        lambda a: a.e * a.e * a.u + a.B,
        lambda a: 2 * a.e * a.u + a.B,
        lambda a: 2 * (a.e * a.u + a.B),
        lambda a: a.e * a.u * 784 + a.B,
    ),
    *_dense(DIVIDED, lambda a: a.e // a.u + a.B, lambda a: a.u // a.e + a.B),
    *_dense(
        SHORT,
        lambda a: (a.e - 1) * a.u + a.B,
        lambda a: (a.e + 1) * a.u + a.B if not a.b else -1,
        lambda a: a.e * (a.u - 1) + a.B,
        lambda a: a.e * a.u + a.B + 1,
        lambda a: a.e * a.u + a.B - 1,
    ),
)
