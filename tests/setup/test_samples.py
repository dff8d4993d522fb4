"""The sample reports of the documentation: each is shown, and its function is wrong as it says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import numpy as np
import pytest
from harness import verdict_on

from autograder.checks import UNITS
from autograder.sandbox.flavours import NUMPY

DOCS = Path(__file__).parents[2] / "docs"
SAMPLES = runpy.run_path(str(DOCS / "muestras.py"))["SAMPLES"]


def test_every_sample_has_its_picture_and_stands_in_the_page():
    pictures = {path.stem for path in (DOCS / "img" / "muestras").glob("*.png")}
    shown = set(re.findall(r"img/muestras/(\w+)\.png", (DOCS / "muestras.md").read_text()))
    assert pictures == shown == set(SAMPLES)
    assert {check.partition(".")[0] for check, _ in SAMPLES.values()} == set(UNITS)
    assert len(SAMPLES) >= 8


WITH_NUMPY = [
    name for name, (check, _) in SAMPLES.items() if UNITS[check.partition(".")[0]].flavour is NUMPY
]


@pytest.mark.parametrize("name", WITH_NUMPY)
def test_a_sample_is_still_a_mistake_that_is_shown(name: str):
    check, code = SAMPLES[name]
    scope = {"np": np}
    exec(code, scope)
    verdict = verdict_on(check, scope[check.partition(".")[2]])
    assert not verdict.passed
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.example is not None
    assert verdict.diagnosis.ids or verdict.diagnosis.facts
