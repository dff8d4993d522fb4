"""De los tiempos a lo que se lee: razones, tabla de la terminal, JSON y figura de tejado."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from math import exp, log
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from benchmarks.cases import MAIN, Case

OPERATIONS = {"forward": "ida", "train": "ida y los tres gradientes"}
NAMES = {
    "ours": "conv2d_lib",
    "tensorflow": "TensorFlow",
    "torch_nhwc": "PyTorch NHWC",
    "torch_nchw": "PyTorch NCHW",
    "blas": "BLAS",
}
_FLOPS = {"forward": 1, "train": 3}


def machine(threads: int) -> dict[str, str | int]:
    """La máquina y las versiones con las que se midió."""
    from importlib.metadata import PackageNotFoundError, version

    import numpy as np

    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = lines[0].split(":")[1].strip() if lines else cpu
    found: dict[str, str | int] = {
        "cpu": cpu,
        "hilos": threads,
        "python": platform.python_version(),
    }
    for package in ("numba", "tensorflow", "torch"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "no instalado"
    return {**found, "numpy": np.__version__, "sistema": platform.platform(terse=True)}


def summarise(case: Case, times: dict[str, dict[str, list[float]]]) -> list[dict]:
    """Una fila por operación: GFLOP/s (mediana y cuartiles) y razón frente a cada contendiente.

    La razón es la mediana de las razones turno a turno: así el ruido de la máquina, que cambia
    despacio, se cancela.
    """
    rows = []
    for operation, by_name in times.items():
        work = _FLOPS[operation] * case.flops / 1e9
        speeds = {}
        for name, seconds in by_name.items():
            low, _, high = quantiles([work / s for s in seconds], n=4)
            speeds[name] = {"mediana": work / median(seconds), "cuartiles": [low, high]}
        ratios = {
            name: median(
                theirs / mine for theirs, mine in zip(seconds, by_name["ours"], strict=True)
            )
            for name, seconds in by_name.items()
            if name != "ours"
        }
        rows.append(
            {"caso": asdict(case), "operación": operation, "gflops": speeds, "razones": ratios}
        )
    return rows


def geometric_mean(values: list[float]) -> float:
    """La media que conviene a las razones."""
    return exp(sum(map(log, values)) / len(values))


def show(rows: list[dict], names: list[str], console: Console) -> None:
    """Imprime una tabla por operación, con la media geométrica de los casos principales."""
    main = {case.name for case in MAIN}
    for operation, title in OPERATIONS.items():
        chosen = [row for row in rows if row["operación"] == operation]
        labels = [row["caso"]["name"] for row in chosen]
        table = Table(title=f"GFLOP/s, {title} (mediana; entre paréntesis, conv2d_lib / ese)")
        table.add_column("caso", no_wrap=True, overflow="ignore", min_width=max(map(len, labels)))
        shown = [name for name in names if any(name in row["gflops"] for row in chosen)]
        for name in shown:
            table.add_column(NAMES[name], justify="right")
        for row in chosen:
            cells = []
            for name in shown:
                speed, ratio = row["gflops"].get(name), row["razones"].get(name)
                if speed is None:
                    cells.append("—")
                elif ratio is None:
                    low, high = speed["cuartiles"]
                    cells.append(f"{speed['mediana']:.1f} [{low:.0f}–{high:.0f}]")
                else:
                    cells.append(f"{speed['mediana']:.1f} ({ratio:.2f})")
            table.add_row(row["caso"]["name"], *cells)
        means = []
        for name in shown:
            ratios = [
                r["razones"][name]
                for r in chosen
                if name in r["razones"] and r["caso"]["name"] in main
            ]
            means.append(f"({geometric_mean(ratios):.2f})" if ratios else "")
        table.add_section()
        table.add_row("media geométrica, casos principales", *means)
        console.print(table)


def save(rows: list[dict], about: dict, roof: dict, cold: dict, folder: Path) -> list[Path]:
    """Escribe ``kernels.json`` y ``tejado.svg`` (y ``.png``) en ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in ("kernels.json", "tejado.svg", "tejado.png")]
    data = {"máquina": about, "techo": roof, "primera llamada": cold, "filas": rows}
    paths[0].write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    figure = _roofline(rows, roof)
    for path in paths[1:]:
        figure.savefig(path, bbox_inches="tight")
    return paths


def _roofline(rows: list[dict], roof: dict[str, float]):
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import numpy as np

    figure, axes = plt.subplots(figsize=(9, 5.5))
    intensity = np.logspace(-0.5, 3, 200)
    limit = np.minimum(roof["gflops"], roof["gigabytes"] * intensity)
    axes.loglog(intensity, limit, color="black", label="tejado: memoria y cálculo")
    styles = {"ours": ("o", "#440154"), "tensorflow": ("s", "#21918c"), "torch": ("^", "#c8a000")}
    for name, (marker, colour) in styles.items():
        points = []
        for row in rows:
            if row["operación"] != "forward":
                continue
            case = Case(**row["caso"])
            speeds = [s["mediana"] for n, s in row["gflops"].items() if n.startswith(name)]
            if speeds:
                points.append((case.flops / case.bytes, max(speeds)))
        label = {"torch": "PyTorch (su mejor orden)"}.get(name) or NAMES[name]
        if points:
            axes.scatter(*zip(*points, strict=True), marker=marker, color=colour, label=label)
    axes.set_xlabel("intensidad aritmética (operaciones por byte)")
    axes.set_ylabel("GFLOP/s")
    axes.set_title("Convoluciones bajo el tejado de esta máquina")
    axes.grid(True, which="both", alpha=0.2)
    axes.legend()
    return figure
