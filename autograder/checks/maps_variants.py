"""Unidad 3: las variantes de las dos capas que se piden, con otros filtros y otro kernel.

No two of a task have kernels of the same shape: what answers another's earns nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from ..common.check_ids import ANOTHERS, LETTER
from ..judging.check import Check
from ..judging.diagnosis.network_diagnoser import NetworkMistake
from ..judging.model_check import ModelCheck
from . import lessons
from .mapas import UNIT, LayerAsked, Others, basic_layer, strided_layer
from .variants import Task

BASIC = {
    "A": LayerAsked(8, 3),
    "B": LayerAsked(6, 5),
    "C": LayerAsked(12, 3),
    "D": LayerAsked(10, 5),
    "E": LayerAsked(16, 3),
    "F": LayerAsked(14, 5),
}
STRIDED = {
    "A": LayerAsked(32, 3),
    "B": LayerAsked(24, 5),
    "C": LayerAsked(48, 3),
    "D": LayerAsked(20, 5),
    "E": LayerAsked(40, 3),
    "F": LayerAsked(28, 5),
}


def _others(every: Mapping[str, LayerAsked], letter: str) -> Others:
    mine = every[letter]
    mistake = NetworkMistake(
        ANOTHERS,
        f"tu capa tiene los números de otra variante; la tuya, la {letter}, pide {mine.filters} "
        f"filtros de {mine.kernel}×{mine.kernel} (¿es tuyo el cuaderno que usaste?)",
        lambda spec: spec,
        False,
        "el enunciado de cada estudiante tiene sus números: vuelve al de tu cuaderno",
        lessons.MANY_MAPS,
    )
    return {asked.shape: mistake for name, asked in every.items() if name != letter}


def _task(
    function: str,
    every: Mapping[str, LayerAsked],
    build: Callable[[str, LayerAsked, Others], ModelCheck],
    texts: Mapping[str, tuple[tuple[str, str], ...]],
) -> Task:
    check_id = f"{UNIT}.{function}"

    def variant(letter: str) -> Check:
        built = build(f"{check_id}{LETTER}{letter}", every[letter], _others(every, letter))
        return cast("Check", built)

    numbers = {
        letter: {
            "f": asked.filters,
            "k": asked.kernel,
            "p": asked.kernel**2 * asked.filters + asked.filters,
        }
        for letter, asked in every.items()
    }
    return Task(check_id, numbers, texts, variant)


TASKS = (
    _task(
        "capa_basica",
        BASIC,
        basic_layer,
        {
            "capa-basica-enunciado": (
                ("Una capa básica · 3 puntos", "Una capa básica · 3 puntos · variante {letter}"),
                ("8 filtros de 3×3", "{f} filtros de {k}×{k}"),
                ("(N, 28, 28, 8)", "(N, 28, 28, {f})"),
                ("3·3·1·8 + 8 = **80**", "{k}·{k}·1·{f} + {f} = **{p}**"),
            ),
            "capa-basica-solucion": (("8 filtros de 3×3", "{f} filtros de {k}×{k}"),),
            "capa-basica-ejemplos": (
                ("(5, 28, 28, 8)", "(5, 28, 28, {f})"),
                ("count_params() == 80", "count_params() == {p}"),
                ("3·3·1·8 + 8 son 80", "{k}·{k}·1·{f} + {f} son {p}"),
            ),
        },
    ),
    _task(
        "capa_stride2",
        STRIDED,
        strided_layer,
        {
            "capa-stride2-enunciado": (
                ("a la mitad · 3 puntos", "a la mitad · 3 puntos · variante {letter}"),
                ("32 filtros de 3×3", "{f} filtros de {k}×{k}"),
                ("(N, 14, 14, 32)", "(N, 14, 14, {f})"),
            ),
            "capa-stride2-solucion": (("32 filtros de 3×3", "{f} filtros de {k}×{k}"),),
            "capa-stride2-ejemplos": (("(5, 14, 14, 32)", "(5, 14, 14, {f})"),),
        },
    ),
)
