"""La huella de una calificación: si no cambia, calificar otra vez daría lo mismo."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np

import conv2d_lib

from ..common.limits import Limits
from ..submission.folder import Submission


@cache
def _of_the_code() -> bytes:
    """Of the checks, the judge and the reference library: every source file of both packages."""
    digest = hashlib.sha256(np.__version__.encode())
    for package in (Path(__file__).parent, Path(conv2d_lib.__file__).parent):
        for path in sorted(package.rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.digest()


def fingerprint(submission: Submission, limits: Limits, isolated: bool) -> str:
    """All that a mark depends on, in 64 hexadecimal digits.

    Parameters
    ----------
    submission : Submission
        Read and restored: its graded cells are those published now.
    limits : Limits
    isolated : bool
    """
    digest = hashlib.sha256(_of_the_code())
    parts = [submission.unit, submission.timestamp or "", repr(limits), repr(isolated)]
    parts.append(submission.secret or "")  # It lies beside the marked copy.
    for cell in submission.notebook.cells if submission.notebook else ():
        points = cell.metadata.get("nbgrader", {}).get("points", "")
        parts += [cell.cell_type, cell.source, str(points), repr(cell.get("attachments", ""))]
    for part in parts:
        digest.update(part.encode("utf-8", "replace") + b"\0")
    for name, content in sorted({**submission.helpers, **submission.files}.items()):
        head = f"{name}\0{len(content)}\0"
        digest.update(head.encode("utf-8", "replace") + content)
    return digest.hexdigest()
