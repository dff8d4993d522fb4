"""A class is graded in many machines as in one; those that should not grade do not."""

from __future__ import annotations

import copy
import json
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import CancelledError
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest
from classroom import ROOT, UNIT, answer, hand_in, new_course, solved
from nbformat.v4 import new_output
from own_servers import PATIENCE, free_port

from autograder.classroom import cluster as cluster_module
from autograder.classroom import reaching
from autograder.classroom.build import THE_COURSE, build
from autograder.classroom.carried import (
    FailedElsewhere,
    NotCarried,
    job_from,
    packed_job,
    packed_result,
    result_from,
)
from autograder.classroom.cluster import Cluster
from autograder.classroom.grading import grade
from autograder.classroom.machines import Given
from autograder.cli import main
from autograder.common.errors import CursoError
from autograder.common.limits import Limits
from autograder.gradebook.records import UNCHANGED
from autograder.submission.execution import Execution
from autograder.submission.graded_cells import CheckResult, is_checked
from autograder.submission.jobs import Graded, Job, grade_one

WRONG = "def conv2d(x, kernel):\n    return x\n"


@contextmanager
def machines(number: int):
    """Dask's scheduler and workers, as processes of this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=number,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
        memory_limit=0,
    ) as local:
        yield local


def test_a_machine_and_then_the_scheduler_die_and_no_mark_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "LOOK_SECONDS", 0.05)  # However fast the machine is.
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    here, there = new_course(tmp_path / "here"), new_course(tmp_path / "there")
    for number in range(6):
        work = answer(solved(), "conv2d", WRONG) if number % 2 else solved()
        for course in (here, there):
            hand_in(course, f"e{number}", work)
    heard, told = [], []

    def report(outcome):
        heard.append(outcome)
        if len(heard) == 1:
            machine = next(iter(some.workers.values()))
            machine.close_gracefully()  # To Dask: do not start another where it was.
            os.kill(machine.process.pid, signal.SIGKILL)
        if len(heard) >= 3 and told:
            some.close()
            # Not before: a scheduler that is slow is no dead one.
            monkeypatch.setattr(cluster_module, "GRACE_SECONDS", 0.5)

    with machines(2) as some:
        pool = Cluster(some.scheduler_address, told.append)
        with pytest.raises(CursoError, match="lo calificado está anotado: repite la orden"):
            grade(there, [UNIT], pool=pool, report=report)
        pool.close()
    assert [line for line in told if "se fue; lo que hacía pasa a las demás" in line]
    outcomes, alone = grade(there, [UNIT]), grade(here, [UNIT])
    same = {one.student for one in outcomes if one.state == UNCHANGED}
    assert {one.student for one in heard} == same
    assert _without_luck(outcomes) == _without_luck(alone)
    assert {one.points for one in alone} == {13, 20}


def _without_luck(outcomes):
    """What does not change from run to run: no seconds, seeds, dates or drawn examples."""
    return [
        (one.student, one.points, one.max_points, one.notes, one.acceptance, one.fingerprint)
        for one in outcomes
    ] + [(one.student, check.check_id, check.points) for one in outcomes for check in one.checks]


def test_a_machine_with_another_course_or_without_walls_is_refused_with_its_reason(monkeypatch):
    told: list[str] = []
    other = {**build(), THE_COURSE: "otro", "numpy": "1.0"}
    monkeypatch.setattr(cluster_module, "build", lambda: other)
    with machines(1) as some:
        pool = Cluster(some.scheduler_address, told.append)
        with pytest.raises(CursoError, match="el código del curso, numpy"):
            pool.check(True)
        monkeypatch.undo()
        # However often Dask's client asks for other things meanwhile, it is there.
        often = pool._client._periodic_callbacks["scheduler-info"]
        often.callback_time = 1  # Milliseconds; then one in five of its answers knows no machine.
        for change in (often.stop, often.start):
            pool._client.loop.add_callback(change)
        assert all(pool._present() for _ in range(150))
        # The same machine, again, without what isolates.
        pool._client.run(exec, "import os; os.environ['PATH'] = '/nonexistent'")
        pool._refused.clear()
        with pytest.raises(CursoError, match="no puede aislar los cuadernos: falta bubblewrap"):
            pool.check(True)
        # What comes back is data: of an object, nothing is built.
        with pytest.raises(TypeError):
            pool._client.submit(Fraction, 1, 2).result(timeout=PATIENCE)
        pool.close()
    assert sum(" no califica: " in line for line in told) == 2


def test_the_page_is_walked_word_for_word_with_dasks_own_programs_and_tls(tmp_path):
    course = new_course(tmp_path / "mi curso")
    for student in ("ana", "bea"):
        hand_in(course, student, solved())
    page = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    page = page.replace("10.0.0.1", "127.0.0.1").replace("8786", str(port := free_port()))
    page = page.replace("rsa:4096", "rsa:2048")  # Two seconds less to make, and as good here.
    blocks = re.findall(r"```bash\n(.*?)```", page, flags=re.DOTALL)
    *_, certificate, exports, orders = blocks
    scheduler, worker, grading = orders.splitlines()
    script = f"""set -e
{certificate}{exports}
{scheduler} --port {port} 2> planificador.txt & scheduler=$!
{worker} 2> maquina.txt & worker=$!
trap 'kill $worker $scheduler; wait' EXIT
for turn in $(seq 800); do grep -qs 'Registered to' maquina.txt && break; sleep 0.5; done
{grading}
"""
    bin_folder = Path(sys.executable).parent
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=course.root,
        env=os.environ | {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert "2 entregas calificadas" in ran.stdout
    assert "aviso" not in ran.stdout
    assert "tls://" in (course.root / "maquina.txt").read_text()
    # Whoever has no certificate is told so, in one line.
    assert (course.root / "clave.pem").is_file()
    with pytest.raises(CursoError, match="hacen falta certificados"):
        Cluster(f"tls://127.0.0.1:{port}").check(True)
    import dask

    lost = dask.config.set({"distributed.comm.tls.client.cert": str(tmp_path / "mi")})
    with lost, pytest.raises(CursoError, match=r"no está el archivo «.*/mi», "):
        Cluster(f"tls://127.0.0.1:{port}").check(True)
    for other in blocks[:-3]:
        for order in other.splitlines():
            assert order.startswith(("curso calificar --cluster ", "pip install", "dask ")), order


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("10.0.0.1:8786", "tcp://10.0.0.1:8786"),
        ("local:muchas", "de 1 a 256"),
        ("local:0", "de 1 a 256"),
        ("tcp://127.0.0.1:9", "dask scheduler"),
    ],
)
def test_an_address_where_nobody_is_costs_one_line(tmp_path, address, said, monkeypatch, capfd):
    monkeypatch.setattr(reaching, "CONNECT_SECONDS", 0.5)
    course = new_course(tmp_path)
    hand_in(course, "ana", solved())
    assert main(["calificar", "--cluster", address, "--curso", str(course.root)]) == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert said in line


def test_who_listens_and_does_not_answer_is_not_waited_for_for_ever(monkeypatch):
    """A scheduler on a slow machine, or another program: what is said is so of both."""
    monkeypatch.setattr(reaching, "CONNECT_SECONDS", 0.2)
    monkeypatch.setattr(reaching, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(CursoError, match="hay alguien, pero no contesta"):
            reaching.connected(address)


def test_a_job_and_its_result_travel_whole(tmp_path):
    notebook = solved()
    notebook.cells[1].source = "texto = 'ñ 🙂'\n" + WRONG
    files, helpers = {"a.h5": b"\0\xff"}, {"b/c.py": b"", "d": b"x"}
    letters = {f"{UNIT}.conv2d": "C"}
    job = Job("ana 🙂", UNIT, notebook, Limits(), files, True, helpers, letters=letters)
    assert job_from(packed_job(job)) == job
    result = grade_one(job)
    back = result_from(packed_result(result), job)
    assert back.execution.checks == result.execution.checks
    assert [one.verdict.seed for one in back.execution.checks if one.verdict] == [
        one.verdict.seed for one in result.execution.checks if one.verdict
    ]
    assert back.execution.notebook == result.execution.notebook
    assert (back.acceptance, back.seconds) == (result.acceptance, result.seconds)
    failed = result_from(packed_result(RuntimeError("\x1b[31mse apagó\n")), job)
    assert isinstance(failed, FailedElsewhere)
    assert str(failed) == "RuntimeError: se apagó"
    ours = CursoError("source/6_rejilla/comprobaciones.py, línea 10")
    assert str(result_from(packed_result(ours), job)) == str(ours)


@pytest.fixture(scope="module")
def one_job():
    """A job of two cells with points, and what came of it, as it travels."""
    job = Job("ana", UNIT, solved(), Limits())
    graded = [one for one in job.notebook.cells if is_checked(one)]
    for one in job.notebook.cells[: job.notebook.cells.index(graded[1])]:
        if one.cell_type == "code":
            one.outputs = [new_output("stream", name="stdout", text="✔")]
    checks = [
        CheckResult(one.metadata.nbgrader.grade_id, None, 1.0, float(one.metadata.nbgrader.points))
        for one in graded
    ]
    whole = packed_result(Graded(Execution(job.notebook, tuple(checks), ("nota",)), None, 1.0))
    assert isinstance(result_from(whole, job), Graded)
    return job, json.loads(whole[8:])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: b"",
        lambda whole: whole[:40],
        lambda whole: b"\0" * 8 + whole[8:],
        lambda whole: _head([]),
        lambda whole: _head({}),
        lambda whole: b"\0" * 7 + b"\x02" + b"[" * 100_000,
    ],
)
def test_what_is_no_result_is_not_taken_for_one(spoil, one_job):
    job, head = one_job
    with pytest.raises(NotCarried):
        result_from(spoil(_head(head)), job)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda head: head["shown"].pop(),
        lambda head: head["shown"].append([1, []]),
        lambda head: head.update(shown=[[1, 3]] * len(head["shown"])),
        lambda head: head.update(shown=[[1, [{"output_type": "error"}]]] * len(head["shown"])),
        lambda head: head.update(shown=[[1, [{"output_type": "otro"}]]] * len(head["shown"])),
        lambda head: head["checks"].pop(),
        lambda head: head["checks"].reverse(),
        lambda head: head["checks"][0].update(grade_id="otra"),
        lambda head: head["checks"][0].update(points=1e9),
        lambda head: head["checks"][0].update(points=1e9, max_points=1e9),
        lambda head: head["checks"][0].update(points=-1),
        lambda head: head["checks"][0].update(points=float("nan")),
        lambda head: head["checks"][0].update(points="2"),
        lambda head: head["checks"][0].update(otro=1),
        lambda head: head.update(checks=3),
        lambda head: head.update(notes=None),
        lambda head: head.update(seconds=float("nan")),
        lambda head: head.update(acceptance="0.99"),
        lambda head: head.update(acceptance={"missing": ["cnn"]}),
    ],
)
def test_a_result_of_something_else_is_no_result_of_a_job(spoil, one_job):
    """Nothing of it comes to the gradebook, and whoever coordinates goes on."""
    job, head = one_job
    head = copy.deepcopy(head)
    spoil(head)
    with pytest.raises(NotCarried):
        result_from(_head(head), job)


def _head(value) -> bytes:
    text = json.dumps(value).encode()
    return len(text).to_bytes(8, "big") + text


class _Busy:
    """Dask's client, of one machine and a scheduler that are slow now and then."""

    status = "running"

    def __init__(self) -> None:
        self.scheduler, self.folder, self.answers = self, "a", True
        self.late = [TimeoutError(), CancelledError()]
        self.threads = 1
        self.told: list[str] = []

    def identity(self): ...

    def sync(self, function, callback_timeout):
        if not self.answers:
            raise TimeoutError
        there = {"tcp://10.0.0.2:1": {"nthreads": self.threads, "local_directory": self.folder}}
        return {"workers": there if self.folder else {}}

    def submit(self, function, *arguments, **where):
        self.told.append(function.__name__)
        return _Answer(self.late)

    def run(self, function, *arguments, workers):
        return dict.fromkeys(workers, True)


