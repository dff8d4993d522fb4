"""Las direcciones del curso, en un solo sitio."""

from __future__ import annotations

# Dónde se abre un cuaderno del repositorio en Colab, sin su ruta:
# "https://colab.research.google.com/github/USUARIO/REPOSITORIO/blob/main". Vacía, no hay botón.
COLAB = ""


def in_colab(path: str) -> str | None:
    """La dirección que abre en Colab el cuaderno de esa ruta del repositorio."""
    return f"{COLAB.rstrip('/')}/{path}" if COLAB else None
