"""A name that is allowed is only text, everywhere; what cannot be is refused by every door."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from classroom import UNIT, hand_in, new_course, untouched
from jinja2 import Environment, FileSystemLoader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.server_extensions.formgrader import handlers
from stock_nbgrader import autograde, nbgrader, saved

from autograder.classroom.grading import grade
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.course.names import composed, name_problem, one_folder_each, root_problem
from autograder.gradebook.database import open_gradebook
from autograder.nbgrader_ext.publishing import publish

ALLOWED = ("O'Connor", "D'Angelo-L'Hôpital", "Ana & Luis", "José Ñandú (2)", "100%_nada", "'''")
REFUSED = ("<b>", 'a"b', "`a`", "{{7*7}}", "a\\b", "&lt;img&gt;", "A&#47;..", "R&D", "&", ".oculto")
ACCENTED = "Íñigo Peña Güell"
# As they come from lists of students, platforms and folders.
REAL = (
    "Ana [grupo 2]", "Torres Gil, Ana María", "ana.torres+cnn@uni.es", "O'Connor", "~ana",
    "100% $HOME", "-guion", "ana.", "Beatriz", "BEATRIZ", "محمد علي", "Zoë 🎓 Æsir", "12345",
    "Bea*", "[a-z]*", "*a", " con espacios ", "Mª José; D.ª Pía = 1!", "x" * 100,
)  # fmt: skip
IMPOSSIBLE = {
    "*": "el de cualquiera",
    "*.ipynb": "el de cualquiera",
    "¿Ana?": "cortan la dirección",
    "Ana #2": "cortan la dirección",
    "a%41": "cortan la dirección",
    "x" * 101: "100 caracteres",
    unicodedata.normalize("NFD", ACCENTED): "acentos sueltos",
    "a\u202eb": "no se pueden guardar",
    "a\nb": "no se pueden guardar",
    "..": "punto",
    "ana/../../fuera": "otra carpeta",
    "": "vacío",
}
PAGES = ("manage_students_assignments.tpl", "manage_students_notebook_submissions.tpl")


class Structure(HTMLParser):
    """The tags of a page, and its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, [(name, value) for name, value in attrs if name != "href"]))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self.scripts and self.lasttag == "script":
            self.scripts[-1] += data


def page_with(name: str, template: str) -> tuple[str, Structure]:
    environment = Environment(loader=FileSystemLoader([handlers.template_path]))
    values = {"student_id": name, "assignment_id": "1_convolucion", "base_url": "", "windows": 0}
    page = environment.get_template(template).render(**values)
    structure = Structure()
    structure.feed(page)
    return page, structure


@pytest.mark.parametrize("template", PAGES)
@pytest.mark.parametrize("name", ALLOWED)
def test_an_allowed_name_is_only_text_on_formgraders_pages(name, template):
    assert name_problem(name) is None
    page, structure = page_with(name, template)
    _, expected = page_with("ana", template)
    assert structure.tags == expected.tags
    literals = re.findall(r'var student_id = (".*");', page)
    assert [json.loads(literal) for literal in literals] == [name]
    scripts = [script.replace(name, "ana") for script in structure.scripts]
    assert scripts == expected.scripts


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_could_be_more_than_text_is_refused(name):
    assert name_problem(name)


