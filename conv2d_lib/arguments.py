"""Lo que un argumento debe ser: números, pares y opciones, o un ValueError de una línea.

Python puro: ni NumPy ni Numba. De los arreglos se ocupa ``arrays``.
"""

from __future__ import annotations

import math
import numbers
import operator
import sys
from collections.abc import Iterable, Sequence
from typing import Any

Pair = int | Sequence[int]

_LONGEST = 80  # Characters.
_LARGEST = 2**31 - 1  # No size in pixels, neurons or filters comes near.


def shown(value: Any) -> str:
    """Lo que llegó, en una línea corta, sea lo que sea."""
    try:
        text = " ".join(repr(value).split())
    except Exception:
        text = f"un objeto de tipo {type(value).__name__}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def whole(value: Any) -> int | None:
    """``value`` como entero de Python, o None si no lo es: ni un booleano ni un arreglo."""
    if type(value) is int:
        return value
    if isinstance(value, (bool, Iterable)):
        return None
    try:
        return operator.index(value)
    except Exception:
        return None


def as_positive(value: int, name: str) -> int:
    """Devuelve ``value`` como entero de Python, o explica por qué no es un entero positivo."""
    number = whole(value)
    if number is None or not 0 < number <= _LARGEST:
        limit = f" y no más de {_LARGEST}" if number and number > 0 else ""
        raise ValueError(f"«{name}» debe ser un entero mayor que 0{limit}. Llegó {shown(value)}.")
    return number


def as_index(value: int, name: str) -> int:
    """Devuelve ``value`` como entero de Python, de cualquier signo."""
    number = whole(value)
    if number is None:
        raise ValueError(f"«{name}» debe ser un entero. Llegó {shown(value)}.")
    return number


def as_pair(value: Pair, name: str) -> tuple[int, int]:
    """Convierte un entero o un par de enteros positivos en ``(alto, ancho)``."""
    one = whole(value)
    items = (one, one) if one is not None else [whole(item) for item in items_of(value) or ()]
    pair = tuple(item for item in items if item is not None and 0 < item <= _LARGEST)
    if len(items) != 2 or len(pair) != 2:
        raise ValueError(
            f"«{name}» debe ser un entero mayor que 0 o un par de ellos (alto, ancho). "
            f"Llegó {shown(value)}."
        )
    return pair


def items_of(value: Any) -> tuple[Any, ...] | None:
    """Los elementos de una lista, una tupla o un arreglo, en su orden; None si es otra cosa."""
    unordered = isinstance(value, (str, bytes, bytearray, dict, set, frozenset))
    if unordered or not (isinstance(value, Iterable) or hasattr(value, "__getitem__")):
        return None
    try:
        return tuple(value)
    except Exception:
        return None


def as_number(
    value: float, name: str, low: float = -math.inf, high: float = math.inf, *, above: bool = False
) -> float:
    """Devuelve ``value`` si es un número finito de ``low`` a ``high`` (mayor, con ``above``)."""
    number = value
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        number = value.item()
    is_real = isinstance(number, numbers.Real) and type(number).__name__ not in ("bool", "bool_")
    is_real = is_real and abs(number) <= sys.float_info.max
    if (
        not is_real
        or not math.isfinite(number)
        or not low <= number <= high
        or (above and number == low)
    ):
        limits = "" if low == -math.inf else f" mayor que {low:g}" if above else f" desde {low:g}"
        limits += "" if high == math.inf else f" y hasta {high:g}"
        raise ValueError(
            f"«{name}» debe ser un número finito{limits}. Llegó {name}={shown(value)}."
        )
    return number if type(number) in (int, float) else float(number)


def as_flag(value: bool, name: str) -> bool:
    """Devuelve un booleano; un texto como ``"False"`` no pasa por verdadero."""
    if type(value).__name__ in ("bool", "bool_") or (type(value) is int and value in (0, 1)):
        return bool(value)
    raise ValueError(f"«{name}» debe ser True o False. Llegó {shown(value)}.")


def as_choice(value: str, name: str, choices: Sequence[str]) -> str:
    """Devuelve en minúsculas una de las opciones; Keras tampoco distingue mayúsculas."""
    chosen = value.lower() if isinstance(value, str) else None
    if chosen not in choices:
        *others, last = (repr(choice) for choice in choices)
        raise ValueError(f"«{name}» debe ser {', '.join(others)} o {last}. Llegó {shown(value)}.")
    return chosen


def as_padding(value: str) -> str:
    """Devuelve ``"valid"`` o ``"same"`` en minúsculas."""
    return as_choice(value, "padding", ("valid", "same"))


def as_data_format(value: str) -> str:
    """Devuelve ``"channels_last"`` o ``"channels_first"`` en minúsculas."""
    return as_choice(value, "data_format", ("channels_last", "channels_first"))


def as_seed(value: int | None, name: str = "seed") -> int | None:
    """Devuelve None o un entero no negativo."""
    number = None if value is None else whole(value)
    if value is not None and (number is None or number < 0):
        raise ValueError(
            f"«{name}» debe ser un entero no negativo o None. Llegó {name}={shown(value)}."
        )
    return number


def as_sizes(value: Sequence[int | None], name: str) -> tuple[int | None, ...]:
    """Una forma: enteros no negativos, o None donde el tamaño no se conoce."""
    sizes = items_of(value)
    if sizes is None or any(
        size is not None and ((number := whole(size)) is None or number < 0) for size in sizes
    ):
        raise ValueError(
            f"«{name}» debe ser una forma, como (None, 28, 28, 1). Llegó {shown(value)}."
        )
    return tuple(None if size is None else whole(size) for size in sizes)
