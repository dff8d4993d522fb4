"""Qué llamadas faltan: cada par de medidas en sus dos órdenes, y los números donde algo cambia."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .changes import Arguments

_LARGE = 100  # times the numbers of a drawn call: beyond a byte
_MOST_MEASURES = 12  # of a call that are compared with one another


def varied(calls: Sequence[Arguments], count: int) -> list[Arguments]:
    """Some of the calls, each with most of what the others chosen have not.

    What a call has: which of two of its measures is the larger, or that they are equal; which are
    1 and which are odd; its words. Of a mistake that shows with more images than channels, nothing
    is known before one such call is asked.
    """
    if not calls:
        return []
    has = _traits(calls)
    missing = np.ones(has.shape[1], bool)
    chosen: list[int] = []
    for _ in range(min(count, len(calls))):
        gains = (has & missing).sum(axis=1)
        gains[chosen] = -1
        best = int(gains.argmax())
        if gains[best] <= 0 and chosen:
            break
        chosen.append(best)
        missing &= ~has[best]
    return [calls[place] for place in chosen]


def _traits(calls: Sequence[Arguments]) -> np.ndarray:
    """What each call has, a row for each: true or false."""
    measured = [_measures(call)[:_MOST_MEASURES] for call in calls]
    sizes = np.zeros((len(calls), max(map(len, measured))))  # (calls, measures)
    for row, found in zip(sizes, measured, strict=True):
        row[: len(found)] = found
    one, other = np.triu_indices(sizes.shape[1], 1)
    sign = np.sign(sizes[:, one] - sizes[:, other])
    words = [[(name, v) for name, v in call.items() if _is_a_word(v)] for call in calls]
    every = sorted({word for row in words for word in row}, key=repr)
    said = np.array([[word in row for word in every] for row in words], bool)
    orders = [sign == -1, sign == 0, sign == 1]
    return np.concatenate([*orders, sizes == 1, sizes % 2 == 1, said.reshape(len(calls), -1)], 1)


def _is_a_word(value: object) -> bool:
    return value is None or isinstance(value, (str, bool))


def _measures(arguments: Arguments) -> list[float]:
    """The axes of its arrays, and its numbers: one, or a pair, count as a pair."""
    found: list[float] = []
    for value in arguments.values():
        if isinstance(value, np.ndarray):
            found += value.shape
        elif isinstance(value, (list, tuple)):
            numbers = [each for each in value[:2] if isinstance(each, (int, float))]
            found += numbers if len(numbers) == len(value) == 2 else [len(value)] * 2
        elif not isinstance(value, (str, bool)):
            found += [value] * 2 if isinstance(value, (int, float)) else [0, 0]
    return found


def edges(arguments: Arguments) -> Iterator[Arguments]:
    """The same call where the least of an array is 0, the greatest is, all are, and all are large.

    What is divided by one of them, compared with 0 or cut at a number that is seldom reached shows
    only there.
    """
    for name, value in arguments.items():
        if isinstance(value, np.ndarray) and value.size and value.dtype.kind == "f":
            shifted = value - value.min(), value - value.max()
            for other in (*shifted, np.zeros_like(value), value * _LARGE):
                yield arguments | {name: other}
