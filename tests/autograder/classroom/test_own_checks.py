"""A unit whose instructor wrote its checks: judged outside, and nothing hidden is released."""

from __future__ import annotations

import shutil
import sys

import nbformat
import numpy as np
import pytest
from classroom import ROOT, cell, hand_in, new_course

from autograder import cli
from autograder.checks import Unit, own_checks
from autograder.checks.own_checks import compared
from autograder.checks.published_cases import find_at_home
from autograder.checks.trying import without_edges
from autograder.classroom.carried import job_from, packed_job
from autograder.classroom.fingerprint import fingerprint
from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.common.limits import Limits
from autograder.course.folder import Course
from autograder.gradebook.records import GRADED
from autograder.judging.judge import judge
from autograder.judging.remote import Raised, Returned
from autograder.nbgrader_ext.publishing import outdated, publish
from autograder.sandbox.flavours import NUMPY
from autograder.submission import execution
from autograder.submission.jobs import Job

UNIT = "6_rejilla"
EXAMPLE = ROOT / "docs" / "ejemplos" / UNIT
CHECKS = (EXAMPLE / "comprobaciones.py").read_text("utf-8")


def example():
    return nbformat.read(EXAMPLE / "rejilla.ipynb", as_version=4)


def copied(folder, checks: str = CHECKS) -> Course:
    shutil.copytree(EXAMPLE, folder / "source" / UNIT)
    (folder / "source" / UNIT / "comprobaciones.py").write_text(checks, encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "submitted").mkdir()
    return Course.at(folder)


def answered(source: str):
    notebook = example()
    cell(notebook, "rejilla-solucion").source = source
    return notebook


WRONG = (EXAMPLE / "malas" / "por_columnas.py").read_text("utf-8")
# What the student's process cannot do, however it tries: the mark is of the judge's log.
FORGED = {
    "a comprobar of one's own": "def rejilla(m, c): return m\ndef comprobar(*a): print('✔ 3 / 3')",
    "asserts that never fail": "import numpy as np\n"
    "np.array_equal = np.allclose = lambda *a, **k: True\n"
    "def rejilla(m, c): return np.zeros((1, 1))",
    "an answer equal to all": "class Igual:\n    def __eq__(self, other): return True\n"
    "def rejilla(m, c): return Igual()",
    "a fake client": "import autograder.notebook.client as cliente\n"
    "cliente._converse = lambda *a: None\ncliente.comprobar = print\ndef rejilla(m, c): return m",
    "looking for the checks": "from pathlib import Path\n"
    "def rejilla(m, c): return len(list(Path('/').rglob('comprobaciones.py'))) or m",
}


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    course = copied(tmp_path_factory.mktemp("rejilla") / "curso")
    publish(course, [UNIT])
    works = {"ana": example(), "bruno": answered(WRONG)}
    works |= {f"tramposo-{place}": answered(code) for place, code in enumerate(FORGED.values())}
    for student, work in works.items():
        hand_in(course, student, work, "rejilla.ipynb", UNIT)
    return course, {one.student: one for one in grade(course, [UNIT])}


def judged(outcome):
    (found,) = (one for one in outcome.checks if one.check_id)
    return found


def test_the_judge_marks_it_and_names_the_instructor_s_mistake(class_):
    _, outcomes = class_
    assert (outcomes["ana"].state, outcomes["ana"].points) == (GRADED, 5)
    mistaken = judged(outcomes["bruno"])
    assert 0 < mistaken.points < 3
    assert mistaken.verdict.cause_id == "rejilla-por-columnas"
    assert not mistaken.believed


@pytest.mark.parametrize(
    ("edges", "said"), [("0.3", "el 30\N{NO-BREAK SPACE}% que"), ("0", ""), ("", "")]
)
def test_points_for_edge_cases_that_are_never_asked_are_told(edges, said):
    text = CHECKS
    if edges:
        text = text.replace(", edge=True", "").replace('límite": 0.3', f'límite": {edges}')
        text = text.replace('"valores": 0.5', f'"valores": {0.8 - float(edges)}')
    lines = "; ".join(without_edges(own_checks.loaded(UNIT, text, True)))
    assert bool(lines) == bool(said)
    assert said in lines
    assert not said or lines.startswith("6_rejilla.rejilla no tiene")


@pytest.mark.parametrize("place", range(len(FORGED)), ids=list(FORGED))
def test_no_mark_is_forged(class_, place):
    assert judged(class_[1][f"tramposo-{place}"]).points < 1


