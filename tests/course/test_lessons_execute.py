"""Every lesson runs from top to bottom, and what it shows can be read by everyone."""

import re
from pathlib import Path

import nbformat
import pytest

from sitio.patient_client import PatientClient

COURSE = Path(__file__).parents[2] / "course"
LESSONS = sorted(COURSE.glob("*.ipynb"))
# TensorFlow leaves oneDNN off where the processor lacks AVX-512, and then refuses some arguments of
# Conv2D. The lesson that shows them all is run as such a processor runs it.
WITHOUT_ONEDNN = {"a_keras_conv2d"}
ALT = re.compile(r'<img [^>]*alt="[^"]+"')


def pictures(cell):
    return [o for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]


def has_alt(output):
    metadata = output.metadata.get("image/png", {})
    return bool(metadata.get("alt") or ALT.search(output.data.get("text/html", "")))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson_runs_clean_and_describes_its_figures(path, tmp_path, monkeypatch):
    monkeypatch.setenv("CURSO_DATOS_CORTOS", "1")
    if path.stem in WITHOUT_ONEDNN:
        monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")
    notebook = nbformat.read(path, as_version=4)
    # Somewhere else than course/: what a lesson writes must not land among the lessons.
    where = {"metadata": {"path": str(tmp_path)}}

    PatientClient(notebook, timeout=240, resources=where, kernel_name="python3").execute()

    noise = [
        (cell.id, output.text)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.get("name") == "stderr"
    ]
    assert noise == []
    mute = [c.id for c in notebook.cells for o in pictures(c) if not has_alt(o)]
    assert mute == [], f"figures without alt: {mute}"


def test_there_are_lessons_to_run():
    assert len(LESSONS) >= 10
