"""El campo receptivo con capas que cuentan dos veces, o no todas, o con un salto por su lugar."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from ..judging.diagnosis.changes import Change, computed
from . import lessons
from .field_formulas import JUMPED
from .field_mistakes import receptive_field
from .named import Named
from .ways import Entries

Pile = list[tuple[int, int]]
_BY_HAND = "sigue con lápiz dos capas de kernel 3 y paso 2: qué se ve y cuánto se avanza"


def _named(id: str, cause: str, hint: str = _BY_HAND) -> Named:
    return Named(id, cause, hint, lessons.RECEPTIVE_FIELD)


FIRST_TWICE = _named(
    "campo-con-la-primera-capa-dos-veces",
    "la primera capa, o su paso, cuenta dos veces, como cuando de ella sale el comienzo y entra en "
    "el bucle",
)
WITHOUT_FIRST_STRIDE = _named(
    "campo-sin-el-paso-de-la-primera-capa",
    "el paso de la primera capa no cuenta para las siguientes: el campo es el de una red cuya "
    "primera capa avanza de uno en uno",
)
ALL_STRIDES = _named(
    "campo-con-los-pasos-de-otras-capas",
    "lo que añade una capa se multiplica también por su paso o por los de las que van detrás; "
    "solo cuentan los de las capas anteriores",
)
REPEATED = _named(
    "campo-con-capas-repetidas",
    "dos capas iguales cuentan como una, o toman el salto de la primera; cada una cuenta en su "
    "lugar",
    "prueba con [(3, 2), (3, 2)]: ¿qué ve la segunda?",
)
BY_PLACE = _named(
    "salto-segun-el-lugar-de-la-capa",
    "el salto sale del lugar que ocupa la capa, como 2 elevado a él; es el producto de los pasos "
    "de las anteriores",
)
TIMES_STRIDE = _named(
    "campo-por-un-paso-al-final",
    "el campo sale multiplicado por un paso, o con el salto sumado, después de la última capa",
)
SEVERAL = _named(
    "varios-campos-en-lugar-de-uno",
    "salen varios números, como el campo de cada capa o el campo y el salto; se pide uno, el de la "
    "última",
    "¿qué devuelve tu función con una sola capa?",
)
Added = Callable[[int, Pile], Any]  # of a layer's place and all the layers: kernel times jump


def _summed(added: Added) -> Change:
    return computed("bucle", lambda capas: 1 + sum(added(n, capas) for n in range(len(capas))))


def _product(layers: Any) -> int:
    return math.prod(s for _, s in layers)


def _started(start: Callable[[Pile], tuple[int, int]]) -> Change:
    def field(capas: Pile) -> int:
        size, jump = start(capas) if capas else (1, 1)
        for k, s in capas:
            size, jump = size + (k - 1) * jump, jump * s
        return size

    return computed("bucle", field)


def _once(capas: Pile) -> Pile:
    return list(dict.fromkeys(map(tuple, capas)))  # type: ignore[arg-type]


def _steps(capas: Pile) -> Iterator[tuple[int, int]]:
    for n in range(1, len(capas) + 1):
        yield receptive_field(capas[:n]), _product(capas[:n])


def _of_right(change: Callable[[int, Pile], Any]) -> Change:
    return computed("bucle", lambda capas: change(receptive_field(capas), capas))


_PLACES: tuple[Callable[[int, int], Any], ...] = (
    lambda n, s: 2**n,
    lambda n, s: s**n,
    lambda n, s: s ** (n + 1),
    lambda n, s: max(n * s, 1),
    lambda n, s: n * s,
    lambda n, s: n + 1,
    lambda n, s: (n + 1) * s,
    lambda n, s: max(n, 1),
    lambda n, s: n,
)
FIELD_ODD: Entries = (
    *FIRST_TWICE.rarely(
        _started(lambda capas: (capas[0][0], 1)),
        _started(lambda capas: (capas[0][0], capas[0][1])),
        _started(lambda capas: (1, capas[0][1])),
    ),
    *WITHOUT_FIRST_STRIDE.rarely(
        computed(
            "bucle",
            lambda capas: receptive_field([(k, s if n else 1) for n, (k, s) in enumerate(capas)]),
        ),
    ),
    *ALL_STRIDES.rarely(
        _summed(lambda n, capas: (capas[n][0] - 1) * _product(capas)),
        _summed(lambda n, capas: (capas[n][0] - 1) * _product(capas[n + 1 :])),
        _summed(lambda n, capas: (capas[n][0] - 1) * _product(capas[n:])),
    ),
    *REPEATED.rarely(
        computed("bucle", lambda capas: receptive_field(_once(capas))),
        _summed(
            lambda n, capas: (capas[n][0] - 1) * _product(capas[: list(capas).index(capas[n])])
        ),
    ),
    *BY_PLACE.rarely(
        *(
            _summed(lambda n, capas, at=at: (capas[n][0] - 1) * at(n, capas[n][1]))  # type: ignore[misc]
            for at in _PLACES
        )
    ),
    *TIMES_STRIDE.rarely(
        _of_right(lambda field, capas: field * (capas[-1][1] if capas else 1)),
        _of_right(lambda field, capas: field * _product(capas)),
        _of_right(lambda field, capas: field + _product(capas)),
        _of_right(lambda field, capas: field + _product(capas) - 1),
        _of_right(lambda field, capas: field - _product(capas)),
        _of_right(lambda field, capas: field * (capas[0][1] if capas else 1)),
    ),
    *JUMPED.rarely(
        _summed(lambda n, capas: (capas[n][0] - 1) * math.prod(max(k, s) for k, s in capas[:n])),
        _summed(lambda n, capas: (capas[n][0] - 1) * math.prod(min(k, s) for k, s in capas[:n])),
        _summed(lambda n, capas: (capas[n][0] - 1) * max([s for _, s in capas[:n]], default=1)),
        _summed(lambda n, capas: (capas[n][0] - 1) * (sum(s for _, s in capas[:n]) or 1)),
        _summed(lambda n, capas: (capas[n][0] - 1) * (1 + sum(s - 1 for _, s in capas[:n]))),
    ),
    *SEVERAL.rarely(
        computed("bucle", lambda capas: [field for field, _ in _steps(capas)]),
        computed("bucle", lambda capas: [1, *(field for field, _ in _steps(capas))]),
        _of_right(lambda field, capas: (field, _product(capas))),
        _of_right(lambda field, capas: [field, _product(capas)]),
        _of_right(lambda field, capas: (field, field)),
    ),
)
