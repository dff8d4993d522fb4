"""Errores típicos de mapas_primera_conv: de qué capa son los mapas, y qué imágenes entran."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..judging import networks
from ..judging.diagnosis.changes import Arguments, Change, answer, argument, computed
from ..wire.protocol import ModelSpec
from . import lessons
from .map_mistakes import (
    DIVIDED_AGAIN,
    FIRST_LAYER,
    HINT_AXES,
    HINT_LAYER,
    OF_ANY_MAPS,
    WEIGHTS_FOR_MAPS,
    WITHOUT_BIAS,
    first_kernel,
    last_convolution,
    layer_maps,
    linear_in,
    unpadded,
    with_channels,
    without_bias,
)
from .named import Named
from .ways import Entries, before


def _maps_of(index: Callable[[ModelSpec], int]) -> Change:
    def maps(modelo: ModelSpec, imagenes: np.ndarray) -> np.ndarray:
        name = modelo.layers[index(modelo)]["name"]
        return layer_maps(modelo, name, with_channels(imagenes))

    return computed("capa", maps)


def _first_with_work(modelo: ModelSpec) -> int:
    return int(modelo.layers[0]["class_name"] == "InputLayer")


def _no_channel_axis(given: Arguments) -> Arguments:
    if given["imagenes"].ndim == 3:
        raise ValueError("faltan los canales")
    return given


def _first_with(change: Callable[[ModelSpec, str], ModelSpec]) -> Callable[[Arguments], Arguments]:
    """The same call, with the first convolution of its model changed."""

    def changed(given: Arguments) -> Arguments:
        modelo = given["modelo"]
        name = modelo.layers[networks.first_convolution(modelo)]["name"]
        return given | {"modelo": change(modelo, name)}

    return changed


FIRST_MAPS_MISTAKES: Entries = (
    *Named(
        "primera-conv-sin-activacion",
        "falta la activación: los mapas son lo que sale de la capa",
        "una capa de Keras aplica su activación al final: ¿y lo que tú calculas?",
        lessons.ACTIVATION,
    ).by(before("activacion", _first_with(linear_in))),
    *WITHOUT_BIAS.by(before("sesgo", _first_with(without_bias))),
    *Named(
        "mapas-sin-el-relleno-de-la-capa",
        "los mapas salen sin el relleno que la capa lleva (su padding)",
        "si construyes otra capa, lleva los argumentos de la del modelo; o usa la del modelo",
        lessons.SAME,
    ).by(before("relleno", _first_with(unpadded))),
    *Named(
        "mapas-tras-el-pooling",
        "son los mapas después del pooling; se piden los de la convolución",
        HINT_LAYER,
        lessons.FIRST_MAPS,
    ).by(_maps_of(lambda modelo: networks.first_convolution(modelo) + 1)),
    *DIVIDED_AGAIN.by(argument("imagenes", lambda x: x / np.float32(255))),
    *Named(
        "imagenes-multiplicadas",
        "los mapas son los de las imágenes multiplicadas por 255; la red se entrena con números "
        "entre 0 y 1",
        "¿cuál es el mayor de los números que llegan?",
        lessons.NORMALISING,
    ).by(argument("imagenes", lambda x: x * np.float32(255))),
    *Named(
        "imagenes-invertidas",
        "los mapas son los de las imágenes en negativo (1 − x); entran como llegan",
        "¿qué haces con las imágenes antes de pasarlas al modelo?",
        lessons.NORMALISING,
    ).by(argument("imagenes", lambda x: 1 - x)),
    *Named(
        "mapas-de-la-primera-imagen",
        "solo llegan los mapas de la primera imagen; van los de todas",
        HINT_AXES,
        lessons.FIRST_MAPS,
    ).by(answer(lambda maps: maps[:1])),
    *Named(
        "filtros-delante-en-los-mapas",
        "los filtros están delante; en Keras van al final (n, alto, ancho, filtros)",
        HINT_AXES,
        lessons.NHWC,
    ).by(
        answer(lambda maps: np.moveaxis(maps, -1, 1)),
        answer(lambda maps: np.moveaxis(maps, -1, 0)),
    ),
    *Named(
        "salida-en-lugar-de-mapas",
        "devuelves la salida del modelo entero, no los mapas de la primera convolución",
        HINT_LAYER,
        lessons.FIRST_MAPS,
    ).by(_maps_of(lambda modelo: len(modelo.layers) - 1)),
    *Named(
        "mapas-de-la-segunda-convolucion",
        "son los mapas de otra convolución; se piden los de la primera",
        HINT_LAYER,
        lessons.FIRST_MAPS,
    ).by(_maps_of(last_convolution)),
    *FIRST_LAYER.by(_maps_of(_first_with_work), _maps_of(lambda modelo: 0)),
    *Named(
        "sin-anadir-el-eje-de-canales",
        "las imágenes pueden llegar sin el eje de los canales, (n, 28, 28), y así no entran en el "
        "modelo: hay que añadirlo, y al final",
        "mira imagenes.ndim antes de pasarlas al modelo, y la forma que les das",
        lessons.NORMALISING,
    ).by(before("canales", _no_channel_axis)),
    *WEIGHTS_FOR_MAPS.by(computed("capa", lambda modelo, imagenes: first_kernel(modelo))),
    *OF_ANY_MAPS,
)
