"""El orden de las palabras en español: Álvaro va con la A, y la ñ, detrás de la n."""

from __future__ import annotations

import unicodedata

_AFTER_N = "n\uffff"


def alphabetical(text: str) -> str:
    """What to sort a name by."""
    letters = unicodedata.normalize("NFD", text.casefold()).replace("n\u0303", _AFTER_N)
    return "".join(one for one in letters if not unicodedata.combining(one))
