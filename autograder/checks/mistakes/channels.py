"""Los canales de la entrada: de menos, de más, sin sumar o en otro orden."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change, afterwards, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import pad, same_amounts, windows
from .layout import Layout

_EACH = "cada canal de la imagen se multiplica por el suyo del kernel, y todo se suma"


def _named(id: str, cause: str, hint: str = _EACH) -> Named:
    return Named(id, cause, hint, lessons.CHANNELS)


FIRST = _named(
    "solo-el-primer-canal", "solo cuenta el primer canal; hay que sumar los productos de todos"
)
FIRST_IN_LAYER = _named(
    "solo-el-primer-canal-en-capa",
    "solo cuenta el primer canal de entrada; hay que sumarlos todos",
)
FIRST_TWO = _named(
    "solo-dos-canales", "solo cuentan los dos primeros canales; hay que sumarlos todos"
)
LAST_MISSING = _named(
    "ultimo-canal-olvidado",
    "el último canal no cuenta; hay que sumarlos todos",
    "range(c) acaba en c − 1",
)
FIRST_MISSING = _named(
    "primer-canal-olvidado",
    "el primer canal no cuenta; hay que sumarlos todos",
    "el primer canal es el 0",
)
AVERAGED = _named("canales-promediados", "los canales se promedian en lugar de sumarse")
AVERAGED_IN_LAYER = _named(
    "canales-promediados-en-capa", "los canales de entrada se promedian en lugar de sumarse"
)
TWICE = _named("canales-sumados-dos-veces", "cada producto se suma dos veces")
REVERSED = _named(
    "canales-del-kernel-al-reves",
    "los canales del kernel están en orden inverso",
    "el canal 0 del kernel va con el canal 0 de la imagen",
)
REVERSED_IN_LAYER = _named(
    "canales-de-entrada-al-reves",
    "los canales de entrada están en orden inverso",
    "el canal 0 del kernel va con el canal 0 de la imagen",
)
STACKED = _named(
    "canales-apilados",
    "los canales se quedan uno al lado del otro sin sumar: hay que sumarlos en un solo mapa",
    "un filtro da un solo mapa, tenga los canales que tenga la entrada",
)
STRONGEST = _named(
    "canal-mas-fuerte", "se queda con el máximo de los canales; hay que sumarlos todos"
)
GREY = _named(
    "imagen-en-gris",
    "los canales de la imagen cuentan juntados antes de multiplicar; cada uno lleva sus propios "
    "pesos",
)
ONE_OF_THE_KERNEL = _named(
    "un-canal-del-kernel-para-todos",
    "todos los canales de la imagen usan los pesos del mismo canal del kernel",
)
ONE_OF_THE_IMAGE = _named(
    "un-canal-de-la-imagen-para-todos",
    "todos los canales del kernel miran el mismo canal de la imagen",
)
ALWAYS_THREE = _named(
    "siempre-tres-canales",
    "cuentan siempre tres canales; la imagen puede tener otros",
    "el número de canales está en la forma de la imagen",
)


def _kept(mask: str) -> Change:
    """Only some channels of the kernel count."""

    def change(kernel: np.ndarray) -> np.ndarray:
        index = np.arange(kernel.shape[2])
        kept = {
            "last missing": index < len(index) - 1,
            "first missing": index > 0,
            "first": index == 0,
            "two": index < 2,
            "three": index < 3,
        }[mask]
        return kernel * kept.reshape(-1, *[1] * (kernel.ndim - 3))

    return argument("kernel", change)


def _spread(name: str, axis: int, channel: int) -> Change:
    """One channel in the place of all."""
    return argument(name, lambda a: np.repeat(np.take(a, [channel], axis), a.shape[axis], axis))


def _mean(name: str, axis: int, scale: bool = True) -> Change:
    def change(a: np.ndarray) -> np.ndarray:
        joined = a.astype(np.float64).sum(axis, keepdims=True)
        return np.repeat(joined / (a.shape[axis] if scale else 1), a.shape[axis], axis)

    return argument(name, change)


def _three(change: Change) -> Change:
    def before(given: dict) -> dict:
        if given["kernel"].shape[2] < 3:
            raise IndexError
        return change.before(given)

    return Change("kernel", before)


def per_channel(
    x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, padding: str = "valid", **options: Any
) -> np.ndarray:
    """What each input channel gives, not summed: (N, H', W', C, F)."""
    strides, dilation = options.get("strides", 1), options.get("dilation_rate", 1)
    if options.get("groups", 1) != 1:
        raise ValueError
    x, kernel = x.astype(np.float64), kernel.astype(np.float64)
    if padding == "same":
        x = pad(x, same_amounts(x, kernel.shape[:2], strides))
    seen = windows(x, kernel.shape[:2], strides, dilation)
    return np.einsum("nijckl,klcf->nijcf", seen, kernel)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    if not layout.deep:
        return ()
    axis = layout.first + 2
    first, averaged, backwards = (
        (FIRST_IN_LAYER, AVERAGED_IN_LAYER, REVERSED_IN_LAYER)
        if layout.layer
        else (FIRST, AVERAGED, REVERSED)
    )
    over_channels = (
        Change(
            "kernel", lambda a: a | {"kernel": a["kernel"].astype(float) / a["kernel"].shape[2]}
        ),
        *([afterwards(lambda out, a: out / a["kernel"].shape[2], "kernel")] * layout.layer),
    )
    image = layout.image
    return (
        *first.by(_kept("first")),
        *FIRST_TWO.by(_kept("two")),
        *LAST_MISSING.by(_kept("last missing")),
        *FIRST_MISSING.by(_kept("first missing")),
        *averaged.by(*over_channels),
        *TWICE.by(argument("kernel", lambda k: 2 * k)),
        *backwards.by(
            argument("kernel", lambda k: k[:, :, ::-1]),
            *([argument(image, lambda x: x[..., ::-1])] * layout.layer),
        ),
        *STACKED.by(*_stacked(layout)),
        *STRONGEST.by(
            layout.computed("kernel", lambda **a: per_channel(**a).max(axis=3) + a["bias"])
        ),
        *GREY.by(
            _mean(image, axis),
            _mean(image, axis, scale=False),
            _mean(image, axis).then(_mean("kernel", 2)),
        ),
        *ONE_OF_THE_KERNEL.by(_spread("kernel", 2, 0), _spread("kernel", 2, -1)),
        *ONE_OF_THE_IMAGE.by(_spread(image, axis, 0), _spread(image, axis, -1)),
        *ALWAYS_THREE.by(_three(_kept("three"))),
    )


def _stacked(layout: Layout) -> tuple[Change, ...]:
    """The channels after one another, where an axis for them comes to mind."""

    def shaped(*order: int, flat: bool = False) -> Change:
        def of_layer(**a: np.ndarray) -> np.ndarray:
            maps = (per_channel(**a) + a["bias"]).transpose(order)  # type: ignore[arg-type]
            return maps.reshape(*maps.shape[:-2], -1) if flat else maps

        return layout.computed("salida", of_layer)

    if layout.layer:
        return (
            shaped(0, 1, 2, 3, 4),
            shaped(0, 1, 2, 4, 3),
            shaped(0, 1, 2, 3, 4, flat=True),
            shaped(0, 1, 2, 4, 3, flat=True),
        )
    return shaped(0, 1, 2, 3, 4), shaped(0, 3, 1, 2, 4)
