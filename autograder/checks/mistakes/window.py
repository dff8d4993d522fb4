"""Qué se hace con la ventana: mayor por suma, suma por producto, ``=`` por ``+=``…"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import pad, same_amounts, windows
from .layout import Layout

_MULTIPLY = "cada píxel de la ventana se multiplica por el peso de su mismo lugar, y todo se suma"


def _named(id: str, cause: str, hint: str = _MULTIPLY) -> Named:
    return Named(id, cause, hint, lessons.WINDOW)


LARGEST = _named(
    "maximo-en-lugar-de-suma", "sale el máximo de los productos; hay que sumarlos todos"
)
SMALLEST = _named(
    "minimo-en-lugar-de-suma", "sale el mínimo de los productos; hay que sumarlos todos"
)
WITHOUT_KERNEL = _named(
    "ventana-sin-kernel",
    "los pesos del kernel no influyen: sale la suma de la ventana, su promedio o su mayor valor",
)
PRODUCT_OF_SUMS = _named(
    "producto-de-sumas",
    "sale la suma de la ventana por la suma del kernel; hay que multiplicar y luego sumar",
)
SUMS = _named(
    "suma-por-producto",
    "sale como si sumaras o restaras el píxel y el peso; hay que multiplicarlos",
)
MATRIX_PRODUCT = _named(
    "producto-matricial",
    "sale como con el producto de matrices (@ o np.dot); va el producto elemento a elemento (*)",
    "escribe con un lápiz qué da @ y qué da * con dos matrices de 2×2",
)
OVERWRITTEN = _named(
    "acumulador-sobrescrito",
    "solo queda lo último que se suma, como con = en lugar de +=; hay que acumularlo todo",
    "¿qué queda en la variable cuando acaba el bucle?",
)
ONLY_ONE = _named(
    "un-solo-producto",
    "de cada ventana solo cuenta una parte: un producto, una fila, una columna o la diagonal",
    "¿cuántas veces se ejecuta la línea que acumula?",
)
LAST_MISSING = _named(
    "ultimo-peso-olvidado",
    "la última fila o la última columna del kernel no cuenta",
    "range(kh) acaba en kh − 1",
)
FIRST_MISSING = _named(
    "primer-peso-olvidado",
    "la primera fila o la primera columna del kernel no cuenta",
    "los índices empiezan en 0",
)
NOT_RESET = _named(
    "acumulador-sin-reiniciar",
    "cada posición arrastra las ventanas anteriores, como cuando el acumulador no vuelve a 0",
    "¿en qué bucle tiene que estar la línea que pone el acumulador a 0?",
)
RETURN_INSIDE = _named(
    "return-dentro-del-bucle",
    "solo se calcula lo primero, y lo demás se queda a cero o no está, como con el return dentro "
    "del bucle",
    "mira con qué bucle está alineado el return",
)

Combine = Callable[[np.ndarray, np.ndarray], np.ndarray]


def combined(layout: Layout, combine: Combine) -> Change:
    """``combine(windows (N, H', W', C, kh, kw), kernel (kh, kw, C, F))`` instead of the sum."""

    def of_layer(
        x: np.ndarray,
        kernel: np.ndarray,
        bias: np.ndarray,
        strides: Any = 1,
        padding: str = "valid",
        dilation_rate: Any = 1,
        groups: int = 1,
    ) -> np.ndarray:
        x, kernel = x.astype(np.float64), kernel.astype(np.float64)
        if padding == "same":
            x = pad(x, same_amounts(x, kernel.shape[:2], strides))
        c = kernel.shape[2]
        parts = [
            combine(
                windows(x[..., g * c : (g + 1) * c], part.shape[:2], strides, dilation_rate), part
            )
            for g, part in enumerate(np.split(kernel, groups, axis=3))
        ]
        return np.concatenate(parts, axis=3) + bias

    return layout.computed("ventana", of_layer)


def _products(seen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """(N, H', W', F, everything that a filter multiplies)."""
    weights = kernel.transpose(3, 2, 0, 1)  # (F, C, kh, kw)
    every = seen[:, :, :, None] * weights
    return every.reshape(*every.shape[:4], -1)


def _for_all_filters(reduce: Callable[..., np.ndarray]) -> Combine:
    def combine(seen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
        return np.repeat(reduce(seen, axis=(3, 4, 5))[..., None], kernel.shape[3], -1)

    return combine


def _with_each(operation: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Combine:
    def combine(seen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
        return operation(seen[:, :, :, None], kernel.transpose(3, 2, 0, 1)).sum(axis=(4, 5, 6))

    return combine


def _product_of_sums(seen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return seen.sum(axis=(3, 4, 5))[..., None] * kernel.sum(axis=(0, 1, 2))


def _product_of_sums_by_channel(seen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return seen.sum(axis=(4, 5)) @ kernel.sum(axis=(0, 1))


def _matrix_product(seen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    if kernel.shape[0] != kernel.shape[1]:
        raise ValueError
    return np.einsum("nijcab,bdcf->nijf", seen, kernel)


def _matrix_product_transposed(seen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.einsum("nijcab,dbcf->nijf", seen, kernel)


def _transposed_matrix_product(seen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.einsum("nijcab,adcf->nijf", seen, kernel)


def _weights(change: Callable[[np.ndarray], None]) -> Change:
    """Only the weights where ``change`` of an array of zeros puts ones."""

    def masked(kernel: np.ndarray) -> np.ndarray:
        kept = np.zeros(kernel.shape)
        change(kept)
        return kernel * kept

    return argument("kernel", masked)


def _kept(*place: int | slice) -> Change:
    return _weights(lambda kept: kept.__setitem__(place, 1))


_ALL = slice(None)
_BUT_LAST, _BUT_FIRST = slice(None, -1), slice(1, None)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    deep = layout.deep
    last_product = [_kept(-1, -1), *([_kept(-1, -1, -1), _kept(_ALL, _ALL, -1)] * deep)]
    first_product = [_kept(0, 0), *([_kept(0, 0, 0)] * deep)]
    return (
        *LARGEST.by(combined(layout, lambda seen, k: _products(seen, k).max(-1))),
        *SMALLEST.by(combined(layout, lambda seen, k: _products(seen, k).min(-1))),
        *WITHOUT_KERNEL.by(
            *(combined(layout, _for_all_filters(reduce)) for reduce in (np.sum, np.mean, np.max))
        ),
        *PRODUCT_OF_SUMS.by(
            combined(layout, _product_of_sums),
            *([combined(layout, _product_of_sums_by_channel)] * deep),
        ),
        *SUMS.by(combined(layout, _with_each(np.add)), combined(layout, _with_each(np.subtract))),
        *MATRIX_PRODUCT.by(
            combined(layout, _matrix_product),
            combined(layout, _matrix_product_transposed),
            combined(layout, _transposed_matrix_product),
        ),
        *OVERWRITTEN.by(*last_product, _kept(-1), _kept(_ALL, -1)),
        *ONLY_ONE.by(*first_product, _kept(0), _kept(_ALL, 0), _diagonal()),
        *LAST_MISSING.by(_kept(_BUT_LAST, _BUT_LAST), _kept(_BUT_LAST), _kept(_ALL, _BUT_LAST)),
        *FIRST_MISSING.by(
            _kept(_BUT_FIRST, _BUT_FIRST), _kept(_BUT_FIRST), _kept(_ALL, _BUT_FIRST)
        ),
        *NOT_RESET.by(*(layout.before_bias(way, "ventana") for way in _running(layout))),
        *RETURN_INSIDE.by(*(_only(places) for places in _reached(layout))),
    )


def _diagonal() -> Change:
    def change(kernel: np.ndarray) -> np.ndarray:
        kept = np.eye(*kernel.shape[:2])
        return kernel * kept.reshape(*kept.shape, *[1] * (kernel.ndim - 2))

    return argument("kernel", change)


def _running(layout: Layout) -> list[Callable[[np.ndarray], np.ndarray]]:
    """Sums that go on from one position to the next, in the usual orders of the loops."""

    def over(order: Sequence[int], kept: int) -> Callable[[np.ndarray], np.ndarray]:
        # The loops go through the axes in this order; the first ``kept`` start the sum afresh.
        def change(out: np.ndarray) -> np.ndarray:
            turned = out.transpose(order)
            summed = turned.reshape(*turned.shape[:kept], -1).cumsum(-1).reshape(turned.shape)
            return summed.transpose(np.argsort(order))

        return change

    if not layout.layer:
        return [over((0, 1), 0), over((0, 1), 1)]
    return [
        over(order, kept)
        for order in ((0, 1, 2, 3), (0, 3, 1, 2), (3, 0, 1, 2), (1, 2, 0, 3))
        for kept in (0, 1, 2, 3)
        # Where only the filters are left, no window is carried on: that has another name.
        if (*order[kept:],) != (3,)
    ]


def _reached(layout: Layout) -> list[tuple[int | slice, ...]]:
    """What is computed before a ``return`` that comes too soon."""
    if not layout.layer:
        return [(0, 0), (0,)]
    return [
        (0, 0, 0, 0),
        (0, 0, 0),
        (0, 0),
        (0, _ALL, _ALL, 0),
        (0, 0, _ALL, 0),
        (_ALL, 0, 0),
        (_ALL, 0),
        (_ALL, 0, 0, 0),
        (_ALL, 0, _ALL, 0),
    ]


def _only(place: tuple[int | slice, ...]) -> Change:
    """Nothing but that part of the answer is computed."""

    def change(out: np.ndarray, arguments: Any) -> np.ndarray:
        kept = np.zeros_like(out)
        kept[place] = out[place]
        return kept

    return Change("salida", after=change)
