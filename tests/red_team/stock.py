"""The same attacks against nbgrader as it comes: asserts with a reference, its own execution.

Run as ``python -m tests.red_team.stock FOLDER NAME...`` inside bubblewrap, with ``FOLDER`` as the
only place that can be written: it prints the effects of each attack, one line of JSON each.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import nbformat
from nbgrader.apps.nbgraderapp import NbGraderApp
from traitlets.config import Config

from .attack import NOTEBOOK, ROOT, UNIT, Attack, all_attacks, cell_of
from .pages import pages_of
from .world import Machine, World, fingerprints, outputs_of, survivors

BOUND_SECONDS = 45
CONFIGURATION = """\
c = get_config()
c.ClearSolutions.begin_solution_delimeter = "### INICIO SOLUCIÓN"
c.ClearSolutions.end_solution_delimeter = "### FIN SOLUCIÓN"
c.Execute.timeout = 10
"""
REFERENCE = """\
def _referencia_correlate(a, b):
    h, w = a.shape[0] - b.shape[0] + 1, a.shape[1] - b.shape[1] + 1
    kh, kw = b.shape[:2]
    return np.array([[np.sum(a[i:i+kh, j:j+kw] * b) for j in range(w)] for i in range(h)])

_azar = np.random.default_rng(7)
"""
# One test a function, as the graded cells of many a course are written.
TESTS = {
    "correlacion2d": """
for _ in range(3):
    a, b = _azar.normal(size=(6, 7)), _azar.normal(size=(3, 2))
    assert np.allclose(correlacion2d(a, b), _referencia_correlate(a, b))
""",
    "convolucion-verdadera": """
for _ in range(3):
    a, b = _azar.normal(size=(6, 7)), _azar.normal(size=(3, 2))
    assert np.allclose(convolucion_verdadera(a, b), _referencia_correlate(a, b[::-1, ::-1]))
""",
    "correlacion-multicanal": """
for _ in range(3):
    a, b = _azar.normal(size=(6, 7, 3)), _azar.normal(size=(3, 2, 3))
    assert np.allclose(correlacion_multicanal(a, b), _referencia_correlate(a, b))
""",
    "conv2d": """
for _ in range(3):
    a, b, c = _azar.normal(size=(6, 7, 3)), _azar.normal(size=(3, 2, 3, 4)), _azar.normal(size=4)
    esperado = np.stack([_referencia_correlate(a, b[..., f]) + c[f] for f in range(4)], axis=-1)
    assert np.allclose(conv2d(a[None], b, c), esperado[None])
""",
}


def plain_course(folder: Path) -> None:
    """A published course with ``ana``'s right work already graded, once for all attacks."""
    source = folder / "source" / UNIT
    source.mkdir(parents=True)
    notebook = nbformat.read(ROOT / "source" / UNIT / NOTEBOOK, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "figura"]
    for name, test in TESTS.items():
        cell_of(notebook, f"{name}-comprobacion").source = REFERENCE + test
    nbformat.write(notebook, source / NOTEBOOK)
    (folder / "nbgrader_config.py").write_text(CONFIGURATION, encoding="utf-8")
    _nbgrader(folder, "generate_assignment", UNIT)
    work = folder / "submitted" / "ana" / UNIT
    work.mkdir(parents=True)
    nbformat.write(notebook, work / NOTEBOOK)
    _nbgrader(folder, "autograde", UNIT, "--student", "ana")


def _nbgrader(folder: Path, *arguments: str) -> tuple[bool, str]:
    """Run nbgrader in ``folder``: whether it ended in time, and what it wrote on the terminal.

    In a fork of this process, which has it imported, and not as a command: 3 s less each time.
    """
    with tempfile.TemporaryFile() as log:
        child = os.fork()
        if child == 0:
            os.setsid()
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            os.chdir(folder)
            # It calls alembic by name.
            os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
            try:
                NbGraderApp.launch_instance(list(arguments))
            finally:
                os._exit(0)
        finished = _wait(child)
        log.seek(0)
        return finished, log.read().decode(errors="replace")


