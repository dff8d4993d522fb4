"""Every attack of ``attacks/`` against the real pipeline: none succeeds, and nobody else pays."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from types import ModuleType

import pytest

from autograder.report.scripts import table_script
from benchmarks.red_team import TABLE, answers_of, date_of, row_of, table
from tests.red_team.attack import FAMILIES, UNIT, all_attacks
from tests.red_team.attacked_class import REPORT_PARTS, grade_attacked_class
from tests.red_team.homework import passes, write_all
from tests.red_team.honest import MARKS
from tests.red_team.world import active_parts

SCRIPT = table_script()
ATTACKS = {f"{attack.family}/{attack.name}": attack for attack in all_attacks()}

pytestmark = pytest.mark.skipif(
    shutil.which("bwrap") is None and not os.environ.get("CI"),
    reason="esta máquina no tiene bubblewrap",
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return grade_attacked_class(tmp_path_factory.mktemp("ataques"), list(ATTACKS.values()))


@pytest.mark.parametrize("name", ATTACKS)
def test_the_attack_does_not_succeed(graded, name):
    world = graded.worlds[name]
    assert not ATTACKS[name].succeeded(world), world


@pytest.mark.parametrize("work", MARKS, ids="-".join)
def test_an_honest_student_gets_the_mark_earned(graded, work):
    assert graded.honest[work] == pytest.approx(MARKS[work])


def test_honest_weights_are_accepted(tmp_path):
    write_all(tmp_path)
    assert passes(tmp_path)


@pytest.mark.parametrize(
    "page",
    [
        REPORT_PARTS + f"<script>{SCRIPT}</script>",
        REPORT_PARTS + "<script>alert(1)",
        REPORT_PARTS + "<script src=otro.js></script>",
        REPORT_PARTS.replace(SCRIPT, f"{SCRIPT};alert(1)"),
        REPORT_PARTS.replace(f"<script>{SCRIPT}", f"<script type=module>{SCRIPT}"),
    ],
    ids=["repetido", "abierto", "de-fuera", "alargado", "de-otra-clase"],
)
def test_no_script_but_the_one_of_the_report_is_taken_for_its_own(page):
    assert active_parts(page) - active_parts(REPORT_PARTS)


@pytest.mark.parametrize("name", ATTACKS)
def test_what_an_attack_replaces_of_the_course_is_there(name):
    """An attack on a name that the course gave up would be held off by nobody."""
    for module, attribute in _replaced(getattr(ATTACKS[name].module, "CODE", "")):
        assert hasattr(module, attribute), f"{module.__name__}.{attribute}"


def _replaced(code: str) -> Iterator[tuple[ModuleType, str]]:
    """What code imports of the course, and what it writes over in the modules that it imports."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    known: dict[str, ModuleType] = {}
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.ImportFrom)
            or (node.module or "").split(".")[0] != "autograder"
        ):
            continue
        owner = importlib.import_module(str(node.module))
        for alias in node.names:
            package = hasattr(owner, "__path__")
            if package and importlib.util.find_spec(f"{owner.__name__}.{alias.name}"):
                whole = importlib.import_module(f"{owner.__name__}.{alias.name}")
                known[alias.asname or alias.name] = whole
            else:
                yield owner, alias.name
    for node in ast.walk(tree):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            owner_name = getattr(getattr(target, "value", None), "id", None)
            if isinstance(target, ast.Attribute) and owner_name in known:
                yield known[owner_name], target.attr


def test_every_attack_has_its_row_in_the_page_and_no_other_is_there():
    page = TABLE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!ataque|---)(.+) \| [^|]+ \| no \|$", page, re.MULTILINE)
    assert sorted(rows) == sorted(row_of(attack) for attack in ATTACKS.values())


def test_what_nbgrader_answered_once_is_read_back_from_the_page():
    attacks = list(ATTACKS.values())
    theirs = {name: None for name, attack in ATTACKS.items() if not attack.only_here}
    theirs |= dict.fromkeys(list(theirs)[::3], True) | dict.fromkeys(list(theirs)[1::3], False)
    ours = dict.fromkeys(ATTACKS, False)
    page = table(attacks, list(ATTACKS), theirs, ours, 16, "2026-01-02")
    assert answers_of(page, attacks) == theirs
    assert date_of(page) == "2026-01-02"
    # One that it was never asked has a row all the same, and no answer.
    new = next(iter(theirs))
    del theirs[new]
    page = table(attacks, list(ATTACKS), theirs, ours, 16)
    assert f"| {row_of(ATTACKS[new])} | sin preguntar | no |" in page
    assert answers_of(page, attacks) == theirs


def test_there_are_at_least_sixty_attacks_of_eight_families():
    assert len(ATTACKS) >= 60
    assert sum(attack.unit != UNIT for attack in ATTACKS.values()) >= 25
    assert {attack.family for attack in ATTACKS.values()} == set(FAMILIES)
    assert len(FAMILIES) == 8
