"""Errores típicos de las funciones que reciben un modelo: de qué capa, con qué pesos, qué ejes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ..judging import networks
from ..judging.diagnosis.changes import Arguments, Change, answer, argument, computed
from ..wire.protocol import ModelSpec
from . import lessons
from .mistakes.batch import CHANNELS_FIRST
from .models import first_maps
from .named import Named
from .ways import Entries, before

HINT_LAYER = "imprime modelo.summary() y mira en qué capa termina el modelo que construyes"
HINT_AXES = "compara la forma de lo que devuelves con (imágenes, alto, ancho, filtros)"
HINT_DRAWING = "lo que ayuda a dibujar se hace después, fuera de la función"


# --- the right answers ---------------------------------------------------------------------------


def layer_maps(modelo: ModelSpec, nombre_capa: str, x: np.ndarray) -> np.ndarray:
    if all(layer["name"] != nombre_capa for layer in modelo.layers):
        raise ValueError(f"no hay ninguna capa {nombre_capa}")
    return networks.activations(modelo, x.astype(np.float64))[nombre_capa]


def first_kernel(modelo: ModelSpec) -> np.ndarray:
    return modelo.weights[networks.first_convolution(modelo)][0]


def first_conv_maps(modelo: ModelSpec, imagenes: np.ndarray) -> np.ndarray:
    return first_maps(modelo, with_channels(imagenes))


def with_channels(imagenes: np.ndarray) -> np.ndarray:
    return imagenes if imagenes.ndim == 4 else imagenes[..., np.newaxis]


# --- ways ----------------------------------------------------------------------------------------


def _of_layer(choose: Callable[[ModelSpec, int], int]) -> Change:
    """Another layer of the model: from the index of the one asked for to that of the one taken."""

    def change(given: Arguments) -> Arguments:
        names = [layer["name"] for layer in given["modelo"].layers]
        taken = choose(given["modelo"], names.index(given["nombre_capa"]))
        if not 0 <= taken < len(names):
            raise IndexError(taken)
        return given | {"nombre_capa": names[taken]}

    return before("capa", change)


def _previous_layer(modelo: ModelSpec, nombre_capa: str, x: np.ndarray) -> np.ndarray:
    names = [layer["name"] for layer in modelo.layers]
    index = names.index(nombre_capa)
    return layer_maps(modelo, names[index - 1], x) if index else x


def last_convolution(modelo: ModelSpec) -> int:
    classes = [layer["class_name"] for layer in modelo.layers]
    return len(classes) - 1 - classes[::-1].index("Conv2D")


def linear_in(modelo: ModelSpec, name: str) -> ModelSpec:
    linear = {"activation": "linear"}
    layers = [
        layer | {"config": layer["config"] | linear} if layer["name"] == name else layer
        for layer in modelo.layers
    ]
    return replace(modelo, layers=layers)


def scaled(array: np.ndarray, axes: tuple[int, ...] | None = None) -> np.ndarray:
    """From 0 to 1 by the extremes over those axes, or over all of them."""
    low = array.min(axis=axes, keepdims=True)
    with np.errstate(all="ignore"):
        between: np.ndarray = (array - low) / (array.max(axis=axes, keepdims=True) - low)
    return between


def without_bias(modelo: ModelSpec, name: str) -> ModelSpec:
    pairs = zip(modelo.layers, modelo.weights, strict=True)
    weights = [
        [arrays[0], 0 * arrays[1], *arrays[2:]] if layer["name"] == name and arrays else arrays
        for layer, arrays in pairs
    ]
    return replace(modelo, weights=weights)


def unpadded(modelo: ModelSpec, name: str) -> ModelSpec:
    layers = [
        layer | {"config": layer["config"] | {"padding": "valid"}}
        if layer["name"] == name
        else layer
        for layer in modelo.layers
    ]
    return replace(modelo, layers=layers)


def _applied_to_the_images(modelo: ModelSpec, nombre_capa: str, x: np.ndarray) -> np.ndarray:
    """The layer asked for, without those before it; what it does not take, it refuses."""
    index = [layer["name"] for layer in modelo.layers].index(nombre_capa)
    arrays = modelo.weights[index]
    if arrays and arrays[0].shape[-2] != x.shape[-1]:
        raise ValueError("otros canales")
    return networks.output(ModelSpec([modelo.layers[index]], [arrays]), x.astype(np.float64))


def _all_activations(modelo: ModelSpec, nombre_capa: str, x: np.ndarray) -> list[np.ndarray]:
    layer_maps(modelo, nombre_capa, x)
    return list(networks.activations(modelo, x.astype(np.float64)).values())


def _kernel_of(modelo: ModelSpec, nombre_capa: str, x: np.ndarray) -> np.ndarray:
    names = [layer["name"] for layer in modelo.layers]
    return modelo.weights[names.index(nombre_capa)][0]


def _unless_known(instead: Callable[[ModelSpec, np.ndarray], Any]) -> Change:
    """A layer that does not exist gives something, in the place of an error."""

    def maps(modelo: ModelSpec, nombre_capa: str, x: np.ndarray) -> Any:
        known = any(layer["name"] == nombre_capa for layer in modelo.layers)
        return layer_maps(modelo, nombre_capa, x) if known else instead(modelo, x)

    return computed("desconocida", maps)


# --- words that both functions of maps share -----------------------------------------------------

DIVIDED_AGAIN = Named(
    "imagenes-divididas-otra-vez",
    "los mapas son los de las imágenes divididas otra vez entre 255: ya llegan entre 0 y 1",
    "¿cuál es el mayor de los números que llegan?",
    lessons.NORMALISING,
)
NO_BATCH_AXIS = Named(
    "mapas-sin-eje-de-imagenes",
    "falta el eje de las imágenes, como cuando sobra un índice",
    HINT_AXES,
    lessons.INTERMEDIATE,
)
SCALED_MAPS = Named(
    "mapas-normalizados",
    "llevas los mapas a [0, 1], como para dibujarlos; se piden las activaciones como son",
    HINT_DRAWING,
    lessons.INTERMEDIATE,
)
AVERAGED_MAPS = Named(
    "mapas-promediados",
    "juntas los mapas a lo largo de algún eje; se piden todos, uno por filtro e imagen",
    HINT_DRAWING,
    lessons.MANY_MAPS,
)
ONE_MAP = Named(
    "solo-el-primer-mapa",
    "solo llega el mapa del primer filtro; van los de todos",
    HINT_AXES,
    lessons.MANY_MAPS,
)
FLAT_MAPS = Named(
    "mapas-aplanados",
    "los mapas llegan aplanados, sin alto ni ancho",
    HINT_AXES,
    lessons.INTERMEDIATE,
)
REPEATED = Named(
    "mapas-repetidos",
    "todas las imágenes reciben los mapas de la primera",
    "¿qué imagen entra en el modelo en cada vuelta?",
    lessons.INTERMEDIATE,
)
FIRST_LAYER = Named(
    "primera-capa-sin-buscar",
    "solo funciona con la convolución en cierto lugar de modelo.layers, y eso das por hecho; "
    "delante puede haber una entrada, un Dropout o un pooling",
    "recorre modelo.layers y pregunta a cada capa de qué clase es",
    lessons.LEARNT_FILTERS,
)
WEIGHTS_FOR_MAPS = Named(
    "pesos-en-lugar-de-mapas",
    "llegan los pesos de la capa; los mapas son lo que sale de ella cuando entran imágenes",
    "los pesos no dependen de la imagen: ¿y lo que devuelves?",
    lessons.INTERMEDIATE,
)


WITHOUT_BIAS = Named(
    "mapas-sin-sesgo",
    "falta el sesgo de la capa",
    "una capa guarda dos arreglos, el kernel y el bias: ¿usas los dos?",
    lessons.FILTERS_AND_BIAS,
)


OF_ANY_MAPS: Entries = (
    *NO_BATCH_AXIS.by(answer(lambda maps: maps[0])),
    *SCALED_MAPS.by(
        answer(scaled),
        answer(lambda maps: scaled(maps, (1, 2))),
        answer(lambda maps: scaled(maps, (1, 2, 3))),
    ),
    *AVERAGED_MAPS.by(
        answer(lambda maps: maps.mean(axis=-1)),
        answer(lambda maps: maps.mean(axis=(1, 2))),
        answer(lambda maps: maps.mean(axis=0)),
        answer(lambda maps: maps.mean(axis=-1, keepdims=True)),
        answer(lambda maps: maps.sum(axis=-1)),
        answer(lambda maps: maps.max(axis=-1)),
    ),
    *ONE_MAP.by(answer(lambda maps: maps[..., 0]), answer(lambda maps: maps[..., :1])),
    *FLAT_MAPS.by(answer(lambda maps: maps.reshape(len(maps), -1)), answer(np.ravel)),
    *REPEATED.by(answer(lambda maps: np.repeat(maps[:1], len(maps), axis=0))),
)


# --- extraer_mapas -------------------------------------------------------------------------------

MAPS_MISTAKES: Entries = (
    # First: it is told at once, by the one call that goes wrong, and networks take long to run.
    *Named(
        "capa-desconocida-aceptada",
        "una capa que no existe no se rechaza; ahí va un ValueError",
        "modelo.get_layer(nombre) lanza el error por ti; si buscas tú, decide qué pasa al final",
        lessons.INTERMEDIATE,
    ).by(
        _unless_known(lambda modelo, x: None),
        _unless_known(networks.output),
        _unless_known(lambda modelo, x: x),
    ),
    *Named(
        "salida-del-modelo",
        "devuelves la salida del modelo entero, no la de la capa pedida",
        HINT_LAYER,
        lessons.INTERMEDIATE,
    ).by(_of_layer(lambda modelo, index: len(modelo.layers) - 1)),
    *Named(
        "entrada-de-la-capa",
        "devuelves la entrada de la capa pedida, no su salida",
        HINT_LAYER,
        lessons.INTERMEDIATE,
    ).by(computed("capa", _previous_layer)),
    *Named(
        "capa-siguiente",
        "te pasas una capa: devuelves la salida de la que viene después de la pedida",
        HINT_LAYER,
        lessons.INTERMEDIATE,
    ).by(_of_layer(lambda modelo, index: min(index + 1, len(modelo.layers) - 1))),
    *Named(
        "siempre-la-primera-capa",
        "devuelves siempre lo que sale de la primera capa, no de la pedida",
        "¿dónde usas nombre_capa?",
        lessons.INTERMEDIATE,
    ).by(_of_layer(lambda modelo, index: 0)),
    *Named(
        "siempre-la-primera-convolucion",
        "devuelves siempre los mapas de la primera convolución, no los de la capa pedida",
        "¿dónde usas nombre_capa?",
        lessons.INTERMEDIATE,
    ).by(_of_layer(lambda modelo, index: networks.first_convolution(modelo))),
    *Named(
        "siempre-la-ultima-convolucion",
        "devuelves siempre los mapas de la última convolución, no los de la capa pedida",
        "¿dónde usas nombre_capa?",
        lessons.INTERMEDIATE,
    ).by(_of_layer(lambda modelo, index: last_convolution(modelo))),
    *Named(
        "mapas-sin-activacion",
        "falta la activación de la capa",
        "una capa de Keras aplica su activación al final: ¿y lo que tú calculas?",
        lessons.ACTIVATION,
    ).by(
        before(
            "activacion",
            lambda given: given | {"modelo": linear_in(given["modelo"], given["nombre_capa"])},
        )
    ),
    *WITHOUT_BIAS.by(
        before(
            "sesgo",
            lambda given: given | {"modelo": without_bias(given["modelo"], given["nombre_capa"])},
        )
    ),
    *Named(
        "capa-aplicada-a-las-imagenes",
        "sale lo que da la capa pedida con las imágenes; a ella le llega lo que sale de las "
        "anteriores",
        HINT_LAYER,
        lessons.INTERMEDIATE,
    ).by(computed("capa", _applied_to_the_images)),
    *Named(
        "mapas-de-todas-las-capas",
        "devuelves lo que sale de todas las capas; se pide solo lo de una",
        "¿dónde usas nombre_capa?",
        lessons.INTERMEDIATE,
    ).by(computed("capa", _all_activations)),
    *Named(
        "mapas-de-una-imagen",
        "solo llegan los mapas de la primera imagen; x es un lote y van todas",
        HINT_AXES,
        lessons.INTERMEDIATE,
    ).by(answer(lambda maps: maps[:1])),
    *CHANNELS_FIRST.by(answer(lambda maps: np.moveaxis(maps, -1, 1))),
    *DIVIDED_AGAIN.by(argument("x", lambda x: x / np.float32(255))),
    *WEIGHTS_FOR_MAPS.by(computed("capa", _kernel_of)),
    *OF_ANY_MAPS,
)
