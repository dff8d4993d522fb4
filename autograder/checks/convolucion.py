"""Unidad 1: de la correlación de una imagen con un kernel a la capa entera, con lotes y sesgo."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from conv2d_lib import didactic

from ..check import Case, FunctionCheck
from ..comparison import CloseArrays, accumulation_tolerance
from ..diagnosis import Misconception

Rng = np.random.Generator
UNIT = "1_convolucion"


def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """The reference in float64: (H, W) with (kh, kw), or (H, W, C) with (kh, kw, C)."""
    windows = np.lib.stride_tricks.sliding_window_view(
        image.astype(np.float64), kernel.shape[:2], axis=(0, 1)
    )  # (H', W'[, C], kh, kw)
    axes = "ijkl,kl->ij" if image.ndim == 2 else "ijckl,klc->ij"
    return np.einsum(axes, windows, kernel.astype(np.float64))


def convolve(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return correlate(image, kernel[::-1, ::-1])


def conv2d(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    return didactic.conv2d_im2col(
        x.astype(np.float64), kernel.astype(np.float64), bias.astype(np.float64)
    )


def _rounding(image: np.ndarray, kernel: np.ndarray) -> float:
    return accumulation_tolerance(kernel.size, correlate(np.abs(image), np.abs(kernel)))


def _rounding_conv2d(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> float:
    terms = kernel[..., 0].size
    return accumulation_tolerance(terms, conv2d(np.abs(x), np.abs(kernel), np.abs(bias)))


# --- inputs --------------------------------------------------------------------------------------


def _normal(rng: Rng, *shape: int) -> np.ndarray:
    return rng.standard_normal(shape).astype(np.float32)


def _sizes(rng: Rng, count: int) -> Iterator[tuple[int, int, int, int]]:
    """Heights and widths that differ, of the image and of the kernel, which fits in it."""
    for _ in range(count):
        kh, kw = (int(n) for n in rng.permutation([2, 3, 4, 5])[:2])
        yield kh + int(rng.integers(2, 5)), kw + int(rng.integers(5, 8)), kh, kw


def _image_cases(rng: Rng, *channels: int) -> Iterator[Case]:
    deep = "×".join(["", *map(str, channels)])
    for h, w, kh, kw in [(6, 6, 3, 3), *_sizes(rng, 4)]:
        args = (_normal(rng, h, w, *channels), _normal(rng, kh, kw, *channels))
        yield Case(f"imagen de {h}×{w}{deep}, kernel de {kh}×{kw}{deep}", args)
    yield Case(
        "kernel de 1×1",
        (_normal(rng, 4, 5, *channels), _normal(rng, 1, 1, *channels)),
        edge=True,
    )
    yield Case(
        "kernel tan grande como la imagen",
        (_normal(rng, 3, 4, *channels), _normal(rng, 3, 4, *channels)),
        edge=True,
    )
    pixels = rng.integers(0, 256, (7, 5, *channels)).astype(np.uint8)
    yield Case(
        "imagen de enteros de 0 a 255 (uint8)",
        (pixels, _normal(rng, 3, 2, *channels)),
        edge=True,
    )


def _single_channel_cases(rng: Rng) -> Iterator[Case]:
    yield from _image_cases(rng)


def _many_channel_cases(rng: Rng) -> Iterator[Case]:
    yield from _image_cases(rng, 3)
    args = (_normal(rng, 6, 7, 1), _normal(rng, 3, 2, 1))
    yield Case("un solo canal", args, edge=True)


def _layer_args(rng: Rng, n: int, h: int, w: int, kh: int, kw: int, c: int, f: int) -> tuple:
    return _normal(rng, n, h, w, c), _normal(rng, kh, kw, c, f), _normal(rng, f)


def _layer_cases(rng: Rng) -> Iterator[Case]:
    for h, w, kh, kw in [(6, 6, 3, 3), *_sizes(rng, 4)]:
        c, f = (int(n) for n in rng.permutation([2, 3, 4, 5])[:2])
        label = f"x de (3, {h}, {w}, {c}), kernel de ({kh}, {kw}, {c}, {f})"
        yield Case(label, _layer_args(rng, 3, h, w, kh, kw, c, f))
    yield Case("kernel de 1×1", _layer_args(rng, 2, 4, 5, 1, 1, 3, 2), edge=True)
    yield Case("una imagen, un canal, un filtro", _layer_args(rng, 1, 5, 6, 3, 2, 1, 1), edge=True)
    yield Case("kernel tan grande como la imagen", _layer_args(rng, 2, 3, 4, 3, 4, 2, 3), edge=True)
    _, kernel, bias = _layer_args(rng, 1, 1, 1, 3, 2, 2, 4)
    pixels = rng.integers(0, 256, (2, 6, 5, 2)).astype(np.uint8)
    yield Case("x de enteros de 0 a 255 (uint8)", (pixels, kernel, bias), edge=True)


# --- typical mistakes ----------------------------------------------------------------------------

FLIPPED = Misconception(
    "el kernel está volteado: Conv2D hace correlación cruzada, sin girar el kernel",
    convolve,
)
NOT_FLIPPED = Misconception(
    "falta voltear el kernel: la convolución de verdad lo gira 180°", correlate
)
FLIPPED_ONE_AXIS = Misconception(
    "el kernel está volteado en un solo eje; hay que girarlo en los dos",
    lambda image, kernel: correlate(image, kernel[::-1]),
)
TRANSPOSED = Misconception(
    "el kernel está transpuesto en lugar de volteado",
    lambda image, kernel: correlate(image, kernel.swapaxes(0, 1)),
)
FIRST_CHANNEL = Misconception(
    "solo cuenta el primer canal; hay que sumar los productos de todos",
    lambda image, kernel: correlate(image[..., :1], kernel[..., :1]),
)
CHANNEL_MEAN = Misconception(
    "los canales se promedian en lugar de sumarse",
    lambda image, kernel: correlate(image, kernel) / image.shape[-1],
)


def _repeat_first_example(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    return np.repeat(conv2d(x[:1], kernel, bias), len(x), axis=0)


LAYER_MISTAKES = (
    Misconception(
        "falta sumar el sesgo (bias)", lambda x, kernel, bias: conv2d(x, kernel, 0 * bias)
    ),
    Misconception(FLIPPED.cause, lambda x, kernel, bias: conv2d(x, kernel[::-1, ::-1], bias)),
    Misconception(
        "el sesgo se suma una vez por cada producto de la ventana; va una sola vez por salida",
        lambda x, kernel, bias: conv2d(x, kernel, bias * kernel[..., 0].size),
    ),
    Misconception(
        "el sesgo se suma una vez por canal de entrada; va una sola vez por salida",
        lambda x, kernel, bias: conv2d(x, kernel, bias * kernel.shape[2]),
    ),
    Misconception("el sesgo se resta", lambda x, kernel, bias: conv2d(x, kernel, -bias)),
    Misconception(
        "todos los ejemplos del lote reciben el resultado del primero", _repeat_first_example
    ),
    Misconception(
        "los canales de entrada están en orden inverso",
        lambda x, kernel, bias: conv2d(x[..., ::-1], kernel, bias),
    ),
    Misconception(
        "solo cuenta el primer canal de entrada; hay que sumarlos todos",
        lambda x, kernel, bias: conv2d(x[..., :1], kernel[:, :, :1], bias),
    ),
    Misconception(
        "todos los filtros calculan lo mismo que el primero",
        lambda x, kernel, bias: conv2d(x, np.repeat(kernel[..., :1], len(bias), -1), bias),
    ),
)

CHECKS = (
    FunctionCheck(
        id=f"{UNIT}.correlacion2d",
        reference=correlate,
        cases=_single_channel_cases,
        compare=CloseArrays(_rounding),
        misconceptions=(FLIPPED, TRANSPOSED),
        hint="coloca el kernel sobre la ventana que empieza en (i, j), multiplica y suma; "
        "hay H − kh + 1 filas de salida",
    ),
    FunctionCheck(
        id=f"{UNIT}.convolucion_verdadera",
        reference=convolve,
        cases=_single_channel_cases,
        compare=CloseArrays(_rounding),
        misconceptions=(NOT_FLIPPED, FLIPPED_ONE_AXIS),
        hint="es la correlación con el kernel girado 180°: kernel[::-1, ::-1]",
    ),
    FunctionCheck(
        id=f"{UNIT}.correlacion_multicanal",
        reference=correlate,
        cases=_many_channel_cases,
        compare=CloseArrays(_rounding),
        misconceptions=(FLIPPED, FIRST_CHANNEL, CHANNEL_MEAN),
        hint="la suma recorre alto, ancho y canales: la salida tiene solo dos ejes",
    ),
    FunctionCheck(
        id=f"{UNIT}.conv2d",
        reference=conv2d,
        cases=_layer_cases,
        compare=CloseArrays(_rounding_conv2d),
        misconceptions=LAYER_MISTAKES,
        hint="para cada imagen y cada filtro, una correlación multicanal más bias[filtro]",
    ),
)
