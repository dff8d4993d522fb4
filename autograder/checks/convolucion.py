"""Unidad 1: de la correlación de una imagen con un kernel a la capa entera, con lotes y sesgo.

- ``correlacion2d(imagen, kernel)``: (H, W) y (kh, kw) -> (H - kh + 1, W - kw + 1).
- ``convolucion_verdadera(imagen, kernel)``: lo mismo, con el kernel girado 180°.
- ``correlacion_multicanal(imagen, kernel)``: (H, W, C) y (kh, kw, C) -> dos ejes, suma de canales.
- ``conv2d(x, kernel, bias)``: (N, H, W, C), (kh, kw, C, F) y (F,) -> (N, H', W', F), sin relleno y
  con paso 1.

Edge cases: 1×1 kernels, kernels as big as the image, one channel, pictures of uint8.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..judging.check import Case, FunctionCheck
from ..judging.comparison import CloseArrays, accumulation_tolerance
from . import spaces
from .inputs import Rng, distinct, layer_inputs, normal, pixel_layer_inputs, pixels, sizes
from .mistakes.catalogue import convolution_mistakes
from .mistakes.layout import DEEP, LAYER, PLANE, TURNED
from .reference import conv2d, conv2d_rounding
from .repeats import sifted

UNIT = "1_convolucion"


def correlate(imagen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """The reference in float64: (H, W) with (kh, kw), or (H, W, C) with (kh, kw, C)."""
    windows = np.lib.stride_tricks.sliding_window_view(
        imagen.astype(np.float64), kernel.shape[:2], axis=(0, 1)
    )  # (H', W'[, C], kh, kw)
    axes = "ijkl,kl->ij" if imagen.ndim == 2 else "ijckl,klc->ij"
    return np.einsum(axes, windows, kernel.astype(np.float64))


def convolve(imagen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return correlate(imagen, kernel[::-1, ::-1])


def plain_layer(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    return conv2d(x, kernel, bias)


def _rounding(imagen: np.ndarray, kernel: np.ndarray) -> float:
    magnitude = correlate(np.abs(imagen.astype(np.float64)), np.abs(kernel))
    return accumulation_tolerance(kernel.size, magnitude)


def _image_cases(rng: Rng, *channels: int) -> Iterator[Case]:
    deep = "".join(f"×{c}" for c in channels)
    for h, w, kh, kw in [(6, 6, 3, 3), *sizes(rng, 4)]:
        args = (normal(rng, h, w, *channels), normal(rng, kh, kw, *channels))
        yield Case(f"imagen de {h}×{w}{deep}, kernel de {kh}×{kw}{deep}", args)
    args = (normal(rng, 4, 5, *channels), normal(rng, 1, 1, *channels))
    yield Case("kernel de 1×1", args, edge=True)
    args = (normal(rng, 3, 4, *channels), normal(rng, 3, 4, *channels))
    yield Case("kernel tan grande como la imagen", args, edge=True)
    args = (pixels(rng, 7, 5, *channels), normal(rng, 3, 2, *channels))
    yield Case("imagen de enteros de 0 a 255 (uint8)", args, edge=True)
    # Small weights may keep every sum among the values of a pixel: whoever clips them must be seen.
    heavy = (10 * normal(rng, 3, 2, *channels)).astype(np.float32)
    args = (pixels(rng, 7, 5, *channels), heavy)
    yield Case("imagen de enteros y kernel de pesos grandes", args, combined=True)


def _single_channel_cases(rng: Rng) -> Iterator[Case]:
    yield from _image_cases(rng)


def _many_channel_cases(rng: Rng) -> Iterator[Case]:
    yield from _image_cases(rng, 3)
    yield Case("un solo canal", (normal(rng, 6, 7, 1), normal(rng, 3, 2, 1)), edge=True)
    for channels in (2, 5):
        args = (normal(rng, 6, 7, channels), normal(rng, 3, 2, channels))
        yield Case(f"{channels} canales", args, combined=True)


def _layer_cases(rng: Rng) -> Iterator[Case]:
    for h, w, kh, kw in [(6, 6, 3, 3), *sizes(rng, 4)]:
        c, f = distinct(rng, 2, 2, 5)
        label = f"x de (3, {h}, {w}, {c}), kernel de ({kh}, {kw}, {c}, {f})"
        yield Case(label, layer_inputs(rng, (3, h, w, c), (kh, kw), f))
    yield Case("kernel de 1×1", layer_inputs(rng, (2, 4, 5, 3), (1, 1), 2), edge=True)
    args = layer_inputs(rng, (1, 5, 6, 1), (3, 2), 1)
    yield Case("una imagen, un canal, un filtro", args, edge=True)
    args = layer_inputs(rng, (2, 3, 4, 2), (3, 4), 3)
    yield Case("kernel tan grande como la imagen", args, edge=True)
    args = pixel_layer_inputs(rng, (2, 6, 5, 2), (3, 2), 4)
    yield Case("x de enteros de 0 a 255 (uint8)", args, edge=True)


CHECKS = (
    FunctionCheck(
        id=f"{UNIT}.correlacion2d",
        reference=correlate,
        cases=_single_channel_cases,
        compare=CloseArrays(_rounding),
        space=spaces.PLANE,
        misconceptions=sifted(f"{UNIT}.correlacion2d", convolution_mistakes(PLANE)),
        hint="coloca el kernel sobre la ventana que empieza en (i, j), multiplica y suma; "
        "hay H − kh + 1 filas de salida",
    ),
    FunctionCheck(
        id=f"{UNIT}.convolucion_verdadera",
        reference=convolve,
        cases=_single_channel_cases,
        compare=CloseArrays(_rounding),
        space=spaces.PLANE,
        misconceptions=sifted(f"{UNIT}.convolucion_verdadera", convolution_mistakes(TURNED)),
        hint="es la correlación con el kernel girado media vuelta: cambia el orden de sus filas y "
        "también el de sus columnas",
    ),
    FunctionCheck(
        id=f"{UNIT}.correlacion_multicanal",
        reference=correlate,
        cases=_many_channel_cases,
        compare=CloseArrays(_rounding),
        space=spaces.DEEP,
        misconceptions=sifted(f"{UNIT}.correlacion_multicanal", convolution_mistakes(DEEP)),
        hint="la suma recorre alto, ancho y canales: la salida tiene solo dos ejes",
    ),
    FunctionCheck(
        id=f"{UNIT}.conv2d",
        keras="keras.layers.Conv2D",
        reference=plain_layer,
        cases=_layer_cases,
        compare=CloseArrays(conv2d_rounding),
        space=spaces.LAYER,
        misconceptions=sifted(f"{UNIT}.conv2d", convolution_mistakes(LAYER)),
        hint="para cada imagen y cada filtro, una correlación multicanal más bias[filtro]",
    ),
)
