"""A unit of an instructor's own, with tests of nbgrader's kind: published, solved, graded."""

from __future__ import annotations

import csv
import re
import shutil

import nbformat
import pytest
from classroom import ROOT, cell, hand_in, new_course

from autograder import cli
from autograder.classroom.carried import job_from, packed_job
from autograder.classroom.fingerprint import fingerprint
from autograder.classroom.grading import grade
from autograder.classroom.proving import BAD, prove
from autograder.common.errors import CursoError
from autograder.common.limits import Limits
from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.own_tests import check_source
from autograder.gradebook.records import GRADED, UNCHANGED
from autograder.nbgrader_ext.publishing import publish
from autograder.report.writing import write_report
from autograder.submission.folder import read_submission
from autograder.submission.jobs import Job, grade_one

UNIT = "6_pooling"
HIDDEN = "assert maximo([-3, -5]) == -3"
TESTS = f"""assert maximo([1, 4]) == 4, "el mayor de 1 y 4 es 4"
### BEGIN HIDDEN TESTS
{HIDDEN}, "con números negativos falla"
### END HIDDEN TESTS"""
SOLUTION = """def maximo(x):
    ### INICIO SOLUCIÓN
    # Cerrojo (### BEGIN SOLUTION).
    return max(x)
    ### FIN SOLUCIÓN"""
SHARES = """puntos = 0
if media([1, 3]) == 2:
    puntos += 1.5
if media([]) == 0:
    puntos += 2.5
puntos"""
MEAN = """def media(x):
    ### INICIO SOLUCIÓN
    return sum(x) / len(x) if x else 0
    ### FIN SOLUCIÓN"""


def marks(name: str, **changed) -> dict:
    fields = {"grade_id": name, "grade": False, "solution": False, "locked": True, "task": False}
    return {"nbgrader": fields | {"schema_version": 3} | changed}


def code(name: str, source: str, **changed):
    return nbformat.v4.new_code_cell(source, id=name, metadata=marks(name, **changed))


def written():
    """What an instructor writes: a test of yes or no, and one that gives part of its points."""
    return nbformat.v4.new_notebook(
        cells=[
            code("maximo-solucion", SOLUTION, locked=False, solution=True),
            code("maximo-pruebas", TESTS, grade=True, points=2),
            code("media-solucion", MEAN, locked=False, solution=True),
            code("media-pruebas", SHARES, grade=True, points=4),
        ]
    )


def with_unit(folder, notebook=None, **files: str) -> Course:
    """A course of the package's first unit and this one."""
    unit = folder / "source" / UNIT
    unit.mkdir(parents=True)
    nbformat.write(notebook or written(), unit / "pooling.ipynb")
    for name, text in files.items():
        path = unit / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    (folder / "submitted").mkdir()
    return Course.at(folder)


def solved(**answers: str):
    notebook = written()
    for name, source in answers.items():
        cell(notebook, f"{name}-solucion").source = source
    return notebook


# Who tries what, and the points of each test.
CLASS = {
    "ana": (solved(), 2, 4),
    "bruno": (solved(maximo="def maximo(x): return abs(max(x, key=abs))"), 0, 4),
    "carla": (solved(media="def media(x): return sum(x) / max(1, len(x))\nprint('hola')"), 2, 4),
    "dario": (solved(media="def media(x): return 2"), 2, 1.5),
    "eva": (solved(maximo="import os\ndef maximo(x): os._exit(0)"), 0, 4),
    "fede": (solved(maximo="def maximo(x): raise SystemExit"), 0, 4),
    "gema": (
        solved(media="import sys\ndef media(x): print('!', file=sys.stderr); return 2"),
        2,
        1.5,
    ),
    "hugo": (solved(maximo="def maximo(x): return max(x)\nopen('/etc/passwd')"), 2, 4),
}


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    course = with_unit(tmp_path_factory.mktemp("propia") / "curso")
    publish(course, [UNIT])
    for student, (work, *_) in CLASS.items():
        hand_in(course, student, work, "pooling.ipynb", UNIT)
    tampered = written()
    cell(tampered, "maximo-pruebas").source = "assert True"
    cell(tampered, "maximo-solucion").source = "def maximo(x): return 4"
    hand_in(course, "zoe", tampered, "pooling.ipynb", UNIT)
    return course, {one.student: one for one in grade(course, [UNIT])}


