"""Cuánto puede gastar un cuaderno al calificarlo."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20
MAX_NOTEBOOK_BYTES = 100 * MIB  # As it is handed in, outputs and all.
MAX_WEIGHTS_BYTES, MAX_ALL_WEIGHTS = 32 * MIB, 48 * MIB
# What a notebook is told by the system, in words that its student knows. Of an exception's name and
# message, which come from there too: only an explanation, that no mark depends on.
_SAID = {
    "MemoryError": "pidió más memoria de la que se concede",
    "No space left on device": "su carpeta no admite más archivos, o más grandes",
    "File too large": "su carpeta no admite más archivos, o más grandes",
    "Too many open files": "abrió demasiados archivos a la vez",
    "can't start new thread": "creó demasiados hilos",
    "Operation not permitted": "al calificar no se crean procesos, ni se usa la red",
}


@dataclass(frozen=True)
class Limits:
    """The most that one notebook may use.

    Attributes
    ----------
    cell_seconds, notebook_seconds : float
        Wall time of one cell, and of all together.
    kept_bytes, flood_bytes : int
        Output of one cell: what passes the first is not kept; past the second the cell is cut.
    notebook_output_bytes : int
        Output of all cells together: those past it keep none, but for their marks.
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
    notebook_output_bytes: int = 8 * MIB


def limit_met(said: str) -> str | None:
    """The limit behind an exception, in Spanish; None where it is of another kind."""
    return next((reason for words, reason in _SAID.items() if words in said), None)
