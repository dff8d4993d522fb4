"""Una sola capa de Keras equivocada, con nombre: lo que calcula con otros argumentos."""

from __future__ import annotations

from typing import Any

from ..judging.diagnosis.network_diagnoser import NetworkMistake
from ..judging.networks import layer
from ..wire.protocol import ModelSpec
from . import lessons
from .network_recipes import (
    ACTIVATION,
    PADDING,
    POOLING,
    STRIDES,
    Recipe,
    after,
    before,
    configured,
    with_config,
)


def _padded_by_hand(amounts: tuple[tuple[int, int], tuple[int, int]]) -> Recipe:
    """Zeros put by a layer of their own, and the convolution without padding."""

    def change(spec: ModelSpec) -> ModelSpec:
        return before(layer("ZeroPadding2D", "ceros", padding=amounts))(
            with_config(spec, 0, padding="valid")
        )

    return change


def _pooled(class_name: str) -> Recipe:
    """Pooling after the convolution, in the place of its strides."""

    def change(spec: ModelSpec) -> ModelSpec:
        return after(layer(class_name, "reduce", pool_size=2))(with_config(spec, 0, strides=1))

    return change


def _leaking(slope: float) -> Recipe:
    """A layer of its own after the convolution, that lets a part of the negative numbers pass."""

    def change(spec: ModelSpec) -> ModelSpec:
        return after(layer("LeakyReLU", "fuga", negative_slope=slope))(
            with_config(spec, 0, activation="linear")
        )

    return change


HINT_LAYER = "compara, uno a uno, los argumentos de tu capa con los del enunciado"
WITHOUT_SAME = NetworkMistake(
    "capa-sin-same",
    'falta padding="same"',
    configured(padding="valid"),
    hint='con "same", la salida mide ⌈n / s⌉: ¿cuánto mide la tuya?',
    section=lessons.SAME,
    part=PADDING,
)
_OTHER_ACTIVATION = tuple(
    NetworkMistake(
        "capa-con-otra-activacion",
        "la capa lleva una activación que no es la del enunciado",
        configured(activation=name),
        shows=False,
        hint=HINT_LAYER,
        section=lessons.ACTIVATION,
        part=ACTIVATION,
    )
    for name in ("sigmoid", "tanh", "softmax", "elu", "leaky_relu", "gelu", "swish")
)
_LEAKING = tuple(
    NetworkMistake(
        "capa-con-otra-activacion",
        "la capa lleva una activación que no es la del enunciado",
        _leaking(slope),
        shows=False,
        hint=HINT_LAYER,
        section=lessons.ACTIVATION,
        part=ACTIVATION,
    )
    # That of the layer LeakyReLU unless it is told another, those of PyTorch and of old articles.
    for slope in (0.3, 0.01, 0.1)
)
_OTHER_STRIDES = (
    "capa-con-otro-paso",
    "el paso de la capa no es el del enunciado, en alto o en ancho",
)


def _other_strides(*several: Any) -> tuple[NetworkMistake, ...]:
    return tuple(
        NetworkMistake(
            *_OTHER_STRIDES,
            configured(strides=strides),
            shows=False,
            hint=HINT_LAYER,
            section=lessons.STRIDES,
            part=STRIDES,
        )
        for strides in several
    )


_DILATED = NetworkMistake(
    "capa-dilatada",
    "la capa lleva dilatación (dilation_rate), que separa los pesos del kernel; no se pide",
    configured(dilation_rate=2, strides=1),
    shows=False,
    hint=HINT_LAYER,
    section=lessons.STRIDES,
    part=STRIDES,
)
_POOLED_BESIDES = tuple(
    NetworkMistake(
        "pooling-de-mas",
        "hay un pooling que no se pide, y la salida vuelve a reducirse",
        after(layer(class_name, "reduce", pool_size=2)),
        shows=False,
        hint="la función devuelve una sola capa: ¿qué más hay en tu modelo?",
        section=lessons.REDUCING,
        part=POOLING,
    )
    for class_name in ("MaxPooling2D", "AveragePooling2D")
)
_ENLARGED = NetworkMistake(
    "capa-que-agranda",
    "hay una capa que repite los píxeles y agranda la salida (UpSampling2D); no se pide",
    after(layer("UpSampling2D", "agranda", size=2)),
    shows=False,
    hint="la función devuelve una sola capa: ¿qué más hay en tu modelo?",
    section=lessons.REDUCING,
    part=POOLING,
)


BASIC_LAYER_MISTAKES = (
    NetworkMistake(
        "capa-sin-relu",
        'falta activation="relu"',
        configured(activation="linear"),
        hint="¿puede tu capa devolver números negativos?",
        section=lessons.ACTIVATION,
        part=ACTIVATION,
    ),
    WITHOUT_SAME,
    NetworkMistake(
        "capa-con-paso",
        "sobra el paso: strides es 1",
        configured(strides=2),
        hint="la salida debe medir lo mismo que la entrada: ¿cuánto mide la tuya?",
        section=lessons.STRIDES,
        part=STRIDES,
    ),
    *_other_strides((1, 2), (2, 1), 3),
    _DILATED,
    *_POOLED_BESIDES,
    _ENLARGED,
    *_OTHER_ACTIVATION,
    *_LEAKING,
)


def strided_layer_mistakes(kernel: int) -> tuple[NetworkMistake, ...]:
    """Those of a layer of stride 2, whose kernel has that side (an odd one)."""
    most = kernel // 2
    return (
        NetworkMistake(
            "capa-sin-paso",
            "falta strides=2",
            configured(strides=1),
            hint="la salida debe medir la mitad que la entrada: ¿cuánto mide la tuya?",
            section=lessons.REDUCING,
            part=STRIDES,
        ),
        WITHOUT_SAME,
        NetworkMistake(
            "capa-con-relu",
            "sobra la activación ReLU",
            configured(activation="relu"),
            hint=HINT_LAYER,
            section=lessons.ACTIVATION,
            part=ACTIVATION,
        ),
        *(
            NetworkMistake(
                "pooling-en-lugar-de-paso",
                "reduces con una capa de pooling; se pide una convolución que salte con strides=2",
                _pooled(class_name),
                shows=False,
                hint="el paso es un argumento de la convolución",
                section=lessons.REDUCING,
                part=STRIDES,
            )
            for class_name in ("MaxPooling2D", "AveragePooling2D")
        ),
        *(
            NetworkMistake(
                "capa-rellenada-a-mano",
                'rellenas a mano, arriba y a la izquierda; con padding="same" y paso 2, Keras pone '
                "los ceros abajo y a la derecha",
                _padded_by_hand(amounts),
                shows=False,
                hint="el relleno es un argumento de la convolución: no hace falta otra capa",
                section=lessons.ODD_ZERO,
                part=PADDING,
            )
            for amounts in (((most, most - 1),) * 2, ((most, most),) * 2)
        ),
        *_other_strides((1, 2), (2, 1), 3, 4),
        _DILATED,
        *_POOLED_BESIDES,
        _ENLARGED,
        *_OTHER_ACTIVATION,
        *_LEAKING,
    )
