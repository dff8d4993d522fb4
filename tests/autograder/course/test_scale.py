"""The institution's scale: exact shares, rounded once, by the rule that was chosen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from traitlets.config import Config

from autograder.common.errors import CursoError
from autograder.course.scale import Scale

D = Decimal


def scale(**told):
    config = Config()
    config.Curso.escala = told
    return Scale.of(config)


def test_without_one_points_are_marks():
    assert Scale.of(Config()) is None


@pytest.mark.parametrize(
    ("told", "points", "expected"),
    [
        ({"maximo": 10}, 14.4, "7.2"),
        ({"maximo": 20, "decimales": 2}, 14.4, "14.40"),
        ({"maximo": 100, "decimales": 0}, 14.5, "73"),  # 72.5 goes up.
        ({"maximo": 100, "decimales": 0, "redondeo": "mitad al par"}, 14.5, "72"),
        ({"maximo": 100, "decimales": 0, "redondeo": "abajo"}, 14.5, "72"),
        ({"maximo": 100, "decimales": 0, "redondeo": "arriba"}, 14.2001, "72"),
        ({"maximo": 7, "minimo": 1}, 0, "1.0"),
        ({"maximo": 7, "minimo": 1}, 10, "4.0"),
        # Chile's, at 60 %.
        ({"maximo": 7, "minimo": 1, "aprobado": 4, "exigencia": 0.6}, 12, "4.0"),
        ({"maximo": 7, "minimo": 1, "aprobado": 4, "exigencia": 0.6}, 10, "3.5"),
        ({"maximo": 7, "minimo": 1, "aprobado": 4, "exigencia": 0.6}, 20, "7.0"),
        # 0.1 + 0.2 and its like are tenths: the noise of a float does not round.
        ({"maximo": 20, "decimales": 1}, 0.1 + 0.2 + 0.05, "0.4"),
        ({"maximo": 10, "decimales": 2}, 20 * 2 / 3, "6.67"),
    ],
)
def test_points_of_twenty_as_each_institution_writes_them(told, points, expected):
    assert str(scale(**told).unit_mark("1_convolucion", points, 20)) == expected


def test_extra_points_make_up_for_others_and_never_lower_nor_pass_the_maximum():
    ten = scale(maximo=10)
    assert [ten.unit_mark("4_padding", points, 24) for points in (20, 24, 10, 14)] == [
        D("10.0"), D("10.0"), D("5.0"), D("7.0"),
    ]  # fmt: skip
    assert scale(maximo=10, extra={}).unit_mark("4_padding", 20, 24) == D("8.3")


def test_the_whole_course_counts_what_each_unit_weighs_and_is_rounded_once():
    earned = {"1_convolucion": (14.4, 20), "2_filtros": (10, 20)}
    assert scale(maximo=10, decimales=2).total(earned) == D("6.10")
    weighed = scale(maximo=10, decimales=2, pesos={"1_convolucion": 3, "2_filtros": 1})
    assert weighed.total(earned) == D("6.65")
    # 7.25 and 7.25 are not first 7.3 and 7.3.
    assert scale(maximo=10, decimales=0).total({"1_convolucion": (14.4, 20)}) == D("7")
    assert scale(maximo=10, pesos={"2_filtros": 1}).total({"1_convolucion": (20, 20)}) == D("0.0")


# A busy machine takes seconds over its first numbers.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    points=st.integers(0, 2400),
    maximum=st.integers(1, 100),
    decimals=st.integers(0, 4),
    unit=st.sampled_from(["1_convolucion", "4_padding"]),
)
def test_no_mark_is_over_the_maximum_nor_farther_from_the_exact_one_than_half_a_step(
    points, maximum, decimals, unit
):
    made = scale(maximo=maximum, decimales=decimals)
    mark = made.unit_mark(unit, points / 100, 24)
    asked = 20 if unit == "4_padding" else 24
    true = min(Fraction(1), Fraction(points, 100 * asked)) * maximum
    assert 0 <= mark <= maximum
    assert abs(Fraction(mark) - true) <= Fraction(1, 2 * 10**decimals) + Fraction(1, 10**6)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"minimo": 1}, "no dice su máximo"),
        ({"maximo": "diez"}, "no es un número"),
        ({"maximo": True}, "no es un número"),
        ({"maximo": "NaN"}, "no es un número"),
        ({"maximo": 1, "minimo": 1}, "mínimo"),
        ({"maximo": 10, "decimales": 9}, "de 0 a 4"),
        ({"maximo": 10, "redondeo": "a ojo"}, "mitad arriba"),
        ({"maximo": 10, "pesos": {"9_nada": 1}}, "ninguna unidad"),
        ({"maximo": 10, "pesos": {"2_filtros": -1}}, "negativo"),
        ({"maximo": 10, "pesos": {"2_filtros": 0}}, "no da peso"),
        ({"maximo": 10, "pesos": 3}, "sin unidades"),
        ({"maximo": 10, "aprobado": 4}, "ninguno de los dos"),
        ({"maximo": 10, "aprobado": 11, "exigencia": 0.5}, "fuera de la escala"),
        ({"máximo": 10}, "no se conoce"),
    ],
)
def test_what_is_no_scale_is_told_in_one_line(told, said):
    with pytest.raises(CursoError, match=said) as error:
        scale(**told)
    assert "c.Curso.escala" in error.value.args[0]
    assert "\n" not in error.value.args[0]