def test_the_student_gets_no_hidden_test_and_no_solution(class_):
    course, _ = class_
    (path,) = (course.release / UNIT).iterdir()
    text = path.read_text("utf-8")
    assert "maximo([1, 4]) == 4" in text
    for hidden in ("HIDDEN", "-3", "return max", "sum(x)"):
        assert hidden not in text


@pytest.mark.parametrize("student", CLASS)
def test_each_earns_what_the_tests_say(class_, student):
    outcome = class_[1][student]
    assert outcome.state == GRADED
    assert [check.points for check in outcome.checks] == list(CLASS[student][1:])
    assert outcome.points == sum(CLASS[student][1:])  # As the gradebook has it.
    assert all(check.believed for check in outcome.checks)


def test_hidden_tests_come_back_and_what_was_written_over_them_counts_nothing(class_):
    first, _ = class_[1]["zoe"].checks
    assert first.points == 0
    assert first.reason == "una prueba no pasa: con números negativos falla"


def test_nothing_changed_is_not_graded_again_and_the_report_says_what_no_judge_protects(class_):
    course, _ = class_
    assert {one.state for one in grade(Course.at(course.root), [UNIT])} == {UNCHANGED}
    page, table, _ = write_report(course)
    assert "6. Pooling *" in page.read_text("utf-8")
    assert "el juez no las protege" in page.read_text("utf-8")
    rows = list(csv.DictReader(table.open(encoding="utf-8-sig"), delimiter=";"))
    assert [row[UNIT] for row in rows if row["estudiante"] == "dario"] == ["3,5"]


def test_the_tests_and_what_stands_beside_them_are_part_of_the_fingerprint(class_):
    course, _ = class_
    unit = course.all_units[UNIT]

    def mark(published) -> str:
        work = read_submission(course, "ana", UNIT, published)
        return fingerprint(work, Limits(), True, unit)

    from autograder.gradebook.database import open_gradebook
    from autograder.submission.published import published_cells

    with open_gradebook(course) as gradebook:
        known = published_cells(gradebook, UNIT, "pooling")
    before = mark(known)
    beside = course.source / UNIT / "datos.csv"
    beside.write_text("1;2\n")
    try:
        assert mark(known) != before
        work = read_submission(course, "ana", UNIT, known)
        assert work.helpers == {"datos.csv": b"1;2\n"}
    finally:
        beside.unlink()
    assert mark(known) == before


def test_it_travels_to_another_machine_whole(class_):
    course, _ = class_
    job = Job("ana", UNIT, written(), Limits(), own=course.all_units[UNIT])
    assert job_from(packed_job(job)) == job


def test_the_walls_hold_around_tests_that_are_believed():
    """What a judge would not believe is believed here; but it is the points, and no more."""
    job = Job(
        "ana",
        UNIT,
        solved(maximo="import socket\nsocket.create_connection(('1.1.1.1', 53), 1)"),
        Limits(),
        own=_unit(),
    )
    (first, second) = grade_one(job).execution.checks
    assert (first.points, second.points) == (0, 4)
    assert "maximo" in first.reason


def _unit():
    from autograder.checks import Unit
    from autograder.sandbox.flavours import NUMPY

    return Unit(UNIT, "6. Pooling", "pooling", NUMPY, "", own=True)


