"""A qué apartado de qué lección hay que volver: cómo se nombra y cómo se enlaza."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

# From a unit's notebook in release/, as the notebook itself links to its lesson.
_FROM_UNIT = "../../course"


@dataclass(frozen=True)
class Section:
    """A heading of a lesson, from ``4_padding#3. same: ceros alrededor``.

    That is the notebook's name without ``.ipynb``, and the heading as it is read: without Markdown.
    """

    lesson: str
    heading: str = ""

    @classmethod
    def of(cls, text: str) -> Section:
        lesson, _, heading = text.partition("#")
        return cls(lesson.strip(), heading.strip())

    @property
    def words(self) -> str:
        """``lección 4, «3. same: ceros alrededor»``."""
        number = self.lesson.partition("_")[0]
        name = f"lección {number}" if number.isdigit() else f"apéndice {number.upper()}"
        return f"{name}, «{self.heading}»" if self.heading else name

    @property
    def link(self) -> str:
        """Its address in JupyterLab, from a unit's notebook: that of the cell it begins in."""
        cell = _cells().get(f"{self.lesson}#{self.heading}")
        return f"{_FROM_UNIT}/{quote(self.lesson)}.ipynb" + (f"#cell-id={cell}" if cell else "")


@cache
def _cells() -> dict[str, str]:
    """The cell of each section; ``docs/apartados.py`` writes them down."""
    try:
        known = json.loads(Path(__file__).with_name("apartados.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # The lesson is opened at its beginning.
    return dict(known)
