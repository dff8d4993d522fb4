"""Errores típicos al llevar los filtros a [0, 1]: de quién es el mínimo, y entre qué se divide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change, answer, argument
from . import lessons
from .constant_filter_mistakes import CONSTANT_FILTER_MISTAKES
from .named import Named
from .ways import Entries, after, rounded

FILTER = (0, 1, 2)  # the axes of one filter
HINT_AXES = "un filtro es kernel[..., f]: ¿sobre qué ejes se toman su mínimo y su máximo?"
HINT_RANGE = "el menor peso de cada filtro debe llegar a 0, y el mayor, a 1: sigue los dos"
HINT_WHOLE = "mira el tipo del arreglo que devuelves cuando llega uno de enteros"


def _instead(formula: Callable[[np.ndarray], Any]) -> Change:
    """Another formula, in float64, in the place of the right one."""

    def change(_: Any, given: Arguments) -> Any:
        with np.errstate(all="ignore"):
            return formula(given["kernel"].astype(np.float64))

    return after("formula", change)


def _divided(numbers: np.ndarray, by: Any) -> np.ndarray:
    """A division where 0 in the place of the divisor gives what is above it."""
    quotient: np.ndarray = numbers / np.where(np.equal(by, 0), 1, by)
    return quotient


def _over(*axes: int) -> Change:
    """Each group of those axes from 0 to 1, in the place of each filter."""

    def formula(kernel: np.ndarray) -> np.ndarray:
        low = kernel.min(axis=axes, keepdims=True)
        return _divided(kernel - low, kernel.max(axis=axes, keepdims=True) - low)

    return _instead(formula)


def _by_pieces(kernel: np.ndarray) -> np.ndarray:
    """As many pieces as there are filters, each cut in a row from all of them."""
    pieces = kernel.reshape(kernel.shape[-1], -1)
    low = pieces.min(axis=1, keepdims=True)
    return _divided(pieces - low, pieces.max(axis=1, keepdims=True) - low).reshape(kernel.shape)


def _widened(epsilon: float) -> Change:
    """Something added to the range, so as not to divide by 0."""

    def change(value: np.ndarray, given: Arguments) -> np.ndarray:
        width = np.ptp(given["kernel"].astype(np.float64), axis=FILTER)
        widened: np.ndarray = value * width / (width + epsilon)
        return widened

    return after("epsilon", change)


def _cut(value: np.ndarray, given: Arguments) -> np.ndarray:
    cut: np.ndarray = value.astype(given["kernel"].dtype)
    return cut


_OTHER_AXES: tuple[tuple[int, ...], ...] = (
    *((1, 2, 3), (0, 1, 3), (0, 2, 3)),
    *((0, 2), (1, 2), (2, 3)),
    *((0,), (1,), (2,), (3,)),
)


def _low(kernel: np.ndarray) -> Any:
    return kernel.min(axis=FILTER)


def _by_the_least_of_all(kernel: np.ndarray) -> np.ndarray:
    """With the constant filters in zeros, as they should be."""
    width = np.ptp(kernel, axis=FILTER)
    return _divided(kernel - kernel.min(), width) * (width > 0)


def _high(kernel: np.ndarray) -> Any:
    return kernel.max(axis=FILTER)


_ROUNDED = Named(
    "pesos-redondeados",
    "los pesos llegan redondeados o con menos cifras de las que da float32",
    "devuelve los pesos sin redondear; para leerlos mejor, redondea al imprimir",
    lessons.SHOWING_FILTERS,
)
BACKWARDS = Named(
    "normalizado-al-reves",
    "está invertido: el mayor peso da 0 y el menor da 1",
    HINT_RANGE,
    lessons.SHOWING_FILTERS,
)
NORMALIZE_MISTAKES: Entries = (
    *Named(
        "normalizado-de-todo-el-kernel",
        "usas el mínimo y el máximo de todo el kernel; cada filtro lleva los suyos",
        HINT_AXES,
        lessons.SHOWING_FILTERS,
    ).by(
        _over(0, 1, 2, 3),
    ),
    *Named(
        "normalizado-con-un-extremo-de-todos",
        "sale como si el mínimo, el máximo o el rango fuera el de todo el kernel; los tres son "
        "de cada filtro",
        HINT_AXES,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda kernel: _divided(kernel - kernel.min(), np.ptp(kernel, axis=FILTER))),
        _instead(lambda kernel: (kernel - kernel.min()) / np.ptp(kernel, axis=FILTER)),
        _instead(_by_the_least_of_all),
        _instead(lambda kernel: _divided(kernel - _low(kernel), kernel.max() - kernel.min())),
        _instead(lambda kernel: _divided(kernel - _low(kernel), kernel.max() - _low(kernel))),
        _instead(lambda kernel: _divided(kernel - kernel.min(), _high(kernel) - kernel.min())),
    ),
    *Named(
        "normalizado-por-canal",
        "cada canal se normaliza por separado; el mínimo y el máximo son del filtro entero",
        HINT_AXES,
        lessons.SHOWING_FILTERS,
    ).by(
        _over(0, 1),
        _instead(lambda k: (k - k.min(axis=(0, 1))) / np.ptp(k, axis=(0, 1))),
    ),
    *Named(
        "normalizado-en-otros-ejes",
        "el mínimo y el máximo se toman en otros ejes; son los de alto, ancho y canales: todos "
        "menos el último",
        HINT_AXES,
        lessons.SHOWING_FILTERS,
    ).by(
        *(_over(*axes) for axes in _OTHER_AXES),
    ),
    *Named(
        "normalizado-sin-minimo",
        "divides entre el máximo sin restar antes el mínimo",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda kernel: kernel / _high(kernel)),
        _instead(lambda kernel: _divided(kernel, _high(kernel))),
        _instead(lambda kernel: kernel / kernel.max()),
    ),
    *Named(
        "normalizado-por-valor-absoluto",
        "divides entre el mayor valor absoluto: los pesos quedan entre −1 y 1, y se pedía de 0 a 1",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda kernel: kernel / abs(kernel).max(axis=FILTER)),
        _instead(lambda kernel: _divided(kernel, abs(kernel).max(axis=FILTER))),
        _instead(lambda kernel: kernel / abs(kernel).max()),
    ),
    *Named(
        "normalizado-sin-signo",
        "tomas el valor absoluto de los pesos: los negativos y los positivos se confunden",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        argument("kernel", np.abs),
        answer(np.abs).then(_instead(lambda k: _divided(abs(k), abs(k).max(axis=FILTER)))),
    ),
    *Named(
        "normalizado-sin-restar-en-el-rango",
        "restas el mínimo arriba, pero divides entre el máximo; se divide entre max − min",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda kernel: (kernel - _low(kernel)) / _high(kernel)),
        _instead(lambda kernel: _divided(kernel - _low(kernel), _high(kernel))),
    ),
    *Named(
        "normalizado-sin-restar-arriba",
        "divides entre max − min sin restar antes el mínimo de cada peso",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda kernel: kernel / np.ptp(kernel, axis=FILTER)),
        _instead(lambda kernel: _divided(kernel, np.ptp(kernel, axis=FILTER))),
    ),
    *Named(
        "normalizado-sin-dividir",
        "restas el mínimo y no divides entre el rango: el mayor peso no llega a 1",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda kernel: kernel - _low(kernel)),
    ),
    *Named(
        "normalizado-por-desviacion",
        "restas la media y divides entre la desviación; se pide de 0 a 1, con mínimo y máximo",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda k: _divided(k - k.mean(axis=FILTER), k.std(axis=FILTER))),
        _instead(lambda k: (k - k.mean(axis=FILTER)) / k.std(axis=FILTER)),
        _instead(lambda k: (k - k.mean()) / k.std()),
    ),
    *Named(
        "normalizado-por-la-suma",
        "divides entre la suma o la norma de los pesos; se pide de 0 a 1, con mínimo y máximo",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda k: k / k.sum(axis=FILTER)),
        _instead(lambda k: _divided(k, k.sum(axis=FILTER))),
        _instead(lambda k: k / k.sum()),
        _instead(lambda k: k / abs(k).sum(axis=FILTER)),
        _instead(lambda k: _divided(k, abs(k).sum(axis=FILTER))),
        _instead(lambda k: k / np.sqrt((k**2).sum(axis=FILTER))),
        _instead(lambda k: _divided(k, np.sqrt((k**2).sum(axis=FILTER)))),
    ),
    *Named(
        "normalizado-con-el-cero-en-medio",
        "el peso 0 queda siempre en 0,5, y el menor o el mayor de cada filtro no llega a su "
        "extremo; el menor va a 0 y el mayor, a 1",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        _instead(lambda k: 0.5 + _divided(k, 2 * abs(k).max(axis=FILTER))),
        _instead(lambda k: 0.5 + k / (2 * abs(k).max(axis=FILTER))),
        _instead(lambda k: 0.5 + _divided(k, 2 * abs(k).max())),
    ),
    *Named(
        "normalizado-por-trozos",
        "el mínimo y el máximo son de trozos seguidos del kernel, con pesos de varios filtros, "
        "como con reshape(F, −1); los filtros son el último eje",
        HINT_AXES,
        lessons.SHOWING_FILTERS,
    ).by(_instead(_by_pieces)),
    *Named(
        "normalizado-de-menos-uno-a-uno",
        "los pesos van de −1 a 1; se pide de 0 a 1",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        answer(lambda value: 2 * value - 1),
    ),
    *Named(
        "normalizado-hasta-doscientos-cincuenta-y-cinco",
        "los pesos van de 0 a 255; se pide de 0 a 1",
        HINT_RANGE,
        lessons.SHOWING_FILTERS,
    ).by(
        answer(lambda value: 255 * value),
        answer(lambda value: (255 * value).astype(np.uint8)),
        answer(lambda value: np.round(255 * value)),
    ),
    *BACKWARDS.by(
        answer(lambda value: 1 - value),
    ),
    *CONSTANT_FILTER_MISTAKES,
    *_ROUNDED.by(answer(lambda value: value.astype(np.float16))),
    *Named(
        "epsilon-demasiado-grande",
        "el máximo ya no llega a 1: lo que se suma al divisor, como para no dividir entre 0, se "
        "nota",
        "trata aparte los filtros constantes, sin tocar el rango de los demás",
        lessons.SHOWING_FILTERS,
    ).by(
        *map(_widened, (1.0, 0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5)),
    ),
    *_ROUNDED.by(
        *map(rounded, (0, 1, 2, 3, 4)),
        answer(lambda value: np.round(255 * value) / 255),
        answer(lambda value: (255 * value).astype(np.uint8) / 255),
    ),
    *Named(
        "normalizado-en-enteros",
        "el resultado pierde los decimales con un kernel de enteros, como cuando se guarda en "
        "enteros",
        HINT_WHOLE,
        lessons.SHOWING_FILTERS,
    ).by(
        after("tipo", _cut),
    ),
    *Named(
        "filtros-con-otra-forma",
        "el resultado no tiene la forma del kernel: se ha perdido o movido un eje",
        "compara kernel.shape con la forma de lo que devuelves",
        lessons.SHOWING_FILTERS,
    ).by(
        answer(np.squeeze),
        answer(lambda value: np.moveaxis(value, -1, 0)),
        after("salida", lambda value, given: value[..., 0] if value.shape[3] == 1 else value),
        after("salida", lambda value, given: value[:, :, 0] if value.shape[2] == 1 else value),
        answer(lambda value: value[..., 0]),
        answer(lambda value: value.reshape(-1, value.shape[-1])),
    ),
)
