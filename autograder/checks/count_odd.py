"""Cuentas de parámetros de otra capa, de otro par de lados o sin la rama que no lleva sesgo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .count_formulas import of_conv
from .named import Named
from .ways import Entries, after

Formula = Callable[[Any], Any]


def _named(id: str, cause: str, hint: str, section: str = lessons.PARAMETERS) -> Named:
    return Named(id, cause, hint, section)


WITHOUT_BIAS = _named(
    "sin-sesgo-sale-otra-cosa",
    "con use_bias=True la cuenta es buena; con use_bias=False no salen solo los pesos, sino 0 u "
    "otra cantidad",
    "pide una capa sin sesgo: ¿cuántos pesos tiene?",
)
SEPARABLE = _named(
    "cuenta-de-una-capa-separable",
    "sale la cuenta de una capa separable: un filtro por canal y, detrás, una capa de 1×1; en una "
    "Conv2D cada filtro tiene alto × ancho pesos en cada canal que ve",
    "¿cuántos pesos tiene un solo filtro? ¿Y todos los filtros?",
)
ONLY_DEPTHWISE = _named(
    "grupos-solo-algunas-veces",
    "groups solo cuenta en algunos casos, como cuando hay tantos como canales; cada filtro ve "
    "siempre canales / groups",
    "prueba con 4 canales y 2 grupos: ¿cuántos canales ve cada filtro?",
    lessons.GROUPS,
)
OTHER_SIDES = _named(
    "lados-del-par-en-otra-cuenta",
    "con un par de lados distintos sale otra cuenta, como la suma de sus cuadrados o el cuadrado "
    "del mayor; las casillas de la ventana son alto × ancho",
    "dibuja una ventana de 2×3: ¿cuántas casillas tiene?",
)
SUMMED_SIDES = _named(
    "lados-del-par-sumados",
    "con un par (alto, ancho) sumas los dos lados; las casillas de la ventana son alto × ancho",
    "dibuja una ventana de 2×3: ¿cuántas casillas tiene?",
)
BIAS_BY_GROUPS = _named(
    "sesgos-segun-los-grupos",
    "los sesgos no dependen de groups: va uno por filtro, sean los grupos que sean",
    "los grupos reparten los canales que ve cada filtro; los filtros siguen siendo los mismos",
    lessons.GROUPS,
)


def _conv(named: Named, *formulas: Formula) -> Entries:
    return named.rarely(*(_instead(formula) for formula in formulas))


def _instead(formula: Formula) -> Change:
    return after("formula", lambda value, given: formula(of_conv(given)))


def _without(count: Callable[[Arguments], Any]) -> Change:
    return after("use_bias", lambda value, given: value if given["use_bias"] else count(given))


CONV2D_ODD: Entries = (
    *WITHOUT_BIAS.by(_without(lambda given: 0)),
    *WITHOUT_BIAS.rarely(
        _without(lambda given: 1),
        _without(lambda given: given["filters"]),
        _without(lambda given: -given["filters"]),
        after("use_bias", lambda v, given: v if given["use_bias"] else v - given["filters"]),
        after("use_bias", lambda v, given: v if given["use_bias"] else v + 1),
    ),
    *_conv(
        SEPARABLE,
        lambda a: a.h * a.w * a.d + a.d * a.f + a.B,
        lambda a: a.h * a.w * a.c + a.c * a.f + a.B,
        lambda a: a.h * a.w * a.d + a.c * a.f + a.B,
        lambda a: a.h * a.w * a.c + a.c * a.b + a.c * a.f + a.B,
        lambda a: a.h * a.w * a.c + a.c * a.f // a.g + a.B,
        lambda a: (a.h * a.w * a.c + a.c * a.f + a.B) if a.g > 1 else a.h * a.w * a.c * a.f + a.B,
    ),
    *_conv(
        ONLY_DEPTHWISE,
        lambda a: a.h * a.w * (1 if a.g == a.c else a.c) * a.f + a.B,
        lambda a: a.h * a.w * a.c * (1 if a.g == a.c else a.f) + a.B,
        lambda a: a.h * a.w * a.c * (1 if a.g > 1 else a.f) + a.B,
        lambda a: a.h * a.w * (1 if a.g > 1 else a.c) * a.f + a.B,
        lambda a: a.h * a.w * (a.c // 2 if a.g > 1 else a.c) * a.f + a.B,
        lambda a: a.h * a.w * a.c * (1 if a.g > 1 else a.f) + a.b * (a.c if a.g > 1 else a.f),
        lambda a: a.h * a.w * (a.c if a.g == a.c else a.c * a.f)
        + a.b * (a.c if a.g == a.c else a.f),
    ),
    *_conv(
        SUMMED_SIDES,
        lambda a: (a.h + a.w if a.pair else a.h * a.w) * a.d * a.f + a.B,
    ),
    *_conv(
        OTHER_SIDES,
        lambda a: (a.h * a.w if a.h == a.w else a.h**2 + a.w**2) * a.d * a.f + a.B,
        lambda a: max(a.h, a.w) ** 2 * a.d * a.f + a.B,
        lambda a: min(a.h, a.w) ** 2 * a.d * a.f + a.B,
        lambda a: (a.h * a.w) ** (1 if a.h == a.w else 2) * a.d * a.f + a.B,
        lambda a: (a.h * a.w if a.h == a.w else a.h) * a.d * a.f + a.B,
        lambda a: (a.h * a.w if a.h == a.w else a.w) * a.d * a.f + a.B,
        lambda a: ((a.h + a.w) // 2) ** 2 * a.d * a.f + a.B,
    ),
    *_conv(
        BIAS_BY_GROUPS,
        lambda a: a.h * a.w * a.d * a.f + (a.B if a.g == 1 else 0),
        lambda a: a.h * a.w * a.d * a.f + (a.B if a.g == 1 else a.b * a.g),
        lambda a: a.h * a.w * a.d * a.f + a.b * a.d,
    ),
)
DENSE_ODD: Entries = (
    *WITHOUT_BIAS.by(_without(lambda given: 0)),
    *WITHOUT_BIAS.rarely(
        _without(lambda given: 1),
        _without(lambda given: given["unidades"]),
        _without(lambda given: given["entradas"]),
        _without(lambda given: given["entradas"] * given["unidades"] - given["unidades"]),
        _without(lambda given: given["entradas"] * given["unidades"] + 1),
    ),
)
