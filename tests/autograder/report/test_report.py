"""The report: nothing of a student's runs in it, and its numbers are the gradebook's."""

import base64
import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from class_report import hardest_checks, render_mistakes
from sqlalchemy import text

from autograder.checks import UNITS as UNITS_BY_NAME
from autograder.common.errors import CursoError
from autograder.common.numbers_es import number, percent
from autograder.course.folder import Course
from autograder.course.scale import Scale
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.outcome_texts import acceptance_text
from autograder.gradebook.records import GRADED, Outcome, Records
from autograder.judging.verdict import AspectResult, Refusal, Verdict
from autograder.report.hardest import HardCheck
from autograder.report.histogram import histogram_svg
from autograder.report.misconceptions import InCheck, Misconceived
from autograder.report.page import render_csv, render_html
from autograder.report.people import People
from autograder.report.scripts import table_script
from autograder.report.spreadsheet import table
from autograder.report.student_rows import StudentRow, UnitMark
from autograder.report.writing import write_report
from autograder.submission.graded_cells import CheckResult

UNITS = ["1_convolucion", "5_fashion_mnist"]
HOSTILE = "<script>alert('hola')</script>"


def row(student="Ana", remarks=(), points=14.4, acceptance=""):
    marks = (UnitMark("1_convolucion", points, 20, tuple(remarks)), None)
    return StudentRow(student, marks, points, 40, acceptance)


def outcome(student, *points, reason="el kernel está volteado"):
    checks = tuple(
        CheckResult(f"c{i}", f"u.f{i}", got, 5, None if got == 5 else reason)
        for i, got in enumerate(points)
    )
    return Outcome(student, "1_convolucion", GRADED, sum(points), 5 * len(points), checks=checks)


def test_people_are_in_spanish_order_and_two_of_a_name_are_told_apart():
    called = {
        "z": "Zoe",
        "a": "A\u0301lvaro",
        "n": "Ñandú",
        "m1": "Núñez",
        "m2": "Núñez",
        "o": "Oca",
    }
    people = People(frozenset(called), called)
    known = people.rows([row(one) for one in called], None, dict.fromkeys(UNITS, 20.0))
    assert [one.student for one in known] == ["a", "m1", "m2", "n", "o", "z"]
    (missing,) = people.missing([UNITS_BY_NAME[UNITS[0]]], [("z", UNITS[0]), ("a", UNITS[0])])
    assert missing.people == ("Núñez (m1)", "Núñez (m2)", "Ñandú", "Oca")


def test_whoever_handed_in_nothing_has_a_row_of_nothing():
    people = People(frozenset({"Ana", "Luis"}), {"Luis": "Luis"})
    (luis,) = people.without_work([row(acceptance="tarea aceptada", remarks=["tarde"]), row("ido")])
    told = people.rows([luis], Scale(Decimal(10)), dict.fromkeys(UNITS, 20.0))
    (line,) = csv.reader(io.StringIO(render_csv(UNITS, told).splitlines()[1]), delimiter=";")
    assert line == ["Luis", "Luis", "", "", "0", "40", "", "", "0,0", "", ""]
    assert not People(None, {}).without_work([row()])


def test_what_students_write_is_escaped():
    refused = f"tarea rechazada: {HOSTILE}"
    hardest = [HardCheck(f"unidad.{HOSTILE}", 0.5, 1, 2, HOSTILE)]
    page = render_html(UNITS, [row(HOSTILE, [HOSTILE], acceptance=refused)], hardest)
    (script,) = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    assert script == table_script()  # Ours, and no other.
    assert page.count("&lt;script&gt;") == 7
    assert "default-src 'none'" in page


def test_only_the_page_s_own_scripts_may_run():
    page = render_html(UNITS, [row()], [])
    rules = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    allowed = re.search("script-src ([^;]*)", rules).group(1).split()
    written = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in written]
    assert allowed == [f"'sha256-{digest}'" for digest in digests]


