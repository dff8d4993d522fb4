"""Los números de la salida: sin signo, con una activación, o inventados."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from ...judging.diagnosis.changes import (
    Arguments,
    Change,
    afterwards,
    answer,
    computed,
)
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from .layout import Layout

_LINEAR = "la convolución solo multiplica y suma; la activación es otra capa"

ABSOLUTE = Named(
    "signo-perdido",
    "el resultado pierde el signo: los valores negativos también cuentan",
    _LINEAR,
    lessons.ACTIVATION,
)
OPPOSITE = Named(
    "signo-cambiado",
    "el resultado sale con el signo contrario",
    "prueba con una imagen y un kernel de unos",
    lessons.WINDOW,
)
RELU = Named(
    "relu-anadida",
    "los valores negativos se quedan en 0, como con una ReLU, y aquí no hay activación",
    _LINEAR,
    lessons.ACTIVATION,
)
SQUASHED = Named(
    "activacion-anadida",
    "los valores salen como tras una activación (sigmoide, tanh, softmax, leaky ReLU), y aquí no "
    "hay ninguna",
    _LINEAR,
    lessons.ACTIVATION,
)
CLIPPED = Named(
    "valores-recortados",
    "los valores se recortan a un intervalo, como 0 a 255; la salida puede valer cualquier cosa",
    "la salida no es una imagen: puede ser negativa y mayor que 255",
    lessons.WINDOW,
)
SQUARED = Named(
    "valores-al-cuadrado",
    "los valores salen al cuadrado",
    "cada píxel se multiplica por su peso, una vez",
    lessons.WINDOW,
)
ZEROS = Named(
    "salida-de-ceros",
    "la salida tiene la forma buena pero todo son ceros, como cuando lo que se calcula no llega "
    "a ella",
    "¿dónde se escribe el resultado de cada ventana?",
    lessons.WINDOW,
)
CONSTANT = Named(
    "salida-constante",
    "la salida vale lo mismo en todas partes, sea cual sea la entrada",
    "la salida depende de la imagen y del kernel",
    lessons.WINDOW,
)
ONLY_BIAS = Named(
    "solo-el-sesgo",
    "la salida es solo el sesgo, como cuando los productos no llegan a ella",
    "¿dónde se acumulan los productos de cada ventana?",
    lessons.FILTERS_AND_BIAS,
)
INPUT_BACK = Named(
    "devuelve-la-entrada",
    "devuelves la imagen tal como vino, o un trozo suyo",
    "mira qué variable lleva el return",
    lessons.WINDOW,
)
KERNEL_BACK = Named(
    "devuelve-el-kernel",
    "devuelves el kernel tal como vino",
    "mira qué variable lleva el return",
    lessons.WINDOW,
)
ONE_NUMBER = Named(
    "salida-sumada",
    "sale un solo número, o la suma o la media de los de un eje; va un número por posición",
    "hay una salida por cada sitio donde cabe la ventana",
    lessons.WINDOW,
)
EXTRA_AXES = Named(
    "ejes-de-mas",
    "la salida tiene un eje de más, o está aplanada",
    "escribe la forma de tu salida junto a la que toca",
    lessons.NHWC,
)


def _sigmoid(out: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(out, -500, 500)))


def _leaky(out: np.ndarray, slope: float) -> np.ndarray:
    return np.where(out > 0, out, slope * out)


def _softmax(out: np.ndarray) -> np.ndarray:
    powers = np.exp(out - out.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    return (
        *_activations(layout),
        *_inventions(layout),
    )


def _activations(layout: Layout) -> tuple[Misconception, ...]:
    def ways(change: Callable[[np.ndarray], np.ndarray]) -> tuple[Change, ...]:
        """At the very end, or before the bias."""
        return (answer(change), *([layout.before_bias(change)] * layout.layer))

    return (
        *ABSOLUTE.by(*ways(np.abs)),
        *RELU.by(*ways(lambda out: np.maximum(out, 0))),
        *OPPOSITE.by(*ways(np.negative)),
        *SQUASHED.by(
            answer(_sigmoid),
            answer(np.tanh),
            answer(_softmax),
            *(answer(partial(_leaky, slope=slope)) for slope in (0.01, 0.1, 0.2, 0.3)),
        ),
        *CLIPPED.by(
            *(
                answer(partial(np.clip, a_min=low, a_max=high))
                for low, high in ((0, 255), (0, 1), (-1, 1), (-255, 255), (-128, 127))
            )
        ),
        *SQUARED.by(answer(np.square)),
    )


def _inventions(layout: Layout) -> tuple[Misconception, ...]:
    rows, columns, image = layout.rows, layout.columns, layout.image
    spatial = (rows, columns)

    def cropped(out: np.ndarray, a: Arguments) -> np.ndarray:
        seen = a[image][..., 0] if layout.deep and not layout.layer else a[image]
        place = [slice(None)] * layout.first + [slice(out.shape[axis]) for axis in spatial]
        return seen[tuple(place)].astype(np.float64)

    bare = ONLY_BIAS.by(afterwards(lambda out, a: out * 0 + layout.bias(a))) if layout.layer else ()
    return (
        *ZEROS.by(answer(np.zeros_like)),
        *CONSTANT.by(answer(np.ones_like)),
        *bare,
        *INPUT_BACK.by(computed("salida", lambda **a: a[image]), afterwards(cropped)),
        *KERNEL_BACK.by(computed("salida", lambda **a: a["kernel"])),
        *ONE_NUMBER.by(
            answer(np.sum),
            answer(lambda out: out.sum(axis=rows)),
            answer(lambda out: out.sum(axis=columns)),
            answer(lambda out: out.sum(axis=spatial)),
        ),
        *EXTRA_AXES.by(
            answer(lambda out: out[None]), answer(lambda out: out[..., None]), answer(np.ravel)
        ),
    )
