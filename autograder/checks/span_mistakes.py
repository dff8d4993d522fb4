"""Errores típicos con lo que abarca un kernel: la dilatación, y qué es kernel y qué es paso."""

from __future__ import annotations

from collections.abc import Callable

from conv2d_lib.shapes import effective_size

from ..judging.diagnosis.changes import Arguments, Change, instead
from . import lessons
from .named import Named
from .padding_words import DILATION_IGNORED, DILATION_TIMES_KERNEL
from .ways import before

HINT_SPAN = "dibuja un kernel de 3 con dilatación 2: ¿cuántos píxeles abarca, con sus huecos?"


def span_of(given: Arguments) -> int:
    return effective_size(given["kernel_size"], given["dilation_rate"])


def _spanning(length: Callable[[int, int], int]) -> Change:
    """Another length of the dilated kernel; without dilation, its own."""

    def change(given: Arguments) -> Arguments:
        size, dilation = given["kernel_size"], given["dilation_rate"]
        return given | {"kernel_size": length(size, dilation) if dilation > 1 else size} | _NO_GAPS

    return before("dilation_rate", change)


_NO_GAPS = {"dilation_rate": 1}
_OTHER_WAY_ROUND = before(
    "kernel_size",
    lambda given: given | {"kernel_size": given["strides"], "strides": given["kernel_size"]},
)
SPAN_MISTAKES = (
    *DILATION_IGNORED.by(instead("dilation_rate", 1)),
    *DILATION_TIMES_KERNEL.by(_spanning(lambda size, dilation: size * dilation)),
    *Named(
        "dilatacion-mal-contada",
        "el kernel dilatado no abarca eso: entre dos pesos seguidos hay dilatación − 1 huecos",
        HINT_SPAN,
        lessons.DILATION,
    ).by(
        _spanning(lambda size, dilation: size * dilation - 1),
        _spanning(lambda size, dilation: size + dilation - 1),
        _spanning(lambda size, dilation: size + dilation),
        _spanning(lambda size, dilation: (size - 1) * dilation),
        _spanning(lambda size, dilation: (size - 1) * (dilation + 1) + 1),
        _spanning(lambda size, dilation: 2 * size - 1),
        _spanning(lambda size, dilation: size * (dilation - 1) + 1),
        _spanning(lambda size, dilation: (size - 1) * dilation + 2),
    ),
)
EXCHANGED_WORDS = Named(
    "kernel-y-paso-cambiados",
    "el kernel y el paso están intercambiados",
    "¿quién dice cuánto abarca la ventana, y quién cuánto avanza?",
    lessons.STRIDES,
)
EXCHANGED = EXCHANGED_WORDS.by(_OTHER_WAY_ROUND)