def test_long_lists_of_names_are_cut_and_say_so():
    students = tuple(f"e{number:03d}" for number in range(250))
    checks = (InCheck("u.f", students, 300),)
    page = render_html(UNITS, [row()], [], [Misconceived("x", "c", None, students, 300, checks)])
    assert "e199" in page
    assert "e200" not in page
    assert "y 50 más" in page


def test_one_row_a_student_with_spanish_numbers():
    page = render_html(UNITS, [row(), row("Bruno", points=20)], [])
    assert page.count('<th scope="row">') == 2
    assert "14,4 / 20" in page
    assert "36 %".replace(" ", "\N{NO-BREAK SPACE}") in page
    assert 'title="no entregada">—' in page
    assert "2 estudiantes" in page


@pytest.mark.parametrize(
    ("acceptance", "verdict", "reason"),
    [
        ("tarea aceptada", "aceptada", ""),
        ("tarea aceptada, para revisar", "aceptada, para revisar", ""),
        ("tarea rechazada: no llega (74 %: poco)", "rechazada", "no llega (74 %: poco)"),
        ("aceptación sin evaluar: no hay datos", "sin evaluar", "no hay datos"),
    ],
)
def test_the_homework_has_a_column_for_its_verdict_and_a_row_for_its_reason(
    acceptance, verdict, reason
):
    page = render_html(UNITS, [row(acceptance=acceptance)], [])
    assert f'data-label="Tarea">{verdict}</td>' in page
    assert (f"<strong>Tarea {verdict}</strong>: {reason}</p>" in page) == bool(reason)


def test_a_refused_homework_says_what_is_not_fulfilled():
    def criterion(name, state):
        return {"name": name, "state": state, "text": "acierta el 74 %"}

    refused = [criterion("la CNN llega al 91 %", "rechazado"), criterion("b", "aceptado")]
    text = acceptance_text({"accepted": False, "criteria": refused})
    assert text == "tarea rechazada: no se cumple «la CNN llega al 91 %» (acierta el 74 %)"
    more = acceptance_text({"criteria": [*refused, criterion("c", "rechazado")]})
    assert more.endswith(", ni otro criterio")
    assert acceptance_text({"criteria": refused[1:]}) == "tarea aceptada"
    review = [criterion("acierto creíble", "para revisar")]
    assert acceptance_text({"criteria": review}) == "tarea aceptada, para revisar"
    assert "sin evaluar: no hay datos" in acceptance_text({"unavailable": "no hay datos"})


@pytest.mark.parametrize("text", ["=1+1", "+1", "-guion", "@SUM(A1)", "\t=1", "\r=1"])
def test_spreadsheets_take_no_text_for_a_formula(text):
    table = render_csv(UNITS, [row(text, acceptance=text)])
    parsed = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert parsed[1][0] == f"'{text}"
    assert parsed[1][5] == f"'{text}"


@pytest.mark.parametrize(
    "text", ["Pérez,=1+1", ",=1", "a; @SUM(1)", "x,\t-2+3+cmd|' /C calc'!A0", "x, +A1(2)"]
)
def test_no_cell_is_a_formula_where_commas_part_them(text):
    """As a spreadsheet in Mexico has it: what comes after a comma is another cell."""
    line = table(["a"], [[text]]).splitlines()[1]
    cells = [cell.strip(' \t"') for cell in re.split("[,;\t]", line)]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_list_of_numbers_is_told_as_it_came():
    assert table(["a"], [["[1, -2, +3]"]]).splitlines()[1] == "[1, -2, +3]"


def test_the_csv_is_what_a_spreadsheet_in_spanish_reads():
    header, first = csv.reader(
        io.StringIO(render_csv(UNITS, [row(remarks=["falta; algo"])])), delimiter=";"
    )
    assert header == ["estudiante", *UNITS, "total", "sobre", "aceptación", "observaciones"]
    assert first == ["Ana", "14,4", "", "14,4", "40", "", "1_convolucion: falta; algo"]


