"""Whatever a student's process says of a model, or answers, is judged: never a fault of ours."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import UNITS, checks_of, find_check
from autograder.judging.judge import judge
from autograder.judging.model_check import ModelCheck
from autograder.judging.remote import Raised, Returned, Unsupported
from autograder.wire.protocol import DTYPES, Message, ModelSpec, decode, encode

CHECKS = [check for unit in UNITS for check in checks_of(unit).values()]
MODELS = [check for check in CHECKS if isinstance(check, ModelCheck)]
RIGHT = {
    "capa_basica": [(3, 3, 1, 8)],
    "capa_stride2": [(3, 3, 1, 32)],
    "construir_cnn": [(3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10)],
    "construir_mlp": [(784, 128), (128, 64), (64, 10)],
    "construir_mlp_equivalente": [(784, 256), (256, 96), (96, 10)],
}


def ids(check) -> str:
    return check.id


def travelled(value):
    """What the judge receives of a value, if it travels at all."""
    return decode(encode(Message("returned", {"value": value}))).body["value"]


class Chaos:
    """A notebook that returns one thing and answers another to every question."""

    def __init__(self, value, rng) -> None:
        self.value, self.rng = travelled(value), rng

    def call(self, *args, **kwargs):
        return Returned(self.value, args, ())

    def call_briefly(self, seconds, args, kwargs):
        return self.call(*args, **kwargs)

    def apply(self, handle, x):
        kind = self.rng.integers(6)
        if kind == 0:
            return Raised("ValueError", "no")
        if kind == 1:
            return Unsupported("KerasTensor")
        return Returned(travelled(any_value(self.rng, len(x))), (), ())


def any_array(rng, shape=None) -> np.ndarray:
    sizes = (0, 1, 1, 2, 3, 8, 10, 32)
    shape = tuple(rng.choice(sizes, rng.integers(0, 6))) if shape is None else shape
    dtype = np.dtype(rng.choice(sorted(DTYPES)))
    array = np.zeros(shape, dtype)
    if array.size and dtype.kind == "f":
        array += rng.choice([0, 1, np.nan, np.inf, -np.inf, 1e-40, 6e4], shape).astype(dtype)
    elif array.size and dtype.kind in "iu":
        array += rng.choice([0, 1, 127], shape).astype(dtype)
    return array


def any_value(rng, n=3):
    return rng.choice(
        np.array(
            [
                lambda: any_array(rng),
                lambda: any_array(rng, (n, 10)),
                lambda: any_array(rng, (n, 28, 28, 8)),
                lambda: None,
                lambda: "nada",
                lambda: [any_array(rng), None, {"x": (1, 2.5)}],
                lambda: {},
                lambda: -(2**64) + 1,
                lambda: float("nan"),
                lambda: np.float16(3),
                lambda: any_model(rng),
                lambda: (any_model(rng), 2),
            ],
            dtype=object,
        )
    )()


def any_layer(rng) -> dict:
    whole = {
        "class_name": rng.choice(["InputLayer", "Dense", "Conv2D", "", "Lambda"]).item(),
        "name": "x" * int(rng.integers(3)),
        "config": {"units": -1, "activation": None, "compute_dtype": "bfloat16"},
        "output_shape": [None, *rng.integers(-3, 2000, rng.integers(0, 7)).tolist()],
    }
    for key in list(whole):
        change = rng.integers(6)
        if change == 0:
            del whole[key]
        elif change == 1:
            whole[key] = [None, 3, "texto", [], {}, [[1]], 2.5][rng.integers(7)]
    return whole


def any_model(rng, shapes=None) -> ModelSpec:
    layers = [any_layer(rng) for _ in range(rng.integers(0, 6))]
    if shapes is None:
        groups = [
            [any_array(rng) for _ in range(rng.integers(0, 4))] for _ in range(rng.integers(0, 6))
        ]
    else:
        groups = [[any_array(rng, s), any_array(rng, s[-1:])] for s in shapes]
    return ModelSpec(layers, groups, [None, 0, 7, -1][rng.integers(4)])


def is_judged(check, value, rng, caplog) -> None:
    verdict = judge(check, Chaos(value, rng), 1)
    assert not verdict.passed
    assert "el corrector falló" not in verdict.report()
    assert not caplog.records
    assert len(verdict.report()) < 2500


@pytest.mark.parametrize("check", MODELS, ids=ids)
def test_any_description_of_a_model_is_judged(check, caplog):
    rng = np.random.default_rng(11)
    for _ in range(40):
        is_judged(check, any_model(rng), rng, caplog)
    for _ in range(15):
        is_judged(check, any_model(rng, RIGHT[check.id.partition(".")[2]]), rng, caplog)


@pytest.mark.parametrize("check", CHECKS, ids=ids)
def test_any_answer_is_judged(check, caplog):
    rng = np.random.default_rng(12)
    for _ in range(25):
        is_judged(check, any_value(rng), rng, caplog)


@pytest.mark.parametrize(
    "shapes",
    [
        [(784, 0), (0, 64), (64, 10)],
        [(784, 128), (128, 0), (0, 10)],
        [(0, 0), (0, 0), (0, 0)],
        [(3, 3, 1, 0), (3, 3, 0, 64), (1600, 128), (128, 10)],
    ],
)
@pytest.mark.parametrize("name", ["construir_mlp", "construir_mlp_equivalente", "construir_cnn"])
def test_layers_without_units_are_one_line(shapes, name, caplog):
    spec = ModelSpec([], [[np.zeros(s, "f4"), np.zeros(s[-1], "f4")] for s in shapes], 0)
    check = find_check(f"5_fashion_mnist.{name}")
    verdict = judge(check, Chaos(spec, np.random.default_rng(0)), 1)
    assert "hay una capa sin unidades o sin entradas" in verdict.report()
    assert not caplog.records
