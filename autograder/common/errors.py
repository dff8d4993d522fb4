"""El error que una persona puede remediar: una línea clara, sin traza."""

from __future__ import annotations


class CursoError(Exception):
    """``args[0]`` is one Spanish line: what is wrong, what came, what to do."""
