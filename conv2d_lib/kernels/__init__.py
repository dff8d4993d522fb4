"""Los kernels de Numba y lo que los prepara: aquí no se comprueba nada, ni se importa al cargar."""

from __future__ import annotations

from ..extras import need

need("numba")