@pytest.mark.parametrize("name", [*REAL, *ALLOWED])
def test_real_names_are_allowed(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(("name", "reason"), IMPOSSIBLE.items())
def test_what_cannot_work_by_every_door_is_refused_with_its_reason(name, reason):
    assert reason in name_problem(name)


@pytest.mark.parametrize(
    ("root", "reason"),
    [
        ("/cursos/$HOME/cnn", "variable de entorno"),
        ("/cursos/${PATH}", "variable de entorno"),
        ("/cursos/*", "el de cualquiera"),
        ("/cursos/a\nb", "no se pueden escribir"),
    ],
)
def test_a_course_cannot_be_where_nbgrader_would_look_elsewhere(root, reason, tmp_path):
    assert reason in root_problem(Path(root))
    folder = tmp_path / root[1:]
    (folder / "source").mkdir(parents=True)
    with pytest.raises(CursoError, match=re.escape(reason)):
        Course.at(folder)


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    folder = tmp_path_factory.mktemp("nombres") / "[2026] Curso ¿qué? #1, 100%41 & 'más' $5"
    course = new_course(folder, (UNIT, "2_filtros"))
    publish(course, [UNIT, "2_filtros"])
    for name in REAL:
        hand_in(course, name, untouched())
    for name in ("*", "Ana#1"):
        hand_in(course, name, untouched())
    hand_in(course, composed(ACCENTED), untouched())
    apart = unicodedata.normalize("NFD", ACCENTED)
    hand_in(course, apart, untouched("2_filtros"), "filtros.ipynb", "2_filtros")
    # A class beside it, that a pattern would reach.
    hand_in(new_course(folder.parent / "2 Curso ¿qué? #1, 100%41 & 'más' $5"), "x", "{}")
    return course


@pytest.fixture(scope="module")
def stock(course) -> str:
    return autograde(course, expected=1)


class TestOneCourseOfOddNames:
    """Its own folder, and its students', are called as nbgrader would not understand."""

    def test_nothing_is_kept_beside_the_course(self, course):
        assert [path.name for path in course.root.glob("*.db")] == ["gradebook.db"]
        assert len(list(course.root.parent.iterdir())) == 2

    def test_stock_nbgrader_grades_everybody_and_says_who_cannot_be(self, course, stock):
        assert {student for student, _ in saved(course, UNIT)} == {*REAL, composed(ACCENTED)}
        for name in ("*", "Ana#1"):
            assert name_problem(name) in stock

    def test_formgraders_button_reaches_each(self, course, stock):
        config = course.config
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        assert api.get_submitted_students(UNIT) >= {*REAL, composed(ACCENTED)}
        for name in ("Ana [grupo 2]", "Torres Gil, Ana María", "Bea*", " con espacios "):
            answered = api.autograde(UNIT, name)
            assert answered["success"], answered
            assert api.get_submission(UNIT, name)["autograded"]
            feedback = api.generate_feedback(UNIT, name, force=True)
            assert feedback["success"], feedback

    def test_everybody_gets_feedback_and_nothing_else_is_copied(self, course, stock):
        nbgrader("generate_feedback", UNIT, course=course)
        for name in (*REAL, composed(ACCENTED)):
            kept = [path.name for path in (course.root / "feedback" / name / UNIT).iterdir()]
            assert kept == ["convolucion.html"]

    def test_one_name_written_in_two_ways_is_one_student(self, course, stock):
        outcomes = grade(course, [UNIT, "2_filtros"])
        assert {
            (one.student, one.unit)
            for one in outcomes
            if composed(one.student) == composed(ACCENTED)
        } == {(composed(ACCENTED), unit) for unit in (UNIT, "2_filtros")}
        problems = {one.student: one.problem for one in outcomes if one.problem}
        assert problems == {name: name_problem(name) for name in ("*", "Ana#1")}
        with open_gradebook(course) as gradebook:
            names = [student.id for student in gradebook.students]
        assert sorted(names) == sorted([*REAL, composed(ACCENTED)])


def test_two_folders_with_the_same_unit_are_not_joined_and_nothing_is_lost(tmp_path):
    apart, whole = unicodedata.normalize("NFD", ACCENTED), composed(ACCENTED)
    for folder in (apart, whole):
        (tmp_path / folder / UNIT).mkdir(parents=True)
        (tmp_path / folder / UNIT / "convolucion.ipynb").write_text(folder)
    (tmp_path / apart / "2_filtros").mkdir()
    (tmp_path / unicodedata.normalize("NFD", "Ñu")).symlink_to(tmp_path / whole)
    one_folder_each(tmp_path)
    assert (tmp_path / whole / "2_filtros").is_dir()
    assert (tmp_path / apart / UNIT / "convolucion.ipynb").read_text() == apart
    assert (tmp_path / whole / UNIT / "convolucion.ipynb").read_text() == whole
    assert "deja una sola" in name_problem(apart)
    assert (tmp_path / unicodedata.normalize("NFD", "Ñu")).is_symlink()


def test_a_path_with_accents_that_this_python_cannot_read_says_what_to_set(monkeypatch):
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: "ascii")
    read = "/Visión".encode().decode("ascii", "surrogateescape")
    assert "pon PYTHONUTF8=1" in root_problem(Path(read))
    assert root_problem(Path("/vision")) is None
