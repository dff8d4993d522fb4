"""En qué línea de qué función está el código de un estudiante, en su celda o en su archivo."""

from __future__ import annotations

import linecache
import os
import re
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from types import CodeType, FrameType, TracebackType
from typing import Any

# As ipykernel (also in Colab and VS Code) and IPython call the cells that they compile.
_CELL = re.compile(r"ipykernel_\d+[/\\]|ipython-input-")
_MOST_CODE = 60
_OURS = os.path.dirname(os.path.dirname(__file__))


def is_cell(filename: str) -> bool:
    """Whether code compiled under that name was written in a cell."""
    return bool(_CELL.search(filename))


def notebook_shell() -> Any:
    """The interpreter of a real Jupyter kernel, where this is one: no terminal's, no grader's."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    real = any(base.__module__.startswith("ipykernel.") for base in type(shell).__mro__)
    return shell if real else None


@dataclass(frozen=True)
class Place:
    """A line of a student's: in a cell or in a file of theirs."""

    function: str
    line: int
    code: str
    cell: bool

    @property
    def short(self) -> str:
        """The function and its line, without its code."""
        line = f"línea {self.line}" + (" de su celda" if self.cell else "")
        return f"{self.function}, {line}" if self.function else line

    def __str__(self) -> str:
        of = " de su celda" if self.cell else ""
        where = f"la línea {self.line}{of}" + (f", en {self.function}" if self.function else "")
        return where + (f": «{self.code}»" if self.code else "")


def innermost(lines: Iterable[tuple[FrameType, int]], home: CodeType | None = None) -> Place | None:
    """The last of those frames that is a student's.

    Parameters
    ----------
    lines : iterable
        Frames and lines, from the outermost, as ``traceback.walk_tb`` gives them.
    home : code object, optional
        Of the function that is being checked: outside notebooks, its file is the student's.
    """
    last = None
    for frame, line in lines:
        name = frame.f_code.co_filename
        if is_cell(name) or (home is not None and name == home.co_filename):
            last = frame, line
    if last is None:
        return None
    frame, line = last
    function = frame.f_code.co_name
    code = linecache.getline(frame.f_code.co_filename, line, frame.f_globals).strip()
    if len(code) > _MOST_CODE:
        code = code[: _MOST_CODE - 1] + "…"
    return Place(
        "" if function.startswith("<") else function, line, code, is_cell(frame.f_code.co_filename)
    )


def of_traceback(trace: TracebackType | None, home: CodeType | None = None) -> Place | None:
    """Where a student can look for an exception: not deep inside NumPy."""
    return innermost(traceback.walk_tb(trace), home)


def of_frame(frame: FrameType | None, home: CodeType | None = None) -> Place | None:
    """Where a thread that is running stands, inside what we called; None where it is in ours."""
    inside = []
    for each, line in traceback.walk_stack(frame) if frame else ():
        if each.f_code.co_filename.startswith(_OURS):
            break
        inside.append((each, line))
    return innermost(reversed(inside), home)
