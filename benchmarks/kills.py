"""Una clase en un clúster cuyos programas mueren al azar: sus notas, las de una tranquila.

    python -m benchmarks.kills [--entregas 12] [--muertes 6] [--semilla 16] [--libro URL]

The programs are Dask's own (``dask scheduler`` and two ``dask worker``) and ``curso calificar``,
each in a session of its own that is killed whole, with SIGKILL, a moment drawn at random after a
number of submissions drawn at random is saved; then what is missing is started again. After each
kill what the gradebook holds must be what a quiet run gave, and nothing that was there may be
missing; at the end it must be all. ``--libro`` is the address of an empty database of PostgreSQL;
without it the gradebook is a file. What was seen goes to ``benchmarks/results/kills.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbgrader.api import Gradebook
from sqlalchemy import text

from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.marks import all_marks
from autograder.gradebook.records import Records

from .cluster import BIN, NOTEBOOK, UNIT, make_class, wait_for

RESULTS = Path(__file__).parent / "results" / "kills.json"
MACHINES = 2
KINDS = ("planificador", "máquina", "quien coordina")
WRONG = "\ndef correlacion2d(imagen, kernel):\n    return imagen\n"
LONGEST = 900  # Seconds of one grading; only so that one that would hang ends in a line.

Saved = dict[str, tuple[float, tuple[tuple[str | None, float], ...]]]


class Programs:
    """Those that grade a class, each killed with all that it started."""

    def __init__(self, course: Course) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self._port = one.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._course = course
        self._running: dict[str, subprocess.Popen] = {}
        self.again = False

    def start(self) -> None:
        """Start what is not running."""
        dask = str(BIN / "dask")
        some = ("--nthreads", "1", "--memory-limit", "0", "--no-dashboard")
        where = ("--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard")
        self._start("planificador", dask, "scheduler", *where)
        for number in range(MACHINES):
            self._start(f"máquina {number}", dask, "worker", self.address, *some)
        wait_for(self.address, MACHINES)
        grading = ("calificar", UNIT, "--curso", str(self._course.root), "--cluster", self.address)
        if self.again:
            grading = (*grading, "--todo")
        self._start("quien coordina", str(BIN / "curso"), *grading)

    def _start(self, name: str, *command: str) -> None:
        if name not in self._running or self._running[name].poll() is not None:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            self._running[name] = subprocess.Popen(command, start_new_session=True, **quiet)

    def kill(self, kind: str, chance: random.Random) -> None:
        """Kill one of that kind, drawn at random; machines without a scheduler are of no use."""
        _kill(self._running.pop(chance.choice(self._named(kind))))
        for name in self._named("máquina") if kind == "planificador" else ():
            _kill(self._running.pop(name))

    def _named(self, kind: str) -> list[str]:
        return [name for name in self._running if name.startswith(kind)]

    def coordinator(self, seconds: float) -> int | None:
        """How the grading ended; None where it has not, in those seconds."""
        try:
            return self._running["quien coordina"].wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def close(self) -> None:
        for one in self._running.values():
            _kill(one)


def _kill(program: subprocess.Popen) -> None:
    if program.poll() is None:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def saved(course: Course) -> Saved:
    """Of each student the points, in the gradebook and by checks in its record: both, or none."""
    with open_gradebook(course) as gradebook:
        _at_one_moment(gradebook)
        marks = {student: mark.points for (student, _), mark in all_marks(gradebook).items()}
        records = {student: one for (student, _), one in Records.of(gradebook).outcomes.items()}
    if marks.keys() != records.keys():
        raise SystemExit(f"hay notas sin registro, o al revés: {marks.keys() ^ records.keys()}")
    return {
        student: (marks[student], tuple((check.check_id, check.points) for check in one.checks))
        for student, one in records.items()
    }


def _at_one_moment(gradebook: Gradebook) -> None:
    """From here on it is read as it is now, whoever saves more meanwhile."""
    if gradebook.engine.dialect.name == "sqlite":
        gradebook.db.execute(text("BEGIN"))
    else:
        gradebook.db.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def some_wrong(course: Course) -> None:
    """Of each three one has a function that is wrong: a class whose marks are not all the same."""
    for path in sorted(course.submitted.glob(f"*/{UNIT}/{NOTEBOOK}"))[::3]:
        work = nbformat.read(path, as_version=4)
        next(cell for cell in work.cells if "# Estudiante" in cell.source).source += WRONG
        nbformat.write(work, path)


def compare(now: Saved, before: Saved, quiet: Saved) -> None:
    """Raise SystemExit where something was lost, or is not as it should be."""
    if gone := before.keys() - now.keys():
        raise SystemExit(f"se perdió lo anotado de {sorted(gone)}")
    if wrong := [student for student, what in now.items() if quiet[student] != what]:
        raise SystemExit(f"no son las notas de la clase tranquila: {wrong}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entregas", type=int, default=12)
    parser.add_argument("--muertes", type=int, default=6)
    parser.add_argument("--semilla", type=int, default=16)
    parser.add_argument("--libro", help="la dirección de una base de datos de PostgreSQL, vacía")
    chosen = parser.parse_args()
    chance, killed = random.Random(chosen.semilla), dict.fromkeys(KINDS, 0)
    with TemporaryDirectory(prefix="curso-muertes-") as place:
        (Path(place) / "tranquila").mkdir()
        (Path(place) / "curso").mkdir()
        alone = make_class(Path(place) / "tranquila", chosen.entregas)
        course = make_class(Path(place) / "curso", chosen.entregas)
        if chosen.libro:
            with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
                file.write(f"\nc = get_config()\nc.CourseDirectory.db_url = {chosen.libro!r}\n")
            course = Course.at(course.root)
        for one in (alone, course):
            some_wrong(one)
        start = time.monotonic()
        order = [str(BIN / "curso"), "calificar", UNIT, "--curso", str(alone.root)]
        subprocess.run(order, check=True, stdout=subprocess.DEVNULL)
        quiet, span = saved(alone), time.monotonic() - start
        programs, before = Programs(course), Saved()
        try:
            while sum(killed.values()) < chosen.muertes:
                programs.start()
                many, pause = chance.randrange(len(quiet)), chance.uniform(0, span / len(quiet))
                while programs.coordinator(0.5) is None and len(saved(course)) < many:
                    pass
                if (
                    programs.coordinator(span * chance.random() if programs.again else pause)
                    is None
                ):
                    kind = min(KINDS, key=lambda one: (killed[one], chance.random()))
                    programs.kill(kind, chance)
                    killed[kind] += 1
                now = saved(course)
                compare(now, before, quiet)
                print(f"muertes: {sum(killed.values())}; anotadas: {len(now)}", flush=True)
                before = now
                if len(now) == len(quiet):
                    programs.again = True  # All of it is graded: once more, over what there is.
            programs.start()
            if programs.coordinator(LONGEST) != 0:
                raise SystemExit("la última vez, sin muertes, no terminó bien")
            compare(saved(course), quiet, quiet)
        finally:
            programs.close()
    book = "PostgreSQL" if chosen.libro else "SQLite"
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    known[f"{book} {chosen.semilla}"] = {
        "libro": book,
        "entregas": chosen.entregas,
        "semilla": chosen.semilla,
        "muertes": killed,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    told = ", ".join(f"{kind} {times}" for kind, times in killed.items())
    print(f"{book}: {chosen.entregas} entregas, las notas de una clase tranquila; murieron: {told}")


if __name__ == "__main__":
    main()
