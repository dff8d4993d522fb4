"""The catalogue of the units that use Keras: right work passes, wrong work learns why.

Same files and same declarations as in ``test_catalogue``; few seeds, since each verdict builds
several models. Classes in a file count as written in a notebook: their module is ``__main__``.
"""

from __future__ import annotations

import pytest
from catalogue_files import assert_fails_as_declared, assert_passes, count, files, name_of

from autograder.checks import checks_of

UNITS = ("3_mapas_de_caracteristicas", "5_fashion_mnist")
CHECK_IDS = [check_id for unit in UNITS for check_id in checks_of(unit)]
SEEDS = (0, 1)


@pytest.mark.parametrize("path", files(UNITS, "right"), ids=name_of)
def test_right_work_passes_whatever_its_style(path):
    assert_passes(path, SEEDS)


@pytest.mark.parametrize("path", files(UNITS, "wrong"), ids=name_of)
def test_wrong_work_never_passes_and_learns_why(path):
    assert_fails_as_declared(path, SEEDS)


# Trained networks are no file of Python: test_acceptance_check.py has the right and wrong ones.
WRITTEN = [check_id for check_id in CHECK_IDS if not check_id.endswith(".redes_entrenadas")]


@pytest.mark.parametrize("check_id", WRITTEN)
def test_the_catalogue_is_deep_enough(check_id):
    assert count(check_id, "wrong") >= 4
    assert count(check_id, "right") >= 3
