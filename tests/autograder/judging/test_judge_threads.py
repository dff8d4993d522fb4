"""A judge ends with its notebook, whatever its last answer was: no thread outlives its cell."""

from __future__ import annotations

import pytest

from autograder.common.limits import Limits
from autograder.sandbox.flavours import NUMPY
from autograder.submission.kernel import JudgedKernel

CHECK = "1_convolucion.correlacion2d"
ANSWERS = {
    "many small arrays": "[np.ones((2, 2))] * 15_000",
    "many numbers": "list(range(19_000))",
    "long texts": "['x' * 20_000] * 40",
    "a big array": "np.zeros((2000, 2000))",
    "nested": "[[[[[[1] * 9] * 9] * 9] * 9]]",
    "never": "time.sleep(600)",
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_thread_of_the_judge_ends_with_its_notebook(name):
    verdicts = []
    kernel = JudgedKernel(NUMPY, None, Limits(), verdicts.append)
    try:
        source = (
            "import time\nimport numpy as np\nfrom autograder import comprobar\n"
            f"def f(imagen, kernel):\n    return {ANSWERS[name]}\n"
            f"comprobar('{CHECK}', f)"
        )
        kernel.run(source, 3 if name == "never" else 120)
    finally:
        kernel.stop()
    assert not kernel._judge.is_alive()
    assert len(verdicts) == 1
    assert verdicts[0].score == 0
    assert "el corrector falló" not in (verdicts[0].rejected or "")


def test_in_the_sandbox_errors_are_those_of_python():
    """What a student's kernel shows in other words is read by the grader as it was raised."""
    kernel = JudgedKernel(NUMPY, None, Limits(), [].append)
    try:
        kernel.run("from autograder import comprobar", 60)
        run = kernel.run(f"comprobar('{CHECK}', zzz)", 60)
        stub = kernel.run("raise NotImplementedError('esta función todavía no está escrita')", 60)
    finally:
        kernel.stop()
    assert run.outputs[-1]["evalue"] == "name 'zzz' is not defined"
    assert stub.outputs[-1]["ename"] == "NotImplementedError"