def test_the_distribution_counts_every_student_once():
    svg = histogram_svg([0, 0.05, 0.1, 0.55, 0.999, 1.0])
    assert sum(int(n) for n in re.findall(r'class="count">(\d+)<', svg)) == 6
    assert "de 0 a 10 %: 2; de 10 a 20 %: 1; de 50 a 60 %: 1; de 90 a 100 %: 2" in svg


def test_the_hardest_check_comes_first_with_its_commonest_mistake():
    records = Records()
    unwritten = "esta función todavía no está escrita"
    for one in (
        outcome("a", 5, 0),
        outcome("b", 5, 2),
        outcome("c", 5, 0, reason=unwritten),
        outcome("d", 5, 0, reason=unwritten),
        outcome("e", 5, 0, reason=unwritten),
    ):
        records.outcomes[one.student, one.unit] = one
    (hardest,) = hardest_checks(records)
    assert (hardest.check_id, hardest.right, hardest.total) == ("u.f1", 0, 5)
    assert hardest.share == pytest.approx(2 / 25)
    assert hardest.commonest == "el kernel está volteado"


def test_records_are_read_as_they_were_written(tmp_path):
    course = Course(tmp_path)
    assert Records.load(course).outcomes == {}
    with open_gradebook(course) as gradebook:
        Records.add(gradebook, outcome("Ñandú", 5, 2.5))
        Records.add(gradebook, outcome("Ñandú", 5, 3.5))
    last = {("Ñandú", UNITS[0]): outcome("Ñandú", 5, 3.5)}
    assert Records.load(course).outcomes == last
    with open_gradebook(course) as gradebook:
        gradebook.db.execute(text("UPDATE curso_registro SET outcome = '{'"))
        gradebook.db.commit()
    assert Records.load(course).outcomes == {}


VERDICT = Verdict(
    "u.f0",
    (
        AspectResult("forma", 0.2),
        AspectResult(
            "valores", 0.5, "con un kernel: en la posición (0, 1)…", "con un kernel", (0, 1)
        ),
        AspectResult("casos límite", 0.3, "tu función modifica el arreglo"),
    ),
    cause="el kernel está volteado",
    hint="repasa el enunciado",
    cause_id="kernel-volteado",
    seed=2**64 - 1,
)
REFUSED = Verdict("u.f1", rejected="no está escrita", rejected_as=Refusal.UNWRITTEN, seed=3)


def with_verdicts(student="Ana", *verdicts):
    checks = tuple(
        CheckResult(f"c{i}", one.check_id, 5 * one.score, 5, one.why, one)
        for i, one in enumerate(verdicts)
    )
    return Outcome(student, "1_convolucion", GRADED, 1, 10, checks=checks)


def rewritten(course, change):
    """The records of a course after each is changed, as JSON, behind our back."""
    with open_gradebook(course) as gradebook:
        (row,) = gradebook.db.execute(text("SELECT outcome FROM curso_registro")).all()
        known = json.loads(row[0])
        change(known)
        statement = text("UPDATE curso_registro SET outcome = :new")
        gradebook.db.execute(statement, {"new": json.dumps(known)})
        gradebook.db.commit()
    return Records.load(course).outcomes


@pytest.fixture
def recorded(tmp_path):
    course, outcome = Course(tmp_path), with_verdicts("Ana", VERDICT, REFUSED)
    with open_gradebook(course) as gradebook:
        Records.add(gradebook, outcome)
    return course, outcome


def test_the_record_keeps_the_whole_verdict(recorded):
    course, outcome = recorded
    ((_, known),) = Records.load(course).outcomes.items()
    assert known == outcome
    assert [check.verdict.seed for check in known.checks] == [2**64 - 1, 3]
    assert known.checks[0].verdict.report() == VERDICT.report()


def test_records_from_before_there_were_verdicts_in_them_still_count(recorded):
    course, outcome = recorded

    def older(known):
        for check in known["checks"]:
            del check["verdict"]

    ((_, known),) = rewritten(course, older).items()
    assert [check.verdict for check in known.checks] == [None, None]
    assert [check.reason for check in known.checks] == [check.reason for check in outcome.checks]


