"""What is said of a graded submission, in one wording for the terminal, the report and the CSV."""

import pytest

from autograder.gradebook.outcome_texts import acceptance_text, late_text, remarks_of
from autograder.gradebook.records import UNCHANGED, Outcome


def _criteria(*states):
    return {
        "criteria": [
            {"name": f"criterio {n}", "text": f"texto {n}", "state": state}
            for n, state in enumerate(states)
        ]
    }


@pytest.mark.parametrize(
    ("acceptance", "text"),
    [
        ({"missing": ["cnn.weights.h5"]}, "tarea sin pesos: faltan los pesos (cnn.weights.h5)"),
        ({"unavailable": "faltan los datos"}, "aceptación sin evaluar: faltan los datos"),
        (_criteria("aceptado", "aceptado"), "tarea aceptada"),
        (_criteria("aceptado", "para revisar"), "tarea aceptada, para revisar"),
        (
            _criteria("aceptado", "rechazado"),
            "tarea rechazada: no se cumple «criterio 1» (texto 1)",
        ),
        (
            _criteria("rechazado", "rechazado"),
            "tarea rechazada: no se cumple «criterio 0» (texto 0), ni otro criterio",
        ),
        (
            _criteria("rechazado", "rechazado", "rechazado", "para revisar"),
            "tarea rechazada: no se cumple «criterio 0» (texto 0), ni 2 criterios más",
        ),
    ],
)
def test_the_acceptance_is_told_in_a_few_words(acceptance, text):
    assert acceptance_text(acceptance) == text


def test_a_late_mark_says_what_it_lost_with_a_decimal_comma():
    assert late_text(2.5) == "fuera de plazo: −2,5"


def test_all_that_a_reader_must_know_is_said_in_order():
    outcome = Outcome(
        "ana",
        "5_fashion_mnist",
        UNCHANGED,
        3.0,
        10.0,
        needs_reading=True,
        penalty=1.0,
        problem="el cuaderno no se puede leer",
        notes=("celda 2: escribió demasiado",),
        acceptance={"missing": ["mlp.weights.h5"]},
    )
    assert list(remarks_of(outcome)) == [
        UNCHANGED,
        f"el cuaderno no se puede leer ({UNCHANGED})",
        "falta leer una respuesta",
        "fuera de plazo: −1",
        "tarea sin pesos: faltan los pesos (mlp.weights.h5)",
        "celda 2: escribió demasiado",
    ]
