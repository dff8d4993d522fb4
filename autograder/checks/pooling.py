"""Unidad 4, el pooling: un número por ventana y por canal, sin pesos.

- ``max_pooling2d(x, pool_size, strides=None, padding="valid")``: x (N, H, W, C) -> (N, H', W', C);
  ``pool_size`` y ``strides`` son un entero o un par; sin ``strides``, el paso es la ventana.
- ``average_pooling2d(...)``: lo mismo, con el promedio. Con ``same`` solo cuentan los píxeles que
  hay: ni los ceros entran en la suma, ni sus huecos en la cuenta.

Edge cases: pairs, windows of 1×1 and as big as the image, strides above the window, uint8, and
negative pixels with ``same``, where a border of zeros would win.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..judging.check import Case, FunctionCheck
from ..judging.comparison import CloseArrays
from . import spaces
from .inputs import Rng, distinct, normal, pixels, written
from .pooling_mistakes import AVERAGE_MISTAKES, MAX_MISTAKES
from .reference import average_pooling2d, max_pooling2d, pooling_rounding
from .repeats import sifted

UNIT = "4_padding"

# (H, W, pool_size, strides, padding): what random sizes could miss.
PINNED: tuple[tuple[Any, ...], ...] = (
    (6, 8, 2, None, "valid"),
    (7, 9, 2, None, "valid"),  # a row and a column are left over
    (8, 11, 3, None, "valid"),  # two
    (9, 6, 3, 2, "valid"),  # windows that share pixels
    (5, 7, 2, 1, "valid"),
    (7, 5, 2, None, "same"),
    (9, 8, 3, 2, "same"),  # odd and even: the padding of stride 2 is not that of stride 1
    (8, 9, 3, 2, "same"),  # nor on the other axis
    (5, 6, 4, 1, "same"),  # three more on each axis: the odd one goes after
)
EDGES: tuple[tuple[Any, ...], ...] = (
    (7, 9, (2, 3), None, "valid"),
    (8, 7, (3, 2), (1, 2), "valid"),
    (7, 8, (2, 4), (3, 1), "same"),
    (9, 8, 2, 3, "valid"),  # pixels that nobody looks at
    (8, 9, 2, 3, "same"),
    (5, 4, (5, 4), None, "valid"),
    (6, 5, 1, 2, "valid"),
    (4, 4, 2, (1, 2), "same"),  # one step for each axis: gaps in the one and none in the other
    (4, 3, 1, (2, 1), "same"),
)


def _pooled(
    x: np.ndarray,
    pool_size: Any,
    strides: Any,
    padding: str,
    what: str = "x",
    edge: bool = False,
    combined: bool = False,
) -> Case:
    options = {} if strides is None else {"strides": strides}
    options |= {} if padding == "valid" else {"padding": padding}
    label = f"{what} de {x.shape}, {written((), {'pool_size': pool_size, **options})}"
    return Case(label, (x, pool_size), options, edge, combined=combined)


def _cases(rng: Rng) -> Iterator[Case]:
    for h, w, size, strides, padding in PINNED:
        yield _pooled(normal(rng, 2, h, w, 3), size, strides, padding)
    for padding in ("valid", "same"):
        h, w = distinct(rng, 2, 6, 11)
        yield _pooled(normal(rng, 3, h, w, 2), int(rng.integers(2, 5)), None, padding)
    negative = -1 - np.abs(normal(rng, 2, 6, 7, 2))
    yield _pooled(negative, 2, None, "valid", "números negativos, x")
    for h, w, size, strides, padding in EDGES:
        yield _pooled(normal(rng, 2, h, w, 3), size, strides, padding, edge=True)
    # Whole numbers, where no infinity fits: np.pad with -np.inf stops.
    whole = rng.integers(-9, 0, (2, 5, 7, 2))
    yield _pooled(whole, 3, 2, "same", "enteros negativos, x", edge=True)
    yield _pooled(normal(rng, 1, 4, 6, 1), 2, None, "valid", "una imagen y un canal, x", edge=True)
    bytes_ = "enteros de 0 a 255 (uint8), x"
    yield _pooled(pixels(rng, 2, 5, 6, 3), 2, None, "same", bytes_, edge=True)
    yield _pooled(pixels(rng, 2, 6, 4, 3), (3, 2), None, "valid", bytes_, edge=True)
    large = 400 * normal(rng, 3, 9, 6, 2)  # whoever clips them must be seen
    yield _pooled(large, (3, 2), (2, 3), "same", combined=True)
    zeros = rng.integers(-1, 2, (2, 6, 8, 2)).astype(np.float32)
    yield _pooled(zeros, (2, 4), (2, 1), "same", "ceros y unos, x", combined=True)


CHECKS = (
    FunctionCheck(
        id=f"{UNIT}.max_pooling2d",
        keras="keras.layers.MaxPooling2D",
        reference=max_pooling2d,
        cases=_cases,
        compare=CloseArrays(pooling_rounding),
        space=spaces.POOLED,
        misconceptions=sifted(f"{UNIT}.max_pooling2d", MAX_MISTAKES),
        hint="la salida (i, j) es el mayor de su ventana, que empieza a i pasos de arriba y a j de "
        "la izquierda, en cada imagen y en cada canal por su cuenta",
    ),
    FunctionCheck(
        id=f"{UNIT}.average_pooling2d",
        keras="keras.layers.AveragePooling2D",
        reference=average_pooling2d,
        cases=_cases,
        compare=CloseArrays(pooling_rounding),
        space=spaces.POOLED,
        misconceptions=sifted(f"{UNIT}.average_pooling2d", AVERAGE_MISTAKES),
        hint="divide lo que suma cada ventana entre los píxeles de la imagen que hay en ella: en "
        "el borde, con «same», son menos",
    ),
)
