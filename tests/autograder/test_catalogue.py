"""Every implementation of the catalogue gets the verdict that its file declares.

``tests/catalogue/UNIT/FUNCTION/wrong/*.py`` define the function with one mistake, and may declare
``FAILS`` (the aspects lost; values and edge cases unless told), ``CAUSE_CONTAINS`` (words of the
likely cause; none is named unless told) and ``REJECTED_CONTAINS``. Those in ``right/`` pass.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from harness import failed_aspects, verdict_on

from autograder.checks import checks_of

CATALOGUE = Path(__file__).parents[1] / "catalogue"
UNITS = ("1_convolucion", "2_filtros", "4_padding")
LAYERS = {
    "1_convolucion.correlacion2d",
    "1_convolucion.convolucion_verdadera",
    "1_convolucion.correlacion_multicanal",
    "1_convolucion.conv2d",
    "4_padding.rellenar",
    "4_padding.conv2d",
    "4_padding.conv2d_dilatada",
    "4_padding.conv2d_grupos",
}
CHECK_IDS = [check_id for unit in UNITS for check_id in checks_of(unit)]
SEEDS = range(20)


def files(kind: str) -> list[Path]:
    return sorted(path for unit in UNITS for path in CATALOGUE.glob(f"{unit}/*/{kind}/*.py"))


def load(path: Path):
    """The module of a file, its function and its check."""
    spec = importlib.util.spec_from_file_location(f"catalogue_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    unit, name = path.parts[-4:-2]
    return module, getattr(module, name), f"{unit}.{name}"


def name_of(path: Path) -> str:
    return "/".join([*path.parts[-4:-2], path.stem])


@pytest.mark.parametrize("path", files("right"), ids=name_of)
def test_right_work_passes_whatever_its_style(path):
    _, function, check_id = load(path)
    for seed in SEEDS:
        verdict = verdict_on(check_id, function, seed)
        assert verdict.passed, f"seed {seed}\n{verdict.report()}"
        assert verdict.score == 1


@pytest.mark.parametrize("path", files("wrong"), ids=name_of)
def test_wrong_work_never_passes_and_learns_why(path):
    module, function, check_id = load(path)
    aspects = set(getattr(module, "FAILS", ("valores", "casos límite")))
    cause = getattr(module, "CAUSE_CONTAINS", None)
    for seed in SEEDS:
        verdict = verdict_on(check_id, function, seed)
        report = f"seed {seed}\n{verdict.report()}"
        assert not verdict.passed, report
        assert not verdict.rejected, report
        assert failed_aspects(verdict) == aspects, report
        if cause is None:
            assert verdict.cause is None, report
        else:
            assert cause in (verdict.cause or ""), report


@pytest.mark.parametrize("check_id", CHECK_IDS)
def test_the_catalogue_is_deep_enough(check_id):
    wrong, right = (8, 4) if check_id in LAYERS else (4, 2)
    folder = CATALOGUE.joinpath(*check_id.split("."))
    assert len(list(folder.glob("wrong/*.py"))) >= wrong
    assert len(list(folder.glob("right/*.py"))) >= right
