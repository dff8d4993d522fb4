"""Números como se escriben en español: coma decimal, y sin ceros de más."""

from __future__ import annotations


def number(value: float, decimals: int = 2) -> str:
    """``18.50`` as ``18,5`` and ``20.0`` as ``20``."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", ",")


def percent(share: float) -> str:
    """``0.915`` as ``91,5 %``, with a space that does not break."""
    return f"{number(100 * share, 1)}\N{NO-BREAK SPACE}%"