class _Answer:
    status = "finished"

    def __init__(self, late: list) -> None:
        self._late = late

    def result(self, timeout):
        if self._late:
            raise self._late.pop()
        return {name: str(value) for name, value in build().items()}

    def add_done_callback(self, call): ...


def test_a_machine_that_is_slow_is_neither_refused_nor_gone(monkeypatch):
    """A class must not stop because its machines, or the scheduler, were busy for a while."""
    monkeypatch.setattr(cluster_module, "LOOK_SECONDS", 0)
    lines: list[str] = []
    pool = Cluster("tcp://10.0.0.1:1", lines.append)
    pool._client = busy = _Busy()
    pool.check(True)
    assert busy.told.count("introduce") == 3
    assert not lines
    (machine,) = pool._machines.values()
    given = Given(Job("ana", UNIT, solved(), Limits()), 0)
    pool._give(machine, given, 1)
    busy.answers = False
    assert pool._look() == []
    assert pool._machines
    # And without anybody who answers it does not wait for ever.
    monkeypatch.setattr(cluster_module, "GRACE_SECONDS", 0)
    with pytest.raises(CursoError, match="no contesta nadie en tcp"):
        next(pool.run([], 1, lambda: None))
    # Another process at that address is another machine: what the first did is done again.
    busy.answers, busy.folder = True, "b"
    assert pool._look() == [given]
    pool._look()
    assert [one.folder for one in pool._machines.values()] == ["b"]
    assert busy.told.count("introduce") == 4
    # One that is not there has left.
    busy.folder = ""
    pool._look()
    assert not pool._machines
    assert [line.partition(" se fue")[1] for line in lines] == [" se fue"] * 2


