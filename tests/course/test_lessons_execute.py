"""Every lesson runs from top to bottom, and what it shows can be read by everyone."""

import re
import time
from pathlib import Path
from queue import Empty

import nbformat
import pytest
from nbclient import NotebookClient

COURSE = Path(__file__).parents[2] / "course"
LESSONS = sorted(COURSE.glob("*.ipynb"))
# TensorFlow leaves oneDNN off where the processor lacks AVX-512, and then refuses some arguments of
# Conv2D. The lesson that shows them all is run as such a processor runs it.
WITHOUT_ONEDNN = {"a_keras_conv2d"}
ALT = re.compile(r'<img [^>]*alt="[^"]+"')


class PatientClient(NotebookClient):
    """Ask the kernel for its reply each second, not once.

    With ``interact`` nbclient writes to the socket that it is waiting on, and the reply that
    arrives meanwhile wakes nobody: the cell is over and the test would hang until its timeout.
    """

    async def async_start_new_kernel_client(self):
        client = await super().async_start_new_kernel_client()
        get_msg = client.shell_channel.get_msg

        async def look_again(timeout):
            deadline = time.monotonic() + timeout
            while (left := deadline - time.monotonic()) > 1:
                try:
                    return await get_msg(timeout=1)
                except Empty:
                    continue
            return await get_msg(timeout=max(left, 0))

        client.shell_channel.get_msg = look_again
        return client


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
