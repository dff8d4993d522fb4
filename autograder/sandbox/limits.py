"""Cuánto puede gastar un cuaderno, y cómo se le dice a su proceso."""

from __future__ import annotations

import resource
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The most that one notebook may use.

    Attributes
    ----------
    memory_bytes : int
        Private memory of its process.
    address_space_bytes : int
        Virtual memory; TensorFlow reserves far more than it uses.
    folder_bytes : int
        Its private folder, all files together (it lives in memory).
    open_files : int
    cell_seconds, notebook_seconds : float
        Wall time of one cell, and of all together.
    output_bytes : int
        Output of one cell; beyond it the cell is interrupted.
    """

    memory_bytes: int = 1536 * MIB
    address_space_bytes: int = 6144 * MIB
    folder_bytes: int = 64 * MIB
    open_files: int = 256
    cell_seconds: float = 60.0
    notebook_seconds: float = 600.0
    output_bytes: int = 256 * 1024

    def apply(self) -> None:
        """Set the kernel's own limits on this process; there is no way back up."""
        cpu = int(self.notebook_seconds) + 10
        for what, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, cpu),
            (resource.RLIMIT_DATA, self.memory_bytes),
            (resource.RLIMIT_AS, self.address_space_bytes),
            (resource.RLIMIT_FSIZE, self.folder_bytes),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_MEMLOCK, 0),
        ):
            resource.setrlimit(what, (value, value))
