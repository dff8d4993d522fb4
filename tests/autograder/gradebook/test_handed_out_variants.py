"""A course with variants: what each one gets, and what is asked whoever's notebook comes."""

from __future__ import annotations

import copy
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest
from classroom import ROOT, cell, hand_in, new_course
from moodle import Enrolled, folder, submissions, taken_back, worksheet
from sqlalchemy import text
from traitlets.config import Config

from autograder.campus.personal import FOLDER, LIST, hand_out, write_list
from autograder.campus.receive import receive
from autograder.checks.variants import NOT_YOURS
from autograder.classroom.fingerprint import fingerprint
from autograder.classroom.seal import Seals
from autograder.common.errors import CursoError
from autograder.common.limits import Limits
from autograder.course.folder import Course
from autograder.course.variants import SECRET
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.variants import check_variants, ready_to_publish, variants_problem
from autograder.likeness.work import of_the_course
from autograder.nbgrader_ext.publishing import outdated, publish
from autograder.submission.folder import read_submission
from autograder.submission.graded_cells import check_id_of
from autograder.submission.published import published_cells

UNIT, FILE = "3_mapas_de_caracteristicas", "mapas.ipynb"
BASIC = f"{UNIT}.capa_basica"
# With the secret of all zeros (a test of course/ says so): A, F, C and C.
ANA, BEA, CAI, EVA = "est0", "est1", "est2", "est3"
LETTERS = {ANA: "A", BEA: "F", CAI: "C", EVA: "C"}


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("variantes")
    course = new_course(root, (UNIT,))
    with (root / "nbgrader_config.py").open("a") as file:
        file.write("c.Curso.variantes = True\n")
    (root / SECRET).write_text("0" * 64)
    (root / SECRET).chmod(0o600)
    course = Course.at(root)
    publish(course, [UNIT])
    with open_gradebook(course) as gradebook:
        for name in LETTERS:
            gradebook.add_student(name, first_name=name.capitalize(), last_name="García")
    hand_out(course, UNIT)
    return root


@pytest.fixture
def course(published, tmp_path) -> Course:
    shutil.copytree(published, tmp_path / "curso")
    return Course.at(tmp_path / "curso")


def cells_of(course: Course):
    with open_gradebook(course) as gradebook:
        return published_cells(gradebook, UNIT, "mapas")


def own(course: Course, student: str):
    return nbformat.read(course.root / FOLDER / student / UNIT / FILE, as_version=4)


def read(course: Course, student: str, notebook):
    hand_in(course, student, copy.deepcopy(notebook), FILE, UNIT)
    return read_submission(course, student, UNIT, cells_of(course))


def asked(notebook) -> dict[str, str]:
    found = [
        check_id_of(one.source) or ""
        for one in notebook.cells
        if one.cell_type == "code" and one.metadata.get("nbgrader", {}).get("grade")
    ]
    return {name.partition(":")[0]: name.partition(":")[2] for name in found}


def test_each_one_gets_their_own_notebook_and_nobody_the_secret(course):
    for name, letter in LETTERS.items():
        notebook = own(course, name)
        assert f"variante {letter}" in cell(notebook, "capa-basica-enunciado").source
        assert asked(notebook)[BASIC] == letter
        assert asked(notebook)[f"{UNIT}.campo_receptivo"] == ""
    given = [*course.release.rglob("*"), *(course.root / FOLDER).rglob("*")]
    assert not any("0" * 64 in path.read_text() for path in given if path.is_file())
    table = write_list(course, [UNIT]).read_text(encoding="utf-8-sig")
    assert f"{BEA};{UNIT};capa_basica;F" in table
    assert (course.root / FOLDER / LIST).is_file()


def test_the_released_notebook_is_nobodys_and_is_up_to_date(course):
    (path,) = course.release.rglob("*.ipynb")
    released = nbformat.read(path, as_version=4)
    assert set(asked(released).values()) == {"general", ""}
    told = [one.id for one in released.cells if one.source.startswith(NOT_YOURS)]
    assert told == ["capa-basica-enunciado", "capa-stride2-enunciado"]
    assert outdated(course, [UNIT]) == []


def test_ones_own_notebook_is_read_as_it_is(course):
    found = read(course, BEA, own(course, BEA))
    assert found.notes == ()
    assert asked(found.notebook)[BASIC] == "F"
    given = {one.id: one.source for one in own(course, BEA).cells}
    assert {one.id: one.source for one in found.notebook.cells} == given


def forged(course: Course, letter: str):
    """Bea's notebook, that asks another variant."""
    notebook = own(course, BEA)
    for one in notebook.cells:
        one.source = one.source.replace(":F", f":{letter}" if letter else "")
    return notebook


OTHERS = {
    "another's, whole": lambda course: own(course, ANA),
    "its letter changed": lambda course: forged(course, "A"),
    "a letter that is not there": lambda course: forged(course, "Z9"),
}
NOBODYS = {
    "the general one": lambda course: nbformat.read(course.release / UNIT / FILE, as_version=4),
    "without a letter": lambda course: forged(course, ""),
}


