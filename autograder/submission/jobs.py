"""Calificar una entrega: lo que hace un calificador, que no sabe del curso ni del libro de notas.

It imports little, so that each worker starts soon and holds little: nbgrader stays out of it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from ..checks import UNITS, Unit
from ..common.errors import CursoError
from ..common.limits import Limits
from ..common.scratch import scratch
from .acceptance_cell import show_acceptance
from .execution import Execution, execute


@dataclass(frozen=True)
class Job:
    """All that grading one submission depends on; it can travel to any process or machine.

    ``own`` is its unit where an instructor added it: who grades does not know it otherwise.
    ``letters`` are the student's variants, by check: none, in most courses.
    """

    student: str
    unit: str
    notebook: NotebookNode
    limits: Limits
    files: dict[str, bytes] = field(default_factory=dict)
    isolated: bool = True
    helpers: dict[str, bytes] = field(default_factory=dict)
    own: Unit | None = None
    letters: dict[str, str] = field(default_factory=dict)

    @property
    def known(self) -> Unit:
        """What there is to know of its unit."""
        return self.own or UNITS[self.unit]


@dataclass(frozen=True)
class Graded:
    """What comes back: the marked notebook, and the homework's acceptance where it was asked."""

    execution: Execution
    acceptance: dict[str, Any] | None
    seconds: float


def grade_one(job: Job) -> Graded:
    """Grade one submission: a function of the job alone, away from course and gradebook."""
    start = time.perf_counter()
    execution = execute(
        job.notebook, job.limits, {**job.helpers, **job.files}, job.isolated, job.own
    )
    acceptance = None
    if job.known.weights:
        acceptance = _accept(job.files, job.letters)
        show_acceptance(execution.notebook, acceptance)
    return Graded(execution, acceptance, time.perf_counter() - start)


def _accept(files: dict[str, bytes], letters: dict[str, str]) -> dict[str, Any]:
    """The homework's acceptance on the weights handed in, as data for the report."""
    from ..homework import acceptance, data

    if not files:
        return {"missing": [f"{name}.weights.h5" for name in acceptance.NETWORKS]}
    with scratch() as temporary:
        for name, content in files.items():
            (temporary / name).write_bytes(content)
        try:
            test = data.load_test()
        except CursoError as error:
            return {"unavailable": error.args[0]}
        return acceptance.accept(temporary, test, acceptance.asked_of(letters)).to_dict()
