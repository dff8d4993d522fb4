"""Redes de capas en fila: compilarlas, entrenarlas y evaluarlas, como ``keras.Sequential``."""

from __future__ import annotations

from .network import PREDICT_BATCH
from .sequential import FIT_BATCH, Sequential

__all__ = ["FIT_BATCH", "PREDICT_BATCH", "Sequential"]
