"""Canvas' own gradebook comes back filled: one column, where nobody had put a mark."""

from __future__ import annotations

import csv
import io

import pytest
from classroom import UNIT

from autograder.campus.canvas import give_to_canvas
from autograder.common.errors import CursoError
from autograder.gradebook.database import open_gradebook

HEADER = (
    "Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Notas mías", "1. Convolución (901)",
    "Otra tarea (902)", "Tareas Current Score", "Final Score",
)  # fmt: skip
# By gradebook_exporter.rb: what is not posted yet, the points, the people, and Canvas' own student.
POSTING = ("", "", "", "", "", "", "Manual Posting", "", "", "")
POINTS = ("    Points Possible", "", "", "", "", "(solo lectura)", "20,00", "10,00",
          "(solo lectura)", "(solo lectura)")  # fmt: skip
TEST = ("Student, Test", "99", "", "f00d", "Grupo 1", "", "", "", "", "")


def person(name, number, login, mark="", sis=""):
    return (name, number, sis, login, "Grupo 1", "=1+1", mark, "5,00", "50,00", "50,00")


@pytest.fixture
def returned(course, tmp_path):
    path = tmp_path / "Calificaciones.csv"

    def back(*people, delimiter=";", bom=True, points=POINTS, header=HEADER, **how):
        file = io.StringIO(newline="")
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([header, POSTING, points, *people, TEST])
        path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + file.getvalue().encode())
        found = give_to_canvas(course, path, **how)
        after = found.sheet.read_bytes()
        rows = list(
            csv.reader(io.StringIO(after.decode("utf-8-sig"), newline=""), delimiter=delimiter)
        )
        return found, path.read_bytes(), after, rows

    return back


@pytest.mark.parametrize("comma", [True, False])
def test_only_the_marks_of_its_column_change(returned, marked, comma):
    marked("ana@uni.edu", 14.4)
    people = person("López, Ana", "11", "ana@uni.edu"), person("Gil, Luis", "12", "luis@uni.edu")
    points = POINTS if comma else tuple(text.replace(",", ".") for text in POINTS)
    if not comma:
        people = tuple(tuple(t.replace(",00", ".00") for t in one) for one in people)
    _, before, after, rows = returned(*people, delimiter=";" if comma else ",", points=points)
    mark = "14,40" if comma else "14.40"
    assert rows[3][6] == mark
    line = next(one for one in before.split(b"\r\n") if b"ana@uni.edu" in one)
    assert after == before.replace(line, line.replace(b"=1+1;;", f"=1+1;{mark};".encode()).replace(
        b"=1+1,,", f"=1+1,{mark},".encode()))  # fmt: skip


def test_what_somebody_put_in_canvas_is_left(returned, marked, course):
    for name in ("ana", "luis", "eva", "leo"):
        marked(f"{name}@uni.edu", 12)
    back, _, _, rows = returned(
        person("Ana", "11", "ana@uni.edu", "15,00"),
        person("Luis", "12", "luis@uni.edu", "EX"),
        person("Eva", "13", "eva@uni.edu", "N/A"),
        person("Leo", "14", "leo@uni.edu", "12,00"),
        person("Nadie", "15", "nadie@uni.edu"),
    )
    assert [row[6] for row in rows[3:]] == ["15,00", "EX", "N/A", "12,00", "", ""]
    assert [row.state for row in back.rows[UNIT]] == [*["sin tocar"] * 3, "con nota", "sin tocar"]
    said = [row.notes[0] for row in back.rows[UNIT][:3]]
    assert all(w in n for w, n in zip(("alguien puso", "exento", "asignada"), said, strict=True))
    marked("leo@uni.edu", 16)  # Ours may change.
    _, _, _, rows = returned(person("Leo", "14", "leo@uni.edu", "12,00"))
    assert rows[3][6] == "16,00"
    marked("leo@uni.edu", 17)
    _, _, _, rows = returned(person("Leo", "14", "leo@uni.edu", "12,00"))  # It was not uploaded.
    assert rows[3][6] == "17,00"


def test_people_are_known_by_what_identifies_them(returned, marked, course):
    marked("alopez", 12)
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student("alopez", lms_user_id="A1")
    _, _, _, rows = returned(person("Quién Sea", "11", "otra", sis="A1"))
    assert rows[3][6] == "12,00"


def test_a_name_that_canvas_wrote_as_a_formula_is_the_name(returned, marked, course):
    marked("ana", 12)
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student("ana", first_name="=Ana")
    _, before, after, rows = returned(person('="=Ana"', "11", ""))
    assert rows[3][:1] + rows[3][6:7] == ['="=Ana"', "12,00"]
    assert before.replace(b"=1+1;;5", b"=1+1;12,00;5") == after


def test_the_assignment_is_known_by_its_title_or_is_asked_for(returned, marked):
    marked("ana@uni.edu", 20)
    ana = person("López, Ana", "11", "ana@uni.edu")
    other = tuple("Primera (901)" if "Conv" in text else text for text in HEADER)
    with pytest.raises(CursoError, match="«Primera \\(901\\)», «Otra tarea \\(902\\)»"):
        returned(ana, header=other)
    _, _, _, rows = returned(ana, header=other, unit=UNIT, title="primera")
    assert rows[3][6] == "20,00"


def test_what_is_not_canvas_is_refused(course, tmp_path, marked):
    path = tmp_path / "x.csv"
    for text in ("", "a,b\n1,2\n", "Student,ID,Section,Uno (1)\nAna,1,G,3\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CursoError, match="Exportar") as error:
            give_to_canvas(course, path, UNIT)
        assert "\n" not in error.value.args[0]
    assert not (course.report / "canvas").exists()
