"""``make bench``: los kernels de conv2d_lib frente a TensorFlow, PyTorch y la cota de BLAS.

Escribe una tabla por operación y, en ``benchmarks/results/``, el JSON y la figura de tejado.
PyTorch no es una dependencia: se mide donde esté instalado, y TensorFlow también.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks import older_processor
from benchmarks.cases import MAIN, MORE
from benchmarks.cold_start import measure_cold_start, show_cold_start
from benchmarks.race import Race
from benchmarks.report import machine, save, show, summarise

RESULTS = Path(__file__).parent / "results"


def _best(work, turns: int = 7) -> float:
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def measure_roof() -> dict[str, float]:
    """Lo más que da la máquina: GFLOP/s de un producto de matrices y GB/s de una copia."""
    import numpy as np

    n = 1536
    a = np.ones((n, n), np.float32)
    source, target = np.ones(1 << 25, np.float32), np.empty(1 << 25, np.float32)
    seconds = _best(lambda: np.copyto(target, source))
    return {
        "gflops": 2 * n**3 / _best(lambda: a @ a) / 1e9,
        "gigabytes": 2 * source.nbytes / seconds / 1e9,
    }


def _installed(console: Console) -> list[str]:
    """Los contendientes que hay en este entorno; dice de cuáles no."""
    names = ["ours"]
    for library, ways in {
        "tensorflow": ["tensorflow"],
        "torch": ["torch_nhwc", "torch_nchw"],
    }.items():
        if importlib.util.find_spec(library):
            names += ways
        else:
            console.print(f"Sin {library}, que aquí no está instalada: se mide a los demás.")
    return [*names, "blas"]


def main() -> None:
    """Mide, imprime y guarda."""
    parser = argparse.ArgumentParser(prog="benchmarks.kernels", description=__doc__)
    parser.add_argument("--turnos", type=int, default=9, help="turnos de cada contendiente")
    parser.add_argument("--casos", default="", help="solo los casos cuyo nombre contenga esto")
    parser.add_argument("--carpeta", type=Path, default=None, help="dónde guardar los resultados")
    older_processor.add_option(parser)
    arguments = parser.parse_args()
    if arguments.older:
        older_processor.begin_again("benchmarks.kernels")
    folder = arguments.carpeta or (older_processor.FOLDER if arguments.older else RESULTS)
    console = Console()
    names = _installed(console)
    cases = [case for case in MAIN + MORE if arguments.casos in case.name]
    roof = measure_roof()  # Before the race: whoever ran last in it may still be spinning.
    rows = []
    with Race(names) as race:
        for case in track(cases, "Midiendo por turnos…", console=console):
            rows += summarise(case, race.run(case, max(2, arguments.turnos)))
    from conv2d_lib.kernels.threads import max_threads

    about, cold = machine(max_threads), measure_cold_start()
    show(rows, names, console)
    console.print(", ".join(f"{key} {value}" for key, value in about.items()))
    console.print(f"Techo: {roof['gflops']:.0f} GFLOP/s (BLAS), {roof['gigabytes']:.0f} GB/s.")
    show_cold_start(cold, console)
    for path in save(rows, about, roof, cold, folder):
        console.print(f"Guardado: {path}", soft_wrap=True)


if __name__ == "__main__":
    main()
