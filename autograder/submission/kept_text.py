"""Lo que un estudiante escribió en una celda que el curso repone tal como se publicó."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from .graded_cells import NOT_PYTHON, parsed

_ASKING = re.compile(r"comprobar\([^()]*\)")


def tidy(source: str) -> str:
    """``source`` as it is compared: blanks at the ends of lines and of the whole are no change."""
    return "\n".join(line.rstrip() for line in _lines(source)).strip()


def _lines(source: str) -> list[str]:
    """As Python counts them: to ``splitlines`` a form feed inside a string ends one too."""
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _whole(lines: Iterable[str]) -> str:
    source = "\n".join(lines).strip("\n")
    return source if source.strip() else ""


def kept_code(submitted: str, published: str) -> str:
    """The code to run in an ordinary cell for what was added to a course's cell; may be empty.

    What the course's cell holds stays with it, for the rest may lean on its imports; but the calls
    of ``comprobar`` go, for the course's own cell asks right after.
    """
    if tidy(submitted) == tidy(published):
        return ""
    try:
        statements = parsed(submitted).body
        known = {ast.dump(node) for node in parsed(published).body}
        asking = [node for node in statements if _asks(node)]
        others = [node for node in statements if not _asks(node) and ast.dump(node) not in known]
    except NOT_PYTHON:
        return _kept_lines(submitted, published)
    lines = _lines(submitted)
    taken = {number for node in statements for number in _numbers(node)}
    written = {line.strip() for line in _lines(published)}
    remarks = [
        line
        for number, line in enumerate(lines, 1)
        if number not in taken and line.strip() not in written
    ]
    if not others and not any(remarks):
        return ""
    shared = {number for node in others for number in _numbers(node)}
    asked = {number for node in asking for number in _numbers(node)} - shared
    return _whole(line for n, line in enumerate(lines, 1) if n not in asked)


def kept_markdown(submitted: str, published: str) -> str:
    """The lines that are not the course's."""
    known = {line.strip() for line in _lines(published)}
    lines = [line for line in _lines(submitted) if not line.strip() or line.strip() not in known]
    return _whole(lines)


def _numbers(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _asks(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "comprobar"
    )


def _kept_lines(submitted: str, published: str) -> str:
    """The same where it is no plain Python: a cell with magics, or one that is half written."""
    known = {line.strip() for line in _lines(published)}
    lines = _lines(submitted)
    if all(line.strip() in known for line in lines):
        return ""
    return _whole(line for line in lines if not _ASKING.fullmatch(line.strip()))
