"""The class's mistakes are counted by their id: by check, over the course, and by student."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from class_report import misconceptions, render_counted, render_mistakes
from diagnosed import BOTH, EXAMPLE, FLIPPED, UNKNOWN, failed

from autograder.common.check_ids import ANOTHERS
from autograder.gradebook.records import GRADED, Outcome, Records
from autograder.judging.diagnosis import parting
from autograder.judging.diagnosis.result import ANSWERS_AS, Table
from autograder.judging.verdict import Refusal, Verdict
from autograder.report.page import render_html
from autograder.submission.graded_cells import CheckResult

CORRELATION, LAYER = "1_convolucion.correlacion2d", "1_convolucion.conv2d"
RIGHT = None


def in_a_class(**works) -> Records:
    """A class: of each student, the diagnosis in each check (None: it was right)."""
    outcomes = {}
    for student, checks in works.items():
        results = []
        for check_id, known in checks.items():
            verdict = known if isinstance(known, Verdict) else failed(known, check_id)
            if known is RIGHT:
                verdict = replace(verdict, aspects=verdict.aspects[:1])
            results.append(CheckResult("c", check_id, verdict.score, 1, verdict.why, verdict))
        key = student, "1_convolucion"
        outcomes[key] = Outcome(*key, GRADED, 0, 1, checks=tuple(results))
    return Records(outcomes)


CLASS = in_a_class(
    ana={CORRELATION: FLIPPED, LAYER: BOTH},
    beto={CORRELATION: RIGHT, LAYER: FLIPPED},
    carla={CORRELATION: UNKNOWN, LAYER: RIGHT},
    dario={CORRELATION: RIGHT},
)


def test_each_mistake_is_counted_by_check_and_over_the_course_once_a_student():
    flipped, bias = misconceptions(CLASS)
    assert (flipped.id, flipped.count) == ("kernel-volteado", "2 de 4 estudiantes")
    assert flipped.students == ("ana", "beto")
    assert [(c.check_id, c.students, c.total) for c in flipped.checks] == [
        (LAYER, ("ana", "beto"), 3),
        (CORRELATION, ("ana",), 4),
    ]
    assert flipped.reread == "lección 1, «¿Convolución o correlación cruzada?»"
    assert (bias.id, bias.students, bias.total) == ("sesgo-olvidado", ("ana",), 3)
    assert bias.cause == "falta sumar el sesgo"
    assert bias.reread == ""  # The section of two mistakes is that of the first.


def test_the_example_is_the_smallest_that_shows_that_mistake_alone():
    small = replace(EXAMPLE, inputs=(Table("n", [3], (1,)),), call="la pequeña")
    records = in_a_class(
        ana={LAYER: replace(BOTH, example=replace(small, call="la de dos"))},
        beto={LAYER: FLIPPED},
        carla={LAYER: replace(FLIPPED, example=small)},
        dario={LAYER: FLIPPED},
    )
    flipped, bias = misconceptions(records)
    assert flipped.example.call == "la pequeña"
    assert bias.example is None


def test_a_class_hears_the_cause_and_not_the_formula_of_one_student():
    own = replace(FLIPPED, causes=(f"{FLIPPED.causes[0]}{ANSWERS_AS}n + 1)",))
    (flipped,) = misconceptions(in_a_class(ana={LAYER: own}, beto={LAYER: own}))
    assert flipped.cause == FLIPPED.causes[0]


def test_what_is_no_mistake_of_the_catalogue_is_not_counted():
    refused = Verdict(LAYER, rejected="no está escrita", rejected_as=Refusal.UNWRITTEN)
    records = in_a_class(ana={LAYER: refused}, beto={LAYER: UNKNOWN}, carla={LAYER: RIGHT})
    assert misconceptions(records) == []


def test_an_older_record_counts_by_its_cause():
    older = replace(failed(FLIPPED, LAYER), diagnosis=None)
    (flipped,) = misconceptions(in_a_class(ana={LAYER: older}))
    assert (flipped.count, flipped.example) == ("1 de 1 estudiante", None)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_counted_table_has_a_row_for_the_course_and_one_for_each_check():
    told = [
        (r["error"], r["dónde"], r["estudiantes"], r["de"]) for r in rows(render_counted(CLASS))
    ]
    assert told == [
        ("kernel-volteado", "todo el curso", "2", "4"),
        ("kernel-volteado", LAYER, "2", "3"),
        ("kernel-volteado", CORRELATION, "1", "4"),
        ("sesgo-olvidado", "todo el curso", "1", "3"),
        ("sesgo-olvidado", LAYER, "1", "3"),
    ]
    first = rows(render_counted(CLASS))[0]
    assert first["quiénes"] == "ana, beto"
    assert first["apartado"].startswith("lección 1")


def test_the_table_of_mistakes_has_both_ids_how_sure_and_the_facts():
    both = [r for r in rows(render_mistakes(CLASS)) if "+" in r["causa"]]
    assert [(r["estudiante"], r["causa"], r["confianza"], r["hechos"]) for r in both] == [
        ("ana", "kernel-volteado + sesgo-olvidado", "probable", "la forma es correcta")
    ]


def test_of_who_answers_with_anothers_variant_no_ones_letter_is_told_to_the_class():
    mine = "calculas sin relleno, como otra variante; la tuya, la {}, es con relleno same"
    of = {
        name: replace(FLIPPED, ids=(ANOTHERS,), causes=(mine.format(letter),), example=EXAMPLE)
        for name, letter in (("ana", "B"), ("beto", "E"))
    }
    records = in_a_class(**{name: {LAYER: known} for name, known in of.items()})
    (one,) = misconceptions(records)
    assert (one.count, one.section, one.example) == ("2 de 2 estudiantes", None, None)
    page = page_of(records)
    assert "2 de 2 estudiantes</strong>: responde con los números de otra variante" in page
    assert "la tuya" not in page


def page_of(records: Records) -> str:
    return render_html(["1_convolucion"], [], [], misconceptions(records))


def test_the_page_begins_with_what_to_explain_on_monday():
    page = page_of(CLASS)
    monday = page[page.index("Qué explicar el lunes") : page.index("Distribución de las notas")]
    assert monday.index("<strong>2 de 4 estudiantes</strong>: el kernel está volteado") < (
        monday.index("<strong>1 de 3 estudiantes</strong>: falta sumar el sesgo")
    )
    assert "un estudiante obtuvo" in monday
    assert "ana, beto" in monday
    assert "lunes" not in page_of(in_a_class(ana={LAYER: RIGHT}))


@pytest.mark.parametrize(
    ("due", "came"), [(1009, 1022), (1009, 1009 + 13 * 4), (0, 1022), (1009, 0)]
)
def test_an_example_is_told_to_a_teacher_of_the_function_and_not_as_if_he_wrote_it(due, came):
    said = parting._said((1, 0), "imagen", (1, 1), "kernel", (2, 3), due, came)
    assert re.search(r"\b(tú|tu|usaste|multiplicas)\b", said or "")
    known = replace(FLIPPED, example=replace(EXAMPLE, parting=said))
    page = page_of(in_a_class(ana={LAYER: known}))
    told = page[page.index('cv-parting">') :].partition("</p>")[0]
    assert "la función" in told
    assert not re.search(r"\b(tú|tu|usaste|multiplicas)\b", told)


def test_at_most_five_are_for_monday_and_the_rest_are_in_a_table():
    many = {
        f"s{i}": {LAYER: replace(FLIPPED, ids=(f"error-{i}",), causes=(f"causa {i}",))}
        for i in range(7)
    }
    page = page_of(in_a_class(**many))
    monday = page[page.index("Qué explicar el lunes") : page.index("Distribución de las notas")]
    assert monday.count("<li>") == 5
    rest = page[page.index("Todos los errores con nombre") :]
    assert all(f"causa {i}" in rest for i in range(7))


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "</style><img src=x>"])
def test_no_text_of_a_record_is_markup_in_the_page(evil):
    known = replace(
        FLIPPED,
        ids=(evil,),
        causes=(evil,),
        section=f"{evil}#{evil}",
        example=replace(EXAMPLE, call=evil, got=Table(evil, [[evil]], (1, 1))),
    )
    page = page_of(in_a_class(**{evil: {LAYER: known}}))
    assert evil not in page
    assert "&lt;" in page
