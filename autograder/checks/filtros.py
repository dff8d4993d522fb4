"""Unidad 2: dos filtros clásicos, cuántos parámetros tiene una capa y cómo mirar sus filtros.

- ``filtro_sobel(eje)``: "x" -> [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], que responde a los bordes
  verticales; "y" -> su transpuesta; otro valor -> ``ValueError`` (edge).
- ``filtro_gaussiano(tamano, sigma)``: (tamano, tamano), suma 1, centro en (tamano - 1) / 2.
  Even sizes and size 1 are edge cases.
- ``parametros_conv2d(kernel_size, canales_entrada, filters, use_bias=True, groups=1)``: entero.
  ``kernel_size`` is an int, or a pair in edge cases, as ``groups`` above 1 is.
- ``parametros_dense(entradas, unidades, use_bias=True)``: entero.
- ``normalizar_filtros(kernel)``: (kh, kw, C, F) -> la misma forma, cada filtro de 0 a 1.
  Edge cases: a constant filter (zeros), one nearly constant, a single filter, a kernel of integers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from conv2d_lib import filters
from conv2d_lib.shapes import conv2d_params, dense_params

from ..judging.check import Case, FunctionCheck
from ..judging.comparison import CloseArrays, exact_integers
from ..judging.diagnosis.changes import Arguments
from ..judging.diagnosis.space import ArgumentSpace, Array, OneOf, Whole
from .count_formulas import CONV2D_FORMULAS, DENSE_FORMULAS
from .count_mistakes import (
    CONV2D_COUNT_MISTAKES,
    DENSE_COUNT_MISTAKES,
    conv2d_terms,
    dense_terms,
)
from .count_odd import CONV2D_ODD, DENSE_ODD
from .formula_slips import CONV_SLIPS, DENSE_SLIPS, other_defaults
from .gaussian_formulas import GAUSSIAN_FORMULAS
from .gaussian_mistakes import GAUSSIAN_MISTAKES
from .gaussian_odd import GAUSSIAN_ODD
from .inputs import Rng, distinct, normal
from .normalize_formulas import NORMALIZE_FORMULAS
from .normalize_mistakes import NORMALIZE_MISTAKES
from .normalize_odd import NORMALIZE_ODD
from .reference import normalize
from .repeats import sifted
from .sobel_formulas import SOBEL_FORMULAS
from .sobel_mistakes import SOBEL_MISTAKES

UNIT = "2_filtros"
_NEARLY = 8e-4  # the range of a filter that is not constant
_UNSEEN = 2e-6  # of what is added to a range


# --- the right answers, with the names that students give their arguments ------------------------


def sobel(eje: str) -> np.ndarray:
    return filters.sobel(eje)


def gaussian(tamano: int, sigma: float) -> np.ndarray:
    return filters.gaussian(tamano, sigma)


def count_conv2d(
    kernel_size: Any, canales_entrada: int, filters: int, use_bias: bool = True, groups: int = 1
) -> int:
    return conv2d_params(kernel_size, canales_entrada, filters, use_bias, groups)


def count_dense(entradas: int, unidades: int, use_bias: bool = True) -> int:
    return dense_params(entradas, unidades, use_bias)


# --- inputs --------------------------------------------------------------------------------------


def _sobel_cases(rng: Rng) -> Iterator[Case]:
    yield Case('eje "x"', ("x",))
    yield Case('eje "y"', ("y",))
    # The last is drawn: an axis that nobody could have listed. A capital letter is another value.
    drawn = "".join(rng.choice(list("abcdefgh"), 4))
    for unknown in ("z", "xy", "", "horizontal", "X", "Y", drawn):
        yield Case(f'eje "{unknown}"', (unknown,), edge=True, raises="ValueError")


def _sigma(rng: Rng, below_one: bool) -> float:
    # Wide enough for the tails to be cut: only there a formula's own normalisation shows.
    low, high = (0.75, 0.95) if below_one else (1.1, 1.6)
    return round(float(rng.uniform(low, high)), 2)


def _gaussian_cases(rng: Rng) -> Iterator[Case]:
    sizes = [(3, False), (5, False), (7, False), (4, True), (6, True), (1, True), (7, True)]
    for size, edge in sizes:
        # A large one with a small sigma: only there it shows where the tails are cut.
        sigma = _sigma(rng, below_one=size in (3, 4) or (size, edge) == (7, True))
        yield Case(f"tamano={size}, sigma={sigma}".replace(".", ","), (size, sigma), edge=edge)


def _conv2d_parameter_cases(rng: Rng) -> Iterator[Case]:
    yield Case("kernel de 5, 1 canal, 32 filtros", (5, 1, 32))
    for use_bias in (True, False, True):
        size, channels, count = distinct(rng, 3, 2, 9)
        label = f"kernel de {size}, {channels} canales, {count} filtros"
        options: dict[str, Any] = {} if use_bias else {"use_bias": False}
        yield Case(label + ("" if use_bias else ", sin sesgo"), (size, channels, count), options)
    kh, kw, channels, count = distinct(rng, 4, 2, 9)
    label = f"kernel de {kh}×{kw}, {channels} canales, {count} filtros"
    yield Case(label, ((kh, kw), channels, count), edge=True)
    groups, channels, count = distinct(rng, 3, 2, 6)
    args = (3, groups * channels, groups * count)
    for use_bias in (True, False):
        label = f"kernel de 3, {args[1]} canales, {args[2]} filtros, {groups} grupos"
        grouped: dict[str, Any] = {"groups": groups} | ({} if use_bias else {"use_bias": False})
        yield Case(label + ("" if use_bias else ", sin sesgo"), args, grouped, edge=True)
    rectangles: tuple[tuple[Any, int, int, dict[str, Any]], ...] = (
        ((2, 3), 5, 4, {"use_bias": False}),
        ((3, 2), 6, 9, {"groups": 3}),
        ((2, 3), 4, 8, {"groups": 4, "use_bias": False}),
        (3, 4, 8, {"groups": 4}),
    )
    for window, channels, count, options in rectangles:
        words = ", ".join(f"{name}={value}" for name, value in options.items())
        label = f"kernel_size={window}, {channels} canales, {count} filtros, {words}"
        yield Case(label, (window, channels, count), options, combined=True)


def _dense_parameter_cases(rng: Rng) -> Iterator[Case]:
    yield Case("784 entradas, 128 unidades", (784, 128))
    few, many = sorted(distinct(rng, 2, 3, 99))  # a 2 of somebody is not one of them
    for inputs, units in [(few, many), (many, few)]:
        yield Case(f"{inputs} entradas, {units} unidades", (inputs, units))
    label = f"{inputs} entradas, {units} unidades, sin sesgo"
    yield Case(label, (inputs, units), {"use_bias": False}, edge=True)
    yield Case("1 entrada, 1 unidad", (1, 1), edge=True)


def _kernel_cases(rng: Rng) -> Iterator[Case]:
    for _ in range(3):
        kh, kw, channels, count = distinct(rng, 4, 2, 6)
        # Scales and centres that differ: one minimum for all the filters must show.
        scale, centre = rng.uniform(0.5, 2, count), rng.uniform(-2, 2, count)
        kernel = (normal(rng, kh, kw, channels, count) * scale + centre).astype(np.float32)
        yield Case(f"kernel de {kernel.shape}", (kernel,))
    kernel = normal(rng, 3, 2, 2, 4)
    kernel[..., 1], kernel[..., 2] = 0, -1.5
    yield Case("kernel con filtros constantes", (kernel,), edge=True)
    # In float64, that np.asarray(kernel, float) does not copy: whoever writes on it is seen.
    yield Case("un solo filtro", (normal(rng, 3, 3, 1, 1).astype(float),), edge=True)
    whole = rng.integers(-9, 10, (3, 3, 1, 2))
    whole[0, 0, 0], whole[1, 1, 0] = 0, 11
    yield Case("kernel de enteros", (whole,), edge=True)
    # In a narrow range, what somebody adds to it so as not to divide by 0 shows.
    narrow = normal(rng, 3, 2, 2, 3)
    narrow *= np.float32(0.3) / np.ptp(narrow, axis=(0, 1, 2))
    # All above 0, or all below: whoever looks for an extreme from 0 on finds that 0.
    narrow += np.array([2, -2, 0], np.float32)
    yield Case("kernel de pesos parecidos", (narrow,), combined=True)
    # Nearly constant is not constant: whoever compares the range with a small number is seen.
    nearly = normal(rng, 3, 2, 2, 3)
    nearly[..., 1] *= np.float32(_NEARLY) / np.ptp(nearly[..., 1])
    yield Case("kernel con un filtro casi constante", (nearly,), combined=True)


def _normalized_rounding(kernel: np.ndarray) -> float:
    """What is added to the range so as not to divide by 0, and nobody sees, is no mistake."""
    widths = np.ptp(np.asarray(kernel, np.float64), axis=(0, 1, 2))
    return max(1e-5, float(_UNSEEN / widths.min(where=widths > 0, initial=1.0)))


# --- small inputs to tell mistakes apart ---------------------------------------------------------


def _groups_divide(given: Arguments) -> bool:
    return not (given["canales_entrada"] % given["groups"] or given["filters"] % given["groups"])


AXES = ArgumentSpace({"eje": OneOf(("x", "y"))})
GAUSSIANS = ArgumentSpace(
    {"tamano": OneOf((3, 2, 4, 5, 1)), "sigma": OneOf((1.0, 0.5, 2.0, 1.5, 0.75))}
)
CONVOLUTIONS = ArgumentSpace(
    {
        "kernel_size": OneOf((3, 2, 4, (2, 3), (3, 2), (1, 4))),
        "canales_entrada": Whole(1, 12),
        "filters": Whole(1, 12),
        "use_bias": OneOf((True, False)),
        "groups": OneOf((1, 2, 3)),
    },
    fits=_groups_divide,
)
DENSES = ArgumentSpace(
    {"entradas": Whole(1, 9), "unidades": Whole(1, 9), "use_bias": OneOf((True, False))}
)
KERNELS = ArgumentSpace(
    {"kernel": Array("kh kw c f")},
    {"kh": Whole(1, 3), "kw": Whole(1, 3), "c": Whole(1, 3), "f": Whole(1, 3)},
)


CHECKS = (
    FunctionCheck(
        id=f"{UNIT}.filtro_sobel",
        reference=sobel,
        cases=_sobel_cases,
        compare=CloseArrays(lambda eje: 1e-6),
        misconceptions=sifted(f"{UNIT}.filtro_sobel", (*SOBEL_MISTAKES, *SOBEL_FORMULAS)),
        space=AXES,
        hint="compara con la matriz del enunciado: qué signo lleva cada lado y qué fila pesa el "
        "doble; y con un eje que no conoce, se detiene con el error que se pide",
    ),
    FunctionCheck(
        id=f"{UNIT}.filtro_gaussiano",
        reference=gaussian,
        cases=_gaussian_cases,
        compare=CloseArrays(lambda tamano, sigma: 1e-6),
        misconceptions=sifted(
            f"{UNIT}.filtro_gaussiano",
            (*GAUSSIAN_MISTAKES, *GAUSSIAN_FORMULAS, *GAUSSIAN_ODD),
        ),
        space=GAUSSIANS,
        hint="mide la distancia de cada peso al centro, (tamano − 1) / 2, y divide al final entre "
        "la suma",
    ),
    FunctionCheck(
        id=f"{UNIT}.parametros_conv2d",
        keras="keras.layers.Conv2D.count_params",
        reference=count_conv2d,
        cases=_conv2d_parameter_cases,
        compare=exact_integers,
        misconceptions=sifted(
            f"{UNIT}.parametros_conv2d",
            (
                *CONV2D_COUNT_MISTAKES,
                *CONV2D_FORMULAS,
                *CONV2D_ODD,
                *other_defaults(use_bias=(True, False)),
                *CONV_SLIPS,
            ),
        ),
        space=CONVOLUTIONS,
        terms=conv2d_terms,
        hint="cuenta primero los pesos de un solo filtro, con los canales que él ve, y después los"
        " de todos; los sesgos, aparte",
    ),
    FunctionCheck(
        id=f"{UNIT}.parametros_dense",
        keras="keras.layers.Dense.count_params",
        reference=count_dense,
        cases=_dense_parameter_cases,
        compare=exact_integers,
        misconceptions=sifted(
            f"{UNIT}.parametros_dense",
            (
                *DENSE_COUNT_MISTAKES,
                *DENSE_FORMULAS,
                *DENSE_ODD,
                *other_defaults(use_bias=(True, False)),
                *DENSE_SLIPS,
            ),
        ),
        space=DENSES,
        terms=dense_terms,
        hint="cuenta los números de una sola unidad, con sesgo y sin él, y después los de todas",
    ),
    FunctionCheck(
        id=f"{UNIT}.normalizar_filtros",
        reference=normalize,
        cases=_kernel_cases,
        compare=CloseArrays(_normalized_rounding),
        misconceptions=sifted(
            f"{UNIT}.normalizar_filtros",
            (*NORMALIZE_MISTAKES, *NORMALIZE_FORMULAS, *NORMALIZE_ODD),
        ),
        space=KERNELS,
        hint="el mínimo y el máximo se toman en todos los ejes menos el de los filtros; piensa qué "
        "ocurre donde los dos son iguales",
    ),
)
