"""The smallest example that fails is opened in the explorer, with the student's own function."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from diagnosed import EXAMPLE, FLIPPED, failed

from autograder.judging.diagnosis.result import Counterexample, Table
from autograder.judging.telling import rich, touched
from conv2d_lib.explorer.reader import answer

LINE = (
    "from conv2d_lib.explorer import Explorador; "
    "Explorador([[1, 2, 0], [0, 1, 3]], [[0, 1.5], [2, -3]], funcion=correlacion2d)"
)


def of(call: str, **tables: np.ndarray) -> Counterexample:
    drawn = tuple(Table(name, value.tolist(), value.shape) for name, value in tables.items())
    return replace(EXAMPLE, call=call, inputs=drawn)


def opened(line: str, **functions):
    names: dict = {}
    exec(line.replace("; ", "; e = "), functions | {"__builtins__": __builtins__}, names)
    return names["e"]


def test_the_report_at_home_has_the_line_and_a_teacher_s_page_has_not():
    assert rich.said(LINE) in rich.page(failed(FLIPPED))
    assert "Explorador(" not in rich.page(failed(FLIPPED), links=False)


def test_what_it_opens_is_the_example_with_the_student_s_function_called_as_the_judge_did():
    called = []

    def correlacion2d(imagen, kernel):
        called.append((imagen.tolist(), kernel.tolist()))
        return np.zeros((1, 2))

    explorer = opened(touched.line(EXAMPLE), correlacion2d=correlacion2d)
    state = explorer.estado | {"filtro": 0}
    answer(explorer._function, np.array(EXAMPLE.inputs[0].values, np.float32)[..., None], state)
    assert called == [(EXAMPLE.inputs[0].values, EXAMPLE.inputs[1].values)]


def test_a_layer_s_options_and_biases_come_too():
    rng = np.random.default_rng(5)
    x, kernel = rng.integers(0, 3, (1, 4, 5, 3)) / 2, rng.integers(-2, 3, (2, 3, 3, 2)) / 2
    bias = np.array([0, 1.5])
    call = "conv2d(x, kernel, bias, strides=2, padding='same')"
    explorer = opened(touched.line(of(call, x=x, kernel=kernel, bias=bias)), conv2d=print)
    state = explorer.estado
    assert (state["strides"], state["padding"], state["sesgos"]) == (2, "same", [0, 1.5])
    np.testing.assert_array_equal(np.transpose(state["nucleos"], (2, 3, 1, 0)), kernel)
    (own,) = [each for each in explorer.imagenes if each["id"] == "tuya"]
    assert (own["h"], own["w"], own["c"]) == (4, 5, 3)


ONE = np.ones((2, 2))
LAYER = {"x": ONE[None, ..., None], "kernel": ONE[..., None, None], "bias": np.zeros(1)}


@pytest.mark.parametrize(
    "example",
    [
        of("convolucion_verdadera(imagen, kernel)", imagen=ONE, kernel=ONE),  # another answer
        of("conv2d(x, kernel, bias)", **LAYER | {"x": np.ones((2, 2, 2, 1))}),  # two pictures
        of("conv2d(x, kernel, bias)", **LAYER | {"x": np.ones((1, 2, 2, 2))}),  # two channels
        of("conv2d(x, kernel, bias)", **LAYER | {"kernel": np.ones((1, 1, 1, 5))}),
        of("conv2d(x, kernel, bias, strides=(1, 2))", **LAYER),
        of("conv2d(x, kernel, bias, strides=True)", **LAYER),
        of("conv2d(x, kernel, bias, padding='causal')", **LAYER),
        of("conv2d(x, kernel, bias, strides=5)", **LAYER),
        of("conv2d(x, kernel, bias, fuera=1)", **LAYER),
        of("correlacion2d(imagen, kernel)", imagen=np.ones((0, 3)), kernel=ONE),
        of("correlacion2d(imagen, kernel)", imagen=ONE * np.nan, kernel=ONE),
        of("correlacion2d(imagen, kernel)", imagen=ONE, kernel=np.ones((8, 1))),
        of("correlacion2d(imagen, kernel)", imagen=ONE),
        of("correlacion2d(**{'a': 1})", imagen=ONE, kernel=ONE),
        of("os.system('x')", imagen=ONE, kernel=ONE),
        of("no es código (", imagen=ONE, kernel=ONE),
        replace(EXAMPLE, inputs=(Table("imagen", "un arreglo"), Table("kernel", [[10**400]]))),
    ],
    ids=lambda example: example.call[:40],
)
def test_what_the_explorer_does_not_draw_has_no_line(example):
    assert touched.line(example) is None
