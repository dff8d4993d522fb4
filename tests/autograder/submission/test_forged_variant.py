"""The verdict on another's variant, asked while one's own is, is nobody's mark."""

from __future__ import annotations

import nbformat

from autograder.submission.execution import execute

CHECK = "4_padding.conv2d_grupos"
RIGHT = """
import numpy as np

def conv2d_grupos(x, kernel, bias, groups=1):
    x, c, f = np.asarray(x, float), kernel.shape[2], kernel.shape[3] // groups
    seen = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return bias + np.concatenate([
        np.einsum("nijcuv,uvcf->nijf", seen[:, :, :, g * c:g * c + c], kernel[..., g * f:g * f + f])
        for g in range(groups)], axis=3)
"""
FORGED = """
import autograder, autograder.notebook.client as client
real = client.comprobar

def other(check, function):
    real(check.replace(":F", ":A"), function)
    real(check.partition(":")[0], function)

autograder.comprobar = client.comprobar = other
"""


def graded(letter: str, *codes: str):
    cells = [nbformat.v4.new_code_cell(code) for code in codes]
    asked = nbformat.v4.new_code_cell(f'comprobar("{CHECK}:{letter}", conv2d_grupos)')
    asked.metadata["nbgrader"] = {
        "grade": True, "locked": True, "solution": False, "task": False, "grade_id": "grupos",
        "points": 2, "schema_version": 3,
    }  # fmt: skip
    (found,) = execute(nbformat.v4.new_notebook(cells=[*cells, asked]), isolated=False).checks
    return found


def test_only_ones_own_variant_is_marked():
    assert graded("A", RIGHT).points == 2
    assert graded("F", RIGHT, FORGED).points == 0
