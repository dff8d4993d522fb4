"""Lo que espera un estudiante en su primera celda: importar conv2d_lib y una primera convolución.

``python -m benchmarks.cold_start`` lo mide en procesos nuevos, con la caché de Numba ya hecha y con
una carpeta de caché vacía.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from statistics import median

from rich.console import Console

_FIRST_CELL = """
import time
start = time.perf_counter()
import numpy as np
import conv2d_lib as cl
x, kernel = np.ones((1, 28, 28, 1), np.float32), np.ones((3, 3, 1, 8), np.float32)
y = cl.conv2d(x, kernel)
forward = time.perf_counter() - start
cl.conv2d_backward(x, kernel, y)
print(forward, time.perf_counter() - start)
"""


def _first_cell(**environment: str) -> tuple[float, float]:
    command = [sys.executable, "-c", _FIRST_CELL]
    said = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    forward, both = said.stdout.split()[-2:]
    return float(forward), float(both)


def measure_cold_start(turns: int = 5) -> dict[str, list[float]]:
    """Segundos hasta la primera ida y hasta la primera ida y vuelta, con caché y sin ella."""
    _first_cell()  # leaves the cache filled
    warm = [_first_cell() for _ in range(turns)]
    with tempfile.TemporaryDirectory(prefix="curso-") as folder:
        empty = _first_cell(NUMBA_CACHE_DIR=folder)
    return {
        "con caché": [median(times) for times in zip(*warm, strict=True)],
        "sin caché": list(empty),
    }


def show_cold_start(seconds: dict[str, list[float]], console: Console) -> None:
    """Una línea por caso."""
    for name, (forward, both) in seconds.items():
        times = f"importar y una ida, {forward:.2f} s; ida y vuelta, {both:.2f} s"
        console.print(f"Proceso nuevo, {name}: {times}.")


if __name__ == "__main__":
    show_cold_start(measure_cold_start(), Console())
