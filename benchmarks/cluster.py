"""Una clase calificada en varias máquinas, y cuánto da de sí quien coordina.

    python -m benchmarks.cluster [--entregas 60] [--maquinas 1 2 4] [--turnos 3]
    python -m benchmarks.cluster --coordina 3000

The first form needs root, iproute2 and the extra ``cluster``: each machine is a Dask worker of one
notebook at a time in a network namespace of its own, joined to the scheduler's by a bridge. They
share the processors of this one machine, so that past their number there is nothing to gain: the
table says how many there are. The second form grades a class whose jobs cost nothing, each answered
at once with a result made before: what is left is reading, deciding and writing to the gradebook.
The figures of both go to ``benchmarks/results/cluster.json``, and from there, by
``benchmarks.publish``, to docs/rendimiento.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import nbformat

from autograder.classroom.carried import packed_result, result_from
from autograder.classroom.grading import grade_each
from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.marks import all_marks
from autograder.submission.jobs import Graded, Job, grade_one

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
RESULTS = Path(__file__).parent / "results" / "cluster.json"
UNIT, NOTEBOOK = "1_convolucion", "convolucion.ipynb"
BRIDGE, NETWORK, PORT = "curso0", "10.77.0", 8786
START_SECONDS = 120


def make_class(folder: Path, students: int) -> Course:
    """A course whose students handed in the solution, each with a line of their own."""
    shutil.copytree(ROOT / "source" / UNIT, folder / "source" / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    solution = nbformat.read(folder / "source" / UNIT / NOTEBOOK, as_version=4)
    answered = next(cell for cell in solution.cells if "BEGIN SOLUTION" in cell.source)
    answered.source += "\n# Estudiante ESTE"
    whole = nbformat.writes(solution)
    for number in range(students):
        place = folder / "submitted" / f"e{number:06d}" / UNIT
        place.mkdir(parents=True)
        text = whole.replace("ESTE", str(number))
        (place / NOTEBOOK).write_text(text, encoding="utf-8")
    return Course.at(folder)


class Instant:
    """A pool whose every job is the one that was run once, travelled and read again."""

    def __init__(self, example: Graded) -> None:
        self._carried = packed_result(example)

    def check(self, isolated: bool) -> None: ...

    def expect(self, flavour: object) -> None: ...

    def run(
        self, jobs: Iterable[Job], notebook_seconds: float, idle: object
    ) -> Iterator[tuple[Job, Graded]]:
        for job in jobs:
            result = result_from(self._carried, job)
            assert isinstance(result, Graded)
            yield job, result


def coordinate(students: int) -> None:
    """Print what the coordinator alone takes a submission, and how its memory grows."""
    with TemporaryDirectory(prefix="curso-coordina-") as place:
        course = make_class(Path(place), students)
        first = nbformat.read(course.submitted / "e000000" / UNIT / NOTEBOOK, as_version=4)
        from autograder.common.limits import Limits

        pool = Instant(grade_one(Job("e000000", UNIT, first, Limits())))
        heard, before = [0], _memory()
        start, used = time.perf_counter(), time.process_time()

        def report(outcome: object) -> None:
            heard[0] += 1
            if heard[0] % max(1, students // 5) == 0:
                print(f"  {heard[0]}: {_memory() - before:+.0f} MB", flush=True)

        grade_each(course, [UNIT], report, pool=pool)  # type: ignore[arg-type]
        seconds, used = time.perf_counter() - start, time.process_time() - used
    minute = 60 * students
    grown = _memory() - before
    row = {"segundos": seconds, "procesador": used, "megabytes": _memory(), "crece": grown}
    keep("coordina", {str(students): row})
    print(
        f"{students} entregas: {minute / seconds:.0f} por minuto en el reloj, "
        f"{minute / used:.0f} por minuto de procesador; {_memory():.0f} MB a lo sumo"
    )


def keep(kind: str, rows: dict[str, dict]) -> None:
    """Beside what was measured another time."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    about = {"carga": round(os.getloadavg()[1], 1), "núcleos": os.cpu_count()}
    known.setdefault(kind, {}).update({name: {**row, **about} for name, row in rows.items()})
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def network(machines: int) -> Iterator[None]:
    """Network namespaces ``curso1``…, each joined to a bridge of this machine's."""
    clear(machines)
    _run("ip", "link", "add", BRIDGE, "type", "bridge")
    _run("ip", "addr", "add", f"{NETWORK}.1/24", "dev", BRIDGE)
    _run("ip", "link", "set", BRIDGE, "up")
    try:
        for number in range(1, machines + 1):
            space, here, there = f"curso{number}", f"cursoh{number}", f"cursot{number}"
            _run("ip", "netns", "add", space)
            _run("ip", "link", "add", here, "type", "veth", "peer", "name", there)
            _run("ip", "link", "set", there, "netns", space)
            _run("ip", "link", "set", here, "master", BRIDGE, "up")
            inside = ("ip", "netns", "exec", space, "ip")
            _run(*inside, "addr", "add", f"{NETWORK}.{number + 1}/24", "dev", there)
            _run(*inside, "link", "set", there, "up")
            _run(*inside, "link", "set", "lo", "up")
        yield
    finally:
        clear(machines)


