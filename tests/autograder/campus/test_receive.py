"""From Moodle's download to ``submitted/``: by the number, whatever else comes; or nothing."""

from __future__ import annotations

import os
import re
import struct
import unicodedata
import zipfile
from pathlib import Path

import nbformat
import pytest
from classroom import UNIT, solved, untouched
from hypothesis import given
from hypothesis import strategies as st
from moodle import ENGLISH, Enrolled, folder, packed, submissions, worksheet

from autograder.campus import archive
from autograder.campus.dates import written_moment
from autograder.campus.entries import Entry, entry_of
from autograder.campus.receive import receive
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.gradebook.database import open_gradebook
from autograder.submission.folder import read_timestamp

SOLVED = nbformat.writes(solved()).encode()
BLANK = nbformat.writes(untouched()).encode()
FILTERS = nbformat.writes(solved("2_filtros")).encode()
ANA, LUIS = Enrolled(101, "Ana López", "ana@uni.edu"), Enrolled(102, "Luis Gil", "luis@uni.edu")


class Classroom:
    """A course, and the two files that a teacher has from Moodle."""

    def __init__(self, course: Course, tmp_path: Path) -> None:
        self.course, self.zip, self.sheet = course, tmp_path / "e.zip", tmp_path / "hoja.csv"

    def gives(self, files, people=(ANA, LUIS), unit=None, **how):
        submissions(files, self.zip)
        self.sheet.write_bytes(worksheet(people, **how))
        return receive(self.course, self.zip, self.sheet, unit, "America/Bogota")

    def files(self, student, unit=UNIT):
        home = self.course.submitted / student / unit
        return {p.relative_to(home).as_posix() for p in home.rglob("*") if p.is_file()}

    def read(self, student, name="convolucion.ipynb"):
        return (self.course.submitted / student / UNIT / name).read_bytes()

    def everything(self):
        return sorted(str(p) for p in self.course.root.rglob("*") if "gradebook" not in p.name)


@pytest.fixture
def classroom(course, tmp_path):
    return Classroom(course, tmp_path)


def states(received):
    return {row.name: row.state for row in received.rows}


def notes(received, name):
    return " | ".join(note for row in received.rows if row.name == name for note in row.notes)


@pytest.mark.parametrize("name", ["Ana López", unicodedata.normalize("NFD", "Ana López")])
@pytest.mark.parametrize(
    "path",
    [
        "{who}_101_assignsubmission_file/convolucion.ipynb",
        "{who}_101_assignsubmission_file_/convolucion.ipynb",
        "{who}_101_assignsubmission_file_convolucion.ipynb",
        "{who}_101_assignsubmission_file/entrega final/convolucion (1).ipynb",
        "{who}_101_assignsubmission_file_mi_primer_cuaderno.ipynb.txt",
        "vuelto a empaquetar/{who}_101_assignsubmission_file/sin extension",
    ],
)
def test_the_number_says_whose_it_is_and_the_cells_what_it_is(classroom, path, name):
    received = classroom.gives({path.format(who=name): SOLVED})
    assert received.unit == UNIT
    assert states(received) == {"Ana López": "nueva"}
    assert classroom.read("ana@uni.edu") == SOLVED
    assert received.absent == ["Luis Gil"]


def test_when_it_was_handed_in_is_written_with_its_zone(classroom):
    classroom.gives({folder("Ana López", 101) + "convolucion.ipynb": SOLVED})
    home = classroom.course.submitted / "ana@uni.edu" / UNIT
    assert read_timestamp(home, classroom.course.clock, []) == "2026-01-13 04:58:00.000000 UTC"


def test_twice_is_as_once(classroom):
    files = {folder("Ana López", 101) + "convolucion.ipynb": SOLVED}
    classroom.gives(files)
    before = classroom.everything()
    assert states(classroom.gives(files)) == {"Ana López": "sin cambios"}
    assert classroom.everything() == before


def test_a_later_attempt_takes_its_place_and_the_earlier_one_is_kept(classroom):
    where = folder("Ana López", 101) + "convolucion.ipynb"
    classroom.gives({where: BLANK})
    later = Enrolled(101, "Ana López", "ana@uni.edu", "martes, 3 de febrero de 2026, 9:05")
    assert states(classroom.gives({where: SOLVED}, [later])) == {"Ana López": "actualizada"}
    assert classroom.read("ana@uni.edu") == SOLVED
    (kept,) = (classroom.course.root / "anteriores").rglob("*.ipynb")
    assert kept.read_bytes() == BLANK
    assert kept.relative_to(classroom.course.root).parts[1:3] == ("ana@uni.edu", UNIT)
    # An old download, run again by mistake, takes nothing back.
    assert states(classroom.gives({where: BLANK})) == {"Ana López": "se conserva la que había"}
    assert classroom.read("ana@uni.edu") == SOLVED


