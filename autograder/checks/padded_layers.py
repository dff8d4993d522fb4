"""Unidad 4, con imágenes: los ceros en su sitio y la capa con paso, relleno, dilatación y grupos.

- ``rellenar(x, kernel_size, strides=1)``: x (N, H, W, C) con los ceros de ``same``;
  ``kernel_size`` y ``strides`` son un entero o un par (alto, ancho). Edge cases: pairs, strides
  above the kernel, uint8.
- ``conv2d(x, kernel, bias, strides=1, padding="valid")``: (N, H', W', F); ``strides`` es un entero
  o un par. Edge cases: pairs, strides above the kernel, 1×1 kernels, uint8.
- ``conv2d_dilatada(x, kernel, bias, dilation_rate=1)``: sin relleno y con paso 1;
  ``dilation_rate`` es un entero o un par. Edge cases: pairs, 1×1 kernels, uint8.
- ``conv2d_grupos(x, kernel, bias, groups=1)``: kernel (kh, kw, C // groups, F), sin relleno y con
  paso 1. Edge cases: depthwise, a single group, uint8.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from ..judging.check import Case, FunctionCheck
from ..judging.comparison import CloseArrays
from . import grouped_cases, spaces
from .inputs import Rng, distinct, layer_inputs, normal, pixel_layer_inputs, pixels, written
from .mistakes.catalogue import convolution_mistakes, fill_mistakes
from .mistakes.layout import LAYER
from .reference import conv2d, conv2d_rounding, pad, same_amounts
from .repeats import sifted

UNIT = "4_padding"


def fill(x: np.ndarray, kernel_size: Any, strides: Any = 1) -> np.ndarray:
    return pad(x, same_amounts(x, kernel_size, strides))


def strided(
    x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, strides: Any = 1, padding: str = "valid"
) -> np.ndarray:
    return conv2d(x, kernel, bias, strides, padding)


def dilated(
    x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, dilation_rate: Any = 1
) -> np.ndarray:
    return conv2d(x, kernel, bias, dilation_rate=dilation_rate)


def grouped(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, groups: int = 1) -> np.ndarray:
    check_groups(x, kernel, groups)
    return conv2d(x, kernel, bias, groups=groups)


def check_groups(x: np.ndarray, kernel: np.ndarray, groups: int) -> None:
    """Raise ``ValueError`` where the groups of a kernel are not those of an image."""
    if x.shape[3] != groups * kernel.shape[2]:
        raise ValueError(f"{x.shape[3]} canales, {groups} grupos de {kernel.shape[2]}")


# (padding, strides, H, W, kh, kw): each pins one mistake that random sizes could miss.
PINNED: tuple[tuple[Any, ...], ...] = (
    ("valid", 1, 6, 7, 3, 2),
    ("same", 1, 6, 7, 3, 4),
    ("valid", 2, 8, 7, 3, 2),  # 5 / 2 leaves a row over: floor, not ceiling
    ("same", 2, 8, 7, 3, 4),  # even and odd: the padding of stride 2 is not that of stride 1
    ("same", 3, 7, 8, 2, 5),
)


def _options(strides: Any, padding: str) -> dict[str, Any]:
    chosen = {"strides": strides} if strides != 1 else {}
    return chosen | ({"padding": padding} if padding != "valid" else {})


def _layer_cases(rng: Rng) -> Iterator[Case]:
    drawn = [
        (padding, strides, *distinct(rng, 2, 7, 10), *distinct(rng, 2, 2, 5))
        for padding, strides in [("valid", 2), ("valid", 3), ("same", 1), ("same", 2)]
    ]
    for padding, strides, h, w, kh, kw in [*PINNED, *drawn]:
        channels, count = distinct(rng, 2, 2, 4)
        label = f'imagen de {h}×{w}, kernel de {kh}×{kw}, strides={strides}, padding="{padding}"'
        args = layer_inputs(rng, (2, h, w, channels), (kh, kw), count)
        yield Case(label, args, _options(strides, padding))
    args = layer_inputs(rng, (2, 9, 8, 2), (3, 5), 3)
    for strides, padding in [((2, 1), "valid"), ((1, 3), "same")]:
        label = f'strides={strides}, padding="{padding}"'
        yield Case(label, args, {"strides": strides, "padding": padding}, edge=True)
    args = layer_inputs(rng, (2, 8, 7, 2), (2, 2), 3)
    label = 'un paso mayor que el kernel, con "same"'
    yield Case(label, args, {"strides": 4, "padding": "same"}, edge=True)
    args = layer_inputs(rng, (2, 5, 4, 3), (1, 1), 2)
    yield Case("kernel de 1×1 con strides=2", args, {"strides": 2}, edge=True)
    args = pixel_layer_inputs(rng, (2, 6, 5, 2), (3, 2), 4)
    yield Case("x de enteros de 0 a 255 (uint8)", args, {"padding": "same"}, edge=True)
    args = layer_inputs(rng, (2, 5, 6, 2), (3, 2), 3)
    yield Case('kernel de ancho par, con "same"', args, {"padding": "same"}, edge=True)
    args = layer_inputs(rng, (3, 9, 6, 2), (2, 3), 3)
    label = 'tres imágenes y strides=(4, 2), con "same"'
    yield Case(label, args, {"strides": (4, 2), "padding": "same"}, combined=True)
    args = layer_inputs(rng, (1, 6, 7, 1), (3, 2), 1)
    label = 'una imagen, un canal y un filtro, con "same"'
    yield Case(label, args, {"padding": "same"}, combined=True)


def _filled(
    x: np.ndarray,
    kernel_size: Any,
    strides: Any = 1,
    edge: bool = False,
    combined: bool = False,
) -> Case:
    options = {"strides": strides} if strides != 1 else {}
    label = f"x de {x.shape}, {written((), {'kernel_size': kernel_size, **options})}"
    return Case(label, (x, kernel_size), options, edge, combined=combined)


def _fill_cases(rng: Rng) -> Iterator[Case]:
    for size, strides in [(3, 1), (2, 1), (4, 1), (5, 1), (3, 2), (4, 3)]:
        h, w = distinct(rng, 2, 5, 9)
        yield _filled(normal(rng, 2, h, w, 3), size, strides)
    for h, w in ((8, 7), (7, 8)):
        yield _filled(normal(rng, 2, h, w, 3), 3, 2)
    yield _filled(normal(rng, 2, 6, 8, 1), (2, 5), edge=True)
    yield _filled(normal(rng, 1, 9, 8, 2), (3, 4), (2, 1), edge=True)
    yield _filled(normal(rng, 2, 8, 11, 2), 2, 4, edge=True)
    yield _filled(pixels(rng, 2, 5, 6, 3), 3, edge=True)
    # A stride above the kernel that needs zeros all the same, and pairs that differ in both axes.
    yield _filled(normal(rng, 3, 9, 6, 2), 2, 4, combined=True)
    yield _filled(normal(rng, 1, 8, 9, 1), (4, 3), (1, 3), combined=True)
    yield _filled(normal(rng, 2, 9, 8, 2), 4, (2, 1), combined=True)


def _dilated_cases(rng: Rng) -> Iterator[Case]:
    # A square kernel hides its transposition, and the others have no weight in the middle.
    for dilation, square in ((1, False), (2, False), (3, False), (2, True)):
        kh, kw = (3, 3) if square else distinct(rng, 2, 2, 3)
        h, w = distinct(rng, 2, 8, 12)
        channels, count = distinct(rng, 2, 2, 4)
        args = layer_inputs(rng, (2, h, w, channels), (kh, kw), count)
        options = {"dilation_rate": dilation} if dilation != 1 else {}
        yield Case(f"imagen de {h}×{w}, kernel de {kh}×{kw}, dilatación {dilation}", args, options)
    args = layer_inputs(rng, (2, 9, 8, 2), (3, 2), 3)
    yield Case("dilation_rate=(1, 3)", args, {"dilation_rate": (1, 3)}, edge=True)
    args = layer_inputs(rng, (2, 5, 6, 2), (3, 2), 3)
    label = "dilation_rate=(2, 1) y una sola fila de salida"
    yield Case(label, args, {"dilation_rate": (2, 1)}, edge=True)
    args = layer_inputs(rng, (2, 4, 5, 3), (1, 1), 2)
    yield Case("kernel de 1×1 con dilatación 3", args, {"dilation_rate": 3}, edge=True)
    args = pixel_layer_inputs(rng, (2, 7, 6, 2), (3, 2), 4)
    yield Case("x de enteros de 0 a 255 (uint8)", args, {"dilation_rate": 2}, edge=True)
    args = layer_inputs(rng, (3, 8, 9, 2), (2, 3), 3)
    yield Case(
        "tres imágenes y dilation_rate=(3, 2)", args, {"dilation_rate": (3, 2)}, combined=True
    )
    args = layer_inputs(rng, (1, 6, 7, 1), (3, 2), 1)
    yield Case("una imagen, un canal y un filtro", args, {"dilation_rate": 2}, combined=True)


GROUPED_MISTAKES = sifted(f"{UNIT}.conv2d_grupos", convolution_mistakes(LAYER, "groups"))
CHECKS = (
    FunctionCheck(
        id=f"{UNIT}.rellenar",
        reference=fill,
        space=spaces.FILL,
        cases=_fill_cases,
        compare=CloseArrays(lambda *args, **options: 0.0),
        misconceptions=sifted(f"{UNIT}.rellenar", fill_mistakes()),
        hint="cada eje lleva su cuenta: el alto de la imagen con el del kernel y el ancho con el "
        "ancho; ni el lote ni los canales se rellenan",
    ),
    FunctionCheck(
        id=f"{UNIT}.conv2d",
        keras="keras.layers.Conv2D",
        reference=strided,
        space=spaces.STRIDED,
        cases=_layer_cases,
        compare=CloseArrays(conv2d_rounding),
        misconceptions=sifted(f"{UNIT}.conv2d", convolution_mistakes(LAYER, "strides")),
        hint='rellena primero, y lo que queda es "valid"; entre una ventana y la siguiente hay un '
        "paso, en cada eje el suyo",
    ),
    FunctionCheck(
        id=f"{UNIT}.conv2d_dilatada",
        keras="keras.layers.Conv2D",
        reference=dilated,
        space=spaces.DILATED,
        cases=_dilated_cases,
        compare=CloseArrays(conv2d_rounding),
        misconceptions=sifted(
            f"{UNIT}.conv2d_dilatada", convolution_mistakes(LAYER, "dilation_rate")
        ),
        hint="entre un peso y el siguiente hay dilation_rate píxeles: con los mismos pesos, la "
        "ventana abarca más",
    ),
    FunctionCheck(
        id=f"{UNIT}.conv2d_grupos",
        keras="keras.layers.Conv2D",
        reference=grouped,
        space=spaces.GROUPED,
        cases=partial(grouped_cases.cases, grouped_cases.SMALL),
        compare=CloseArrays(conv2d_rounding),
        misconceptions=GROUPED_MISTAKES,
        hint="cada grupo es una conv2d sobre su trozo de canales, de filtros y de sesgos",
    ),
)
