"""``comprobar`` where students are: Windows, no Jupyter, old terminals, odd processes."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from at_home import CHECK

SUPPORT = Path(__file__).parents[2] / "support"
FUNCTION = """
import numpy as np
from autograder import comprobar

def f(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel)

def stub(image, kernel):
    raise NotImplementedError("esta función todavía no está escrita")

"""
PASS = f'comprobar("{CHECK}", f)\n'
FINE = f"✔ {CHECK}: todo correcto"
ON_WINDOWS = f"""
import sys
sys.path.insert(0, {str(SUPPORT)!r})
import windows
windows.pretend()
import autograder.notebook.client
windows.pretend_platform()
"""


def run(code, *flags, folder=None, **options):
    """A student's script, run at home."""
    strange = ("CURSO_JUEZ_FD", "NBGRADER_EXECUTION")
    environment = {k: v for k, v in os.environ.items() if k not in strange}
    environment |= options.pop("env", {})
    command = [sys.executable, *flags, "-c", textwrap.dedent(code)]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=240,
        **options,
    )


def test_on_windows_the_judge_starts_answers_and_ends():
    result = run(
        ON_WINDOWS
        + FUNCTION
        + PASS
        + "comprobar('1_convolucion.correlacion2d', stub)\n"
        + "from autograder.notebook import client\n"
        + "print(len(windows.STARTED), [p.poll() for p in [client._judge.process]])"
    )
    assert result.stderr == ""
    assert FINE in result.stdout
    assert f"○ {CHECK}" in result.stdout
    assert "1 [None]" in result.stdout


def test_on_windows_a_judge_that_died_comes_back_in_spanish():
    dead = (
        "from autograder.notebook.client import _judge\n"
        "_judge.process.kill(); _judge.process.wait()\n"
    )
    killer = """
def killer(image, kernel):
    autograder.notebook.client._judge.process.kill()
    autograder.notebook.client._judge.process.wait()

try:
    comprobar("1_convolucion.correlacion2d", killer)
except AssertionError as error:
    print(type(error).__name__, error)
"""
    result = run(ON_WINDOWS + FUNCTION + PASS + dead + PASS + killer + PASS)
    assert result.stderr == ""
    assert result.stdout.count(FINE) == 3
    assert "ComprobacionFallida el juez dejó de responder" in result.stdout


def test_the_library_and_the_judge_import_on_windows():
    result = run(
        ON_WINDOWS.replace("windows.pretend_platform()", "")
        + "import conv2d_lib, conv2d_lib.plots, conv2d_lib.datasets, autograder.checks\n"
        + "import autograder.judging.judge, autograder.notebook.keras_bridge\n"
        + "[autograder.checks.checks_of(unit) for unit in autograder.checks.UNITS]\n"
        + "print('bien')"
    )
    assert result.stderr == ""
    assert "bien" in result.stdout


# --- everyday places -----------------------------------------------------------------------------


@pytest.mark.parametrize("flags", [("-O",), ("-OO",), ("-W", "error"), ("-X", "dev")])
def test_python_s_own_options_change_nothing(flags):
    result = run(FUNCTION + PASS, *flags)
    assert FINE in result.stdout, result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850", "utf-8"])
def test_any_terminal_can_show_the_report(encoding):
    wrong = f'comprobar("{CHECK}", lambda image, kernel: f(image, kernel[::-1]))'
    result = run(FUNCTION + PASS + wrong, env={"PYTHONIOENCODING": encoding})
    assert f"{CHECK}: todo correcto" in result.stdout
    assert "Causa" in result.stdout
    assert "UnicodeEncodeError" not in result.stderr


@pytest.mark.parametrize("closed", [(0,), (0, 1), (1, 2), (0, 1, 2)])
def test_with_standard_streams_closed_it_works(tmp_path, closed):
    code = FUNCTION + "import contextlib\n"
    code += "out = open('salida', 'w', encoding='utf-8')\n"
    code += f"with out, contextlib.redirect_stdout(out):\n    {PASS}"
    script = tmp_path / "guion.py"
    script.write_text(code, encoding="utf-8")
    close = " ".join({0: "0<&-", 1: "1>&-", 2: "2>&-"}[number] for number in closed)
    environment = {k: v for k, v in os.environ.items() if k != "CURSO_JUEZ_FD"}
    command = f'exec "$0" guion.py {close}'
    subprocess.run(
        ["bash", "-c", command, sys.executable], cwd=tmp_path, env=environment, timeout=240
    )
    assert FINE in (tmp_path / "salida").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_or_is_gone_does_not_matter(tmp_path):
    folder = tmp_path / "sola"
    folder.mkdir()
    code = f"import os\nos.chmod({str(folder)!r}, 0o555)\n"
    gone = f"os.chmod({str(folder)!r}, 0o755)\nos.rmdir({str(folder)!r})\n"
    anew = "from autograder.notebook import client\nclient._judge.hang_up()\n"
    result = run(code + FUNCTION + PASS + gone + anew + PASS, folder=folder)
    assert result.stdout.count(FINE) == 2, result.stderr


