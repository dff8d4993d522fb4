"""Redes de capas en fila: compilarlas, entrenarlas y evaluarlas, como ``keras.Sequential``."""

from __future__ import annotations

from .sequential import Sequential

__all__ = ["Sequential"]