def test_zips_in_zips_are_opened_and_what_systems_leave_is_not_handed_in(classroom):
    inner = packed(
        {
            "entrega/convolucion.ipynb": SOLVED,
            "entrega/ayuda.py": b"UNO = 1\n",
            "entrega/entrega.json": b"{}",  # What «curso entregar» says of it.
            "entrega/.DS_Store": b"x",
            "__MACOSX/entrega/._convolucion.ipynb": b"x",
        }
    )
    received = classroom.gives(
        {
            folder("Ana López", 101) + "todo.zip": packed({"dentro.zip": inner}),
            folder("Ana López", 101, "onlinetext") + "onlinetext.html": b"<p>hola</p>",
            "__MACOSX/" + folder("Luis Gil", 102) + "._convolucion.ipynb": b"x",
        }
    )
    assert states(received) == {"Ana López": "nueva"}
    assert classroom.files("ana@uni.edu") == {
        "convolucion.ipynb", "ayuda.py", "texto_en_linea.html", "timestamp.txt",
    }  # fmt: skip


def test_of_several_notebooks_the_one_where_something_is_written_counts(classroom):
    where = folder("Ana López", 101)
    received = classroom.gives(
        {
            where + "convolucion.ipynb": BLANK,
            where + "convolucion (1).ipynb": SOLVED,
            where + "filtros.ipynb": FILTERS,
            where + "notas.ipynb": b"{roto",
        },
        unit=UNIT,
    )
    assert classroom.read("ana@uni.edu") == SOLVED
    assert {"otros/convolucion.ipynb", "otros/filtros.ipynb", "otros/notas.ipynb"} < (
        classroom.files("ana@uni.edu")
    )
    assert "«convolucion (1).ipynb» es el cuaderno" in notes(received, "Ana López")


def test_the_notebook_of_another_unit_takes_nobodys_place(classroom):
    received = classroom.gives(
        {
            folder("Ana López", 101) + "convolucion.ipynb": SOLVED,
            folder("Eva", 103) + "convolucion.ipynb": SOLVED,
            folder("Luis Gil", 102) + "convolucion.ipynb": FILTERS,
        },
        [ANA, LUIS, Enrolled(103, "Eva", "eva@uni.edu")],
    )
    assert states(received)["Luis Gil"] == "sin colocar"
    assert "es de 2_filtros, no de 1_convolucion" in notes(received, "Luis Gil")
    assert not (classroom.course.submitted / "luis@uni.edu").exists()


def test_a_teams_work_is_everyones_and_its_number_is_no_persons(classroom):
    people = [
        Enrolled(17, "Ana López", "ana@uni.edu", team="Equipo rojo"),
        Enrolled(5, "Luis Gil", "luis@uni.edu", team="Equipo rojo"),
        Enrolled(6, "Eva", "eva@uni.edu", team="Grupo predeterminado"),
    ]
    received = classroom.gives(
        {
            # 6 is the number of the team, and Eva's too.
            folder("Equipo rojo", 6) + "convolucion.ipynb": SOLVED,
            folder("Grupo predeterminado", None) + "convolucion.ipynb": BLANK,
        },
        people,
        teams=True,
    )
    assert set(states(received).values()) == {"nueva"}
    assert [classroom.read(f"{one}@uni.edu") for one in ("ana", "luis", "eva")] == [
        SOLVED, SOLVED, BLANK,
    ]  # fmt: skip


def test_two_people_of_one_name_are_two(classroom):
    twins = [Enrolled(101, "Ana López"), Enrolled(102, "Ana López")]
    files = {
        folder("Ana López", 101) + "convolucion.ipynb": SOLVED,
        folder("Ana López", 102) + "convolucion.ipynb": BLANK,
    }
    classroom.gives(files, twins, emails=False)
    assert classroom.read("Ana López (101)") == SOLVED
    assert classroom.read("Ana López (102)") == BLANK


def test_who_is_in_the_gradebook_keeps_their_name_there(classroom):
    with open_gradebook(classroom.course) as gradebook:
        gradebook.add_student("alopez", first_name="Ana", last_name="López", email="ANA@uni.edu")
        gradebook.add_student("lgil", first_name="Luis", last_name="Gil")
    classroom.gives(
        {
            folder("Ana López", 101) + "convolucion.ipynb": SOLVED,
            folder("Luis Gil", 102) + "convolucion.ipynb": BLANK,
        }
    )
    assert classroom.read("alopez") == SOLVED
    assert classroom.read("lgil") == BLANK


