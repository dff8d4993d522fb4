"""La nota de las pruebas propias de un docente: corren con el código del estudiante, y se creen.

They run between the walls as all else does, but in the student's process: whoever attacks them
there can pass them, as in nbgrader without more. Only the judge's checks are protected.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from nbformat import NotebookNode

from ..common.failures import UNWRITTEN
from .graded_cells import FAILED, CheckResult, printed_by
from .new_nodes import stream_output, value_output
from .outputs import clean_outputs, error_output, explain_error, one_line

PASSED = "✔ Las pruebas de tu docente pasan."
PARTLY = "◐ Las pruebas de tu docente dan {} de {} puntos."
NOT_FINISHED = "la celda de pruebas se detuvo antes de acabar"
NO_NUMBER = "las pruebas dieron {}, que no es una cantidad de puntos"


def put_tests_mark(
    cell: NotebookNode,
    trial: NotebookNode,
    problem: str | None,
    finished: bool,
    traced: Callable[[str], str] = str,
) -> CheckResult:
    """Write the mark of a cell of tests where nbgrader reads it: in the outputs of the cell.

    By nbgrader's rules: nothing for an exception, the value of the last line where it has one, or
    else all of the points. Only what is written to stderr costs nothing: it is no test's answer.

    Parameters
    ----------
    cell : NotebookNode
        The graded cell; its outputs are replaced.
    trial : NotebookNode
        The cell as it ran.
    problem : str or None
        What cut it short, in Spanish, if something did.
    finished : bool
        Whether the process says that it ran to its end.
    traced : callable
        Adds to a reason what came before it in the notebook.
    """
    most = float(cell.metadata.nbgrader["points"])
    points, value_problem = _value(trial, most)
    clean_outputs(trial)
    reason = problem or _stopped(trial) or value_problem
    if not (reason or finished):
        reason = NOT_FINISHED
    if reason:
        points, reason = 0.0, one_line(traced(reason))
        report = f"✘ {reason}"
    else:
        report = PASSED if points == most else PARTLY.format(_short(points), _short(most))
    cell.execution_count = trial.execution_count
    cell.outputs = [stream_output(f"{report}\n")]
    if points < most:
        reason = reason or report[2:]
        lost = points == 0
        cell.outputs.append(error_output(FAILED, reason) if lost else value_output(repr(points)))
    if printed := printed_by(trial):
        cell.outputs.append(stream_output(f"— Tu código escribió —\n{printed}\n"))
    grade_id = cell.metadata.nbgrader["grade_id"]
    return CheckResult(grade_id, None, points, most, reason, believed=True)


def _stopped(trial: NotebookNode) -> str | None:
    """What ended the tests; an assertion is told by its words, that its author wrote for that."""
    for output in trial.outputs:
        if output.output_type == "error" and output.ename == "AssertionError":
            said = one_line(output.evalue)
            return f"una prueba no pasa: {said}" if said else "una prueba no pasa"
        if output.output_type == "error" and output.ename == "NotImplementedError":
            return UNWRITTEN
    return explain_error(trial)


def _value(trial: NotebookNode, most: float) -> tuple[float, str | None]:
    """The points that the last line is worth, within those that there are; or why it is none."""
    for output in trial.outputs:
        if isinstance(output, dict) and output.get("output_type") == "execute_result":
            data = output.get("data")
            text = data.get("text/plain") if isinstance(data, dict) else None
            try:
                points = float(text if isinstance(text, str) and len(text) < 40 else "")
            except ValueError:
                # As nbgrader has it: what is no number is no partial credit.
                return most, None
            if not math.isfinite(points) or points < 0:
                return 0.0, NO_NUMBER.format(one_line(text, 40))
            return round(min(points, most), 6), None
    return most, None


def _short(points: float) -> str:
    return f"{points:g}".replace(".", ",")
