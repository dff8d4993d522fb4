"""Una clase de miles, hecha de la demostración: cuánto tardan el informe y calificarla otra vez.

    python -m benchmarks.scale [--estudiantes 20000] [--demo demo] [--entregas]

Each simulated student hands in every unit; each submission repeats one of the demo's graded class
(``curso demo``): marks, comments and records are real, and as varied as that class. With
``--entregas`` their notebooks are in ``submitted/`` too, and the regrade of what has not changed is
timed.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

BIN = Path(sys.executable).parent
MARKS = ("grade", "comment")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--estudiantes", type=int, default=20_000)
    parser.add_argument("--demo", type=Path, default=Path("demo"))
    parser.add_argument("--entregas", action="store_true")
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
        for order in orders:
            seconds, processor, memory = timed([str(BIN / "curso"), *order], folder)
            told = f"{seconds:.1f} s, {processor:.1f} s de procesador, {memory:.0f} MB"
            print(f"curso {' '.join(order)}: {told}", flush=True)
        page = folder / "informe" / "index.html"
        print(f"informe/index.html: {page.stat().st_size / 2**20:.1f} MB")
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"(escribir la clase: {used.ru_utime + used.ru_stime:.1f} s de procesador)")


if __name__ == "__main__":
    main()
