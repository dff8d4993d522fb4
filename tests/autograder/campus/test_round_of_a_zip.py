"""Lo que ``curso entregar`` empaqueta en casa llega por Moodle entero, a su sitio y a su nombre."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest
from classroom import new_course
from moodle import Enrolled, folder, submissions, worksheet

from autograder.cli import main
from autograder.gradebook.database import open_gradebook
from autograder.nbgrader_ext import publishing
from autograder.submission.folder import read_submission
from autograder.submission.published import published_cells

ROOT = Path(__file__).parents[3]
UNIT = "5_fashion_mnist"
PEOPLE = [Enrolled(101, "Ana López", "ana@uni.edu"), Enrolled(102, "José Núñez", "jose@uni.edu")]
WEIGHTS = {
    f"{name}.weights.h5": bytes([number]) * (300_000 + number)
    for number, name in enumerate(("cnn", "mlp", "mlp_equivalente"))
}


@pytest.fixture(scope="module")
def homework(tmp_path_factory):
    course = new_course(tmp_path_factory.mktemp("curso"), (UNIT,))
    publishing.publish(course, course.units())
    return course


def packed_at_home(home: Path, monkeypatch, *, name: str, weights: dict[str, bytes]) -> bytes:
    """The zip of a student who renamed the notebook, and whose code has a module of its own."""
    home.mkdir()
    notebook = nbformat.read(ROOT / "release" / UNIT / "tarea.ipynb", 4)
    (solution,) = (c for c in notebook.cells if c.id == "construir-mlp-solucion")
    solution.source = "import ayuda\n" + solution.source
    nbformat.write(notebook, home / name)
    (home / "ayuda.py").write_text("CAPAS = 3\n")
    for file, data in weights.items():
        (home / file).write_bytes(data)
    monkeypatch.chdir(home)
    assert main(["entregar"]) == 0
    return (home / f"entrega_{UNIT}.zip").read_bytes()


def test_with_weights_module_and_another_name_it_is_in_its_place(
    homework, tmp_path, monkeypatch, capsys
):
    ana = packed_at_home(
        tmp_path / "Año 1", monkeypatch, name="mi tarea (2).ipynb", weights=WEIGHTS
    )
    jose = packed_at_home(tmp_path / "b", monkeypatch, name="tarea.ipynb", weights={})
    # Moodle gives what each one uploaded, here with the name that a second download has.
    monkeypatch.chdir(tmp_path)
    submissions(
        {
            folder("Ana López", 101) + f"entrega_{UNIT} (1).zip": ana,
            folder("José Núñez", 102) + f"entrega_{UNIT}.zip": jose,
        },
        tmp_path / "entregas.zip",
    )
    (tmp_path / "hoja.csv").write_bytes(worksheet(PEOPLE))
    words = ["moodle", "entregas.zip", "--hoja", "hoja.csv", "--curso", str(homework.root)]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "sin colocar" not in said

    there = homework.submitted / "ana@uni.edu" / UNIT
    assert {name: (there / name).read_bytes() for name in WEIGHTS} == WEIGHTS
    with zipfile.ZipFile(tmp_path / "Año 1" / f"entrega_{UNIT}.zip") as archive:
        handed = archive.read(f"{UNIT}/tarea.ipynb")
    assert (there / "tarea.ipynb").read_bytes() == handed

    with open_gradebook(homework) as gradebook:
        cells = published_cells(gradebook, UNIT, homework.notebook(UNIT))
    read = read_submission(homework, "ana@uni.edu", UNIT, cells)
    assert (read.problem, read.notes) == (None, ())
    assert read.files == WEIGHTS
    assert read.helpers["ayuda.py"] == b"CAPAS = 3\n"
    assert read.timestamp.startswith("2026-01-12")
    without = read_submission(homework, "jose@uni.edu", UNIT, cells)
    assert (without.problem, without.files) == (None, {})

    # Once more, as who downloads again: nothing doubles, and nothing that was there is lost.
    before = sorted(p.relative_to(homework.root) for p in homework.submitted.rglob("*"))
    assert main(words) == 0
    assert sorted(p.relative_to(homework.root) for p in homework.submitted.rglob("*")) == before
    shutil.rmtree(homework.submitted / "jose@uni.edu")
    assert main(words) == 0
    assert sorted(p.relative_to(homework.root) for p in homework.submitted.rglob("*")) == before
