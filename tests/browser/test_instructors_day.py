"""An instructor's day in Formgrader: the exchange, its button, points by hand, the feedback."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
UNIT, NOTEBOOK = "1_convolucion", "convolucion.ipynb"
QUESTION = "por-que-respuesta"
BIN = Path(sys.prefix) / "bin"
EXCHANGE = """
c = get_config()
c.CourseDirectory.course_id = "cnn"
c.Exchange.root = {root!r}
"""
LAB = f'{BIN}/jupyter lab --ServerApp.root_dir="$PWD" $LAB'


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with an open question of the instructor's own, an exchange, a student's home."""
    folder = tmp_path_factory.mktemp("dia")
    course = folder / "curso"
    shutil.copytree(ROOT / "source" / UNIT, course / "source" / UNIT)
    path = course / "source" / UNIT / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    marks = {"grade_id": QUESTION, "grade": True, "solution": True, "locked": False, "points": 4}
    marks |= {"schema_version": 3, "task": False}
    notebook.cells.append(
        new_markdown_cell("¿Por qué no se voltea?", id=QUESTION, metadata={"nbgrader": marks})
    )
    nbformat.write(notebook, path)
    (folder / "intercambio").mkdir()
    (folder / "intercambio").chmod(0o777)
    configuration = EXCHANGE.format(root=str(folder / "intercambio"))
    right = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (course / "nbgrader_config.py").write_text(right + configuration, encoding="utf-8")
    (folder / "ana" / ".jupyter").mkdir(parents=True)
    (folder / "ana" / ".jupyter" / "nbgrader_config.py").write_text(configuration, "utf-8")
    return folder


@pytest.fixture(scope="module")
def server(day: Path, serving) -> Iterator[str]:
    with serving(day / "curso", LAB) as address:
        yield f"{address}/formgrader"


