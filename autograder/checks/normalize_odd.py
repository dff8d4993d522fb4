"""Los filtros llevados a [0, 1] con los extremos de otro, o con una función fija."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .normalize_formulas import CLIPPED, DIVISOR, TAKEN
from .normalize_mistakes import NORMALIZE_MISTAKES
from .ways import Entries, after

_AXES = (0, 1, 2)
_EACH = "sigue el segundo filtro: ¿con qué mínimo y qué máximo se lleva a [0, 1]?"
_RANGE = "el menor peso de cada filtro debe llegar a 0, y el mayor, a 1: sigue los dos"
Ends = Callable[[np.ndarray], tuple[Any, Any]]  # of a kernel, what are taken for its ends


def _named(id: str, cause: str, hint: str = _EACH) -> Named:
    return Named(id, cause, hint, lessons.SHOWING_FILTERS)


ONE_ONLY = _named(
    "normalizado-un-solo-filtro",
    "solo queda normalizado un filtro, el primero o el último; van todos",
)
OTHERS_ENDS = _named(
    "normalizado-con-los-extremos-de-otro",
    "un filtro se lleva a [0, 1] con el mínimo o el máximo de otro, o con los de los anteriores y "
    "el suyo juntos; cada uno lleva los suyos",
)
FROM_ZERO = _named(
    "normalizado-con-extremos-desde-cero",
    "el mínimo nunca pasa de 0, o el máximo nunca baja de 0, como cuando empiezan en 0 antes de "
    "buscar; son los de los pesos del filtro",
    "¿qué da un filtro con todos sus pesos positivos? ¿Y uno con todos negativos?",
)
PART_OF_FILTER = _named(
    "normalizado-con-parte-del-filtro",
    "el mínimo y el máximo son de una parte del filtro, como de su primer canal o su primera "
    "fila; son los de todos sus pesos",
)
CUT_ENDS = _named(
    "normalizado-con-percentiles",
    "los extremos no son el mínimo y el máximo, sino percentiles o la media y unas desviaciones, "
    "y lo de fuera se recorta",
    _RANGE,
)
FIXED = _named(
    "normalizado-con-una-funcion-fija",
    "los pesos pasan por una cuenta que no mira el mínimo y el máximo de su filtro, como una "
    "sigmoide, (k + 1) / 2 o softmax",
    _RANGE,
)
SMALL_RANGE = _named(
    "rango-pequeno-sin-dividir",
    "un filtro de rango pequeño no se divide entre su rango, como si fuera constante",
    "¿qué da un filtro cuyos pesos van de 0,1 a 0,3? ¿Y uno que va de 0 a 0,0005?",
)


def _made(formula: Callable[[np.ndarray], Any]) -> Change:
    def change(_: Any, given: Arguments) -> Any:
        with np.errstate(all="ignore"):
            return formula(given["kernel"].astype(np.float64))

    return after("formula", change)


def _masked(value: Any, given: Arguments) -> Any:
    constant = np.ptp(given["kernel"], axis=_AXES) == 0
    return np.where(constant, 0, value)


def _both(formula: Callable[[np.ndarray], Any]) -> tuple[Change, Change]:
    """As it is, and with constant filters in zeros."""
    plain = _made(formula)
    return plain, plain.then(after("constantes", _masked))


def _low(k: np.ndarray) -> Any:
    return k.min(axis=_AXES)


def _high(k: np.ndarray) -> Any:
    return k.max(axis=_AXES)


def _width(k: np.ndarray) -> Any:
    width = _high(k) - _low(k)
    return np.where(width == 0, 1, width)


def _between(ends: Ends, clipped: bool = False) -> tuple[Change, ...]:
    def formula(k: np.ndarray, guarded: bool) -> np.ndarray:
        low, high = ends(k)
        by = np.asarray(high - low)
        found: np.ndarray = (k - low) / (np.where(by == 0, 1, by) if guarded else by)
        return np.clip(found, 0, 1) if clipped else found

    return (
        *_both(lambda k: formula(k, True)),
        _made(lambda k: formula(k, False)),
        # A constant group of its own: zeros there.
        _made(
            lambda k: np.where(
                np.ptp(np.stack([*np.broadcast_arrays(*ends(k))]), axis=0) == 0, 0, formula(k, True)
            )
        ),
    )


def _sofar(pick: np.ufunc, ends: np.ndarray) -> np.ndarray:
    return np.asarray(pick.accumulate(ends))


_OTHERS: tuple[Ends, ...] = (
    lambda k: (k[..., 0].min(), k[..., 0].max()),
    lambda k: (k[..., -1].min(), k[..., -1].max()),
    lambda k: (_sofar(np.minimum, _low(k)), _sofar(np.maximum, _high(k))),
    lambda k: (_low(k), _sofar(np.maximum, _high(k))),
    lambda k: (_sofar(np.minimum, _low(k)), _high(k)),
    lambda k: (np.roll(_low(k), 1), np.roll(_high(k), 1)),
    lambda k: (np.roll(_low(k), -1), np.roll(_high(k), -1)),
    lambda k: (_low(k), _low(k) + np.concatenate([[1.0], _width(k)[:-1]])),
    lambda k: (_low(k), np.roll(_high(k), 1)),
    lambda k: (np.roll(_low(k), 1), _high(k)),
    lambda k: (k[..., 0].min(), _high(k)),
    lambda k: (_low(k), k[..., 0].max()),
)
_ZEROS: tuple[Ends, ...] = (
    lambda k: (np.minimum(_low(k), 0), np.maximum(_high(k), 0)),
    lambda k: (_low(k), np.maximum(_high(k), 0)),
    lambda k: (np.minimum(_low(k), 0), _high(k)),
    lambda k: (np.minimum(k.min(), 0), np.maximum(k.max(), 0)),
    lambda k: (np.minimum(_low(k), 1), np.maximum(_high(k), 0)),
)
_PARTS: tuple[Ends, ...] = (
    *(
        lambda k, some=some: (some(k).min(axis=_AXES), some(k).max(axis=_AXES))  # type: ignore[misc]
        for some in (
            lambda k: k[:, :, :1],
            lambda k: k[:, :, -1:],
            lambda k: k[:1],
            lambda k: k[-1:],
            lambda k: k[:, :1],
            lambda k: k[:, -1:],
            lambda k: np.stack([k[:1, :1], k[-1:, -1:]]),
        )
    ),
    lambda k: (k[0, 0, 0], k[-1, -1, -1]),
    lambda k: (k.min(axis=(0, 1), keepdims=True), _high(k)),
    lambda k: (_low(k), k.max(axis=(0, 1), keepdims=True)),
)
_CUTS: tuple[Ends, ...] = (
    *(
        lambda k, p=p: (np.percentile(k, p, axis=_AXES), np.percentile(k, 100 - p, axis=_AXES))  # type: ignore[misc]
        for p in (1, 2, 5, 10, 25)
    ),
    *(
        lambda k, d=d: (  # type: ignore[misc]
            k.mean(axis=_AXES) - d * k.std(axis=_AXES),
            k.mean(axis=_AXES) + d * k.std(axis=_AXES),
        )
        for d in (1, 2, 3)
    ),
)


def _right(k: np.ndarray) -> np.ndarray:
    return np.where(_high(k) == _low(k), 0, (k - _low(k)) / _width(k))


def _one_filter() -> Iterator[Change]:
    for at in (0, -1):
        for rest in (lambda k: 0 * k, lambda k: k, lambda k: 1 + 0 * k):

            def formula(
                k: np.ndarray, at: int = at, rest: Callable[[np.ndarray], Any] = rest
            ) -> np.ndarray:
                out = rest(k)
                out[..., at] = _right(k)[..., at]
                return np.asarray(out)

            yield _made(lambda k, formula=formula: formula(k.copy()))  # type: ignore[misc]


def _small() -> Iterator[Change]:
    for least in (2.0, 1.0, 0.5, 0.1, 0.01, 1e-3):
        yield _made(
            lambda k, t=least: (k - _low(k)) / np.maximum(_high(k) - _low(k), t)  # type: ignore[misc]
        )
        for left in (lambda k: 0 * k, lambda k: k - _low(k), lambda k: k):
            for strict in (True, False):
                yield _made(
                    lambda k, t=least, left=left, strict=strict: np.where(  # type: ignore[misc]
                        (_width_of(k) > t) if strict else (_width_of(k) >= t), _right(k), left(k)
                    )
                )


def _width_of(k: np.ndarray) -> Any:
    return _high(k) - _low(k)


def _softmax(k: np.ndarray, axes: Any) -> np.ndarray:
    raised = np.exp(k - k.max())
    return np.asarray(raised / raised.sum(axis=axes, keepdims=True))


_MOVED_BY: tuple[Callable[[np.ndarray], Any], ...] = (
    lambda k: k.sum(axis=_AXES),
    lambda k: k.mean(axis=_AXES),
    lambda k: k.std(axis=_AXES),
    lambda k: np.sqrt((k**2).sum(axis=_AXES)),
    lambda k: k.max(),
    lambda k: k.sum(),
    lambda k: np.median(k, axis=_AXES),
)


def _divided(k: np.ndarray, by: Any) -> np.ndarray:
    return np.asarray(k / np.where(by == 0, 1, by))


# Of those, the constant filters may be in zeros as well: whoever thinks of them writes an if.
_ABOUT_CONSTANTS = {
    "filtro-constante-da-nan",
    "filtro-constante-no-da-ceros",
    "una-constante-corta-el-bucle",
    "una-constante-estropea-todas",
    "epsilon-demasiado-grande",
    "pesos-redondeados",
    "normalizado-en-enteros",
    "filtros-con-otra-forma",
}


def _also_guarded() -> Entries:
    found: Entries = ()
    for entry in NORMALIZE_MISTAKES:
        if entry.id not in _ABOUT_CONSTANTS and isinstance(entry.wrong, Change):
            named = Named(entry.id, entry.cause, entry.hint, entry.section)
            found += named.rarely(entry.wrong.then(after("constantes", _masked)))
    return found


NORMALIZE_ODD: Entries = (
    *_also_guarded(),
    *ONE_ONLY.rarely(*_one_filter()),
    *OTHERS_ENDS.rarely(*(way for ends in _OTHERS for way in _between(ends))),
    *FROM_ZERO.rarely(*(way for ends in _ZEROS for way in _between(ends))),
    *PART_OF_FILTER.rarely(*(way for ends in _PARTS for way in _between(ends))),
    *CUT_ENDS.rarely(
        *(way for ends in _CUTS for clip in (True, False) for way in _between(ends, clip))
    ),
    *CLIPPED.rarely(
        *_both(lambda k: _divided(np.maximum(k, 0), np.maximum(_high(k), 0))),
        *_both(lambda k: _divided(np.maximum(k, 0), np.maximum(k.max(), 0))),
    ),
    *FIXED.rarely(
        *_both(lambda k: (np.tanh(k) + 1) / 2),
        *_both(np.tanh),
        *_both(lambda k: (k + 1) / 2),
        *_both(lambda k: k / 2 + 1),
        *_both(lambda k: (np.clip(k, -1, 1) + 1) / 2),
        *_both(lambda k: _softmax(k, _AXES)),
        *_both(lambda k: _softmax(k, None)),
        *_both(lambda k: _softmax(k, 3)),
        *_both(lambda k: 1 / (1 + np.exp(-k))),
        *_both(lambda k: k**2),
        *_both(np.exp),
    ),
    *SMALL_RANGE.rarely(*_small()),
    *DIVISOR.rarely(
        *(
            way
            for by in _MOVED_BY
            for way in _both(lambda k, by=by: _divided(k - _low(k), by(k - _low(k))))  # type: ignore[misc]
        ),
        *_both(lambda k: k / _high(k) - (k / _high(k)).min(axis=_AXES)),
        *_both(lambda k: (k - _low(k)) / _high(k)),
    ),
    *TAKEN.rarely(
        *_both(lambda k: (k - k.mean(axis=_AXES)) / _width(k) + 0.5),
        *_both(lambda k: (k - k.mean(axis=_AXES)) / _width(k)),
        *_both(lambda k: k / _width(k) + 0.5),
        *_both(lambda k: (k - np.median(k, axis=_AXES)) / _width(k)),
    ),
)
