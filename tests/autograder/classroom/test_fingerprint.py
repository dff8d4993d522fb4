"""The fingerprint changes with all that a mark depends on, and with nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from classroom import UNIT, cell, untouched

import autograder
import conv2d_lib
from autograder.checks import UNITS
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


@pytest.fixture
def packages(tmp_path, monkeypatch) -> Path:
    """Copies of both packages, which the fingerprint takes for the real ones."""
    for package in (autograder, conv2d_lib):
        folder = Path(package.__file__).parent
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(folder, tmp_path / folder.name, ignore=ignored)
        monkeypatch.setattr(package, "__file__", str(tmp_path / folder.name / "__init__.py"))
    return tmp_path


def computed(unit: str = UNIT) -> bytes:
    return module.of_the_code.__wrapped__(UNITS[unit])


DECIDES = [
    "autograder/checks/convolucion.py",
    "autograder/checks/reference.py",
    "autograder/common/limits.py",
    "autograder/judging/judge.py",
    "autograder/notebook/client.py",
    "autograder/sandbox/seccomp.py",
    "autograder/submission/restoring.py",
    "autograder/wire/protocol.py",
    "conv2d_lib/functional.py",
    "conv2d_lib/kernels/convolution.py",
]
DECIDES_NOTHING = [
    "autograder/checks/filtros.py",  # Another unit's.
    "autograder/classroom/grading.py",
    "autograder/cli.py",
    "autograder/demo/run.py",
    "autograder/judging/diagnosis/diagnoser.py",
    "autograder/homework/acceptance.py",  # This unit hands in no weights.
    "autograder/nbgrader_ext/publishing.py",
    "autograder/report/page.py",
    "autograder/terminal/doctor.py",
    "conv2d_lib/plots/lessons.py",
    "conv2d_lib/training/sequential.py",
]


@pytest.mark.parametrize("file", DECIDES + DECIDES_NOTHING)
def test_it_changes_with_the_sources_that_decide_a_mark_and_with_no_other(file, packages):
    before = computed()
    assert computed() == before
    with (packages / file).open("a", encoding="utf-8") as source:
        source.write("\n# otra versión\n")
    assert (computed() != before) == (file in DECIDES)


def test_the_homework_depends_on_its_acceptance_too(packages):
    before = computed("5_fashion_mnist")
    with (packages / "autograder/homework/acceptance.py").open("a", encoding="utf-8") as source:
        source.write("\n# otra versión\n")
    assert computed("5_fashion_mnist") != before


# Each unit in a copy of a process that has loaded others' libraries, and nothing of the course.
WHAT_A_GRADER_LOADS = """
import os, sys
import h5py, nbformat, numba
import numpy as np

for name in sys.argv[1:]:
    if os.fork() == 0:
        break
    assert os.wait()[1] == 0, name
else:
    sys.exit()
import autograder.submission.jobs, autograder.submission.folder
import autograder.sandbox.forkserver, autograder.homework.acceptance
from autograder.checks import UNITS

unit = UNITS[name]
rng = np.random.default_rng(0)
for check in unit.checks.values():
    for case in getattr(check, "cases", lambda rng: ())(rng):
        if not case.raises:
            check.reference(*case.args, **dict(case.kwargs))
files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
print(*[file for file in files if file], sep="\\n", file=open(name, "w"))
"""
# Where things are kept and who may write: not what a notebook is worth. Nor is it what a failure is
# called (test_diagnosis_decides_nothing).
KEPT_APART = {"autograder/__init__.py", "autograder/cli.py", "conv2d_lib/__init__.py"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("cargado")
    command = [sys.executable, "-c", WHAT_A_GRADER_LOADS, *UNITS]
    subprocess.run(command, cwd=folder, check=True)
    return {unit: (folder / unit).read_text(encoding="utf-8").split("\n") for unit in UNITS}


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_that_a_grader_loads_is_forgotten(unit, loaded):
    root = Path(autograder.__file__).parents[1]
    ours = {
        Path(file).relative_to(root).as_posix()
        for file in loaded[unit]
        if file.startswith((f"{root}/autograder", f"{root}/conv2d_lib"))
    }
    assert "autograder/judging/check.py" in ours
    told = {shown for _, shown in module.sources(UNITS[unit])}
    forgotten = ours - told - KEPT_APART
    apart = (
        "autograder/course/",
        "autograder/judging/diagnosis/",
        "conv2d_lib/datasets/",
        "conv2d_lib/training/weights",
    )
    homework = () if UNITS[unit].weights else ("autograder/homework/",)
    assert [name for name in sorted(forgotten) if not name.startswith(apart + homework)] == []


@pytest.mark.parametrize(
    ("unit", "library", "changes"),
    [
        (UNIT, "numpy", True),
        (UNIT, "tensorflow", False),
        ("3_mapas_de_caracteristicas", "numpy", True),
        ("3_mapas_de_caracteristicas", "tensorflow", True),
        ("3_mapas_de_caracteristicas", "keras", True),
    ],
)
def test_it_changes_with_the_libraries_that_compute(unit, library, changes, monkeypatch):
    before = computed(unit)
    real = module.version
    monkeypatch.setattr(module, "version", lambda name: "0.1" if name == library else real(name))
    assert (computed(unit) != before) == changes
