"""Errores típicos de la unidad 2: filtros mal construidos, parámetros mal contados."""

from __future__ import annotations

import numpy as np

from conv2d_lib import filters
from conv2d_lib.shapes import as_pair, conv2d_params

from ..judging.diagnosis.misconceptions import Misconception
from .reference import normalize

SOBEL_MISTAKES = (
    Misconception(
        "sobel-con-ejes-cambiados",
        'los ejes están cambiados: "x" compara columnas y ve los bordes verticales',
        lambda eje: filters.sobel("y" if eje == "x" else "x"),
    ),
    Misconception(
        "sobel-con-signo-cambiado",
        "el signo está cambiado: el lado negativo va a la izquierda o arriba",
        lambda eje: -filters.sobel(eje),
    ),
    Misconception(
        "sobel-sin-suavizado",
        "los pesos de suavizado son 1, 2, 1, no 1, 1, 1",
        lambda eje: np.sign(filters.sobel(eje)),
    ),
)


def _gaussian_without_half(tamano: int, sigma: float) -> np.ndarray:
    return filters.gaussian(tamano, sigma / np.sqrt(2))


def _gaussian_peak_one(tamano: int, sigma: float) -> np.ndarray:
    kernel = filters.gaussian(tamano, sigma)
    # The centre of an even size lies between pixels: rescale from the distance of the first one.
    offset = (tamano % 2 == 0) * 0.5
    return kernel / kernel.max() * np.exp(-(offset**2) / sigma**2)


def _gaussian_by_formula(tamano: int, sigma: float) -> np.ndarray:
    return _gaussian_peak_one(tamano, sigma) / (2 * np.pi * sigma**2)


def _gaussian_centred_on_a_pixel(tamano: int, sigma: float) -> np.ndarray:
    profile = np.exp(-((np.arange(tamano) - tamano // 2) ** 2) / (2 * sigma**2))
    return np.outer(profile, profile) / profile.sum() ** 2


def _normalize_together(kernel: np.ndarray) -> np.ndarray:
    return normalize(kernel.reshape(-1, 1, 1, 1)).reshape(kernel.shape)


def _normalize_channels_apart(kernel: np.ndarray) -> np.ndarray:
    kernel = kernel.astype(np.float64)
    low, high = kernel.min(axis=(0, 1)), kernel.max(axis=(0, 1))
    return (kernel - low) / np.where(high > low, high - low, 1)


def _divide_by_maximum(kernel: np.ndarray) -> np.ndarray:
    return kernel / kernel.max(axis=(0, 1, 2)).astype(np.float64)


def _nan_where_constant(kernel: np.ndarray) -> np.ndarray:
    kernel = kernel.astype(np.float64)
    low, high = kernel.min(axis=(0, 1, 2)), kernel.max(axis=(0, 1, 2))
    with np.errstate(invalid="ignore"):
        return (kernel - low) / (high - low)


GAUSSIAN_MISTAKES = (
    Misconception("gauss-sin-el-dos", "falta el 2 de 2σ² en el exponente", _gaussian_without_half),
    Misconception(
        "gauss-sin-normalizar", "falta dividir entre la suma de todos los pesos", _gaussian_peak_one
    ),
    Misconception(
        "gauss-entre-la-constante",
        "divides entre 2πσ²; para que sume 1 hay que dividir entre la suma de los pesos",
        _gaussian_by_formula,
    ),
    Misconception(
        "gauss-descentrado",
        "el centro está en tamano // 2; con un tamaño par cae entre píxeles, en (tamano − 1) / 2",
        _gaussian_centred_on_a_pixel,
    ),
)
CONV2D_COUNT_MISTAKES = (
    Misconception(
        "sesgos-de-filtros-sin-contar",
        "faltan los sesgos: uno por filtro",
        lambda k, c, f, use_bias=True, groups=1: conv2d_params(k, c, f, False, groups),
    ),
    Misconception(
        "sesgo-contado-siempre",
        "cuentas el sesgo aunque use_bias sea False",
        lambda k, c, f, use_bias=True, groups=1: conv2d_params(k, c, f, True, groups),
    ),
    Misconception(
        "canales-sin-contar",
        "faltan los canales de entrada: cada filtro tiene un peso por canal",
        lambda k, c, f, use_bias=True, groups=1: conv2d_params(k, 1, f, use_bias),
    ),
    Misconception(
        "un-solo-sesgo-para-los-filtros",
        "hay un solo sesgo para toda la capa; va uno por filtro",
        lambda k, c, f, use_bias=True, groups=1: (
            conv2d_params(k, c, f, False, groups) + bool(use_bias)
        ),
    ),
    Misconception(
        "sesgos-por-canal",
        "los sesgos se multiplican por los canales de entrada; va uno por filtro",
        lambda k, c, f, use_bias=True, groups=1: (
            conv2d_params(k, c, f, False, groups) + bool(use_bias) * c * f
        ),
    ),
    Misconception(
        "kernel-sin-elevar-al-cuadrado",
        "el kernel cuenta como kernel_size pesos; son kernel_size × kernel_size",
        lambda k, c, f, use_bias=True, groups=1: (
            as_pair(k, "")[0] * (c // groups) * f + bool(use_bias) * f
        ),
    ),
    Misconception(
        "grupos-sin-contar",
        "no tienes en cuenta groups: cada filtro ve solo canales / groups",
        lambda k, c, f, use_bias=True, groups=1: conv2d_params(k, c, f, use_bias),
    ),
)
DENSE_COUNT_MISTAKES = (
    Misconception(
        "sesgos-de-unidades-sin-contar",
        "faltan los sesgos: uno por unidad",
        lambda n, u, use_bias=True: n * u,
    ),
    Misconception(
        "sesgo-contado-siempre",
        "cuentas el sesgo aunque use_bias sea False",
        lambda n, u, use_bias=True: n * u + u,
    ),
    Misconception(
        "sesgos-por-entrada",
        "los sesgos van uno por unidad, no uno por entrada",
        lambda n, u, use_bias=True: n * u + bool(use_bias) * n,
    ),
    Misconception(
        "un-solo-sesgo-para-las-unidades",
        "hay un solo sesgo para toda la capa; va uno por unidad",
        lambda n, u, use_bias=True: n * u + bool(use_bias),
    ),
)
NORMALIZE_MISTAKES = (
    Misconception(
        "normalizado-de-todo-el-kernel",
        "usas el mínimo y el máximo de todo el kernel; cada filtro lleva los suyos",
        _normalize_together,
    ),
    Misconception(
        "normalizado-por-canal",
        "cada canal se normaliza por separado; el mínimo y el máximo son del filtro entero",
        _normalize_channels_apart,
    ),
    Misconception(
        "normalizado-sin-minimo",
        "divides entre el máximo sin restar antes el mínimo",
        _divide_by_maximum,
    ),
    Misconception(
        "filtro-constante-da-nan",
        "un filtro constante divide 0 entre 0 y da NaN; debe dar ceros",
        _nan_where_constant,
    ),
)
