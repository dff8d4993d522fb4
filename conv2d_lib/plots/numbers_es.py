"""Números como se escriben en español: coma decimal y espacio fino de los millares."""

from __future__ import annotations

from ..arguments import as_number

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_LONGEST_TOGETHER = 4  # 1234 is written together; 12 345, in groups


def number(value: float, decimals: int = 0) -> str:
    """Un número como se escribe en español.

    Parameters
    ----------
    value : float
        El número.
    decimals : int
        Cuántas cifras decimales.

    Returns
    -------
    str
        Con coma decimal y, desde cinco cifras, un espacio fino entre millares.

    Raises
    ------
    ValueError
        Si ``value`` no es un número.

    Examples
    --------
    >>> number(0.9182, 3)
    '0,918'
    >>> number(1290)
    '1290'
    """
    whole, _, fraction = f"{abs(as_number(value, 'value')):,.{decimals}f}".partition(".")
    digits = whole.replace(",", "")
    whole = digits if len(digits) <= _LONGEST_TOGETHER else whole.replace(",", THIN_SPACE)
    text = f"{whole},{fraction}" if fraction else whole
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return MINUS + text if negative else text
