"""A class of ten honest students and all the attackers, graded together by the real pipeline."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from rich.console import Console
from traitlets.config import Config

from autograder.course import Course
from autograder.grading import grade
from autograder.grading_view import line
from autograder.limits import MIB, Limits
from autograder.nbgrader_settings import configure
from autograder.publishing import publish
from autograder.records import GRADED, Outcome
from autograder.report import write_report

from .attack import NOTEBOOK, ROOT, UNIT, Attack, all_attacks
from .honest import MARKS, hand_in_all
from .pages import pages_of
from .world import Machine, World, fingerprints, outputs_of, survivors

LIMITS = Limits(cell_seconds=5.0, notebook_seconds=15.0, memory_bytes=600 * MIB)
# A notebook's time, a last interrupt, and the judge's farewell.
MOST_SECONDS = LIMITS.notebook_seconds + 15
WRITTEN_BY_GRADING = frozenset({"autograded", "feedback", "informe", "gradebook.db"})


@dataclass
class AttackedClass:
    """The class after its grading: a world for each attack, a mark for each honest student."""

    worlds: dict[str, World] = field(default_factory=dict)
    honest: dict[str, float] = field(default_factory=dict)


def prepare(folder: Path, machine: Machine, attacks: Sequence[Attack]) -> Course:
    """A published course in ``folder`` with everybody's submissions."""
    shutil.copytree(ROOT / "source" / UNIT, folder / "source" / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = Course.at(folder)
    publish(course, [UNIT])
    hand_in_all(course.submitted)
    with Gradebook(course.database_url) as gradebook:
        gradebook.update_or_create_student("ana", email=machine.secret)
    places = machine.places(course.root)
    for attack in attacks:
        attack.hand_in(course.submitted, course.release, places)
    return course


def grade_attacked_class(folder: Path, attacks: Sequence[Attack] | None = None) -> AttackedClass:
    """Grade it all in ``folder``, an empty one, and look at what came of it."""
    attacks = all_attacks() if attacks is None else attacks
    machine = Machine(folder / "maquina")
    try:
        course = prepare(folder / "curso", machine, attacks)
        before = _state(course, machine)
        # Two at once, so that an attack has a neighbour to disturb.
        outcomes = {o.student: o for o in grade(course, [UNIT], processes=2, limits=LIMITS)}
        after = _state(course, machine)
    finally:
        machine.close()
    changed = sorted(k for k in before.keys() | after.keys() if before.get(k) != after.get(k))
    result = AttackedClass(honest={name: outcomes[name].points for name in MARKS})
    right = all(abs(result.honest[name] - MARKS[name]) < 1e-6 for name in MARKS)
    config = configure(Config(), course.root)
    report, sheet = (path.read_text("utf-8") for path in write_report(course))
    clean = pages_of(course.root, config, "ana")
    alive = survivors()
    for attack in attacks:
        outcome = outcomes.get(attack.student) or _outcome_of(attack, outcomes)
        world = World(
            attack.name,
            points=outcome.points,
            max_points=outcome.max_points,
            graded=outcome.state == GRADED,
            seconds=outcome.seconds,
            most_seconds=MOST_SECONDS,
            secret=machine.secret,
            changed=tuple(changed),
            others_right=right,
            hits="".join(machine.hits),
            survivors=alive,
            terminal=_on_the_terminal(outcome),
            sheet=sheet,
        )
        path = course.autograded / attack.student / UNIT / NOTEBOOK
        if path.is_file():
            world.printed = outputs_of(nbformat.read(path, as_version=4))
        if attack.family == "instructor" and world.graded:
            world.pages = (*pages_of(course.root, config, attack.student), report)
            world.clean_pages = (*clean, _REPORT_PARTS)
        result.worlds[f"{attack.family}/{attack.name}"] = world
    return result


# What the report's page has of its own: a viewport and its policy, one style, one drawing.
_REPORT_PARTS = "<meta><meta><meta><style></style><svg></svg>"


def _outcome_of(attack: Attack, outcomes: dict[str, Outcome]) -> Outcome:
    """Of a name that could not be kept as it was, the outcome that shows it cleaned."""
    seen = "".join(char if char.isprintable() else "�" for char in attack.student)
    return outcomes[seen]


def _state(course: Course, machine: Machine) -> dict[str, str]:
    return fingerprints(course.root, machine.folder, apart=WRITTEN_BY_GRADING)


def _on_the_terminal(outcome: Outcome) -> str:
    text = io.StringIO()
    Console(file=text, force_terminal=True, width=200).print(line(outcome), soft_wrap=True)
    return text.getvalue()
