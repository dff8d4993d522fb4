"""One judge a notebook, in a process apart: it outlives an interruption, and not its notebook."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import nbformat
import pytest
from at_home import CHECK, right
from nbclient import NotebookClient

import autograder
from autograder import comprobar
from autograder.notebook import client
from autograder.wire.protocol import Connection

PATIENCE = 240  # Only so that a test that would hang fails instead.

# --- interruptions -------------------------------------------------------------------------------


def press_ctrl_c():
    os.kill(os.getpid(), signal.SIGINT)


def interrupted_function(image, kernel):
    press_ctrl_c()
    time.sleep(5)


def test_ctrl_c_in_the_function_leaves_the_judge_ready(report):
    report(right)
    judge = client._judge.process
    with pytest.raises(KeyboardInterrupt):
        comprobar(CHECK, interrupted_function)
    assert report(right)[1] == ""
    assert client._judge.process is judge
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_while_a_message_is_on_its_way_waits_for_it(report, monkeypatch):
    receive = Connection.receive
    pressed = []

    def receive_and_press(self):
        if not pressed:
            pressed.append(press_ctrl_c())
        return receive(self)

    report(right)
    judge = client._judge.process
    monkeypatch.setattr(Connection, "receive", receive_and_press)
    with pytest.raises(KeyboardInterrupt):
        comprobar(CHECK, right)
    assert report(right)[1] == ""
    assert client._judge.process is judge


def test_a_second_ctrl_c_does_not_wait(report, monkeypatch):
    def stuck(self):
        press_ctrl_c()
        press_ctrl_c()
        time.sleep(20)

    with monkeypatch.context() as patch:
        patch.setattr(Connection, "receive", stuck)
        with pytest.raises(KeyboardInterrupt):
            comprobar(CHECK, right)
    assert report(right)[1] == ""


def test_a_judge_that_was_killed_comes_back(report):
    report(right)
    client._judge.process.kill()
    client._judge.process.wait()
    assert report(right)[1] == ""


def test_a_judge_killed_while_the_function_runs_comes_back(report):
    def killer(image, kernel):
        client._judge.process.kill()
        return right(image, kernel)

    assert "el juez dejó de responder" in report(killer)[1]
    assert report(right)[1] == ""


def test_it_works_outside_the_main_thread(report):
    out = []
    thread = threading.Thread(target=lambda: out.append(report(right)))
    thread.start()
    thread.join(PATIENCE)
    assert "todo correcto" in out[0][0]


# --- one judge, a process apart ------------------------------------------------------------------


def test_many_calls_share_one_judge(report):
    report(right)
    judge = client._judge.process
    for _ in range(20):
        assert report(right)[1] == ""
    assert client._judge.process is judge


def run_at_home(folder, code):
    environment = {k: v for k, v in os.environ.items() if k != "CURSO_JUEZ_FD"}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


PASSING = f"""
    import numpy as np
    from autograder import comprobar

    def f(image, kernel):
        windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
        return np.einsum("ijkl,kl->ij", windows, kernel)

    comprobar("{CHECK}", f)
"""


def test_files_of_the_student_do_not_replace_the_judges_modules(tmp_path):
    for name in ("conv2d_lib", "secrets", "logging", "dataclasses"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('this is the file of the student')")
    # Those that the notebook's own process imports first are the real ones, as in a kernel.
    code = """
    import sys
    here = sys.path.pop(0)
    import numpy, autograder.notebook.client
    sys.path.insert(0, here)
    open("numpy.py", "w").write("raise SystemExit('student')")
    open("autograder.py", "w").write("raise SystemExit('student')")
    """
    result = run_at_home(tmp_path, textwrap.dedent(code) + textwrap.dedent(PASSING))
    assert "todo correcto" in result.stdout, result.stderr


def test_nothing_is_written_on_stderr(tmp_path):
    result = run_at_home(tmp_path, PASSING)
    assert result.returncode == 0
    assert result.stderr == ""


def test_the_judge_ends_with_its_notebook(tmp_path):
    code = (
        textwrap.dedent(PASSING)
        + "\nfrom autograder.notebook import client\nprint(client._judge.process.pid)"
    )
    pid = int(run_at_home(tmp_path, code).stdout.split()[-1])
    for _ in range(10 * PATIENCE):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the judge outlived its notebook")


def test_the_client_needs_numpy_only(tmp_path):
    code = """
    import sys
    import autograder
    heavy = {"tensorflow", "keras", "numba", "conv2d_lib", "scipy", "nbgrader", "typer"}
    print(sorted(heavy & set(sys.modules)))
    """
    assert run_at_home(tmp_path, code).stdout.strip() == "[]"


def cell_output(cell):
    """What it printed, and the text beside what it drew."""
    return "".join(
        output.get("text", "") or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    )


def test_it_works_in_a_kernel(tmp_path, monkeypatch):
    monkeypatch.delenv("CURSO_JUEZ_FD", raising=False)
    sources = [
        "import numpy as np\nfrom autograder import comprobar",
        "def f(image, kernel):\n"
        "    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)\n"
        '    return np.einsum("ijkl,kl->ij", windows, kernel)',
        f'comprobar("{CHECK}", f)',
        "def g(image, kernel):\n    x = image + 1\n    return x[99, 99]",
        f'comprobar("{CHECK}", g)',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    options = {"resources": {"metadata": {"path": str(tmp_path)}}, "timeout": 60}
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, **options).execute()
    cells = notebook.cells
    assert "todo correcto" in cell_output(cells[2])
    assert "se detuvo con IndexError" in cell_output(cells[4])
    assert "(línea 3 de su celda)" in cell_output(cells[4])
    # The traceback is one line, not the insides of comprobar.
    error = cells[4].outputs[-1]
    assert error.output_type == "error"
    assert error.traceback == [
        f"ComprobacionFallida: 0 % de los puntos en {CHECK}: forma: imagen de 6×6, kernel de 3×3: "
        "tu función se detuvo con IndexError: index 99 is out of bounds for axis 0 with size 6 "
        "(línea 3 de su celda)"
    ]


def test_comprobar_is_what_the_package_offers():
    assert autograder.__all__ == ["comprobar"]
    assert "unidad.funcion" in comprobar.__doc__


def test_a_script_that_only_imports_it_starts_no_judge():
    code = "from autograder import comprobar; from autograder.notebook import client; "
    done = subprocess.run(
        [sys.executable, "-c", code + "print(client._judge.process)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "None\n"
