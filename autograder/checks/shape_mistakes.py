"""Lo que dicen las formas de los pesos de una red que no es la pedida."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..judging.architecture import Groups, WrongArchitecture, layers_with_weights
from ..judging.diagnosis.network_diagnoser import NetworkMistake
from . import lessons

Shape = tuple[int, ...]
HINT_SUMMARY = "modelo.summary() enseña las capas y sus parámetros: compáralas con el enunciado"
HINT_BUILT = "build o una primera llamada fijan la forma de los pesos: ¿qué forma entra en tu capa?"


def _by_shape(name: str, cause: str, hint: str, section: str) -> NetworkMistake:
    return NetworkMistake(name, cause, lambda spec: spec, False, hint, section)


WITHOUT_BIAS = _by_shape(
    "capa-sin-sesgo",
    "una capa no lleva sesgo (use_bias=False), y aquí lo lleva",
    "Keras pone el sesgo mientras no se le diga lo contrario",
    lessons.FILTERS_AND_BIAS,
)
OTHER_LAYER = _by_shape(
    "red-con-capas-ajenas",
    "hay una capa con pesos que la red pedida no tiene, como BatchNormalization",
    HINT_SUMMARY,
    lessons.THREE_NETWORKS,
)
TOO_MANY = _by_shape(
    "red-con-capas-de-mas",
    "la red tiene capas con pesos de más",
    HINT_SUMMARY,
    lessons.THREE_NETWORKS,
)
TOO_FEW = _by_shape(
    "red-con-capas-de-menos",
    "a la red le faltan capas con pesos",
    HINT_SUMMARY,
    lessons.THREE_NETWORKS,
)
FILTERS = _by_shape(
    "red-con-otros-filtros",
    "el número de filtros de una convolución no es el pedido",
    "filters es el primer argumento de Conv2D, y el último eje de su kernel",
    lessons.MANY_MAPS,
)
WINDOW = _by_shape(
    "red-con-otro-kernel",
    "el tamaño del kernel de una convolución no es el pedido",
    "kernel_size son los dos primeros ejes del kernel",
    lessons.KERNEL_SIZE,
)
FILTERS_AND_WINDOW = _by_shape(
    "filtros-y-kernel-cambiados",
    "filters y kernel_size están intercambiados: Conv2D(filters, kernel_size)",
    "¿qué argumento de Conv2D va primero?",
    lessons.KERNEL_SIZE,
)
CHANNELS = _by_shape(
    "red-con-otros-canales",
    "la primera convolución espera otros canales; las imágenes son grises y tienen uno",
    HINT_BUILT,
    lessons.NHWC,
)
TRANSPOSED = _by_shape(
    "capa-traspuesta",
    "es una Conv2DTranspose, que reparte cada píxel en una ventana y agranda; se pide una Conv2D",
    "compara el nombre de la capa con el del enunciado",
    lessons.REDUCING,
)
UNITS = _by_shape(
    "red-con-otras-unidades",
    "el número de unidades de una capa oculta no es el pedido",
    HINT_SUMMARY,
    lessons.THREE_NETWORKS,
)
UNITS_SWAPPED = _by_shape(
    "unidades-en-otro-orden",
    "las capas ocultas están en otro orden",
    HINT_SUMMARY,
    lessons.THREE_NETWORKS,
)
CLASSES = _by_shape(
    "red-con-otras-clases",
    "la última capa no tiene 10 unidades, una por clase",
    "¿cuántas clases hay, y cuántos números deben salir?",
    lessons.THREE_NETWORKS,
)
NOT_FLAT = _by_shape(
    "red-sin-aplanar",
    "la imagen llega sin aplanar a la primera Dense, que solo ve el último eje o un resumen: falta "
    "Flatten, o va después",
    "¿qué forma entra en la primera Dense?",
    lessons.DENSE_AFTER_CONV,
)
AVERAGED = _by_shape(
    "mapas-sin-aplanar",
    "a la capa Dense solo le llega un número por canal, como cuando los mapas se promedian o se "
    "resumen antes, o no se aplanan; aquí se aplanan, y cada posición cuenta",
    "¿cuántos números entran en la primera Dense, y cuántos hay en los últimos mapas?",
    lessons.THREE_NETWORKS,
)
OTHER_SIZE = _by_shape(
    "mapas-de-otro-tamano",
    "a la capa Dense no le llegan los números debidos: los mapas no miden lo que deben, como "
    "cuando un pooling falta, sobra, es otro o va en otro lugar, o una convolución salta",
    "sigue el alto y el ancho de los mapas, capa a capa, en modelo.summary()",
    lessons.REDUCING,
)
SIX_BY_SIX = _by_shape(
    "mapas-de-seis-por-seis",
    "los últimos mapas miden 6×6, y no 5×5, ni 7×7 con same: como con same en una sola convolución "
    "o en un pooling, o con las capas en otro orden",
    "sigue el alto y el ancho de los mapas, capa a capa, en modelo.summary()",
    lessons.SAME,
)
TOO_LARGE = _by_shape(
    "mlp-demasiado-grande",
    "el MLP pasa del 105 % de los parámetros de la CNN",
    "calcula el total con tus dos anchos antes de construir la red",
    lessons.THREE_NETWORKS,
)
TOO_SMALL = _by_shape(
    "mlp-demasiado-pequeno",
    "el MLP tiene menos parámetros que la CNN; para comparar hace falta uno como mínimo igual",
    "calcula el total con tus dos anchos antes de construir la red",
    lessons.THREE_NETWORKS,
)

OF_A_LAYER = (
    WITHOUT_BIAS,
    OTHER_LAYER,
    TOO_MANY,
    FILTERS,
    WINDOW,
    FILTERS_AND_WINDOW,
    CHANNELS,
    TRANSPOSED,
)
OF_A_CNN = (*OF_A_LAYER[:-1], TOO_FEW, UNITS, CLASSES, AVERAGED, OTHER_SIZE, SIX_BY_SIX)
OF_AN_MLP = (WITHOUT_BIAS, OTHER_LAYER, TOO_MANY, TOO_FEW, UNITS, UNITS_SWAPPED, CLASSES, NOT_FLAT)
OF_AN_EQUIVALENT = (
    *(WITHOUT_BIAS, OTHER_LAYER, TOO_MANY, TOO_FEW, CLASSES, NOT_FLAT),
    *(TOO_LARGE, TOO_SMALL),
)


def named_layers(groups: Groups) -> list[list[np.ndarray]]:
    """:func:`layers_with_weights`, saying which mistake is refused where it has a name."""
    try:
        return layers_with_weights(groups)
    except WrongArchitecture as wrong:
        raise WrongArchitecture(wrong.args[0], _refused(groups)) from None


def _refused(groups: Groups) -> NetworkMistake | None:
    held = [list(group) for group in groups if len(group)]
    if not held:
        return None
    for group in held:
        if len(group) == 1 and group[0].ndim in (2, 4):
            return WITHOUT_BIAS
        if len(group) != 2 or group[0].ndim not in (2, 4):
            return OTHER_LAYER
    kernel, bias = held[0]
    # Over gray images; that of a depthwise convolution over one channel is like any other.
    if len(held) == 1 and kernel.shape[3:] == (1,) and bias.shape == kernel.shape[2:3]:
        return TRANSPOSED
    return None


def of_one_layer(came: Sequence[Shape], asked: Shape) -> NetworkMistake | None:
    """What differs in the kernel of the only convolution."""
    if len(came) > 1:
        return TOO_MANY
    if len(came) != 1 or len(came[0]) != 4:
        return None
    return _of_kernel(came[0], asked)


def _of_kernel(came: Shape, asked: Shape) -> NetworkMistake | None:
    if came == (asked[3], asked[3], asked[2], asked[0]) != asked:
        return FILTERS_AND_WINDOW
    differing = [
        mistake
        for mistake, alike in (
            (CHANNELS, came[2] == asked[2]),
            (WINDOW, came[:2] == asked[:2]),
            (FILTERS, came[3] == asked[3]),
        )
        if not alike
    ]
    # Two differences at once have no one name.
    return differing[0] if len(differing) == 1 else None


def of_cnn(came: Sequence[Shape], asked: Sequence[Shape]) -> NetworkMistake | None:
    """What differs in the kernels of a CNN of two convolutions and two Dense."""
    kernels = [shape for shape in came if len(shape) == 4]
    denses = [shape for shape in came if len(shape) == 2]
    if len(came) != len(asked):
        return TOO_MANY if len(came) > len(asked) else TOO_FEW
    if len(kernels) != 2:
        return None
    first, second, hidden, last = asked
    if kernels != [first, second]:
        return _of_kernel(kernels[0], first) or _of_second(kernels, second)
    if denses[0][0] != hidden[0]:
        return _of_inputs(denses[0][0], second[3])
    if denses[-1][1] != last[1]:
        return CLASSES
    return UNITS if denses[0][1] != hidden[1] else None


def _of_second(kernels: Sequence[Shape], second: Shape) -> NetworkMistake | None:
    # What enters the second is what leaves the first.
    return _of_kernel(kernels[1], (*second[:2], kernels[1][2], second[3]))


def _of_inputs(inputs: int, filters: int) -> NetworkMistake:
    # The shapes do not say which layer did it: 28 → 14 → 12 → 6 and 28 → 13 → 13 → 6 are of one
    # convolution with "same"; 28 → 13 → 11 → 6, of a pooling; 26 → 24 → 12 → 6, of the order.
    if inputs == 6 * 6 * filters:
        return SIX_BY_SIX
    return AVERAGED if inputs == filters else OTHER_SIZE


def of_mlp(
    came: Sequence[Shape], inputs: int, classes: int, widths: Shape = ()
) -> NetworkMistake | None:
    """What differs in the kernels of a chain of three Dense."""
    if any(len(shape) != 2 for shape in came):
        return None
    if len(came) != 3:
        return TOO_MANY if len(came) > 3 else TOO_FEW
    if came[0][0] != inputs:
        return NOT_FLAT if came[0][0] in (1, 28) else None
    if came[-1][1] != classes:
        return CLASSES
    hidden = tuple(shape[1] for shape in came[:2])
    if not widths or hidden == widths:
        return None
    return UNITS_SWAPPED if hidden == widths[::-1] else UNITS
