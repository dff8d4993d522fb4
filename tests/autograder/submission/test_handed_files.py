"""Files as browsers, platforms and people leave them: recognised, or said what was found."""

from __future__ import annotations

import os
import shutil

import nbformat
import pytest
from classroom import UNIT, hand_in, new_course, solved, untouched
from stock_nbgrader import autograde, saved

from autograder.course.folder import Course
from autograder.nbgrader_ext.publishing import publish
from autograder.submission.folder import read_submission
from autograder.submission.handed_files import MAX_FILES, files_in, weights_for
from autograder.submission.weights_files import WEIGHTS, read_weights_files

RECOGNISED = (
    "convolucion.ipynb", "convolucion.ipynb.txt", "convolucion.ipynb.json", "convolucion (2).ipynb",
    "CONVOLUCION.IPYNB", "Copia de convolucion.ipynb", "mi entrega/convolucion.ipynb",
    "a/b/Convolución.ipynb.TXT", "convolución.ipynb",
)  # fmt: skip
NOT_THERE = {
    ("convolucion.zip",): "«convolucion.zip» (¿falta descomprimir?)",
    ("convolucion.ipynb.zip",): "«convolucion.ipynb.zip» (¿falta descomprimir?)",
    ("convolucion.html", "convolucion.py"): "«convolucion.html», «convolucion.py»",
    ("convolucion.docx", "a.pdf", "b.pdf", "c.pdf"): "«a.pdf», «b.pdf», «c.pdf» y 1 más",
    (): "la carpeta está vacía",
    (".ipynb_checkpoints/convolucion.ipynb", "__MACOSX/._convolucion.ipynb"): "vacía",
    ("a/b/c/d/convolucion.ipynb",): "vacía",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    course = new_course(tmp_path_factory.mktemp("archivos") / "curso")
    publish(course, [UNIT])
    for number, name in enumerate(RECOGNISED):
        place(course, f"bien-{number}", name, nbformat.writes(solved()).encode())
    for number, names in enumerate(NOT_THERE):
        (course.submitted / f"mal-{number}" / UNIT).mkdir(parents=True)
        for name in names:
            place(course, f"mal-{number}", name, b"PK")
    return course


def place(course: Course, student: str, name: str, content: bytes) -> None:
    path = course.submitted / student / UNIT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture(scope="module")
def published(course):
    from autograder.gradebook.database import open_gradebook
    from autograder.submission.restoring import published_cells

    with open_gradebook(course) as gradebook:
        return published_cells(gradebook, UNIT, "convolucion")


@pytest.mark.parametrize("number", range(len(RECOGNISED)), ids=RECOGNISED)
def test_a_notebook_is_recognised_and_its_name_is_said(number, course, published):
    found = read_submission(course, f"bien-{number}", UNIT, published)
    assert found.notebook is not None, found.problem
    name = RECOGNISED[number]
    assert any(f"«{name}»" in note for note in found.notes) == (name != "convolucion.ipynb")


@pytest.mark.parametrize("number", range(len(NOT_THERE)))
def test_where_there_is_none_it_is_said_what_there_is(number, course, published):
    found = read_submission(course, f"mal-{number}", UNIT, published)
    assert found.notebook is None
    assert list(NOT_THERE.values())[number] in found.problem


def test_stock_nbgrader_finds_the_same_notebooks_and_gives_the_same_reasons(course):
    said = autograde(course, expected=1)
    points: dict[str, float] = {}
    for (student, _), marks in saved(course, UNIT).items():
        points[student] = points.get(student, 0) + (marks[0] or 0)
    assert points == {
        **{f"bien-{number}": 20 for number in range(len(RECOGNISED))},
        **{f"mal-{number}": 0 for number in range(len(NOT_THERE))},
    }
    for number, reason in enumerate(NOT_THERE.values()):
        assert any(f"mal-{number}: falta" in line and reason in line for line in said.splitlines())
    copies = [path.name for path in course.autograded.rglob("*") if path.is_file()]
    assert copies.count("convolucion.ipynb") == len(RECOGNISED)
    assert set(copies) == {"convolucion.ipynb", ".calificando"}


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("cnn.weights (1).h5", "cnn.weights.h5"),
        ("cnn.weights(2).h5", "cnn.weights.h5"),
        ("cnn.weights - copia.h5", "cnn.weights.h5"),
        ("CNN_weights.H5", "cnn.weights.h5"),
        ("cnn_weights.h5", "cnn.weights.h5"),
        ("cnn.weights.h5.txt", "cnn.weights.h5"),
        ("entrega/cnn.weights.h5", "cnn.weights.h5"),
        ("pesos/mlp.h5", "mlp.weights.h5"),
        ("MLP-Equivalente.weights.h5", "mlp_equivalente.weights.h5"),
        ("mlp equivalente.h5", "mlp_equivalente.weights.h5"),
        ("otra.weights.h5", None),
        ("cnn2.weights.h5", None),
        ("cnn.weights.h5.zip", None),
        ("cnn.keras", None),
    ],
)
def test_weights_are_recognised_by_what_their_name_says(file, name):
    assert [each for each in WEIGHTS if weights_for(each, [file])] == ([name] if name else [])


def test_the_exact_name_wins_then_the_newest_and_it_is_said(tmp_path):
    for age, name in enumerate(["cnn.weights (2).h5", "cnn.weights (1).h5"]):
        (tmp_path / name).write_bytes(name.encode())
        os.utime(tmp_path / name, (1000 + age, 1000 + age))
    notes: list[str] = []
    assert read_weights_files(tmp_path, notes) == {"cnn.weights.h5": b"cnn.weights (1).h5"}
    assert notes == ["«cnn.weights (1).h5» se toma por cnn.weights.h5"]
    (tmp_path / "cnn.weights.h5").write_bytes(b"exacto")
    assert read_weights_files(tmp_path, notes := [])["cnn.weights.h5"] == b"exacto"
    assert notes == []


def test_a_folder_without_end_is_looked_at_in_part_and_links_are_not_followed(tmp_path):
    outside = tmp_path / "fuera"
    (outside / "x").mkdir(parents=True)
    (outside / "convolucion.ipynb").touch()
    folder = tmp_path / "dentro"
    folder.mkdir()
    (folder / "enlace").symlink_to(outside)
    assert files_in(folder) == ["enlace"]
    for number in range(2 * MAX_FILES):
        (folder / f"{number}.txt").touch()
    assert len(files_in(folder)) <= MAX_FILES


def test_the_expected_notebook_is_found_among_thousands_of_files(course, published):
    hand_in(course, "muchos", untouched())
    for number in range(2 * MAX_FILES):
        place(course, "muchos", f"a{number}.txt", b"")
    found = read_submission(course, "muchos", UNIT, published)
    assert found.notebook is not None
    shutil.rmtree(course.submitted / "muchos")  # Whoever grades the class afterwards has it not.
