"""El campo receptivo, paso a paso: qué añade cada capa, cómo crece el salto y de qué se parte."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from ..judging.diagnosis.changes import Change, computed
from ..judging.diagnosis.misconceptions import Misconception
from . import lessons
from .named import Named
from .ways import Entries

Pile = list[tuple[int, int]]
Grows = Callable[[int, int, int, int], Any]  # field, jump, kernel size and strides
Said = tuple[str, Grows]  # what is computed, as a formula that is read
_BY_HAND = "sigue con lápiz dos capas de kernel 3 y paso 2: qué se ve y cuánto se avanza"


def _named(id: str, cause: str) -> Named:
    return Named(id, cause, _BY_HAND, lessons.RECEPTIVE_FIELD)


ADDED = _named(
    "campo-que-crece-de-otra-manera",
    "lo que añade cada capa al campo no es eso: añade (kernel_size − 1) por el salto",
)
JUMPED = _named(
    "salto-que-crece-de-otra-manera",
    "el salto no crece así: cada capa lo multiplica por su paso",
)
STARTED = _named(
    "campo-con-otro-comienzo",
    "las cuentas no empiezan así: el campo empieza en 1, y el salto también",
)
ORDER = _named(
    "salto-cambiado-antes-de-usarlo",
    "el salto se multiplica antes de sumar la capa; su paso cuenta para las siguientes",
)
WITHOUT_LOOP = _named(
    "campo-sin-acumular",
    "el campo no se acumula de capa en capa: queda el de una, el mayor o el producto de todas",
)
SOME_LAYERS = _named(
    "campo-con-capas-que-no-cuentan",
    "unas capas, o sus pasos, cuentan y otras no, según su kernel o su paso; cuentan todas igual",
)
SEVERAL = _named(
    "otra-formula-de-campo",
    "ni lo que añade cada capa ni cómo crece el salto son los que van: (kernel_size − 1) por el "
    "salto, y después el salto por el paso",
)


# Right too, where the layers are walked from the last to the first.
_FROM_THE_END_SAID: tuple[Said, Said] = (
    ("(campo − 1) · s + k", lambda r, j, k, s: (r - 1) * s + k),
    ("campo · s + (k − s)", lambda r, j, k, s: r * s + (k - s)),
)
_ADDS_SAID: tuple[Said, ...] = (
    ("campo + (k − 1) · salto", lambda r, j, k, s: r + (k - 1) * j),  # the right one
    ("campo + k · salto", lambda r, j, k, s: r + k * j),
    ("campo + (k + 1) · salto", lambda r, j, k, s: r + (k + 1) * j),
    ("campo + (k − 2) · salto", lambda r, j, k, s: r + (k - 2) * j),
    ("campo + k − 1", lambda r, j, k, s: r + k - 1),
    ("campo + k", lambda r, j, k, s: r + k),
    ("campo + salto", lambda r, j, k, s: r + j),
    ("campo + k − 1 + salto", lambda r, j, k, s: r + k - 1 + j),
    ("campo + k + salto", lambda r, j, k, s: r + k + j),
    ("campo + k · salto − 1", lambda r, j, k, s: r + k * j - 1),
    ("campo + (k − 1) · s", lambda r, j, k, s: r + (k - 1) * s),
    ("campo + (k − 1) · salto · s", lambda r, j, k, s: r + (k - 1) * j * s),
    ("campo + k · s", lambda r, j, k, s: r + k * s),
    ("campo + (k − 1) + (s − 1)", lambda r, j, k, s: r + (k - 1) + (s - 1)),
    ("campo + k + s", lambda r, j, k, s: r + k + s),
    ("campo + (k − 1) + s", lambda r, j, k, s: r + (k - 1) + s),
    ("campo + k − s", lambda r, j, k, s: r + k - s),
    ("campo + (k − s) · salto", lambda r, j, k, s: r + (k - s) * j),
    ("campo − (k − 1) · salto", lambda r, j, k, s: r - (k - 1) * j),
    ("campo + (1 − k) · salto", lambda r, j, k, s: r + (1 - k) * j),
    ("campo · (k − 1) · salto", lambda r, j, k, s: r * (k - 1) * j),
    ("campo · k · salto", lambda r, j, k, s: r * k * j),
    ("campo · (k − 1) + salto", lambda r, j, k, s: r * (k - 1) + j),
    ("(k − 1) · salto", lambda r, j, k, s: (k - 1) * j),
    ("1 + (k − 1) · salto", lambda r, j, k, s: 1 + (k - 1) * j),
    ("campo + (k − 1) // salto", lambda r, j, k, s: r + (k - 1) // j),
    ("campo + (k // 2) · salto", lambda r, j, k, s: r + (k // 2) * j),
    ("campo + ((k − 1) // 2) · salto", lambda r, j, k, s: r + ((k - 1) // 2) * j),
    ("campo + 2 · (k − 1) · salto", lambda r, j, k, s: r + 2 * (k - 1) * j),
    ("campo + (k · k − 1) · salto", lambda r, j, k, s: r + (k * k - 1) * j),
    ("campo · s + (k − 1)", lambda r, j, k, s: r * s + (k - 1)),
    *_FROM_THE_END_SAID,
    ("(campo + k − 1) · s", lambda r, j, k, s: (r + k - 1) * s),
    ("(campo + k) · s", lambda r, j, k, s: (r + k) * s),
    ("campo · s + k", lambda r, j, k, s: r * s + k),
    ("max(campo, k · salto)", lambda r, j, k, s: max(r, k * j)),
    ("max(campo, k)", lambda r, j, k, s: max(r, k)),
    ("campo + (campo − 1) · (k − 1)", lambda r, j, k, s: r + (r - 1) * (k - 1)),
    ("campo · k", lambda r, j, k, s: r * k),
    ("campo · k − 1", lambda r, j, k, s: r * k - 1),
)
_JUMPS_SAID: tuple[Said, ...] = (
    ("salto · s", lambda r, j, k, s: j * s),  # the right one
    ("1", lambda r, j, k, s: 1),
    ("s", lambda r, j, k, s: s),
    ("salto + s", lambda r, j, k, s: j + s),
    ("salto + s − 1", lambda r, j, k, s: j + s - 1),
    ("salto · k", lambda r, j, k, s: j * k),
    ("salto ** s", lambda r, j, k, s: j**s),
    ("salto · 2", lambda r, j, k, s: j * 2),
    ("salto // s", lambda r, j, k, s: j // s),
    ("salto · (s − 1) (o salto, con s = 1)", lambda r, j, k, s: j * (s - 1) if s > 1 else j),
    ("salto · s · s", lambda r, j, k, s: j * s * s),
    ("salto + 1", lambda r, j, k, s: j + 1),
    ("salto · (s + 1)", lambda r, j, k, s: j * (s + 1)),
    ("max(salto, s)", lambda r, j, k, s: max(j, s)),
)
_ADDS, _JUMPS = ([each for _, each in said] for said in (_ADDS_SAID, _JUMPS_SAID))
_FROM_THE_END = [each for _, each in _FROM_THE_END_SAID]
WORDS: dict[Grows, str] = {each: words for words, each in (*_ADDS_SAID, *_JUMPS_SAID)}
_STARTS = ((1, 1), (0, 1), (1, 0), (1, 2), (2, 1), (0, 0))
_FORWARD, _BACKWARD = slice(None), slice(None, None, -1)


def _loop(
    adds: Grows,
    jumps: Grows,
    start: tuple[int, int] = (1, 1),
    first: bool = False,
    order: slice = _FORWARD,
) -> Change:
    """``first``: the jump grows before the layer is added."""

    def field(capas: Pile) -> int:
        size, jump = start
        for kernel_size, strides in capas[order]:
            grown = jumps(size, jump, kernel_size, strides)
            size = adds(size, grown if first else jump, kernel_size, strides)
            jump = grown
        return size

    return computed("bucle", field).said(_said(adds, jumps, start, first, order))


def _said(adds: Grows, jumps: Grows, start: tuple[int, int], first: bool, order: slice) -> str:
    lines = [f"campo = {WORDS[adds]}", f"salto = {WORDS[jumps]}"]
    layers = "de la última capa a la primera" if order is _BACKWARD else "en cada capa"
    begun = "" if start == (1, 1) else " desde campo = {} y salto = {}".format(*start)
    one, other = lines[::-1] if first else lines
    return f"{one} y después {other}, {layers}{begun}"


_ADD, _JUMP = _ADDS[0], _JUMPS[0]
# Of a layer, when it is counted by whoever counts only some: in words, and whether it is.
_WHENS: tuple[tuple[str, Callable[[int, int], bool]], ...] = (
    ("el paso es 1", lambda k, s: s == 1),
    ("el paso es mayor que 1", lambda k, s: s > 1),
    ("el kernel mide lo que el paso", lambda k, s: k == s),
    ("el kernel no mide lo que el paso", lambda k, s: k != s),
    ("el kernel mide más que el paso", lambda k, s: k > s),
    ("el kernel mide al menos lo que el paso", lambda k, s: k >= s),
    ("el kernel es impar", lambda k, s: k % 2 == 1),
    ("el kernel es par", lambda k, s: k % 2 == 0),
    ("el kernel es mayor que 1", lambda k, s: k > 1),
    ("el kernel es mayor que 2", lambda k, s: k > 2),
    ("el kernel es 3", lambda k, s: k == 3),
    ("el kernel es 2", lambda k, s: k == 2),
    ("el paso es 2", lambda k, s: s == 2),
    ("el paso es par", lambda k, s: s % 2 == 0),
)


def _only_when() -> tuple[Misconception, ...]:
    """The layer is added, or its stride counted, only where a condition holds of it."""

    def adds_when(words: str, holds: Callable[[int, int], bool]) -> Change:
        def field(capas: Pile) -> int:
            size, jump = 1, 1
            for kernel_size, strides in capas:
                size += (kernel_size - 1) * jump * holds(kernel_size, strides)
                jump *= strides
            return size

        return computed("bucle", field).said(f"la capa se suma solo si {words}")

    def jumps_when(words: str, holds: Callable[[int, int], bool]) -> Change:
        def field(capas: Pile) -> int:
            size, jump = 1, 1
            for kernel_size, strides in capas:
                size += (kernel_size - 1) * jump
                jump *= strides if holds(kernel_size, strides) else 1
            return size

        return computed("bucle", field).said(f"el salto se multiplica solo si {words}")

    def counts_when(words: str, holds: Callable[[int, int], bool]) -> Change:
        def field(capas: Pile) -> int:
            size, jump = 1, 1
            for kernel_size, strides in capas:
                if holds(kernel_size, strides):
                    size, jump = size + (kernel_size - 1) * jump, jump * strides
            return size

        return computed("bucle", field).said(f"la capa cuenta solo si {words}")

    return SOME_LAYERS.rarely(
        *(how(*when) for how in (adds_when, jumps_when, counts_when) for when in _WHENS)
    )


def _several() -> list[Change]:
    ways = itertools.product(_ADDS, _JUMPS, _STARTS[:3], (False, True), (_FORWARD, _BACKWARD))
    return [
        _loop(adds, jumps, start, first, order)
        for adds, jumps, start, first, order in ways
        if (adds is not _ADD)
        + (jumps is not _JUMP)
        + (start != (1, 1))
        + first
        + (order is not _FORWARD)
        == 2
        and not (adds in _FROM_THE_END and order is _BACKWARD)
    ]


FIELD_FORMULAS: Entries = (
    *ADDED.rarely(*(_loop(adds, _JUMP) for adds in _ADDS[1:])),
    *JUMPED.rarely(*(_loop(_ADD, jumps) for jumps in _JUMPS[1:])),
    *STARTED.rarely(*(_loop(_ADD, _JUMP, start) for start in _STARTS[1:])),
    *ORDER.rarely(_loop(_ADD, _JUMP, first=True)),
    *WITHOUT_LOOP.rarely(
        computed("bucle", lambda capas: max((k for k, _ in capas), default=1)),
        computed("bucle", lambda capas: max((k * s for k, s in capas), default=1)),
        computed("bucle", lambda capas: sum(k for k, _ in capas)),
        computed("bucle", lambda capas: sum(k - 1 for k, _ in capas)),
        computed("bucle", lambda capas: sum(k * s for k, s in capas)),
        computed("bucle", lambda capas: sum(k * s for k, s in capas) + 1),
        computed("bucle", lambda capas: sum((k - 1) * s for k, s in capas)),
        computed("bucle", lambda capas: len(capas)),
        computed("bucle", lambda capas: 2 * len(capas) + 1),
    ),
    *_only_when(),
    *SEVERAL.rarely(*_several()),
)
