"""What a student sees under ``comprobar``, at home, with the judge in its own process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import autograder
from autograder import client, comprobar
from autograder.client import ComprobacionFallida

CHECK = "1_convolucion.correlacion2d"


def windows_of(image, kernel):
    return np.lib.stride_tricks.sliding_window_view(image, kernel.shape)


def right(image, kernel):
    return np.einsum("ijkl,kl->ij", windows_of(image, kernel), kernel)


@pytest.fixture(scope="module", autouse=True)
def hang_up_at_the_end():
    yield
    client._hang_up()


@pytest.fixture
def report(capsys):
    """A function that comprueba another and gives what was printed, and the last line."""

    def check(function, check_id=CHECK):
        last = ""
        try:
            comprobar(check_id, function)
        except ComprobacionFallida as failure:
            last = str(failure)
        return capsys.readouterr().out, last

    return check


def test_a_right_function_is_told_so(report):
    out, last = report(right)
    assert out == f"✔ {CHECK}: todo correcto\n  ✔ forma\n  ✔ valores\n  ✔ casos límite\n"
    assert last == ""


def test_a_wrong_one_reads_what_failed_why_and_a_hint(report):
    out, last = report(lambda image, kernel: right(image, kernel[::-1, ::-1]))
    assert "✘ 1_convolucion.correlacion2d: 20 % de los puntos" in out
    assert "✔ forma" in out
    assert "✘ valores: imagen de 6×6, kernel de 3×3: en la posición (0, 0) esperaba" in out
    assert "Causa probable: el kernel está volteado" in out
    assert "Pista:" in out
    assert last == "hay algo que corregir: lee el informe de arriba"


def test_numbers_carry_a_decimal_comma(report):
    out, _ = report(lambda image, kernel: right(image, kernel) * 0 + 0.5)
    assert "llegó 0,5" in out


# --- not a function, not a check -----------------------------------------------------------------


@pytest.mark.parametrize("thing", [None, 3, np.ones(2), "correlacion2d"])
def test_what_is_no_function_is_named_with_the_remedy(thing):
    with pytest.raises(ComprobacionFallida, match="sin paréntesis detrás") as failure:
        comprobar(CHECK, thing)
    assert type(thing).__name__ in str(failure.value)


def test_an_unknown_check_lists_those_that_exist(report):
    _, last = report(right, "1_convolucion.correlacion")
    assert "no existe la comprobación «1_convolucion.correlacion»" in last
    assert "1_convolucion.correlacion2d" in last


# --- what a function may do ----------------------------------------------------------------------


def stub(image, kernel):
    raise NotImplementedError()


def divides_by_zero(image, kernel):
    return 1 // 0


def changes_its_input(image, kernel):
    result = right(image, kernel)
    image[:] = 0
    return result


def exits(image, kernel):
    sys.exit(3)


def endless(image, kernel):
    return endless(image, kernel)


class Unreadable:
    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


class UnreadableList(list):
    def __iter__(self):
        raise RuntimeError("no")


class UnreadableError(Exception):
    def __str__(self):
        raise RuntimeError("no")


def raises_the_unreadable(image, kernel):
    raise UnreadableError


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (stub, "esta función todavía no está escrita"),
        (lambda image, kernel: None, "llegó None (¿falta el return?)"),
        (divides_by_zero, "se detuvo con ZeroDivisionError: integer division or modulo by zero"),
        (lambda image: image, "se detuvo con TypeError"),
        (changes_its_input, "tu función modifica el arreglo que recibe"),
        (exits, "se detuvo con SystemExit: 3"),
        (endless, "se detuvo con RecursionError"),
        (lambda image, kernel: (n for n in image), "no se puede comparar: generator"),
        (lambda image, kernel: right(image, kernel) + 1j, "toma la parte real con .real"),
        (lambda image, kernel: [Unreadable()], "no se puede comparar: Unreadable"),
        (lambda image, kernel: UnreadableList(), "falla al leerlo, con RuntimeError"),
        (raises_the_unreadable, "falla al leerlo, con RuntimeError"),
        (lambda image, kernel: right(image, kernel).astype(object), "arreglo de dtype object"),
        (lambda image, kernel: right(image, kernel).tolist(), "esperaba un arreglo de NumPy"),
        (lambda image, kernel: "listo", "llegó el texto 'listo'"),
        (lambda image, kernel: np.zeros((9000, 9000)), "demasiado grande, de forma (9000, 9000)"),
    ],
)
def test_each_way_to_fail_has_its_line(report, function, words):
    out, last = report(function)
    assert words in out
    assert last
    assert report(right)[1] == "", "the conversation went on"


# --- leaning on a library ------------------------------------------------------------------------


def scipy_aliased(image, kernel):
    from scipy.signal import correlate2d as mine

    return mine(image, kernel, mode="valid")


def scipy_inside_numpy(image, kernel):
    import scipy.ndimage as nd

    full = np.apply_along_axis(lambda row: nd.correlate1d(row, kernel[0]), 1, image)
    return full[: image.shape[0] - kernel.shape[0] + 1, : image.shape[1] - kernel.shape[1] + 1]


def library_of_the_course(image, kernel):
    import conv2d_lib as cl

    return cl.conv2d(image[None, ..., None].astype(np.float32), kernel[..., None, None])[0, ..., 0]


def library_loops(image, kernel):
    from conv2d_lib.didactic import correlate2d_loops

    return correlate2d_loops(image, kernel)


@pytest.mark.parametrize(
    ("function", "library"),
    [
        (scipy_aliased, "scipy"),
        (scipy_inside_numpy, "scipy"),
        (library_of_the_course, "conv2d_lib"),
        (library_loops, "conv2d_lib"),
    ],
)
def test_leaning_on_a_library_is_told_at_home(report, function, library):
    out, _ = report(function)
    assert f"tu función se apoya en {library}" in out
    assert "0 % de los puntos" in out


def test_leaning_on_tensorflow_is_seen(report, monkeypatch):
    # A stand-in: importing the real one takes seconds, and the watch goes by the module's name.
    fake = type(sys)("tensorflow.nn")
    exec("def conv2d(image, kernel, f):\n    return f(image, kernel)", fake.__dict__)
    monkeypatch.setitem(sys.modules, "tensorflow.nn", fake)
    out, _ = report(lambda image, kernel: fake.conv2d(image, kernel, right))
    assert "tu función se apoya en tensorflow" in out


def test_numba_is_ones_own_work_though_it_imports_scipy_and_tells_conv2d_lib(report):
    import numba

    import conv2d_lib.compilation  # noqa: F401 - it listens to every compilation

    @numba.njit
    def loops(image, kernel):
        kh, kw = kernel.shape
        out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
        for i in range(out.shape[0]):
            for j in range(out.shape[1]):
                for a in range(kh):
                    window = image[i + a, j : j + kw].astype(np.float64)
                    out[i, j] += np.dot(window, kernel[a].astype(np.float64))
        return out

    out, _ = report(loops)
    assert "todo correcto" in out


def test_finalizers_of_a_library_are_nobodys_work(report, monkeypatch):
    fake = type(sys)("tensorflow.eager")
    exec("class Tensor:\n    def __del__(self):\n        pass", fake.__dict__)

    def with_garbage_about(image, kernel):
        # Enough new lists for the collector to wake.
        assert len([[] for _ in range(5000)]) == 5000
        return right(image, kernel)

    for _ in range(20):
        # A cycle that only the collector frees, as TensorFlow leaves many.
        tensor = fake.Tensor()
        tensor.itself = tensor
    del tensor
    out, _ = report(with_garbage_about)
    assert "todo correcto" in out


# --- forging -------------------------------------------------------------------------------------


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __array__(self, *args, **kwargs):
        return np.zeros((4, 4))

    shape = (4, 4)
    dtype = np.dtype(float)


class LyingArray(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __sub__(self, other):
        return np.zeros(1)

    def __array__(self, *args, **kwargs):
        return np.zeros((4, 4))

    def __array_function__(self, *args, **kwargs):
        return True


class LyingFloat(float):
    def __eq__(self, other):
        return True


def test_objects_that_claim_to_be_equal_earn_nothing(report):
    for lie in (AlwaysEqual(), np.zeros((4, 4)).view(LyingArray), LyingFloat(1), [AlwaysEqual()]):
        out, last = report(lambda image, kernel, lie=lie: lie)
        assert "✘ valores" in out
        assert last


def test_a_patched_numpy_earns_nothing(report, monkeypatch):
    for name in ("allclose", "array_equal", "isclose", "abs", "all", "max"):
        monkeypatch.setattr(np, name, lambda *args, **kwargs: True)
    monkeypatch.setattr(np.testing, "assert_allclose", lambda *args, **kwargs: None)
    out, last = report(lambda image, kernel: np.zeros((4, 4)))
    assert "✘ valores" in out
    assert last


def test_reading_the_judges_socket_finds_no_answers(report):
    seen = []

    def curious(image, kernel):
        seen.append(client._connection.sock.getblocking())
        client._connection.sock.setblocking(False)
        try:
            client._connection.sock.recv(1 << 16)
        except BlockingIOError:
            seen.append("nothing to read")
        finally:
            client._connection.sock.setblocking(True)
        return np.zeros((4, 4))

    out, _ = report(curious)
    assert "✘ valores" in out
    assert "nothing to read" in seen


def test_a_verdict_of_ones_own_cannot_be_sent(report):
    def forger(image, kernel):
        forged = client.Message("verdict", {"passed": True, "report": "✔ todo correcto"})
        client._connection.send(forged)
        return right(image, kernel)

    out, last = report(forger)
    assert "todo correcto" not in out
    assert "el juez dejó de responder" in last
    assert report(right)[1] == ""


# --- interruptions -------------------------------------------------------------------------------


def press_ctrl_c():
    os.kill(os.getpid(), signal.SIGINT)


def interrupted_function(image, kernel):
    press_ctrl_c()
    time.sleep(5)


def test_ctrl_c_in_the_function_leaves_the_judge_ready(report):
    report(right)
    judge = client._judge
    with pytest.raises(KeyboardInterrupt):
        comprobar(CHECK, interrupted_function)
    assert report(right)[1] == ""
    assert client._judge is judge
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_while_a_message_is_on_its_way_waits_for_it(report, monkeypatch):
    receive = client.Connection.receive
    pressed = []

    def receive_and_press(self):
        if not pressed:
            pressed.append(press_ctrl_c())
        return receive(self)

    report(right)
    judge = client._judge
    monkeypatch.setattr(client.Connection, "receive", receive_and_press)
    with pytest.raises(KeyboardInterrupt):
        comprobar(CHECK, right)
    assert report(right)[1] == ""
    assert client._judge is judge


def test_a_second_ctrl_c_does_not_wait(report, monkeypatch):
    def stuck(self):
        press_ctrl_c()
        press_ctrl_c()
        time.sleep(20)

    with monkeypatch.context() as patch:
        patch.setattr(client.Connection, "receive", stuck)
        with pytest.raises(KeyboardInterrupt):
            comprobar(CHECK, right)
    assert report(right)[1] == ""


def test_a_judge_that_was_killed_comes_back(report):
    report(right)
    client._judge.kill()
    client._judge.wait()
    _, last = report(right)
    assert "el juez dejó de responder" in last
    assert report(right)[1] == ""


def test_a_judge_killed_while_the_function_runs_comes_back(report):
    def killer(image, kernel):
        client._judge.kill()
        return right(image, kernel)

    assert "el juez dejó de responder" in report(killer)[1]
    assert report(right)[1] == ""


def test_it_works_outside_the_main_thread(report):
    out = []
    thread = threading.Thread(target=lambda: out.append(report(right)))
    thread.start()
    thread.join(30)
    assert "todo correcto" in out[0][0]


# --- one judge, a process apart ------------------------------------------------------------------


def test_many_calls_share_one_judge(report):
    report(right)
    judge = client._judge
    for _ in range(20):
        assert report(right)[1] == ""
    assert client._judge is judge


def run_at_home(folder, code):
    environment = {k: v for k, v in os.environ.items() if k != "CURSO_JUEZ_FD"}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
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
    import numpy, autograder.client
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
    code = textwrap.dedent(PASSING) + "\nfrom autograder import client\nprint(client._judge.pid)"
    pid = int(run_at_home(tmp_path, code).stdout.split()[-1])
    for _ in range(100):
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
    return "".join(output.get("text", "") for output in cell.outputs)


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
        "ComprobacionFallida: hay algo que corregir: lee el informe de arriba"
    ]


def test_comprobar_is_what_the_package_offers():
    assert autograder.__all__ == ["comprobar"]
    assert "unidad.funcion" in comprobar.__doc__
