"""The pages about the virtual classroom are walked word for word, on what the classrooms give."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import nbformat
import pytest
from classroom import UNIT, solved
from moodle import Enrolled, folder, imported, submissions, worksheet
from nbgrader.server_extensions import formgrader
from typer.main import get_command

from autograder.cli import app, main
from autograder.course.scale import EXTRA, Scale

ROOT = Path(__file__).parents[3]
ANA = Enrolled(101, "Ana López", "ana@uni.edu")
OURS = {"curso", "comprobar", "make docente", "make lab", "curso publicar", "curso calificar"}
OURS |= {"curso informe", "curso comentarios"}
LIST = "Nombre,Apellido(s),Dirección de correo\nAna,López,ana@uni.edu\nLuis,Gil,luis@uni.edu\n"
BOOK = (
    "Student,ID,SIS Login ID,Section,1. Convolución (9),Primera entrega (8)\n"
    "    Points Possible,,,,20.00,20.00\n"
    '"López, Ana",11,ana@uni.edu,A,,\n'
)


def commands(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.fixture
def home(course, monkeypatch):
    """The teacher's folder, with what each classroom gave."""
    monkeypatch.chdir(course.root)
    work = nbformat.writes(solved()).encode()
    submissions({folder("Ana López", 101) + "convolucion.ipynb": work}, Path("entregas.zip"))
    Path("hoja.csv").write_bytes(worksheet([ANA]))
    Path("lista.csv").write_text(LIST, encoding="utf-8")
    Path("libro.csv").write_text(BOOK, encoding="utf-8")
    return course


def test_moodles_page_walked_word_for_word(home, marked, capsys):
    for line in commands("moodle.md"):
        program, *arguments = shlex.split(line)
        if arguments[0] in ("calificar", "comentarios"):
            # What these do is tried where they are told; here it is enough that there are marks.
            marked("ana@uni.edu", 14.5)
            continue
        assert program == "curso"
        assert main(arguments) == 0, line
    said = capsys.readouterr().out
    assert (home.submitted / "ana@uni.edu" / UNIT / "convolucion.ipynb").is_file()
    assert imported((home.report / "moodle" / "hoja.csv").read_bytes())[101][
        "Calificación"
    ] == "14,50"  # fmt: skip
    assert "En la lista hay 2 personas" in said


def test_canvas_page_walked_word_for_word(home, marked, capsys):
    marked("ana@uni.edu", 14.5)
    for line in commands("canvas.md"):
        assert main(shlex.split(line)[1:]) == 0, line
    assert "14.50" in (home.report / "canvas" / "libro.csv").read_text(encoding="utf-8")


def test_formgraders_page_calls_its_buttons_as_they_are_called():
    text = (ROOT / "docs" / "formgrader.md").read_text(encoding="utf-8")
    labels = {one for one in re.findall(r"`([A-Za-z ]+)`", text) if one not in OURS}
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(formgrader.__file__).parent.rglob("*")
        if path.suffix in (".tpl", ".j2", ".js") and "node_modules" not in path.parts
    )
    assert len(labels) > 15
    assert {label for label in labels if label.casefold() not in shown.casefold()} == set()


def test_every_scale_that_the_page_shows_is_one(home):
    text = (ROOT / "docs" / "docente.md").read_text(encoding="utf-8")
    block = re.search(
        r"^```text\n(c = get_config\(\)\nc\.Curso\.escala.*?)^```$", text, re.M | re.S
    )
    lines = block[1].splitlines()[1:]
    config = home.root / "nbgrader_config.py"
    before = config.read_text(encoding="utf-8")
    for line in lines:
        config.write_text(f"{before}\nc = get_config()\n{line}\n", encoding="utf-8")
        assert isinstance(type(home)(home.root).scale, Scale), line
    assert len(lines) >= 5


def test_the_extra_points_are_those_of_the_exercises():
    notebook = json.loads((ROOT / "source/4_padding/padding.ipynb").read_text(encoding="utf-8"))
    points = {
        cell["id"]: cell["metadata"]["nbgrader"].get("points", 0)
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    }
    extra = sum(points[f"{name}-comprobacion"] for name in ("conv2d-dilatada", "conv2d-grupos"))
    assert (sum(points.values()) - extra, extra) == (20, EXTRA["4_padding"])


@pytest.mark.parametrize("arguments", [[], ["e.zip"], ["--hoja", "h.csv"]])
def test_half_of_what_is_needed_is_told_in_one_line(home, arguments, capsys):
    assert main(["moodle", *arguments]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--devolver" in said
    assert "moodle" in get_command(app).commands
