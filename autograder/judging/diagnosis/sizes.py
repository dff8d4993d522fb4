"""Cuánto ocupa una respuesta: el juez no guarda ni compara gigabytes."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...wire.protocol import ModelSpec

MOST_KEPT = 4 << 20  # bytes of one answer; of many, the judge would hold gigabytes
_OVERHEAD = 100  # bytes that any object of an answer takes, however small what it holds


def bulky(value: Any) -> bool:
    """Whether an answer is far larger than any that is asked for."""
    return size_of(value) > MOST_KEPT


def size_of(value: Any) -> int:
    """About how many bytes an answer holds, all its parts together."""
    if value is None or type(value) in (int, float, bool):
        return _OVERHEAD
    if isinstance(value, np.ndarray):
        return _OVERHEAD + value.nbytes
    if isinstance(value, dict):
        return _OVERHEAD + sum(len(key) + size_of(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return _OVERHEAD + sum(map(size_of, value))
    if isinstance(value, ModelSpec):
        return size_of(value.layers) + size_of(value.weights)
    return _OVERHEAD + (len(value) if isinstance(value, str) else 0)


def has_many_parts(value: Any, most: int = 2000) -> bool:
    """Whether an answer is made of more pieces than any that is asked for; it looks at no more."""
    waiting, seen = [value], 0
    while waiting:
        each = waiting.pop()
        seen += 1
        if isinstance(each, ModelSpec):
            waiting += [each.layers, each.weights]
        elif isinstance(each, (list, tuple, dict)):
            if len(each) > most:
                return True
            waiting += each.values() if isinstance(each, dict) else each
        if seen + len(waiting) > most:
            return True
    return False
