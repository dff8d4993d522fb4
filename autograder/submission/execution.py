"""Ejecutar un cuaderno y ponerle la nota del juez: de (cuaderno, límites) al cuaderno calificado.

The marks come from the judge's log. A verdict counts for the graded cell that was running when it
came, if it is of the check that the cell's text asks; what the notebook printed counts nothing.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from ..checks import UNITS, Unit, find_check
from ..common.errors import CursoError
from ..common.limits import MIB, Limits
from ..common.scratch import scratch
from ..judging.check import Check
from ..judging.judge import CUT_SHORT
from ..judging.verdict import Refusal, Verdict
from ..sandbox.flavours import NUMPY, Flavour
from ..sandbox.kernel import DIED, FLOOD, OK, TIMEOUT, CellRun
from .earlier_failures import EarlierFailures
from .endings import ENDED, names_of, why_ended
from .graded_cells import CheckResult, check_id_of, is_checked, put_mark
from .kernel import JudgedKernel, SandboxError
from .outputs import (
    clean_outputs,
    drop_outputs,
    explain_error,
    explain_exception,
    explain_limit,
    note_cut,
    outputs_size,
)
from .tests_mark import put_tests_mark

OUT_OF_TIME = "el cuaderno entero superó su límite de {:.0f} s antes de llegar a esta celda"
TOO_LONG = "la celda superó su límite de {:.0f} s (¿un bucle que no acaba?)"
FLOODED = "la celda escribió más de {} MB y se interrumpió (¿un print dentro de un bucle?)"
NO_VERDICT = "al juez no le llegó ninguna función en esta celda"
CHANGED = "{}; el cuaderno había cambiado {}"
MAX_NOTES = 12
TRUSTED_IMPORT = "from autograder import comprobar\n"


@dataclass(frozen=True)
class Execution:
    """A notebook with the judge's marks in its graded cells, and what there is to say of it."""

    notebook: NotebookNode
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...] = ()


def execute(
    notebook: NotebookNode,
    limits: Limits | None = None,
    files: Mapping[str, bytes] | None = None,
    isolated: bool = True,
    own: Unit | None = None,
) -> Execution:
    """Run a restored notebook in a process of its own and mark it.

    Parameters
    ----------
    notebook : NotebookNode
        nbformat 4, with its graded cells already restored. It is not modified.
    limits : Limits, optional
    files : mapping, optional
        What stands beside the notebook, by its path there.
    isolated : bool
        Whether it runs in the sandbox; the judge decides the marks all the same.
    own : Unit, optional
        Its unit, where an instructor added it.

    Raises
    ------
    SandboxError
        If it should be isolated and this machine cannot, or what its unit computes with is missing.
    CursoError
        If an instructor's own check breaks.
    """
    with scratch() as temporary:
        for name, content in (files or {}).items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        folder = temporary if files else None
        run = _Run(copy.deepcopy(notebook), limits or Limits(), folder, isolated, own)
        return run.whole()


def _flavour_for(notebook: NotebookNode) -> Flavour:
    """By the first check that it asks; a notebook that asks none has no use for Keras."""
    for cell in notebook.cells:
        unit = (check_id_of(cell.source) or "").partition(".")[0] if is_checked(cell) else ""
        if unit in UNITS:
            return UNITS[unit].flavour
    return NUMPY


def _few(notes: list[str]) -> tuple[str, ...]:
    """What a person reads of ``notes``: a cell in a thousand like it is not worth a line each."""
    more = len(notes) - MAX_NOTES
    return tuple(notes[:MAX_NOTES]) + ((f"y otros {more} avisos como estos",) if more > 0 else ())


