"""Every lesson runs from top to bottom, and what it shows can be read by everyone."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

COURSE = Path(__file__).parents[2] / "course"
LESSONS = sorted(COURSE.glob("*.ipynb"))
ALT = re.compile(r'<img [^>]*alt="[^"]+"')


def pictures(cell):
    return [o for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]


def has_alt(output):
    metadata = output.metadata.get("image/png", {})
    return bool(metadata.get("alt") or ALT.search(output.data.get("text/html", "")))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_lesson_runs_clean_and_describes_its_figures(path, tmp_path, monkeypatch):
    monkeypatch.setenv("CURSO_DATOS_CORTOS", "1")
    notebook = nbformat.read(path, as_version=4)
    # Somewhere else than course/: what a lesson writes must not land among the lessons.
    where = {"metadata": {"path": str(tmp_path)}}

    NotebookClient(notebook, timeout=240, resources=where, kernel_name="python3").execute()

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