def test_a_name_that_a_page_would_run_is_no_folder(classroom):
    name = '../<script>"Ana"</script>'
    classroom.gives(
        {folder("x", 101) + "convolucion.ipynb": SOLVED}, [Enrolled(101, name)], emails=False
    )
    (home,) = (path for path in classroom.course.submitted.iterdir())
    assert not set(home.name) & set('<>"/')
    assert (home / UNIT / "convolucion.ipynb").read_bytes() == SOLVED


# What must leave no trace.


def refused(classroom, match):
    before = classroom.everything()
    with pytest.raises(CursoError, match=match) as error:
        receive(classroom.course, classroom.zip, classroom.sheet)
    assert "\n" not in error.value.args[0]
    assert [
        p for p in classroom.everything() if ".calificando" not in p and "autograded" not in p
    ] == [p for p in before if "autograded" not in p]


def test_a_zip_that_is_cut_is_refused_whole(classroom):
    files = {
        folder("Ana López", 101) + "convolucion.ipynb": SOLVED,
        folder("Luis Gil", 102) + "convolucion.ipynb": BLANK,
    }
    submissions(files, classroom.zip)
    classroom.sheet.write_bytes(worksheet([ANA, LUIS]))
    whole = classroom.zip.read_bytes()
    for cut in (0, 100, len(whole) // 2, len(whole) - 10):
        classroom.zip.write_bytes(whole[:cut])
        refused(classroom, "zip|vacío")
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    classroom.zip.write_bytes(damaged)
    refused(classroom, "está cortado")


def test_what_is_not_moodles_is_refused_with_where_to_find_it(classroom):
    submissions({"Ana/convolucion.ipynb": SOLVED}, classroom.zip)
    classroom.sheet.write_bytes(worksheet([ANA, LUIS]))
    refused(classroom, "Descargar todas las entregas")
    submissions({folder("Ana López", 101) + "convolucion.ipynb": SOLVED}, classroom.zip)
    classroom.sheet.write_bytes(worksheet([Enrolled(7, "Ana López", "ana@uni.edu")]))
    refused(classroom, "no es la hoja de la actividad")
    page, excel, other = b"<!DOCTYPE html><p>Entrar", b"PK\x03\x04", b"a,b\n1,2\n"
    cut, twice = worksheet([ANA, LUIS])[:-20], worksheet([ANA, ANA])
    for wrong in (b"", b"hola", page, excel, other, b"\0" * 9, cut, twice):
        classroom.sheet.write_bytes(wrong)
        refused(classroom, "hoja")
    classroom.sheet.unlink()
    refused(classroom, "no se puede leer")


# Attacks: what one student packs costs nobody else anything.


def bomb():
    zeros = packed({"ceros.bin": b"\0" * (64 << 20)})
    return packed({f"{n}.zip": zeros for n in range(16)})


def crowd():
    return packed({f"{n}.txt": b"" for n in range(10_000)})


def climber():
    return packed({"../../../fuera.ipynb": SOLVED, "/abs.ipynb": SOLVED, "C:\\w.ipynb": SOLVED,
                   "..\\..\\fuera.ipynb": SOLVED})  # fmt: skip


def linked():
    path = zipfile.ZipInfo("convolucion.ipynb")
    path.external_attr = (0o120777) << 16
    link = zipfile.ZipInfo("d")
    link.external_attr = (0o120777) << 16
    return packed({path: b"/etc/passwd", link: b"/etc"})


def liar():
    """Its central directory says that the file has three bytes."""
    data = packed({"convolucion.ipynb": b"\0" * (200 << 20)})
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 3) + data[at + 28 :]


