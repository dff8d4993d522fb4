"""Through nbgrader's exchange and back: what a student hands in, and what comes of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from classroom import UNIT, cell, hand_in, new_course, solved
from hub import COURSE_ID, Hub, open_hub, own, told_orders

from autograder.classroom.grading import grade
from autograder.gradebook.copies import Copies
from autograder.nbgrader_ext.publishing import publish
from autograder.submission.folder import SECRET, read_secret


@pytest.fixture(scope="module")
def hub():
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    folder.chmod(0o755)
    yield open_hub(folder)
    shutil.rmtree(folder)


def write_answers(path: Path) -> None:
    """What a student does in the folder that was fetched."""
    notebook = nbformat.read(path, as_version=4)
    right = solved()
    for one in notebook.cells:
        if one.id.endswith("-solucion"):
            one.source = cell(right, one.id).source
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def graded(hub: Hub) -> dict[str, str]:
    """The whole way, as far as the marks; what each order said."""
    said = {}
    mine = ("--course", COURSE_ID)
    hub.run("profe", "curso", "curso", "publicar", "1")
    said["release"] = hub.run("profe", "curso", "nbgrader", "release_assignment", UNIT)
    said["list"] = hub.run("ana", "casas/ana", "nbgrader", "list")
    hub.run("ana", "casas/ana", "nbgrader", "fetch_assignment", UNIT, *mine)
    write_answers(hub.outside / "casas/ana" / COURSE_ID / UNIT / "convolucion.ipynb")
    hub.run("ana", "casas/ana", "nbgrader", "submit", UNIT, *mine)
    said["inbound"] = hub.run("profe", "curso", "nbgrader", "list", "--inbound")
    hub.run("profe", "curso", "nbgrader", "collect", UNIT)
    # Another sent it by mail.
    by_mail = hub.outside / "curso/submitted/por correo" / UNIT
    by_mail.mkdir(parents=True)
    write_answers(
        Path(shutil.copy(hub.outside / f"curso/release/{UNIT}/convolucion.ipynb", by_mail))
    )
    if hub.separate:
        own(by_mail.parent, "profe")
    said["grade"] = hub.run("profe", "curso", "curso", "calificar")
    hub.run("profe", "curso", "curso", "comentarios", "1")
    said["back"] = hub.run("profe", "curso", "nbgrader", "release_feedback", UNIT)
    said["page"] = feedback_fetched(hub)
    return said


def feedback_fetched(hub: Hub) -> str:
    order = ("nbgrader", "fetch_feedback", UNIT, "--course", COURSE_ID)
    hub.run("ana", "casas/ana", *order)
    (page,) = (hub.outside / "casas/ana" / COURSE_ID / UNIT / "feedback").rglob("convolucion.html")
    return page.read_text("utf-8")


def test_the_unit_is_offered_and_the_work_arrives(hub, graded):
    assert f"{COURSE_ID} {UNIT}" in graded["list"]
    assert f"{COURSE_ID} {hub.student} {UNIT}" in graded["inbound"]
    assert f"✔ {hub.student} · {UNIT} · 20 / 20" in graded["grade"]
    # The hour is that of the hub's zone, with its offset.
    (stamp,) = (hub.outside / "curso/submitted" / hub.student / UNIT).glob("timestamp.txt")
    assert stamp.read_text().endswith(" -05")


def test_what_curso_graded_comes_back_to_its_student(hub, graded):
    assert f"Releasing feedback for student '{hub.student}'" in graded["back"]
    # Who did not come through the exchange stops nobody, and is named.
    assert "por correo: sus comentarios no se pueden devolver por el intercambio" in graded["back"]
    assert "20 de 20" in graded["page"]


def test_the_page_tells_these_orders_and_no_other(hub, graded):
    told = told_orders()
    assert [order for order in hub.ran if order in told][: len(told)] == told


def test_what_stock_autograde_graded_comes_back_too(hub, graded):
    hub.run("profe", "curso", "nbgrader", "autograde", UNIT, "--force")
    hub.run("profe", "curso", "nbgrader", "generate_feedback", UNIT, "--force")
    hub.run("profe", "curso", "nbgrader", "release_feedback", UNIT)
    fetched = hub.outside / "casas/ana" / COURSE_ID / UNIT / "feedback"
    shutil.rmtree(fetched, ignore_errors=True)
    assert "20 de 20" in feedback_fetched(hub)


GOOD = "0123456789abcdef" * 8


def a_link(folder: Path, outside: Path) -> None:
    (folder / SECRET).symlink_to(outside)


def a_hard_link(folder: Path, outside: Path) -> None:
    os.link(outside, folder / SECRET)


def a_pipe(folder: Path, outside: Path) -> None:
    os.mkfifo(folder / SECRET)


def a_folder(folder: Path, outside: Path) -> None:
    (folder / SECRET).mkdir()


def without_end(folder: Path, outside: Path) -> None:
    with (folder / SECRET).open("wb") as file:
        file.truncate(2 << 30)


def text(content: bytes):
    def write(folder: Path, outside: Path) -> None:
        (folder / SECRET).write_bytes(content)

    write.__name__ = repr(content[:12])
    return write


HOSTILE = [
    *(
        a_link,
        a_hard_link,
        a_pipe,
        a_folder,
        without_end,
        text(b""),
        text(b"<script>"),
        text(b"\xff"),
    ),
    *(text(b"a b"), text(b"a\nb"), text(GOOD.encode() * 3)),
]


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_nothing_else_is_kept_under_that_name(make, tmp_path):
    outside = tmp_path / "ajeno.txt"
    outside.write_text(GOOD)
    (tmp_path / "entrega").mkdir()
    make(tmp_path / "entrega", outside)
    notes: list[str] = []
    assert read_secret(tmp_path / "entrega", notes) is None
    (note,) = notes
    assert "sus comentarios no volverán por el intercambio" in note


def test_another_secret_is_kept_though_nothing_else_changed(tmp_path):
    """The same notebook handed in again within a second, perhaps."""
    course = new_course(tmp_path)
    publish(course, [UNIT])
    for secret in (GOOD, GOOD[::-1]):
        hand_in(course, "ana", solved())
        hand_in(course, "ana", secret + "\n", SECRET)
        grade(course, [UNIT])
        assert (course.autograded / "ana" / UNIT / SECRET).read_text() == secret
    hand_in(course, "ana", "<b>", SECRET)
    (ana,) = grade(course, [UNIT])
    assert ana.points == 20
    assert not (course.autograded / "ana" / UNIT / SECRET).exists()
    assert Copies(course).digest("ana", UNIT)
