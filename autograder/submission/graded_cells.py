"""Las celdas calificadas: qué comprobación pide cada una y qué nota se le pone."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace

from nbformat import NotebookNode

from ..common.check_ids import plain
from ..judging.check import MOST_WORDS
from ..judging.telling import rich
from ..judging.telling.bounded import bounded
from ..judging.verdict import Verdict
from .new_nodes import data_output, stream_output, value_output
from .outputs import error_output, one_line

FAILED = "ComprobacionFallida"
MAX_PRINTED = 2000
# Python's own parser goes as deep as a text says: this is a student's, and we are outside of walls.
MAX_PARSED = 10_000
NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class CheckResult:
    """The mark of one graded cell, and why it is not the whole of its points.

    ``reason`` is for reading, in one line; ``verdict`` is the whole of what the judge decided, None
    where it came to decide nothing. ``believed`` says that the tests were an instructor's own,
    that no judge protects.
    """

    grade_id: str
    check_id: str | None
    points: float
    max_points: float
    reason: str | None = None
    verdict: Verdict | None = None
    believed: bool = False


def is_checked(cell: NotebookNode) -> bool:
    """Whether the judge marks this cell (the others that are graded are read by a person)."""
    marked = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(marked.get("grade")) and not marked.get("solution")


def parsed(source: str) -> ast.Module:
    """A student's code as Python reads it, in silence; ``NOT_PYTHON`` where it does not."""
    if len(source) > MAX_PARSED:
        raise MemoryError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def check_id_of(source: str) -> str | None:
    """``"unit.function"`` where ``source`` calls ``comprobar("unit.function", …)`` exactly once."""
    if "comprobar" not in source:
        return None
    try:
        calls = [
            node
            for node in ast.walk(parsed(source))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "comprobar"
        ]
    except NOT_PYTHON:
        return None
    if len(calls) != 1 or not calls[0].args:
        return None
    first = calls[0].args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def put_mark(
    cell: NotebookNode,
    trial: NotebookNode,
    verdict: Verdict | None,
    reason: str,
    traced: Callable[[str], str] = str,
) -> CheckResult:
    """Write the judge's decision where nbgrader reads it: in the outputs of the graded cell.

    Parameters
    ----------
    cell : NotebookNode
        The graded cell; its outputs are replaced.
    trial : NotebookNode
        The cell as it ran, with the outputs that nobody believes.
    verdict : Verdict or None
        What the judge decided, if it came to decide.
    reason : str
        Why there is no verdict, where there is none.
    traced : callable
        Adds to a reason what came before it in the notebook.
    """
    most = float(cell.metadata.nbgrader["points"])
    points = round(most * verdict.score, 6) if verdict else 0.0
    report = verdict.report() if verdict else f"✘ {traced(reason)}"
    before = ""
    if verdict is None or not verdict.passed:
        said = verdict.why if verdict else reason
        reason = one_line(traced(said))
        before = f"\n  {reason}" if verdict and traced(said) != said else ""
    cell.execution_count = trial.execution_count
    cell.outputs = _report_outputs(verdict, report, before)
    if points == 0:
        cell.outputs.append(error_output(FAILED, reason))
    elif points < most:
        cell.outputs.append(value_output(repr(points)))
    printed = printed_by(trial, report)
    if printed:
        cell.outputs.append(stream_output(f"— Tu código escribió —\n{printed}\n"))
    return CheckResult(
        grade_id=cell.metadata.nbgrader["grade_id"],
        check_id=plain(asked) if (asked := check_id_of(cell.source)) else None,
        points=points,
        max_points=most,
        reason=reason if points < most else None,
        verdict=verdict and _kept(verdict),
    )


def _report_outputs(verdict: Verdict | None, report: str, before: str) -> list[NotebookNode]:
    """The report as feedback shows it: drawn where it failed, with its text for who reads text.

    No other output of a graded copy is HTML: what a student's cells show is kept as text.
    """
    drawn = verdict and rich.page(verdict, links=False)
    trace = f"\n  {verdict.trace}" if verdict and verdict.trace else ""
    if not drawn:
        return [stream_output(f"{report}{before}{trace}\n")]
    shown = data_output({"text/plain": report + trace, "text/html": drawn})
    return [shown, *([stream_output(f"{before.strip()}\n")] if before else [])]


def _kept(verdict: Verdict) -> Verdict:
    """A verdict whose texts can stand in any file: a student's exception is quoted in them."""
    aspects = tuple(
        replace(each, failure=each.failure and one_line(each.failure, MOST_WORDS))
        for each in verdict.aspects
    )
    rejected = verdict.rejected and one_line(verdict.rejected, MOST_WORDS)
    diagnosis, name = bounded(verdict.diagnosis), plain(verdict.check_id)
    return replace(verdict, check_id=name, aspects=aspects, rejected=rejected, diagnosis=diagnosis)


def printed_by(trial: NotebookNode, report: str = "") -> str:
    """What the student's function wrote to stdout while it was being examined."""
    text = "".join(
        output.text
        for output in trial.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )
    return text.replace(report, "").strip()[:MAX_PRINTED]
