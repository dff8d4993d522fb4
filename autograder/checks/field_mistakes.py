"""Errores típicos al contar el campo receptivo: pasos, kernels y capas que faltan."""

from __future__ import annotations

import math
from collections.abc import Callable

from ..judging.diagnosis.changes import Arguments, Change, answer, argument, computed
from . import lessons
from .named import Named
from .ways import WITH_DECIMALS, Entries, after, before

Pile = list[tuple[int, int]]
Step = Callable[[int, int, int, int], tuple[int, int]]
HINT_JUMP = "dibuja tres capas con paso 2: ¿cuántos píxeles avanza cada número de la última?"
HINT_KERNEL = "una capa de 1×1, ¿agranda lo que se ve?"


def receptive_field(capas: Pile) -> int:
    """The right answer: pixels of a side."""
    field, jump = 1, 1
    for kernel_size, strides in capas:
        field += (kernel_size - 1) * jump
        jump *= strides
    return field


def field_terms(given: Arguments) -> dict[str, float]:
    """What a wrong receptive field may lack or have too much of."""
    capas = given["capas"]
    return {
        "el píxel del que se parte": 1,
        "lo que añade la última capa": receptive_field(capas) - receptive_field(capas[:-1]),
        "lo que añade la primera capa": capas[0][0] - 1 if capas else 0,
        "el salto de la última capa": math.prod(strides for _, strides in capas[:-1]),
        "el producto de los pasos": math.prod(strides for _, strides in capas),
        "el número de capas": len(capas),
    }


def _loop(step: Step, first: tuple[int, int] = (1, 1)) -> Change:
    """Another step from layer to layer: of field, jump, kernel size and strides."""

    def field(capas: Pile) -> int:
        size, jump = first
        for layer in capas:
            size, jump = step(size, jump, *layer)
        return size

    return computed("bucle", field)


def _pile(part: str, change: Callable[[Pile], Pile]) -> Change:
    """Other layers in the place of those that came."""
    return before(part, lambda given: given | {"capas": change(given["capas"])})


def _own_strides(capas: Pile) -> Pile:
    """Layers where each jumps before it looks, written for the right function."""
    sizes, strides = [size for size, _ in capas], [stride for _, stride in capas]
    return [*zip([1, *sizes], [*strides, 1], strict=True)]


def _pooling(layer: tuple[int, int]) -> bool:
    return layer[0] == layer[1] > 1


def _refuses_nothing(error: Exception) -> Change:
    def change(given: Arguments) -> Arguments:
        if not given["capas"]:
            raise error
        return given

    return before("vacio", change)


def _jump(capas: Pile) -> int:
    return math.prod(strides for _, strides in capas)


