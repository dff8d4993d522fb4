"""The class list: who each student is, who is missing, and who left without losing a mark."""

from __future__ import annotations

import csv
import io

import pytest
from classroom import UNIT
from moodle import Enrolled, worksheet

from autograder.campus.give_back import give_back
from autograder.campus.roster import take_list
from autograder.common.errors import CursoError
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.recording import marks_of
from autograder.report.writing import write_report

PARTICIPANTS = (
    "Nombre,Apellido(s),Dirección de correo,Número de ID,Roles\n"
    "Ana,López,ana@uni.edu,A1,Estudiante\n"
    "Luis,Gil,luis@uni.edu,A2,Estudiante\n"
    "Eva,Díaz,eva@uni.edu,A3,Estudiante\n"
    "Pía,Mora,pia@uni.edu,,Profesor\n"
)


@pytest.fixture
def lists(course, tmp_path):
    path = tmp_path / "lista.csv"

    def take(text, **how):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return take_list(course, path, **how)

    return take


def students(course):
    with open_gradebook(course) as gradebook:
        return {
            s.id: (s.first_name, s.last_name, s.email, s.lms_user_id) for s in gradebook.students
        }


def report(course):
    page, table, _ = write_report(course)
    rows = csv.DictReader(
        io.StringIO(table.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"
    )
    return page.read_text(encoding="utf-8"), list(rows)


def test_participants_become_students_with_their_names_and_nobody_who_teaches(lists, course):
    found = lists(PARTICIPANTS)
    assert [one.id for one in found.joined] == ["ana@uni.edu", "luis@uni.edu", "eva@uni.edu"]
    assert found.staff == ["Pía Mora"]
    assert students(course) == {
        "ana@uni.edu": ("Ana", "López", "ana@uni.edu", "A1"),
        "luis@uni.edu": ("Luis", "Gil", "luis@uni.edu", "A2"),
        "eva@uni.edu": ("Eva", "Díaz", "eva@uni.edu", "A3"),
    }
    again = lists(PARTICIPANTS)
    assert (again.joined, again.left) == ([], [])


def test_who_had_a_folder_already_keeps_it(lists, course):
    for name in ("Ana López", "lgil"):
        (course.submitted / name / UNIT).mkdir(parents=True)
    lists("Nombre completo;Nombre de usuario\nAna López;alopez\nLuis Gil;lgil\n")
    assert set(students(course)) == {"Ana López", "lgil"}


def test_a_column_may_say_which_student_each_is(lists, course):
    lists("estudiante\tNombre completo\nana_t\tTorres, Ana\n")
    assert students(course)["ana_t"][:2] == ("Ana", "Torres")


def test_the_report_names_people_counts_who_is_here_and_says_who_is_missing(lists, course, marked):
    marked("ana@uni.edu", 10)
    marked("se-fue", 0)
    lists(PARTICIPANTS)
    page, rows = report(course)
    # One row a person, also of who handed in nothing: a column copied by hand keeps its lines.
    assert [(row["nombre"], row[UNIT], row["total"]) for row in rows] == [
        ("Ana López", "10", "10"), ("Eva Díaz", "", "0"), ("Luis Gil", "", "0"),
    ]  # fmt: skip
    assert "media 50\N{NO-BREAK SPACE}%" in page
    assert "no entregaron 2 de 3" in page
    assert "Eva Díaz, Luis Gil" in page
    assert "Fuera de la lista" in page
    with open_gradebook(course) as gradebook:
        assert marks_of(gradebook, "se-fue", UNIT) is not None
    lists("Nombre completo,Dirección de correo\nOtra,otra@uni.edu\n", add=True)
    assert "no entregaron 3 de 4" in report(course)[0]


def test_without_a_list_the_report_is_as_always(course, marked):
    marked("Ana", 10)
    page, rows = report(course)
    assert list(rows[0]) == ["estudiante", UNIT, "total", "sobre", "aceptación", "observaciones"]
    assert "Quién falta" not in page


def test_the_same_mark_is_in_the_report_its_table_and_the_worksheet(course, marked, tmp_path):
    config = course.root / "nbgrader_config.py"
    scale = '\nc = get_config()\nc.Curso.escala = {"maximo": 10, "decimales": 1}\n'
    config.write_text(config.read_text(encoding="utf-8") + scale, encoding="utf-8")
    marked("ana@uni.edu", 14.5)  # 7.25
    page, rows = report(course)
    assert (rows[0]["nota"], rows[0][f"nota {UNIT}"]) == ("7,3", "7,3")
    assert "<strong>7,3</strong>" in page
    sheet = tmp_path / "hoja.csv"
    sheet.write_bytes(worksheet([Enrolled(1, "Ana", "ana@uni.edu")], maximum="10,00"))
    assert '"7,30","10,00"' in give_back(course, sheet, UNIT).sheet.read_text(encoding="utf-8")


def test_a_name_is_text_in_the_page_and_in_the_table(lists, course, marked):
    marked("ana@uni.edu", 10)
    evil = "=SUMA(1)<script>alert(1)</script>"
    lists(f"Nombre,Dirección de correo\n{evil},ana@uni.edu\n")
    page, rows = report(course)
    assert "<script>alert" not in page
    assert rows[0]["nombre"].startswith("'=")


def test_what_nobody_can_see_of_a_name_is_not_kept(lists, course):
    """It would move the cursor of whoever reads the table, or turn a name around."""
    head = "\ufeffNombre,Apellido(s),Dirección de correo,Nombre de usuario,Número de ID\n"
    lists(f"{head}A\x1b[31mna\0,L\u202eópez\x07,ana@uni.edu\0,ana,A\x9b1\n")
    assert students(course) == {"ana": ("Ana", "López", "ana@uni.edu", "A1")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "vacía"),
        ("hola\n", "no tiene las columnas"),
        ("Nombre,Dirección de correo\n", "no tiene a nadie"),
        ("Nombre,Dirección de correo\n,\n", "fila 2: no dice quién es"),
        ("Nombre,Dirección de correo\nAna,a@u.es\nLuis,A@u.es\n", "dos veces el correo"),
        ("estudiante,Nombre\n<b>,Ana\n", "página web interpretaría"),
        ("estudiante,Nombre\na/../../fuera,Ana\n", "otra carpeta"),
        ("Nombre,Dirección de correo\nAna\n", "cortada"),
        (b"PK\x03\x04", "Excel"),
    ],
)
def test_what_is_no_list_changes_nothing(lists, course, text, said):
    with pytest.raises(CursoError, match=said) as error:
        lists(text)
    assert "\n" not in error.value.args[0]
    assert students(course) == {}