def test_a_machine_that_says_it_is_enormous_is_not_given_the_whole_class():
    """What it is given is in the memory of whoever coordinates."""
    pool = Cluster("tcp://10.0.0.1:1")
    pool._client = busy = _Busy()
    busy.late, busy.threads = [], 10**9
    pool.check(True)
    (machine,) = pool._machines.values()
    assert machine.room < 1000


def test_a_machine_that_is_there_and_never_answers_does_not_hold_a_class(monkeypatch):
    monkeypatch.setattr(cluster_module, "LOOK_SECONDS", 0)
    lines: list[str] = []
    pool = Cluster("tcp://10.0.0.1:1", lines.append)
    pool._client = busy = _Busy()
    busy.late = []
    pool.check(True)
    (machine,) = pool._machines.values()
    given = Given(Job("ana", UNIT, solved(), Limits()), 0)
    pool._give(machine, given, 1)
    assert pool._look() == []
    pool._longest = -1
    assert pool._look() == [given]
    assert given.losses == 1
    assert not pool._machines
    (line,) = lines
    assert "no contesta a lo que se le dio" in line
    pool._look()
    assert not pool._machines  # Nor does it get any more.


def test_whoever_waits_for_machines_is_told_so_at_once(monkeypatch):
    monkeypatch.setattr(cluster_module, "LOOK_SECONDS", 0)
    lines: list[str] = []
    pool = Cluster("tcp://10.0.0.1:8786", lines.append)
    pool._client = busy = _Busy()
    busy.folder = ""  # A scheduler, and nobody else.
    clock = [100.0]
    monkeypatch.setattr(cluster_module.time, "monotonic", lambda: clock[0])
    heard: list[float] = []

    def sleep(seconds: float) -> None:
        heard.extend([clock[0] - 100] * (len(lines) - len(heard)))
        clock[0] += 1

    monkeypatch.setattr(cluster_module.time, "sleep", sleep)
    with pytest.raises(CursoError, match="no hay ninguna"):
        pool.check(True)
    assert heard == [0, 20, 40, 60, 80, 100]
    assert "«dask worker tcp://10.0.0.1:8786 --memory-limit 0»" in lines[0]
    assert re.search(r"Se espera hasta las \d\d:\d\d:\d\d \(120 s\)$", lines[0])
    # One that is there and is still importing is waited for a while before a word.
    lines.clear()
    heard.clear()
    began, busy.folder = clock[0], "a"
    monkeypatch.setattr(_Answer, "status", "pending")
    with pytest.raises(CursoError, match="no ha contestado todavía"):
        pool.check(True)
    assert heard[0] + 100 - began == 20
    assert "hay una máquina que no ha contestado todavía" in lines[0]


def test_a_job_that_takes_machines_down_with_it_is_given_up(monkeypatch):
    pool = Cluster("tcp://10.0.0.1:1")
    given = Given(Job("ana", UNIT, solved(), Limits()), 0)
    for _ in range(cluster_module.MOST_LOSSES - 1):
        pool._given[0] = given
        given.future = _Lost()
        assert pool._result(given) is None
    pool._given[0], given.future = given, _Lost()
    assert "se fueron mientras lo calificaban" in str(pool._result(given))


class _Lost:
    status = "cancelled"
