"""A network that answers in its own way earns what it is worth, and is told why."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from built_networks import anew
from harness import failed_aspects

from autograder.checks import find_check
from autograder.checks.homework_networks import recognise_cnn, recognise_mlp
from autograder.judging import model_check, networks
from autograder.judging.judge import judge
from autograder.judging.model_check import CONSTANT_KERNEL, HALF_PRECISION, SYMBOLIC
from autograder.judging.remote import Raised, Returned, Unsupported
from autograder.judging.verdict import Refusal
from autograder.wire.protocol import ModelSpec

MLP = [(784, 128), (128, 64), (64, 10)]
EVERYTHING = {"forma", "valores", "casos límite"}
CHECK = find_check("5_fashion_mnist.construir_mlp")


class Notebook:
    """A student's process that answers as it likes."""

    def __init__(self, came, answer=None) -> None:
        self.came, self.answer = came, answer

    def call(self, *args, **kwargs):
        value = getattr(self.came, "value", None)
        known = isinstance(value, ModelSpec) and value.handle is not None
        return Returned(anew(value), (), ()) if known else self.came

    def apply(self, handle, x):
        found = self.answer(x)
        return found if isinstance(found, (Raised, Unsupported)) else Returned(found, (), ())


def drawn(seed=0):
    rng = np.random.default_rng(seed)
    return [
        [
            rng.uniform(-0.1, 0.1, shape).astype(np.float32),
            rng.uniform(0, 0.1, shape[-1:]).astype(np.float32),
        ]
        for shape in MLP
    ]


def model(groups, **config):
    entry = {
        "class_name": "InputLayer",
        "name": "x",
        "config": config,
        "output_shape": [None, 28, 28, 1],
    }
    return Returned(ModelSpec([entry] * (len(groups) + 1), [[], *groups], 0), (), ())


def computed(groups):
    network = networks.with_last_activation(recognise_mlp(groups), "softmax")
    return lambda x: networks.output(network, x.astype(np.float64))


def test_the_right_network_passes():
    assert judge(CHECK, Notebook(model(drawn()), computed(drawn())), 0).passed


def test_whoever_computes_in_three_digits_is_told_and_earns_only_the_shape():
    verdict = judge(CHECK, Notebook(model(drawn(), compute_dtype="bfloat16"), computed(drawn())), 0)
    assert failed_aspects(verdict) == EVERYTHING - {"forma"}
    assert "bfloat16" in verdict.report()


def test_whoever_computes_in_half_precision_learns_that():
    coarse = lambda x: np.float16(10 * computed(drawn())(x)).astype(np.float32) / 10 + 1e-3  # noqa: E731
    verdict = judge(CHECK, Notebook(model(drawn(), compute_dtype="float16"), coarse), 0)
    assert verdict.cause_id == HALF_PRECISION.id


def test_a_kernel_of_equal_numbers_is_refused_though_what_it_computes_is_right():
    groups = drawn()
    groups[1][0][:] = 0.01
    verdict = judge(CHECK, Notebook(model(groups), computed(groups)), 0)
    assert "valores" in failed_aspects(verdict)
    assert CONSTANT_KERNEL in verdict.report()


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Raised("ValueError", "no encaja"), "al aplicar tu modelo, tu función se detuvo"),
        (Unsupported("generator"), "ni un modelo utilizable: generator"),
    ],
)
def test_a_model_that_cannot_be_applied_earns_nothing(reply, words):
    verdict = judge(CHECK, Notebook(model(drawn()), lambda x: reply), 0)
    assert failed_aspects(verdict) == EVERYTHING
    assert words in verdict.report()


@pytest.mark.parametrize(
    ("came", "words"),
    [
        (Unsupported("KerasTensor"), SYMBOLIC),
        (Unsupported("generator"), "no es una capa ni un modelo utilizable: generator"),
        (Raised("ValueError", "no sé"), "tu función se detuvo con ValueError: no sé"),
        (Returned(3, (), ()), "esperaba una capa o un modelo de Keras"),
        (Returned(ModelSpec([], [], None), (), ()), "esperaba una capa o un modelo de Keras"),
    ],
)
def test_what_is_no_model_earns_nothing_and_is_named(came, words):
    verdict = judge(CHECK, Notebook(came), 0)
    assert failed_aspects(verdict) == EVERYTHING
    assert words in verdict.report()


def test_a_network_that_was_never_written_is_told_so():
    verdict = judge(CHECK, Notebook(Raised("NotImplementedError", "")), 0)
    assert (verdict.score, verdict.rejected_as) == (0, Refusal.UNWRITTEN)


def test_probabilities_that_are_near_by_chance_are_compared_by_their_logits():
    """All of them near 0.1, as those of any network that has not been trained."""
    groups = drawn()
    right = computed(groups)

    def flatter(x):
        logits = np.log(right(x)) * 0.9
        raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return raised / raised.sum(axis=-1, keepdims=True)

    groups[2][0] *= 1e-2
    verdict = judge(CHECK, Notebook(model(groups), flatter), 0)
    assert "valores" in failed_aspects(verdict)


def test_a_diagnosis_that_fails_leaves_the_marks_as_they_are(monkeypatch, caplog):
    def broken(*anything):
        raise RuntimeError("a bug of the diagnosis'")

    def shifted(x):
        return np.roll(computed(drawn())(x), 1, axis=-1)

    before = judge(CHECK, Notebook(model(drawn()), shifted), 0)
    monkeypatch.setattr(model_check, "diagnose_network", broken)
    after = judge(CHECK, Notebook(model(drawn()), shifted), 0)
    assert (after.score, failed_aspects(after)) == (before.score, failed_aspects(before))
    assert after.diagnosis is None
    assert "the diagnosis of" in caplog.text


def test_a_layer_of_integers_is_no_layer_of_the_course():
    groups = drawn()
    groups[0] = [array.astype(int) for array in groups[0]]
    verdict = judge(CHECK, Notebook(model(groups), computed(drawn())), 0)
    assert failed_aspects(verdict) == EVERYTHING
    assert "coma flotante" in verdict.report()
    empty = [[np.zeros((784, 0), np.float32), np.zeros(0, np.float32)], *drawn()[1:]]
    with pytest.raises(ValueError, match="sin unidades"):
        recognise_cnn(empty)


class TwoFaced(Notebook):
    """The right network the first time, and something else from then on."""

    def __init__(self, came, answer, then) -> None:
        super().__init__(came, answer)
        self._then, self._calls = then, 0

    def call(self, *args, **kwargs):
        self._calls += 1
        return super().call(*args, **kwargs) if self._calls == 1 else self._then


def test_what_comes_the_second_time_is_looked_at_too():
    anew_each_time = dataclasses.replace(CHECK, anew=True)
    right = TwoFaced(model(drawn()), computed(drawn()), Returned(None, (), ()))
    verdict = judge(anew_each_time, right, 0)
    assert failed_aspects(verdict) == {"casos límite"}
    assert "al llamarla por segunda vez: esperaba" in str(verdict)


def test_a_class_that_is_not_built_yet_is_told_so():
    verdict = judge(CHECK, Notebook(Unsupported("type")), 0)
    assert verdict.diagnosis.ids == ("clase-sin-construir",)
