"""Errores típicos al contar los parámetros de un modelo entero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change, answer, computed
from ..wire.protocol import ModelSpec
from . import lessons
from .named import Named
from .ways import WITH_DECIMALS, Entries, plus

HINT_ALL = "modelo.summary() enseña una fila por capa: suma a mano la columna y compárala"
Layer = tuple[dict[str, Any], list[np.ndarray]]


def count_all(modelo: ModelSpec) -> int:
    """The right answer: the numbers of all the weights, trained or not."""
    return sum(array.size for arrays in modelo.weights for array in arrays)


def total_terms(given: Arguments) -> dict[str, float]:
    """What a wrong total may lack."""
    modelo: ModelSpec = given["modelo"]
    with_weights = [arrays for arrays in modelo.weights if arrays]
    terms: dict[str, float] = {
        "los sesgos": sum(array.size for arrays in with_weights for array in arrays[1:2]),
        "los de las capas congeladas": _frozen(modelo),
        "la media y la varianza de BatchNormalization": _moving(modelo),
    }
    if with_weights:
        terms["los de la primera capa con pesos"] = sum(array.size for array in with_weights[0])
        terms["los de la última capa con pesos"] = sum(array.size for array in with_weights[-1])
    return terms


def _layers(modelo: ModelSpec) -> list[Layer]:
    return [
        (each, arrays) for each, arrays in zip(modelo.layers, modelo.weights, strict=True) if arrays
    ]


def _size(arrays: list[np.ndarray]) -> int:
    return sum(array.size for array in arrays)


def _trains(layer: dict[str, Any]) -> bool:
    return bool(layer["config"].get("trainable", True))


def _frozen(modelo: ModelSpec) -> int:
    return sum(_size(arrays) for layer, arrays in _layers(modelo) if not _trains(layer))


def _moving(modelo: ModelSpec) -> int:
    """Of BatchNormalization, the moving mean and variance are not trained."""
    return sum(
        _size(arrays[2:])
        for layer, arrays in _layers(modelo)
        if layer["class_name"] == "BatchNormalization" and _trains(layer)
    )


def _trained(given: Arguments) -> int:
    modelo = given["modelo"]
    return count_all(modelo) - _frozen(modelo) - _moving(modelo)


def _only(keep: Callable[[Layer], bool]) -> Change:
    """Only the layers that ``keep`` says."""
    return computed(
        "capas", lambda modelo: sum(_size(each[1]) for each in _layers(modelo) if keep(each))
    )


def _only_of(count: Callable[[Layer], int]) -> Change:
    """What ``count`` says of each layer that has weights."""
    return computed("capas", lambda modelo: sum(map(count, _layers(modelo))))


def _bias_it_lacks(layer: Layer) -> int:
    """One number for each filter or unit of a layer without them."""
    return layer[1][0].shape[-1] if len(layer[1]) == 1 else 0


def _slice(part: slice) -> Change:
    return computed(
        "capas", lambda modelo: sum(_size(arrays) for _, arrays in _layers(modelo)[part])
    )


def _is(*names: str) -> Callable[[Layer], bool]:
    return lambda each: each[0]["class_name"] in names


def _arrays(count: Callable[[np.ndarray], Any]) -> Change:
    """A count of each array of the weights, in the place of its size."""
    return computed(
        "numeros", lambda modelo: sum(count(array) for arrays in modelo.weights for array in arrays)
    )


TOTAL_MISTAKES: Entries = (
    *Named(
        "solo-los-entrenables",
        "solo cuentas los parámetros que se entrenan; cuentan también los congelados",
        "¿en qué lista de un modelo están todos sus pesos, se entrenen o no?",
        lessons.THREE_NETWORKS,
    ).by(
        plus("congelados", lambda given: -_frozen(given["modelo"]) - _moving(given["modelo"])),
    ),
    *Named(
        "capas-congeladas-sin-contar",
        "no cuentas las capas congeladas (trainable=False); sus números también son del modelo",
        "¿en qué lista de un modelo están todos sus pesos, se entrenen o no?",
        lessons.THREE_NETWORKS,
    ).by(plus("congelados", lambda given: -_frozen(given["modelo"]))),
    *Named(
        "media-y-varianza-sin-contar",
        "no cuentas la media y la varianza de una BatchNormalization; también son números del "
        "modelo",
        "¿cuántos arreglos hay en get_weights() de una BatchNormalization?",
        lessons.THREE_NETWORKS,
    ).by(
        plus("congelados", lambda given: -_moving(given["modelo"])),
        # As if each layer had a kernel and a bias, and nothing else.
        _only_of(lambda each: _size(each[1][:2])),
        _only_of(lambda each: _size(each[1][:2]) if len(each[1]) > 1 else 0),
    ),
    *Named(
        "capas-sin-sesgo-mal-contadas",
        "una capa sin sesgo (use_bias=False) tiene un solo arreglo, el kernel: ni se le suman los "
        "sesgos ni se queda fuera de la cuenta",
        "¿qué hay en get_weights() de una Conv2D con use_bias=False?",
        lessons.THREE_NETWORKS,
    ).by(
        _only_of(lambda each: _size(each[1]) + _bias_it_lacks(each)),
        _only_of(lambda each: _size(each[1]) if len(each[1]) > 1 else 0),
    ),
    *Named(
        "solo-los-congelados",
        "solo cuentas los parámetros que no se entrenan; cuentan todos",
        "¿en qué lista de un modelo están todos sus pesos, se entrenen o no?",
        lessons.THREE_NETWORKS,
    ).by(computed("capas", lambda modelo: _frozen(modelo) + _moving(modelo))),
    *Named(
        "sesgos-de-la-red-sin-contar",
        "faltan los sesgos (bias): uno por filtro o unidad",
        "una capa guarda dos arreglos, el kernel y el bias",
        lessons.THREE_NETWORKS,
    ).by(
        computed("capas", lambda modelo: sum(each[1][0].size for each in _layers(modelo))),
        # Those with more than one axis: BatchNormalization has none.
        _arrays(lambda array: array.size if array.ndim > 1 else 0),
    ),
    *Named(
        "solo-los-sesgos",
        "solo cuentas los sesgos; faltan los kernels",
        "una capa guarda dos arreglos, el kernel y el bias",
        lessons.THREE_NETWORKS,
    ).by(
        computed("capas", lambda modelo: sum(_size(each[1][1:]) for each in _layers(modelo))),
        computed("capas", lambda modelo: sum(each[1][-1].size for each in _layers(modelo))),
    ),
    *Named(
        "arreglos-contados",
        "cuentas arreglos (kernels y sesgos), no los números que contienen",
        "un kernel de (3, 3, 1, 32) es un arreglo: ¿cuántos números tiene?",
        lessons.THREE_NETWORKS,
    ).by(_arrays(lambda array: 1)),
    *Named(
        "capas-contadas",
        "cuentas capas, no los números que contienen",
        HINT_ALL,
        lessons.THREE_NETWORKS,
    ).by(
        computed("capas", lambda modelo: len(modelo.layers)),
        computed("capas", lambda modelo: len(_layers(modelo))),
    ),
    *Named(
        "formas-sumadas",
        "sumas las dimensiones de cada arreglo, o miras solo una; sus números son el producto",
        "un kernel de (3, 3, 1, 32) es un arreglo: ¿cuántos números tiene?",
        lessons.THREE_NETWORKS,
    ).by(
        _arrays(lambda array: sum(array.shape)),
        _arrays(len),
        _arrays(lambda array: array.shape[-1]),
    ),
    *Named(
        "ejes-contados",
        "cuentas los ejes de cada arreglo, no los números que contiene",
        "un kernel de (3, 3, 1, 32) es un arreglo: ¿cuántos números tiene?",
        lessons.THREE_NETWORKS,
    ).by(_arrays(lambda array: array.ndim)),
    *Named(
        "solo-las-convoluciones",
        "solo cuentas las capas convolucionales",
        HINT_ALL,
        lessons.WHERE_PARAMETERS_ARE,
    ).by(_only(_is("Conv2D"))),
    *Named(
        "solo-las-densas",
        "solo cuentas las capas Dense",
        HINT_ALL,
        lessons.WHERE_PARAMETERS_ARE,
    ).by(_only(_is("Dense"))),
    *Named(
        "otras-capas-sin-contar",
        "solo cuentas Conv2D y Dense; otras capas, como BatchNormalization, también tienen pesos",
        HINT_ALL,
        lessons.THREE_NETWORKS,
    ).by(_only(_is("Conv2D", "Dense"))),
    *Named(
        "una-sola-capa-contada",
        "solo cuentas una capa; el total es el de todas",
        "¿qué guarda tu variable en cada vuelta del bucle, y cuándo sales de él?",
        lessons.THREE_NETWORKS,
    ).by(_slice(slice(0, 1)), _slice(slice(-1, None))),
    *Named(
        "una-capa-sin-contar",
        "falta una capa, la primera o la última con pesos",
        HINT_ALL,
        lessons.THREE_NETWORKS,
    ).by(_slice(slice(1, None)), _slice(slice(0, -1))),
    *Named(
        "bytes-en-lugar-de-parametros",
        "cuentas bytes; cada parámetro de float32 ocupa 4",
        "¿qué diferencia hay entre .size y .nbytes?",
        lessons.THREE_NETWORKS,
    ).by(answer(lambda total: 4 * total)),
    *Named(
        "parametros-contados-dos-veces",
        "cuentas dos veces los parámetros que se entrenan: ya están entre todos los del modelo",
        "¿qué pesos hay en cada una de las listas que recorres?",
        lessons.THREE_NETWORKS,
    ).by(
        plus("veces", _trained),
        answer(lambda total: 2 * total),
    ),
    *Named(
        "texto-en-lugar-de-numero",
        "devuelves un texto; se pide un entero",
        "¿qué diferencia hay entre 960 y '960'?",
        lessons.CHECKING,
    ).by(answer(str), answer(lambda total: f"{total:,}")),
    *WITH_DECIMALS,
)
