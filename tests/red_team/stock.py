"""The same attacks against nbgrader as it comes: asserts with a reference, its own execution.

Run as ``python -m tests.red_team.stock FOLDER FAMILY NAME`` inside bubblewrap, with ``FOLDER`` as
the only place that can be written: it prints the effects of one attack, as JSON. With ``FOLDER``
alone it makes there the course that is attacked: in a process that never read this course's
configuration, which does not let nbgrader grade as it comes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import nbformat
from nbgrader.apps.nbgraderapp import NbGraderApp
from traitlets.config import Config

from tests.red_team.attack import NOTEBOOKS, ROOT, UNIT, Attack, all_attacks, cell_of
from tests.red_team.pages import pages_of
from tests.red_team.plain_tests import REFERENCE, TESTS
from tests.red_team.world import Machine, World, fingerprints, kept_beside, outputs_of, survivors

# Importing TensorFlow takes a quarter of a minute where two do it at once, more on a busy machine.
CELL_SECONDS = {unit: 10 if unit == UNIT else 90 for unit in TESTS}
BOUND_SECONDS = {unit: 45 if unit == UNIT else 240 for unit in TESTS}
# Of the personal folder: what Jupyter, IPython, Matplotlib and Keras write there by themselves.
_OWN_FILES = {".local", ".jupyter", ".cache", ".config", ".keras", "README", "history.sqlite"}
CONFIGURATION = """\
c = get_config()
c.ClearSolutions.begin_solution_delimeter = "### INICIO SOLUCIÓN"
c.ClearSolutions.end_solution_delimeter = "### FIN SOLUCIÓN"
"""


def plain_course(folder: Path) -> None:
    """A published course with ``ana``'s right work already graded, once for all attacks."""
    (folder / "nbgrader_config.py").write_text(CONFIGURATION, encoding="utf-8")
    for unit, tests in TESTS.items():
        notebook = nbformat.read(ROOT / "source" / unit / NOTEBOOKS[unit], as_version=4)
        notebook.cells = [cell for cell in notebook.cells if cell.id != "figura"]
        for name, test in tests.items():
            cell_of(notebook, f"{name}-comprobacion").source = REFERENCE + test
        source, work = folder / "source" / unit, folder / "submitted" / "ana" / unit
        for place in (source, work):
            place.mkdir(parents=True)
            nbformat.write(notebook, place / NOTEBOOKS[unit])
        _, said = _nbgrader(folder, unit, "generate_assignment", unit)
        _autograde(folder, unit, "ana")
        if not (folder / "release" / unit).is_dir() or _mark(folder, "ana") is None:
            raise RuntimeError(f"nbgrader no prepara el curso que se ataca: {said}")


def _autograde(folder: Path, unit: str, student: str) -> tuple[bool, str]:
    patience = f"--Execute.timeout={CELL_SECONDS[unit]}"
    return _nbgrader(folder, unit, "autograde", unit, "--student", student, patience)


def _nbgrader(folder: Path, unit: str, *arguments: str) -> tuple[bool, str]:
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
        finished = _wait(child, BOUND_SECONDS[unit])
        log.seek(0)
        return finished, log.read().decode(errors="replace")


def _wait(child: int, seconds: float) -> bool:
    """Whether a child ended by itself within the bound."""
    deadline = time.monotonic() + seconds
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
    apart = frozenset({"autograded", "feedback", "gradebook.db"} | _OWN_FILES)
    before = fingerprints(course, machine.folder, apart=apart)
    ana = _mark(course, "ana")
    finished, terminal = _autograde(course, attack.unit, attack.student)
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
        most_seconds=BOUND_SECONDS[attack.unit] + 15.0,
        secret=machine.secret,
        changed=tuple(changed),
        others_right=_mark(course, "ana") == ana,
        hits="".join(machine.hits),
        survivors=survivors(),
        terminal=terminal,
    )
    path = course / "autograded" / attack.student / attack.unit / attack.notebook
    world.kept = kept_beside(path.parent)
    if path.is_file():
        world.printed = outputs_of(nbformat.read(path, as_version=4))
    if attack.family == "instructor" and world.graded:
        config = Config()
        config.CourseDirectory.root = str(course)
        world.pages = pages_of(course, config, attack.student, attack.unit)
        world.clean_pages = pages_of(course, config, "ana", attack.unit)
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


def attack_confined(attacks: Sequence[Attack], template: Path) -> Iterator[tuple[str, bool | None]]:
    """Which attacks succeed on stock nbgrader, run where they harm nobody; None: no answer.

    Each in a sandbox of its own: what one leaves behind would spoil the next.
    """
    for attack in attacks:
        world = _confined(attack, template)
        yield f"{attack.family}/{attack.name}", world and bool(attack.succeeded(world))


def _confined(attack: Attack, template: Path) -> World | None:
    with tempfile.TemporaryDirectory(prefix="nbgrader-", ignore_cleanup_errors=True) as temporary:
        shutil.copytree(template, Path(temporary) / "curso")
        command = [
            "bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev",
            "--proc", "/proc", "--tmpfs", "/tmp", "--ro-bind", str(ROOT), str(ROOT),
            "--bind", temporary, temporary, "--chdir", str(ROOT),
            sys.executable, "-B", "-m", "tests.red_team.stock",
            temporary, attack.family, attack.name,
        ]  # fmt: skip
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        # Pages being made print too.
        effects = [row for row in run.stdout.splitlines() if row.startswith(b'{"name"')]
        return World(**json.loads(effects[-1])) if effects else None


def main() -> None:
    folder, *attacked = sys.argv[1:]
    if not attacked:
        return plain_course(Path(folder))
    family, name = attacked
    (attack,) = (a for a in all_attacks() if (a.family, a.name) == (family, name))
    print(json.dumps(asdict(attack_stock(attack, Path(folder)))), flush=True)


if __name__ == "__main__":
    main()
