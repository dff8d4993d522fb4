"""Lo que un estudiante lleva en las unidades propias de su curso, por lo que dicen sus cuadernos.

The package does not know those units: how many points each cell is worth, the notebook that was
released says. It marks nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..checks import UNITS
from ..common.errors import CursoError
from ..common.points import Standing
from ..common.regular_files import Unreadable
from ..submission.last_verdicts import last_shares
from .saved_work import SavedWork, asked_in, read_saved

MOST_NOTEBOOKS = 60
MOST_POINTS = 10_000.0


def own_works(folder: Path) -> dict[str, SavedWork]:
    """The notebooks of the course's own units in a student's folder: of copies, that saved last."""
    known = {f"{unit.notebook}.ipynb" for unit in UNITS.values()}
    places = [
        path
        for pattern in ("*.ipynb", "*/*.ipynb", "release/*/*.ipynb")
        for path in sorted(folder.glob(pattern))
        if path.name not in known and path.is_file()
    ]
    found: dict[str, SavedWork] = {}
    for path in places[:MOST_NOTEBOOKS]:
        with suppress(OSError, Unreadable):
            work = read_saved(path)
            if work is None or work.own is None:
                continue
            before = found.get(work.unit)
            if before is None or path.stat().st_mtime > before.path.stat().st_mtime:
                found[work.unit] = work
    return dict(sorted(found.items(), key=lambda each: int(each[0].partition("_")[0])))


def own_standing(work: SavedWork) -> Standing | None:
    """What ``comprobar`` had said, in the points of its cells; None where they say no points."""
    try:
        shares = last_shares(work.path)
    except CursoError:
        return None
    earned = checked = later = unread = 0.0
    for points, asked, read in _graded(work.data):
        if read:
            unread += points
        elif asked is None or not asked.startswith(f"{work.unit}."):
            later += points  # Tests of the instructor's, that are run when it is graded.
        else:
            checked += points
            earned += points * shares.get(asked, 0.0)
    total = checked + unread + later
    return Standing(round(earned, 6), total, 0, unread, later) if total else None


def _graded(data: bytes) -> Iterator[tuple[float, str | None, bool]]:
    """Of each cell with points: how many, the check that it asks, and if a person reads it."""
    for cell in json.loads(data.decode("utf-8-sig"))["cells"]:
        marks = _dict(_dict(cell).get("metadata")).get("nbgrader")
        marks = _dict(marks)
        points = marks.get("points")
        if marks.get("grade") is not True or isinstance(points, bool):
            continue
        if isinstance(points, (int, float)) and math.isfinite(points) and 0 < points <= MOST_POINTS:
            asked = asked_in(cell)
            yield float(points), asked[0] if asked else None, marks.get("solution") is True


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
