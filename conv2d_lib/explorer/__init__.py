"""El explorador de la convolución y las predicciones: widgets que corren en el navegador.

Lo que se ve y se calcula está en ``js/``, sin dependencias: el mismo módulo sirve en un cuaderno
(con anywidget) y solo, en una página. Aquí, lo que Python pone: imágenes, el estado y la función
del lector.
"""

from __future__ import annotations

from ..extras import need

need("anywidget", "traitlets")

from .bundle import module_text
from .widget import Explorador, Predice

__all__ = ["Explorador", "Predice", "module_text"]
