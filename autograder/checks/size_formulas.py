"""La fórmula del tamaño de la salida, término a término, y la del total de ceros."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .span_mistakes import span_of
from .ways import Entries, after, before

_BY_HAND = "dibuja una entrada de 6 con kernel 3 y paso 2, cuenta, y compara con tu fórmula"


def _named(id: str, cause: str) -> Named:
    return Named(id, cause, _BY_HAND, lessons.TWO_FORMULAS)


VALID_TERM = _named(
    "un-termino-de-valid",
    'con "valid", un término de la fórmula no es el que va: ⌊(n − k_ef) / s⌋ + 1',
)
VALID_TERMS = _named(
    "otra-formula-de-valid",
    'con "valid" sale lo que da otra fórmula; va ⌊(n − k_ef) / s⌋ + 1',
)
SAME_TERM = _named(
    "un-termino-de-same",
    'con "same", un término de la fórmula no es el que va: ⌈n / s⌉',
)
TOTAL_TERM = _named(
    "un-termino-del-total-de-ceros",
    "en el total de ceros, un término no es el que va: (salida − 1) · s + k_ef − n, y como poco 0",
)
Number = Callable[[Any], Any]


def _where(padding: str, size: Callable[[int, int, int], Any]) -> Change:
    def change(value: Any, given: Arguments) -> Any:
        if given["padding"] != padding:
            return value
        return size(given["n"], span_of(given), given["strides"])

    return after(padding, change)


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def _floor(numerator: int, denominator: int) -> int:
    return numerator // denominator


def _nearest(numerator: int, denominator: int) -> int:
    return round(numerator / denominator)


_ROUNDINGS = (_floor, _ceil, _nearest)
_MINUS = (-1, 0, 1, 2)  # how many times what the kernel spans is taken away
_INSIDE, _OUTSIDE = (-2, -1, 0, 1, 2), (-1, 0, 1, 2)


def _valid_ways() -> tuple[list[Change], list[Change]]:
    """Those with one term of the formula changed, and those with more."""
    one: list[Change] = []
    more: list[Change] = []
    for kind, minus, inside, outside in itertools.product(_ROUNDINGS, _MINUS, _INSIDE, _OUTSIDE):
        changed = (kind is not _floor) + (minus != 1) + (inside != 0) + (outside != 1)
        if changed == 0 or (kind, minus, inside, outside) == (_ceil, 1, 1, 0):
            continue  # The right one, and the right one written otherwise.

        def size(
            n: int,
            span: int,
            s: int,
            kind: Callable[[int, int], int] = kind,
            minus: int = minus,
            inside: int = inside,
            outside: int = outside,
        ) -> int:
            return kind(n - minus * span + inside, s) + outside

        words = _written(kind, minus, inside, outside)
        (one if changed == 1 else more).append(_where("valid", size).said(words))
    return one, more


_HALVES: dict[Callable[[int, int], int], str] = {
    _floor: "⌊{}⌋",
    _ceil: "⌈{}⌉",
    _nearest: "round({})",
}


def _written(kind: Callable[[int, int], int], minus: int, inside: int, outside: int) -> str:
    """``⌊(n − k_ef + 1) / s⌋ + 2``, with each of its terms."""
    spans = {-1: " + k_ef", 0: "", 1: " − k_ef"}.get(minus, f" − {minus} · k_ef")
    above = f"n{spans}{_more(inside)}"
    return _HALVES[kind].format(f"{_closed(above)} / s") + _more(outside)


def _more(number: int) -> str:
    return f" {'+' if number > 0 else '−'} {abs(number)}" if number else ""


def _closed(text: str) -> str:
    return f"({text})" if " " in text else text


SPAN = _named(
    "kernel-que-abarca-otra-cosa",
    "el kernel, con sus huecos, abarca d·(k − 1) + 1 píxeles, y tu cuenta da otro número",
)


def _spanning(span: Callable[[int, int], int]) -> Change:
    """Another length of the kernel with its gaps, whatever the dilation."""

    def change(given: Arguments) -> Arguments:
        length = max(span(given["kernel_size"], given["dilation_rate"]), 0)
        return given | {"kernel_size": length, "dilation_rate": 1}

    return before("dilation_rate", change)


SPANS: Entries = SPAN.rarely(
    *map(
        _spanning,
        (
            lambda k, d: d + k,
            lambda k, d: d + k - 1,
            lambda k, d: d + 1,
            lambda k, d: d,
            lambda k, d: d * (k + 1) + 1,
            lambda k, d: d * k + 1,
            lambda k, d: d * k,
            lambda k, d: d * k - 1,
            lambda k, d: d * (k - 1),
            lambda k, d: d * (k - 1) + 2,
            lambda k, d: d * (k - 2) + 1,
            lambda k, d: k + (k - 1) * d,
            lambda k, d: k + (d - 1),
            lambda k, d: k + (d - 1) * k,
            lambda k, d: (d - 1) * (k - 1) + 1,
            lambda k, d: (d + 1) * (k - 1) + 1,
            lambda k, d: k**d,
            lambda k, d: k - 1,
            lambda k, d: k + 1,
        ),
    )
)
_ONE, _MORE = _valid_ways()
SIZE_FORMULAS: Entries = (
    *VALID_TERM.rarely(
        *_ONE,
        _where("valid", lambda n, span, s: n - span // s + 1),
        _where("valid", lambda n, span, s: n // s - span + 1),
        _where("valid", lambda n, span, s: n // s - span // s + 1),
        _where("valid", lambda n, span, s: n - span + 1),
        _where("valid", lambda n, span, s: (n - span) // (s + 1) + 1),
        _where("valid", lambda n, span, s: (n - span) // s + s),
        _where("valid", lambda n, span, s: (n - span + s) // s + 1),
        _where("valid", lambda n, span, s: (n - span - s) // s + 1),
        _where("valid", lambda n, span, s: (n - span // 2) // s + 1),
        _where("valid", lambda n, span, s: (n - span // 2) // s),
        _where("valid", lambda n, span, s: (n - 2 * (span // 2)) // s),
        _where("valid", lambda n, span, s: (n - 2 * (span // 2)) // s + 1),
        _where("valid", lambda n, span, s: (span - n) // s + 1),
        _where("valid", lambda n, span, s: abs(span - n) // s),
        _where("valid", lambda n, span, s: (n - span) * s + 1),
        _where("valid", lambda n, span, s: (n - span) % s + 1),
        _where("valid", lambda n, span, s: n // span + 1),
        _where("valid", lambda n, span, s: n // span),
        _where("valid", lambda n, span, s: 1),
        _where("valid", lambda n, span, s: span // s + 1),
        _where("valid", lambda n, span, s: (n - span) // span + 1),
        _where("valid", lambda n, span, s: s + 1),
        _where("valid", lambda n, span, s: None),
    ),
    *VALID_TERMS.rarely(*_MORE),
    *SPANS,
    *SAME_TERM.rarely(
        *(
            _where("same", lambda n, span, s, kind=kind, a=a, b=b: kind(n + a, s) + b).said(  # type: ignore[misc]
                _written(kind, 0, a, b)
            )
            for kind in _ROUNDINGS
            for a in (-2, -1, 0, 1, 2)
            for b in (-1, 0, 1)
            if (kind, a, b) not in ((_ceil, 0, 0), (_floor, -1, 1))  # Both are right.
        ),
        *(
            _where("same", lambda n, span, s, kind=kind, a=a: kind(n + span - 1 + a, s)).said(  # type: ignore[misc]
                _written(kind, -1, a - 1, 0)
            )
            for kind in _ROUNDINGS
            for a in (-1, 0, 1)
        ),
        _where("same", lambda n, span, s: n * s),
        _where("same", lambda n, span, s: n - s + 1),
        _where("same", lambda n, span, s: n - s),
        _where("same", lambda n, span, s: n % s),
        _where("same", lambda n, span, s: -(-n // span)),
        _where("same", lambda n, span, s: (n + s - 1) // s + (n % s > 0)),
        _where("same", lambda n, span, s: s),
        _where("same", lambda n, span, s: -n // s),
        _where("same", lambda n, span, s: -(n // s)),
        _where("same", lambda n, span, s: -s),
        _where("same", lambda n, span, s: 1),
        _where("same", lambda n, span, s: None),
        _where("same", lambda n, span, s: n // s + n % s),
        _where("same", lambda n, span, s: n + span - 1),
        after(
            "same",
            lambda v, a: -(-a["n"] // (a["strides"] * a["dilation_rate"]))
            if a["padding"] == "same"
            else v,
        ),
        after(
            "same", lambda v, a: -(-a["n"] // a["dilation_rate"]) if a["padding"] == "same" else v
        ),
    ),
)


TRANSPOSED = _named(
    "tamano-de-la-traspuesta",
    "el tamaño crece con el paso, como en una Conv2DTranspose; en una Conv2D el paso reduce",
)
TRANSPOSED_SIZES: Entries = TRANSPOSED.rarely(
    *(
        after(
            "tamano",
            lambda v, a, add=add: (  # type: ignore[misc]
                a["n"] * a["strides"]
                if a["padding"] == "same"
                else (a["n"] - 1) * a["strides"] + span_of(a) + add
            ),
        )
        for add in (0, 1, -1)
    )
)


def _totalling(total: Callable[[int, int, int], int]) -> Change:
    def change(_: Any, given: Arguments) -> tuple[int, int]:
        zeros = total(given["n"], span_of(given), given["strides"])
        return zeros // 2, zeros - zeros // 2

    return after("total", change)


def _shared(total: int) -> tuple[int, int]:
    return total // 2, total - total // 2


def _total(
    out: Callable[[int, int], int], back: int, more: int, minus: int = 1, kernel: int = 1
) -> Change:
    return _totalling(
        lambda n, span, s: max((out(n, s) - back) * s + kernel * span + more - minus * n, 0)
    )


_OUTS: tuple[Callable[[int, int], int], ...] = (
    _ceil,
    _floor,
    _nearest,
    lambda n, s: n // s + 1,
    lambda n, s: n,
)
AMOUNT_FORMULAS: Entries = (
    *SPANS,
    *TOTAL_TERM.rarely(
        *(
            _total(out, back, more)
            for out in _OUTS
            for back in (0, 1, 2, -1)
            for more in (0, -1, 1, -2)
            if (out, back, more) != (_ceil, 1, 0)
        ),
        _total(_ceil, 1, 0, minus=0),
        _total(_ceil, 1, 0, minus=-1),
        _total(_ceil, 1, 0, kernel=0),
        _total(_ceil, 1, 0, kernel=2),
        _total(_ceil, 1, 0, kernel=-1),
        _totalling(lambda n, span, s: max(math.ceil(n / s) - 1 + span - n, 0)),
        _totalling(lambda n, span, s: max(math.ceil(n / s) * s - n, 0)),
        _totalling(lambda n, span, s: max((math.ceil(n / s) - 1) * span + s - n, 0)),
        _totalling(lambda n, span, s: max((math.ceil(n / s) - 1) + s + span - n, 0)),
        _totalling(lambda n, span, s: max((math.ceil(n / s) - 1) * s - span + n, 0)),
        _totalling(lambda n, span, s: max(n - span, 0)),
        _totalling(lambda n, span, s: max(span - n % s, 0)),
        _totalling(lambda n, span, s: (span - 1) // s),
        _totalling(lambda n, span, s: (span - 1) * s),
        _totalling(lambda n, span, s: max(span - 1 - n % s, 0)),
        _totalling(lambda n, span, s: min((math.ceil(n / s) - 1) * s + span - n, 0)),
        _totalling(lambda n, span, s: 2 * max((math.ceil(n / s) - 1) * s + span - n, 0)),
        _totalling(lambda n, span, s: max((math.ceil(n / s) - 1) * s + span - n, 0) // 2),
        _totalling(lambda n, span, s: max((math.ceil(n / s) - 1) * s + span - n, 1)),
        _totalling(lambda n, span, s: s * max((math.ceil(n / s) - 1) * s + span - n, 0)),
        _totalling(lambda n, span, s: max((math.ceil(n / s) - 1) * s + span - n, 0) // s),
        _totalling(lambda n, span, s: min(max((math.ceil(n / s) - 1) * s + span - n, 0), 1)),
        _totalling(lambda n, span, s: span - 1 if n % s else max(span - s, 0)),
        _totalling(lambda n, span, s: -n % span),
        _totalling(lambda n, span, s: -n % s),
        _totalling(lambda n, span, s: s - n % s),
        after("total", lambda v, a: (v[0] * a["strides"], v[1] * a["strides"])),
        after(
            "total",
            lambda v, a: (min(v[0], a["kernel_size"] // 2), min(v[1], a["kernel_size"] // 2)),
        ),
        after("total", lambda v, a: _shared(min(sum(v), a["kernel_size"] - 1))),
        after("total", lambda v, a: _shared(min(sum(v), a["kernel_size"]))),
    ),
)
