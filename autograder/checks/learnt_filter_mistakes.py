"""Errores típicos de filtros_aprendidos: de qué capa es el kernel, y qué ejes trae."""

from __future__ import annotations

import numpy as np

from ..judging import networks
from ..judging.diagnosis.changes import Change, answer, computed
from ..wire.protocol import ModelSpec
from . import lessons
from .map_mistakes import FIRST_LAYER, HINT_DRAWING, first_kernel, last_convolution, scaled
from .named import Named
from .ways import Entries

HINT_KERNEL_AXES = "compara la forma de lo que devuelves con (kh, kw, canales, filtros)"


def _taken_first(error: Exception) -> Change:
    """The first layer, whatever it is; the input and a pooling have no kernel."""

    def kernel(modelo: ModelSpec) -> np.ndarray:
        if modelo.layers[0]["class_name"] != "Conv2D":
            raise error
        return first_kernel(modelo)

    return computed("capa", kernel)


def _weights_of_first(modelo: ModelSpec) -> list[np.ndarray]:
    return list(modelo.weights[networks.first_convolution(modelo)])


def _second_place(modelo: ModelSpec) -> np.ndarray:
    """``modelo.layers[1].get_weights()[0]``, whatever that layer is."""
    return modelo.weights[1][0]


def _all_kernels(modelo: ModelSpec) -> list[np.ndarray]:
    pairs = zip(modelo.layers, modelo.weights, strict=True)
    return [arrays[0] for each, arrays in pairs if each["class_name"] == "Conv2D"]


FILTERS_MISTAKES: Entries = (
    *Named(
        "bias-en-lugar-de-kernel",
        "devuelves el bias, no el kernel",
        "una capa guarda dos arreglos: ¿cuál tiene cuatro ejes?",
        lessons.LEARNT_FILTERS,
    ).by(computed("capa", lambda modelo: _weights_of_first(modelo)[1])),
    *Named(
        "lista-de-pesos",
        "devuelves la lista con el kernel y el bias; se pide solo el kernel",
        "una capa guarda dos arreglos: ¿cuál tiene cuatro ejes?",
        lessons.LEARNT_FILTERS,
    ).by(
        computed("capa", _weights_of_first),
        computed("capa", lambda modelo: tuple(_weights_of_first(modelo))),
    ),
    *Named(
        "kernel-de-la-ultima",
        "devuelves el kernel de la última convolución, no de la primera",
        "¿qué guarda tu variable cuando el bucle encuentra otra convolución?",
        lessons.LEARNT_FILTERS,
    ).by(computed("capa", lambda modelo: modelo.weights[last_convolution(modelo)][0])),
    *Named(
        "kernels-de-todas",
        "devuelves una lista con los kernels de todas las convoluciones; se pide el de la primera",
        "¿cuándo puede parar tu bucle?",
        lessons.LEARNT_FILTERS,
    ).by(computed("capa", _all_kernels)),
    *Named(
        "filtros-traspuestos",
        "el alto y el ancho de los filtros están intercambiados",
        HINT_KERNEL_AXES,
        lessons.LEARNT_FILTERS,
    ).by(answer(lambda kernel: kernel.transpose(1, 0, 2, 3))),
    *Named(
        "filtros-delante",
        "los filtros están delante; en Keras van al final (kh, kw, canales, filtros)",
        HINT_KERNEL_AXES,
        lessons.LEARNT_FILTERS,
    ).by(
        answer(lambda kernel: np.moveaxis(kernel, -1, 0)),
        answer(lambda kernel: kernel.transpose(3, 2, 0, 1)),
        answer(lambda kernel: kernel.T),
        answer(lambda kernel: kernel.reshape(kernel.shape[-1], *kernel.shape[:-1])),
        answer(lambda kernel: kernel[:, :, 0, :].transpose(2, 0, 1)),
    ),
    *Named(
        "kernel-sin-eje-de-canales",
        "falta un eje: en una imagen gris el de los canales mide 1, y también va",
        HINT_KERNEL_AXES,
        lessons.LEARNT_FILTERS,
    ).by(
        answer(lambda kernel: np.squeeze(kernel, axis=2)),
        answer(lambda kernel: kernel[:, :, 0]),
        answer(lambda kernel: kernel.mean(axis=2)),
    ),
    *Named(
        "solo-el-primer-filtro",
        "solo llega el primer filtro",
        HINT_KERNEL_AXES,
        lessons.LEARNT_FILTERS,
    ).by(
        answer(lambda kernel: kernel[..., 0]),
        answer(lambda kernel: kernel[..., :1]),
        answer(lambda kernel: kernel[..., 0, 0]),
    ),
    *Named(
        "filtros-normalizados",
        "llevas los filtros a [0, 1], como para dibujarlos; se piden los pesos como son",
        HINT_DRAWING,
        lessons.SHOWING_FILTERS,
    ).by(
        answer(scaled),
        answer(lambda kernel: scaled(kernel, (0, 1, 2))),
    ),
    *Named(
        "filtros-divididos",
        "divides los pesos entre el mayor valor absoluto; se piden los pesos como son",
        HINT_DRAWING,
        lessons.SHOWING_FILTERS,
    ).by(answer(lambda kernel: kernel / abs(kernel).max())),
    *Named(
        "filtros-sin-signo",
        "los pesos llegan sin su signo, en valor absoluto; se piden los pesos como son",
        HINT_DRAWING,
        lessons.SHOWING_FILTERS,
    ).by(answer(np.abs)),
    *FIRST_LAYER.by(
        computed("capa", _second_place),
        _taken_first(AttributeError("kernel")),
        _taken_first(IndexError("list index out of range")),
        _taken_first(ValueError("not enough values to unpack (expected 2, got 0)")),
    ),
)
