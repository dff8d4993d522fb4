"""A class of honest students and all the attackers, graded together by the real pipeline."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from rich.console import Console
from traitlets.config import Config

from autograder.classroom.grading import grade
from autograder.classroom.pools import Processes
from autograder.common.limits import MIB, Limits
from autograder.course.folder import Course
from autograder.gradebook.records import GRADED, Outcome
from autograder.nbgrader_ext.publishing import publish
from autograder.nbgrader_settings import configure
from autograder.report.scripts import table_script
from autograder.report.writing import write_report
from autograder.submission.folder import read_submission
from autograder.terminal.grading_view import line
from tests.red_team import homework
from tests.red_team.attack import HOMEWORK, MAPS, ROOT, UNIT, Attack, all_attacks
from tests.red_team.honest import MARKS, hand_in_all
from tests.red_team.pages import pages_of
from tests.red_team.world import Machine, World, fingerprints, kept_beside, outputs_of, survivors

# Of an attack. Where Keras is, two at once: what takes one second alone takes more beside another.
LIMITS = {
    UNIT: Limits(cell_seconds=5.0, notebook_seconds=15.0, memory_bytes=600 * MIB),
    MAPS: Limits(cell_seconds=15.0, notebook_seconds=45.0, memory_bytes=1200 * MIB),
    HOMEWORK: Limits(cell_seconds=15.0, notebook_seconds=45.0, memory_bytes=1200 * MIB),
}
# Beyond a notebook's time: a last interrupt, and the judge's farewell.
SLACK_SECONDS = 15
WRITTEN_BY_GRADING = frozenset({"autograded", "feedback", "informe", "gradebook.db"})


@dataclass
class AttackedClass:
    """The class after its grading: a world for each attack, a mark for each honest work."""

    worlds: dict[str, World] = field(default_factory=dict)
    honest: dict[tuple[str, str], float] = field(default_factory=dict)


def prepare(folder: Path, machine: Machine, attacks: Sequence[Attack]) -> Course:
    """A published course in ``folder`` with everybody's submissions."""
    for unit in LIMITS:
        ignored = shutil.ignore_patterns("*.h5")
        shutil.copytree(ROOT / "source" / unit, folder / "source" / unit, ignore=ignored)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    course = Course.at(folder)
    publish(course, LIMITS)
    hand_in_all(course.submitted)
    with Gradebook(course.database_url) as gradebook:
        gradebook.update_or_create_student("ana", email=machine.secret)
    places = machine.places(course.root)
    for attack in attacks:
        attack.hand_in(course.submitted, course.release, places)
    return course


class _Unhurried(Processes):
    """Who is honest has a student's own time, however slow the machine; attacks have little."""

    def run(self, jobs, *rest):
        usual, honest = Limits(), {student for student, _ in MARKS}
        mine = {"cell_seconds": usual.cell_seconds, "notebook_seconds": usual.notebook_seconds}
        return super().run(
            (
                replace(job, limits=replace(job.limits, **mine)) if job.student in honest else job
                for job in jobs
            ),
            *rest,
        )


def grade_attacked_class(folder: Path, attacks: Sequence[Attack] | None = None) -> AttackedClass:
    """Grade it all in ``folder``, an empty one, and look at what came of it."""
    attacks = all_attacks() if attacks is None else attacks
    machine = Machine(folder / "maquina")
    try:
        course = prepare(folder / "curso", machine, attacks)
        before = _state(course, machine)
        # Two at once, so that an attack has a neighbour to disturb.
        outcomes = {
            (outcome.student, unit): outcome
            for unit, limits in LIMITS.items()
            for outcome in grade(course, [unit], pool=_Unhurried(2), limits=limits)
        }
        after = _state(course, machine)
    finally:
        machine.close()
    changed = sorted(k for k in before.keys() | after.keys() if before.get(k) != after.get(k))
    result = AttackedClass(honest={work: outcomes[work].points for work in MARKS})
    right = all(abs(result.honest[work] - MARKS[work]) < 1e-6 for work in MARKS)
    config = configure(Config(), course.root)
    report, sheet, _ = (path.read_text("utf-8") for path in write_report(course))
    clean = {unit: pages_of(course.root, config, "ana", unit) for unit in LIMITS}
    alive = survivors()
    for attack in attacks:
        outcome = _outcome_of(attack, outcomes)
        world = World(
            attack.name,
            points=outcome.points,
            max_points=outcome.max_points,
            graded=outcome.state == GRADED,
            seconds=outcome.seconds,
            most_seconds=LIMITS[attack.unit].notebook_seconds + SLACK_SECONDS,
            secret=machine.secret,
            changed=tuple(changed),
            others_right=right,
            hits="".join(machine.hits),
            survivors=alive,
            terminal=_on_the_terminal(outcome),
            sheet=sheet,
        )
        if attack.unit == HOMEWORK:
            files = read_submission(course, attack.student, attack.unit, ()).files
            world.grader_bytes = sum(map(len, files.values()))
            world.accepted = _accepted(files)
        path = course.autograded / attack.student / attack.unit / attack.notebook
        world.kept = kept_beside(path.parent)
        if path.is_file():
            world.printed = outputs_of(nbformat.read(path, as_version=4))
        if attack.family == "instructor" and world.graded:
            world.pages = (*pages_of(course.root, config, attack.student, attack.unit), report)
            world.clean_pages = (*clean[attack.unit], REPORT_PARTS)
        result.worlds[f"{attack.family}/{attack.name}"] = world
    return result


# What the report's page has of its own: a viewport and its policy, two styles, one drawing, what
# searches the table, and its script, whole.
REPORT_PARTS = (
    "<meta><meta><meta><style></style><svg></svg><form><input><input></form><style></style>"
    f"<button></button><script>{table_script()}</script>"
)


def _outcome_of(attack: Attack, outcomes: Mapping[tuple[str, str], Outcome]) -> Outcome:
    """Of a name that could not be kept as it was, the outcome that shows it cleaned."""
    seen = "".join(char if char.isprintable() else "�" for char in attack.student)
    known = outcomes.get((attack.student, attack.unit))
    return known or outcomes[seen, attack.unit]


def _accepted(files: Mapping[str, bytes]) -> bool:
    """Whether the weights handed in pass, on images that all attackers know."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        return homework.passes(Path(folder))


def _state(course: Course, machine: Machine) -> dict[str, str]:
    return fingerprints(course.root, machine.folder, apart=WRITTEN_BY_GRADING)


def _on_the_terminal(outcome: Outcome) -> str:
    text = io.StringIO()
    Console(file=text, force_terminal=True, width=200).print(line(outcome), soft_wrap=True)
    return text.getvalue()
