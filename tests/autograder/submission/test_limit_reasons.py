"""Whoever meets a limit reads which one, in Spanish: in the cell, in the notes and in the mark."""

from __future__ import annotations

import pytest
from classroom import answer, cell, solved

from autograder.common.limits import MIB, Limits
from autograder.submission.execution import execute

SMALL = Limits(memory_bytes=700 * MIB, folder_bytes=4 * MIB, folder_files=40)
MET = {
    "memory": ("bytearray(1 << 30)", "pidió más memoria"),
    "arrays": ("np.ones((1 << 14, 1 << 14))", "pidió más memoria"),
    "files": ("[open(f'f{i}', 'w').close() for i in range(99)]", "no admite más archivos"),
    "size": ("open('f', 'wb').write(bytes(8 << 20))", "no admite más archivos, o más grandes"),
    "processes": ("__import__('os').fork()", "no se crean procesos"),
    "programs": ("__import__('os').execv('/sleep', ['sleep', '1'])", "no se crean procesos"),
    "network": ("__import__('socket').socket()", "la red"),
}


@pytest.mark.parametrize(("expression", "words"), MET.values(), ids=MET)
def test_each_limit_is_named(expression, words):
    notebook = answer(
        solved(), "conv2d", f"def conv2d(x, kernel, bias):\n    return {expression}\n"
    )
    cell(notebook, "conv2d-ejemplos").source = f"import numpy as np\n{expression}"
    execution = execute(notebook, SMALL)
    failed = execution.checks[-1]
    assert (failed.points, failed.check_id) == (0, "1_convolucion.conv2d")
    assert words in failed.reason
    assert any(words in note for note in execution.notes)
    shown = cell(execution.notebook, "conv2d-ejemplos").outputs[-1]
    assert words in shown.evalue
