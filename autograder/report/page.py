"""``curso informe``: la clase en una página HTML y en un CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup
from nbgrader.api import Assignment, Gradebook, SubmittedAssignment

from ..checks import UNITS, Unit
from ..common.errors import CursoError
from ..common.numbers_es import number, percent
from ..course.folder import Course
from ..gradebook.database import exists, open_gradebook
from ..gradebook.marks import Marks, all_marks
from ..gradebook.outcome_texts import acceptance_text, late_text
from ..gradebook.records import GRADED, UNGRADED, Outcome, Records
from ..gradebook.remarks import bounded
from ..gradebook.storage import explained
from ..judging.diagnosis.parting import of_the_function
from ..judging.diagnosis.result import Counterexample
from ..judging.telling.rich import example_html
from ..judging.telling.style import STYLE
from .by_group import by_group
from .causes import commonest
from .histogram import histogram_svg
from .misconceptions import MONDAY, Misconceived, misconceptions
from .people import Missing, People
from .scripts import policy, table_script
from .spreadsheet import ENCODING
from .spreadsheet import table as csv_table
from .templating import page_environment

HARDEST = 10
MOST_NAMED = 200  # In a list: past that it is for a spreadsheet.
NOTHING = "todavía no hay notas: califica antes con curso calificar"


@dataclass(frozen=True)
class UnitMark:
    """One cell of the table: points of a student in a unit, and what there is to say."""

    unit: str
    points: float
    max_points: float
    remarks: tuple[str, ...] = ()
    pending: bool = False
    problem: bool = False
    grade: str = ""  # On the institution's scale.


@dataclass(frozen=True)
class StudentRow:
    """One student: a mark for each unit handed in, None for the others."""

    student: str
    marks: tuple[UnitMark | None, ...]
    total: float
    possible: float
    acceptance: str
    name: str = ""
    grade: str = ""  # On the institution's scale.
    groups: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The student's name, or else the one of their folder."""
        return self.name or self.student

    @property
    def share(self) -> float:
        return self.total / self.possible if self.possible else 0.0

    @property
    def attention(self) -> int:
        """What comes first to whoever reads the class: 2, a problem; 1, an answer to be read."""
        marks = [mark for mark in self.marks if mark]
        return 2 if any(m.problem for m in marks) else int(any(m.pending for m in marks))

    @property
    def verdict(self) -> str:
        """The homework's, short enough for a column: «aceptada», «rechazada», «sin evaluar»."""
        verdict = self.acceptance.partition(": ")[0]
        return verdict.removeprefix("tarea ").removeprefix("aceptación ")

    @property
    def reason(self) -> str:
        """Why the homework was refused or not evaluated; empty where it was accepted."""
        return self.acceptance.partition(": ")[2]


@dataclass(frozen=True)
class HardCheck:
    """A check, the share of its points that the class earned, and how many got them all."""

    check_id: str
    share: float
    right: int
    total: int
    commonest: str


def write_report(course: Course) -> list[Path]:
    """Write ``informe/index.html`` and ``informe/notas.csv``; their paths.

    Raises
    ------
    CursoError
        If nothing has been graded yet.
    """
    with explained(course):
        if not exists(course):
            raise CursoError(NOTHING)
        with open_gradebook(course) as gradebook:
            records = standing_records(gradebook, course.all_units)
            handed_in = submissions_in(gradebook, course.all_units)
            shown = {unit for _, unit in (*handed_in, *records.outcomes)}
            units = [unit for unit in course.all_units if unit in shown]
            if not units:
                raise CursoError(NOTHING)
            people = People.of(gradebook)
            possible = {unit: float(gradebook.find_assignment(unit).max_score) for unit in units}
            every = student_rows(gradebook, records, units)
            rows = people.rows(every, course.scale, possible)
            records = people.here(records)
    course.report.mkdir(exist_ok=True)
    page, table = course.report / "index.html", course.report / "notas.csv"
    drawn = render_html(
        units,
        rows,
        hardest_checks(records),
        misconceptions(records),
        people=people,
        missing=people.missing(
            [course.all_units[unit] for unit in units], {*handed_in, *records.outcomes}
        ),
        gone=people.gone(row.student for row in every),
        known=course.all_units,
        believed=with_own_tests(records),
    )
    page.write_text(drawn, encoding="utf-8")
    table.write_text(render_csv(units, rows), encoding=ENCODING, newline="")
    return [page, table]


def submissions_in(gradebook: Gradebook, units: Container[str] = UNITS) -> set[tuple[str, str]]:
    """Student and unit of each submission that the gradebook holds, whoever graded it."""
    found = gradebook.db.query(SubmittedAssignment.student_id, Assignment.name).join(Assignment)
    return {(student, unit) for student, unit in found if unit in units}


def standing_records(gradebook: Gradebook, units: Container[str] = UNITS) -> Records:
    """What is remembered of the submissions that the gradebook holds, or that it could not take.

    Students and units can be removed from it, and what was said of them goes with them.
    """
    handed_in = submissions_in(gradebook, units)
    known = {assignment.name for assignment in gradebook.assignments}
    outcomes = Records.of(gradebook).outcomes
    return Records(
        {
            key: one
            for key, one in outcomes.items()
            if key in handed_in or (one.state == UNGRADED and key[1] in known)
        }
    )


def with_own_tests(records: Records) -> set[str]:
    """The units where some mark came of an instructor's own tests, that no judge protects."""
    return {
        unit
        for (_, unit), outcome in records.outcomes.items()
        if any(check.believed for check in outcome.checks)
    }