@pytest.mark.parametrize("kind", [*OTHERS, *NOBODYS])
def test_whatever_a_notebook_carries_its_owners_variant_is_asked(course, kind):
    notebook = (OTHERS | NOBODYS)[kind](course)
    # What they wrote is theirs, in whatever notebook.
    cell(notebook, "capa-basica-solucion").source = "def capa_basica():\n    return 7"
    found = read(course, BEA, notebook)
    assert asked(found.notebook)[BASIC] == "F"
    assert "variante F" in cell(found.notebook, "capa-basica-enunciado").source
    assert cell(found.notebook, "capa-basica-solucion").source.endswith("return 7")
    (note,) = found.notes
    words = "la variante de otra persona en capa_basica (la F)"
    assert (words if kind in OTHERS else "no lleva variante en capa_basica (la F)") in note
    # The course's own cells, of whoever, are nothing that was written in them.
    assert not any(one.id.endswith("-escrito") for one in found.notebook.cells)


def test_a_cell_that_asks_for_another_in_passing_is_told_of_and_changes_nothing(course):
    notebook = own(course, BEA)
    extra = f'comprobar("{BASIC}:A", capa_basica)'
    notebook.cells.insert(3, nbformat.v4.new_code_cell(extra, id="de-mas"))
    found = read(course, BEA, notebook)
    assert asked(found.notebook)[BASIC] == "F"
    assert "de otra persona" in found.notes[0]


def test_a_mark_depends_on_the_variant_and_on_the_one_that_came(course):
    first = read(course, BEA, own(course, BEA))
    general = read(course, BEA, NOBODYS["the general one"](course))
    another = read(course, BEA, OTHERS["its letter changed"](course))
    marks = {fingerprint(one, Limits(), True) for one in (first, general, another)}
    assert len(marks) == 3
    assert read(course, BEA, own(course, BEA)) == first


def test_another_secret_or_another_name_grades_again_only_whose_variant_changes(course):
    hand_in(course, BEA, own(course, BEA), FILE, UNIT)
    hand_in(course, EVA, own(course, EVA), FILE, UNIT)

    def seals(**told):
        here = Course(course.root, course.config.copy())
        here.config.Curso.update(told)
        every = Seals(here, UNIT, (), Limits(), True)
        return every.of(BEA), every.of(EVA)

    before = seals()
    assert seals() == before
    renamed = seals(variante_de={BEA: ANA})
    assert renamed[0] != before[0]
    assert renamed[1] == before[1]


def check(course: Course) -> None:
    here = Course.at(course.root)
    with open_gradebook(here) as gradebook:
        check_variants(here, gradebook, UNIT, cells_of(here))


def unasked(course: Course) -> None:
    path = course.root / "nbgrader_config.py"
    path.write_text(path.read_text().replace("c.Curso.variantes = True", ""))


LOST = {
    "no secret": (lambda course: (course.root / SECRET).unlink(), "falta «"),
    "another secret": (
        lambda course: (course.root / SECRET).write_text("1" * 64),
        "no es el secre",
    ),
    "a broken secret": (lambda course: (course.root / SECRET).write_text("hola"), "recupéralo"),
    "no variants any more": (unasked, "ya no las pide"),
}


@pytest.mark.parametrize("kind", LOST)
def test_where_what_was_handed_out_is_not_known_nothing_is_graded(course, kind):
    check(course)
    assert variants_problem(course) is None
    change, words = LOST[kind]
    change(course)
    with pytest.raises(CursoError, match=words):
        check(course)
    assert words in str(variants_problem(Course.at(course.root)))
    if kind != "no variants any more":
        with pytest.raises(CursoError, match="--variantes-nuevas"):
            ready_to_publish(Course.at(course.root), [UNIT])


def test_variants_that_nobody_was_given_are_not_graded(course):
    with open_gradebook(course) as gradebook:
        gradebook.db.execute(text("DELETE FROM curso_variantes"))
        gradebook.db.commit()
    with pytest.raises(CursoError, match="se publicó sin ellas"):
        check(course)


def test_new_variants_are_decided_only_when_they_are_asked_for(course):
    (course.root / SECRET).write_text("1" * 64)
    here = Course.at(course.root)
    ready_to_publish(here, [UNIT], renew=True)
    assert (course.root / SECRET).read_text().strip() not in ("0" * 64, "1" * 64)
    assert (course.root / f"{SECRET}.1").read_text() == "1" * 64
    ready_to_publish(Course.at(course.root), [UNIT], renew=True)
    assert (course.root / f"{SECRET}.2").exists()  # Nothing that decided a work is lost.
    # Until they are published nobody has them.
    with pytest.raises(CursoError, match="se publicó sin ellas"):
        check(course)


