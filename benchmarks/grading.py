"""Calificar la misma clase con nbgrader tal cual y con ``curso calificar``, en una sola pasada.

``python -m benchmarks.grading [--entregas 10 100] [--muestra 2 5] [--unidades 1_convolucion …]``

Submissions are the instructor's solutions with small differences. nbgrader grades two samples, and
its time for the whole class follows from both: start-up and time a submission. Marks are compared.
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
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "grading.json"
BIN = Path(sys.executable).parent
# nbgrader runs «alembic» by name.
ENVIRONMENT = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
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
    """One size of class, in seconds; nbgrader's total follows from its two samples."""

    unit: str
    submissions: int
    nbgrader_seconds: float
    curso_seconds: float
    curso_first_seconds: float
    marks_agree: bool

    @property
    def ratio(self) -> float:
        return self.nbgrader_seconds / self.curso_seconds


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


def timed(command: list[object], folder: Path) -> tuple[float, float]:
    """Seconds of a whole command, and until the first line that it printed."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    process.stdout.readline()
    first = time.perf_counter() - start
    process.communicate()
    if process.returncode:
        sys.exit(f"falló: {' '.join(map(str, command))}")
    return time.perf_counter() - start, first


def marks(folder: Path, unit: str) -> list[float]:
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return sorted({float(found.score) for found in gradebook.assignment_submissions(unit)})


def stock_line(folder: Path, unit: str, samples: list[int]) -> tuple[float, float, list[float]]:
    """nbgrader's start-up and seconds a submission, and the marks that it gave."""
    few, many = samples
    seconds = {}
    for students in (few, many):
        course = make_course(folder, unit, students, stock=True)
        seconds[students], _ = timed([BIN / "nbgrader", "autograde", unit], course)
    each = (seconds[many] - seconds[few]) / (many - few)
    return seconds[few] - few * each, each, marks(course, unit)


def measure(units: list[str], sizes: list[int], samples: list[int]) -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory(prefix="curso-") as temporary:
        for unit in units:
            start, each, stock_marks = stock_line(Path(temporary) / "nbgrader", unit, samples)
            for size in sizes:
                course = make_course(Path(temporary) / "curso", unit, size, stock=False)
                total, first = timed([BIN / "curso", "calificar", unit], course)
                agree = marks(course, unit) == stock_marks
                rows.append(Row(unit, size, start + size * each, total, first, agree))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="nbgrader y curso, lado a lado")
    parser.add_argument("--entregas", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--muestra", type=int, nargs=2, default=[2, 5])
    parser.add_argument("--unidades", nargs="+", default=list(UNITS))
    options = parser.parse_args()
    rows = measure(options.unidades, options.entregas, options.muestra)
    few, many = options.muestra
    table = Table(
        title=f"{platform.processor() or platform.machine()}, {platform.python_version()}"
    )
    for title in ("unidad", "entregas", "nbgrader (s)", "curso (s)", "veces", "1.er veredicto (s)"):
        table.add_column(title, justify="left" if title == "unidad" else "right")
    table.add_column("por minuto", justify="right")
    table.add_column("mismas notas")
    for row in rows:
        table.add_row(
            row.unit,
            str(row.submissions),
            f"{row.nbgrader_seconds:.1f}",
            f"{row.curso_seconds:.1f}",
            f"{row.ratio:.1f}",
            f"{row.curso_first_seconds:.1f}",
            f"{60 * row.submissions / row.curso_seconds:.0f}",
            "sí" if row.marks_agree else "NO",
        )
    Console().print(table)
    print(f"nbgrader: de muestras de {few} y {many} entregas, medidas en esta misma pasada.")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
