"""Unidad 5: las redes de la tarea, sus parámetros y sus primeros mapas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ..judging import networks
from ..judging.architecture import Groups, WrongArchitecture
from ..judging.check import Case, FunctionCheck
from ..judging.comparison import CloseArrays, exact_integers
from ..judging.model_check import ModelCheck, network_tolerance
from ..judging.networks import layer
from ..wire.protocol import ModelSpec
from .acceptance_check import AcceptanceCheck
from .first_map_mistakes import FIRST_MAPS_MISTAKES
from .homework_networks import (
    CNN_PARAMETERS,
    is_equivalent,
    recognise_cnn,
    recognise_equivalent_mlp,
    recognise_mlp,
)
from .inputs import Rng, normal
from .map_mistakes import first_conv_maps
from .models import begin, mini_cnn, with_first_layer
from .network_mistakes import NETWORK_MISTAKES, POOLING_MISTAKES, SECOND_HIDDEN_MISTAKES
from .network_space import Networks
from .shape_mistakes import OF_A_CNN, OF_AN_EQUIVALENT, OF_AN_MLP, TOO_LARGE, TOO_SMALL
from .total_mistakes import TOTAL_MISTAKES, count_all, total_terms

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
            f"{int(wanted * 1.05)}: entre el 100 % y el 105 % de los de la CNN",
            TOO_SMALL if total < wanted else TOO_LARGE,
        )
    return spec


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
            layer("Conv2D", "conv", filters=filters, kernel_size=3, use_bias=False),
            layer("BatchNormalization", "normaliza"),
        ],
        [
            [normal(rng, 3, 3, 1, filters)],
            [np.abs(normal(rng, filters)) for _ in range(4)],
        ],
    )
    return begin(spec, IMAGE, functional=False)


COUNT_YOURSELF = {
    "count_params": "haz tú la cuenta: cada capa guarda su kernel y su bias, y la forma de cada "
    "uno dice cuántos números tiene"
}


# --- mapas_primera_conv --------------------------------------------------------------------------


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


CHECKS = (
    ModelCheck(
        id=f"{UNIT}.construir_cnn",
        recognise=recognise_cnn,
        classifies=True,
        anew=True,
        mistakes=(*NETWORK_MISTAKES, *POOLING_MISTAKES),
        shapes=OF_A_CNN,
        hint="compara tu red con la del enunciado, capa por capa: modelo.summary() enseña formas y "
        "parámetros; y repasa la activación de cada una",
    ),
    ModelCheck(
        id=f"{UNIT}.construir_mlp",
        recognise=recognise_mlp,
        classifies=True,
        anew=True,
        mistakes=(*NETWORK_MISTAKES, *SECOND_HIDDEN_MISTAKES),
        shapes=OF_AN_MLP,
        hint="compara tu red con la del enunciado, capa por capa: cuántas unidades y qué "
        "activación lleva cada una",
    ),
    ModelCheck(
        id=f"{UNIT}.construir_mlp_equivalente",
        recognise=_equivalent,
        classifies=True,
        anew=True,
        mistakes=(*NETWORK_MISTAKES, *SECOND_HIDDEN_MISTAKES),
        shapes=OF_AN_EQUIVALENT,
        hint="calcula el total con tus dos anchos y compáralo con el de tu CNN antes de construir "
        "la red; y repasa la activación de cada capa",
    ),
    FunctionCheck(
        id=f"{UNIT}.parametros_totales",
        reference=count_all,
        cases=_total_cases,
        compare=exact_integers,
        misconceptions=TOTAL_MISTAKES,
        space=Networks(counted=True),
        terms=total_terms,
        shortcuts=COUNT_YOURSELF,
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
        space=Networks(images="imagenes", fixed=True),
        hint="es lo que hacía extraer_mapas, con la primera convolución del modelo; cuida el eje "
        "de los canales",
        own_implementation=False,
    ),
    AcceptanceCheck(
        id=f"{UNIT}.redes_entrenadas",
        hint="mira qué criterio falla y entrena de nuevo con la receta que elegiste en la "
        "validación; antes, borra los archivos de pesos",
    ),
)