def test_what_is_released_is_data_and_holds_neither_reference_nor_what_is_hidden(class_):
    course, _ = class_
    files = {path.name: path.read_bytes() for path in (course.release / UNIT).iterdir()}
    assert sorted(files) == ["6_rejilla.casos", "rejilla.ipynb"]
    for hidden in ("por-columnas", "más columnas que mapas", "negativos", "imagen = np.zeros"):
        assert not any(hidden.encode() in data for data in files.values())
    assert b"def rejilla" not in files["6_rejilla.casos"]
    assert outdated(course, [UNIT]) == []


class Local:
    """A function in this process, asked as a remote one."""

    shortcuts = ()

    def __init__(self, function):
        self._function = function

    def call(self, *args, **kwargs):
        try:
            value = self._function(*args, **kwargs)
        except Exception as error:
            return Raised(type(error).__name__, str(error))
        return Returned(value, args, ())


def grid(mapas, columnas):
    """By another way than the reference: padding, and axes in another order."""
    height, width, count = mapas.shape
    rows = -(-count // columnas)
    whole = np.zeros((height, width, rows * columnas))
    whole[:, :, :count] = mapas
    parts = whole.reshape(height, width, rows, columnas).transpose(2, 0, 3, 1)
    return parts.reshape(rows * height, columnas * width)


def stub(mapas, columnas):
    raise NotImplementedError


def test_at_home_the_published_cases_decide(class_, monkeypatch):
    course, _ = class_
    monkeypatch.chdir(course.release / UNIT)
    found = find_at_home(f"{UNIT}.rejilla")
    assert judge(found, Local(grid)).passed
    assert judge(found, Local(lambda mapas, columnas: grid(mapas, columnas) + 1)).score == 0.2
    assert judge(found, Local(stub)).rejected
    with pytest.raises(KeyError, match="no existe la comprobación"):
        find_at_home(f"{UNIT}.otra")


@pytest.mark.parametrize("content", [None, b"", b"C2D1" + b"\xff" * 40])
def test_without_its_cases_one_line_says_so(content, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / f"{UNIT}.casos").write_bytes(content)
    with pytest.raises(KeyError, match=r"6_rejilla\.casos"):
        find_at_home(f"{UNIT}.rejilla")


def test_the_checks_are_part_of_the_fingerprint_and_travel_with_the_job(class_, tmp_path):
    course, _ = class_
    other = copied(tmp_path / "otro", CHECKS + "\n# Una línea más.\n")
    one, two = course.all_units[UNIT], other.all_units[UNIT]

    class Work:
        unit, timestamp, secret, notebook, helpers, files = UNIT, None, None, None, {}, {}
        carried = ""

    marks = {fingerprint(Work, Limits(), True, unit) for unit in (one, two, one)}
    assert len(marks) == 2
    job = Job("ana", UNIT, example(), Limits(), own=one)
    assert job_from(packed_job(job)) == job


def test_what_a_reference_loads_is_loaded_before_the_students_time_begins(tmp_path, monkeypatch):
    asked, loads = [], CHECKS.replace(
        "def rejilla(mapas, columnas):\n",
        "def rejilla(mapas, columnas):\n    import sys; sys.asked_of_rejilla.append(columnas)\n",
    )  # fmt: skip
    assert loads != CHECKS
    monkeypatch.setattr(sys, "asked_of_rejilla", asked, raising=False)

    class Started(Exception):
        pass

    def start(*args, **options):
        raise Started

    monkeypatch.setattr(execution, "JudgedKernel", start)
    unit = copied(tmp_path, loads).all_units[UNIT]
    for _ in range(2):
        with pytest.raises(Started):
            execution.execute(example(), isolated=False, own=unit)
        assert len(asked) == 5  # Once in a process.
    broken = copied(tmp_path / "otro", loads.replace("mapas.shape", "mapas.forma"))
    with pytest.raises(Started):
        execution.execute(example(), isolated=False, own=broken.all_units[UNIT])


BROKEN = {
    "no Python": ("import numpy as np\ndef f(:\n", "línea 2"),
    "it raises": ("x = 1\n\n1 / 0\n", "línea 3: ZeroDivisionError"),
    "it ends": ("raise SystemExit\n", "línea 1"),
    "no checks": ("x = 1\n", "no define COMPROBACIONES"),
    "something else": ("COMPROBACIONES = [1]\n", "no define COMPROBACIONES"),
    "points that do not sum": (CHECKS.replace('"forma": 0.2', '"forma": 0.9'), "sumar 1"),
    "the reference fails": (CHECKS.replace("imagen = np.zeros(", "imagen = np.ceros("), "línea 11"),
    "the reference changes what it gets": (
        CHECKS.replace("    filas = -(-canales // columnas)", "    mapas += 1\n    filas = 2", 1),
        "la referencia modifica lo que recibe",
    ),
    "the reference returns nothing": (
        CHECKS.replace("    return imagen", "    pass", 1),
        "¿le falta un return?",
    ),
    "only edge cases are published": (
        CHECKS.replace("(mapas, columnas))", "(mapas, columnas), edge=True)", 1),
        "ninguno corriente",
    ),
    "no Python, in its own words": ("def f()\n", "línea 1: SyntaxError: expected ':'"),
    "it reads what is beside it": ("open('datos.csv')\n", "viaja solo"),
    "it imports what is beside it": ("import ayuda\n", "viaja solo"),
    "it asks where it is": ("x = __file__\n", "viaja solo"),
    "one that no cell asks": (
        f'{CHECKS}\nCOMPROBACIONES.append(check("segunda", rejilla, casos, hint="…"))\n',
        "ninguna celda pide",
    ),
    "nobody asks it": (CHECKS.replace('        "rejilla",', '        "otra",'), "otra"),
    "what is no array": (CHECKS.replace("azar.standard_normal((3, 2, 4))", "object()"), "línea"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_is_one_line_with_its_own_number(case, tmp_path, capsys):
    text, words = BROKEN[case]
    course = copied(tmp_path / "curso", text)
    assert cli.main(["publicar", "--curso", str(course.root)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert UNIT in line
    assert words in line
    assert "(comprobaciones.py" not in line  # What is said twice.
    assert not course.release.exists()


def test_checks_that_break_later_keep_their_work_waiting_and_the_others_are_graded(tmp_path):
    course = new_course(tmp_path / "curso")
    shutil.copytree(EXAMPLE, course.source / UNIT)
    course = Course.at(course.root)
    publish(course, [UNIT])
    (course.source / UNIT / "comprobaciones.py").write_text("\n1 / 0\n")
    hand_in(course, "ana", example(), "rejilla.ipynb", UNIT)
    hand_in(course, "ana", nbformat.v4.new_notebook())
    told = []
    outcomes = grade(
        Course.at(course.root), [UNIT, "1_convolucion"], put_off=lambda *one: told.append(one)
    )
    assert {one.unit: one.state == GRADED for one in outcomes} == {
        UNIT: False, "1_convolucion": True
    }  # fmt: skip
    ((unit, count, why),) = told
    assert (unit, count) == (UNIT, 1)
    assert "comprobaciones.py, línea 2: ZeroDivisionError" in why
    assert "nbgrader db" not in why  # What the gradebook holds is right, and marks with it.


@pytest.mark.parametrize(
    ("place", "breaks"),
    [
        ("    filas = -(-canales // columnas)\n", "    open('/no/está')\n"),
        ("    filas = -(-canales // columnas)\n", "    raise SystemExit\n"),
        ('    yield Case("más columnas', '    exit()\n    yield Case("más columnas'),
    ],
)
def test_what_breaks_only_while_it_is_asked_is_nobody_s_0(place, breaks):
    """In another machine, say, or with another draw: its work waits, and it is said where."""
    assert place in CHECKS
    text = CHECKS.replace(place, breaks, 1)
    own = Unit(UNIT, "6. Rejilla", "rejilla", NUMPY, "", own=True, own_checks=text)
    line = 1 + text[: text.index(breaks)].count("\n")
    with pytest.raises(CursoError, match=rf"comprobaciones\.py, línea {line}, al preguntar rejil"):
        execution.execute(example(), own=own)


SAME = [(True, True), (None, None), ("a", "a"), (3, 3), ((1, 2), (1, 2)), (0.5, 0.5), (2.0, 2)]
OTHER = [(True, 1), (True, False), (None, 0), ("a", "b"), (3, 4), (3, 3.0), (0.5, 0.6), (0.5, "a")]


@pytest.mark.parametrize(("expected", "got"), SAME)
def test_an_answer_as_it_must_be(expected, got):
    assert compared(expected, got, 1e-6) is None


@pytest.mark.parametrize(("expected", "got"), OTHER)
def test_another_answer(expected, got):
    assert compared(expected, got, 1e-6) is not None


def test_its_student_hands_it_in_with_what_comprobar_said(class_, tmp_path, monkeypatch, capsys):
    course, _ = class_
    home = tmp_path / "casa"
    shutil.copytree(course.release / UNIT, home)
    monkeypatch.chdir(home)
    for asked in ((), (UNIT,), (UNIT.partition("_")[0],)):
        assert cli.main(["entregar", *asked]) == 0
        told = capsys.readouterr().out
        assert f"{UNIT}: rejilla.ipynb" in told
        assert "rejilla: su celda no se ha ejecutado" in told
    assert (home / f"entrega_{UNIT}.zip").is_file()
