"""Unidad 4: cuánto mide la salida, dónde van los ceros y la capa con paso y relleno.

- ``tamano_salida(n, kernel_size, strides=1, padding="valid", dilation_rate=1)``: entero; los
  argumentos son enteros, de un solo eje. Edge cases: dilation, a kernel as big as the input;
  ``ValueError`` for one that does not fit and for an unknown ``padding``.
- ``relleno_same(n, kernel_size, strides=1, dilation_rate=1)``: ``(antes, despues)``, enteros.
  Edge cases: strides above the kernel (no padding), dilation, kernels of 1.

Lo que recibe imágenes está en ``padded_layers`` y en ``pooling``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conv2d_lib.shapes import output_size, same_padding

from ..judging.check import Case, FunctionCheck
from ..judging.comparison import exact_integers
from ..judging.diagnosis.changes import Arguments
from ..judging.diagnosis.space import ArgumentSpace, OneOf, Whole
from . import padded_layers, pooling
from .amount_mistakes import AMOUNT_MISTAKES, amount_terms
from .formula_slips import AMOUNT_SLIPS, SIZE_SLIPS, other_defaults
from .inputs import Rng, written
from .repeats import sifted
from .size_formulas import AMOUNT_FORMULAS, SIZE_FORMULAS, TRANSPOSED_SIZES
from .size_mistakes import SIZE_MISTAKES, size_terms
from .span_mistakes import span_of

UNIT = "4_padding"


def _call(
    *args: Any,
    edge: bool = False,
    raises: str | None = None,
    combined: bool = False,
    **options: Any,
) -> Case:
    return Case(f"con ({written(args, options)})", args, options, edge, raises, combined)


# Whoever computes something else agrees with the right answer somewhere: what follows is written
# down where the formulas that students write part from it, in every run and not with luck.
# (n, kernel_size, strides)
SAME_SIZES = (
    (29, 3, 2),  # 29 / 2: the ceiling shows
    (28, 2, 1),  # of an even kernel, no whole number of zeros on each side is right
    (28, 3, 3),  # 28 / 3 is nearer to 9
    (27, 4, 3),  # odd, and yet a multiple
    (28, 4, 2),
)
VALID_SIZES = (
    (28, 3, 2),
    (29, 3, 2),
    (29, 3, 3),
    (27, 3, 2),  # exact: round((n - k + 1) / s) is right on the others
)
# (n, kernel_size, strides, padding, dilation_rate)
EDGE_SIZES: tuple[tuple[Any, ...], ...] = (
    (28, 3, 1, "valid", 3),
    (28, 4, 1, "valid", 2),
    (28, 3, 2, "valid", 2),
    (29, 3, 2, "same", 2),
    (7, 3, 1, "valid", 3),  # just fits
    (5, 3, 4, "valid", 1),
    (3, 2, 5, "same", 1),
    (3, 5, 1, "same", 1),  # nothing to refuse: the zeros make room
    (5, 3, 1, "same", 3),
)
UNKNOWN_PADDINGS = ("full", "causal", "sam", "")


def _size_options(strides: int, padding: str, dilation: int = 1) -> dict[str, Any]:
    chosen = {"strides": strides, "padding": padding, "dilation_rate": dilation}
    usual = {"strides": 1, "padding": "valid", "dilation_rate": 1}
    return {name: value for name, value in chosen.items() if value != usual[name]}


def _size_cases(rng: Rng) -> Iterator[Case]:
    yield _call(28, 3)
    for padding, pinned in (("valid", VALID_SIZES), ("same", SAME_SIZES)):
        for n, size, strides in pinned:
            yield _call(n, size, **_size_options(strides, padding))
    for padding in ("valid", "same"):
        for strides in (1, 2, 3):
            n, size = int(rng.integers(12, 60)), int(rng.integers(2, 8))
            yield _call(n, size, **_size_options(strides, padding))
    size, dilation = int(rng.integers(2, 5)), int(rng.integers(2, 4))
    n = int(rng.integers(15, 40))
    yield _call(n, size, dilation_rate=dilation, edge=True)
    yield _call(n, size, padding="same", dilation_rate=dilation, edge=True)
    yield _call(size, size, edge=True)
    yield _call(size, size + 1, edge=True, raises="ValueError")
    yield _call(2 * size, size, dilation_rate=4, edge=True, raises="ValueError")
    yield _call(6, 3, dilation_rate=3, edge=True, raises="ValueError")
    unknown = "".join(rng.choice(list("aeioulmnr"), 5))
    for padding in (*UNKNOWN_PADDINGS, unknown):
        yield _call(28, 3, padding=padding, edge=True, raises="ValueError")
    for n, size, strides, *others in EDGE_SIZES:
        options = _size_options(strides, *others)
        yield _call(n, size, edge=strides == 1, combined=strides > 1, **options)


# (n, kernel_size, strides): the total is odd, even, less than without strides, and none.
AMOUNTS = ((28, 4, 1), (28, 3, 2), (29, 3, 2), (29, 5, 3), (28, 5, 3), (30, 5, 4))
# (n, kernel_size, strides, dilation_rate)
EDGE_AMOUNTS = (
    (12, 2, 4, 1),  # the sum is negative
    (10, 3, 5, 1),
    (28, 1, 1, 1),
    (3, 5, 1, 1),
    (3, 6, 1, 1),
    (28, 2, 1, 3),
    (28, 3, 1, 3),
    (28, 4, 1, 2),
)
COMBINED_AMOUNTS = (
    (9, 2, 4),  # a stride above the kernel, and zeros all the same
    (11, 3, 5),
    (28, 3, 3),
    (29, 2, 2),
    (28, 1, 3),
    (29, 3, 2, 2),
    (30, 2, 3, 3),
)


def _amount_options(strides: int, dilation: int = 1) -> dict[str, Any]:
    chosen = {"strides": strides, "dilation_rate": dilation}
    return {name: value for name, value in chosen.items() if value != 1}


def _amount_cases(rng: Rng) -> Iterator[Case]:
    yield _call(28, 3)
    for n, size, strides in AMOUNTS:
        yield _call(n, size, **_amount_options(strides))
    for strides in (1, 2, 3):
        n, size = int(rng.integers(8, 60)), int(rng.integers(4, 9))
        yield _call(n, size, **_amount_options(strides))
    size, dilation = int(rng.integers(2, 5)), int(rng.integers(2, 4))
    yield _call(int(rng.integers(20, 40)), size, dilation_rate=dilation, edge=True)
    for n, size, strides, dilation in EDGE_AMOUNTS:
        yield _call(n, size, edge=True, **_amount_options(strides, dilation))
    for n, size, *options in COMBINED_AMOUNTS:
        yield _call(n, size, combined=True, **_amount_options(*options))


# --- small inputs to tell mistakes apart ---------------------------------------------------------


def _fits(given: Arguments) -> bool:
    return given["padding"] == "same" or span_of(given) <= given["n"]


SIZES = ArgumentSpace(
    {
        "n": Whole(1, 12),
        "kernel_size": Whole(1, 6),
        "strides": Whole(1, 4),
        "padding": OneOf(("valid", "same")),
        "dilation_rate": OneOf((1, 2, 3)),
    },
    fits=_fits,
)
PADDED = ArgumentSpace(
    {
        "n": Whole(1, 12),
        "kernel_size": Whole(1, 6),
        "strides": Whole(1, 5),
        "dilation_rate": OneOf((1, 2, 3)),
    }
)


CHECKS = (
    FunctionCheck(
        id=f"{UNIT}.tamano_salida",
        keras="keras.layers.Conv2D.compute_output_shape",
        reference=output_size,
        cases=_size_cases,
        compare=exact_integers,
        misconceptions=sifted(
            f"{UNIT}.tamano_salida",
            (
                *SIZE_MISTAKES,
                *SIZE_FORMULAS,
                *TRANSPOSED_SIZES,
                *other_defaults(strides=(1, 2), padding=("valid", "same"), dilation_rate=(1, 2, 0)),
                *SIZE_SLIPS,
            ),
        ),
        space=SIZES,
        terms=size_terms,
        hint='con "valid", cuenta los pasos que da la ventana además de la primera posición; con '
        '"same", la salida cubre toda la entrada: ¿hacia dónde se redondea?',
    ),
    FunctionCheck(
        id=f"{UNIT}.relleno_same",
        reference=same_padding,
        cases=_amount_cases,
        compare=exact_integers,
        misconceptions=sifted(
            f"{UNIT}.relleno_same",
            (
                *AMOUNT_MISTAKES,
                *AMOUNT_FORMULAS,
                *other_defaults(strides=(1, 2), dilation_rate=(1, 2, 0)),
                *AMOUNT_SLIPS,
            ),
        ),
        space=PADDED,
        terms=amount_terms,
        hint="el total depende del paso y nunca es negativo; si es impar, los dos lados no llevan "
        "lo mismo",
    ),
    *padded_layers.CHECKS[:2],
    *pooling.CHECKS,
    *padded_layers.CHECKS[2:],  # the bonus, at the end of the notebook
)
