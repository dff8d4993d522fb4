"""La carpeta de un curso: dónde está cada cosa, con las convenciones de nbgrader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .checks import UNITS
from .errors import CursoError


@dataclass(frozen=True)
class Course:
    """A course folder: ``source/``, ``release/``, ``submitted/``, ``gradebook.db``…"""

    root: Path

    @classmethod
    def at(cls, folder: Path | str) -> Course:
        """The course in ``folder``; :class:`CursoError` where there is none."""
        root = Path(folder).resolve()
        if not (root / "source").is_dir():
            raise CursoError(
                f"en «{root}» no hay un curso (falta la carpeta source/); "
                "ve a la carpeta del curso o indícala con --curso"
            )
        return cls(root)

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def release(self) -> Path:
        return self.root / "release"

    @property
    def submitted(self) -> Path:
        return self.root / "submitted"

    @property
    def autograded(self) -> Path:
        return self.root / "autograded"

    @property
    def report(self) -> Path:
        return self.root / "informe"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.root / 'gradebook.db'}"

    def units(self, names: Iterable[str] = ()) -> list[str]:
        """The units named (by folder or number), or all that ``source/`` has, in order."""
        available = [unit for unit in UNITS if (self.source / unit).is_dir()]
        if not names:
            return available
        return [self._unit(name, available) for name in dict.fromkeys(names)]

    @staticmethod
    def _unit(name: str, available: list[str]) -> str:
        wanted = name.strip("/")
        found = [unit for unit in available if unit == wanted or unit.split("_")[0] == wanted]
        if not found:
            raise CursoError(
                f"no existe la unidad «{name}»; las de este curso son: {', '.join(available)}"
            )
        return found[0]

    def notebook(self, unit: str) -> str:
        """The name of a unit's notebook, without ``.ipynb``."""
        return UNITS[unit]
