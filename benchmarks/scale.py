"""Una clase de miles, hecha de la demostración: cuánto tardan el informe y calificarla otra vez.

    python -m benchmarks.scale [--estudiantes 20000] [--demo demo] [--entregas] [--navegador]

The figures go to ``benchmarks/results/scale.json`` and from there, by ``benchmarks.publish``, to
docs/rendimiento.md. Each simulated student hands in every unit; each submission repeats one of the
demo's graded class (``curso demo``): marks, comments and records are real, and as varied as that
class. With ``--entregas`` their notebooks are in ``submitted/`` too, and the regrade of what has
not changed is timed; with ``--navegador``, the report's page is opened in Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

BIN = Path(sys.executable).parent
MARKS = ("grade", "comment")
RESULTS = Path(__file__).parent / "results" / "scale.json"
# In the page itself: when it can be used, and when nothing more is to come.
_LOADED = (
    "(() => { const n = performance.getEntriesByType('navigation')[0]; return n.loadEventEnd; })()"
)


def repeat(demo: Path, folder: Path, students: int, *, notebooks: bool = False) -> int:
    """Write in ``folder`` the course of ``demo`` with ``students`` students; the submissions."""
    for name in ("source", "nbgrader_config.py", "gradebook.db"):
        copy = shutil.copytree if (demo / name).is_dir() else shutil.copy
        copy(demo / name, folder / name)
    with closing(sqlite3.connect(folder / "gradebook.db")) as book:
        return _repeat(book, demo, folder, students, notebooks)


def _repeat(
    book: sqlite3.Connection, demo: Path, folder: Path, students: int, notebooks: bool
) -> int:
    units = book.execute("SELECT id, name FROM assignment ORDER BY name").fetchall()
    models = {unit: _submissions(book, assignment, unit) for assignment, unit in units}
    for index in range(students):
        name = f"estudiante {index:06d}"
        _insert(book, "student", [(name, *[None] * 4)])
        for unit, graded in models.items():
            model, assignment, submitted, grades, comments, record = graded[index % len(graded)]
            ids = uuid4().hex, uuid4().hex
            _insert(book, "submitted_assignment", [(ids[0], assignment[1], name, *assignment[3:])])
            _insert(book, "submitted_notebook", [(ids[1], ids[0], *submitted[2:])])
            _insert(book, "grade", [(uuid4().hex, ids[1], *row[2:]) for row in grades])
            _insert(book, "comment", [(uuid4().hex, ids[1], *row[2:]) for row in comments])
            _insert(book, "curso_registro", [(name, unit, _renamed(record, name))])
            for kind in ("submitted", "autograded") if notebooks else ():
                shutil.copytree(demo / kind / model / unit, folder / kind / name / unit)
    book.commit()
    return students * len(models)


def _renamed(outcome: str, name: str) -> str:
    return json.dumps({**json.loads(outcome), "student": name})


def _submissions(book: sqlite3.Connection, assignment: str, unit: str) -> list[tuple]:
    """Those of a unit that were graded: the student and the rows of each."""
    found = []
    for row in _rows(book, "submitted_assignment", "assignment_id", assignment):
        records = book.execute(
            "SELECT outcome FROM curso_registro WHERE student = ? AND unit = ?", (row[2], unit)
        ).fetchall()
        for submitted in _rows(book, "submitted_notebook", "assignment_id", row[0]):
            marks = [_rows(book, kind, "notebook_id", submitted[0]) for kind in MARKS]
            found += [(row[2], row, submitted, *marks, record) for (record,) in records]
    return found


def _rows(book: sqlite3.Connection, table: str, column: str, value: str) -> list[tuple]:
    return book.execute(f"SELECT * FROM {table} WHERE {column} = ?", (value,)).fetchall()


def _insert(book: sqlite3.Connection, table: str, rows: list[tuple]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        book.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def timed(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processor and the peak of memory in MB of a command of the course."""
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
    )
    start = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=folder, capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    failed, processor, memory = ran.stdout.split()
    if failed != "0":
        raise SystemExit(f"falló: {' '.join(command)}\n{ran.stderr}")
    return seconds, float(processor), float(memory)


def opened(page: Path, times: int = 5) -> float:
    """Seconds that Chromium takes to have a page ready, from nothing; the median of some times."""
    from playwright.sync_api import sync_playwright

    seconds = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for _ in range(times):
            tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            tab.goto(page.as_uri())
            seconds.append(tab.evaluate(_LOADED) / 1000)
            tab.context.close()
        browser.close()
    return median(seconds)


def keep(students: int, submissions: int, rows: list[dict]) -> None:
    """Beside the figures of classes of other sizes."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    commit = ["git", "rev-parse", "--short", "HEAD"]
    known[f"{students}"] = {
        "entregas": submissions,
        "commit": subprocess.run(commit, capture_output=True, text=True).stdout.strip(),
        "núcleos": os.cpu_count(),
        "carga": round(os.getloadavg()[1], 1),
        "filas": {**known.get(f"{students}", {}).get("filas", {}), **{r["orden"]: r for r in rows}},
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--estudiantes", type=int, default=20_000)
    parser.add_argument("--demo", type=Path, default=Path("demo"))
    parser.add_argument("--entregas", action="store_true")
    parser.add_argument("--navegador", action="store_true")
    chosen = parser.parse_args()
    if not (chosen.demo / "gradebook.db").is_file():
        raise SystemExit(f"no hay una clase calificada en «{chosen.demo}»: pasa antes curso demo")
    with TemporaryDirectory(prefix="curso-escala-") as place:
        folder = Path(place)
        count = repeat(chosen.demo, folder, chosen.estudiantes, notebooks=chosen.entregas)
        print(f"{chosen.estudiantes} estudiantes, {count} entregas")
        orders = [["informe"], ["informe", "--errores"]]
        if chosen.entregas:
            orders.insert(0, ["calificar"])
        rows = []
        for order in orders:
            seconds, processor, memory = timed([str(BIN / "curso"), *order], folder)
            told = f"{seconds:.1f} s, {processor:.1f} s de procesador, {memory:.0f} MB"
            print(f"curso {' '.join(order)}: {told}", flush=True)
            name = f"curso {' '.join(order)}"
            row = {"orden": name, "segundos": seconds, "procesador": processor, "megabytes": memory}
            rows.append(row)
        page = folder / "informe" / "index.html"
        size = page.stat().st_size / 2**20
        print(f"informe/index.html: {size:.1f} MB")
        if chosen.navegador:
            seconds = opened(page)
            print(f"abrirla en Chromium: {seconds:.2f} s")
            rows.append({"orden": "abrir el informe en Chromium", "segundos": seconds})
        keep(chosen.estudiantes, count, rows)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"(escribir la clase: {used.ru_utime + used.ru_stime:.1f} s de procesador)")


if __name__ == "__main__":
    main()
