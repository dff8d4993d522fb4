"""Errores típicos de relleno_same: cuántos ceros hacen falta, y a qué lado va cada uno."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conv2d_lib.shapes import same_padding

from ..judging.diagnosis.changes import Arguments, Change, instead
from . import lessons
from .mistakes.padding_rules import DOUBLED
from .named import Named
from .padding_words import ODD_FIRST, SYMMETRIC, WITHOUT_STRIDES
from .span_mistakes import EXCHANGED, SPAN_MISTAKES, span_of
from .ways import WITH_DECIMALS, Entries, after


def amount_terms(given: Arguments) -> dict[str, float]:
    """What a wrong amount of zeros may lack or have too much of."""
    return {
        "el cero que sobra": 1,
        "el total de ceros": sum(same_padding(**given)),
        "el kernel con sus huecos": span_of(given),
        "el kernel menos uno": given["kernel_size"] - 1,
        "el paso": given["strides"],
        "la dilatación": given["dilation_rate"],
    }


def _totalling(total: Callable[[int, int, int], int]) -> Change:
    """Another total of n, what the kernel spans, and the strides; split as it should be."""

    def change(_: Any, given: Arguments) -> tuple[int, int]:
        zeros = total(given["n"], span_of(given), given["strides"])
        return zeros // 2, zeros - zeros // 2

    return after("total", change)


def _split(share: Callable[[int], Any]) -> Change:
    """The right total, shared out otherwise."""
    return Change("reparto", after=lambda value, given: share(sum(value)))


def _needed(n: int, span: int, strides: int) -> int:
    """The zeros that are missing, or left over where that is negative."""
    return (-(-n // strides) - 1) * strides + span - n


def _dilated_afterwards(_: Any, given: Arguments) -> tuple[int, int]:
    plain = max(_needed(given["n"], given["kernel_size"], given["strides"]), 0)
    zeros = plain * given["dilation_rate"]
    return zeros // 2, zeros - zeros // 2


def _halves_dilated_afterwards(_: Any, given: Arguments) -> tuple[int, int]:
    plain = max(_needed(given["n"], given["kernel_size"], given["strides"]), 0)
    before = plain // 2
    return before * given["dilation_rate"], (plain - before) * given["dilation_rate"]


AMOUNT_MISTAKES: Entries = (
    *ODD_FIRST.by(Change("reparto", after=lambda value, given: value[::-1])),
    *WITHOUT_STRIDES.by(instead("strides", 1)),
    *SYMMETRIC.by(
        after("reparto", lambda value, given: (given["kernel_size"] // 2,) * 2),
        after("reparto", lambda value, given: ((given["kernel_size"] - 1) // 2,) * 2),
        after("reparto", lambda value, given: (span_of(given) // 2,) * 2),
        after("reparto", lambda value, given: ((span_of(given) - 1) // 2,) * 2),
        _split(lambda total: (total // 2, total // 2)),
        _split(lambda total: (-(-total // 2), -(-total // 2))),
    ),
    *Named(
        "relleno-redondeado-al-par",
        "con un total impar, el cero que sobra va unas veces antes y otras después, como con "
        "round, que redondea al par; va siempre después",
        "con 3 ceros, ¿cuántos van antes? ¿Y con 5?",
        lessons.SAME,
    ).by(
        _split(lambda total: (round(total / 2), total - round(total / 2))),
        _split(lambda total: (total - round(total / 2), round(total / 2))),
    ),
    *Named(
        "relleno-por-la-dilatacion",
        "sale el total de ceros del kernel sin dilatar, multiplicado por la dilatación; el total "
        "se calcula con lo que abarca el kernel dilatado",
        "con paso 2 y dilatación 2, ¿cuántos píxeles abarca el kernel? Cuenta los ceros a mano",
        lessons.SAME,
    ).by(
        after("total", _dilated_afterwards),
        after("total", _halves_dilated_afterwards),
    ),
    *Named(
        "relleno-de-un-solo-lado",
        "todos los ceros van al mismo lado; se reparten entre los dos",
        "con un kernel de 3 y paso 1 hace falta un cero a cada lado",
        lessons.SAME,
    ).by(
        _split(lambda total: (0, total)),
        _split(lambda total: (total, 0)),
    ),
    *DOUBLED.by(
        _split(lambda total: (total, total)),
    ),
    *Named(
        "relleno-sin-repartir",
        "devuelves el total de ceros; se piden dos números, los de antes y los de después",
        "reparte el total: ¿cuántos van antes, y cuántos después?",
        lessons.SAME,
    ).by(
        _split(lambda total: total),
        _split(lambda total: total // 2),
    ),
    *Named(
        "relleno-negativo",
        "el total sale negativo; como poco es 0",
        "con un paso mayor que el kernel, ¿hacen falta ceros?",
        lessons.STRIDES,
    ).by(
        _totalling(_needed),
    ),
    *Named(
        "relleno-sin-el-signo-menos",
        "donde la cuenta del total sale negativa le quitas el signo; ahí no hace falta ningún cero",
        "con un paso mayor que el kernel, ¿hacen falta ceros?",
        lessons.STRIDES,
    ).by(_totalling(lambda n, span, s: abs(_needed(n, span, s)))),
    *Named(
        "relleno-con-la-salida-redondeada-abajo",
        "el relleno es el de una salida redondeada hacia abajo; mide ⌈n / s⌉",
        "con n = 5 y paso 2 la salida mide 3: ¿hasta qué píxel llega la última ventana?",
        lessons.STRIDES,
    ).by(
        _totalling(lambda n, span, s: max((n // s - 1) * s + span - n, 0)),
        _totalling(lambda n, span, s: (n // s - 1) * s + span - n),
    ),
    *Named(
        "relleno-con-la-salida-al-mas-cercano",
        "el relleno es el de una salida redondeada al entero más cercano; mide ⌈n / s⌉",
        "con n = 7 y paso 3 la salida mide 3: ¿hasta qué píxel llega la última ventana?",
        lessons.STRIDES,
    ).by(
        _totalling(lambda n, span, s: max((round(n / s) - 1) * s + span - n, 0)),
        _totalling(lambda n, span, s: max((int(n / s + 0.5) - 1) * s + span - n, 0)),
    ),
    *Named(
        "relleno-sin-el-resto",
        "supones que el paso divide a n: el total depende también del resto de n / s",
        "con n = 5 y paso 2, ¿hasta qué píxel llega la última ventana?",
        lessons.STRIDES,
    ).by(
        _totalling(lambda n, span, s: max(span - s, 0)),
        _totalling(lambda n, span, s: span - s),
    ),
    *Named(
        "relleno-con-el-resto-cero",
        "restas al kernel el resto de n / s también cuando es 0; si el paso divide a n, lo que se "
        "le resta es el paso",
        "con n = 6, kernel 3 y paso 2, ¿hasta qué píxel llega la última ventana?",
        lessons.STRIDES,
    ).by(
        _totalling(lambda n, span, s: max(span - n % s, 0) if s > 1 else span - 1),
        _totalling(lambda n, span, s: max(span - n % s, 0)),
    ),
    *Named(
        "relleno-sin-el-menos-uno",
        "sobra un paso: la última ventana empieza en (salida − 1) · s, no en salida · s",
        "con salida 1, ¿en qué píxel empieza la última ventana?",
        lessons.STRIDES,
    ).by(
        _totalling(lambda n, span, s: max(-(-n // s) * s + span - n, 0)),
        _totalling(lambda n, span, s: max(-(-n // s) * s + span - n - 1, 0)),
    ),
    *Named(
        "relleno-del-kernel-entero",
        "el total cuenta el kernel entero; con paso 1 faltan k − 1 ceros, no k",
        "con un kernel de 1 y paso 1, ¿hace falta algún cero?",
        lessons.SAME,
    ).by(
        _totalling(lambda n, span, s: span),
        _totalling(lambda n, span, s: max(_needed(n, span, s) + 1, 0)),
    ),
    *Named(
        "relleno-corto",
        "falta un cero en el total: la última ventana se sale de lo rellenado",
        "con un kernel de 3 y paso 1 hace falta un cero a cada lado",
        lessons.SAME,
    ).by(
        _totalling(lambda n, span, s: max(_needed(n, span, s) - 1, 0)),
        _totalling(lambda n, span, s: max(span - 2, 0)),
    ),
    *Named(
        "relleno-nulo-con-pasos-grandes",
        "con un paso mayor que el kernel a veces también hacen falta ceros: depende de n",
        "con n = 9, kernel 2 y paso 4, ¿dónde empieza la última ventana?",
        lessons.STRIDES,
    ).by(
        _totalling(lambda n, span, s: 0 if s >= span else max(_needed(n, span, s), 0)),
        _totalling(lambda n, span, s: 0 if s > span else max(_needed(n, span, s), 0)),
    ),
    *SPAN_MISTAKES,
    *EXCHANGED,
    *Named(
        "relleno-partido-con-decimales",
        "quedan decimales al partir el total, como con /; los ceros se cuentan enteros",
        "si el total es impar, un lado lleva uno más: ¿cuál?",
        lessons.ODD_ZERO,
    ).by(
        _split(lambda total: (total / 2, total / 2)),
        _split(lambda total: (total / 2, total - total / 2)),
    ),
    *WITH_DECIMALS,
)
