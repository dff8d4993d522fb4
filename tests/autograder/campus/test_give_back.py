"""The teacher's own worksheet comes back filled: its marks and comments, and not a byte more."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import nbformat
import pytest
from classroom import UNIT, solved
from hypothesis import given
from hypothesis import strategies as st
from moodle import (
    ENGLISH,
    OTHER_TONGUES,
    SPANISH,
    Enrolled,
    folder,
    imported,
    submissions,
    taken_back,
    worksheet,
)

from autograder.campus.dates import written_moment
from autograder.campus.give_back import GIVEN, SKIPPED, give_back, returned_name
from autograder.campus.headers import columns
from autograder.campus.links import Link, and_now, is_ours, links, remember
from autograder.campus.receive import receive
from autograder.campus.sheet import Sheet
from autograder.campus.worksheet import Person
from autograder.common.errors import CursoError
from autograder.gradebook.database import open_gradebook
from autograder.submission.folder import read_timestamp
from autograder.terminal.campus_view import give_back_and_show

ANA, LUIS = Enrolled(101, "Ana López", "ana@uni.edu"), Enrolled(102, "Luis Gil", "luis@uni.edu")
MEANINGS = (
    "number", "name", "email", "state", "grade", "maximum", "changeable", "submitted", "graded",
    "comment",
)  # fmt: skip
HOSTILE = "=HYPERLINK(\"http://x\")</li><script>alert('x')</script>,;\t\n@SUM(A1)"


@pytest.fixture
def returned(course, tmp_path):
    """A function that gives the worksheet of some people back filled."""
    path = tmp_path / "Calificaciones-CNN-101.csv"

    def back(people=(ANA, LUIS), *, unit=UNIT, data=None, **how):
        path.write_bytes(worksheet(people, **how) if data is None else data)
        found = give_back(course, path, unit, "America/Bogota")
        return found, path.read_bytes(), found.sheet.read_bytes()

    return back


def states(back):
    return {row.name: row.state for row in back.rows}


def notes(back, name):
    return " | ".join(note for row in back.rows if row.name == name for note in row.notes)


@pytest.mark.parametrize("tongue", OTHER_TONGUES.values(), ids=OTHER_TONGUES)
def test_a_worksheet_in_another_tongue_goes_and_comes_back(course, tmp_path, marked, tongue):
    found = columns(tongue.header)
    assert [found[meaning] for meaning in MEANINGS] == list(range(len(MEANINGS)))
    ana, luis, eva, leo = (
        Enrolled(number, name, f"{name}@uni.edu", tongue.date, changeable=tongue.yes)
        for number, name in enumerate(("ana", "luis", "eva", "leo"), 101)
    )
    luis = replace(luis, changeable=tongue.no)
    eva = replace(eva, grade="15,00", graded=tongue.date)
    said = {"header": tongue.header, "participant": tongue.participant, "state": tongue.state}
    sheet, delivered = tmp_path / "hoja.csv", tmp_path / "entregas.zip"
    sheet.write_bytes(worksheet([ana, luis, eva, leo], **said))
    work = nbformat.writes(solved()).encode()
    who = {one: folder(one.name, one.number) + "convolucion.ipynb" for one in (ana, luis, eva)}
    submissions(dict.fromkeys(who.values(), work), delivered)
    received = receive(course, delivered, sheet, None, "America/Bogota")
    assert states(received) == {"ana": "nueva", "luis": "nueva", "eva": "nueva"}
    # In Bogotá it is five hours earlier.
    home = course.submitted / "ana@uni.edu" / UNIT
    assert read_timestamp(home, course.clock, []) == "2026-01-13 04:58:00.000000 UTC"
    for one in (ana, luis, eva, leo):
        marked(one.email, 14.5, reason="el kernel está volteado")
    before, later = sheet.read_bytes(), worksheet([ana, luis, eva, leo], **said)
    assert later == before
    back = give_back(course, sheet, UNIT, "America/Bogota")
    rows = imported(back.sheet.read_bytes())
    assert (rows[101][tongue.header[4]], rows[103][tongue.header[4]]) == ("14,50", "15,00")
    assert "el kernel está volteado" in rows[101][tongue.header[9]]
    assert "no deja" in notes(back, "luis")
    assert "el 12/01/2026 23:58" in notes(back, "eva")
    assert {n for n, row in rows.items() if row == imported(before)[n]} == {102, 103}


def months(*names):
    """Of every month of a tongue, its number."""
    return [written_moment(name).month for name in names]


def test_every_month_of_basque_is_told_apart():
    stems = "urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa"
    days = "astelehena asteartea asteazkena osteguna ostirala larunbata igandea"
    for day in days.split():
        assert months(
            *(f"{day}, 2026(e)ko {m}ren 3(e)an, 09:05(e)tan" for m in f"{stems} abendua".split())
        ) == list(range(1, 13))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize(
    ("header", "maximum", "mark"), [(SPANISH, "20,00", "14,40"), (ENGLISH, "20.00", "14.40")]
)
def test_only_marks_and_comments_change_in_every_form(
    returned, marked, delimiter, bom, header, maximum, mark
):
    marked("ana@uni.edu", 14.4, reason="el kernel está volteado")
    how = {"delimiter": delimiter, "bom": bom, "header": header, "maximum": maximum}
    back, before, after = returned(ends="\r\n" if bom else "\n", **how)
    assert states(back)["Ana López"] == GIVEN
    assert after.startswith(b"\xef\xbb\xbf") == bom
    rows = imported(after, delimiter)
    assert rows[101][header[4]] == mark
    assert "14,4 de 20" in rows[101][header[9]]
    assert "el kernel está volteado" in rows[101][header[9]]
    # With those two cells as they were, it is the very file.
    sheet = Sheet(after.decode("utf-8"), delimiter)
    line = after.decode().splitlines(keepends=True)[1]
    cells = [line[c.start - sheet.rows[1][0].start : c.end - sheet.rows[1][0].start]
             for c in sheet.rows[1]]  # fmt: skip
    cells[4] = cells[9] = ""
    assert after.decode().replace(
        line, delimiter.join(cells) + line[len(line.rstrip("\r\n")) :]
    ) == (before.decode())


def test_what_a_person_changed_in_moodle_is_left_and_listed(returned, marked):
    for name in ("ana", "luis", "eva", "leo", "mar", "sol"):
        marked(f"{name}@uni.edu", 12, when=datetime(2026, 1, 13, 4, 58))

    def who(number, name, **how):
        return Enrolled(number, name, f"{name}@uni.edu", **how)

    people = [
        who(1, "ana", grade="15,00", graded="martes, 13 de enero de 2026, 10:00"),
        who(2, "luis", submitted="martes, 13 de enero de 2026, 00:30"),
        who(3, "eva", changeable="No"),
        who(4, "leo", comment="Muy bien, Leo"),
        who(5, "mar", grade="12,00", graded="martes, 13 de enero de 2026, 10:00"),
        who(6, "sol", submitted="lunes, 12 de enero de 2026, 23:59"),  # The seconds are not told.
        who(7, "nadie", submitted="-"),
        who(8, "sin recoger"),
    ]
    back, before, after = returned(people)
    assert [name for name, state in states(back).items() if state == SKIPPED] == [
        "ana", "luis", "eva", "sin recoger",
    ]  # fmt: skip
    assert "tiene 15, que alguien puso el 13/01/2026" in notes(back, "ana")
    assert "entregó otra vez" in notes(back, "luis")
    assert "no deja" in notes(back, "eva")
    assert "recógela" in notes(back, "sin recoger")
    untouched = {1, 2, 3, 7, 8}
    assert {n for n, row in imported(after).items() if row == imported(before)[n]} == untouched
    assert imported(after)[4]["Comentarios de retroalimentación"] == "Muy bien, Leo"


def test_a_mark_of_ours_is_put_again_and_never_over_the_maximum(returned, marked, course):
    marked("ana@uni.edu", 12)
    back, _, after = returned([ANA])
    with open_gradebook(course) as gradebook:
        assert links(gradebook) == [Link(101, UNIT, "ana@uni.edu", returned="12.00")]
    marked("ana@uni.edu", 18)
    # As Moodle gives it after it took the first: our mark and our comment are there.
    later = after.replace(b",-,", b',"martes, 13 de enero de 2026, 10:00",')
    back, _, again = returned(data=later)
    assert states(back) == {"Ana López": GIVEN}
    assert imported(again)[101]["Calificación"] == "18,00"
    assert "18 de 20" in imported(again)[101]["Comentarios de retroalimentación"]
    _, _, hundred = returned([ANA], maximum="100,00")
    assert imported(hundred)[101]["Calificación"] == "90,00"


def test_a_sheet_that_was_filled_and_never_uploaded_makes_no_mark_somebody_s(returned, marked):
    def filled(points, there):
        marked("ana@uni.edu", points)
        graded = "martes, 13 de enero de 2026, 10:00" if there else "-"
        back, _, after = returned([replace(ANA, grade=there, graded=graded)])
        return states(back)["Ana López"], imported(after)[101]["Calificación"]

    assert filled(4, "") == (GIVEN, "4,00")
    assert filled(20, "4,00") == (GIVEN, "20,00")
    assert filled(0, "4,00") == (GIVEN, "0,00")  # The one of 20 was filled again instead.
    assert filled(18, "0,00") == (GIVEN, "18,00")
    # Those before the one that was uploaded are no longer there: now somebody put it.
    assert filled(18, "4,00") == (SKIPPED, "4,00")
    assert filled(17, "18,00") == (GIVEN, "17,00")


def test_what_was_given_back_fits_where_a_database_keeps_it():
    returned = ""
    for mark in range(200):
        returned = and_now(None, returned, Decimal(mark) / 10)
        assert len(returned) <= 64
        assert is_ours(Decimal(mark) / 10, returned)


def test_the_scale_of_the_course_is_that_of_the_sheet(returned, marked, course):
    config = course.root / "nbgrader_config.py"
    scale = '\nc = get_config()\nc.Curso.escala = {"maximo": 7, "minimo": 1, "decimales": 1}\n'
    config.write_text(config.read_text(encoding="utf-8") + scale, encoding="utf-8")
    marked("ana@uni.edu", 10)
    back, _, after = returned([ANA], maximum="7,00")
    assert imported(after)[101]["Calificación"] == "4,00"
    back, _, after = returned([ANA], maximum="100,00")
    assert imported(after)[101]["Calificación"] == "50,00"
    assert "escala del curso sobre 7" in back.notes[0]


def test_what_a_student_wrote_is_text_in_the_comment(returned, marked):
    marked("ana@uni.edu", 3, reason=HOSTILE)
    _, _, after = returned([ANA])
    comment = imported(after)[101]["Comentarios de retroalimentación"]
    assert comment.startswith("<p>Curso Conv2D")
    assert "<script" not in comment
    assert comment.count("<li>") == comment.count("</li>") == 1


def test_a_formula_of_the_teachers_sheet_stays_as_it_came_and_is_text_in_ours(
    returned, marked, course
):
    marked("ana@uni.edu", 3)
    evil = Enrolled(101, '=cmd|"/c calc"', "ana@uni.edu")
    back, before, after = returned([evil])
    assert imported(after)[101]["Nombre completo"] == imported(before)[101]["Nombre completo"]
    give_back_and_show(course, back.sheet, UNIT, None)
    ours = (course.report / f"devueltas_{UNIT}.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(ours), delimiter=";"))[1][0].startswith("'=cmd")


def test_the_comments_zip_is_one_that_moodle_takes_back(returned, marked, course):
    marked("ana@uni.edu", 12)
    marked("luis@uni.edu", 12)
    page = course.root / "feedback" / "ana@uni.edu" / UNIT / "convolucion.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>hola</p>", encoding="utf-8")
    (course.root / "feedback" / "luis@uni.edu").symlink_to("/etc")
    back, _, _ = returned()
    with zipfile.ZipFile(back.pages) as archive:
        (name,) = archive.namelist()
        assert archive.read(name) == b"<p>hola</p>"
    assert taken_back(name, [101, 102]) == (101, f"{UNIT}.html")
    assert back.without_page == 1


@given(st.text(max_size=80), st.integers(0, 10**9))
def test_no_name_gives_a_comment_to_another(name, number):
    path = returned_name(Person(1, number, name), f"{UNIT}.html")
    assert taken_back(path, [number, 102, 101]) == (number, f"{UNIT}.html")


def test_the_unit_is_the_one_that_was_received(returned, marked, course):
    marked("ana@uni.edu", 12)
    with pytest.raises(CursoError, match="--unidad"):
        returned([ANA], unit=None)
    with open_gradebook(course) as gradebook:
        remember(gradebook, [Link(101, UNIT, "ana@uni.edu", "2026-01-13 04:58:00 UTC")])
    back, _, _ = returned([ANA], unit=None)
    assert back.unit == UNIT


def test_a_sheet_marked_with_words_is_refused(returned, marked, course):
    marked("ana@uni.edu", 12)
    with pytest.raises(CursoError, match="máximo de puntos"):
        returned([ANA], maximum="")
    assert not (course.report / "moodle").exists()


# Python's own writer leaves a lone carriage return without quotes.
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)


@given(
    st.lists(
        st.lists(CELLS, min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_a_sheet_reads_as_csv_does_and_is_written_as_it_came(rows, delimiter, ends, quoting):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows(rows)
    text = file.getvalue()
    sheet = Sheet(text, delimiter)
    assert [[cell.value for cell in row] for row in sheet.rows] == rows
    assert sheet.to_bytes() == text.encode()
    sheet.put(0, 1, 'uno "dos"' + delimiter + "\n")
    again = list(
        csv.reader(io.StringIO(sheet.to_bytes().decode(), newline=""), delimiter=delimiter)
    )
    assert again == [[rows[0][0], 'uno "dos"' + delimiter + "\n", rows[0][2]], *rows[1:]]
