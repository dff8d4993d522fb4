"""Errores típicos de la unidad 4 con imágenes: el cero de más en el otro lado, el paso sin dar."""

from __future__ import annotations

from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ..judging.diagnosis.misconceptions import Misconception
from .layer_mistakes import mistakes_of
from .padding_mistakes import IGNORES_STRIDES, ODD_FIRST, SYMMETRIC
from .reference import Pair, conv2d, pad, same_amounts

SWAPPED = "el alto y el ancho están intercambiados"


def _mirrored(amounts: Any) -> tuple:
    return tuple(tuple(pair[::-1]) for pair in amounts)


def _swap(value: Pair) -> Pair:
    return value if isinstance(value, int) else (value[1], value[0])


def _one_more(height: int, width: int) -> tuple[int, int]:
    return height + 1, width + 1


def _around(x: np.ndarray, kernel_size: Pair) -> np.ndarray:
    kh, kw = as_pair(kernel_size, "kernel_size")
    return pad(x, ((kh // 2,) * 2, (kw // 2,) * 2))


FILL = (
    Misconception(
        "cero-sobrante-antes",
        ODD_FIRST,
        lambda x, k, strides=1: pad(x, _mirrored(same_amounts(x, k, strides))),
    ),
    Misconception(
        "relleno-sin-el-paso", IGNORES_STRIDES, lambda x, k, strides=1: pad(x, same_amounts(x, k))
    ),
    Misconception("relleno-simetrico", SYMMETRIC, lambda x, k, strides=1: _around(x, k)),
    Misconception(
        "relleno-con-ejes-cambiados",
        "el relleno de las filas se pone en las columnas, y al revés",
        lambda x, k, strides=1: pad(x, same_amounts(x, k, strides)[::-1]),
    ),
    Misconception(
        "alto-y-ancho-cambiados",
        SWAPPED,
        lambda x, k, strides=1: pad(x, same_amounts(x, _swap(k), _swap(strides))),
    ),
    Misconception(
        "relleno-con-bordes",
        "rellenas con copias del borde; van ceros",
        lambda x, k, strides=1: np.pad(
            x, ((0, 0), *same_amounts(x, k, strides), (0, 0)), mode="edge"
        ),
    ),
)


def _same_with(amounts: Any) -> Any:
    """A layer that pads ``amounts(x, kernel_size, strides)`` where it is told ``same``."""

    def layer(
        x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, strides: Pair = 1, padding="valid"
    ) -> np.ndarray:
        if padding == "same":
            x = pad(x, amounts(x, kernel.shape[:2], strides))
        return conv2d(x, kernel, bias, strides)

    return layer


def _without_strides(x: Any, kernel: Any, bias: Any, strides: Pair = 1, **o: Any) -> np.ndarray:
    return conv2d(x, kernel, bias, **o)


def _strides_after_same(x: Any, kernel: Any, bias: Any, strides: Pair = 1, **o: Any) -> np.ndarray:
    sh, sw = as_pair(strides, "strides")
    return conv2d(x, kernel, bias, **o)[:, ::sh, ::sw]


CONV2D = (
    Misconception(
        "cero-sobrante-antes", ODD_FIRST, _same_with(lambda *args: _mirrored(same_amounts(*args)))
    ),
    Misconception(
        "same-calculado-con-paso-uno",
        'con "same", el relleno no tiene en cuenta el paso: se calcula con paso 1',
        _strides_after_same,
    ),
    Misconception(
        "relleno-simetrico",
        SYMMETRIC,
        _same_with(lambda x, size, strides: tuple((k // 2, k // 2) for k in size)),
    ),
    Misconception(
        "same-sin-relleno",
        '"same" no añade ningún relleno',
        _same_with(lambda *args: ((0, 0), (0, 0))),
    ),
    Misconception("pasos-ignorados", "no tienes en cuenta el paso (strides)", _without_strides),
    Misconception(
        "pasos-cambiados",
        "los pasos de alto y ancho están intercambiados",
        lambda x, k, b, strides=1, **o: conv2d(x, k, b, _swap(strides), **o),
    ),
    *mistakes_of(conv2d),
)

DILATED = (
    Misconception(
        "dilatacion-ignorada",
        "no tienes en cuenta la dilatación",
        lambda x, k, b, dilation_rate=1: conv2d(x, k, b),
    ),
    Misconception(
        "dilatacion-de-mas",
        "la dilatación es la distancia entre pesos: con 2 hay un píxel en medio, no dos",
        lambda x, k, b, dilation_rate=1: conv2d(
            x, k, b, dilation_rate=_one_more(*as_pair(dilation_rate, ""))
        ),
    ),
    Misconception(
        "dilatacion-como-paso",
        "has saltado ventanas (strides); la dilatación separa los pesos del kernel",
        lambda x, k, b, dilation_rate=1: conv2d(x, k, b, strides=dilation_rate),
    ),
    Misconception(
        "dilataciones-cambiadas",
        "las dilataciones de alto y ancho están intercambiadas",
        lambda x, k, b, dilation_rate=1: conv2d(x, k, b, dilation_rate=_swap(dilation_rate)),
    ),
    *mistakes_of(conv2d),
)


def _all_groups_read_the_first(x: Any, kernel: Any, bias: Any, groups: int = 1) -> np.ndarray:
    return conv2d(
        np.concatenate([x[..., : kernel.shape[2]]] * groups, axis=3), kernel, bias, 1, groups=groups
    )


def _interleaved_channels(x: Any, kernel: Any, bias: Any, groups: int = 1) -> np.ndarray:
    order = np.concatenate([np.arange(g, x.shape[3], groups) for g in range(groups)])
    return conv2d(x[..., order], kernel, bias, groups=groups)


def _interleaved_filters(x: Any, kernel: Any, bias: Any, groups: int = 1) -> np.ndarray:
    order = np.concatenate([np.arange(g, len(bias), groups) for g in range(groups)])
    shuffled = conv2d(x, kernel[..., order], bias[order], groups=groups)
    return shuffled[..., np.argsort(order)]


GROUPED = (
    Misconception(
        "grupos-que-leen-lo-mismo",
        "todos los grupos leen los primeros canales; el grupo g lee los suyos",
        _all_groups_read_the_first,
    ),
    Misconception(
        "canales-de-uno-en-uno",
        "los canales se reparten de uno en uno; cada grupo lee canales seguidos",
        _interleaved_channels,
    ),
    Misconception(
        "filtros-de-uno-en-uno",
        "los filtros se reparten de uno en uno; cada grupo escribe filtros seguidos",
        _interleaved_filters,
    ),
    Misconception(
        "grupos-al-reves",
        "los grupos leen los canales en orden inverso",
        lambda x, k, b, groups=1: conv2d(
            np.concatenate(np.split(x, groups, axis=3)[::-1], axis=3), k, b, groups=groups
        ),
    ),
    *mistakes_of(conv2d),
)
