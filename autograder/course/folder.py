"""La carpeta de un curso: dónde está cada cosa, con las convenciones de nbgrader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ..checks import UNITS, Unit
from ..checks.variants import tasks_of
from ..common.errors import CursoError
from . import configuration as course_config
from .moments import Clock
from .names import root_problem
from .own_units import own_units
from .scale import Scale
from .variants import Variants, alike, read_secret, units_asked

DEFAULT_COURSE = "default_course"  # nbgrader's own, where none is configured.


@dataclass(frozen=True)
class Course:
    """A course folder: ``source/``, ``release/``, ``submitted/``, ``gradebook.db``…

    Where each thing is, the course's configuration says; it is read when it is first asked.

    Attributes
    ----------
    root : Path
    told : traitlets.config.Config, optional
        The configuration that nbgrader is running with, its command line included.
    directory : nbgrader.coursedir.CourseDirectory, optional
        Nbgrader's own, where it has one already.
    """

    root: Path
    told: Any = field(default=None, compare=False, repr=False)
    directory: Any = field(default=None, compare=False, repr=False)

    @classmethod
    def at(cls, folder: Path | str) -> Course:
        """The course in ``folder``; :class:`CursoError` where there is none."""
        root = Path(folder).resolve()
        course = cls(root)
        if problem := root_problem(root):
            raise CursoError(f"la ruta del curso, «{root}», {problem}: cámbiale el nombre")
        # Its configuration takes a second to read, and seldom moves that folder.
        configured = (root / course_config.FILE).is_file()
        if not (root / "source").is_dir() and not (configured and course.source.is_dir()):
            raise CursoError(
                f"en «{root}» no hay un curso (falta la carpeta source/); "
                "ve a la carpeta del curso o indícala con --curso"
            )
        return course

    @classmethod
    def of(cls, config: Any) -> Course:
        """The course that nbgrader, configured so, works on."""
        told = config.CourseDirectory.get("root") or Path.cwd()
        return cls(Path(told).absolute(), config)

    @classmethod
    def with_directory(cls, directory: Any) -> Course:
        """That of a ``CourseDirectory`` of nbgrader's, with what its command line says.

        Made before the configuration was read, it has its values, but only the application has the
        rest.
        """
        holder = directory.parent or directory
        return cls(Path(directory.root), holder.config, directory)

    @cached_property
    def config(self) -> Any:
        """The course's configuration of nbgrader, as nbgrader reads it."""
        return course_config.load(self.root) if self.told is None else self.told

    @cached_property
    def _directory(self) -> Any:
        return self.directory or course_config.directory(self.config, self.root)

    @property
    def source(self) -> Path:
        return self._folder("source")

    @property
    def release(self) -> Path:
        return self._folder("release")

    @property
    def submitted(self) -> Path:
        return self._folder("submitted")

    @property
    def autograded(self) -> Path:
        return self._folder("autograded")

    def _folder(self, step: str) -> Path:
        return self.root / getattr(self._directory, f"{step}_directory")

    @property
    def feedback(self) -> Path:
        return self._folder("feedback")

    @property
    def report(self) -> Path:
        return self.root / "informe"

    @cached_property
    def clock(self) -> Clock:
        """How the exchange writes when something was handed in."""
        return Clock.of(self.config)

    @cached_property
    def scale(self) -> Scale | None:
        """The institution's scale of marks; None where points are marks, as nbgrader has it."""
        return Scale.of(self.config, self.all_units)

    @cached_property
    def with_variants(self) -> tuple[str, ...]:
        """The units where each student has numbers of their own; none unless it is configured."""
        return units_asked(self.config)

    @cached_property
    def variants(self) -> Variants:
        """Who has which; :class:`CursoError` where the course's secret is not there."""
        return Variants(read_secret(self.root), alike(self.config))

    def letters(self, student: str, unit: str) -> dict[str, str]:
        """The variant of each task of a unit, by its check; none in a unit without variants."""
        if unit not in self.with_variants:
            return {}
        return {name: self.variants.letter(task, student) for name, task in tasks_of(unit).items()}

    @cached_property
    def all_units(self) -> dict[str, Unit]:
        """Those that come with the package, and those that its instructor added, in order."""
        return UNITS | own_units(self.source)

    @property
    def course_id(self) -> str:
        return self._directory.course_id or DEFAULT_COURSE

    @property
    def database_url(self) -> str:
        """The gradebook's, that nbgrader uses too; a relative path is from the course's folder."""
        from .database_url import from_root

        return from_root(self._directory.db_url, self.root)

    def units(self, names: Iterable[str] = ()) -> list[str]:
        """The units named (by folder or number), or all that ``source/`` has, in order."""
        available = [unit for unit in self.all_units if (self.source / unit).is_dir()]
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
        return self.all_units[unit].notebook
