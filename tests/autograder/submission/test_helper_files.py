"""Lo que se entrega junto al cuaderno está también al calificar: módulos de ayuda y datos."""

from __future__ import annotations

import io
import os
from pathlib import Path

import nbformat
import numpy as np
import pytest
from classroom import POINTS, UNIT, cell, hand_in, new_course, solved
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.classroom.grading import grade
from autograder.gradebook.records import GRADED, UNCHANGED
from autograder.nbgrader_ext.publishing import publish
from autograder.nbgrader_settings import configure
from autograder.submission import helper_files
from autograder.submission.helper_files import read_helpers

HELPER = b"""
import numpy as np

def ventanas(x, kernel):
    return np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
"""
CONV2D = """
import attr  # a file of one's own, though a package has that name
from ayuda import ventanas
from paquete.dentro import SUMANDOS
import escrita

CERO = np.load("datos/cero.npy")
%run otra.py

def conv2d(x, kernel, bias):
    return np.einsum(SUMANDOS, ventanas(x, kernel), kernel) + bias + CERO + escrita.CERO + otra()
"""
BESIDE = {
    "ayuda.py": HELPER,
    "attr.py": b"",
    "otra.py": b"def otra():\n    return 0",
    "paquete/__init__.py": b"",
    "paquete/dentro.py": b"SUMANDOS = 'nijcab,abcf->nijf'",
}


def array() -> bytes:
    file = io.BytesIO()
    np.save(file, np.zeros(()))
    return file.getvalue()


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def class_of(folder: Path):
    course = new_course(folder)
    notebook = solved()
    own = cell(notebook, "conv2d-solucion")
    own.source = CONV2D
    writes = nbformat.v4.new_code_cell("%%writefile escrita.py\nCERO = 0")
    notebook.cells.insert(notebook.cells.index(own), writes)
    path = hand_in(course, "ana", notebook)
    put(path.parent, {**BESIDE, "datos/cero.npy": array()})
    return course


def test_modules_and_data_handed_in_beside_the_notebook_are_there_for_curso(tmp_path):
    course = class_of(tmp_path)
    (outcome,) = grade(course, [UNIT])
    assert {c.check_id.partition(".")[2]: c.reason for c in outcome.checks} == dict.fromkeys(POINTS)
    assert outcome.points == sum(POINTS.values())
    # They are part of what a mark depends on.
    (again,) = grade(course, [UNIT])
    assert again.state == UNCHANGED
    helper = course.submitted / "ana" / UNIT / "ayuda.py"
    helper.write_bytes(HELPER.replace(b"axis=(1, 2)", b"axis=(2, 1)"))
    (changed,) = grade(course, [UNIT])
    assert changed.state == GRADED
    assert changed.points == sum(POINTS.values()) - POINTS["conv2d"]


def test_they_are_there_for_nbgrader_too(tmp_path):
    course = class_of(tmp_path)
    publish(course, [UNIT])
    config = configure(Config(), course.root)
    answered = NbGraderAPI(CourseDirectory(config=config), config=config).autograde(UNIT, "ana")
    assert answered["success"], answered
    marked = course.autograded / "ana" / UNIT / "convolucion.ipynb"
    report = cell(nbformat.read(marked, as_version=4), "conv2d-comprobacion").outputs[0].text
    assert "todo correcto" in report


# --- reading them with mistrust ------------------------------------------------------------------


def kept(folder: Path) -> tuple[set[str], list[str]]:
    notes: list[str] = []
    return set(read_helpers(folder, notes)), notes


def test_only_kinds_that_help_are_copied(tmp_path):
    names = ["a.py", "b.npy", "c.csv", "d.PNG", "sub/e.txt", "sub/sub/f.json"]
    others = [
        "g.so", "h.pkl", "i.pth", "j.zip", "k.pyc", "otro.ipynb", "timestamp.txt",
        "submission_secret.txt", ".oculto.py", "__pycache__/a.py", ".git/config.txt",
        "1/2/3/hondo.py", "cnn.weights.h5",
    ]  # fmt: skip
    put(tmp_path, dict.fromkeys(names + others, b"1"))
    assert kept(tmp_path) == (set(names), [])


TAKEN = (
    "numpy.py random.py scipy/signal.py autograder.py conv2d_lib/__init__.py IPython.py torch.py"
)


@pytest.mark.parametrize("name", [*TAKEN.split(), "sitecustomize.py"])
def test_a_module_named_as_one_that_exists_is_not_used_and_it_says_so(tmp_path, name):
    names, notes = kept(put(tmp_path, {name: b"1", "tabla.csv": b"1"}))
    assert names == {"tabla.csv"}
    assert len(notes) == 1
    assert notes[0].startswith(f"{name}: se llama como «{name.split('.')[0].split('/')[0]}»")


def test_links_and_pipes_are_not_followed(tmp_path):
    secret = tmp_path / "secreto.txt"
    secret.write_text("canario")
    folder = put(tmp_path / "ana", {"bien.txt": b"1"})
    (folder / "enlace.txt").symlink_to(secret)
    os.link(secret, folder / "duro.txt")
    os.mkfifo(folder / "tuberia.txt")
    (folder / "carpeta").symlink_to(tmp_path)
    names, notes = kept(folder)
    assert names == {"bien.txt"}
    assert {note.partition(":")[0] for note in notes} == {"enlace.txt", "duro.txt", "tuberia.txt"}


def test_their_number_and_their_size_are_bounded(tmp_path, monkeypatch):
    many = put(tmp_path / "muchos", {f"{n:04}.txt": b"" for n in range(700)})
    names, notes = kept(many)
    assert len(names) == helper_files.MAX_FILES
    assert notes == ["junto al cuaderno hay más de 40 archivos: sobran los demás"]
    big = put(tmp_path / "grandes", {f"{n}.npy": bytes(4 << 20) for n in range(4)})
    put(big, {"enorme.csv": bytes((4 << 20) + 1)})
    names, notes = kept(big)
    assert names == {"0.npy", "1.npy", "2.npy"}
    assert notes == ["junto al cuaderno hay más de 12 MB: sobra 3.npy…"]