def test_a_forked_child_has_a_judge_of_its_own():
    code = """
import os, sys
child = os.fork()
comprobar("1_convolucion.correlacion2d", f)
if child:
    assert os.waitpid(child, 0)[1] == 0
    comprobar("1_convolucion.correlacion2d", f)
sys.stdout.flush()
os._exit(0)
"""
    result = run(FUNCTION + PASS + code, "-u")
    assert result.stdout.count(FINE) == 4, result.stderr


def test_worker_processes_check_at_once():
    code = """
def check(n):
    comprobar("1_convolucion.correlacion2d", f)
    return n

import multiprocessing
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(check, range(4)))
"""
    result = run(FUNCTION + PASS + code)
    assert result.stdout.count(FINE) == 5, result.stderr
    assert "[0, 1, 2, 3]" in result.stdout


def test_threads_take_turns():
    code = """
import threading
threads = [threading.Thread(target=comprobar, args=("1_convolucion.correlacion2d", f))
           for _ in range(6)]
[t.start() for t in threads]
[t.join() for t in threads]
"""
    result = run(FUNCTION + code)
    assert result.stdout.count(FINE) == 6, result.stderr
    assert result.stderr == ""


def test_no_judge_to_start_is_one_line():
    code = """
import sys
sys.executable = "/no/existe/python"
try:
    comprobar("1_convolucion.correlacion2d", f)
except AssertionError as error:
    print(type(error).__name__, error)
"""
    result = run(FUNCTION + code)
    assert "ComprobacionFallida no se pudo arrancar el juez (/no/existe/python)" in result.stdout
    assert result.stderr == ""


def test_a_judge_that_lacks_a_package_says_which():
    code = """
import subprocess, sys
from autograder.notebook import home_judge
start = subprocess.Popen
hidden = ("import sys, runpy; sys.modules['conv2d_lib'] = None; "
          "runpy.run_module('autograder.checks.judge_server', run_name='__main__')")
home_judge.subprocess.Popen = lambda args, **o: start([args[0], "-I", "-c", hidden], **o)
try:
    comprobar("1_convolucion.correlacion2d", f)
except AssertionError as error:
    print(type(error).__name__, error)
"""
    result = run(FUNCTION + code)
    assert "ComprobacionFallida el juez no pudo cargar sus comprobaciones" in result.stdout
    assert "conv2d_lib" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("name", ["numpy", "json", "struct", "random", "signal"])
@pytest.mark.parametrize("where", ["folder", "PYTHONPATH"])
def test_a_file_with_the_name_of_a_module_is_named(tmp_path, name, where):
    (tmp_path / f"{name}.py").write_text("x = 1")
    env = {"PYTHONPATH": str(tmp_path)} if where == "PYTHONPATH" else {}
    folder = None if env else tmp_path
    result = run("from autograder import comprobar\n", folder=folder, env=env)
    # Python itself may not start without some of them, and says so in its own words.
    assert result.returncode
    assert f"({name}.py)" in result.stderr or f"{name}.py" in result.stderr
    if name in ("numpy", "json", "struct", "signal"):
        assert "ArchivoQueTapa: tienes un archivo con el nombre" in result.stderr


def test_a_student_s_numpy_does_not_go_unnoticed(tmp_path):
    (tmp_path / "numpy.py").write_text("ones = 1")
    result = run("from autograder import comprobar\n", folder=tmp_path)
    assert "ArchivoQueTapa: tienes un archivo con el nombre de un módulo" in result.stderr
    assert "(numpy.py)" in result.stderr


def test_files_of_other_names_are_nobody_s_fault(tmp_path):
    (tmp_path / "ayuda.py").write_text("x = 1")
    result = run("import ayuda\n" + FUNCTION + PASS, folder=tmp_path)
    assert FINE in result.stdout, result.stderr
    shadows = "import numpy, json, random, autograder.notebook.shadows as s; print(s.shadowing())"
    assert run(shadows, folder=tmp_path).stdout.strip() == "[]"
