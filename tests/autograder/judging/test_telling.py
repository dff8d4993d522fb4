"""A verdict is told with its example, as text and as HTML, whatever stands in it."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, replace
from html.parser import HTMLParser

import numpy as np
import pytest
from diagnosed import BOTH, EXAMPLE, FLIPPED, UNKNOWN, failed

from autograder.judging.diagnosis.result import Counterexample, Diagnosis, Table
from autograder.judging.telling import rich
from autograder.judging.telling.bounded import bounded, from_row
from autograder.judging.telling.matrices import matrices
from autograder.judging.verdict import Verdict

TAGS = {
    *("div", "style", "p", "strong", "span", "ul", "li", "code", "a", "details", "summary"),
    *("table", "tbody", "tr", "td"),
}


class Elements(HTMLParser):
    """The elements of a page, each closed in its turn, and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open, self.names, self.attributes, self.text = [], set(), set(), ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


def test_the_text_has_the_example_side_by_side_with_what_is_marked_in_brackets():
    assert failed(FLIPPED).report().splitlines() == [
        "✘ 1_convolucion.correlacion2d: 20 % de los puntos",
        "  ✔ forma",
        "  ✘ valores: esperaba 0 y llegó -1",
        "  Causa: el kernel está volteado",
        "  El ejemplo más pequeño que falla: correlacion2d(imagen, kernel)",
        "    imagen      kernel     se espera   tu función da",
        "    [1][2] 0     0  1,5    [0] 7,25    [-1] 7,25",
        "    [0][1] 3     2   -3",
        "    en (0, 0) usaste kernel[1, 1] donde toca kernel[0, 0]",
        "  Pista: compara producto a producto",
        "  Repasa: lección 1, «¿Convolución o correlación cruzada?»",
    ]


def test_two_mistakes_are_told_as_two_and_none_as_what_is_known():
    both = failed(BOTH).report()
    assert "  Causa probable: el kernel está volteado\n  Y además: falta sumar el sesgo\n" in both
    unknown = failed(UNKNOWN).report()
    assert "Causa" not in unknown
    assert "  Se sabe: la forma es correcta\n" in unknown
    assert "  Pista: repasa el enunciado" in unknown
    assert failed(None).report().endswith("  Pista: repasa el enunciado")


def test_beside_a_likely_cause_it_is_said_what_is_sure():
    where = "se detiene en la línea 7 de su celda"
    verdict = failed(replace(BOTH, facts=(where,)))
    assert f"además: falta sumar el sesgo\n  Se sabe: {where}\n" in verdict.report()
    page, folded = rich.page(verdict).split("<details>")
    assert where in page
    assert where not in folded


def test_what_agrees_with_keras_says_so():
    verdict = replace(failed(FLIPPED), keras="keras.layers.Conv2D")
    line = "La respuesta correcta coincide con keras.layers.Conv2D"
    assert line in verdict.report()
    assert line in rich.page(verdict)


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (failed(FLIPPED), "error: kernel-volteado"),
        (replace(failed(FLIPPED), seed=2**64 - 1), f"error: kernel-volteado · semilla {2**64 - 1}"),
        (replace(failed(BOTH), seed=0), "error: kernel-volteado + sesgo-olvidado · semilla 0"),
        (replace(failed(None), cause_id="sesgo-olvidado"), "error: sesgo-olvidado"),
        (replace(failed(UNKNOWN), seed=7), "semilla 7"),
    ],
)
def test_the_mistakes_id_and_the_seed_are_folded_away_at_home_and_the_last_line_of_feedback(
    verdict, line
):
    home, feedback = rich.page(verdict), rich.page(verdict, links=False)
    shown = f'<p class="cv-trace">{line}</p>'
    assert home.endswith(f"{shown}</details></div>")
    assert feedback.endswith(f"</details>{shown}</div>")
    assert home.count(shown) == feedback.count(shown) == 1
    assert line not in verdict.report()  # A terminal's few lines are for the student.


def test_a_refusal_says_its_kind_and_what_was_never_written_nothing():
    refused = Verdict("u.f", rejected="se apoya en SciPy", hint="hazlo tú", seed=7)
    kept = replace(refused, rejected_as="biblioteca-ajena")
    assert rich.page(kept).endswith(
        '<p class="cv-trace">error: biblioteca-ajena · semilla 7</p></div>'
    )
    for nothing in (replace(refused, rejected_as="sin-escribir"), failed(None)):
        assert "cv-trace" not in rich.page(nothing, links=False).split("</style>")[1]


@pytest.mark.parametrize("diagnosis", [FLIPPED, BOTH, UNKNOWN, None])
def test_the_page_says_what_the_text_says(diagnosis):
    verdict = failed(diagnosis)
    page = Elements(rich.page(verdict))
    known = diagnosis or Diagnosis()
    for words in (*known.causes, *known.facts, known.hint or verdict.hint, "esperaba 0 y llegó -1"):
        assert words in page.text
    assert ("7,25" in page.text) == (known.example is not None)
    assert page.names <= TAGS
    assert page.attributes <= {"class", "href", "aria-label"}


