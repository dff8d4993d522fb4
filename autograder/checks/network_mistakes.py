"""Las redes de la tarea, equivocadas y con nombre: lo que calculan con otra receta."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..judging import networks
from ..judging.diagnosis.network_diagnoser import NetworkMistake
from ..judging.networks import layer
from ..wire.protocol import ModelSpec
from . import lessons
from .network_recipes import (
    ACTIVATION,
    INPUT,
    OUTPUT,
    POOLING,
    Recipe,
    after,
    before,
    with_config,
)


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


def _linear_in(
    which: Callable[[list[int]], list[int]], kind: str, activation: str = "linear"
) -> Recipe:
    """No activation, or another, in some of the hidden layers of a class, counted in order."""

    def change(spec: ModelSpec) -> ModelSpec:
        hidden = [
            index for index, each in enumerate(spec.layers[:-1]) if each["class_name"] == kind
        ]
        for index in which(hidden):
            spec = with_config(spec, index, activation=activation)
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


def _wider_pooling(*which: int) -> Recipe:
    """A window of 3 that still moves by 2, in some of the poolings, where the sizes stay."""

    def change(spec: ModelSpec) -> ModelSpec:
        classes = [each["class_name"] for each in spec.layers]
        places = [index for index, name in enumerate(classes) if name.endswith("Pooling2D")]
        same = spec.layers[0]["config"]["padding"] == "same"
        for one in which:
            padding = "same" if same or one == 0 else "valid"
            spec = with_config(spec, places[one], pool_size=3, strides=2, padding=padding)
        return spec

    return change


def _last(activation: str) -> Recipe:
    return lambda spec: networks.with_last_activation(spec, activation)


def _rescaled(scale: float, offset: float = 0.0) -> Recipe:
    return before(layer("Rescaling", "escala", scale=scale, offset=offset))


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
        "salida-en-logaritmos",
        "la última capa da logaritmos de probabilidades (log_softmax); ahí va softmax",
        _last("log_softmax"),
        shows=False,
        hint=HINT_OUTPUT,
        section=lessons.THREE_NETWORKS,
        part=OUTPUT,
    ),
    NetworkMistake(
        "softmax-dos-veces",
        "el softmax se aplica dos veces: las probabilidades salen casi iguales",
        after(layer("Activation", "otra_vez", activation="softmax")),
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
_OTHER_IN_ONE = tuple(
    NetworkMistake(
        "una-oculta-con-otra-activacion",
        "una de las capas Dense ocultas lleva otra activación en lugar de ReLU",
        _linear_in(which, "Dense", name),
        shows=False,
        hint="repasa el argumento activation de cada capa oculta",
        section=lessons.ACTIVATION,
    )
    for name in ("softmax", "sigmoid", "tanh", "leaky_relu", "elu", "gelu")
    for which in (lambda hidden: hidden[1:], lambda hidden: hidden[:1])
)
_OTHER_IN_SOME = tuple(
    NetworkMistake(
        identity,
        cause,
        _linear_in(lambda hidden: hidden, kind, activation),
        shows=False,
        hint="repasa el argumento activation de cada capa oculta",
        section=lessons.ACTIVATION,
    )
    for identity, cause, kind in (
        (
            "convoluciones-con-otra-activacion",
            "las convoluciones llevan otra activación en lugar de ReLU",
            "Conv2D",
        ),
        (
            "densa-con-otra-activacion",
            "la Dense oculta lleva otra activación en lugar de ReLU",
            "Dense",
        ),
    )
    for activation in ("sigmoid", "tanh", "softmax", "elu", "leaky_relu", "gelu", "swish")
)
SECOND_HIDDEN_MISTAKES = (*_one_without_relu(lambda hidden: hidden[1:]), *_OTHER_IN_ONE)
POOLING_MISTAKES = (
    NetworkMistake(
        "pooling-de-medias",
        "el pooling es de medias (AveragePooling2D); se pide el de máximos",
        _with_class("MaxPooling2D", "AveragePooling2D"),
        hint="compara el nombre de las capas de pooling con el del enunciado",
        section=lessons.REDUCING,
        part=POOLING,
    ),
    *(
        NetworkMistake(
            "pooling-con-otra-ventana",
            "la ventana de un pooling no es la pedida: es de 2×2, y avanza de 2 en 2",
            _wider_pooling(*which),
            shows=False,
            hint="repasa los argumentos de las capas de pooling: tamaño, paso y relleno",
            section=lessons.REDUCING,
        )
        for which in ((0, 1), (0,), (1,))
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
    *_OTHER_IN_SOME,
)
