"""``python -m benchmarks.publish``: lo medido en ``benchmarks/results/``, en docs/rendimiento.md.

La página y su figura no se escriben a mano: se vuelven a medir y se publican con esta orden.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from statistics import median

from benchmarks.cases import MAIN
from benchmarks.report import NAMES, OPERATIONS, geometric_mean

RESULTS = Path(__file__).parent / "results"
DOCS = Path(__file__).parents[1] / "docs"
FIGURE = "img/tejado.svg"
ALT = (
    "Modelo roofline: la rampa de la memoria y la meseta del cálculo de la máquina, con un punto "
    "por convolución para conv2d_lib, otro para TensorFlow y otro para PyTorch"
)


def _number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _speeds(rows: list[dict], operation: str) -> str:
    chosen = [row for row in rows if row["operación"] == operation]
    names = [name for name in NAMES if any(name in row["gflops"] for row in chosen)]
    main = {case.name for case in MAIN}
    body: list[list[str]] = []
    ratios: dict[str, list[float]] = {name: [] for name in names}
    for row in chosen:
        cells = []
        for name in names:
            speed, ratio = row["gflops"].get(name), row["razones"].get(name)
            if speed is None:
                cells.append("—")
                continue
            text = _number(speed["mediana"])
            cells.append(f"{text} ({_number(ratio, 2)})" if ratio else text)
            if ratio and row["caso"]["name"] in main:
                ratios[name].append(ratio)
        body.append([row["caso"]["name"], *cells])
    means = [f"({_number(geometric_mean(r), 2)})" if r else "" for r in ratios.values()]
    body.append([f"media geométrica de las {len(main)} primeras", *means])
    return _table(["caso", *(NAMES[name] for name in names)], body)


def _kernels(data: dict) -> list[str]:
    about, roof = data["máquina"], data["techo"]
    facts = ", ".join(f"{key} {value}" for key, value in about.items())
    blocks = [
        f"En {facts}. El techo de la máquina: {roof['gflops']:.0f} GFLOP/s en un producto de "
        f"matrices con BLAS y {roof['gigabytes']:.0f} GB/s en una copia. Medianas de turnos "
        "intercalados, en GFLOP/s; entre paréntesis, las veces que conv2d_lib es más rápida. Las "
        "operaciones se cuentan como si todo el relleno se multiplicara; quien se lo salta puede "
        "pasar del techo, y también los datos que caben en la caché. PyTorch NHWC recibe la "
        "imagen siempre en ese orden, y donde el caso dice `channels_first` no traspone nada: "
        "quien hace ahí lo mismo que conv2d_lib es PyTorch NCHW.",
    ]
    for operation, title in OPERATIONS.items():
        blocks += [f"### {title[0].upper()}{title[1:]}", _speeds(data["filas"], operation)]
    blocks.append(f"![{ALT}]({FIGURE})")
    cold = [
        f"{name}, {_number(one, 2)} s la ida y {_number(both, 2)} s la ida y vuelta"
        for name, (one, both) in data["primera llamada"].items()
    ]
    blocks.append(f"Importar y una primera llamada en un proceso nuevo: {'; '.join(cold)}.")
    return blocks


def _older_kernels(data: dict) -> list[str]:
    """The same table where AVX-512 was off for everybody, against the fastest of the others."""
    body = []
    for row in data["filas"]:
        others = {name: ratio for name, ratio in row["razones"].items() if name != "blas"}
        fastest = min(others, key=lambda name: others[name])
        body.append(
            [
                f"{row['caso']['name']}; {OPERATIONS[row['operación']]}",
                _number(row["gflops"]["ours"]["mediana"]),
                f"{_number(row['gflops'][fastest]['mediana'])} ({NAMES[fastest]})",
                _number(others[fastest], 2),
                _number(row["razones"]["blas"], 2) if "blas" in row["razones"] else "—",
            ]
        )
    return [
        f"{_where(data)} con AVX-512 apagado para todos, como en un procesador que no lo tiene "
        "(`python -m benchmarks.kernels --sin-avx512`). En GFLOP/s, frente a la más rápida de las "
        "otras; las veces son la mediana de las de cada turno.",
        _table(
            ["caso", "conv2d_lib", "la más rápida de las otras", "veces", "veces, BLAS"],
            body,
        ),
    ]


def _older_grading(data: dict) -> list[str]:
    return [
        f"{_where(data)} con AVX-512 apagado para todos "
        "(`python -m benchmarks.grading --sin-avx512`).",
        *_grading({**data, "máquina": None})[1:],
    ]


def _where(data: dict) -> str:
    about = data["máquina"]
    return f"En {about['cpu']}, de {about['hilos']} núcleos,"


def _training(data: dict) -> list[str]:
    blocks = []
    if epoch := data.get("época"):
        seconds = {
            name: median(clock for clock, _ in pairs) for name, pairs in epoch["segundos"].items()
        }
        blocks.append(
            "Una época de la CNN, por turnos en la misma máquina: "
            f"{_number(seconds['ours'])} s con conv2d_lib y {_number(seconds['keras'])} s "
            f"con Keras (medianas); la mediana de las razones es {_number(epoch['razón'], 2)}."
        )
    if runs := data["semillas"]["resultados"]:
        rows = [
            [
                str(run["semilla"]),
                _number(100 * run["aciertos"], 2),
                _number(run["segundos"]),
                f"{run['megabytes']:.0f}",
            ]
            for run in runs
        ]
        blocks += [
            f"La receta de `curso entrenar`, {data['semillas']['épocas']} épocas, desde "
            f"{len(runs)} semillas:",
            _table(["semilla", "% de aciertos en test", "segundos", "MB"], rows),
        ]
    return blocks


def _grading(data: dict) -> list[str]:
    rows = data["filas"]
    body = [
        [
            f"`{row['unit']}`",
            str(row["submissions"]),
            _number(row["nbgrader_seconds"]),
            _number(row["curso_seconds"]),
            _number(median(row["ratios"])),
            f"{_number(min(row['ratios']))} a {_number(max(row['ratios']))} ({len(row['ratios'])})",
            _number(row["curso_first_seconds"]),
            f"{60 * row['submissions'] / row['curso_seconds']:.0f}",
            "sí" if row["marks_agree"] else "no",
        ]
        for row in rows
    ]
    parts = {"walls": "levantar el recinto", "cells": "las celdas", "judge": "el juez"}
    parts |= {"closing": "cerrarlo", "saving": "anotar la nota"}
    times = [
        [f"`{unit}`", *(f"{1000 * profile[part]:.0f}" for part in parts)]
        for unit, profile in data["adonde_va_el_tiempo"].items()
    ]
    header = ["unidad", "entregas", "nbgrader (s)", "curso (s)", "veces"]
    where = f"{_where(data)} la" if data.get("máquina") else "La"
    return [
        f"{where} misma clase con `nbgrader autograde` tal cual (su tiempo sale de dos muestras) y "
        "con `curso calificar` (entre una y otra), los dos en un curso nuevo. Medianas de varios "
        "turnos, y entre qué valores quedaron (y cuántos fueron): la máquina cambia de uno a otro.",
        _table(
            [*header, "en cada turno", "1.er veredicto (s)", "por minuto", "mismas notas"], body
        ),
        "Adónde va el tiempo de una entrega sola, en milisegundos:",
        _table(["unidad", *parts.values()], times),
    ]


def _scale(data: dict) -> list[str]:
    rows, said = [], []
    for students, run in sorted(data.items(), key=lambda item: int(item[0])):
        for row in run["filas"].values():
            seconds = _number(row["segundos"], 2 if row["segundos"] < 5 else 1)
            processor = _number(row["procesador"]) if "procesador" in row else "—"
            memory = f"{row['megabytes']:.0f}" if "megabytes" in row else "—"
            rows.append([row["orden"], students, str(run["entregas"]), seconds, processor, memory])
        said.append(f"{students} estudiantes, en {run['commit']} con {_number(run['carga'])}")
    cores = next(iter(data.values()))["núcleos"]
    return [
        "Una clase simulada, hecha de repetir la de la demostración (`python -m benchmarks.scale`, "
        f"con `--entregas` y `--navegador`): notas, comentarios y registros de verdad. En una "
        f"máquina de {cores} núcleos que hacía además otras cosas, y por eso importa el tiempo de "
        f"procesador: procesos a la vez, de media, al medir: {'; '.join(said)}. «curso calificar» "
        "es calificar otra vez lo que no ha cambiado.",
        _table(["orden", "estudiantes", "entregas", "segundos", "de procesador", "MB"], rows),
    ]


def _cluster(data: dict) -> list[str]:
    blocks = []
    if alone := data.get("coordina"):
        rows = [
            [
                students,
                f"{60 * int(students) / row['segundos']:.0f}",
                f"{60 * int(students) / row['procesador']:.0f}",
                f"{row['megabytes']:.0f}",
                f"{row['crece']:.0f}",
                _number(row["carga"]),
            ]
            for students, row in sorted(alone.items(), key=lambda item: int(item[0]))
        ]
        blocks += [
            "Quien coordina, solo: una clase de la unidad 1 en SQLite, cuyos trabajos se contestan "
            "al momento con un resultado ya hecho (`python -m benchmarks.cluster --coordina N`). "
            "Con otros procesos a la vez (los de la última columna, de media), lo que dice cuánto "
            "da de sí es el procesador, no el reloj.",
            _table(
                [
                    "entregas",
                    "por minuto, de reloj",
                    "por minuto de procesador",
                    "MB a lo sumo",
                    "MB que crece",
                    "procesos a la vez",
                ],
                rows,
            ),
        ]
    if machines := data.get("máquinas"):
        rows = [
            [
                "sin clúster, un proceso" if way == "0" else way,
                str(row["entregas"]),
                _number(row["segundos"]),
                f"{_number(row['desde'])} a {_number(row['hasta'])}",
                f"{60 * row['entregas'] / row['segundos']:.0f}",
                _number(row["carga"]),
            ]
            for way, row in sorted(machines.items(), key=lambda item: int(item[0]))
        ]
        cores = next(iter(machines.values()))["núcleos"]
        blocks += [
            f"Con máquinas de Dask, cada una en un espacio de red propio (`python -m "
            f"benchmarks.cluster`), todas en los {cores} núcleos de esta: más allá de ellos no hay "
            "nada que ganar. Las notas son las mismas en todas las filas.",
            _table(
                ["máquinas", "entregas", "segundos", "entre", "por minuto", "procesos a la vez"],
                rows,
            ),
        ]
    return blocks


def _kills(data: dict) -> list[str]:
    kinds = list(next(iter(data.values()))["muertes"])
    rows = [
        [run["libro"], str(run["entregas"]), str(run["semilla"])]
        + [str(run["muertes"][kind]) for kind in kinds]
        for run in sorted(data.values(), key=lambda run: (run["libro"] != "SQLite", run["semilla"]))
    ]
    return [
        "Una clase de la unidad 1 en dos máquinas de Dask, con sus propios programas, que mueren "
        "de golpe (`SIGKILL`) en momentos sacados al azar (`python -m benchmarks.kills`, y con "
        "`--libro`, en PostgreSQL). Tras cada muerte no falta nada de lo anotado y cada nota tiene "
        "su registro; al final, notas y comprobaciones son las de una clase tranquila: si no, la "
        "orden no termina y aquí no hay fila.",
        _table(["libro de notas", "entregas", "semilla", *kinds], rows),
    ]


def _copies(data: dict) -> list[str]:
    rows, said = [], []
    for students, run in sorted(data.items(), key=lambda item: int(item[0])):
        rows.append(
            [
                students,
                _number(run["segundos"]),
                _number(run["procesador"]),
                f"{run['megabytes']:.0f}",
                f"{run['encontradas']} de {run['copias']}",
                str(run["otras"]),
            ]
        )
        said.append(f"{students} estudiantes, en {run['commit']} con {_number(run['carga'])}")
    return [
        "`curso copias` con una clase simulada de la unidad 1 (`python -m benchmarks.copies`): "
        "cada cual responde como los libros, a su manera, y unos pocos llevan las respuestas de "
        "otro con otros nombres, otros números en cada línea y una línea de más en cada función, "
        "que no hace nada. Lo suyo de cada cual son ocho líneas, menos de las quince con que se "
        "halla siempre. Con otros procesos a la vez, y por eso importa el tiempo de procesador: "
        f"procesos a la vez, de media, al acabar: {'; '.join(said)}.",
        _table(
            ["estudiantes", "segundos", "de procesador", "MB", "copias halladas", "otras parejas"],
            rows,
        ),
    ]


SECTIONS = (
    ("kernels", "Convoluciones", _kernels),
    ("sin-avx512/kernels", "Convoluciones sin AVX-512", _older_kernels),
    ("training", "La tarea, entrenada", _training),
    ("grading", "Calificar", _grading),
    ("sin-avx512/grading", "Calificar sin AVX-512", _older_grading),
    ("scale", "Una clase de miles", _scale),
    ("copies", "Copias en una clase de miles", _copies),
    ("cluster", "Muchas máquinas", _cluster),
    ("kills", "Muertes al azar", _kills),
)


def main() -> None:
    """Escribe la página con lo que haya medido; de lo que no, deja lo que había."""
    blocks = [
        "# Lo que se ha medido",
        "Esta página la escribe `python -m benchmarks.publish` con los resultados de "
        "`benchmarks.kernels`, `benchmarks.training`, `benchmarks.grading`, `benchmarks.scale`, "
        "`benchmarks.copies`, `benchmarks.cluster` y `benchmarks.kills`; "
        "[la página de quien mantiene el curso](mantenimiento.md) dice cómo repetirlos.",
    ]
    before = _sections((DOCS / "rendimiento.md").read_text(encoding="utf-8"))
    for name, title, section in SECTIONS:
        path = RESULTS / f"{name}.json"
        if path.exists():
            blocks += [f"## {title}", *section(json.loads(path.read_text(encoding="utf-8")))]
        elif title in before:
            blocks.append(before[title])  # Measured another day, and still what is known.
    if (RESULTS / "tejado.svg").exists():
        shutil.copy(RESULTS / "tejado.svg", DOCS / FIGURE)
    (DOCS / "rendimiento.md").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _sections(page: str) -> dict[str, str]:
    """The parts of a page by their titles."""
    parts = page.split("\n## ")[1:]
    return {part.partition("\n")[0]: f"## {part.strip()}" for part in parts}


if __name__ == "__main__":
    main()
