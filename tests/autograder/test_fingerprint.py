"""The fingerprint changes with all that a mark depends on, and with nothing else."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from classroom import UNIT, cell, untouched

import conv2d_lib
from autograder.classroom import fingerprint as module
from autograder.classroom.fingerprint import fingerprint
from autograder.common.limits import Limits
from autograder.submission.folder import Submission

SUBMISSION = Submission(
    "ana", UNIT, untouched(), timestamp="2026-05-04 10:30:00 UTC", files={"cnn.weights.h5": b"1"}
)


def of(submission: Submission = SUBMISSION, limits=None, isolated=True) -> str:
    return fingerprint(submission, limits or Limits(), isolated)


def edited(**changes) -> Submission:
    """With its graded cell of conv2d changed."""
    notebook = untouched()
    graded = cell(notebook, "conv2d-comprobacion")
    for name, value in changes.items():
        (graded.metadata.nbgrader if name == "points" else graded)[name] = value
    return replace(SUBMISSION, notebook=notebook)


OTHERS = {
    "source": lambda: of(edited(source="100")),
    "kind of cell": lambda: of(edited(cell_type="markdown")),
    "points": lambda: of(edited(points=700)),
    "unit": lambda: of(replace(SUBMISSION, unit="2_filtros")),
    "time handed in": lambda: of(replace(SUBMISSION, timestamp=None)),
    "weights": lambda: of(replace(SUBMISSION, files={"cnn.weights.h5": b"2"})),
    "a helper": lambda: of(replace(SUBMISSION, helpers={"ayuda.py": b"1"})),
    "name of a file": lambda: of(replace(SUBMISSION, files={"mlp.weights.h5": b"1"})),
    "limits": lambda: of(limits=Limits(cell_seconds=1)),
    "isolation": lambda: of(isolated=False),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_it_changes_with_what_is_graded_and_how(other):
    assert other() != of()


def test_it_does_not_change_with_what_a_mark_does_not_depend_on():
    same = replace(SUBMISSION, student="bea", notes=("un aviso",), notebook=untouched())
    assert of(same) == of()


@pytest.mark.parametrize(
    "file",
    [
        "autograder/checks/convolucion.py",
        "autograder/judging/judge.py",
        "conv2d_lib/kernels/convolution.py",
    ],
)
def test_it_changes_with_a_check_the_judge_and_the_library(file, tmp_path, monkeypatch):
    for package in (module, conv2d_lib):
        folder = Path(package.__file__).parent
        shutil.copytree(folder, tmp_path / folder.name)
        copied = tmp_path / folder.name / Path(package.__file__).name
        monkeypatch.setattr(package, "__file__", str(copied))
    compute = module._of_the_code.__wrapped__
    before = compute()
    assert compute() == before
    with (tmp_path / file).open("a", encoding="utf-8") as source:
        source.write("\n# otra versión\n")
    assert compute() != before


def test_it_changes_with_numpy(monkeypatch):
    before = module._of_the_code.__wrapped__()
    monkeypatch.setattr(np, "__version__", "0.0.1")
    assert module._of_the_code.__wrapped__() != before
