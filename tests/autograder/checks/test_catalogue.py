"""Every implementation of the catalogue gets the verdict that its file declares.

``tests/catalogue/UNIT/FUNCTION/wrong/*.py`` define the function with one mistake, and may declare
``FAILS`` (the aspects lost; values and edge cases unless told), ``CAUSE_ID`` or ``CAUSE_CONTAINS``
(the likely cause, or words of it; none is named unless told) and ``REJECTED_CONTAINS``. Those in
``right/`` pass.
"""

from __future__ import annotations

import pytest
from catalogue_files import assert_fails_as_declared, assert_passes, count, files, name_of

from autograder.checks import checks_of

UNITS = ("1_convolucion", "2_filtros", "4_padding")
LAYERS = {
    "1_convolucion.correlacion2d",
    "1_convolucion.convolucion_verdadera",
    "1_convolucion.correlacion_multicanal",
    "1_convolucion.conv2d",
    "4_padding.rellenar",
    "4_padding.conv2d",
    "4_padding.max_pooling2d",
    "4_padding.average_pooling2d",
    "4_padding.conv2d_dilatada",
    "4_padding.conv2d_grupos",
}
CHECK_IDS = [check_id for unit in UNITS for check_id in checks_of(unit)]
SEEDS = range(10)  # test_never_by_luck has fifty more, of the judge alone
FEW_SEEDS = range(2)  # a diagnosis is dear; test_never_by_luck tries fifty without it


@pytest.mark.parametrize("path", files(UNITS, "right"), ids=name_of)
def test_right_work_passes_whatever_its_style(path):
    assert_passes(path, SEEDS)


@pytest.mark.parametrize("path", files(UNITS, "wrong"), ids=name_of)
def test_wrong_work_never_passes_and_learns_why(path):
    assert_fails_as_declared(path, FEW_SEEDS)


@pytest.mark.parametrize("check_id", CHECK_IDS)
def test_the_catalogue_is_deep_enough(check_id):
    wrong, right = (8, 4) if check_id in LAYERS else (4, 2)
    assert count(check_id, "wrong") >= wrong
    assert count(check_id, "right") >= right
