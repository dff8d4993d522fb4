"""Cuánto puede gastar un cuaderno al calificarlo."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The most that one notebook may use.

    Attributes
    ----------
    cell_seconds, notebook_seconds : float
        Wall time of one cell, and of all together.
    kept_bytes, flood_bytes : int
        Output of one cell: what passes the first is not kept; past the second the cell is cut.
    memory_bytes : int
        Private memory of its process.
    folder_bytes : int
        Its private folder, all files together (it lives in memory).
    folder_files : int
        How many files and folders it holds.
    open_files : int
    threads : int
        Of its process; beyond them it is ended.
    """

    cell_seconds: float = 60.0
    notebook_seconds: float = 600.0
    kept_bytes: int = 256 * 1024
    flood_bytes: int = 16 * MIB
    memory_bytes: int = 2048 * MIB
    folder_bytes: int = 64 * MIB
    folder_files: int = 4096
    open_files: int = 256
    threads: int = 256
