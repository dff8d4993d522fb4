"""Errores típicos que comparten las unidades: lo que cada uno calcula, y su nombre."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..judging.diagnosis.misconceptions import Misconception

FLIPPED = "el kernel está volteado: Conv2D hace correlación cruzada, sin girar el kernel"
INTEGERS = "el resultado se guarda en un arreglo del tipo de la entrada y pierde los decimales"


def _first_filter(kernel: np.ndarray) -> np.ndarray:
    return np.repeat(kernel[..., :1], kernel.shape[-1], axis=-1)


def mistakes_of(layer: Callable[..., np.ndarray]) -> tuple[Misconception, ...]:
    """The mistakes of any layer ``layer(x, kernel, bias, **options)``, which is the right one."""

    def repeat_first_example(x: Any, kernel: Any, bias: Any, **options: Any) -> np.ndarray:
        return np.repeat(layer(x[:1], kernel, bias, **options), len(x), axis=0)

    return (
        Misconception(
            "sesgo-olvidado",
            "falta sumar el sesgo (bias)",
            lambda x, k, b, **o: layer(x, k, 0 * b, **o),
        ),
        Misconception(
            "kernel-volteado", FLIPPED, lambda x, k, b, **o: layer(x, k[::-1, ::-1], b, **o)
        ),
        Misconception(
            "kernel-volteado-en-un-eje",
            "el kernel está volteado en un solo eje, y no hay que voltearlo en ninguno",
            lambda x, k, b, **o: layer(x, k[::-1], b, **o),
        ),
        Misconception(
            "sesgo-por-producto",
            "el sesgo se suma una vez por cada producto de la ventana; va una sola vez por salida",
            lambda x, k, b, **o: layer(x, k, b * k[..., 0].size, **o),
        ),
        Misconception(
            "sesgo-por-canal",
            "el sesgo se suma una vez por canal de entrada; va una sola vez por salida",
            lambda x, k, b, **o: layer(x, k, b * k.shape[2], **o),
        ),
        Misconception(
            "sesgo-por-posicion",
            "el sesgo se suma una vez por posición del kernel; va una sola vez por salida",
            lambda x, k, b, **o: layer(x, k, b * k.shape[0] * k.shape[1], **o),
        ),
        Misconception(
            "sesgo-restado", "el sesgo se resta", lambda x, k, b, **o: layer(x, k, -b, **o)
        ),
        Misconception(
            "sesgo-del-primero",
            "todos los filtros reciben el sesgo del primero",
            lambda x, k, b, **o: layer(x, k, np.repeat(b[:1], len(b)), **o),
        ),
        Misconception(
            "lote-repetido",
            "todos los ejemplos del lote reciben el resultado del primero",
            repeat_first_example,
        ),
        Misconception(
            "canales-de-entrada-al-reves",
            "los canales de entrada están en orden inverso",
            lambda x, k, b, **o: layer(x[..., ::-1], k, b, **o),
        ),
        Misconception(
            "solo-el-primer-canal-en-capa",
            "solo cuenta el primer canal de entrada; hay que sumarlos todos",
            lambda x, k, b, **o: layer(x * (np.arange(x.shape[3]) == 0), k, b, **o),
        ),
        Misconception(
            "canales-promediados-en-capa",
            "los canales de entrada se promedian en lugar de sumarse",
            lambda x, k, b, **o: layer(x, k / k.shape[2], b, **o),
        ),
        Misconception(
            "filtro-repetido",
            "todos los filtros calculan lo mismo que el primero",
            lambda x, k, b, **o: layer(x, _first_filter(k), b, **o),
        ),
        Misconception(
            "decimales-perdidos", INTEGERS, lambda x, k, b, **o: layer(x, k, b, **o).astype(x.dtype)
        ),
    )