class _Run:
    """One notebook being executed: its process, which may be replaced on the way."""

    def __init__(
        self,
        notebook: NotebookNode,
        limits: Limits,
        folder: Path | None,
        isolated: bool,
        own: Unit | None,
    ) -> None:
        self.notebook, self.limits, self.folder = notebook, limits, folder
        self.flavour, self.isolated = own.flavour if own else _flavour_for(notebook), isolated
        self.own = own
        self.ended = OK  # How the last cell ended.
        self.changed: tuple[str, ...] = ()  # What it said that the notebook had changed.
        if lacking := self.flavour.lacking():
            raise SandboxError(lacking)
        self.deadline: float | None = None
        self.kernel: JudgedKernel | None = None
        self.killers: set[int] = set()  # Cells after which there was no process to go on with.
        self.suspects: set[int] = set()  # Those that ended it once when they were run again.
        self.asked: str | None = None  # The check of the graded cell that is running.
        self.verdict: Verdict | None = None
        self.notes: list[str] = []
        self.failures = EarlierFailures([(one.cell_type, one.source) for one in notebook.cells])
        self.room = self.limits.notebook_output_bytes

    def whole(self) -> Execution:
        checks = []
        if self.own:
            self.own.warm()
        try:
            for index, cell in enumerate(self.notebook.cells):
                if is_checked(cell):
                    checks.append(self._checked(index, cell))
                elif cell.cell_type == "code":
                    problem = self._run(index, cell)
                    clean_outputs(cell, problem)
                    if said := problem or explain_exception(cell):
                        self.failures.note(index + 1, cell.source, said)
                    self._keep_within_measure(index, cell)
                    if problem := problem or explain_limit(cell):
                        self.notes.append(f"celda {index + 1}: {problem}")
        finally:
            self._drop_kernel()
        return Execution(self.notebook, tuple(checks), _few(self.notes))

    def _keep_within_measure(self, index: int, cell: NotebookNode) -> None:
        """Drop what a cell wrote where the notebook as a whole has written too much."""
        size, most = outputs_size(cell), self.limits.notebook_output_bytes
        if size > self.room > 0:
            self.notes.append(
                f"el cuaderno pasa de {most // MIB} MB de salidas: desde la celda {index + 1} no"
                " se guardan"
            )
            self.room = 0
        if size > self.room and cell.outputs:
            drop_outputs(cell, most)
        self.room = max(0, self.room - size)

    def _checked(self, index: int, cell: NotebookNode) -> CheckResult:
        """Run a graded cell and replace its outputs with the judge's decision."""
        if self.own and check_id_of(cell.source) is None:
            return self._tested(index, cell)
        self.verdict = None
        trial = copy.deepcopy(cell)
        trial.source = TRUSTED_IMPORT + cell.source
        problem = self._run(index, trial, check_id_of(cell.source))
        verdict = self.verdict
        if self.own and verdict and verdict.rejected_as == Refusal.OUR_FAULT:
            # Its instructor mends it, and it is graded then: it is nobody's 0.
            raise CursoError(verdict.rejected)
        if problem and verdict and verdict.rejected == CUT_SHORT:
            verdict = None
        clean_outputs(trial)
        said = problem or explain_error(trial)
        # An error may have little to do with what else was changed.
        changed = tuple(one for one in self.changed if not said or one.startswith("builtins."))
        reason = said or NO_VERDICT
        if changed and not problem:
            reason = CHANGED.format(reason, names_of(changed))
        return put_mark(cell, trial, verdict, reason, self.failures.traced)

    def _tested(self, index: int, cell: NotebookNode) -> CheckResult:
        """Run tests of the instructor's own: here alone is what the notebook shows believed."""
        trial = copy.deepcopy(cell)
        self.ended = DIED  # Until it is known to have been run to its end.
        problem = self._run(index, trial)
        return put_tests_mark(cell, trial, problem, self.ended == OK, self.failures.traced)

    def _find(self, check_id: str) -> Check:
        """The check that is asked: of the package's, or of the notebook's own unit."""
        if self.own is None:
            return find_check(check_id)
        if check_id not in self.own.checks:
            raise KeyError(f"no existe la comprobación «{check_id}» en {self.own.id}")
        return self.own.checks[check_id]

    def _log(self, verdict: Verdict) -> None:
        """Called by the judge: the first verdict of the check that is being asked counts."""
        if self.asked == verdict.check_id and self.verdict is None:
            self.verdict = verdict

    def _run(self, index: int, cell: NotebookNode, asks: str | None = None) -> str | None:
        """Run one cell; what cut it short, in Spanish, if something did.

        Verdicts on what it ``asks`` count from when it starts: not those of cells run again for it.
        """
        problem = self._once(index, cell, asks)
        decided = asks and self.verdict and self.verdict.rejected != CUT_SHORT
        if problem and problem.startswith(ENDED) and not decided:
            # It may have been the machine that killed it: only a second death is its own.
            self.verdict = None
            problem = self._once(index, cell, asks)
        if problem and self.kernel is None:
            self.killers.add(index)
        return problem

    def _once(self, index: int, cell: NotebookNode, asks: str | None) -> str | None:
        cell.outputs = []
        problem = self._recover(index)
        if not problem:
            self.asked = asks
            try:
                problem = self._attempt(cell)
            finally:
                self.asked = None
        return problem

    def _attempt(self, cell: NotebookNode) -> str | None:
        """Run ``cell`` in the present process; drop that where it cannot go on."""
        assert self.deadline is not None  # Both since the notebook began.
        assert self.kernel is not None
        left = self.deadline - time.monotonic()
        if left <= 0:
            return OUT_OF_TIME.format(self.limits.notebook_seconds)
        seconds = min(self.limits.cell_seconds, left)
        run = self.kernel.run(cell.source, seconds)
        if not run.alive:
            self._drop_kernel()
        cell.outputs, self.ended, self.changed = run.outputs, run.ended, run.changed
        if not run.whole:
            note_cut(cell, self.limits.kept_bytes)
        return self._problem(run, seconds)

    def _problem(self, run: CellRun, seconds: float) -> str | None:
        if run.ended == TIMEOUT:
            return TOO_LONG.format(seconds)
        if run.ended == FLOOD:
            return FLOODED.format(self.limits.flood_bytes // MIB)
        return why_ended(run) if run.ended == DIED else None

    def _recover(self, index: int) -> str | None:
        """A process where there is none, with the cells before it run again, but graded ones.

        So an exercise that ends its process costs its own points and nobody else's.
        """
        while self.kernel is None:
            self.kernel = JudgedKernel(
                self.flavour, self.folder, self.limits, self._log, self.isolated, self._find
            )
            if self.deadline is None:
                # From here: waiting for TensorFlow to load is not the notebook's time.
                self.deadline = time.monotonic() + self.limits.notebook_seconds
            for earlier, cell in enumerate(self.notebook.cells[:index]):
                if cell.cell_type != "code" or is_checked(cell) or earlier in self.killers:
                    continue
                problem = self._attempt(copy.deepcopy(cell))
                if self.kernel is None:
                    again = earlier in self.suspects
                    (self.killers if again else self.suspects).add(earlier)
                    break
                if problem and time.monotonic() >= self.deadline:
                    return problem
        return None

    def _drop_kernel(self) -> None:
        kernel, self.kernel = self.kernel, None
        if kernel is not None:
            kernel.stop()