def test_groups_and_sections_come_with_the_list_and_into_the_report(lists, course, marked):
    marked("ana@uni.edu", 20)
    marked("luis@uni.edu", 10)
    head = "Nombre,Apellido(s),Dirección de correo,Sección,Grupos\n"
    hostile = "<b>A</b>"
    found = lists(
        f'{head}Ana,López,ana@uni.edu,Mañana,"Grupo 10, Grupo 9, Grupo 9"\n'
        f"Luis,Gil,luis@uni.edu,Tarde,{hostile}\nEva,Díaz,eva@uni.edu,,\n"
    )
    assert found.groups == ["A", "Grupo 9", "Grupo 10", "Mañana", "Tarde"]
    page, rows = report(course)
    assert {row["estudiante"]: row["grupo"] for row in rows} == {
        "ana@uni.edu": "Mañana, Grupo 10, Grupo 9",
        "luis@uni.edu": "Tarde, A",
        "eva@uni.edu": "",
    }
    assert hostile not in page
    # A list that says nothing of groups leaves them; one that says there is none takes them away.
    lists(PARTICIPANTS)
    assert report(course)[1] == rows
    lists(f"{head}Ana,López,ana@uni.edu,Tarde,\n", add=True)
    assert {row["estudiante"]: row["grupo"] for row in report(course)[1]} == {
        "ana@uni.edu": "Tarde",
        "luis@uni.edu": "Tarde, A",
        "eva@uni.edu": "",
    }
