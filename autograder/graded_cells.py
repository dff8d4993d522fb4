"""Qué comprobación pide una celda calificada: se lee de su texto, sin ejecutarlo."""

from __future__ import annotations

import ast


def check_id_of(source: str) -> str | None:
    """``"unit.function"`` where ``source`` calls ``comprobar("unit.function", …)`` exactly once."""
    try:
        calls = [
            node
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "comprobar"
        ]
    except SyntaxError:
        return None
    if len(calls) != 1 or not calls[0].args:
        return None
    first = calls[0].args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
