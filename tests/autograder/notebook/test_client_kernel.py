"""What a student sees in a real kernel: progress in its place, ■ with their line, one line each."""

from __future__ import annotations

import re

import pytest
from at_home import CHECK
from real_kernel import Notebook

from autograder.notebook.cell_lines import is_cell

PREPARE = """
import time
import numpy as np
from autograder import comprobar
from autograder.notebook import progress
progress.FIRST_SECONDS = progress.EVERY_SECONDS = 0.1
"""
ENDLESS = """
def deeper(x):
    while True:
        x = x + 1

def endless(image, kernel):
    return deeper(image)
"""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    made = Notebook(tmp_path_factory.mktemp("cuaderno"))
    made.run(PREPARE)
    yield made
    made.client.stop_channels()
    made.manager.shutdown_kernel(now=True)


def test_the_judge_is_on_its_way_before_the_first_check_and_is_the_one_that_answers(notebook):
    notebook.run("from autograder.notebook import client")
    begun = notebook.text("print(client._judge.process.pid)")
    notebook.run(f'comprobar("{CHECK}", lambda image, kernel: image)')
    assert begun.strip().isdigit()
    assert notebook.text("print(client._judge.process.pid)") == begun


def test_an_endless_loop_says_how_long_and_where_in_one_line(notebook):
    notebook.run(ENDLESS)
    shown = notebook.run(f'comprobar("{CHECK}", endless)', stop_when="está en", count=4)
    lines = [content["data"]["text/plain"] for kind, content in shown if "display" in kind]
    assert [kind for kind, _ in shown if "display" in kind].count("display_data") == 1
    ids = {content["transient"]["display_id"] for kind, content in shown if "display" in kind}
    assert len(ids) == 1
    here = r"en la línea \d de su celda, en deeper: «(while True:|x = x \+ 1)»"
    assert re.fullmatch(rf"… {CHECK} lleva \d+ s; está {here}", lines[-2])
    assert re.fullmatch(rf"· {CHECK} tardó \d+ s", lines[-1])
    # And after ■, the student's line: none of ours, no traceback.
    kind, content = shown[-1]
    assert kind == "error"
    assert len(content["traceback"]) == 1
    assert re.fullmatch(
        rf"ComprobacionInterrumpida: paraste {CHECK} a los \d+ s; tu función estaba {here}",
        content["traceback"][0],
    )
    assert content["traceback"][0].endswith(content["evalue"])


def test_after_a_stop_the_notebook_goes_on_with_the_same_judge(notebook):
    notebook.run(ENDLESS + "from autograder.notebook import client")
    notebook.run(f'comprobar("{CHECK}", lambda image, kernel: image)')
    before = notebook.text("print(client._judge.process.pid)")
    notebook.run(f'comprobar("{CHECK}", endless)', stop_when="lleva")
    assert "esperaba la forma" in notebook.text(
        f'comprobar("{CHECK}", lambda image, kernel: image)'
    )
    assert notebook.text("print(client._judge.process.pid)") == before


def test_a_quick_check_shows_no_progress(notebook):
    notebook.run("progress.FIRST_SECONDS = 600")
    shown = notebook.run(f'comprobar("{CHECK}", lambda image, kernel: image)')
    assert [kind for kind, _ in shown] == ["display_data", "error"]
    assert f"{CHECK} lleva" not in shown[0][1]["data"]["text/plain"]
    notebook.run("progress.FIRST_SECONDS = 0.1")


def test_a_failed_report_is_drawn_with_its_text_beside_it_and_a_passed_one_is_text(notebook):
    notebook.run("progress.FIRST_SECONDS = 600")
    (_, shown), _ = notebook.run(f'comprobar("{CHECK}", lambda image, kernel: image)')
    assert shown["data"]["text/html"].startswith('<div class="curso-veredicto')
    assert shown["data"]["text/plain"].startswith(f"✘ {CHECK}: ")
    windows = "np.lib.stride_tricks.sliding_window_view(i, k.shape)"
    right = f"import numpy as np\nright = lambda i, k: np.einsum('ijkl,kl->ij', {windows}, k)\n"
    (kind, passed), *_ = notebook.run(f'{right}comprobar("{CHECK}", right)')
    assert (kind, passed["text"].splitlines()[0]) == ("stream", f"✔ {CHECK}: todo correcto")
    notebook.run("progress.FIRST_SECONDS = 0.1")


