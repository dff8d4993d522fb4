"""Un trabajo y su resultado como bytes, para ir a otra máquina y volver.

What comes back from another machine is read as data and checked: no object of anybody's is built.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import fields as dataclass_fields
from typing import Any

import nbformat
from nbformat import NotebookNode

from ..checks import Unit
from ..common.errors import CursoError
from ..common.limits import Limits
from ..sandbox.flavours import FLAVOURS
from ..submission.acceptance_cell import show_acceptance
from ..submission.execution import Execution
from ..submission.graded_cells import CheckResult, is_checked
from ..submission.jobs import Graded, Job, grade_one
from ..submission.outputs import one_line
from ..submission.rows import check_from_row

MAX_REASON = 400  # Characters of why a job could not be done.
# What an output of each kind has, for whoever shows it.
_OUTPUTS: dict[str, list[tuple[str, type]]] = {
    "stream": [("name", str), ("text", str)],
    "error": [("ename", str), ("evalue", str), ("traceback", list)],
    "display_data": [("data", dict), ("metadata", dict)],
    "execute_result": [("data", dict), ("metadata", dict)],
}
_HEAD = 8  # Bytes that say how long the first part is.


class FailedElsewhere(Exception):
    """A job had an exception in another machine: what it said, in one line."""


class NotCarried(ValueError):
    """These bytes are not what was sent."""


def packed_job(job: Job) -> bytes:
    """A job, to be read by :func:`job_from`."""
    files = {"files": job.files, "helpers": job.helpers}
    head = {
        "student": job.student,
        "unit": job.unit,
        "notebook": job.notebook,
        "limits": asdict(job.limits),
        "isolated": job.isolated,
        "own": None if job.own is None else _told(job.own),
        "letters": job.letters,
        **{
            kind: [[name, len(data)] for name, data in some.items()] for kind, some in files.items()
        },
    }
    return _joined(head, [data for some in files.values() for data in some.values()])


def job_from(carried: bytes) -> Job:
    """The job that :func:`packed_job` packed."""
    head, rest = _parted(carried)
    files: dict[str, dict[str, bytes]] = {}
    for kind in ("files", "helpers"):
        files[kind] = {}
        for name, length in head[kind]:
            files[kind][name], rest = bytes(rest[:length]), rest[length:]
    return Job(
        head["student"],
        head["unit"],
        nbformat.from_dict(head["notebook"]),
        Limits(**head["limits"]),
        files["files"],
        head["isolated"],
        files["helpers"],
        _unit_from(head["own"]),
        head["letters"],
    )


def _told(unit: Unit) -> dict[str, Any]:
    fields = {field.name: getattr(unit, field.name) for field in dataclass_fields(unit)}
    return fields | {"flavour": unit.flavour.name}


def _unit_from(told: dict[str, Any] | None) -> Unit | None:
    if told is None:
        return None
    weights, flavour = tuple(told["weights"]), FLAVOURS[told["flavour"]]
    return Unit(**told | {"weights": weights, "flavour": flavour})


def packed_result(result: Graded | Exception) -> bytes:
    """What came of a job, to be read by :func:`result_from`.

    Of the notebook, what its cells showed: the rest has whoever sent it.
    """
    if isinstance(result, Exception):
        # One of ours is a whole sentence.
        named = "" if isinstance(result, CursoError) else f"{type(result).__name__}: "
        return _joined({"failed": one_line(f"{named}{result}", MAX_REASON)}, [])
    execution = result.execution
    cells = execution.notebook.cells[result.acceptance is not None :]  # The first tells it.
    head = {
        "shown": [[cell.get("execution_count"), cell.get("outputs", [])] for cell in cells],
        "checks": [asdict(check) for check in execution.checks],
        "notes": execution.notes,
        "acceptance": result.acceptance,
        "seconds": result.seconds,
    }
    return _joined(head, [])


def result_from(carried: bytes, job: Job) -> Graded | Exception:
    """The result of ``job`` that :func:`packed_result` packed.

    Raises
    ------
    NotCarried
        If it is something else, or of another job.
    """
    try:
        head, _ = _parted(carried)
        if "failed" in head:
            return FailedElsewhere(one_line(str(head["failed"]), MAX_REASON))
        notebook = copy.deepcopy(job.notebook)
        for cell, (number, outputs) in zip(notebook.cells, head["shown"], strict=True):
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = number, [_output(one) for one in outputs]
        acceptance = head["acceptance"]
        if acceptance is not None:
            show_acceptance(notebook, acceptance)
        checks = tuple(check_from_row(row) for row in head["checks"])
        seconds = float(head["seconds"])
        if not (
            _are_of(job, checks) and seconds >= 0 and bool(acceptance) == bool(job.known.weights)
        ):
            raise ValueError("job")
        return Graded(
            Execution(notebook, checks, tuple(map(str, head["notes"]))), acceptance, seconds
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NotCarried("lo que devolvió no es el resultado de una entrega") from error


def _are_of(job: Job, checks: Sequence[CheckResult]) -> bool:
    """Whether these are the marks of that job's cells, each within its points."""
    asked = [cell.metadata.nbgrader for cell in job.notebook.cells if is_checked(cell)]
    return [one.grade_id for one in checks] == [marks["grade_id"] for marks in asked] and all(
        one.max_points == float(marks["points"]) and 0 <= one.points <= one.max_points
        for one, marks in zip(checks, asked, strict=True)
    )


def _output(told: dict[str, Any]) -> NotebookNode:
    """One output, as notebooks have them."""
    output = nbformat.from_dict(told)
    if not all(isinstance(output[name], kind) for name, kind in _OUTPUTS[output.output_type]):
        raise TypeError("output")
    return output


def grade_carried(carried: bytes) -> bytes:
    """:func:`grade_one` on bytes: what a grader of another machine does."""
    try:
        return packed_result(grade_one(job_from(carried)))
    except Exception as error:
        return packed_result(error)


def _joined(head: dict[str, Any], blobs: list[bytes]) -> bytes:
    text = json.dumps(head).encode()
    return b"".join([len(text).to_bytes(_HEAD, "big"), text, *blobs])


def _parted(carried: bytes) -> tuple[dict[str, Any], memoryview]:
    whole = memoryview(carried)
    end = _HEAD + int.from_bytes(whole[:_HEAD], "big")
    head = json.loads(bytes(whole[_HEAD:end]))
    if not isinstance(head, dict):
        raise ValueError("head")
    return head, whole[end:]