def student(day: Path, *order: str) -> str:
    """What a student does in a terminal of the hub."""
    environment = os.environ | {"HOME": str(day / "ana"), "PATH": f"{BIN}:{os.environ['PATH']}"}
    done = subprocess.run(
        [BIN / "nbgrader", *order],
        cwd=day / "ana",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def write_answers(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    source = nbformat.read(ROOT / "source" / UNIT / NOTEBOOK, as_version=4)
    right = {cell.id: cell.source for cell in source.cells}
    for cell in notebook.cells:
        if cell.id.endswith("-solucion"):
            cell.source = right[cell.id]
        if cell.id == QUESTION:
            cell.source = (
                "Porque **aprende** los pesos.\n\n<script>document.title = 'suyo'</script>"
            )
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


def press(page: Page, button: Locator, words: str) -> str:
    """Press a button of Formgrader's, and read the log that it shows when it is done."""
    button.click()
    modal = page.locator(".modal.in")
    expect(modal).to_contain_text(words)
    page.wait_for_timeout(500)  # It slides in.
    text = modal.inner_text()
    modal.get_by_role("button", name=re.compile("Close|Ok", re.IGNORECASE)).last.click()
    expect(modal).to_have_count(0)
    return text


def row(page: Page, server: str, address: str) -> Locator:
    page.goto(f"{server}/{address}")
    found = page.locator("#main-table tr").first
    expect(found).not_to_contain_text("Loading")
    return found


def test_from_publishing_to_the_feedback_in_the_students_hands(
    day: Path, page: Page, server: str, serving
):
    who = pwd.getpwuid(os.getuid()).pw_name

    unit = row(page, server, "manage_assignments")
    expect(unit).to_contain_text(UNIT)
    press(page, unit.locator(".glyphicon-education"), "Successfully created")
    unit = row(page, server, "manage_assignments")
    press(page, unit.locator(".glyphicon-cloud-upload"), "Successfully released")

    student(day, "fetch_assignment", UNIT)
    write_answers(day / "ana" / UNIT / NOTEBOOK)
    student(day, "submit", UNIT)

    unit = row(page, server, "manage_assignments")
    press(page, unit.locator(".glyphicon-cloud-download"), "Successfully collected")
    shown(page, day, "asignaciones")

    mine = row(page, server, f"manage_submissions/{UNIT}")
    expect(mine).to_contain_text("needs autograding")
    log = press(page, mine.locator(".autograde a"), "Successfully autograded")
    assert "ERROR" not in log
    expect(mine.locator(".score")).to_have_text("20 / 24")
    expect(mine).to_contain_text("needs manual grading")
    shown(page, day, "entregas")

    page.goto(f"{server}/gradebook/{UNIT}/convolucion")
    page.locator("#main-table a").first.click()
    points = page.locator(f"input.score#{QUESTION}")
    points.wait_for()
    # What the student wrote is read, and does nothing.
    expect(page.get_by_text("los pesos.")).to_be_visible()
    assert page.title() != "suyo"
    # What is typed before its points and comments have come is nobody's: it is not saved. They are
    # asked for when all of the page is there, which may be long after what is read in it.
    page.wait_for_function("window.formgrader?.grades?.loaded && formgrader.comments?.loaded")
    with page.expect_response(lambda answer: "/api/grade/" in answer.url):
        points.fill("3")
        points.press("Tab")
    comment = page.locator(f"textarea#{QUESTION}-comment")
    # Its sign is there while it is being saved too, and then for a second.
    with page.expect_response(lambda answer: "/api/comment/" in answer.url):
        comment.fill("Bien; di también cuándo.")
        comment.press("Tab")
    shown(page, day, "leer", points)

    mine = row(page, server, f"manage_submissions/{UNIT}")
    expect(mine.locator(".score")).to_have_text("23 / 24")
    press(page, mine.locator(".generate-feedback a"), "Successfully generated feedback")
    press(page, mine.locator(".release-feedback a"), "Successfully released feedback")

    student(day, "fetch_feedback", UNIT)
    (feedback,) = (day / "ana" / UNIT / "feedback").rglob("convolucion.html")
    page.goto(feedback.as_uri())
    expect(page.locator("body")).to_contain_text("23 de 24")
    expect(page.locator("body")).to_contain_text("Bien; di también cuándo.")
    assert page.title() != "suyo"
    shown(page, day, "devuelto")

    # With curso, the mark of the person who read it stands.
    graded = subprocess.run(
        [BIN / "curso", "calificar"], cwd=day / "curso", capture_output=True, text=True
    )
    assert f"✔ {who} · {UNIT} · 23 / 24" in graded.stdout, graded.stdout + graded.stderr

    with_its_configuration_broken_the_button_grades_nobody(day, page, serving)


def with_its_configuration_broken_the_button_grades_nobody(day: Path, page: Page, serving):
    """The end of that day: another server, that could not read the configuration."""
    config = day / "curso" / "nbgrader_config.py"
    config.write_text(config.read_text("utf-8") + "c.Exchange.timezone = 'UTC\n", "utf-8")
    with serving(day / "curso", LAB) as address:
        mine = row(page, f"{address}/formgrader", f"manage_submissions/{UNIT}")
        mine.locator(".autograde a").click()
        modal = page.locator(".modal.in")
        expect(modal).to_contain_text("There was an error autograding")
        expect(modal).to_contain_text("solo se califica con la configuración de su curso")
        page.wait_for_timeout(500)
        shown(page, day, "rota")
        again = row(page, f"{address}/formgrader", f"manage_submissions/{UNIT}")
        expect(again.locator(".score")).to_have_text(re.compile(r"^(23 / 24)?$"))


def shown(page: Page, day: Path, name: str, where: Locator | None = None) -> None:
    """What a person sees, kept where it can be looked at."""
    if folder := os.environ.get("CURSO_CAPTURAS"):
        if where:
            where.scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / f"{name}.png")
