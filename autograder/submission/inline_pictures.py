"""Las imágenes de un cuaderno, fuera del texto de sus celdas y con medida.

Colab writes a picture into the text itself, in base 64; Jupyter attaches it. Here both are
attached, so that a written answer weighs what its words do.
"""

from __future__ import annotations

import re
from typing import Any

from .outputs import is_base64

MAX_PICTURES = 8 << 20  # Of a whole notebook, in base 64.
PICTURES = ("image/png", "image/jpeg", "image/gif")
LOST = "imagen-que-no-se-guarda"
_NAME = re.compile(r"[\w .()-]{1,200}")
_DATA_URL = re.compile(r"data:([\w.+-]{1,60}/[\w.+-]{1,60});base64,([A-Za-z0-9+/=]*)")


class Album:
    """The pictures of one notebook; ``left_out`` counts those that did not fit."""

    def __init__(self) -> None:
        self.left_out = 0
        self._room = MAX_PICTURES
        self._count = 0

    def paste(self, source: str, attachments: Any) -> tuple[str, dict[str, dict[str, str]]]:
        """A cell's text with no picture in it, and its pictures by name, as Jupyter attaches them.

        Parameters
        ----------
        source : str
        attachments : object
            What the notebook says that it has attached; any other thing than pictures stays behind.
        """
        pictures = {
            name: {mime: value}
            for name, bundle in (attachments.items() if isinstance(attachments, dict) else ())
            if isinstance(bundle, dict) and _NAME.fullmatch(name)
            for mime, value in bundle.items()
            if mime in PICTURES and isinstance(value, str) and is_base64(value)
            if self._fits(value)
        }

        def attached(match: re.Match[str]) -> str:
            mime, value = match[1].replace("image/jpg", "image/jpeg"), match[2]
            if mime not in PICTURES or not self._fits(value):
                return f"attachment:{LOST}"
            self._count += 1
            name = f"imagen-{self._count}.{mime.partition('/')[2]}"
            pictures[name] = {mime: value}
            return f"attachment:{name}"

        return _DATA_URL.sub(attached, source), pictures

    def _fits(self, value: str) -> bool:
        fits = len(value) <= self._room
        self._room -= len(value) if fits else 0
        self.left_out += not fits
        return fits
