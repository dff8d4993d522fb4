"""Lo que un repositorio debe a quien lo encuentra: licencias, versión, cita y órdenes."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_the_version_is_the_same_wherever_it_is_told():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == VERSION
    assert f"\n## {VERSION} · " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


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
