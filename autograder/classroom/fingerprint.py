"""La huella de una calificación: si no cambia, calificar otra vez daría lo mismo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import autograder
import conv2d_lib

from ..checks import UNITS, Unit
from ..common.limits import Limits
from ..submission.folder import Submission

# What decides a mark, and no more: for a change in the report nobody needs to be graded again. A
# test compares these with what a grader loads.
DECIDE = ("common", "wire", "notebook", "judging", "sandbox", "checks", "submission")
# What a failure is called decides no mark.
DECIDES_NOTHING = ("judging/diagnosis/",)
WEIGHTS = ("homework",)
LIBRARY = (
    *(
        "activations",
        "arguments",
        "arrays",
        "container",
        "cores",
        "extras",
        "filters",
        "functional",
        "kernels",
    ),
    *("pooling", "registry", "shapes", "windows"),
)


def fingerprint(
    submission: Submission, limits: Limits, isolated: bool, own: Unit | None = None
) -> str:
    """All that a mark depends on, in 64 hexadecimal digits.

    Parameters
    ----------
    submission : Submission
        Read and restored: its graded cells are those published now.
    limits : Limits
    isolated : bool
    own : Unit, optional
        The unit, where an instructor added it.
    """
    digest = hashlib.sha256(of_the_code(own or UNITS[submission.unit]))
    parts = [submission.unit, submission.timestamp or "", repr(limits), repr(isolated)]
    parts.append(submission.secret or "")  # It lies beside the marked copy.
    for cell in submission.notebook.cells if submission.notebook else ():
        points = cell.metadata.get("nbgrader", {}).get("points", "")
        parts += [cell.cell_type, cell.source, str(points), repr(cell.get("attachments", ""))]
    parts += [submission.carried] if submission.carried else []
    for part in parts:
        digest.update(part.encode("utf-8", "replace") + b"\0")
    for name, content in sorted({**submission.helpers, **submission.files}.items()):
        head = f"{name}\0{len(content)}\0"
        digest.update(head.encode("utf-8", "replace") + content)
    return digest.hexdigest()


@cache
def of_the_code(unit: Unit) -> bytes:
    """Of the unit, of the sources that decide its marks, and of the libraries that compute."""
    digest = hashlib.sha256(repr(unit).encode())
    for name in unit.flavour.libraries:
        digest.update(f"{name}=={version(name)}\0".encode())
    for path, shown in sources(unit):
        digest.update(shown.encode() + b"\0" + path.read_bytes())
    return digest.digest()


def sources(unit: Unit) -> Iterator[tuple[Path, str]]:
    """The files that a mark of ``unit`` depends on, each with its name inside its package."""
    others = {f"checks/{one.module.strip('.')}.py" for one in UNITS.values() if one is not unit}
    rooms = DECIDE + (WEIGHTS if unit.weights else ())
    for package, names in ((autograder, rooms), (conv2d_lib, LIBRARY)):
        root = Path(str(package.__file__)).parent
        for name in names:
            files = (root / name).rglob("*.py") if (root / name).is_dir() else [root / f"{name}.py"]
            for path in sorted(files):
                inside = path.relative_to(root).as_posix()
                if package is autograder and inside.startswith(DECIDES_NOTHING):
                    continue
                if package is conv2d_lib or inside not in others:
                    yield path, f"{package.__name__}/{inside}"
