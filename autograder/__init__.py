"""Autocalificador del curso: lo que un cuaderno importa es ``comprobar``."""

from .client import comprobar

__all__ = ["comprobar"]