def test_what_several_units_have_is_not_renewed_in_one(course):
    another = "4_padding"
    with open_gradebook(course) as gradebook:
        row = gradebook.db.execute(text("SELECT secret FROM curso_variantes")).one()
        gradebook.db.execute(
            text("INSERT INTO curso_variantes VALUES (:unit, :secret)"),
            {"unit": another, "secret": row.secret},
        )
        gradebook.db.commit()
    with pytest.raises(CursoError, match=f"di {UNIT} {another}, o ninguna"):
        ready_to_publish(course, [UNIT], renew=True)
    assert (course.root / SECRET).read_text() == "0" * 64
    ready_to_publish(course, [UNIT, another], renew=True)
    assert (course.root / SECRET).read_text() != "0" * 64


def test_of_a_unit_that_was_never_published_there_is_nothing_to_say(course):
    shutil.copytree(ROOT / "source" / "4_padding", course.source / "4_padding")
    assert "4_padding" in Course.at(course.root).with_variants
    assert variants_problem(Course.at(course.root)) is None


def test_a_source_that_says_it_otherwise_is_not_published_by_halves(course):
    path = course.source / UNIT / FILE
    path.write_text(path.read_text().replace("8 filtros de 3×3", "ocho filtros de 3×3"))
    with pytest.raises(CursoError, match=r"no puede tener variantes: .*«8 filtros de 3×3»"):
        publish(course, [UNIT])


def test_moodle_gives_each_person_their_own_back(course, tmp_path):
    people = [
        Enrolled(number=900 + n, name=f"{name.capitalize()} García")
        for n, name in enumerate(LETTERS)
    ]
    people.append(Enrolled(number=999, name="Nadie Conocido"))
    sheet = tmp_path / "hoja.csv"
    sheet.write_bytes(worksheet(people, emails=False))
    found = hand_out(course, UNIT, sheet)
    assert found.students == 4
    assert found.unknown == ("Nadie Conocido",)
    with zipfile.ZipFile(found.archive) as archive:
        back = {
            taken_back(name, range(900, 1000)): archive.read(name) for name in archive.namelist()
        }
    assert set(back) == {(900 + n, FILE) for n in range(4)}
    for place, name in enumerate(LETTERS):
        given = (course.root / FOLDER / name / UNIT / FILE).read_bytes()
        assert back[900 + place, FILE] == given


def test_an_untouched_notebook_of_ones_own_is_no_answer_beside_the_written_one(course, tmp_path):
    """Its numbers are the course's: by it nobody's work would be set aside in another name."""
    written, untouched = own(course, BEA), own(course, BEA)
    cell(written, "campo-receptivo-solucion").source = "def campo_receptivo(capas): return 1"
    sheet = tmp_path / "hoja.csv"
    sheet.write_bytes(worksheet([Enrolled(number=901, name="Est1 García")], emails=False))
    files = {"mapas (1).ipynb": written, "mapas.ipynb": untouched}
    data = {
        folder("Est1 García", 901) + name: nbformat.writes(notebook).encode()
        for name, notebook in files.items()
    }
    received = receive(course, submissions(data, tmp_path / "entregas.zip"), sheet)
    assert received.unit == UNIT
    placed = nbformat.read(course.submitted / BEA / UNIT / FILE, as_version=4)
    assert "return 1" in cell(placed, "campo-receptivo-solucion").source


def test_nobody_in_class_is_said(course):
    with open_gradebook(course) as gradebook:
        for name in LETTERS:
            gradebook.remove_student(name)
    shutil.rmtree(course.submitted)
    with pytest.raises(CursoError, match="curso alumnos"):
        hand_out(course, UNIT)


def test_what_a_variants_notebook_brings_is_nobodys_copy(course):
    known = of_the_course(course)
    without = of_the_course(Course(course.root, Config()))
    assert len(known) > len(without)


def test_a_lost_secret_is_renewed_too(course):
    (course.root / SECRET).unlink()
    ready_to_publish(course, [UNIT], renew=True)
    ready_to_publish(Course.at(course.root), [UNIT], renew=True)
    assert (course.root / SECRET).exists()


def test_published_without_them_nobody_has_one_any_more(course):
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("variantes = True", "variantes = False"))
    here = Course.at(course.root)
    assert "ya no las pide" in (variants_problem(here) or "")
    publish(here, [UNIT])
    assert variants_problem(here) is None
    check(here)


def test_of_a_unit_that_is_not_there_any_more_there_is_nothing_to_say(course):
    (course.root / SECRET).unlink()
    assert SECRET in (variants_problem(Course.at(course.root)) or "")
    shutil.rmtree(course.source / UNIT)
    assert variants_problem(Course.at(course.root)) is None


def test_a_course_without_a_gradebook_has_given_nothing(course):
    (course.root / "gradebook.db").unlink()
    assert variants_problem(Course.at(course.root)) is None
