"""Figuras de las lecciones: imágenes, kernels, filtros, mapas de características y la ventana."""

from __future__ import annotations

from ..extras import need

need("matplotlib")

from .lessons import describe, show_feature_maps, show_filters, show_image, show_kernel, show_window
from .numbers_es import number
from .panels import show_panels

__all__ = [
    "describe",
    "number",
    "show_feature_maps",
    "show_filters",
    "show_image",
    "show_kernel",
    "show_panels",
    "show_window",
]
