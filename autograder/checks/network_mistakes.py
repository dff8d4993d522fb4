"""Redes equivocadas con nombre: qué calcula una red con los pesos debidos y otra receta."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..judging import networks
from ..judging.diagnosis.network_diagnoser import NetworkMistake
from ..judging.networks import layer
from ..wire.protocol import ModelSpec
from . import lessons

Recipe = Callable[[ModelSpec], ModelSpec]
ACTIVATION, OUTPUT, INPUT, POOLING = "activacion", "salida", "entrada", "pooling"
PADDING, STRIDES = "relleno", "pasos"


def configured(**changes: Any) -> Recipe:
    """Another configuration of the only layer."""
    return lambda spec: with_config(spec, 0, **changes)


def with_config(spec: ModelSpec, index: int, **changes: Any) -> ModelSpec:
    """Another configuration of one layer."""
    layers = list(spec.layers)
    layers[index] = layers[index] | {"config": layers[index]["config"] | changes}
    return replace(spec, layers=layers)


def _before(*added: dict[str, Any]) -> Recipe:
    """Layers without weights before all the others."""
    return lambda spec: replace(
        spec, layers=[*added, *spec.layers], weights=[*([] for _ in added), *spec.weights]
    )


def _after(*added: dict[str, Any]) -> Recipe:
    """Layers without weights after all the others."""
    return lambda spec: replace(
        spec, layers=[*spec.layers, *added], weights=[*spec.weights, *([] for _ in added)]
    )


# --- one layer -----------------------------------------------------------------------------------


def _padded_by_hand(amounts: tuple[tuple[int, int], tuple[int, int]]) -> Recipe:
    """Zeros put by a layer of their own, and the convolution without padding."""

    def change(spec: ModelSpec) -> ModelSpec:
        return _before(layer("ZeroPadding2D", "ceros", padding=amounts))(
            with_config(spec, 0, padding="valid")
        )

    return change


def _pooled(class_name: str) -> Recipe:
    """Pooling after the convolution, in the place of its strides."""

    def change(spec: ModelSpec) -> ModelSpec:
        return _after(layer(class_name, "reduce", pool_size=2))(with_config(spec, 0, strides=1))

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
    *_OTHER_ACTIVATION,
)
STRIDED_LAYER_MISTAKES = (
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
            'rellenas a mano, arriba y a la izquierda; con padding="same" y paso 2, Keras pone los '
            "ceros abajo y a la derecha",
            _padded_by_hand(amounts),
            shows=False,
            hint="el relleno es un argumento de la convolución: no hace falta otra capa",
            section=lessons.ODD_ZERO,
            part=PADDING,
        )
        for amounts in (((1, 0), (1, 0)), ((1, 1), (1, 1)))
    ),
    *_other_strides((1, 2), (2, 1), 3, 4),
    *_OTHER_ACTIVATION,
)


# --- the networks of the homework ----------------------------------------------------------------


def _hidden(activation: str) -> Recipe:
    """The network with another activation in every layer but the last."""

    def change(spec: ModelSpec) -> ModelSpec:
        *hidden, last = spec.layers
        changed = [
            each | {"config": each["config"] | {"activation": activation}}
            if "activation" in each["config"]
            else each
            for each in hidden
        ]
        return replace(spec, layers=[*changed, last])

    return change


def _linear_in(which: Callable[[list[int]], list[int]], kind: str) -> Recipe:
    """No activation in some of the hidden layers of a class, counted in order."""

    def change(spec: ModelSpec) -> ModelSpec:
        hidden = [
            index for index, each in enumerate(spec.layers[:-1]) if each["class_name"] == kind
        ]
        for index in which(hidden):
            spec = with_config(spec, index, activation="linear")
        return spec

    return change


def _with_class(old: str, new: str) -> Recipe:
    def change(spec: ModelSpec) -> ModelSpec:
        swapped = [
            each | {"class_name": new} if each["class_name"] == old else each
            for each in spec.layers
        ]
        return replace(spec, layers=swapped)

    return change


def _last(activation: str) -> Recipe:
    return lambda spec: networks.with_last_activation(spec, activation)


def _rescaled(scale: float, offset: float = 0.0) -> Recipe:
    return _before(layer("Rescaling", "escala", scale=scale, offset=offset))


def _one_without_relu(which: Callable[[list[int]], list[int]]) -> tuple[NetworkMistake, ...]:
    return (
        NetworkMistake(
            "una-oculta-sin-relu",
            "a alguna de las capas ocultas le falta la activación ReLU",
            _linear_in(which, "Dense"),
            shows=False,
            hint="repasa el argumento activation de cada capa oculta",
            section=lessons.ACTIVATION,
            part=ACTIVATION,
        ),
    )


HINT_HIDDEN = "sin activación entre medias, varias capas seguidas valen por una sola"
HINT_OUTPUT = "lo que sale deben ser diez probabilidades que suman 1"
NETWORK_MISTAKES = (
    NetworkMistake(
        "ocultas-sin-relu",
        "falta la activación ReLU en las capas ocultas",
        _hidden("linear"),
        hint=HINT_HIDDEN,
        section=lessons.ACTIVATION,
        part=ACTIVATION,
    ),
    NetworkMistake(
        "ocultas-con-sigmoide",
        "las capas ocultas llevan sigmoide en lugar de ReLU",
        _hidden("sigmoid"),
        hint="repasa el argumento activation de cada capa oculta",
        section=lessons.ACTIVATION,
        part=ACTIVATION,
    ),
    NetworkMistake(
        "ocultas-con-tanh",
        "las capas ocultas llevan tanh en lugar de ReLU",
        _hidden("tanh"),
        hint="repasa el argumento activation de cada capa oculta",
        section=lessons.ACTIVATION,
        part=ACTIVATION,
    ),
    NetworkMistake(
        "logits-sin-softmax",
        "la última capa no lleva activación y da logits; la receta de la tarea entrena con "
        'probabilidades: ahí va activation="softmax"',
        _last("linear"),
        hint=HINT_OUTPUT,
        section=lessons.THREE_NETWORKS,
        part=OUTPUT,
    ),
    NetworkMistake(
        "salida-con-relu",
        "la última capa lleva ReLU; ahí va softmax",
        _last("relu"),
        # Of a thousand untrained networks, one gives no negative logit.
        shows=False,
        hint=HINT_OUTPUT,
        section=lessons.THREE_NETWORKS,
        part=OUTPUT,
    ),
    NetworkMistake(
        "salida-con-sigmoide",
        "la última capa lleva sigmoide; las clases se excluyen: ahí va softmax",
        _last("sigmoid"),
        hint=HINT_OUTPUT,
        section=lessons.THREE_NETWORKS,
        part=OUTPUT,
    ),
    NetworkMistake(
        "imagenes-divididas-en-el-modelo",
        "las imágenes ya llegan entre 0 y 1: sobra la capa que las divide entre 255",
        _rescaled(1 / 255),
        hint="¿cuál es el mayor de los números que entran en la red?",
        section=lessons.NORMALISING,
        part=INPUT,
    ),
    NetworkMistake(
        "salida-con-tanh",
        "la última capa lleva tanh; ahí va softmax",
        _last("tanh"),
        shows=False,
        hint=HINT_OUTPUT,
        section=lessons.THREE_NETWORKS,
        part=OUTPUT,
    ),
    NetworkMistake(
        "softmax-dos-veces",
        "el softmax se aplica dos veces: las probabilidades salen casi iguales",
        _after(layer("Activation", "otra_vez", activation="softmax")),
        shows=False,
        hint="busca dónde está el softmax: en la última capa, o en una capa aparte, pero no en las "
        "dos",
        section=lessons.THREE_NETWORKS,
        part=OUTPUT,
    ),
    *_one_without_relu(lambda hidden: hidden[:1]),
    *(
        NetworkMistake(
            "ocultas-con-otra-activacion",
            "las capas ocultas llevan otra activación en lugar de ReLU",
            _hidden(name),
            shows=False,
            hint="repasa el argumento activation de cada capa oculta",
            section=lessons.ACTIVATION,
        )
        for name in ("elu", "leaky_relu", "gelu", "swish", "selu", "softmax")
    ),
    NetworkMistake(
        "imagenes-centradas-en-el-modelo",
        "las imágenes ya llegan entre 0 y 1: sobra la capa que las lleva a otro intervalo",
        _rescaled(2.0, -1.0),
        shows=False,
        hint="¿cuál es el mayor de los números que entran en la red?",
        section=lessons.NORMALISING,
        part=INPUT,
    ),
    NetworkMistake(
        "imagenes-centradas-en-el-modelo",
        "las imágenes ya llegan entre 0 y 1: sobra la capa que las lleva a otro intervalo",
        _rescaled(1 / 127.5, -1.0),
        shows=False,
        hint="¿cuál es el mayor de los números que entran en la red?",
        section=lessons.NORMALISING,
        part=INPUT,
    ),
)
SECOND_HIDDEN_MISTAKES = _one_without_relu(lambda hidden: hidden[1:])
POOLING_MISTAKES = (
    NetworkMistake(
        "pooling-de-medias",
        "el pooling es de medias (AveragePooling2D); se pide el de máximos",
        _with_class("MaxPooling2D", "AveragePooling2D"),
        hint="compara el nombre de las capas de pooling con el del enunciado",
        section=lessons.REDUCING,
        part=POOLING,
    ),
    NetworkMistake(
        "convoluciones-sin-relu",
        "a las convoluciones, o a una de ellas, les falta la activación ReLU",
        _linear_in(lambda hidden: hidden, "Conv2D"),
        shows=False,
        hint="repasa el argumento activation de cada capa oculta",
        section=lessons.ACTIVATION,
        part=ACTIVATION,
    ),
    *(
        NetworkMistake(
            "convoluciones-sin-relu",
            "a las convoluciones, o a una de ellas, les falta la activación ReLU",
            _linear_in(which, "Conv2D"),
            shows=False,
            hint="repasa el argumento activation de cada capa oculta",
            section=lessons.ACTIVATION,
            part=ACTIVATION,
        )
        for which in (lambda hidden: hidden[:1], lambda hidden: hidden[1:])
    ),
)
