"""Qué es una unidad del curso: un solo objeto responde por ella."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ..sandbox.flavours import KERAS, NUMPY, Flavour

if TYPE_CHECKING:
    from ..judging.check import Check


# Of an instructor's own: its folder, with its number.
NAME = re.compile(r"\d{1,3}_[a-z0-9_]{1,40}", re.ASCII)
FILE = "comprobaciones.py"  # What an instructor's own checks are written in.


@dataclass(frozen=True)
class Unit:
    """A unit of exercises.

    It loads nothing: whoever starts to grade must know at once what to start, and the checks take a
    tenth of a second.

    Attributes
    ----------
    id : str
        Its folder.
    title : str
        As the report's heads have it, in Spanish.
    notebook : str
        The name of its notebook, without ``.ipynb``.
    flavour : Flavour
        What its notebooks run in; that of NumPy where they ask for one's own implementation.
    module : str
        The module whose ``CHECKS`` are its checks.
    weights : tuple of str
        The files that are handed in beside the notebook, and accepted or refused after grading.
    own : bool
        Whether an instructor added it to a course: its cells may hold tests of their own, that run
        with the student's code and are believed.
    problem : str, optional
        Why it can be neither published nor graded, in one Spanish line.
    own_checks : str, optional
        What its ``comprobaciones.py`` says: it travels with the unit, and is part of its marks.
    """

    id: str
    title: str
    notebook: str
    flavour: Flavour
    module: str
    weights: tuple[str, ...] = ()
    own: bool = False
    problem: str | None = None
    own_checks: str | None = None

    @property
    def checks(self) -> dict[str, Check]:
        """By id, in the order of its notebook."""
        if self.own:
            if self.own_checks is None:
                return {}
            from .own_checks import loaded

            found = loaded(self.id, self.own_checks, self.flavour.own_implementation)
            return cast("dict[str, Check]", found)
        module = importlib.import_module(self.module, __package__)
        return {check.id: check for check in module.CHECKS}

    def warm(self) -> None:
        """Let the references of an instructor's own checks load what they need, once."""
        if self.own and self.own_checks is not None:
            from .own_checks import warm

            warm(self.id, self.own_checks, self.flavour.own_implementation)


UNITS = {
    unit.id: unit
    for unit in (
        Unit("1_convolucion", "1. Convolución", "convolucion", NUMPY, ".convolucion"),
        Unit("2_filtros", "2. Filtros", "filtros", NUMPY, ".filtros"),
        Unit("3_mapas_de_caracteristicas", "3. Mapas", "mapas", KERAS, ".mapas"),
        Unit("4_padding", "4. Padding", "padding", NUMPY, ".padding"),
        Unit(
            "5_fashion_mnist",
            "5. Fashion-MNIST",
            "tarea",
            KERAS,
            ".tarea",
            ("cnn.weights.h5", "mlp.weights.h5", "mlp_equivalente.weights.h5"),
        ),
    )
}
