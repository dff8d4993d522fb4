"""Lo que se hace con una ventana del pooling cuando no se resume entera, o se resume dos veces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Change, answer, computed
from . import lessons
from .named import Named
from .pooling_slips import sizes
from .pooling_ways import WINDOW, largest, mean, windows_of
from .pooling_words import DIVIDED_BY_FOUR, ONE_PIXEL
from .ways import Entries

Reduce = Callable[..., np.ndarray]
Pair = tuple[int, int]


def _window(id: str, cause: str, hint: str) -> Named:
    return Named(id, cause, hint, lessons.POOLED_WINDOW)


PART = _window(
    "ventana-en-parte",
    "de cada ventana solo cuenta una parte, como una fila, una columna, la diagonal o las "
    "esquinas; cuentan todos sus píxeles",
    "cambia un píxel del centro de la ventana, y otro de su última fila: ¿se entera la salida?",
)
SCRAMBLED = _window(
    "ventana-con-los-canales-revueltos",
    "cada número resume píxeles de varios canales, como tras un reshape que pone los canales "
    "delante sin trasponer",
    "prueba con un canal de ceros y otro de unos: ¿sale cada uno por su lado?",
)
OTHER = _window(
    "ventana-resumida-con-otra-funcion",
    "cada ventana se resume con otra función: no es ni su máximo ni su promedio",
    "calcula a mano qué debe salir de una ventana con 1, 3, 5 y 4, y compáralo con tu salida",
)
TWO_STEPS = _window(
    "ventana-resumida-en-dos-pasos",
    "las filas de cada ventana se resumen de una manera y sus columnas de otra, como el máximo de "
    "los promedios",
    "calcula a mano qué debe salir de una ventana con 1, 3, 5 y 4, y compáralo con tu salida",
)
DIVIDED = _window(
    "ventana-dividida-de-mas",
    "lo que debe salir de cada ventana sale dividido o multiplicado además por lo que mide la "
    "ventana o uno de sus lados",
    "¿qué sale de una ventana de 2×3 toda de unos?",
)
CARRIED = _window(
    "ventanas-acumuladas",
    "cada salida arrastra lo de las ventanas anteriores, como cuando lo acumulado no se pone a "
    "cero entre una y otra",
    "cambia un píxel de la primera ventana: ¿cuántas salidas cambian?",
)
LAST_CHANNEL = Named(
    "un-canal-resumido-para-todos",
    "todos los canales salen como uno de ellos; cada canal se resume por su cuenta",
    "prueba con un canal de ceros y otro de unos: ¿sale cada uno por su lado?",
    lessons.POOLED_CHANNELS,
)


def _of_windows(reduce: Callable[[np.ndarray], Any]) -> Change:
    def wrong(**given: Any) -> np.ndarray:
        with np.errstate(all="ignore"):
            return np.asarray(reduce(windows_of(given)))

    return computed("ventana", wrong)


def _or_nan(reduce: Reduce) -> Reduce:
    """Of no pixel, NaN, which the next step leaves out."""

    def reduced(seen: np.ndarray, axis: Any) -> np.ndarray:
        return np.where(np.isnan(seen).all(axis=axis), np.nan, reduce(seen, axis=axis))

    return reduced


def _parts(reduce: Reduce) -> Iterator[Change]:
    for rows, columns in (
        (slice(0, 1), slice(None)),
        (slice(-1, None), slice(None)),
        (slice(None), slice(0, 1)),
        (slice(None), slice(-1, None)),
        (slice(1, None), slice(None)),
        (slice(None), slice(1, None)),
        (slice(1, None), slice(1, None)),
        (slice(None, None, 2), slice(None, None, 2)),
        (slice(0, 2), slice(0, 2)),
    ):
        yield _of_windows(
            lambda seen, r=rows, c=columns: reduce(_there(seen[..., r, c]), axis=WINDOW)  # type: ignore[misc]
        )
    yield _of_windows(lambda seen: reduce(np.diagonal(seen, axis1=4, axis2=5), axis=4))
    yield _of_windows(
        lambda seen: reduce(seen[..., [0, 0, -1, -1], [0, -1, 0, -1]], axis=4),
    )
    yield _of_windows(lambda seen: reduce(_first_row_and_column(seen), axis=4))


def _there(seen: np.ndarray) -> np.ndarray:
    if 0 in seen.shape:
        raise ValueError
    return seen


def _first_row_and_column(seen: np.ndarray) -> np.ndarray:
    return np.concatenate([seen[..., 0, :], seen[..., 1:, 0]], axis=4)


def _centre(gap: float) -> Change:
    return _of_windows(
        lambda seen: np.nan_to_num(seen[..., seen.shape[4] // 2, seen.shape[5] // 2], nan=gap)
    )


def _scrambled(reduce: Reduce) -> Iterator[Change]:
    for swapped in (False, True):

        def of(seen: np.ndarray, swapped: bool = swapped) -> np.ndarray:
            n, h, w, c, kh, kw = seen.shape
            pixels = np.moveaxis(seen, 3, 5)  # (N, H', W', kh, kw, C), as x is cut
            pixels = pixels.swapaxes(3, 4) if swapped else pixels
            return reduce(pixels.reshape(n, h, w, c, kh * kw), axis=4)

        yield _of_windows(of)


def _nan(function: Callable[..., Any]) -> Change:
    return _of_windows(lambda seen: function(seen, axis=WINDOW))


def _others() -> Iterator[Change]:
    kinds: tuple[Reduce, ...] = (np.nanstd, np.nanvar, np.nanprod)
    yield from map(_nan, kinds)
    count = _count
    yield _of_windows(lambda s: largest(s, WINDOW) - _smallest(s, WINDOW))
    yield _of_windows(lambda s: (largest(s, WINDOW) + _smallest(s, WINDOW)) / 2)
    yield _of_windows(lambda s: np.sqrt(np.nansum(s**2, axis=WINDOW)))
    yield _of_windows(lambda s: np.nansum(s**2, axis=WINDOW))
    yield _of_windows(lambda s: np.sqrt(np.nansum(s**2, axis=WINDOW) / count(s)))
    yield _of_windows(lambda s: np.nansum(s**2, axis=WINDOW) / count(s))
    yield _of_windows(lambda s: np.nansum(abs(s), axis=WINDOW))
    yield _of_windows(lambda s: np.nansum(s, axis=WINDOW) / np.maximum(count(s) - 1, 1))
    yield _of_windows(lambda s: np.nansum(s, axis=WINDOW) / (count(s) + 1))
    yield _of_windows(lambda s: np.nansum(s, axis=WINDOW) / np.sqrt(count(s)))
    yield _of_windows(
        lambda s: np.nansum(s * np.exp(s), axis=WINDOW) / np.nansum(np.exp(s), axis=WINDOW)
    )
    yield _of_windows(lambda s: np.log(np.nansum(np.exp(s), axis=WINDOW)))
    for small in (0, 1e-12, 1e-9, 1e-8, 1e-6):
        yield _of_windows(
            lambda s, e=small: np.exp(np.nanmean(np.log(abs(s) + e), axis=WINDOW))  # type: ignore[misc]
        )
    yield _of_windows(_second)
    yield _of_windows(lambda s: np.nanpercentile(s, 75, axis=WINDOW))
    yield _of_windows(lambda s: np.nanpercentile(s, 25, axis=WINDOW))


def _smallest(seen: np.ndarray, axis: Any) -> np.ndarray:
    return -largest(-seen, axis=axis)


def _count(seen: np.ndarray) -> Any:
    return (~np.isnan(seen)).sum(axis=WINDOW)


def _second(seen: np.ndarray) -> np.ndarray:
    flat = np.sort(np.where(np.isnan(seen), -1e9, seen).reshape(*seen.shape[:4], -1), axis=4)
    return np.asarray(flat[..., -min(2, flat.shape[4])])


def _in_two_steps() -> Iterator[Change]:
    most, average = _or_nan(largest), _or_nan(mean)
    least, total = _or_nan(_smallest), _or_nan(np.nansum)
    pairs = ((most, average), (average, most), (most, least), (least, most))
    for one, other in (*pairs, (total, most), (most, total), (total, average), (average, total)):
        for axis in (4, 5):
            yield _of_windows(
                lambda s, a=one, b=other, at=axis: b(a(s, axis=at), axis=4)  # type: ignore[misc]
            )


def _more(reduce: Reduce) -> Iterator[Change]:
    by: tuple[Callable[[int, int], float], ...] = (
        lambda kh, kw: 1 / kh,
        lambda kh, kw: 1 / kw,
        lambda kh, kw: 1 / (kh * kw),
        lambda kh, kw: kh,
        lambda kh, kw: kw,
        lambda kh, kw: kh * kw,
    )
    for times in by:

        def wrong(times: Callable[[int, int], float] = times, **given: Any) -> np.ndarray:
            out = reduce(windows_of(given), axis=WINDOW)
            return np.asarray(out * times(*sizes(given)[0]))

        yield computed("ventana", wrong)
    yield answer(lambda out: out / out.shape[3])
    yield answer(lambda out: out / len(out))


def _shared_out() -> Iterator[Change]:
    """The sum of each window divided by something that is not how many pixels it has."""
    counts: tuple[Callable[[Pair, Pair, Pair], float], ...] = (
        lambda size, steps, out: steps[0] * steps[1],
        lambda size, steps, out: steps[0],
        lambda size, steps, out: steps[1],
        lambda size, steps, out: steps[0] + steps[1],
        lambda size, steps, out: size[0] * steps[1],
        lambda size, steps, out: steps[0] * size[1],
        lambda size, steps, out: out[0] * out[1],
        lambda size, steps, out: out[0],
        lambda size, steps, out: out[1],
        lambda size, steps, out: 2,
        lambda size, steps, out: 9,
        lambda size, steps, out: 2 * (size[0] + size[1]),
        lambda size, steps, out: size[0] * size[1] - 1,
        lambda size, steps, out: size[0] * size[1] + 1,
    )
    for count in counts:

        def wrong(count: Callable[[Pair, Pair, Pair], float] = count, **given: Any) -> np.ndarray:
            seen = windows_of(given)
            with np.errstate(all="ignore"):
                by = count(*sizes(given), (seen.shape[1], seen.shape[2]))
                return np.asarray(np.nansum(seen, axis=WINDOW) / by)

        yield computed("ventana", wrong)


def _carried() -> Iterator[Change]:
    for gather in (np.add, np.maximum):
        for axis in range(4):
            yield answer(lambda out, g=gather, at=axis: g.accumulate(out, axis=at))  # type: ignore[misc]

        def in_a_row(out: np.ndarray, gather: np.ufunc = gather) -> np.ndarray:
            n, h, w, c = out.shape
            return np.asarray(
                gather.accumulate(out.reshape(n, h * w, c), axis=1).reshape(out.shape)
            )

        yield answer(in_a_row)


def pooling_odd(reduce: Reduce) -> Entries:
    """Those of a pooling whose right answer is ``reduce`` of the windows, without their gaps."""
    return (
        *(DIVIDED_BY_FOUR if reduce is mean else OTHER).rarely(*_shared_out()),
        *PART.rarely(*_parts(reduce), *_parts(_or_nan(reduce))),
        *ONE_PIXEL.rarely(_centre(0), _centre(-np.inf)),
        *SCRAMBLED.rarely(*_scrambled(reduce), *_scrambled(_or_nan(reduce))),
        *LAST_CHANNEL.rarely(
            answer(lambda out: np.repeat(out[..., -1:], out.shape[3], axis=3)),
            answer(lambda out: np.repeat(out[..., :1], out.shape[3], axis=3)),
        ),
        *OTHER.rarely(*_others()),
        *TWO_STEPS.rarely(*_in_two_steps()),
        *DIVIDED.rarely(*_more(reduce)),
        *CARRIED.rarely(*_carried()),
    )