def clear(machines: int) -> None:
    for number in range(1, machines + 1):
        subprocess.run(["ip", "netns", "del", f"curso{number}"], stderr=subprocess.DEVNULL)
    subprocess.run(["ip", "link", "del", BRIDGE], stderr=subprocess.DEVNULL)


@contextmanager
def process(*command: str) -> Iterator[None]:
    """A program of Dask's, while it is needed."""
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        started.terminate()
        started.wait()


def graded(course: Course, machines: int) -> tuple[float, dict]:
    """Seconds that a class takes in so many machines (none: in this one), and its marks."""
    for name in ("gradebook.db", "autograded"):
        path = course.root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    order = [str(BIN / "curso"), "calificar", UNIT, "--curso", str(course.root)]
    with ExitStack() as stack:
        if machines:
            address = f"tcp://{NETWORK}.1:{PORT}"
            stack.enter_context(
                process(str(BIN / "dask"), "scheduler", "--host", f"{NETWORK}.1", "--no-dashboard")
            )
            for number in range(1, machines + 1):
                inside = ("ip", "netns", "exec", f"curso{number}", str(BIN / "dask"), "worker")
                options = ("--nthreads", "1", "--memory-limit", "0", "--no-dashboard")
                stack.enter_context(process(*inside, address, *options))
            wait_for(address, machines)
            order += ["--cluster", address]
        else:
            order += ["--procesos", "1"]
        start = time.perf_counter()
        ran = subprocess.run(order, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if ran.returncode:
            raise SystemExit(f"falló: {' '.join(order)}\n{ran.stdout}")
        seconds = time.perf_counter() - start
    with open_gradebook(course) as gradebook:
        marks = {key: mark.points for key, mark in all_marks(gradebook).items()}
    return seconds, marks


def wait_for(address: str, machines: int) -> None:
    from distributed import Client

    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with Client(address, timeout=5, set_as_default=False) as client:
                client.wait_for_workers(machines, timeout=START_SECONDS)
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"no contesta nadie en {address}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entregas", type=int, default=60)
    parser.add_argument("--maquinas", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--turnos", type=int, default=3)
    parser.add_argument("--coordina", type=int, metavar="N", help="solo quien coordina, N entregas")
    chosen = parser.parse_args()
    if chosen.coordina:
        coordinate(chosen.coordina)
        return
    if os.geteuid() or not shutil.which("ip"):
        raise SystemExit("los espacios de red piden ser root, e iproute2")
    ways = [0, *chosen.maquinas]
    taken: dict[int, list[float]] = {way: [] for way in ways}
    with TemporaryDirectory(prefix="curso-cluster-") as place, network(max(ways)):
        course = make_class(Path(place), chosen.entregas)
        expected = None
        for _ in range(chosen.turnos):
            for way in ways:
                seconds, marks = graded(course, way)
                taken[way].append(seconds)
                expected = expected or marks
                if marks != expected:
                    raise SystemExit("las notas no son las mismas")
    print(f"{chosen.entregas} entregas de {UNIT}, {os.cpu_count()} procesadores, las mismas notas")
    middle = {
        str(way): {
            "segundos": median(times),
            "entregas": chosen.entregas,
            "desde": min(times),
            "hasta": max(times),
        }
        for way, times in taken.items()
    }
    keep("máquinas", middle)
    for way, times in taken.items():
        name = f"{way} máquinas" if way else "sin clúster, un proceso"
        speed = 60 * chosen.entregas / median(times)
        spread = f"de {min(times):.1f} a {max(times):.1f} s"
        print(f"{name}: {median(times):.1f} s ({spread}), {speed:.0f} por minuto")


if __name__ == "__main__":
    main()
