"""Calificar la misma clase con nbgrader tal cual y con ``curso calificar``, por turnos.

``python -m benchmarks.grading [--entregas 10 100] [--muestra 2 5] [--turnos 3] [--unidades …]``

Submissions are the instructor's solutions with small differences. nbgrader grades two samples, and
its time for the whole class follows from both: start-up and time a submission. Marks are compared.
Each turn runs both, one beside the other, because the machine changes from a minute to the next:
times are medians, and so is the ratio, of those of each turn. A second table says where the time of
one submission goes, and how much memory a worker has of its own. ``--entregas 10 100 1000`` shows
that time grows with the class and no faster.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

import nbformat
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table

from benchmarks import older_processor
from benchmarks.report import machine
from benchmarks.where import MIB, Profile, profile, unique_memory

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "grading.json"
BIN = Path(sys.executable).parent
# nbgrader runs «alembic» by name.
ENVIRONMENT = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
LOOK_SECONDS = 2.0  # between two looks at a grader's memory; each takes some of what it measures
UNITS = ("1_convolucion", "3_mapas_de_caracteristicas")
STOCK_CONFIG = """\
c = get_config()
c.CourseDirectory.root = {root!r}
c.ClearSolutions.begin_solution_delimeter = "### INICIO SOLUCIÓN"
c.ClearSolutions.end_solution_delimeter = "### FIN SOLUCIÓN"
c.ExecutePreprocessor.timeout = 600
c.Execute.timeout = 600
"""


@dataclass(frozen=True)
class Row:
    """One size of class, in seconds; nbgrader's total follows from its two samples.

    ``ratios``: how many times faster, in each turn.
    """

    unit: str
    submissions: int
    nbgrader_seconds: float
    curso_seconds: float
    curso_first_seconds: float
    marks_agree: bool
    unique_bytes: dict[str, int] = field(default_factory=dict)
    ratios: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return median(self.ratios or [self.nbgrader_seconds / self.curso_seconds])

    @classmethod
    def of(cls, turns: list[Row]) -> Row:
        """The medians of a class graded several times; the largest memory of all."""
        first = turns[0]
        return cls(
            first.unit,
            first.submissions,
            median(turn.nbgrader_seconds for turn in turns),
            median(turn.curso_seconds for turn in turns),
            median(turn.curso_first_seconds for turn in turns),
            all(turn.marks_agree for turn in turns),
            {
                name: max(turn.unique_bytes.get(name, 0) for turn in turns)
                for name in first.unique_bytes
            },
            [turn.ratio for turn in turns],
        )


def make_course(folder: Path, unit: str, students: int, stock: bool) -> Path:
    """A course with one unit and its class; cold, as an instructor finds it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "source" / unit, folder / "source" / unit)
    config = STOCK_CONFIG.format(root=str(folder)) if stock else None
    if config:
        (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
        run([BIN / "nbgrader", "generate_assignment", unit, "--force"], folder)
    else:
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        run([BIN / "curso", "publicar", unit], folder)
    (path,) = (folder / "source" / unit).glob("*.ipynb")
    for number in range(students):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if stock and cell.id == "preparacion":
                # comprobar refuses to be asked by a grader without a judge of its own.
                cell.source = f"%env NBGRADER_EXECUTION=validate\n{cell.source}"
                cell.metadata.pop("nbgrader", None)
            if cell.cell_type == "code" and "### INICIO" in cell.source:
                cell.source += f"\n\n# entrega {number}"
        where = folder / "submitted" / f"estudiante{number:04d}" / unit
        where.mkdir(parents=True)
        nbformat.write(notebook, where / path.name)
    return folder


def run(command: list[object], folder: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def timed(command: list[object], folder: Path) -> tuple[float, float, dict[str, int]]:
    """Seconds of a whole command and until its first line; the memory of its workers' own."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    first = time.perf_counter() - start
    unique: dict[str, int] = {}
    while process.poll() is None:
        # The rest of the output stays in the pipe: with thousands of lines it would fill.
        for name, size in unique_memory(process.pid).items():
            unique[name] = max(unique.get(name, 0), size)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=LOOK_SECONDS)
    if process.returncode:
        sys.exit(f"falló: {' '.join(map(str, command))}")
    return time.perf_counter() - start, first, unique


def marks(folder: Path, unit: str) -> list[float]:
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return sorted({float(found.score) for found in gradebook.assignment_submissions(unit)})


def by_nbgrader(folder: Path, unit: str, students: int) -> tuple[float, list[float]]:
    """Seconds that nbgrader takes for a class of that size, and the marks that it gives."""
    course = make_course(folder, unit, students, stock=True)
    seconds, _, _ = timed([BIN / "nbgrader", "autograde", unit], course)
    return seconds, marks(course, unit)


def measure(
    units: list[str], sizes: list[int], samples: list[int], turns: int
) -> tuple[list[Row], dict[str, Profile]]:
    rows, profiles = [], {}
    with tempfile.TemporaryDirectory(prefix="curso-") as temporary:
        for unit in units:
            done = [turn(Path(temporary), unit, sizes, samples) for _ in range(turns)]
            rows += [Row.of(list(same_size)) for same_size in zip(*done, strict=True)]
            profiles[unit] = profile(Path(temporary) / "curso", unit)
    return rows, profiles


def turn(folder: Path, unit: str, sizes: list[int], samples: list[int]) -> list[Row]:
    """Both ways of grading once; ``curso`` between the two samples of nbgrader."""
    few, many = samples
    seconds_few, _ = by_nbgrader(folder / "nbgrader", unit, few)
    ours = []
    for size in sizes:
        course = make_course(folder / "curso", unit, size, stock=False)
        ours.append((size, *timed([BIN / "curso", "calificar", unit], course), marks(course, unit)))
    seconds_many, expected = by_nbgrader(folder / "nbgrader", unit, many)
    each = (seconds_many - seconds_few) / (many - few)
    start = seconds_few - few * each
    return [
        Row(unit, size, start + size * each, total, first, given == expected, unique)
        for size, total, first, unique, given in ours
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="nbgrader y curso, lado a lado")
    parser.add_argument("--entregas", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--muestra", type=int, nargs=2, default=[2, 5])
    parser.add_argument("--turnos", type=int, default=3)
    parser.add_argument("--unidades", nargs="+", default=list(UNITS))
    older_processor.add_option(parser)
    options = parser.parse_args()
    if options.older:
        older_processor.begin_again("benchmarks.grading")
    rows, profiles = measure(options.unidades, options.entregas, options.muestra, options.turnos)
    few, many = options.muestra
    show_rows(rows, few, many)
    show_profiles(profiles, rows)
    save(rows, profiles, older_processor.FOLDER / RESULTS.name if options.older else RESULTS)


def save(rows: list[Row], profiles: dict[str, Profile], path: Path) -> None:
    """Write what was measured; of units that were not measured now, what was there stays."""
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    others = [row for row in before.get("filas", []) if row["unit"] not in profiles]
    parts = before.get("adonde_va_el_tiempo", {})
    parts |= {unit: asdict(profile) for unit, profile in profiles.items()}
    found = {
        "máquina": machine(os.cpu_count() or 1),
        "filas": [*map(asdict, rows), *others],
        "adonde_va_el_tiempo": parts,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def show_rows(rows: list[Row], few: int, many: int) -> None:
    """Both ways of grading side by side, one line a size of class."""
    table = Table(
        title=f"{platform.processor() or platform.machine()}, {platform.python_version()}"
    )
    titles = ("unidad", "n", "nbgrader", "curso", "veces", "1.ª", "n/min", "MB", "notas")
    for title in titles:
        table.add_column(title, justify="left" if title == "unidad" else "right", no_wrap=True)
    for row in rows:
        table.add_row(
            row.unit[:13],
            str(row.submissions),
            f"{row.nbgrader_seconds:.1f}",
            f"{row.curso_seconds:.1f}",
            f"{row.ratio:.1f}",
            f"{row.curso_first_seconds:.1f}",
            f"{60 * row.submissions / row.curso_seconds:.0f}",
            f"{sum(row.unique_bytes.values()) / MIB:.0f}",
            "sí" if row.marks_agree else "NO",
        )
    Console().print(table)
    print("n: entregas. nbgrader, curso: segundos en total, con el arranque. 1.ª: segundos")
    print("hasta el primer veredicto. MB: memoria propia de un calificador y su cuaderno.")
    turns = max(len(row.ratios) for row in rows) or 1
    print(f"nbgrader: de muestras de {few} y {many} entregas. Medianas de {turns} turnos;")
    for row in rows:
        each = "  ".join(f"{ratio:.1f}" for ratio in row.ratios)
        print(f"veces en cada uno, {row.unit[:13]} con {row.submissions}: {each}")


def show_profiles(profiles: dict[str, Profile], rows: list[Row]) -> None:
    """Where the time goes: one submission alone, and what the largest class waited besides."""
    title = "Adónde va el tiempo: milisegundos de una entrega sola"
    table = Table(title=title, box=None, padding=(0, 2, 0, 0))
    titles = ("unidad", "muros", "celdas", "juez", "cierre", "anotar", "suma", "inicio", "roce")
    for title in titles:
        table.add_column(title, justify="left" if title == "unidad" else "right", no_wrap=True)
    cores = os.cpu_count() or 1
    for unit, parts in profiles.items():
        row = max((row for row in rows if row.unit == unit), key=lambda row: row.submissions)
        steps = (parts.walls, parts.cells, parts.judge, parts.closing, parts.saving, parts.total)
        start = row.curso_first_seconds - parts.total
        busy = row.submissions * parts.total / cores
        idle = max(0.0, 1 - (busy + max(0.0, start)) / row.curso_seconds)
        cells = [f"{1000 * step:.0f}" for step in steps]
        table.add_row(unit[:13], *cells, f"{1000 * start:.0f}", f"{100 * idle:.0f} %")
    Console().print(table)
    print("muros: bifurcar y levantar el recinto. celdas: el código del cuaderno. juez:")
    print("preguntar y comparar. anotar: el libro de notas. inicio: hasta que empieza la")
    print("primera entrega, una vez por clase. roce: lo que pierde la clase mayor por ir")
    print("varias a la vez (núcleos parados, o que se estorban), frente a una sola.")


if __name__ == "__main__":
    main()
