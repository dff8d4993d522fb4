"""Cuánto puede gastar un cuaderno al calificarlo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Times in seconds of wall clock; output in bytes of a cell.

    What a cell writes past ``kept_bytes`` is not kept; past ``flood_bytes`` the cell is cut.
    """

    cell_seconds: float = 60
    notebook_seconds: float = 600
    kept_bytes: int = 256 * 1024
    flood_bytes: int = 16 << 20
