"""Errores típicos al construir el filtro gaussiano: sigma, distancias, centro, suma y tamaño."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change, answer, argument, instead
from . import lessons
from .named import Named
from .ways import Entries, after, before, rounded

HINT_EXPONENT = "escribe el exponente como una fracción: qué va arriba y qué va abajo"
HINT_SCALE = "suma todos los pesos de lo que devuelves: ¿da 1?"
HINT_CENTRE = "¿a qué distancia del centro queda el primer peso con tamano 4? ¿Y el último?"


def _sigma(change: Callable[[float], float]) -> Change:
    return argument("sigma", change)


def _raw(kernel: np.ndarray, given: Arguments) -> np.ndarray:
    """The weights before they were divided by their sum, whatever sigma they were made with."""
    size = len(kernel)
    if size == 2:  # all alike: only what was asked tells them
        return kernel / kernel[0, 0] * np.exp(-0.25 / given["sigma"] ** 2)
    middle = (size - 1) // 2
    if size % 2:
        return kernel / kernel[middle, middle]
    # Offsets of a half and of one and a half: their ratio is the exponential of two squares.
    near, far = kernel[middle, middle], kernel[middle, middle + 2]
    return kernel / near * (far / near) ** 0.25


def _scaled(by: Callable[[np.ndarray, Arguments], Any]) -> Change:
    """Divided by something else than the sum of all the weights."""
    return after("escala", lambda kernel, given: (raw := _raw(kernel, given)) / by(raw, given))


def _of_distances(weight: Callable[[np.ndarray, np.ndarray, float], np.ndarray]) -> Change:
    """Weights that are another function of the rows' and columns' offsets, and of sigma."""

    def change(kernel: np.ndarray, given: Arguments) -> np.ndarray:
        offsets = np.arange(given["tamano"]) - (given["tamano"] - 1) / 2
        weights = weight(offsets[:, None], offsets[None, :], given["sigma"])
        weights = np.broadcast_to(weights, kernel.shape)
        return weights / weights.sum()

    return after("distancia", change)


def _centred(centre: Callable[[int], float]) -> Change:
    def change(kernel: np.ndarray, given: Arguments) -> np.ndarray:
        offsets = np.arange(given["tamano"]) - centre(given["tamano"])
        profile = np.exp(-(offsets**2) / (2 * given["sigma"] ** 2))
        return np.outer(profile, profile) / profile.sum() ** 2

    return after("centro", change)


def _sigma_by_size(stretch: Callable[[int], float]) -> Change:
    """Distances that many times larger: the same as a sigma that many times smaller."""

    def change(given: Arguments) -> Arguments:
        # A single weight is at no distance from another.
        by = stretch(given["tamano"]) if given["tamano"] > 1 else 1
        return given | {"sigma": given["sigma"] / by}

    return before("sigma", change)


def _resized(change: Callable[[int], int]) -> Change:
    return argument("tamano", change)


def _even_refused(given: Arguments) -> Arguments:
    if given["tamano"] % 2 == 0:
        raise ValueError("tamano")
    return given


GAUSSIAN_MISTAKES: Entries = (
    *Named(
        "gauss-sin-el-dos",
        "falta el 2 de 2σ² en el exponente",
        HINT_EXPONENT,
        lessons.CLASSIC_FILTERS,
    ).by(
        _sigma(lambda sigma: sigma / np.sqrt(2)),
    ),
    *Named(
        "gauss-sigma-sin-cuadrado",
        "sigma va al cuadrado en el exponente: se divide entre 2σ², y sigma no es la varianza",
        HINT_EXPONENT,
        lessons.CLASSIC_FILTERS,
    ).by(
        _sigma(np.sqrt),
        _sigma(lambda sigma: np.sqrt(sigma / 2)),
    ),
    *Named(
        "gauss-sigma-de-mas",
        "sigma se eleva de más en el exponente: es 2σ², no (2σ)² ni σ⁴",
        HINT_EXPONENT,
        lessons.CLASSIC_FILTERS,
    ).by(
        _sigma(lambda sigma: sigma**2),
        _sigma(lambda sigma: sigma * np.sqrt(2)),
    ),
    *Named(
        "gauss-multiplica-por-sigma",
        "el exponente sale multiplicado por sigma en lugar de dividido, como si faltaran los "
        "paréntesis de (2 * σ²)",
        "Python lee a / 2 * b como (a / 2) * b",
        lessons.CLASSIC_FILTERS,
    ).by(
        _sigma(lambda sigma: 1 / sigma),
        _sigma(lambda sigma: 1 / np.sqrt(sigma)),
    ),
    *Named(
        "gauss-sigma-ignorado",
        "sigma no influye, o llega redondeado o recortado: el filtro debe cambiar con cada sigma",
        "busca dónde usas sigma, y si por el camino se convierte en otro número",
        lessons.CLASSIC_FILTERS,
    ).by(
        instead("sigma", 1.0),
        _sigma(lambda sigma: float(max(round(sigma), 1))),
        _sigma(lambda sigma: float(max(int(sigma), 1))),
        _sigma(lambda sigma: round(sigma, 1)),
        _sigma(lambda sigma: max(sigma, 1.0)),
        _sigma(lambda sigma: min(sigma, 1.0)),
    ),
    *Named(
        "gauss-plano",
        "todos los pesos valen lo mismo: es la media; en el gaussiano bajan al alejarse del centro",
        "¿qué peso lleva la esquina, comparado con el del centro?",
        lessons.CLASSIC_FILTERS,
    ).by(
        instead("sigma", 1e6),
    ),
    *Named(
        "gauss-distancia-sin-cuadrado",
        "la distancia va al cuadrado en el exponente: d² = (i − c)² + (j − c)²",
        HINT_EXPONENT,
        lessons.CLASSIC_FILTERS,
    ).by(
        _of_distances(lambda a, b, s: np.exp(-np.hypot(a, b) / (2 * s**2))),
        _of_distances(lambda a, b, s: np.exp(-(abs(a) + abs(b)) / (2 * s**2))),
        _of_distances(lambda a, b, s: np.exp(-np.hypot(a, b) / (2 * s))),
    ),
    *Named(
        "gauss-otra-distancia",
        "la distancia no es la de la línea recta: d² = (i − c)² + (j − c)², y se eleva una vez",
        "calcula con lápiz la d² de una esquina de un filtro de 3×3: debe dar 2",
        lessons.CLASSIC_FILTERS,
    ).by(
        _of_distances(lambda a, b, s: np.exp(-((abs(a) + abs(b)) ** 2) / (2 * s**2))),
        _of_distances(lambda a, b, s: np.exp(-(np.maximum(abs(a), abs(b)) ** 2) / (2 * s**2))),
        _of_distances(lambda a, b, s: np.exp(-((a**2 + b**2) ** 2) / (2 * s**2))),
        _of_distances(lambda a, b, s: np.exp(-((a * b) ** 2) / (2 * s**2))),
    ),
    *Named(
        "gauss-en-un-solo-eje",
        "los pesos solo bajan en un eje; la distancia suma la de las filas y la de las columnas",
        "¿tu filtro queda igual si lo traspones?",
        lessons.CLASSIC_FILTERS,
    ).by(
        _of_distances(lambda a, b, s: np.exp(-(a**2) / (2 * s**2))),
        _of_distances(lambda a, b, s: np.exp(-(b**2) / (2 * s**2))),
    ),
    *Named(
        "gauss-de-una-dimension",
        "llega una fila de pesos; el filtro es un cuadrado de tamano × tamano",
        "un peso depende de su fila y de su columna: hacen falta las dos",
        lessons.CLASSIC_FILTERS,
    ).by(
        answer(lambda kernel: kernel.sum(axis=0)),
        answer(lambda kernel: kernel.sum(axis=0, keepdims=True)),
        answer(lambda kernel: kernel.sum(axis=1, keepdims=True)),
    ),
    *Named(
        "gauss-sin-el-menos",
        "falta el signo menos del exponente: los pesos crecen al alejarse del centro",
        "¿qué peso lleva la esquina, comparado con el del centro?",
        lessons.CLASSIC_FILTERS,
    ).by(
        _of_distances(lambda a, b, s: np.exp((a**2 + b**2) / (2 * s**2))),
    ),
    *Named(
        "gauss-sin-normalizar",
        "falta dividir entre la suma de todos los pesos",
        HINT_SCALE,
        lessons.CLASSIC_FILTERS,
    ).by(
        _scaled(lambda raw, given: 1),
    ),
    *Named(
        "gauss-entre-la-constante",
        "divides entre 2πσ²; para que sume 1 hay que dividir entre la suma de los pesos",
        HINT_SCALE,
        lessons.CLASSIC_FILTERS,
    ).by(
        _scaled(lambda raw, given: 2 * np.pi * given["sigma"] ** 2),
    ),
    *Named(
        "gauss-entre-la-constante-de-un-eje",
        "divides entre σ√(2π), como en una campana de un solo eje; para que sume 1 hay que dividir "
        "entre la suma de los pesos",
        HINT_SCALE,
        lessons.CLASSIC_FILTERS,
    ).by(
        _scaled(lambda raw, given: given["sigma"] * np.sqrt(2 * np.pi)),
    ),
    *Named(
        "gauss-con-maximo-uno",
        "divides entre el mayor de los pesos; para que sume 1 se divide entre la suma",
        HINT_SCALE,
        lessons.CLASSIC_FILTERS,
    ).by(
        _scaled(lambda raw, given: raw.max()),
    ),
    *Named(
        "gauss-entre-otra-cosa",
        "no divides entre la suma de todos los pesos, sino entre la de cada fila o columna, su "
        "número o la de sus cuadrados",
        HINT_SCALE,
        lessons.CLASSIC_FILTERS,
    ).by(
        _scaled(lambda raw, given: raw.sum(axis=1, keepdims=True)),
        _scaled(lambda raw, given: raw.sum(axis=0)),
        _scaled(lambda raw, given: raw.size),
        _scaled(lambda raw, given: len(raw)),
        _scaled(lambda raw, given: np.sqrt((raw**2).sum())),
    ),
    *Named(
        "gauss-descentrado",
        "el centro cae en un píxel, como con tamano // 2; con un tamaño par cae entre píxeles, "
        "en (tamano − 1) / 2",
        HINT_CENTRE,
        lessons.CLASSIC_FILTERS,
    ).by(
        _centred(lambda size: size // 2),
        _centred(lambda size: (size - 1) // 2),
    ),
    *Named(
        "gauss-centrado-en-otro-sitio",
        "el centro no está en (tamano − 1) / 2: el filtro no es simétrico",
        HINT_CENTRE,
        lessons.CLASSIC_FILTERS,
    ).by(
        _centred(lambda size: size / 2),
        _centred(lambda size: (size + 1) / 2),
        _centred(lambda size: size - 1),
        _centred(lambda size: 0),
    ),
    *Named(
        "gauss-distancias-estiradas",
        "las distancias no van de píxel en píxel: entre un peso y el siguiente hay 1",
        "imprime tus distancias con tamano 4: deben ser −1,5, −0,5, 0,5 y 1,5",
        lessons.CLASSIC_FILTERS,
    ).by(
        _sigma_by_size(lambda size: 2 * (size // 2) / (size - 1)),
        _sigma_by_size(lambda size: size / (size - 1)),
        _sigma_by_size(lambda size: 2 / (size - 1)),
    ),
    *Named(
        "gauss-con-otro-tamano",
        "el filtro no mide tamano × tamano",
        "con tamano 4 salen cuatro filas de cuatro pesos: ¿cuántos números da tu rango?",
        lessons.CLASSIC_FILTERS,
    ).by(
        _resized(lambda size: size + (size % 2 == 0)),
        _resized(lambda size: max(size - (size % 2 == 0), 1)),
        _resized(lambda size: size + 1),
        _resized(lambda size: max(size - 1, 1)),
        _resized(lambda size: 2 * size + 1),
    ),
    *Named(
        "gauss-par-rechazado",
        "rechazas los tamaños pares; también valen, con el centro entre píxeles",
        HINT_CENTRE,
        lessons.CLASSIC_FILTERS,
    ).by(
        before("tamano", _even_refused),
    ),
    *Named(
        "pesos-redondeados",
        "los pesos llegan redondeados o con menos cifras de las que da float32",
        "devuelve los pesos sin redondear; para leerlos mejor, redondea al imprimir",
        lessons.CLASSIC_FILTERS,
    ).by(
        *map(rounded, (1, 2, 3, 4, 5)),
        answer(lambda kernel: kernel.astype(np.float16)),
        answer(lambda kernel: kernel.astype(int)),
    ),
)
