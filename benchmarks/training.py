"""``python -m benchmarks.training``: entrenar la CNN de la tarea, con conv2d_lib y con Keras.

Mide una época de las dos, por turnos y cada una en su proceso, y después entrena con la receta de
``curso entrenar`` desde varias semillas: aciertos, segundos y memoria de cada una. Lo guarda
en ``benchmarks/results/training.json``, semilla a semilla: si se interrumpe, queda lo hecho.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.report import machine

RESULTS = Path(__file__).parent / "results" / "training.json"
TITLES = {"ours": "conv2d_lib", "keras": "Keras"}
# The goals of the course: what the tables mark.
MOST_RATIO, LEAST_ACCURACY, MOST_SECONDS, MOST_MEGABYTES = 0.6, 0.91, 90, 1000
_WARM_UP_IMAGES = 480
_SETTLE_SECONDS = 0.3  # whatever the other library's threads were doing is over


def _trainer(name: str) -> Callable[[int], None]:
    """A function that trains for one epoch with the order of a seed, already warm."""
    from autograder.homework import train

    (x, y), _ = train.prepared_data()
    options = {"batch_size": train.BATCH, "epochs": 1, "verbose": 0}
    if name == "keras":
        import keras as library
        from keras import layers
    else:
        import conv2d_lib as library

        layers = library
    model = library.Sequential(train.network_layers(layers, "cnn"))
    model.build((None, 28, 28, 1))
    optimizer = library.optimizers.Adam(train.FIRST_LEARNING_RATE)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x[:_WARM_UP_IMAGES], y[:_WARM_UP_IMAGES], **options)
    return lambda turn: model.fit(x, y, **options)


def _serve(name: str, pipe) -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    run = _trainer(name)
    pipe.send(None)
    while (turn := pipe.recv()) is not None:
        start, worked = time.perf_counter(), time.process_time()
        run(turn)
        pipe.send((time.perf_counter() - start, time.process_time() - worked))


def race(turns: int, console: Console) -> dict[str, list[tuple[float, float]]]:
    """Segundos de reloj y de procesador de una época de cada una, por turnos."""
    context = multiprocessing.get_context("spawn")
    pipes = {}
    for name in TITLES:
        pipes[name], end = context.Pipe()
        context.Process(target=_serve, args=(name, end), daemon=True).start()
        end.close()
        pipes[name].recv()
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in TITLES}
    for turn in track(range(turns), "Épocas, por turnos…", console=console):
        for name in [*TITLES] if turn % 2 else reversed(TITLES):
            time.sleep(_SETTLE_SECONDS)
            pipes[name].send(turn)
            times[name].append(pipes[name].recv())
    for pipe in pipes.values():
        pipe.send(None)
    return times


def _peak_megabytes() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        # The count of getrusage starts, on Linux, from that of the process that started this one.
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # macOS counts bytes


def _train_once(seed: int, epochs: int) -> dict[str, float]:
    """One seed of the recipe, in a process of its own, whose memory is then only its own."""
    from autograder.homework import train

    begin, worked = time.perf_counter(), time.process_time()
    images = train.prepared_data()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cnn.weights.h5"
        accuracy = train.train_with_conv2d_lib(
            "cnn", *images, path, epochs=epochs, seed=seed, report=lambda *_: None
        )
    return {
        "semilla": seed,
        "aciertos": accuracy,
        "segundos": time.perf_counter() - begin,
        "de procesador": time.process_time() - worked,
        "megabytes": _peak_megabytes(),
    }


def _seeds(count: int, epochs: int) -> Iterator[dict[str, float]]:
    for seed in range(count):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            yield pool.apply(_train_once, (seed, epochs))


def _epochs_table(times: dict[str, list[tuple[float, float]]]) -> tuple[Table, float]:
    table = Table(title="Una época de la CNN de la tarea, por turnos (medianas)")
    for heading in ("", "segundos", "mín.–máx.", "de procesador"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, pairs in times.items():
        clock, worked = zip(*pairs, strict=True)
        spread = f"{min(clock):.1f}–{max(clock):.1f}"
        table.add_row(TITLES[name], f"{median(clock):.2f}", spread, f"{median(worked):.2f}")
    ratio = median(a[0] / b[0] for a, b in zip(times["ours"], times["keras"], strict=True))
    mark = "✔" if ratio <= MOST_RATIO else "✘"
    table.caption = f"{mark} conv2d_lib / Keras: {ratio:.2f} (objetivo: {MOST_RATIO} como mucho)"
    return table, ratio


def _seeds_table(runs: list[dict[str, float]], epochs: int) -> Table:
    table = Table(title=f"La receta de la tarea, {epochs} épocas, con conv2d_lib")
    for heading in ("semilla", "aciertos en test", "segundos", "de procesador", "MB", ""):
        table.add_column(heading, justify="right")
    good = 0
    for run in runs:
        reached = (
            run["aciertos"] >= LEAST_ACCURACY
            and run["segundos"] < MOST_SECONDS
            and run["megabytes"] < MOST_MEGABYTES
        )
        good += reached
        table.add_row(
            str(run["semilla"]),
            f"{run['aciertos']:.4f}",
            f"{run['segundos']:.1f}",
            f"{run['de procesador']:.1f}",
            f"{run['megabytes']:.0f}",
            "✔" if reached else "✘",
        )
    table.caption = (
        f"{good} de {len(runs)} con {LEAST_ACCURACY} o más, en menos de {MOST_SECONDS} s "
        f"y de {MOST_MEGABYTES} MB"
    )
    return table


def _save(results: dict) -> None:
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Mide, imprime y guarda."""
    parser = argparse.ArgumentParser(prog="benchmarks.training", description=__doc__)
    parser.add_argument("--epocas-comparadas", type=int, default=5, metavar="N")
    parser.add_argument("--semillas", type=int, default=10, metavar="N", help="de 0 a N − 1")
    parser.add_argument("--epocas", type=int, default=12, metavar="N", help="de cada semilla")
    options = parser.parse_args(arguments)
    from conv2d_lib.kernels.threads import max_threads

    console = Console(width=80) if not sys.stdout.isatty() else Console()
    about = machine(max_threads)
    results: dict = {"máquina": about}
    if options.epocas_comparadas > 0:
        times = race(options.epocas_comparadas, console)
        table, ratio = _epochs_table(times)
        console.print(table)
        results["época"] = {"razón": ratio, "segundos": times}
        _save(results)
    runs: list[dict[str, float]] = []
    results["semillas"] = {"épocas": options.epocas, "resultados": runs}
    try:
        if options.semillas > 0:
            seeds = _seeds(options.semillas, options.epocas)
            for run in track(seeds, "Semillas…", options.semillas, console=console):
                runs.append(run)
                _save(results)
    except KeyboardInterrupt:
        console.print("Interrumpido: esto es lo medido hasta aquí.")
    if runs:
        console.print(_seeds_table(runs, options.epocas))
    console.print(", ".join(f"{key} {value}" for key, value in about.items()))
    console.print(f"Guardado: {RESULTS}", soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
