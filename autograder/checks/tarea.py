"""Unidad 5: las redes de la tarea, sus parámetros y sus primeros mapas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ..judging import networks
from ..judging.architecture import Groups, WrongArchitecture
from ..judging.check import Case, FunctionCheck
from ..judging.comparison import CloseArrays, exact_integers
from ..judging.diagnosis.misconceptions import Misconception
from ..judging.model_check import ModelCheck, NetworkMistake, network_tolerance
from ..judging.networks import layer
from ..wire.protocol import ModelSpec
from .homework_networks import (
    CNN_PARAMETERS,
    is_equivalent,
    recognise_cnn,
    recognise_equivalent_mlp,
    recognise_mlp,
)
from .inputs import Rng, normal
from .models import begin, first_maps, mini_cnn, with_first_layer

UNIT = "5_fashion_mnist"
IMAGE = (28, 28, 1)


# --- construir_cnn, construir_mlp, construir_mlp_equivalente -------------------------------------


def _equivalent(groups: Groups) -> ModelSpec:
    spec = recognise_equivalent_mlp(groups)
    total = networks.parameters(spec)
    if not any(is_equivalent(total, cnn) for cnn in CNN_PARAMETERS.values()):
        wanted = CNN_PARAMETERS["valid"]
        raise WrongArchitecture(
            f"tiene {total} parámetros, y un MLP equivalente tiene entre {wanted} y "
            f"{int(wanted * 1.05)}: entre el 100 % y el 105 % de los de la CNN"
        )
    return spec


def _hidden(activation: str):
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


def _with_class(old: str, new: str):
    def change(spec: ModelSpec) -> ModelSpec:
        swapped = [
            each | {"class_name": new} if each["class_name"] == old else each
            for each in spec.layers
        ]
        return replace(spec, layers=swapped)

    return change


def _last(activation: str):
    def change(spec: ModelSpec) -> ModelSpec:
        return networks.with_last_activation(spec, activation)

    return change


def _rescaled(spec: ModelSpec) -> ModelSpec:
    """The network that divides its images by 255 once more."""
    first = next(index for index, arrays in enumerate(spec.weights) if arrays)
    kernel, bias = spec.weights[first]
    weights = list(spec.weights)
    weights[first] = [kernel / 255, bias]
    return replace(spec, weights=weights)


NETWORK_MISTAKES = (
    NetworkMistake(
        "ocultas-sin-relu", "falta la activación ReLU en las capas ocultas", _hidden("linear")
    ),
    NetworkMistake(
        "ocultas-con-sigmoide",
        "las capas ocultas llevan sigmoide en lugar de ReLU",
        _hidden("sigmoid"),
    ),
    NetworkMistake(
        "ocultas-con-tanh", "las capas ocultas llevan tanh en lugar de ReLU", _hidden("tanh")
    ),
    NetworkMistake(
        "logits-sin-softmax",
        "la última capa no lleva activación y da logits; la receta de la tarea entrena con "
        'probabilidades: ahí va activation="softmax"',
        _last("linear"),
    ),
    NetworkMistake(
        "salida-con-relu",
        "la última capa lleva ReLU; ahí va softmax",
        _last("relu"),
        # Of a thousand untrained networks, one gives no negative logit.
        shows=False,
    ),
    NetworkMistake(
        "salida-con-sigmoide",
        "la última capa lleva sigmoide; las clases se excluyen: ahí va softmax",
        _last("sigmoid"),
    ),
    NetworkMistake(
        "imagenes-divididas-en-el-modelo",
        "las imágenes ya llegan entre 0 y 1: sobra la capa que las divide entre 255",
        _rescaled,
    ),
)
POOLING_MISTAKE = NetworkMistake(
    "pooling-de-medias",
    "el pooling es de medias (AveragePooling2D); se pide el de máximos",
    _with_class("MaxPooling2D", "AveragePooling2D"),
)


# --- parametros_totales --------------------------------------------------------------------------


def _total_cases(rng: Rng) -> Iterator[Case]:
    spec, _ = mini_cnn(rng, functional=True)
    yield Case("una CNN pequeña", (spec,))
    yield Case("un MLP", (_mlp(rng),))
    spec, _ = mini_cnn(rng, functional=False, depth=3)
    frozen = [
        each | {"config": each["config"] | {"trainable": False}}
        if each["class_name"] == "Conv2D"
        else each
        for each in spec.layers
    ]
    yield Case("una CNN con capas congeladas", (replace(spec, layers=frozen),), edge=True)
    yield Case("un modelo con BatchNormalization", (_normalised(rng),), edge=True)
    empty = ModelSpec([layer("Flatten", "aplana")], [[]])
    yield Case("un modelo sin parámetros", (begin(empty, IMAGE, False),), edge=True)


def _mlp(rng: Rng) -> ModelSpec:
    a, b = (int(n) for n in rng.integers(5, 20, 2))
    spec = ModelSpec(
        [
            layer("Flatten", "aplana"),
            layer("Dense", "oculta", units=a, activation="relu"),
            layer("Dense", "clases", units=b),
        ],
        [[], [normal(rng, 48, a), normal(rng, a)], [normal(rng, a, b), normal(rng, b)]],
    )
    return begin(spec, (4, 4, 3), functional=False)


def _normalised(rng: Rng) -> ModelSpec:
    filters = int(rng.integers(4, 12))
    spec = ModelSpec(
        [
            layer("Conv2D", "conv", filters=filters, kernel_size=3),
            layer("BatchNormalization", "normaliza"),
        ],
        [
            [normal(rng, 3, 3, 1, filters), normal(rng, filters)],
            [np.abs(normal(rng, filters)) for _ in range(4)],
        ],
    )
    return begin(spec, IMAGE, functional=False)


def _trainable(modelo: ModelSpec) -> int:
    total = 0
    for each, arrays in zip(modelo.layers, modelo.weights, strict=True):
        if each["config"].get("trainable", True):
            # Of BatchNormalization, the moving mean and variance are not trained.
            kept = arrays[:2] if each["class_name"] == "BatchNormalization" else arrays
            total += sum(array.size for array in kept)
    return total


def _kernels_only(modelo: ModelSpec) -> int:
    return sum(arrays[0].size for arrays in modelo.weights if arrays)


TOTAL_MISTAKES = (
    Misconception(
        "solo-los-entrenables",
        "solo cuentas los parámetros que se entrenan; cuentan también los congelados",
        _trainable,
    ),
    Misconception(
        "sesgos-de-la-red-sin-contar",
        "faltan los sesgos (bias): uno por filtro o unidad",
        _kernels_only,
    ),
    Misconception(
        "arreglos-contados",
        "cuentas arreglos (kernels y sesgos), no los números que contienen",
        lambda modelo: sum(map(len, modelo.weights)),
    ),
    Misconception(
        "solo-las-convoluciones",
        "solo cuentas las capas convolucionales",
        lambda modelo: sum(
            array.size for arrays in modelo.weights for array in arrays if arrays[0].ndim == 4
        ),
    ),
)


# --- mapas_primera_conv --------------------------------------------------------------------------


def first_conv_maps(modelo: ModelSpec, imagenes: np.ndarray) -> np.ndarray:
    x = imagenes if imagenes.ndim == 4 else imagenes[..., np.newaxis]
    return first_maps(modelo, x)


def _first_maps_cases(rng: Rng) -> Iterator[Case]:
    for functional, depth in [(False, 5), (True, 2)]:
        spec, x = mini_cnn(rng, functional=functional, image=IMAGE, depth=depth)
        kind = "un modelo funcional" if functional else "un Sequential"
        yield Case(f"tres imágenes en {kind}", (spec, x))
    spec, x = mini_cnn(rng, functional=False, image=IMAGE, depth=2)
    yield Case("imágenes sin el eje de los canales, (3, 28, 28)", (spec, x[..., 0]), edge=True)
    yield Case("una sola imagen", (spec, x[:1]), edge=True)
    spec, x = mini_cnn(rng, functional=True, image=IMAGE, depth=1)
    spec = with_first_layer(spec, "MaxPooling2D", pool_size=1)
    yield Case("un modelo funcional que empieza por MaxPooling2D", (spec, x), edge=True)


def _linear(modelo: ModelSpec, imagenes: np.ndarray) -> np.ndarray:
    layers = [
        each | {"config": each["config"] | {"activation": "linear"}} for each in modelo.layers
    ]
    return first_conv_maps(replace(modelo, layers=layers), imagenes)


def _next_layer(modelo: ModelSpec, imagenes: np.ndarray) -> np.ndarray:
    after = modelo.layers[networks.first_convolution(modelo) + 1]["name"]
    x = imagenes if imagenes.ndim == 4 else imagenes[..., np.newaxis]
    return networks.activations(modelo, x.astype(np.float64))[after]


FIRST_MAPS_MISTAKES = (
    Misconception(
        "primera-conv-sin-activacion",
        "falta la activación: los mapas son lo que sale de la capa",
        _linear,
    ),
    Misconception(
        "mapas-tras-el-pooling",
        "son los mapas después del pooling; se piden los de la convolución",
        _next_layer,
    ),
    Misconception(
        "imagenes-divididas-otra-vez",
        "las imágenes ya llegan entre 0 y 1: no las dividas otra vez entre 255",
        lambda modelo, imagenes: first_conv_maps(modelo, imagenes / np.float32(255)),
    ),
    Misconception(
        "mapas-de-la-primera-imagen",
        "solo llegan los mapas de la primera imagen; van los de todas",
        lambda modelo, imagenes: first_conv_maps(modelo, imagenes)[:1],
    ),
    Misconception(
        "filtros-delante-en-los-mapas",
        "los filtros están delante; en Keras van al final (n, alto, ancho, filtros)",
        lambda modelo, imagenes: np.moveaxis(first_conv_maps(modelo, imagenes), -1, 1),
    ),
    Misconception(
        "salida-en-lugar-de-mapas",
        "devuelves la salida del modelo entero, no los mapas de la primera convolución",
        lambda modelo, imagenes: networks.output(modelo, imagenes.astype(np.float64)),
    ),
)


CHECKS = (
    ModelCheck(
        id=f"{UNIT}.construir_cnn",
        recognise=recognise_cnn,
        classifies=True,
        mistakes=(*NETWORK_MISTAKES, POOLING_MISTAKE),
        hint="compara tu red con la del enunciado, capa por capa: modelo.summary() enseña formas y "
        "parámetros; y repasa la activación de cada una",
    ),
    ModelCheck(
        id=f"{UNIT}.construir_mlp",
        recognise=recognise_mlp,
        classifies=True,
        mistakes=NETWORK_MISTAKES,
        hint="compara tu red con la del enunciado, capa por capa: cuántas unidades y qué "
        "activación lleva cada una",
    ),
    ModelCheck(
        id=f"{UNIT}.construir_mlp_equivalente",
        recognise=_equivalent,
        classifies=True,
        mistakes=NETWORK_MISTAKES,
        hint="calcula el total con tus dos anchos y compáralo con el de tu CNN antes de construir "
        "la red; y repasa la activación de cada capa",
    ),
    FunctionCheck(
        id=f"{UNIT}.parametros_totales",
        reference=networks.parameters,
        cases=_total_cases,
        compare=exact_integers,
        misconceptions=TOTAL_MISTAKES,
        hint="cuentan todos los números de todos los pesos, se entrenen o no; la forma de cada "
        "peso dice cuántos tiene",
        own_implementation=False,
    ),
    FunctionCheck(
        id=f"{UNIT}.mapas_primera_conv",
        reference=first_conv_maps,
        cases=_first_maps_cases,
        compare=CloseArrays(lambda *args: network_tolerance(first_conv_maps(*args))),
        misconceptions=FIRST_MAPS_MISTAKES,
        hint="es lo que hacía extraer_mapas, con la primera convolución del modelo; cuida el eje "
        "de los canales",
        own_implementation=False,
    ),
)