def _wait(child: int) -> bool:
    """Whether a child ended by itself within the bound."""
    deadline = time.monotonic() + BOUND_SECONDS
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.WIFEXITED(status)
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def attack_stock(attack: Attack, folder: Path) -> World:
    """Hand in one attack in the course of ``folder``, grade it, and look at the effect."""
    course, before_all = folder / "curso", time.monotonic()
    os.environ["HOME"] = str(folder / "maquina")
    machine = Machine(folder / "maquina")
    attack.hand_in(course / "submitted", course / "release", machine.places(course))
    base = sqlite3.connect(course / "gradebook.db")
    base.execute("update student set email = ? where id = 'ana'", [machine.secret])
    base.commit()
    base.close()
    apart = frozenset({"autograded", "feedback", "gradebook.db", ".local", ".jupyter", ".cache"})
    before = fingerprints(course, machine.folder, apart=apart)
    ana = _mark(course, "ana")
    finished, terminal = _nbgrader(course, "autograde", UNIT, "--student", attack.student)
    time.sleep(0.5)
    after = fingerprints(course, machine.folder, apart=apart)
    changed = [k for k in before.keys() | after.keys() if before.get(k) != after.get(k)]
    points = _mark(course, attack.student)
    world = World(
        attack.name,
        points=points or 0.0,
        graded=points is not None,
        finished=finished,
        seconds=time.monotonic() - before_all,
        secret=machine.secret,
        changed=tuple(changed),
        others_right=_mark(course, "ana") == ana,
        hits="".join(machine.hits),
        survivors=survivors(),
        terminal=terminal,
    )
    path = course / "autograded" / attack.student / UNIT / NOTEBOOK
    if path.is_file():
        world.printed = outputs_of(nbformat.read(path, as_version=4))
    if attack.family == "instructor" and world.graded:
        config = Config()
        config.CourseDirectory.root = str(course)
        world.pages = pages_of(course, config, attack.student)
        world.clean_pages = pages_of(course, config, "ana")
    return world


def _mark(course: Path, student: str) -> float | None:
    """A mark, read from the database itself, which may be in any state by now."""
    query = (
        "select sum(coalesce(g.manual_score, g.auto_score)) from grade g"
        " join submitted_notebook n on g.notebook_id = n.id"
        " join submitted_assignment a on n.assignment_id = a.id where a.student_id = ?"
    )
    try:
        return sqlite3.connect(course / "gradebook.db").execute(query, [student]).fetchone()[0]
    except sqlite3.Error:
        return None


def attack_confined(attacks: Sequence[Attack], template: Path) -> dict[str, bool | None]:
    """Which attacks succeed on stock nbgrader, run where they harm nobody; None: no answer.

    They share a sandbox, so that nbgrader is imported once, and another where one brings it down.
    """
    names = {f"{attack.family}/{attack.name}": attack for attack in attacks}
    worlds: dict[str, World] = {}
    waiting = list(names)
    while waiting:
        worlds |= _confined(waiting, template)
        # The first without an answer brought the sandbox down: once more, alone.
        waiting = [name for name in waiting if name not in worlds]
        if waiting:
            worlds |= _confined(waiting[:1], template)
            waiting = waiting[1:]
    return {
        name: bool(attack.succeeded(worlds[name])) if name in worlds else None
        for name, attack in names.items()
    }


def _confined(names: list[str], template: Path) -> dict[str, World]:
    with tempfile.TemporaryDirectory(prefix="nbgrader-") as temporary:
        shutil.copytree(template, Path(temporary) / "plantilla")
        command = [
            "bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev",
            "--proc", "/proc", "--tmpfs", "/tmp", "--bind", temporary, temporary,
            "--chdir", str(ROOT), sys.executable, "-B", "-m", "tests.red_team.stock",
            temporary, *names,
        ]  # fmt: skip
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        worlds = {}
        for row in run.stdout.decode().splitlines():
            name, _, effects = row.partition(" ")
            if name in names:
                worlds[name] = World(**json.loads(effects))
        return worlds


def main() -> None:
    folder, *wanted = sys.argv[1:]
    attacks = {f"{attack.family}/{attack.name}": attack for attack in all_attacks()}
    mine = {1, os.getpid()}
    for number, name in enumerate(wanted):
        place = Path(folder) / str(number)
        shutil.copytree(Path(folder) / "plantilla", place / "curso")
        print(name, json.dumps(asdict(attack_stock(attacks[name], place))), flush=True)
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) not in mine:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(entry.name), signal.SIGKILL)


if __name__ == "__main__":
    main()
