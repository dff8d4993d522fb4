"""El entorno es uno solo: pyproject.toml manda, requirements.lock y environment.yml lo siguen."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SUPPORTED = ("3.10", "3.11", "3.12", "3.13")


def locked() -> dict[str, list[tuple[Version, Requirement]]]:
    """Every pinned version of each distribution, with the marker that chooses it."""
    pins: dict[str, list[tuple[Version, Requirement]]] = {}
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            requirement = Requirement(line.rstrip(" \\"))
            (pin,) = requirement.specifier
            assert pin.operator == "==", line
            pins.setdefault(canonicalize_name(requirement.name), []).append(
                (Version(pin.version), requirement)
            )
    return pins


def wanted() -> list[Requirement]:
    """The base, every extra, and what the project is developed with."""
    groups = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        groups += extra
    found = [Requirement(text) for text in groups]
    return [one for one in found if one.name != PROJECT["project"]["name"]]


def test_every_dependency_is_locked_within_its_bounds():
    pins = locked()
    for requirement in wanted():
        versions = [version for version, _ in pins[canonicalize_name(requirement.name)]]
        assert versions
        assert all(requirement.specifier.contains(v) for v in versions), requirement


def test_the_lock_names_a_version_for_every_supported_python():
    pins = locked()
    for requirement in wanted():
        for python in SUPPORTED:
            environment = {
                "python_version": python,
                "python_full_version": f"{python}.9",
                "sys_platform": "linux",
                "platform_machine": "x86_64",
            }
            if requirement.marker and not requirement.marker.evaluate(environment):
                continue
            chosen = [
                version
                for version, pin in pins[canonicalize_name(requirement.name)]
                if pin.marker is None or pin.marker.evaluate(environment)
            ]
            assert len(chosen) == 1, (requirement.name, python, chosen)


def test_every_locked_distribution_has_hashes_and_no_address():
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in entries if entry.strip())


def test_conda_installs_this_project_with_the_same_python():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    *conda, pip = environment["dependencies"]
    versions = dict(re.match(r"([a-z]+)(.*)", entry).groups() for entry in conda)
    assert versions == {"python": PROJECT["project"]["requires-python"], "pip": ""}
    assert pip == {"pip": ["--editable .[todo]"]}


def test_the_base_is_light_and_every_extra_is_in_todo():
    names = {Requirement(text).name for text in PROJECT["project"]["dependencies"]}
    assert names == {"numpy", "rich", "typer"}
    extras = PROJECT["project"]["optional-dependencies"]
    reached, waiting = set(), ["todo"]
    while waiting:
        extra = waiting.pop()
        reached.add(extra)
        for requirement in map(Requirement, extras[extra]):
            if requirement.name == PROJECT["project"]["name"]:
                waiting += requirement.extras
    assert reached == set(extras)


def test_supported_pythons_are_those_of_pyproject():
    allowed = SpecifierSet(PROJECT["project"]["requires-python"])
    assert all(f"{python}.0" in allowed for python in SUPPORTED)
    assert "3.9.18" not in allowed
    assert "3.14.0" not in allowed


def test_an_unsupported_python_gets_one_line_that_says_which_to_install():
    script = "import sys; sys.version_info = (3, 14, 0); exec(open('setup_check.py').read())"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert "Python 3.10 a 3.13" in run.stderr
    assert "3.14" in run.stderr


def test_this_python_is_accepted():
    subprocess.run([sys.executable, "setup_check.py"], cwd=ROOT, check=True)