FIELD_MISTAKES: Entries = (
    *Named(
        "campo-sin-pasos",
        "no cuentas los pasos (strides): cada paso agranda lo que ven las capas siguientes",
        HINT_JUMP,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("pasos", lambda capas: [(size, 1) for size, _ in capas]),
    ),
    *Named(
        "campo-con-el-paso-propio",
        "el paso de una capa cuenta para las siguientes, no para ella misma",
        "¿en qué orden se suman los píxeles de una capa y se multiplica su paso?",
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("pasos", _own_strides),
        _loop(lambda field, jump, k, s: (field + (k - 1) * s, s)),
    ),
    *Named(
        "campo-con-el-paso-anterior",
        "los pasos se multiplican a lo largo de la red; aquí solo cuenta el de la capa anterior",
        HINT_JUMP,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _loop(lambda field, jump, k, s: (field + (k - 1) * jump, s)),
    ),
    *Named(
        "campo-con-pasos-sumados",
        "los pasos no se suman: se multiplican a lo largo de la red",
        HINT_JUMP,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _loop(lambda field, jump, k, s: (field + (k - 1) * jump, jump + s)),
        _loop(lambda field, jump, k, s: (field + (k - 1) * jump, jump + s - 1)),
        _loop(lambda field, jump, k, s: (field + (k - 1) * jump, jump + s), (1, 0)),
    ),
    *Named(
        "campo-con-el-paso-mayor",
        "los pasos se multiplican a lo largo de la red; aquí solo cuenta uno, o siempre como 2",
        HINT_JUMP,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _loop(lambda field, jump, k, s: (field + (k - 1) * jump, max(jump, s))),
        _loop(lambda field, jump, k, s: (field + (k - 1) * jump, jump * 2 if s > 1 else jump)),
    ),
    *Named(
        "campo-suma-de-kernels",
        "sumas los tamaños de los kernels; cada capa añade kernel_size − 1",
        HINT_KERNEL,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _loop(lambda field, jump, k, s: (field + k, 1), (0, 1)),
        _loop(lambda field, jump, k, s: (field + k, 1)),
        _loop(lambda field, jump, k, s: (field + k * jump, jump * s)),
        _loop(lambda field, jump, k, s: (field + k * jump, jump * s), (0, 1)),
    ),
    *Named(
        "campo-producto-de-kernels",
        "multiplicas los kernels; cada capa añade (kernel_size − 1) por el salto",
        "dos capas de 3×3 ven lo mismo que una de 5×5",
        lessons.RECEPTIVE_FIELD,
    ).by(
        _loop(lambda field, jump, k, s: (field * k, 1)),
        _loop(lambda field, jump, k, s: (field * k * s, 1)),
    ),
    *Named(
        "campo-con-medio-kernel",
        "cada capa añade solo la mitad, como con kernel_size // 2; se ve a los dos lados, y añade "
        "kernel_size − 1 píxeles",
        HINT_KERNEL,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _loop(lambda field, jump, k, s: (field + k // 2 * jump, jump * s)),
        _loop(lambda field, jump, k, s: (field + (k - 1) // 2 * jump, jump * s)),
    ),
    *Named(
        "campo-con-dos-mitades",
        "con un kernel de lado par sobra un píxel, como con dos veces kernel_size // 2; cada capa "
        "añade kernel_size − 1",
        HINT_KERNEL,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _loop(lambda field, jump, k, s: (field + k // 2 * 2 * jump, jump * s)),
    ),
    *Named(
        "campo-sin-el-pixel",
        "falta el píxel del que se parte: sin capas, el campo receptivo es 1",
        "un número de la entrada se ve a sí mismo",
        lessons.RECEPTIVE_FIELD,
    ).by(
        answer(lambda value: value - 1),
    ),
    *Named(
        "campo-con-uno-de-mas",
        "sobra un píxel: se parte de 1, y cada capa añade los suyos",
        "una sola capa de 3×3 ve 3 píxeles de lado",
        lessons.RECEPTIVE_FIELD,
    ).by(
        answer(lambda value: value + 1),
    ),
    *Named(
        "campo-al-reves",
        "sale el campo de las capas en orden contrario: la cuenta del salto va de la primera a "
        "la última, y la que multiplica el campo por el paso, de la última a la primera",
        "con paso 2 en la primera capa y no en la última, ¿quién ve más: el orden importa?",
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("orden", lambda capas: capas[::-1]),
    ),
    *Named(
        "campo-hacia-atras-mal-restado",
        "de la última capa a la primera, cada una da campo · paso + kernel − paso",
        "una capa con kernel 3 y paso 1 pasa de ver 1 píxel a ver 3",
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("orden", lambda capas: capas[::-1]).then(
            _loop(lambda field, jump, k, s: (field * s + k, 1))
        ),
        _loop(lambda field, jump, k, s: (field * s + k - 1, 1)),
        _pile("orden", lambda capas: capas[::-1]).then(
            _loop(lambda field, jump, k, s: (field * s + k - 1, 1))
        ),
    ),
    *Named(
        "campo-sin-la-ultima-capa",
        "falta la última capa de la lista",
        "¿cuántas vueltas da tu bucle con dos capas?",
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("capas", lambda capas: capas[:-1]),
    ),
    *Named(
        "campo-sin-la-primera-capa",
        "falta la primera capa de la lista",
        "¿cuántas vueltas da tu bucle con dos capas?",
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("capas", lambda capas: capas[1:]),
    ),
    *Named(
        "campo-de-una-sola-capa",
        "solo cuenta una capa, como cuando el bucle acaba en la primera vuelta o guarda solo la "
        "última",
        "¿qué hay dentro del bucle que debería ir después, y qué se suma a lo que ya había?",
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("capas", lambda capas: capas[:1]),
        _pile("capas", lambda capas: capas[-1:]),
    ),
    *Named(
        "campo-en-area",
        "devuelves los píxeles de toda la ventana; el campo receptivo se da por su lado",
        "una sola capa de 3×3 ve 3 píxeles de lado",
        lessons.RECEPTIVE_FIELD,
    ).by(
        answer(lambda value: value**2),
    ),
    *Named(
        "campo-sin-pooling",
        "el pooling también cuenta: es una ventana con su paso, como una convolución",
        "después de un MaxPooling de 2, ¿cuántos píxeles resume cada número?",
        lessons.REDUCING,
    ).by(
        _pile("pooling", lambda capas: [each for each in capas if not _pooling(each)]),
        _pile("pooling", lambda capas: [(1, e[1]) if _pooling(e) else e for e in capas]),
        _pile("pooling", lambda capas: [(e[0], 1) if _pooling(e) else e for e in capas]),
    ),
    *Named(
        "campo-sin-las-capas-de-uno",
        "una capa de 1×1 no agranda el campo, pero su paso sí cuenta para las siguientes",
        HINT_JUMP,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("unos", lambda capas: [each for each in capas if each[0] > 1]),
        _loop(lambda field, jump, k, s: (field + max(k - 1, 1) * jump, jump * s)),
    ),
    *Named(
        "campo-con-el-paso-recortado",
        "un paso mayor que el kernel también cuenta entero, aunque deje píxeles sin mirar",
        HINT_JUMP,
        lessons.RECEPTIVE_FIELD,
    ).by(
        _pile("recorte", lambda capas: [(k, min(k, s)) for k, s in capas]),
        _loop(lambda field, jump, k, s: (field + (k - 1 + max(s - k, 0)) * jump, jump * s)),
    ),
    *Named(
        "salto-en-lugar-de-campo",
        "devuelves el salto, el producto de los pasos; el campo es cuánto se ve",
        "lleva dos cuentas, y mira cuál de las dos devuelves",
        lessons.RECEPTIVE_FIELD,
    ).by(
        computed("bucle", _jump),
    ),
    *Named(
        "kernel-y-paso-en-otro-orden",
        "cada capa llega como (kernel_size, strides), y cuentan al revés",
        "imprime el primer par de la lista: ¿qué número es cada uno?",
        lessons.RECEPTIVE_FIELD,
    ).by(
        argument("capas", lambda capas: [(strides, size) for size, strides in capas]),
    ),
    *Named(
        "campo-sin-capas",
        "la lista vacía también vale: sin capas, cada número se ve a sí mismo, y el campo es 1",
        "empieza las cuentas antes del bucle, y no con la primera capa",
        lessons.RECEPTIVE_FIELD,
    ).by(
        after("vacio", lambda value, given: value if given["capas"] else 0),
        _refuses_nothing(IndexError("list index out of range")),
        _refuses_nothing(ValueError("no hay capas")),
    ),
    *WITH_DECIMALS,
)
