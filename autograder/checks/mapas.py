"""Unidad 3: capas de Keras, mapas de características, campo receptivo y filtros aprendidos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ..judging import networks
from ..judging.architecture import Groups, WrongArchitecture, show_shapes
from ..judging.check import Case, FunctionCheck
from ..judging.comparison import CloseArrays, exact_integers
from ..judging.diagnosis.network_diagnoser import NetworkMistake
from ..judging.model_check import ModelCheck, network_tolerance
from ..wire.protocol import ModelSpec
from .field_formulas import FIELD_FORMULAS
from .field_mistakes import FIELD_MISTAKES, field_terms, receptive_field
from .field_odd import FIELD_ODD
from .inputs import Rng
from .learnt_filter_mistakes import FILTERS_MISTAKES
from .map_mistakes import MAPS_MISTAKES, first_kernel, layer_maps
from .models import mini_cnn, with_first_layer
from .network_space import Networks
from .piles import Piles
from .repeats import sifted
from .shape_mistakes import OF_A_LAYER, named_layers, of_one_layer
from .single_layer_mistakes import BASIC_LAYER_MISTAKES, strided_layer_mistakes

UNIT = "3_mapas_de_caracteristicas"


# --- capa_basica, capa_stride2 -------------------------------------------------------------------


@dataclass(frozen=True)
class LayerAsked:
    """A convolution over one channel: how many filters, and the side of its kernel."""

    filters: int
    kernel: int

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.kernel, self.kernel, 1, self.filters)


Others = Mapping[tuple[int, ...], NetworkMistake]  # Kernels that have a name of their own.
NO_OTHERS: Others = MappingProxyType({})


def _one_convolution(asked: LayerAsked, others: Others, **config: object):
    """A recogniser of a single convolution over one channel."""

    def recognise(groups: Groups) -> ModelSpec:
        layers = named_layers(groups)
        came = [weights[0].shape for weights in layers]
        if came != [asked.shape]:
            named = others.get(came[0]) if len(came) == 1 else None
            raise WrongArchitecture(
                f"esperaba una sola capa con kernel de forma {asked.shape} y llegó "
                f"{show_shapes(came)}",
                named or of_one_layer(came, asked.shape),
            )
        return ModelSpec([networks.layer("Conv2D", "conv", **config)], layers)

    return recognise


def basic_layer(check_id: str, asked: LayerAsked, others: Others = NO_OTHERS) -> ModelCheck:
    """A layer with ``same`` and ReLU."""
    return ModelCheck(
        id=check_id,
        recognise=_one_convolution(asked, others, padding="same", activation="relu"),
        hint="repasa los datos del enunciado: cuántos filtros, de qué tamaño, con qué relleno y "
        "con qué activación; y devuelve la capa, sin aplicarla",
        mistakes=BASIC_LAYER_MISTAKES,
        shapes=(*OF_A_LAYER, *dict.fromkeys(others.values())),
    )


def strided_layer(check_id: str, asked: LayerAsked, others: Others = NO_OTHERS) -> ModelCheck:
    """A layer of stride 2 with ``same``, and nothing after it."""
    return ModelCheck(
        id=check_id,
        recognise=_one_convolution(asked, others, padding="same", strides=2),
        hint="repasa los datos del enunciado: cuántos filtros, de qué tamaño, con qué paso y "
        "relleno, y si lleva activación",
        mistakes=strided_layer_mistakes(asked.kernel),
        shapes=(*OF_A_LAYER, *dict.fromkeys(others.values())),
    )


# --- extraer_mapas -------------------------------------------------------------------------------


def _maps_cases(rng: Rng) -> Iterator[Case]:
    spec, x = mini_cnn(rng, functional=False, depth=4)
    yield Case("la segunda convolución de un Sequential", (spec, spec.layers[2]["name"], x))
    # One model for four calls: to build it is most of their time.
    spec, x = mini_cnn(rng, functional=True, depth=3)
    # It does nothing, but to whoever runs the layers as if the network were being trained.
    spec = with_first_layer(spec, "Dropout", rate=0.5)
    yield Case("el pooling de un modelo funcional", (spec, spec.layers[3]["name"], x))
    last = spec.layers[-1]["name"]
    yield Case("la última capa y una sola imagen", (spec, last, x[:1]), edge=True)
    first = spec.layers[2]["name"]
    yield Case("la primera convolución, detrás de un Dropout", (spec, first, x), edge=True)
    unknown = f"capa_{rng.integers(1000, 9999)}"
    yield Case("una capa que no existe", (spec, unknown, x), edge=True, raises="ValueError")


def _maps_tolerance(modelo: ModelSpec, nombre_capa: str, x: np.ndarray) -> float:
    return network_tolerance(layer_maps(modelo, nombre_capa, x))


# --- campo_receptivo -----------------------------------------------------------------------------


def _field_cases(rng: Rng) -> Iterator[Case]:
    yield Case("dos convoluciones de 3×3", ([(3, 1), (3, 1)],))
    yield Case("convolución, pooling, convolución", ([(3, 1), (2, 2), (3, 1)],))
    for depth in (3, 4, 5, 6):
        layers = [(int(rng.integers(2, 8)), int(rng.integers(1, 4))) for _ in range(depth)]
        yield Case(f"capas {layers}", (layers,))
    yield Case("sin capas", ([],), edge=True)
    yield Case("una sola capa con paso 2", ([(5, 2)],), edge=True)
    yield Case("kernels de 1×1", ([(3, 2), (1, 1), (1, 2), (3, 1)],), edge=True)
    yield Case("paso mayor que el kernel", ([(2, 3), (3, 4), (2, 1)],), edge=True)
    yield Case("un kernel de 1×1 con paso 4", ([(1, 4)],), combined=True)


# --- filtros_aprendidos --------------------------------------------------------------------------


def _filters_cases(rng: Rng) -> Iterator[Case]:
    spec, _ = mini_cnn(rng, functional=False, depth=3)
    yield Case("un Sequential que empieza por Conv2D", (spec,))
    spec, _ = mini_cnn(rng, functional=True, depth=1)
    spec = with_first_layer(spec, "MaxPooling2D", pool_size=1)
    label = "un modelo funcional: layers[0] es la entrada y layers[1], un MaxPooling2D"
    yield Case(label, (spec,), edge=True)


CHECKS = (
    basic_layer(f"{UNIT}.capa_basica", LayerAsked(8, 3)),
    strided_layer(f"{UNIT}.capa_stride2", LayerAsked(32, 3)),
    FunctionCheck(
        id=f"{UNIT}.extraer_mapas",
        reference=layer_maps,
        cases=_maps_cases,
        compare=CloseArrays(_maps_tolerance),
        misconceptions=MAPS_MISTAKES,
        space=Networks(images="x", named="nombre_capa"),
        hint="hace falta otro modelo: con la misma entrada, y que termine en la capa pedida",
        own_implementation=False,
    ),
    FunctionCheck(
        id=f"{UNIT}.campo_receptivo",
        reference=receptive_field,
        cases=_field_cases,
        compare=exact_integers,
        misconceptions=sifted(
            f"{UNIT}.campo_receptivo", (*FIELD_MISTAKES, *FIELD_FORMULAS, *FIELD_ODD)
        ),
        space=Piles(),
        terms=field_terms,
        hint="lleva dos cuentas, el campo y el salto: al llegar a una capa, el salto no incluye "
        "todavía su propio paso",
        own_implementation=False,
    ),
    FunctionCheck(
        id=f"{UNIT}.filtros_aprendidos",
        reference=first_kernel,
        cases=_filters_cases,
        compare=CloseArrays(lambda modelo: 0.0),
        misconceptions=FILTERS_MISTAKES,
        space=Networks(),
        hint="la primera convolución no siempre es la primera capa: búscala, y de sus pesos "
        "devuelve el kernel",
        own_implementation=False,
    ),
)
