"""Lo que se reparte: el cuaderno publicado, el paquete sin soluciones y cómo empezar."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from autograder.checks import UNITS
from autograder.common.errors import CursoError
from autograder.course.folder import Course
from autograder.distribution.handouts import DATA_NOTE, PAGE, pack
from autograder.distribution.wheel import student_wheel, wheel_name

ROOT = Path(__file__).parents[3]
UNIT = "5_fashion_mnist"


@pytest.fixture
def course(tmp_path) -> Course:
    for folder in ("source", "release"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    return Course.at(tmp_path)


def test_the_zip_of_a_unit_has_what_a_student_needs_and_the_same_bytes_each_time(course):
    written = pack(course, UNIT)
    first = written.read_bytes()
    assert pack(course, UNIT).read_bytes() == first
    with zipfile.ZipFile(written) as archive:
        names = {name.removeprefix(f"{UNIT}/") for name in archive.namelist()}
        assert names == {"tarea.ipynb", wheel_name(), PAGE, DATA_NOTE}
        published = (ROOT / "release" / UNIT / "tarea.ipynb").read_bytes()
        assert archive.read(f"{UNIT}/tarea.ipynb") == published
        page = archive.read(f"{UNIT}/{PAGE}").decode()
        assert "{{" not in page
        assert f"{wheel_name()}[keras]" in page
        note = archive.read(f"{UNIT}/{DATA_NOTE}").decode()
    assert all(name in note for name in UNITS[UNIT].weights)
    assert list(written.parent.iterdir()) == [written]


def test_a_unit_that_is_not_published_is_not_packed(tmp_path):
    (tmp_path / "source" / UNIT).mkdir(parents=True)
    with pytest.raises(CursoError, match="no está publicada"):
        pack(Course.at(tmp_path), UNIT)


def test_the_student_s_wheel_is_a_wheel_and_has_no_solution():
    with zipfile.ZipFile(io.BytesIO(student_wheel())) as wheel:
        contents = {name: wheel.read(name) for name in wheel.namelist()}
    (record,) = (name for name in contents if name.endswith(".dist-info/RECORD"))
    for name, digest, size in csv.reader(contents[record].decode().splitlines()):
        if name != record:
            raw = hashlib.sha256(contents[name]).digest()
            assert digest == "sha256=" + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
            assert int(size) == len(contents[name])
    listed = {row[0] for row in csv.reader(contents[record].decode().splitlines())}
    assert listed == set(contents)
    assert "autograder/notebook/client.py" in contents
    assert not [n for n in contents if n.endswith((".ipynb", ".pyc", ".nbi")) or "/demo/" in n]
    assert not [n for n, data in contents.items() if "### FIN SOLUCIÓN\n".encode() in data]
