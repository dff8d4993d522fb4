"""Unidad 5: las variantes del MLP pequeño de la tarea, con otros anchos; la CNN es la de todos.

All have fewer than half of the CNN's parameters, and train to the same accuracy. Whoever trained
another's brings the weights of another network: neither the exercise nor the acceptance is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from ..common.check_ids import ANOTHERS, LETTER
from ..common.numbers_es import thousands
from ..judging.check import Check
from ..judging.diagnosis.network_diagnoser import NetworkMistake
from ..judging.model_check import ModelCheck
from . import lessons
from .acceptance import NETWORKS, Networks
from .acceptance_check import AcceptanceCheck
from .homework_networks import CLASSES, PIXELS, Others, Widths, mlp_of
from .tarea import CHECKS, UNIT
from .variants import Task

BUILT, ACCEPTED = f"{UNIT}.construir_mlp", f"{UNIT}.redes_entrenadas"
WIDTHS: Mapping[str, Widths] = {
    "A": (128, 64),
    "B": (120, 96),
    "C": (132, 48),
    "D": (112, 128),
    "E": (124, 80),
    "F": (116, 112),
}


def _others(letter: str) -> Others:
    first, second = WIDTHS[letter]
    mistake = NetworkMistake(
        ANOTHERS,
        f"tu MLP tiene los números de otra variante; la tuya, la {letter}, pide capas ocultas de "
        f"{first} y {second} unidades (¿es tuyo el cuaderno que usaste?)",
        lambda spec: spec,
        False,
        "el enunciado de cada estudiante tiene sus números: vuelve al de tu cuaderno",
        lessons.THREE_NETWORKS,
    )
    return {widths: mistake for name, widths in WIDTHS.items() if name != letter}


def networks_of(letter: str) -> Networks:
    """What the acceptance asks of whoever has this variant; ``KeyError`` where it is none."""
    title, _ = NETWORKS["mlp"]
    asked = partial(mlp_of, widths=WIDTHS[letter], others=_others(letter))
    return {**NETWORKS, "mlp": (title, asked)}


def _built(letter: str) -> Check:
    (plain,) = (check for check in CHECKS if check.id == BUILT)
    assert isinstance(plain, ModelCheck)
    others = _others(letter)
    return cast(
        "Check",
        replace(
            plain,
            id=f"{BUILT}{LETTER}{letter}",
            recognise=partial(mlp_of, widths=WIDTHS[letter], others=others),
            shapes=(*plain.shapes, *dict.fromkeys(others.values())),
        ),
    )


def _accepted(letter: str) -> Check:
    (plain,) = (check for check in CHECKS if check.id == ACCEPTED)
    assert isinstance(plain, AcceptanceCheck)
    check = replace(plain, id=f"{ACCEPTED}{LETTER}{letter}", networks=networks_of(letter))
    return cast("Check", check)


def _numbers(letter: str) -> dict[str, object]:
    """All that the notebook says of it: each layer's parameters, and the whole."""
    first, second = WIDTHS[letter]
    layers = [
        f"{inputs}·{units} + {units} = {thousands(inputs * units + units)}"
        for inputs, units in ((PIXELS, first), (first, second), (second, CLASSES))
    ]
    total = (PIXELS + 1) * first + (first + 1) * second + (second + 1) * CLASSES
    alike = "" if letter == "A" else "como "
    return {
        "first": first,
        "second": second,
        "sum": "; ".join(layers),
        "total": thousands(total),
        "code": f"{total:_}",
        "plain": thousands(total).replace("\N{NO-BREAK SPACE}", " "),
        "title": "El MLP" if letter == "A" else "Un MLP como el",
        "which": f"{alike}el de los apuntes",
        "Which": "MLP" if letter == "A" else "MLP como el",
    }


_A = _numbers("A")
NUMBERS = {letter: _numbers(letter) for letter in WIDTHS}
TASKS = (
    Task(
        BUILT,
        NUMBERS,
        {
            "inicio": (
                (f"es {_A['which']}, con {_A['total']} parámetros",
                 "es {which}, con {total} parámetros"),
            ),
            "construir-mlp-enunciado": (
                ("El MLP de los apuntes · 2 puntos",
                 "{title} de los apuntes · 2 puntos · variante {letter}"),
                ("Dense(128) → Dense(64)", "Dense({first}) → Dense({second})"),
                (f"{_A['sum']}. En total, **{_A['total']}**", "{sum}. En total, **{total}**"),
            ),
            "construir-mlp-solucion": (('"""MLP de los apuntes', '"""{Which} de los apuntes'),),
            "construir-mlp-ejemplos": (
                ("total == 109_386", "total == {code}"),
                ("esperaba 109 386 parámetros", "esperaba {plain} parámetros"),
            ),
        },
        _built,
    ),
    Task(
        ACCEPTED,
        NUMBERS,
        {
            "redes-entrenadas-enunciado": (
                ("La aceptación · 3 puntos", "La aceptación · 3 puntos · variante {letter}"),
            ),
        },
        _accepted,
        like=BUILT,
    ),
)  # fmt: skip
