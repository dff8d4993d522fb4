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


def exact_percent(share: float) -> str:
    """``0.915`` as ``91,50 %``: two figures always, where hundredths of a point decide."""
    return f"{100 * share:.2f} %".replace(".", ",")


def thousands(count: int) -> str:
    """``225034`` as ``225 034``, with a space that does not break."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def significant(value: float) -> str:
    """``0.123456`` as ``0,12346`` and ``1e-7`` as ``1e-07``: few figures, whatever the size."""
    return f"{float(value):.5g}".replace(".", ",")
