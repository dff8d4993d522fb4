"""One notebook in a kernel with the judge outside: what it earns, whatever its code does."""

import base64
import json
from dataclasses import asdict

import nbformat
import pytest
from classroom import FUNCTIONS, POINTS, answer, cell, solved, untouched
from nbgrader.utils import determine_grade

from autograder.common.limits import Limits
from autograder.submission.execution import execute
from autograder.submission.kernel import JudgedKernel

IN_HURRY = Limits(cell_seconds=5, notebook_seconds=120)


def earned(execution):
    return {check.check_id.partition(".")[2]: check.points for check in execution.checks}


def without(*functions):
    return {name: 0 if name in functions else points for name, points in POINTS.items()}


def reason(execution, function):
    (found,) = (c.reason for c in execution.checks if c.check_id.endswith("." + function))
    return found


def insert_before(notebook, cell_id, source):
    position = [one.id for one in notebook.cells].index(cell_id)
    notebook.cells.insert(position, nbformat.v4.new_code_cell(source))


def test_right_work_earns_all_the_points_and_stubs_none():
    assert earned(execute(solved())) == POINTS
    nothing = execute(untouched())
    assert earned(nothing) == without(*FUNCTIONS)
    assert reason(nothing, "conv2d") == "esta función todavía no está escrita"


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ("from numpy import no_existe", "ImportError: cannot import name 'no_existe'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("ventanas = lib(3", "SyntaxError: '(' was never closed"),
    ],
)
def test_a_name_that_is_missing_names_the_cell_that_should_have_made_it(spoilt, said):
    notebook = solved()
    own = cell(notebook, "conv2d-solucion")
    own.source = f"{spoilt}\n{own.source}"
    number = notebook.cells.index(own) + 1
    why = reason(execute(notebook), "conv2d")
    assert "NameError: name 'conv2d' is not defined" in why
    assert f"(la celda {number}, donde se define, se detuvo con {said}" in why


LOST = {
    "in a cell of text": ("markdown", "```python\n{}\n```", "que es de texto y no se ejecuta"),
    "in a file": ("code", "%%writefile conv.py\n{}", "que empieza con %%writefile y no se ejecuta"),
    "quotes of a pasted text": (
        "code",
        "u = “3”\n{}",
        "(línea 1 de su celda): comillas",
    ),
    "blanks of a pasted text": ("code", "x\u00a0= 1\n{}", ": signos que no son"),
    "what nobody sees": ("code", "def\u200b conv2d(x): pass\n{}", ": signos que no son"),
    "blanks that do not go together": (
        "code",
        "if 1:\n    x = 1\n  y = 2\n{}",
        ": los espacios",
    ),
}


@pytest.mark.parametrize("case", LOST)
def test_what_was_written_and_could_not_be_run_is_told(case):
    kind, written, words = LOST[case]
    notebook = solved()
    cells = notebook.cells
    own = cell(notebook, "conv2d-solucion")
    source = written.format(own.source if kind == "markdown" or "%%" in written else "")
    cells[cells.index(own)] = nbformat.from_dict(own | {"cell_type": kind, "source": source})
    keep = ("preparacion", "conv2d-solucion", "conv2d-comprobacion")
    notebook.cells = [one for one in cells if one.id in keep]
    if case.startswith("blanks"):
        notebook.cells[1].source += "\ndef conv2d(): pass"
    if case.startswith("quotes"):
        notebook.cells[1].source += "def conv2d(): pass"
    assert words in reason(execute(notebook), "conv2d")


def test_a_chain_of_missing_names_is_followed_to_its_beginning():
    notebook = solved()
    insert_before(notebook, "conv2d-solucion", "import ayuda\nmedia = ayuda.media")
    insert_before(notebook, "conv2d-solucion", "1 / 0\ndoble = 2 * media")
    answer(notebook, "conv2d", "def conv2d(x, kernel, bias):\n    return doble * x")
    execution = execute(notebook)
    assert "la celda 17, donde se define, se detuvo con ZeroDivisionError" in (
        reason(execution, "conv2d")
    )
    answer(notebook, "conv2d", "def conv2d(x, kernel, bias):\n    return media * x")
    execution = execute(notebook)
    why = reason(execution, "conv2d")
    assert "NameError: name 'media' is not defined" in why
    assert "se detuvo con ModuleNotFoundError: No module named 'ayuda'" in why
    report, last, *_ = cell(execution.notebook, "conv2d-comprobacion").outputs
    assert "NameError: name 'media' is not defined" in report.data["text/plain"]
    report = last.text
    assert "No module named 'ayuda'" in report


def test_nbgrader_reads_the_judges_mark_from_the_outputs():
    notebook = answer(solved(), "conv2d", "def conv2d(x, kernel, bias):\n    return [1, 2]")
    answer(
        notebook,
        "correlacion_multicanal",
        "def correlacion_multicanal(imagen, kernel):\n"
        "    return correlacion2d(imagen[:, :, 0], kernel[:, :, 0])",
    )
    execution = execute(notebook)
    assert earned(execution) == {**POINTS, "correlacion_multicanal": 1.0, "conv2d": 0.0}
    for check in execution.checks:
        marked = next(
            one
            for one in execution.notebook.cells
            if one.metadata.get("nbgrader", {}).get("grade_id") == check.grade_id
        )
        assert determine_grade(marked) == (check.points, check.max_points)


