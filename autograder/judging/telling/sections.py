"""A qué apartado de qué lección hay que volver: cómo se nombra y cómo se enlaza."""

from __future__ import annotations

from dataclasses import dataclass
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
        """Its address in JupyterLab, from a unit's notebook."""
        anchor = "#" + quote(self.heading.replace(" ", "-")) if self.heading else ""
        return f"{_FROM_UNIT}/{quote(self.lesson)}.ipynb{anchor}"
