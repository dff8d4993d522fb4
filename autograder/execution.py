"""Ejecutar un cuaderno y ponerle la nota del juez: de (cuaderno, límites) al cuaderno calificado.

The marks come from the judge's log. A verdict counts for the graded cell that was running when it
came, if it is of the check that the cell's text asks; what the notebook printed counts nothing.
"""

from __future__ import annotations

import asyncio
import copy
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from .graded_cells import CheckResult, check_id_of, is_checked, put_mark
from .judge import CUT_SHORT
from .kernel import JudgedKernel
from .limits import Limits
from .outputs import Flood, OneCellClient, clean_outputs, explain_error
from .verdict import Verdict

OUT_OF_TIME = "el cuaderno entero superó su límite de {:.0f} s antes de llegar a esta celda"
TOO_LONG = "la celda superó su límite de {:.0f} s (¿un bucle que no acaba?)"
DIED = "el kernel se cerró mientras corría esta celda (¿os._exit, o memoria agotada?)"
FLOODED = "la celda escribió más de {} MB y se interrumpió (¿un print dentro de un bucle?)"
NO_VERDICT = "al juez no le llegó ninguna función en esta celda (¿está comprobar redefinida?)"
TRUSTED_IMPORT = "from autograder import comprobar\n"


@dataclass(frozen=True)
class Execution:
    """A notebook with the judge's marks in its graded cells, and what there is to say of it."""

    notebook: NotebookNode
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...] = ()


def execute(
    notebook: NotebookNode, limits: Limits | None = None, files: Mapping[str, bytes] | None = None
) -> Execution:
    """Run a restored notebook in a kernel of its own and mark it.

    Parameters
    ----------
    notebook : NotebookNode
        nbformat 4, with its graded cells already restored. It is not modified.
    limits : Limits, optional
    files : mapping, optional
        What stands beside the notebook, by name.
    """
    with tempfile.TemporaryDirectory(prefix="curso-") as temporary:
        for name, content in (files or {}).items():
            (Path(temporary) / name).write_bytes(content)
        run = _Run(copy.deepcopy(notebook), limits or Limits(), Path(temporary))
        return asyncio.run(run.whole())


class _Run:
    """One notebook being executed: its kernel, which may be replaced on the way."""

    def __init__(self, notebook: NotebookNode, limits: Limits, folder: Path) -> None:
        self.notebook, self.limits, self.folder = notebook, limits, folder
        self.deadline = time.monotonic() + limits.notebook_seconds
        self.kernel: JudgedKernel | None = None
        self.runner: OneCellClient | None = None
        self.killers: set[int] = set()  # Cells after which there was no kernel to go on with.
        self.asked: str | None = None  # The check of the graded cell that is running.
        self.verdict: Verdict | None = None
        self.notes: list[str] = []

    async def whole(self) -> Execution:
        checks = []
        try:
            for index, cell in enumerate(self.notebook.cells):
                if is_checked(cell):
                    checks.append(await self._checked(index, cell))
                elif cell.cell_type == "code":
                    problem = await self._run(index, cell)
                    clean_outputs(cell, problem)
                    if problem:
                        self.notes.append(f"celda {index + 1}: {problem}")
        finally:
            await self._drop_kernel()
        return Execution(self.notebook, tuple(checks), tuple(self.notes))

    async def _checked(self, index: int, cell: NotebookNode) -> CheckResult:
        """Run a graded cell and replace its outputs with the judge's decision."""
        self.verdict, self.asked = None, check_id_of(cell.source)
        trial = copy.deepcopy(cell)
        trial.source = TRUSTED_IMPORT + cell.source
        try:
            problem = await self._run(index, trial)
        finally:
            self.asked = None
        verdict = self.verdict
        if problem and verdict and verdict.rejected == CUT_SHORT:
            verdict = None
        reason = problem or explain_error(trial) or NO_VERDICT
        return put_mark(cell, trial, verdict, reason)

    def _log(self, verdict: Verdict) -> None:
        """Called by the judge: the first verdict of the check that is being asked counts."""
        if self.asked == verdict.check_id and self.verdict is None:
            self.verdict = verdict

    async def _run(self, index: int, cell: NotebookNode) -> str | None:
        """Run one cell; what cut it short, in Spanish, if something did."""
        cell.outputs = []
        problem = await self._recover(index) or await self._attempt(cell)
        if problem and self.kernel is None:
            self.killers.add(index)
        return problem

    async def _attempt(self, cell: NotebookNode) -> str | None:
        """Run ``cell`` in the present kernel; drop the kernel where it cannot go on."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            return OUT_OF_TIME.format(self.limits.notebook_seconds)
        seconds = min(self.limits.cell_seconds, left)
        try:
            await self.runner.run(cell, seconds)
        except DeadKernelError:
            await self._drop_kernel()
            return DIED
        except CellTimeoutError:
            if not await self.kernel.interrupt():
                await self._drop_kernel()
            return TOO_LONG.format(seconds)
        except Flood:
            await self._drop_kernel()
            return FLOODED.format(self.limits.flood_bytes >> 20)
        if not self.kernel.still_judged(0.2 if self.runner.flooded else 0):
            await self._drop_kernel()
        return FLOODED.format(self.limits.flood_bytes >> 20) if self.runner.flooded else None

    async def _recover(self, index: int) -> str | None:
        """A kernel where there is none, with the cells before ``index`` run again, but graded ones.

        So an exercise that kills its kernel costs its own points and nobody else's.
        """
        while self.kernel is None:
            await self._start_kernel()
            for earlier, cell in enumerate(self.notebook.cells[:index]):
                if cell.cell_type != "code" or is_checked(cell) or earlier in self.killers:
                    continue
                problem = await self._attempt(copy.deepcopy(cell))
                if self.kernel is None:
                    self.killers.add(earlier)
                    break
                if problem and time.monotonic() >= self.deadline:
                    return problem
        return None

    async def _start_kernel(self) -> None:
        kernel = JudgedKernel(self.folder, self._log)
        try:
            await kernel.start()
        except BaseException:
            await kernel.stop()
            raise
        self.kernel = kernel
        self.runner = OneCellClient(kernel, self.limits)

    async def _drop_kernel(self) -> None:
        kernel, self.kernel = self.kernel, None
        if kernel is not None:
            with suppress(RuntimeError, OSError):
                await kernel.stop()
