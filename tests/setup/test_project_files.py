"""Lo que un repositorio debe a quien lo encuentra: licencias, versión, cita y órdenes."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import yaml

from autograder.common import version

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERSION = PROJECT["project"]["version"]


def test_the_version_is_the_same_wherever_it_is_told():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == VERSION == version.VERSION
    assert f"\n## {VERSION} · " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_whoever_installs_the_packages_gets_their_types_too(tmp_path):
    from hatchling.builders.wheel import WheelBuilder

    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    names = zipfile.ZipFile(built).namelist()
    assert {"autograder/py.typed", "conv2d_lib/py.typed"} <= set(names)


def test_make_test_checks_types_of_both_packages_and_more_where_marks_are_decided():
    orders = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "then $(BIN)/mypy; fi\n" in orders.partition("\ntest: ")[2].partition("\n\n")[0]
    settings = PROJECT["tool"]["mypy"]
    assert settings["packages"] == ["autograder", "conv2d_lib"]
    # Every function says its types, but in the checks, which hold what a student would write, and
    # where something is measured.
    assert settings["disallow_untyped_defs"]
    assert settings["disallow_incomplete_defs"]
    assert _modules_with("disallow_untyped_defs", False) == {
        "autograder.checks.*",
        "benchmarks.*",
    }
    assert _modules_with("disallow_any_generics", True) == {
        "autograder.judging.*",
        "autograder.wire.*",
        "conv2d_lib.kernels.*",
        "conv2d_lib.*",
    }
    assert not _modules_with("ignore_errors", True)


def _modules_with(setting: str, value: bool) -> set[str]:
    overrides = PROJECT["tool"]["mypy"]["overrides"]
    return {m for each in overrides if each.get(setting) is value for m in each["module"]}


def test_code_and_lessons_have_their_licence():
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    lessons = (ROOT / "LICENSE-LECCIONES").read_text(encoding="utf-8")
    assert "Creative Commons Attribution 4.0 International" in lessons
    assert "Section 8 – Interpretation" in lessons  # The whole text, to its last section.


def test_the_workflow_runs_the_two_commands_on_every_python():
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    linux = workflow["jobs"]["linux"]
    assert linux["strategy"]["matrix"]["python"] == ["3.10", "3.11", "3.12", "3.13"]
    run = "\n".join(step.get("run", "") for step in linux["steps"])
    assert "make demo" in run
    assert "make test" in run
    elsewhere = workflow["jobs"]["biblioteca"]["steps"][-1]["run"].split()
    named = [word for word in elsewhere if word.startswith("tests/")]
    assert named
    assert all((ROOT / word).exists() for word in named)


def test_hooks_name_files_that_exist():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    words = " ".join(hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"]).split()
    named = [word for word in words if word.startswith("tests/")]
    assert named
    assert all((ROOT / word).exists() for word in named)


def test_what_is_hidden_from_students_exists_and_instructors_have_it():
    """``make lab`` hides by name; a name that nbgrader changed would hide nothing."""
    hidden = json.loads((ROOT / "docs" / "jupyterlab_paginas.json").read_text())
    bundle = Path(sys.prefix, "share", "jupyter", "labextensions", "@jupyter", "nbgrader")
    code = "".join(path.read_text("utf-8") for path in (bundle / "static").glob("*.js"))
    assert [name for name in hidden["disabledExtensions"] if f'"{name}"' not in code] == []
    assert {"@jupyter/nbgrader:formgrader", "@jupyter/nbgrader:create-assignment"} <= set(
        hidden["disabledExtensions"]
    )
    # A list is taken in the folder of the application alone: on a hub, JupyterLab does not open.
    assert set(hidden["disabledExtensions"].values()) == {True}
    orders = (ROOT / "Makefile").read_text("utf-8")
    assert "cp docs/jupyterlab_paginas.json $(LABS)/settings/page_config.json" in orders
    assert 'app_settings_dir="$(CURDIR)/$(LABS)/docente"' in orders
    assert "$(LABS)/docente/page_config.json" not in orders