def test_a_page_fits_in_a_message_and_asks_for_nothing_from_elsewhere():
    page = rich.page(failed(FLIPPED))
    assert len(page.encode()) < 8_000
    assert page.count("http") == page.count("url(") == page.count("<script") == 0
    assert 'href="../../course/1_convolucion.ipynb#' in page
    assert "href" not in rich.page(failed(FLIPPED), links=False)


def test_what_passes_and_what_was_never_written_have_no_page():
    whole = replace(failed(None), aspects=failed(None).aspects[:1])
    assert rich.page(whole) is None
    assert rich.page(replace(whole, rejected="no está escrita", hint=None)) is None


# --- hostile --------------------------------------------------------------------------------------

EVIL = (
    "</style></td><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[2J\u202e$\\href{x}{y}$"
)
HOSTILE = Diagnosis(
    (EVIL,) * 50,
    (EVIL * 100,) * 50,
    EVIL,
    (EVIL * 100,) * 50,
    Counterexample(
        EVIL * 100,
        (Table(EVIL * 10, [[EVIL] * 12] * 12, (12, 12), ((0, 0),) * 1000),) * 50,
        Table(EVIL, EVIL * 100),
        Table(EVIL, [[math.nan, math.inf], [10**400, -0.0]], (2, 2)),
        (10**400,),
        EVIL,
    ),
    EVIL,
    EVIL + "#" + EVIL,
)


def test_nothing_of_a_students_is_markup_nor_a_formula_nor_moves_the_cursor():
    verdict = replace(failed(bounded(HOSTILE)), rejected=None, check_id=EVIL)
    page = rich.page(verdict)
    elements = Elements(page)
    assert elements.names <= TAGS
    assert elements.attributes <= {"class", "href", "aria-label"}
    assert not set("$\\\x1b\u202e") & set(page)
    assert len(page.encode()) <= rich.MOST


DEEP: list = []
DEEP.append(DEEP)


@pytest.mark.parametrize(
    "values",
    [
        DEEP,
        [[[[[[[[[1]]]]]]]]],
        [[1] * 1000] * 1000,
        [[1, 2], [3]],
        [],
        [[]],
        [np.float32(1.5), np.int64(3), np.bool_(True), None],
        [object(), {}, b"x", 1j],
        "x" * 10**6,
        7,
        None,
        {"a": 1},
        [10**5000],
        [math.nan, -math.inf],
    ],
    ids=lambda value: type(value).__name__,
)
def test_any_table_becomes_a_small_one_that_a_file_can_hold(values):
    example = replace(EXAMPLE, got=Table("y", values, (3, 3), ((0, 0),)))
    known = bounded(replace(FLIPPED, example=example))
    verdict = failed(known)
    assert len(json.dumps(asdict(verdict), allow_nan=False)) < 20_000
    assert Elements(rich.page(verdict))
    assert len(verdict.report()) < 6_000
    assert from_row(json.loads(json.dumps(asdict(verdict)))["diagnosis"]) == known


@pytest.mark.parametrize("spoilt", [3, "no", [1], {"example": {"inputs": 3}}, {"causes": 3}])
def test_a_kept_diagnosis_that_cannot_be_read_is_none(spoilt):
    assert from_row(spoilt) is None


# --- slices --------------------------------------------------------------------------------------


def titles(name: str, *shape: int) -> list[str]:
    values = np.arange(np.prod(shape)).reshape(shape).tolist()
    return [matrix.title for matrix in matrices(Table(name, values, shape))]


def test_images_are_drawn_by_channel_and_kernels_by_channel_and_filter():
    assert titles("imagen", 3, 4, 2) == ["imagen[:, :, 0]", "imagen[:, :, 1]"]
    assert titles("x", 1, 3, 4, 2) == ["x[0, :, :, 0]", "x[0, :, :, 1]"]
    assert titles("kernel", 2, 2, 1, 2) == ["kernel[:, :, 0, 0]", "kernel[:, :, 0, 1]"]
    assert titles("x", 1, 3, 4, 1) == ["x (1, 3, 4, 1)"]
    assert titles("bias", 3) == ["bias"]


def test_the_marked_number_is_the_one_at_its_place():
    values = np.arange(24).reshape(2, 3, 2, 2).tolist()
    drawn = matrices(Table("x", values, (2, 3, 2, 2), ((1, 2, 0, 1),)))
    marked = [c.text for matrix in drawn for row in matrix.rows for c in row if c.marked]
    assert marked == [str(np.arange(24).reshape(2, 3, 2, 2)[1, 2, 0, 1])]
