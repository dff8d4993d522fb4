"""La puerta de ``comprobaciones.py``: con qué escribe un docente las comprobaciones de su unidad.

What stands here keeps its names and its meaning: units that exist lean on it.
"""

from __future__ import annotations

from .checks.own_checks import check
from .judging.check import Case
from .judging.diagnosis.misconceptions import Misconception
from .judging.diagnosis.space import ArgumentSpace, Array, OneOf, Whole

__all__ = ["ArgumentSpace", "Array", "Case", "Misconception", "OneOf", "Whole", "check"]
