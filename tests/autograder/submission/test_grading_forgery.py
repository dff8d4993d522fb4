"""Each file in fixtures/forgeries tries to earn points without work; its effect is the mark."""

import nbformat
import pytest
from classroom import FIXTURES, FUNCTIONS, POINTS, answer, cell, solved, untouched

from autograder.common.limits import Limits
from autograder.submission.execution import execute
from autograder.submission.restoring import PublishedCell, restore

FORGERIES = sorted((FIXTURES / "forgeries").glob("*.py"))
LIMITS = Limits(cell_seconds=20, notebook_seconds=120)


def published(notebook):
    """The cells that the gradebook would hold of this notebook."""
    return [
        PublishedCell(
            one.metadata.nbgrader.grade_id,
            one.cell_type,
            one.source,
            None,
            one.metadata.nbgrader.locked,
            one.metadata.nbgrader.grade,
            one.metadata.nbgrader.solution,
            False,
            one.metadata.nbgrader.get("points"),
        )
        for one in notebook.cells
        if "nbgrader" in one.metadata
    ]


def points(execution):
    return sum(check.points for check in execution.checks)


@pytest.mark.parametrize("path", FORGERIES, ids=lambda path: path.stem)
def test_it_earns_nothing(path):
    notebook = untouched()
    # Last before the graded cells run, so that no definition of the notebook's undoes it.
    for function in FUNCTIONS:
        cell(notebook, f"{function.replace('_', '-')}-ejemplos").source = ""
    for function in FUNCTIONS[1:]:
        cell(notebook, f"{function.replace('_', '-')}-solucion").source = ""
    cell(notebook, "correlacion2d-solucion").source = path.read_text(encoding="utf-8")
    execution = execute(notebook, LIMITS)
    assert len(execution.checks) == len(FUNCTIONS)
    assert points(execution) == 0
    assert all(check.reason for check in execution.checks)


@pytest.mark.parametrize(("work", "worth"), [(untouched, 0), (solved, sum(POINTS.values()))])
def test_editing_the_graded_cells_changes_nothing(work, worth):
    original = untouched()
    forged = work()
    for one in forged.cells:
        marks = one.metadata.get("nbgrader", {})
        if marks.get("grade"):
            one.source = "print('todo correcto')\n100"
            marks.update(points=1000, solution=True, locked=False)
    forged.cells.append(nbformat.v4.new_code_cell("7.0"))
    restore(forged, published(original))
    execution = execute(forged, LIMITS)
    assert points(execution) == worth
    assert sum(check.max_points for check in execution.checks) == sum(POINTS.values())


def test_graded_cells_disguised_as_text_or_as_solutions_still_count():
    original, disguised = solved(), solved()
    answer(disguised, "conv2d", "def conv2d(x, kernel, bias):\n    raise ValueError")
    graded = cell(disguised, "conv2d-comprobacion")
    graded.cell_type = "markdown"
    cell(disguised, "correlacion2d-comprobacion").metadata.nbgrader.grade = False
    restore(disguised, published(original))
    execution = execute(disguised, LIMITS)
    assert points(execution) == sum(POINTS.values()) - POINTS["conv2d"]
    assert len(execution.checks) == len(FUNCTIONS)


def test_a_verdict_earned_for_one_function_is_not_anothers():
    notebook = solved()
    # Another check passes while the graded cell of conv2d runs; conv2d itself is wrong.
    answer(
        notebook,
        "conv2d",
        "def conv2d(x, kernel, bias):\n    return x\n\n"
        "from autograder.notebook import client\n"
        "real = client.comprobar\n"
        "def elsewhere(check, function):\n"
        "    real('1_convolucion.correlacion2d', correlacion2d)\n"
        "import autograder\n"
        "autograder.comprobar = elsewhere",
    )
    cell(notebook, "conv2d-ejemplos").source = ""
    execution = execute(notebook, LIMITS)
    assert points(execution) == sum(POINTS.values()) - POINTS["conv2d"]


def test_of_two_verdicts_in_one_graded_cell_the_first_counts():
    notebook = solved()
    answer(
        notebook,
        "conv2d",
        "def conv2d(x, kernel, bias):\n    return x\n"
        "from autograder.notebook import client\n"
        "def twice(check, function):\n"
        "    try: client.comprobar(check, function)\n"
        "    except AssertionError: pass\n"
        "    good = lambda x, k, b: np.stack([np.stack([correlacion_multicanal(i, k[..., f])\n"
        "        for f in range(len(b))], -1) for i in x]) + b\n"
        "    client.comprobar(check, good)\n"
        "import autograder\n"
        "autograder.comprobar = twice",
    )
    cell(notebook, "conv2d-ejemplos").source = ""
    assert points(execute(notebook, LIMITS)) == sum(POINTS.values()) - POINTS["conv2d"]


def test_verdicts_of_cells_that_run_again_for_a_graded_one_are_not_its_own():
    """A trial of one's own, wrong at the time, before a cell that ends the process."""
    notebook = solved()
    trial = "from autograder import comprobar\ncomprobar('1_convolucion.conv2d', lambda *a: a[0])"
    position = [one.id for one in notebook.cells].index("conv2d-comprobacion")
    notebook.cells[position:position] = [
        nbformat.v4.new_code_cell(trial),
        nbformat.v4.new_code_cell("import os; os._exit(0)"),
    ]
    assert points(execute(notebook)) == sum(POINTS.values())
