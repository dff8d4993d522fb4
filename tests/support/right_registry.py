"""Right work by its check: each function of a module of styles, under its own name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

REGISTERED: dict[str, dict[str, Callable[..., Any]]] = defaultdict(dict)


def right(check_id: str) -> Callable[[Any], Any]:
    """Mark a function as one more right way of writing what a check asks."""

    def mark(function: Any) -> Any:
        assert function.__name__ not in REGISTERED[check_id]
        REGISTERED[check_id][function.__name__] = function
        return function

    return mark