REFUSED = {
    "hidden tests that do not end": (
        code("mala", "### BEGIN HIDDEN TESTS\n1/0", grade=True, points=1),
        "no cierra",
    ),
    "hidden tests that end before they begin": (
        code("mala", "### END HIDDEN TESTS\nassert True", grade=True, points=1),
        "no cierra",
    ),
    "hidden tests where nobody is graded": (
        code("mala", "### BEGIN HIDDEN TESTS\n1/0\n### END HIDDEN TESTS"),
        "no contarían",
    ),
    "a check of another unit": (
        code("mala", 'comprobar("1_convolucion.conv2d", maximo)', grade=True, points=1),
        "es de otra unidad",
    ),
    "a check that does not exist": (
        code("mala", f'comprobar("{UNIT}.maximo", maximo)', grade=True, points=1),
        "no existe",
    ),
    "a test beside a check": (
        code("mala", "comprobar(maximo)\nassert maximo", grade=True, points=1),
        "comprobar",
    ),
    "a copied cell, with the name of the other": (
        code("mala", "x = 1", locked=False, solution=True),
        "mismo identificador",
    ),
    "points below zero": (code("mala", "assert 1", grade=True, points=-1), "cuántos"),
    "points that are words": (code("mala", "assert 1", grade=True, points="dos"), "cuántos"),
    "points that are no number": (
        code("mala", "assert 1", grade=True, points=float("nan")),
        "cuántos",
    ),
    "a solution that does not end": (
        code("mala", "### INICIO SOLUCIÓN\nx = 1", locked=False, solution=True),
        "no cierra su solución",
    ),
    "a solution that never began": (
        code("mala", "x = 1\n### FIN SOLUCIÓN", locked=False, solution=True),
        "no cierra su solución",
    ),
    "a solution where none is taken out": (
        code("mala", "### INICIO SOLUCIÓN\nx = 1\n### FIN SOLUCIÓN", locked=False),
        "no es una celda de solución",
    ),
    "a solution between nbgrader's marks, where none is taken out": (
        code("mala", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION", locked=False),
        "no quita nada",
    ),
    "a second solution, its mark without its accent": (
        code("mala", f"{SOLUTION}\n### INICIO SOLUCION\nx = 1", locked=False, solution=True),
        "no quita nada",
    ),
    "hidden tests between marks in Spanish": (
        code("mala", "### INICIO PRUEBAS OCULTAS\nassert 1\n### FIN", grade=True, points=1),
        "no quita nada",
    ),
    "hidden tests between marks in small letters": (
        code("mala", "# begin hidden tests\nassert 1\n# end hidden tests", grade=True, points=1),
        "no quita nada",
    ),
    "tests that nbgrader would write": (
        code("mala", "### AUTOTEST maximo([1])", grade=True, points=1),
        "AUTOTEST",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_test_that_could_not_count_is_refused_by_its_name(case, tmp_path, capsys):
    wrong, words = REFUSED[case]
    notebook = written()
    notebook.cells.append(wrong)
    if "copied" in case:
        notebook.cells.append(code("mala", "x = 2", locked=False, solution=True))
        notebook.cells[-1].id = "otra"
    course = with_unit(tmp_path / "curso", notebook)
    assert cli.main(["publicar", "--curso", str(course.root)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "«mala»" in line
    assert words in line
    assert not course.release.exists()


def test_a_name_that_nbgrader_does_not_take_and_another_language_are_told(tmp_path):
    notebook = written()
    notebook.cells[0].metadata.nbgrader.grade_id = "la función"
    course = with_unit(tmp_path / "curso", notebook)
    with pytest.raises(CursoError, match="«la función» necesita un identificador"):
        publish(course, [UNIT])
    notebook = written()
    notebook.metadata.kernelspec = {"name": "ir", "language": "R", "display_name": "R"}
    nbformat.write(notebook, course.source / UNIT / "pooling.ipynb")
    with pytest.raises(CursoError, match=r"otro lenguaje .*R"):
        publish(course, [UNIT])


def test_what_is_given_and_will_not_be_there_when_it_is_graded_is_told(tmp_path, capsys):
    course = with_unit(
        tmp_path / "curso", a_dot_csv="1", b_dot_dat="2", random_dot_py="x = 1",
        malas__c_dot_dat="3",
    )  # fmt: skip
    assert cli.main(["publicar", "--curso", str(course.root)]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "no estará" in line]
    assert [name for name in ("a.csv", "b.dat", "random.py", "c.dat") if name in str(told)] == [
        "b.dat", "random.py",
    ]  # fmt: skip


CHECKS = """import numpy as np
from autograder.units import Case, check


def doble(x):
    return np.asarray(x) * 2 + 0


def casos(azar):
    yield Case("uno", (azar.standard_normal(3),))
    yield Case("vacío", (azar.standard_normal(0),), edge=True)


COMPROBACIONES = [check("doble", doble, casos, hint="Por dos.")]
"""
LONG = (
    "def media(x):\n    total = sum(x) + 0\n    cuantos = len(x) + 0\n    return total / cuantos\n"
)
COPIES = {
    "the reference, by another name": ("comprobaciones (copia).py", CHECKS, "pregunta el juez"),
    "an older one": ("antes.txt", CHECKS.replace("* 2 + 0", "* 2"), "pregunta el juez"),
    "a wrong file, out of its folder": ("Malas/media.py", LONG, "malas/media.py"),
    "a solution": ("apoyo/nota.md", f"~~~\n{LONG}~~~\n".replace("+ 0", "+ 1"), "«media-solucion»"),
}


@pytest.fixture(scope="module")
def with_checks(tmp_path_factory):
    notebook = written()
    solved_ = LONG.replace("+ 0", "+ 1").replace("(x):\n", "(x):\n    ### INICIO SOLUCIÓN\n")
    cell(notebook, "media-solucion").source = f"{solved_}    ### FIN SOLUCIÓN"
    cell(notebook, "media-pruebas").source = f'comprobar("{UNIT}.doble", media)'
    folder = tmp_path_factory.mktemp("copias") / "curso"
    return with_unit(folder, notebook, comprobaciones_dot_py=CHECKS, malas__media_dot_py=LONG)


@pytest.mark.parametrize("case", COPIES)
def test_a_copy_of_what_no_student_gets_is_not_handed_out(case, with_checks):
    name, text, what = COPIES[case]
    path = with_checks.source / UNIT / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    try:
        with pytest.raises(CursoError, match=f"se repartiría .*{re.escape(name)}, .*{what}"):
            check_source(with_checks.source / UNIT, with_checks.all_units[UNIT])
    finally:
        path.unlink()


def test_what_editors_and_systems_leave_beside_it_is_not_handed_out(with_checks):
    unit = with_checks.source / UNIT
    left = (
        ".comprobaciones.py.swp",
        "comprobaciones.py~",
        "~$notas.docx",
        ".git/HEAD",
        "._pooling.ipynb",
    )
    for name in left:
        (unit / name).parent.mkdir(exist_ok=True)
        (unit / name).write_text(CHECKS, encoding="utf-8")
    (unit / "ayuda.py").write_text("import numpy as np\nfrom math import pi, tau\nx = tau\n")
    publish(Course.at(with_checks.root), [UNIT])
    given = {path.name for path in (with_checks.release / UNIT).rglob("*")}
    assert given == {"pooling.ipynb", "ayuda.py", f"{UNIT}.casos"}


ABOUT = {
    "{": "no se puede leer",
    "[]": "diccionario",
    '{"titulo": ""}': "título",
    '{"keras": 1}': "keras",
    '{"otra": 1}': "«otra»",
}


@pytest.mark.parametrize("text", ABOUT)
def test_a_wrong_description_is_one_line(text, tmp_path):
    course = with_unit(tmp_path / "curso", unidad_dot_json=text)
    with pytest.raises(CursoError, match=rf"{UNIT}/unidad\.json .*{ABOUT[text]}"):
        publish(course, [UNIT])


def test_a_unit_that_is_wrong_does_not_keep_the_others_from_being_published(tmp_path, capsys):
    course = new_course(tmp_path / "curso")
    unit = course.source / UNIT
    unit.mkdir()
    nbformat.write(written(), unit / "pooling.ipynb")
    (unit / "unidad.json").write_text("{")
    assert cli.main(["publicar", "--curso", str(course.root)]) == 1
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    assert f"{UNIT} no se publica" in line
    assert "✔ 1_convolucion" in said.out
    assert not (course.release / UNIT).exists()


def test_a_unit_that_cannot_be_graded_waits_and_the_others_do_not(tmp_path):
    course = with_unit(tmp_path / "curso", unidad_dot_json="{")
    hand_in(course, "ana", solved(), "pooling.ipynb", UNIT)
    with pytest.raises(CursoError, match=r"unidad\.json"):
        grade(course, [UNIT])


def test_a_unit_half_written_that_nobody_handed_in_is_nothing_to_the_others(tmp_path):
    course = new_course(tmp_path / "curso")
    (course.source / UNIT).mkdir()
    notebook = written()
    cell(notebook, "maximo-pruebas").source = f'comprobar("{UNIT}.maximo", maximo)'
    nbformat.write(notebook, course.source / UNIT / "pooling.ipynb")
    hand_in(course, "ana", nbformat.v4.new_notebook())
    course = Course.at(course.root)
    (ana,) = grade(course, course.units(()))
    assert ana.unit == "1_convolucion"


def test_the_report_says_which_unit_with_marks_is_no_longer_there(class_, tmp_path, capsys):
    root = shutil.copytree(class_[0].root, tmp_path / "curso")
    order = ["informe", "--curso", str(root)]
    assert cli.main(order) == 0
    assert "aviso" not in capsys.readouterr().out
    with open_gradebook(Course.at(root)) as gradebook:
        gradebook.add_assignment("7_vieja")
        gradebook.add_submission("7_vieja", "ana")
    assert cli.main(order) == 0
    assert "aviso: en el libro de notas hay 1 entrega de 7_vieja" in capsys.readouterr().out
    (root / "source" / UNIT).rename(root / "source" / "8_pooling")
    assert cli.main(order) == 1
    assert f"{len(class_[1])} entregas de {UNIT}, que ya no es" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "words"), [("pooling", "número y minúsculas"), ("4_pooling", "mismo número")]
)
def test_a_folder_that_is_no_unit_is_told_why(name, words, tmp_path, capsys):
    course = new_course(tmp_path / "curso")
    (course.source / name).mkdir()
    nbformat.write(written(), course.source / name / "pooling.ipynb")
    assert cli.main(["publicar", "--curso", str(course.root)]) == 0
    assert words in capsys.readouterr().out


def test_a_folder_without_its_notebook_yet_is_told_of(tmp_path, capsys):
    course = new_course(tmp_path / "curso")
    (course.source / "7_nueva").mkdir()  # As «Add new assignment» makes it.
    (course.source / "datos").mkdir()
    assert cli.main(["publicar", "--curso", str(course.root)]) == 0
    said = capsys.readouterr().out
    assert "source/7_nueva no tiene todavía su cuaderno" in said
    assert "datos" not in said


MISTAKEN = {
    "malas__negativos_dot_py": "def maximo(x):\n    return max(0, *x)\n",
    "malas__nadie_lo_nota_dot_py": "def media(x):\n    return sum(x) / max(len(x), 1)\n",
    "malas__rota_dot_py": "def media(x)\n",
    "malas__otra_dot_py": "def mediana(x):\n    return 0\n",
}


def test_a_unit_is_proved_by_its_works(tmp_path):
    course = with_unit(tmp_path / "curso", unidad_dot_json='{"titulo": "6. Reducir"}', **MISTAKEN)
    proofs = prove(course, UNIT)
    told = "\n".join(f"{proof.mark} {proof.text}" for proof in proofs)
    assert "✔ la solución saca 6 de 6" in told
    assert "✔ sin escribir nada se sacan 0 de 6" in told
    assert "✔ malas/negativos.py pierde 2" in told
    assert "✔ lo que se publica no lleva nada oculto (pooling.ipynb)" in told
    bad = [proof.text for proof in proofs if proof.mark == BAD]
    assert [text.partition(" ")[0] for text in bad] == [
        *("malas/nadie_lo_nota.py", "malas/otra.py", "malas/rota.py"),
    ]
    assert "línea 1" in bad[2]
    assert not course.release.exists()


def test_the_example_of_the_guide_is_proved(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(
        "autograder.classroom.proving.without_edges",
        lambda checks: [f"mira {one}" for one in checks],
    )
    shutil.copytree(ROOT / "docs/ejemplos/6_rejilla", tmp_path / "source/6_rejilla")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    assert cli.main(["comprobar-unidad", "6", "--curso", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "✘" not in said
    assert "mira 6_rejilla.rejilla" in said


def test_the_feedback_keeps_hidden_tests_hidden_and_says_whose_tests_they_are(class_):
    from autograder.terminal.feedback_view import write_and_show

    course, _ = class_
    assert not write_and_show(course, [UNIT]).problems
    page = (course.feedback / "bruno" / UNIT / "pooling.html").read_text("utf-8")
    assert "Pruebas de tu docente, sin juez" in page
    assert "una prueba no pasa: con números negativos falla" in page
    assert "aquí hay pruebas ocultas" in page
    assert "-3" not in page
