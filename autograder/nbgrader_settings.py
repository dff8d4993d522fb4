"""La puerta por la que ``nbgrader_config.py`` entra: los cursos que ya existen la nombran así."""

from __future__ import annotations

from .nbgrader_ext.settings import configure

__all__ = ["configure"]