def student_rows(gradebook: Gradebook, records: Records, units: Sequence[str]) -> list[StudentRow]:
    """One row a student, by name; the marks are the gradebook's, manual ones included."""
    possible = {unit: float(gradebook.find_assignment(unit).max_score) for unit in units}
    saved = {key: marks for key, marks in all_marks(gradebook).items() if key[1] in units}
    students = {student for student, _ in (*saved, *records.outcomes)}
    rows = []
    for student in sorted(students):
        marks, acceptance = [], ""
        for unit in units:
            outcome = records.outcomes.get((student, unit))
            marks.append(_unit_mark(unit, possible[unit], saved.get((student, unit)), outcome))
            if outcome and outcome.acceptance:
                acceptance = acceptance_text(outcome.acceptance)
        total = sum(mark.points for mark in marks if mark)
        rows.append(StudentRow(student, tuple(marks), total, sum(possible.values()), acceptance))
    return rows


def _unit_mark(
    unit: str, possible: float, saved: Marks | None, outcome: Outcome | None
) -> UnitMark | None:
    if outcome is None and saved is None:
        return None
    remarks: list[str] = []
    if saved and saved.penalty:
        remarks.append(late_text(saved.penalty))
    if outcome:
        if outcome.problem:
            remarks.append(f"{outcome.problem} ({outcome.state})")
        remarks += bounded(outcome.notes)
        remarks += [f"{c.check_id or c.grade_id}: {c.reason}" for c in outcome.checks if c.reason]
    return UnitMark(
        unit,
        saved.points if saved else 0.0,
        possible,
        tuple(remarks),
        pending=bool(saved and saved.needs_reading),
        problem=bool(outcome and outcome.state != GRADED),
    )


def hardest_checks(records: Records) -> list[HardCheck]:
    """The checks that cost the class something, hardest first.

    Each with the mistake that most students made, counted by its id.
    """
    results = defaultdict(list)
    for outcome in records.outcomes.values():
        for check in outcome.checks:
            name = check.check_id or f"{outcome.unit}.{check.grade_id}"
            if (check.check_id or check.believed) and check.max_points:
                results[name].append(check)
    found = []
    for check_id, checks in results.items():
        mistake = commonest(checks)
        if not mistake:
            continue
        found.append(
            HardCheck(
                check_id,
                share=sum(c.points / c.max_points for c in checks) / len(checks),
                right=sum(c.points == c.max_points for c in checks),
                total=len(checks),
                commonest=mistake,
            )
        )
    return sorted(found, key=lambda check: (check.share, check.check_id))[:HARDEST]


def render_html(
    units: Sequence[str],
    rows: Sequence[StudentRow],
    hardest: Sequence[HardCheck],
    mistakes: Sequence[Misconceived] = (),
    *,
    people: People | None = None,
    missing: Sequence[Missing] = (),
    gone: Sequence[str] = (),
    known: Mapping[str, Unit] = UNITS,
    believed: Container[str] = (),
) -> str:
    """The page; every text of a student's goes through Jinja2's escaping."""
    environment = page_environment()
    environment.filters |= {"number": number, "percent": percent, "example": _example}
    environment.filters["called"] = (people or People()).name
    shares, script = [row.share for row in rows], table_script()
    return environment.get_template("informe.html").render(
        titles=[known[unit].title + (" *" if unit in believed else "") for unit in units],
        believed=any(unit in believed for unit in units),
        rows=rows,
        groups=by_group(rows),
        hardest=hardest,
        mistakes=mistakes,
        missing=missing,
        gone=gone,
        monday=mistakes[:MONDAY],
        most_named=MOST_NAMED,
        style=Markup(STYLE),
        policy=policy(script),
        script=Markup(script),
        histogram=histogram_svg(shares),
        mean=sum(shares) / len(shares) if shares else 0.0,
        problems=sum(bool(mark and mark.problem) for row in rows for mark in row.marks),
        pending=sum(bool(mark and mark.pending) for row in rows for mark in row.marks),
    )


def _example(shown: Counterexample) -> Markup:
    """A student's smallest example, drawn as in their notebook, and told to their teacher."""
    told = replace(shown, parting=of_the_function(shown.parting)) if shown.parting else shown
    drawn = example_html(told, got="un estudiante obtuvo")
    return Markup(f'<div class="curso-veredicto">{drawn}</div>')  # It escapes all that it says.


def render_csv(units: Sequence[str], rows: Sequence[StudentRow]) -> str:
    """Semicolons and decimal commas, as spreadsheets in Spanish read it."""
    named = any(row.name for row in rows)
    graded = any(row.grade for row in rows)
    grouped = any(row.groups for row in rows)
    header = ["estudiante", *(["nombre"] if named else []), *(["grupo"] if grouped else [])]
    header += [*units, "total", "sobre"]
    header += [*(f"nota {unit}" for unit in units), "nota"] if graded else []
    header += ["aceptación", "observaciones"]
    lines = []
    for row in rows:
        remarks = [f"{m.unit}: {text}" for m in row.marks if m for text in m.remarks]
        points = [mark.points if mark else "" for mark in row.marks]
        texts = [row.acceptance, " | ".join(remarks)]
        name = [*([row.name] if named else []), *([", ".join(row.groups)] if grouped else [])]
        grades = [*(mark.grade if mark else "" for mark in row.marks), row.grade] if graded else []
        lines.append([row.student, *name, *points, row.total, row.possible, *grades, *texts])
    return csv_table(header, lines)