ATTACKS = {
    "a bomb": ("todo.zip", bomb, "pasa de 192 MB"),
    "a crowd": ("todo.zip", crowd, "más de 1000 archivos"),
    "out of its folder": ("todo.zip", climber, "sale de su carpeta"),
    "a link": ("todo.zip", linked, "es un enlace"),
    "a lie about its size": ("todo.zip", liar, "dañado|pasa de"),
    "no zip": ("todo.zip", lambda: b"PK\x03\x04hola", "no es un zip"),
    "a date of its own": ("timestamp.txt", lambda: b"1990-01-01 00:00:00 UTC", "lo pone el curso"),
    "another's number": ("Luis Gil_102_assignsubmission_file/convolucion.ipynb", lambda: BLANK, ""),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_one_packs_reaches_nobody_else(classroom, attack):
    name, make, said = ATTACKS[attack]
    received = classroom.gives(
        {
            folder("Ana López", 101) + name: make(),
            folder("Luis Gil", 102) + "convolucion.ipynb": SOLVED,
        }
    )
    assert states(received)["Luis Gil"] == "nueva"
    assert "Ana López" in states(received)
    assert classroom.read("luis@uni.edu") == SOLVED
    assert re.search(said, notes(received, "Ana López"))
    outside = [p for p in classroom.course.root.parent.rglob("*") if "fuera" in p.name]
    assert outside == []
    assert not any(p.is_symlink() for p in classroom.course.root.rglob("*"))


def test_ten_thousand_files_of_one_student_stop_at_the_limit(classroom):
    files = {f"{folder('Ana López', 101)}{n}.txt": b"x" for n in range(10_000)}
    received = classroom.gives(files | {folder("Luis Gil", 102) + "c.ipynb": SOLVED})
    assert "más de 300 archivos" in notes(received, "Ana López")
    assert classroom.read("luis@uni.edu") == SOLVED


def test_one_number_with_two_names_is_nobodys(classroom):
    received = classroom.gives(
        {
            folder("Ana López", 101) + "convolucion.ipynb": SOLVED,
            folder("Luis Gil", 101) + "convolucion.ipynb": BLANK,
            folder("Luis Gil", 102) + "convolucion.ipynb": SOLVED,
        }
    )
    assert "dos nombres" in notes(received, "Ana López")
    assert classroom.read("luis@uni.edu") == SOLVED
    assert not (classroom.course.submitted / "ana@uni.edu").exists()


def test_a_name_that_is_anothers_number_changes_nothing(classroom):
    people = [Enrolled(101, "102"), Enrolled(102, "101")]
    classroom.gives(
        {folder("102", 101) + "c.ipynb": SOLVED, folder("101", 102) + "c.ipynb": BLANK},
        people,
        emails=False,
    )
    assert classroom.read("102") == SOLVED
    assert classroom.read("101") == BLANK


def test_a_folder_that_is_a_link_is_not_followed(classroom, tmp_path):
    target = tmp_path / "ajena"
    target.mkdir()
    os.symlink(target, classroom.course.submitted / "ana@uni.edu")
    received = classroom.gives({folder("Ana López", 101) + "convolucion.ipynb": SOLVED})
    assert states(received)["Ana López"] == "sin colocar"
    assert list(target.iterdir()) == []


# The pieces.


@given(
    name=st.text(st.characters(blacklist_characters="_/\\", blacklist_categories=["Cs"])),
    number=st.integers(0, 10**12),
    file=st.text(
        st.characters(blacklist_characters="/\\", blacklist_categories=["Cs"]), min_size=1
    ),
    flat=st.booleans(),
)
def test_any_name_and_any_file_leave_the_number_where_it_is(name, number, file, flat):
    path = f"{name}_{number}_assignsubmission_file{'_' if flat else '/'}{file}"
    assert entry_of(path) == Entry(name, number, "file", file)


@given(st.text(max_size=60))
def test_no_path_leaves_its_folder(path):
    found = archive.safe_path(path)
    assert found is None or (
        not found.startswith("/") and ".." not in found.split("/") and "\\" not in found
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lunes, 12 de enero de 2026, 23:58", (2026, 1, 12, 23, 58)),
        ("martes, 3 de marzo de 2026, 09:05", (2026, 3, 3, 9, 5)),
        ("miércoles, 1 de julio de 2026, 12:00 a. m.", (2026, 7, 1, 0, 0)),
        ("Monday, 12 January 2026, 11:58 PM", (2026, 1, 12, 23, 58)),
        ("Tuesday, March 3, 2026, 9:05 AM", (2026, 3, 3, 9, 5)),
        ("dilluns, 14 de desembre 2026, 10:00", (2026, 12, 14, 10, 0)),
        ("3/02/2026, 9:05", (2026, 2, 3, 9, 5)),
        ("2026-02-03 09:05:10", (2026, 2, 3, 9, 5, 10)),
        ("ayer", None),
        ("31 de febrero de 2026, 10:00", None),
        ("enero 2026, 10:00", None),
    ],
)
def test_the_dates_that_moodle_writes_are_read(text, expected):
    found = written_moment(text)
    assert (found and found.timetuple()[: len(expected)]) == expected


def test_an_english_sheet_with_semicolons_is_the_same_sheet(classroom):
    people = [Enrolled(101, "Ana López", "ana@uni.edu", "Monday, 12 January 2026, 11:58 PM")]
    received = classroom.gives(
        {folder("Ana López", 101) + "convolucion.ipynb": SOLVED},
        people,
        header=ENGLISH,
        delimiter=";",
        bom=True,
        ends="\r\n",
    )
    assert states(received) == {"Ana López": "nueva"}