def test_what_is_written_to_stderr_costs_nothing():
    notebook = solved()
    for function in FUNCTIONS:
        definition = cell(notebook, f"{function.replace('_', '-')}-solucion")
        definition.source = (
            "import sys, warnings\nprint('Epoch 1/10', file=sys.stderr)\n"
            + definition.source.replace(
                "### INICIO SOLUCIÓN",
                "print('aviso', file=sys.stderr); warnings.warn('otro')",
            )
        )
    assert earned(execute(notebook)) == POINTS


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import time\n    while True:\n        try: time.sleep(60)\n"
        "        except BaseException: pass",
    ],
    ids=["endless loop", "endless loop that ignores its interruption"],
)
def test_a_function_that_never_ends_costs_only_its_own_points(body):
    notebook = answer(
        solved(), "convolucion_verdadera", f"def convolucion_verdadera(imagen, kernel):\n    {body}"
    )
    cell(notebook, "convolucion-verdadera-ejemplos").source = ""
    execution = execute(notebook, IN_HURRY)
    assert earned(execution) == without("convolucion_verdadera")
    assert "superó su límite de 5 s" in reason(execution, "convolucion_verdadera")


def test_a_cell_that_never_ends_keeps_what_it_defined_before():
    notebook = solved()
    cell(notebook, "conv2d-solucion").source += "\nwhile True: pass"
    execution = execute(notebook, IN_HURRY)
    assert earned(execution) == POINTS
    assert any("superó su límite" in note for note in execution.notes)


@pytest.mark.parametrize(
    "killer",
    ["import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"],
    ids=["os._exit", "SIGKILL"],
)
def test_a_function_that_kills_its_kernel_costs_only_its_own_points(killer):
    notebook = answer(
        solved(),
        "convolucion_verdadera",
        f"def convolucion_verdadera(imagen, kernel):\n    {killer}",
    )
    cell(notebook, "convolucion-verdadera-ejemplos").source = ""
    execution = execute(notebook)
    assert earned(execution) == without("convolucion_verdadera")
    assert "el kernel se cerró" in reason(execution, "convolucion_verdadera")


def test_a_cell_that_kills_its_kernel_is_skipped_when_the_others_run_again():
    notebook = solved()
    insert_before(notebook, "conv2d-solucion", "import os; os._exit(1)")
    execution = execute(notebook)
    assert earned(execution) == POINTS
    assert any("el kernel se cerró" in note for note in execution.notes)


@pytest.mark.parametrize("words", ["def conv2d(", 'comprobar("1_convolucion.conv2d"'])
def test_a_process_that_is_killed_once_from_outside_costs_nothing(words, monkeypatch):
    deaths = []

    class Killed(JudgedKernel):
        def run(self, source, seconds):
            if words in source and not deaths:
                deaths.append(source)
                self.stop()
            return super().run(source, seconds)

    monkeypatch.setattr("autograder.submission.execution.JudgedKernel", Killed)
    execution = execute(solved())
    assert len(deaths) == 1
    assert earned(execution) == POINTS
    assert not execution.notes


def test_a_flood_is_cut_and_the_rest_goes_on():
    notebook = solved()
    insert_before(notebook, "conv2d-solucion", "while True: print('x' * 10_000)")
    execution = execute(notebook, Limits(cell_seconds=30, flood_bytes=1 << 20))
    assert earned(execution) == POINTS
    assert any("escribió más de 1 MB" in note for note in execution.notes)
    assert len(nbformat.writes(execution.notebook)) < 1 << 20


def test_what_a_function_prints_while_it_is_examined_costs_nothing_and_is_kept_short():
    notebook = solved()
    definition = cell(notebook, "correlacion2d-solucion")
    definition.source = definition.source.replace(
        "### INICIO SOLUCIÓN", "print('estoy aquí' + 'é' * 2_000)"
    )
    execution = execute(notebook)
    assert earned(execution) == POINTS
    marked = cell(execution.notebook, "correlacion2d-comprobacion")
    assert "estoy aquí" in marked.outputs[-1].text
    assert len(marked.outputs[-1].text) < 2_200


def test_asking_for_input_fails_at_once():
    notebook = solved()
    insert_before(notebook, "conv2d-solucion", "nombre = input('¿Tu nombre? ')")
    execution = execute(notebook, IN_HURRY)
    assert earned(execution) == POINTS
    assert not execution.notes


def test_past_the_time_of_the_whole_notebook_what_is_left_says_so():
    notebook = solved()
    insert_before(notebook, "conv2d-solucion", "import time; time.sleep(60)")
    execution = execute(notebook, Limits(cell_seconds=30, notebook_seconds=8))
    assert earned(execution)["correlacion2d"] == POINTS["correlacion2d"]
    assert earned(execution)["conv2d"] == 0
    assert "el cuaderno entero superó su límite de 8 s" in reason(execution, "conv2d")


