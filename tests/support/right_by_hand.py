"""Right ways of writing the functions that are no convolution, by their check and their name."""

from __future__ import annotations

import right_filters  # noqa: F401
import right_networks  # noqa: F401
import right_numbers  # noqa: F401
import right_padding  # noqa: F401
from right_registry import REGISTERED as BY_HAND

__all__ = ["BY_HAND"]