FUNCTION = "def correlacion2d(image, kernel):\n    return image\n"


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        (
            f'comprobar("{CHECK}", correlacion2D)',
            "«correlacion2D» no existe; ¿querías decir «corre",
        ),
        (f'comprobar(\n  "{CHECK}",\n  zzz,\n)', "«zzz» todavía no existe: ejecuta antes la celda"),
        (
            f'comprobar("{CHECK}", correlacion2d())',
            "comprobar recibe la función misma, sin llamarla",
        ),
        (f'comprobar("{CHECK}")', "a comprobar le falta la función"),
        (f'comprobar(correlacion2d, "{CHECK}")', "los argumentos están al revés"),
        (f'comprobar("{CHECK}", 3)', "llegó 3 (int)"),
        (
            'comprobar("1_convolucion.correlacion", correlacion2d)',
            "¿querías decir «1_convolucion.c",
        ),
    ],
)
def test_a_slip_in_the_call_is_one_spanish_line(notebook, cell, line):
    notebook.run(FUNCTION)
    shown = notebook.error(cell)
    assert line in shown
    assert "\n" not in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    "cell",
    ["zzz", "len(3)", "def f():\n    zzz\nf()", "comprobar.z", "1 +", "zzz; comprobar(1, 2)"],
)
def test_other_errors_are_shown_as_ever(notebook, cell):
    shown = notebook.error(cell)
    assert "Traceback" in shown or "SyntaxError" in shown


STUB = """
def correlacion2d(image, kernel):
    raise NotImplementedError("esta función todavía no está escrita")
"""


def run_all(made, *cells):
    """What each cell ended as, when all are queued at once, as «Ejecutar todas» does."""
    asked = [made.client.execute(cell, stop_on_error=True) for cell in cells]
    ended = {}
    while not set(asked) <= set(ended):
        reply = made.client.get_shell_msg(timeout=120)
        ended[reply["parent_header"].get("msg_id")] = reply["content"]["status"]
    return [ended[one] for one in asked]


def test_run_all_goes_on_past_what_is_not_written(notebook):
    cells = [STUB, "correlacion2d(1, 2)", f'comprobar("{CHECK}", correlacion2d)', "print(1)"]
    assert run_all(notebook, *cells) == ["ok"] * 4
    line = "○ esta función todavía no está escrita (correlacion2d, línea 2 de su celda)\n"
    assert notebook.text("correlacion2d(1, 2)") == line
    assert notebook.text(cells[2]) == f"○ {CHECK}: esta función todavía no está escrita\n"


@pytest.mark.parametrize(
    "fails",
    [
        "assert 1 == 2",
        "raise NotImplementedError('otra cosa')",
        "class Mine(NotImplementedError):\n    pass\n"
        "raise Mine('esta función todavía no está escrita')",
        f'comprobar("{CHECK}", lambda image, kernel: image)',
        "comprobar('nada', zzz)",
    ],
)
def test_run_all_stops_at_what_is_wrong(notebook, fails):
    # All are in the queue before the second one fails.
    assert run_all(notebook, "time.sleep(1)", fails, "print(2)") == ["ok", "error", "aborted"]


def test_a_handler_of_the_student_s_own_is_left_alone(tmp_path):
    made = Notebook(tmp_path)
    try:
        made.run("get_ipython().set_custom_exc((NameError,), lambda *a, **k: print('mío') or [])")
        made.run(PREPARE)
        assert made.text("zzz") == "mío\n"
    finally:
        made.client.stop_channels()
        made.manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("filename", "cell"),
    [
        ("/tmp/ipykernel_4711/123456.py", True),
        (r"C:\Users\Ana\AppData\Local\Temp\ipykernel_4711\123456.py", True),
        ("<ipython-input-3-0123456789ab>", True),
        ("/tmp/ipython-input-2739574.py", True),
        ("/usr/lib/python3/site-packages/ipykernel/zmqshell.py", False),
        ("/usr/lib/python3/site-packages/numpy/__init__.py", False),
        ("<string>", False),
    ],
)
def test_cells_are_known_by_their_names_wherever_they_run(filename, cell):
    assert is_cell(filename) is cell
