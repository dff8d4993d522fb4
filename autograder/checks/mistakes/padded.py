"""El relleno de la capa: con ``same``, de otra manera; con ``valid``, donde no toca."""

from __future__ import annotations

from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Arguments, Change, afterwards, argument, computed, instead
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..padding_words import ODD_FIRST, SAME_KEEPS_SIZE, SYMMETRIC
from ..reference import Pair, conv2d, pad, same_amounts
from . import bias
from .padding_rules import (
    DOUBLED,
    FILLINGS,
    FIXED,
    RULES,
    Filled,
    Rule,
    both,
    each,
    named,
    of_kernel,
)

STRIDE_ONE = named(
    "same-calculado-con-paso-uno",
    'con "same", el relleno no tiene en cuenta el paso: se calcula con paso 1',
    "calcula primero cuánto mide la salida con ese paso, y luego cuántos ceros hacen falta",
    lessons.TWO_FORMULAS,
)
WITHOUT_PADDING = named(
    "same-sin-relleno",
    '"same" no añade ningún relleno',
    "con paso 1, «same» devuelve una salida del tamaño de la entrada",
)
VALID_PADDED = named(
    "valid-con-relleno",
    'rellenas siempre; con "valid" no se añade nada',
    "mira qué hace tu función cuando no se le dice padding",
    lessons.VALID,
)
EXCHANGED = named(
    "valid-y-same-cambiados",
    '"valid" y "same" están intercambiados: rellenas con el que no toca',
    "¿cuál de los dos conserva el tamaño con paso 1?",
    lessons.VALID,
)
AFTERWARDS = named(
    "relleno-en-la-salida",
    "los ceros rodean la salida; van alrededor de la imagen, antes de multiplicar",
    "los píxeles del borde también tienen que multiplicarse por algún peso",
)


def _layer(rule: Rule = same_amounts, fill: Filled = pad, cropped: bool = False) -> Change:
    """A layer that pads otherwise where it is told ``same``; ``cropped`` has the right size."""

    def wrong(
        x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
    ) -> np.ndarray:
        if padding != "same":
            return conv2d(x, kernel, bias, strides)
        pairs = as_pair(strides, "")
        out = conv2d(fill(x, rule(x, kernel.shape[:2], pairs)), kernel, bias, strides)
        if cropped:
            height, width = (-(-n // s) for n, s in zip(x.shape[1:3], pairs, strict=True))
            if out.shape[1] < height or out.shape[2] < width:
                raise ValueError
            out = out[:, :height, :width]
        return out

    return computed("padding", wrong)


def _same_only(change: Change) -> Change:
    """A change that shows where ``same`` is asked for, and not elsewhere."""
    return Change(
        change.part,
        lambda given: change.before(given) if given["padding"] == "same" else given,
    )


def _afterwards(before: bool) -> Change:
    def wrong(
        x: Any, kernel: Any, bias: Any, strides: Pair = 1, padding: str = "valid", **_: Any
    ) -> np.ndarray:
        out = conv2d(x, kernel, bias, strides)
        if padding != "same":
            return out
        missing = [
            max(-(-n // s) - size, 0)
            for n, s, size in zip(x.shape[1:3], as_pair(strides, ""), out.shape[1:3], strict=True)
        ]
        rows, columns = ((m // 2 if before else 0, m - (m // 2 if before else 0)) for m in missing)
        return pad(out, (rows, columns))

    return computed("padding", wrong)


def _inside(out: np.ndarray, a: Arguments) -> np.ndarray:
    """With ``same``, the outputs of the border have no bias."""
    if a["padding"] != "same":
        return out
    without = out - a["bias"]
    without[:, 1:-1, 1:-1] = out[:, 1:-1, 1:-1]
    return without


_OTHER_PADDING = {"valid": "same", "same": "valid"}
# What is too much at the end does not show where the size is right: only these still differ.
_CROPPED: tuple[tuple[Named, tuple[Rule, ...]], ...] = (
    (SYMMETRIC, (of_kernel(lambda k: both(k // 2)),)),
    (DOUBLED, (each(lambda before, after: (2 * before, 2 * after)), of_kernel(both))),
    (FIXED, (of_kernel(lambda k: (1, 1)), of_kernel(lambda k: (2, 2)))),
)


def layer_mistakes() -> tuple[Misconception, ...]:
    """Those of a layer with ``strides`` and ``padding``."""
    one = Change("padding", lambda a: a, core=lambda right: _stride_one)
    return (
        *ODD_FIRST.by(*map(_layer, dict(RULES)[ODD_FIRST])),
        *STRIDE_ONE.by(one),
        *SYMMETRIC.by(*map(_layer, dict(RULES)[SYMMETRIC])),
        *WITHOUT_PADDING.by(instead("padding", "valid")),
        *VALID_PADDED.by(instead("padding", "same")),
        *EXCHANGED.by(argument("padding", lambda padding: _OTHER_PADDING[padding])),
        *SAME_KEEPS_SIZE.by(_same_only(instead("strides", 1))),
        *(way for named, found in RULES[2:] for way in named.by(*map(_layer, found))),
        *(
            way
            for named, found in _CROPPED
            for way in named.by(*(_layer(rule, cropped=True) for rule in found))
        ),
        *(
            way
            for named, found in FILLINGS
            for way in named.by(*(_layer(fill=fill) for fill in found))
        ),
        *bias.SOMEWHERE.by(afterwards(_inside, "bias")),
        *AFTERWARDS.by(_afterwards(True), _afterwards(False)),
    )


def _stride_one(x: Any, kernel: Any, bias: Any, strides: Pair = 1, **o: Any) -> np.ndarray:
    sh, sw = as_pair(strides, "strides")
    return conv2d(x, kernel, bias, **o)[:, ::sh, ::sw]
