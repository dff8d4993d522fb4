"""Las tareas con números distintos para cada estudiante: qué variantes hay y qué dice cada una."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..common.check_ids import LETTER

if TYPE_CHECKING:
    from ..judging.check import Check

GENERAL = "general"  # In the place of a letter: in the notebook that is nobody's.
NOT_YOURS = (
    "> **Este cuaderno es el general, y no el tuyo.** En este ejercicio cada estudiante tiene sus "
    "números: pide a tu docente tu cuaderno. Con este, `comprobar` no puede comprobarlo.\n\n"
)


@dataclass(frozen=True)
class Task:
    """An exercise whose numbers are each student's own.

    Attributes
    ----------
    check : str
        The course's own id, ``unit.function``.
    variants : mapping
        The numbers of each one, by its letter. How many there are decides who has which: in a
        course that goes on, none may be added or taken away.
    texts : mapping
        By cell, what the course's notebook says, and what it says instead: a template of the
        numbers and the ``letter``.
    build : callable
        From a letter to its check.
    like : str, optional
        The check of another exercise of the unit, whose variant is this one's too.
    """

    check: str
    variants: Mapping[str, Mapping[str, object]]
    texts: Mapping[str, tuple[tuple[str, str], ...]]
    build: Callable[[str], Check]
    like: str | None = None

    def written(self, cell: str, source: str, letter: str) -> str:
        """The text of a cell with a variant's numbers, or with none (``GENERAL``).

        Raises
        ------
        LookupError
            If the cell does not say what the variant has to change; ``args[0]`` is that text.
        """
        source, pairs = self.unlettered(source), self.texts.get(cell, ())
        if pairs:  # The notice of another exercise's cell is not this one's to take out.
            source = source.removeprefix(NOT_YOURS)
        if lacking := [old for old, _ in pairs if old not in source]:
            raise LookupError(lacking[0])
        if letter == GENERAL:
            source = NOT_YOURS + source if pairs and source.startswith("## ") else source
        elif pairs:
            numbers = {"letter": letter, **self.variants[letter]}
            new = {old: template.format(**numbers) for old, template in pairs}
            either = "|".join(re.escape(old) for old in sorted(new, key=len, reverse=True))
            source = re.sub(either, lambda found: new[found[0]], source)
        return self.lettered(source, letter)

    def lettered(self, source: str, letter: str) -> str:
        """A cell's text, asking the check of a variant."""
        return self._asked.sub(rf"\g<1>{self.check}{LETTER}{letter}\g<1>", source)

    def unlettered(self, source: str) -> str:
        """A cell's text, asking the course's own check."""
        return self._asked.sub(rf"\g<1>{self.check}\g<1>", source)

    def letters_in(self, source: str) -> set[str]:
        """The variants that a text asks; empty, that of the course."""
        return {found[2] or "" for found in self._asked.finditer(source)}

    @property
    def _asked(self) -> re.Pattern[str]:
        return re.compile(rf"([\"']){re.escape(self.check)}(?:{LETTER}(\w{{0,40}}))?\1")


MODULES = {
    "3_mapas_de_caracteristicas": ".maps_variants",
    "4_padding": ".padding_variants",
    "5_fashion_mnist": ".homework_variants",
}


@cache
def tasks_of(unit: str) -> dict[str, Task]:
    """Those of a unit by the id of their check; most have none."""
    if unit not in MODULES:
        return {}
    found = importlib.import_module(MODULES[unit], __package__)
    return {task.check: task for task in found.TASKS}


def variant_check(task: Task, letter: str) -> Check:
    """The check of one variant; ``KeyError`` with a Spanish line where there is none."""
    if letter in task.variants:
        return task.build(letter)
    if letter == GENERAL:
        raise KeyError(
            f"en «{task.check}» cada estudiante tiene sus números, y este cuaderno es el general: "
            "pide el tuyo a tu docente"
        )
    raise KeyError(
        f"no existe la variante «{letter[:40]}» de «{task.check}»; son {', '.join(task.variants)}: "
        "deja la celda como estaba en tu cuaderno"
    )
