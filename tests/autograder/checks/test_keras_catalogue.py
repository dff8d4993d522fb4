"""The catalogue of the units that use Keras: right work passes, wrong work learns why.

Same files and same declarations as in ``test_catalogue``; one seed of two for each, in turns, since
a verdict builds several models: ``benchmarks.diagnosis`` asks all of them with others. Classes in a
file count as written in a notebook: their module is ``__main__``.
"""

from __future__ import annotations

import pytest
from catalogue_files import assert_fails_as_declared, assert_passes, count, files, name_of
from harness import verdict_on
from right_by_hand import BY_HAND
from right_models import NETWORKS, ways

from autograder.checks import checks_of

UNITS = ("3_mapas_de_caracteristicas", "5_fashion_mnist")
CHECK_IDS = [check_id for unit in UNITS for check_id in checks_of(unit)]


def with_seeds(kind: str) -> list:
    return [
        pytest.param(path, [number % 2], id=name_of(path))
        for number, path in enumerate(files(UNITS, kind))
    ]


@pytest.mark.parametrize(("path", "seeds"), with_seeds("right"))
def test_right_work_passes_whatever_its_style(path, seeds):
    assert_passes(path, seeds)


@pytest.mark.parametrize(("path", "seeds"), with_seeds("wrong"))
def test_wrong_work_never_passes_and_learns_why(path, seeds):
    assert_fails_as_declared(path, seeds)


# Trained networks are no file of Python: test_acceptance_check.py has the right and wrong ones.
WRITTEN = [check_id for check_id in CHECK_IDS if not check_id.endswith(".redes_entrenadas")]


@pytest.mark.parametrize("check_id", WRITTEN)
def test_the_catalogue_is_deep_enough(check_id):
    assert count(check_id, "wrong") >= 4
    assert count(check_id, "right") >= 3


@pytest.mark.parametrize("check_id", [each for each in BY_HAND if each in CHECK_IDS])
def test_right_work_on_a_model_passes_in_whatever_way_it_is_written(check_id):
    """A third of the ways, each with one seed; the benchmark asks all of them many times."""
    some = list(BY_HAND[check_id].items())[::3]
    failed = [
        name
        for seed, (name, function) in enumerate(some)
        if not verdict_on(check_id, function, seed).passed
    ]
    assert len(some) >= 4
    assert failed == []


@pytest.mark.parametrize("check_id", NETWORKS)
def test_a_right_network_passes_in_whatever_way_it_is_built(check_id):
    """Two of the ways, others for each network; the benchmark asks all of them many times."""
    built = ways(check_id)
    some = list(built)[list(NETWORKS).index(check_id) :: 10]
    assert len(built) >= 15
    assert len(some) == 2
    assert [name for name in some if not verdict_on(check_id, built[name]).passed] == []