@pytest.mark.parametrize("spoilt", [3, "no", [1], {"aspects": [{}]}, {"otra": "cosa"}])
def test_a_verdict_that_cannot_be_read_costs_its_record_nothing_else(recorded, spoilt):
    course, outcome = recorded
    ((_, known),) = rewritten(course, lambda row: row["checks"][0].update(verdict=spoilt)).items()
    assert [check.verdict for check in known.checks] == [None, REFUSED]
    assert known.checks[0].points == outcome.checks[0].points


def in_a_class(*outcomes):
    return Records({(one.student, one.unit): one for one in outcomes})


def test_the_same_mistake_counts_once_however_it_is_told():
    told = [replace(VERDICT, cause=f"el kernel está volteado, {i}", seed=i) for i in range(3)]
    other = replace(VERDICT, cause="falta el sesgo", cause_id="sesgo-olvidado")
    stub = with_verdicts("z", replace(REFUSED, check_id="u.f0"))
    # Its words are not those of today; that nobody wrote it is known by its kind.
    stubs = [replace(stub, student=f"z{i}") for i in range(5)]
    records = in_a_class(
        *(with_verdicts(f"a{i}", other) for i in range(2)),
        *(with_verdicts(f"b{i}", one) for i, one in enumerate(told)),
        *stubs,
    )
    (hardest,) = hardest_checks(records)
    assert (hardest.commonest, hardest.total) == (told[0].cause, 10)


def test_older_records_count_with_the_newer_ones_of_their_mistake():
    other = replace(VERDICT, cause="falta el sesgo", cause_id="sesgo-olvidado")
    old = CheckResult("c0", "u.f0", 1, 5, VERDICT.cause)
    records = in_a_class(
        *(with_verdicts(f"a{i}", other) for i in range(2)),
        with_verdicts("b", VERDICT),
        *(replace(with_verdicts(f"c{i}"), checks=(old,)) for i in range(2)),
    )
    assert hardest_checks(records)[0].commonest == VERDICT.cause


def test_the_table_of_mistakes_has_a_row_for_each_aspect_that_was_not_passed():
    timed_out = CheckResult("c9", "u.f9", 0, 5, "la celda superó su límite")
    ana = with_verdicts("=Ana", VERDICT, REFUSED, replace(VERDICT, aspects=(), check_id="u.bien"))
    ana = replace(ana, checks=(*ana.checks[:2], replace(ana.checks[2], points=5), timed_out))
    rows = list(csv.DictReader(io.StringIO(render_mistakes(in_a_class(ana))), delimiter=";"))
    told = [(r["comprobación"], r["aspecto"], r["causa"], r["puntos"], r["sobre"]) for r in rows]
    assert told == [
        ("u.f0", "valores", "kernel-volteado", "0", "2,5"),
        ("u.f0", "casos límite", "kernel-volteado", "0", "1,5"),
        ("u.f1", "", "sin-escribir", "0", "5"),
        ("u.f9", "", "", "0", "5"),
    ]
    assert {r["estudiante"] for r in rows} == {"'=Ana"}
    first = rows[0]
    assert (first["llamada"], first["posición"]) == ("con un kernel", "(0, 1)")
    assert first["fallo"] == VERDICT.aspects[1].failure
    assert first["explicación"] == VERDICT.cause
    assert str(VERDICT.seed) in first["semilla"]
    assert rows[3]["fallo"] == timed_out.reason


def test_before_anything_is_graded_it_says_what_to_do(tmp_path):
    (tmp_path / "source").mkdir()
    with pytest.raises(CursoError, match="curso calificar"):
        write_report(Course.at(tmp_path))


@pytest.mark.parametrize(
    ("value", "text"), [(20.0, "20"), (18.5, "18,5"), (0.666, "0,67"), (0, "0"), (-0.001, "0")]
)
def test_numbers_are_written_in_spanish(value, text):
    assert number(value) == text


def test_percentages_keep_their_sign_beside_them():
    assert percent(0.9155) == "91,5\N{NO-BREAK SPACE}%" or percent(0.9155).startswith("91,6")