def test_the_kernel_knows_that_it_is_graded_and_not_the_graders_secrets(monkeypatch):
    monkeypatch.setenv("CLAVE_DEL_DOCENTE", "no la mires")
    notebook = untouched()
    notebook.cells = [
        nbformat.v4.new_code_cell(
            "import os\nprint(os.environ['NBGRADER_EXECUTION'], 'CLAVE_DEL_DOCENTE' in os.environ)"
        )
    ]
    (shown,) = execute(notebook).notebook.cells[0].outputs
    assert shown.text == "autograde False\n"


def test_of_a_cells_outputs_only_text_and_pictures_are_kept():
    pixel = base64.b64encode(b"\x89PNG no importa").decode()
    notebook = untouched()
    notebook.cells = [
        nbformat.v4.new_code_cell(
            "from IPython.display import display\n"
            "display({'text/html': '<script>alert(1)</script>', 'text/plain': 'hola',\n"
            "         'image/svg+xml': '<svg onload=alert(1)>',\n"
            f"         'image/png': '{pixel}'}}, raw=True)"
        )
    ]
    (shown,) = execute(notebook).notebook.cells[0].outputs
    assert set(shown.data) == {"text/plain", "image/png"}


def test_a_function_that_was_never_defined_says_which():
    notebook = answer(solved(), "conv2d", "")
    execution = execute(notebook)
    assert earned(execution) == without("conv2d")
    assert "NameError: name 'conv2d' is not defined" in reason(execution, "conv2d")
    assert "ninguna celda de este cuaderno la define" in reason(execution, "conv2d")


def test_a_function_that_is_defined_too_late_is_not_said_to_be_missing():
    notebook = solved()
    late = cell(notebook, "conv2d-solucion")
    notebook.cells.remove(late)
    notebook.cells.append(late)
    why = reason(execute(notebook), "conv2d")
    assert "NameError: name 'conv2d' is not defined" in why
    assert "ninguna celda" not in why


def test_lines_for_jupyter_and_for_the_shell_cost_no_points():
    """Most public notebooks begin their cells with some of these."""
    notebook = solved()
    lines = {
        "correlacion2d": "%matplotlib inline\n%pylab inline\n%matplotlib notebook",
        "convolucion_verdadera": "!pip install -q tqdm\n%pip install tqdm\n!nvidia-smi",
        "correlacion_multicanal": "archivos = !ls\n%cd .\n%ls\n%conda install numpy",
        "conv2d": "%%time\nexit()",
    }
    for function, above in lines.items():
        own = cell(notebook, f"{function.replace('_', '-')}-solucion")
        own.source = f"{above}\n{own.source}"
    insert_before(notebook, "conv2d-solucion", "%%bash\necho hola")
    execution = execute(notebook)
    assert earned(execution) == POINTS
    assert execution.notes == ()


def test_the_verdict_goes_whole_with_the_mark_and_what_a_student_reads_is_all_of_it():
    notebook = solved()
    answer(notebook, "conv2d", "def conv2d(x, kernel, bias):\n    return lib(x, kernel, 0 * bias)")
    code = "def convolucion_verdadera(imagen, kernel):\n    raise ValueError('\\ud800\\x1b[2J' * 9)"
    answer(notebook, "convolucion_verdadera", code)
    insert_before(notebook, "conv2d-solucion", f"import numpy as np\n{OWN_LAYER}")
    execution = execute(notebook)
    found = {check.check_id.partition(".")[2]: check.verdict for check in execution.checks}
    assert found["conv2d"].cause_id == "sesgo-olvidado"
    assert [a.name for a in found["conv2d"].aspects] == ["forma", "valores", "casos límite"]
    wrong = found["conv2d"].aspects[1]
    assert str(wrong.place) in wrong.failure
    assert type(found["conv2d"].seed) is int
    assert found["correlacion2d"].passed
    for check in execution.checks:
        kept = json.dumps(asdict(check), ensure_ascii=False).encode()  # No lone surrogate.
        assert b"\\u001b" not in kept
    shown = cell(execution.notebook, "conv2d-comprobacion").outputs[0].data
    verdict = found["conv2d"]
    trace = f"error: sesgo-olvidado · semilla {verdict.seed}"
    assert shown["text/plain"] == f"{verdict.report()}\n  {trace}"
    assert found["conv2d"].cause in shown["text/html"]


OWN_LAYER = """\
def lib(x, kernel, bias):
    (kh, kw), (n, h, w, c) = kernel.shape[:2], x.shape
    out = np.zeros((n, h - kh + 1, w - kw + 1, kernel.shape[3]))
    for i in range(kh):
        for j in range(kw):
            part = x[:, i : i + out.shape[1], j : j + out.shape[2]]
            out += np.tensordot(part, kernel[i, j], 1)
    return out + bias
"""
