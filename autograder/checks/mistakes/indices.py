"""Un índice por otro: en la imagen, en el kernel o en los bucles, uno a uno y en los dos ejes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...judging.diagnosis.changes import Change
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from . import by_hand
from .grid import Index, indexed
from .kernel import TRANSPOSED
from .layout import Layout

_FOUR = "escribe con lápiz los cuatro índices de un producto: dos de la imagen y dos del kernel"


def _named(id: str, cause: str, hint: str = _FOUR, section: str = lessons.WINDOW) -> Named:
    return Named(id, cause, hint, section)


CROSSED = _named(
    "indices-cruzados",
    "sale como si en un índice hubiera una variable del otro eje: las filas van con i y con u; "
    "las columnas, con j y con v",
)
CROSSED_IN_KERNEL = _named(
    "indices-del-kernel-cruzados",
    "sale como si repitieras uno de los dos índices del kernel, que son (u, v)",
)
BACKWARDS = _named(
    "ventana-hacia-atras",
    "la ventana crece hacia atrás, como al restar el índice del kernel; se suma: empieza en (i, j)",
    "con i = 0 y u = 1, ¿qué fila de la imagen lees? Un índice negativo cuenta desde el final",
)
STILL = _named(
    "ventana-que-no-se-mueve",
    "la ventana no se mueve en un eje, como si en el índice de la imagen faltara la posición de "
    "la salida",
    "¿dónde aparecen i y j cuando lees la imagen?",
)
ONE_PIXEL = _named(
    "un-pixel-por-ventana",
    "cada peso multiplica al mismo píxel, como si en el índice de la imagen faltara el del kernel",
    "¿dónde aparecen u y v cuando lees la imagen?",
)
ONE_WEIGHT = _named(
    "un-peso-para-toda-la-ventana",
    "todos los píxeles de la ventana, o de una de sus líneas, se multiplican por el mismo peso",
    "¿dónde aparecen u y v cuando lees el kernel?",
)
NEGATIVE_WEIGHTS = _named(
    "kernel-con-indice-negativo",
    "el primer peso se queda en su sitio y los demás se giran, como con kernel[−u, −v]: −0 es 0",
    "el último peso es kernel[−1, −1], y el penúltimo, −2",
    lessons.FLIPPING,
)
CHANNELS_MOVED = _named(
    "canales-corridos",
    "cada canal de la imagen va con el canal siguiente o anterior del kernel; va con el suyo",
    "el canal 0 del kernel va con el canal 0 de la imagen",
    lessons.CHANNELS,
)
CHANNEL_BY_FILTER = _named(
    "canal-elegido-con-el-filtro",
    "sale como si el canal se eligiera con el índice del filtro, o el filtro con el del canal; "
    "son dos índices",
    "los ejes del kernel son (alto, ancho, canal, filtro)",
    lessons.FILTERS_AND_BIAS,
)
IMAGE_BY_FILTER = _named(
    "ejemplo-elegido-con-el-filtro",
    "sale como si el ejemplo del lote se eligiera con el índice del filtro, o el filtro con el "
    "del ejemplo",
    "el índice n recorre el lote, y f, los filtros",
    lessons.BATCH,
)
STEP_INSIDE = _named(
    "paso-dentro-de-la-ventana",
    "el paso separa los píxeles de una misma ventana, que van seguidos; solo separa una ventana de "
    "la otra",
    "la fila que se lee es i · paso + u: ¿qué multiplica el paso?",
    lessons.STRIDES,
)
STEP_ADDED = _named(
    "paso-mal-aplicado",
    "la ventana de la salida i empieza en el píxel i · paso, y la tuya empieza en otro",
    "¿en qué píxel empieza la ventana de la salida 2 con paso 3?",
    lessons.STRIDES,
)
DILATION_OUTSIDE = _named(
    "dilatacion-fuera-de-la-ventana",
    "la dilatación multiplica también, o solo, la posición de la ventana; solo separa los pesos",
    "la fila que se lee es i + u · dilatación: ¿qué multiplica la dilatación?",
    lessons.DILATION,
)
DILATION_ADDED = _named(
    "dilatacion-mal-aplicada",
    "el peso u mira el píxel i + u · dilatación, y el tuyo mira otro",
    "con dilatación 2, ¿qué píxeles miran los pesos 0, 1 y 2?",
    lessons.DILATION,
)
OTHER_SIZE = _named(
    "bucle-con-otro-tamano",
    "se recorre lo que mide otro eje: con unas entradas se queda corto, y con otras se sale",
    "mira, bucle a bucle, de qué eje es el número que va en range",
    lessons.BATCH,
)


def _both(rows: Index, columns: Index, *names: str) -> tuple[dict[str, Index], ...]:
    """A slip on both axes, on the rows alone and on the columns alone."""
    one, other = names
    return {one: rows, other: columns}, {one: rows}, {other: columns}


_OF_WINDOW = ("row", "column")  # the two indices of the image that a window moves


def mistakes(layout: Layout, *options: str) -> tuple[Misconception, ...]:
    """Those of a function so laid out; ``options`` are those that it has beyond a plain layer."""

    def by(named: Named, *slips: dict[str, Index]) -> tuple[Misconception, ...]:
        return named.rarely(
            *(
                indexed(layout, slip, guarded)
                for slip in slips
                for guarded in ((False, True) if {"row", "column"} & {*slip} else (False,))
            )
        )

    return (
        *by(TRANSPOSED, {"up": lambda a: a.v, "across": lambda a: a.u}),
        *by(CROSSED, *_crossed()),
        *by(
            CROSSED_IN_KERNEL,
            {"up": lambda a: a.v},
            {"across": lambda a: a.u},
        ),
        *by(BACKWARDS, *_backwards(layout)),
        *by(
            STILL,
            *_both(lambda a: a.u * a.dh + 0 * a.i, lambda a: a.v * a.dw + 0 * a.j, *_OF_WINDOW),
        ),
        *by(ONE_PIXEL, *_both(lambda a: a.i * a.sh, lambda a: a.j * a.sw, *_OF_WINDOW)),
        *by(
            ONE_WEIGHT,
            *_both(lambda a: 0, lambda a: 0, "up", "across"),
            *_both(lambda a: -1, lambda a: -1, "up", "across"),
        ),
        *(by(NEGATIVE_WEIGHTS, *_negative_weights(layout)) if layout.turned else ()),
        *(by(CHANNELS_MOVED, *_moved_channels()) if layout.deep else ()),
        *(_of_layer(layout) if layout.layer else ()),
        *(by(STEP_INSIDE, *_steps_inside()) if "strides" in options else ()),
        *(by(STEP_ADDED, *_other_steps()) if "strides" in options else ()),
        *(by(DILATION_OUTSIDE, *_dilations_outside()) if "dilation_rate" in options else ()),
        *(by(DILATION_ADDED, *_other_dilations()) if "dilation_rate" in options else ()),
        *OTHER_SIZE.rarely(*_other_sizes(layout)),
        *by_hand.mistakes(layout),
    )


def _crossed() -> tuple[dict[str, Index], ...]:
    return (
        *_both(lambda a: a.i * a.sh + a.v * a.dh, lambda a: a.j * a.sw + a.u * a.dw, *_OF_WINDOW),
        *_both(lambda a: a.j * a.sh + a.u * a.dh, lambda a: a.i * a.sw + a.v * a.dw, *_OF_WINDOW),
        *_both(lambda a: a.j * a.sh + a.v * a.dh, lambda a: a.i * a.sw + a.u * a.dw, *_OF_WINDOW)[
            1:
        ],
    )


def _backwards(layout: Layout) -> tuple[dict[str, Index], ...]:
    slips = _both(lambda a: a.i * a.sh - a.u * a.dh, lambda a: a.j * a.sw - a.v * a.dw, *_OF_WINDOW)
    if not layout.turned:
        return slips
    # There the kernel comes turned already: the original one, read the same way.
    unturned: dict[str, Index] = {
        "up": lambda a: a.kh - 1 - a.u,
        "across": lambda a: a.kw - 1 - a.v,
    }
    return (*slips, *(slip | unturned for slip in slips))


def _negative_weights(layout: Layout) -> tuple[dict[str, Index], ...]:
    return _both(
        lambda a: a.kh - 1 - (-a.u) % a.kh, lambda a: a.kw - 1 - (-a.v) % a.kw, "up", "across"
    )


def _moved_channels() -> tuple[dict[str, Index], ...]:
    return (
        {"depth": lambda a: (a.c + 1) % a.C},
        {"depth": lambda a: (a.c - 1) % a.C},
    )


def _of_layer(layout: Layout) -> Iterator[Misconception]:
    def by(named: Named, *slips: dict[str, Index]) -> tuple[Misconception, ...]:
        return named.rarely(*(indexed(layout, slip) for slip in slips))

    yield from by(
        CHANNEL_BY_FILTER,
        {"channel": lambda a: a.f},
        {"depth": lambda a: a.f},
        {"channel": lambda a: a.f, "depth": lambda a: a.f},
        {"filter": lambda a: a.c},
        {"depth": lambda a: a.f, "filter": lambda a: a.c},
        {"channel": lambda a: a.first + a.f % a.C},
        {"depth": lambda a: a.f % a.C},
    )
    yield from by(
        IMAGE_BY_FILTER,
        {"image": lambda a: a.f},
        {"filter": lambda a: a.n},
        {"image": lambda a: a.f, "filter": lambda a: a.n},
        {"channel": lambda a: a.n},
        {"depth": lambda a: a.n},
        {"image": lambda a: a.c},
    )


def _steps_inside() -> tuple[dict[str, Index], ...]:
    return (
        *_both(lambda a: (a.i + a.u) * a.sh, lambda a: (a.j + a.v) * a.sw, *_OF_WINDOW),
        *_both(lambda a: a.i + a.u * a.sh, lambda a: a.j + a.v * a.sw, *_OF_WINDOW),
    )


def _other_steps() -> tuple[dict[str, Index], ...]:
    return (
        *_both(lambda a: a.i + a.sh + a.u, lambda a: a.j + a.sw + a.v, *_OF_WINDOW),
        *_both(lambda a: a.i + a.sh - 1 + a.u, lambda a: a.j + a.sw - 1 + a.v, *_OF_WINDOW),
        *_both(lambda a: a.i // a.sh + a.u, lambda a: a.j // a.sw + a.v, *_OF_WINDOW),
        *_both(lambda a: a.i * a.sh - a.sh + a.u, lambda a: a.j * a.sw - a.sw + a.v, *_OF_WINDOW),
        *_both(lambda a: a.i * (a.sh - 1) + a.u, lambda a: a.j * (a.sw - 1) + a.v, *_OF_WINDOW),
        *_both(lambda a: a.i * a.kh + a.u, lambda a: a.j * a.kw + a.v, *_OF_WINDOW),
    )


def _dilations_outside() -> tuple[dict[str, Index], ...]:
    return (
        *_both(lambda a: (a.i + a.u) * a.dh, lambda a: (a.j + a.v) * a.dw, *_OF_WINDOW),
        *_both(lambda a: a.i * a.dh + a.u, lambda a: a.j * a.dw + a.v, *_OF_WINDOW),
    )


def _other_dilations() -> tuple[dict[str, Index], ...]:
    return (
        *_both(lambda a: a.i + a.u + a.dh, lambda a: a.j + a.v + a.dw, *_OF_WINDOW),
        *_both(lambda a: a.i + a.u + a.dh - 1, lambda a: a.j + a.v + a.dw - 1, *_OF_WINDOW),
        *_both(lambda a: a.i + a.u * (a.dh - 1), lambda a: a.j + a.v * (a.dw - 1), *_OF_WINDOW),
        *_both(lambda a: a.i + a.u // a.dh, lambda a: a.j + a.v // a.dw, *_OF_WINDOW),
        *_both(lambda a: a.i + a.u**a.dh, lambda a: a.j + a.v**a.dw, *_OF_WINDOW),
        *_both(lambda a: a.i + a.u * a.dh + 1, lambda a: a.j + a.v * a.dw + 1, *_OF_WINDOW),
        *_both(
            lambda a: a.i + (a.u + (a.dh - 1) * (a.u > 0)),
            lambda a: a.j + (a.v + (a.dw - 1) * (a.v > 0)),
            *_OF_WINDOW,
        ),
    )


_SIZES = {"n": "N", "i": "I", "j": "J", "f": "F", "u": "kh", "v": "kw", "c": "C"}


def _other_sizes(layout: Layout) -> Iterator[Change]:
    """Each loop with the length of each other axis; the outputs that it does not reach stay 0."""
    own = ["i", "j", "u", "v", *(["c"] if layout.deep else []), *(["n", "f"] * layout.layer)]
    for variable in own:
        for other in own:
            if other == variable:
                continue
            yield from _as_long_as(layout, variable, _SIZES[other])


def _as_long_as(layout: Layout, variable: str, size: str) -> Iterator[Change]:
    def reached(a: object) -> np.ndarray:
        if getattr(a, size) > getattr(a, _SIZES[variable]):
            raise IndexError
        seen: np.ndarray = (getattr(a, variable) < getattr(a, size)) * 1.0
        return seen

    if variable in "uvc":
        yield indexed(layout, {"weight": reached})
    else:
        yield indexed(layout, {"kept": reached, "bias": reached})
        if layout.layer:
            yield indexed(layout, {"kept": reached})
