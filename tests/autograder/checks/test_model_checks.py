"""What the catalogue cannot show of units 3 and 5: replies made to deceive, cases, arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from mistaken import mistaken

from autograder.checks import checks_of, find_check
from autograder.checks.homework_networks import (
    CNN_PARAMETERS,
    is_equivalent,
    recognise_cnn,
    recognise_equivalent_mlp,
    recognise_mlp,
)
from autograder.judging import networks
from autograder.judging.architecture import WrongArchitecture
from autograder.judging.check import Findings, FunctionCheck, Rejected
from autograder.judging.networks import parameters
from autograder.judging.remote import Raised, Returned
from autograder.wire.protocol import ModelSpec

UNITS = ("3_mapas_de_caracteristicas", "5_fashion_mnist")
CNN = [(3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10)]
SAME = [(3, 3, 1, 32), (3, 3, 32, 64), (3136, 128), (128, 10)]
FUNCTION_CHECKS = [
    check
    for unit in UNITS
    for check in checks_of(unit).values()
    if isinstance(check, FunctionCheck)
]


def groups(*shapes: tuple[int, ...]) -> list[list[np.ndarray]]:
    rng = np.random.default_rng(0)
    return [[rng.standard_normal(s).astype("f4"), np.zeros(s[-1], "f4")] for s in shapes]


class Liar:
    """A notebook that sends a model of its own making, and answers as it likes."""

    def __init__(self, reply, answer=None) -> None:
        self.reply, self.answer = reply, answer

    def call(self):
        return self.reply

    def apply(self, handle, x):
        return Returned(self.answer(x), (), ())


def examine(check_id: str, remote: Liar) -> Findings:
    check = find_check(check_id)
    findings = Findings(check.aspects)
    check.examine(remote, np.random.default_rng(1), findings)
    return findings


@pytest.mark.parametrize(
    ("shapes", "padding"), [(CNN, "valid"), (SAME, "same"), (CNN[::-1], "valid")]
)
def test_the_cnn_is_recognised_by_shapes_in_any_order(shapes, padding):
    spec = recognise_cnn(groups(*shapes))
    assert [weights[0].shape for weights in spec.weights if weights] == [
        *CNN[:2],
        SAME[2] if padding == "same" else CNN[2],
        CNN[3],
    ]
    assert parameters(spec) == CNN_PARAMETERS[padding]


def test_mlps_are_recognised_by_the_chain_of_their_shapes():
    chain = [(64, 10), (784, 128), (128, 64)]
    assert parameters(recognise_mlp(groups(*chain))) == 109_386
    equivalent = groups((96, 10), (256, 96), (784, 256))
    assert parameters(recognise_equivalent_mlp(equivalent)) == 226_602
    with pytest.raises(WrongArchitecture, match="256 y 96"):
        recognise_mlp(equivalent)
    with pytest.raises(WrongArchitecture, match="tres capas Dense encadenadas"):
        recognise_equivalent_mlp(groups((784, 256), (128, 96), (96, 10)))


@pytest.mark.parametrize(
    ("total", "fits"), [(225_033, False), (225_034, True), (236_285, True), (236_286, False)]
)
def test_equivalent_means_between_100_and_105_percent(total, fits):
    assert is_equivalent(total, 225_034) is fits


@pytest.mark.parametrize("broken", ["nothing", "integers", "scalars", "three arrays"])
def test_weights_that_are_no_layers_are_refused_with_words(broken):
    weights = {
        "nothing": [],
        "integers": [[np.ones((784, 128), int), np.ones(128, int)]],
        "scalars": [[np.float32(1).reshape(()), np.float32(2).reshape(())]],
        "three arrays": [[np.ones((2, 2)), np.ones(2), np.ones(2)]],
    }[broken]
    for recognise in (recognise_cnn, recognise_mlp, recognise_equivalent_mlp):
        with pytest.raises(WrongArchitecture):
            recognise(weights)


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: np.zeros((len(x), 10), np.float32),
        lambda x: np.full((len(x), 10), np.nan, np.float32),
        lambda x: np.full((len(x), 10), 0.1, np.float32),
        lambda x: np.eye(10, dtype=np.float32)[: len(x)],
        lambda x: "todo bien",
    ],
)
def test_right_weights_with_invented_answers_lose_the_values(answer):
    spec = ModelSpec([{}], groups(*CNN), handle=0)
    findings = examine("5_fashion_mnist.construir_cnn", Liar(Returned(spec, (), ()), answer))
    assert "valores" in findings.failures


@pytest.mark.parametrize("layers", [[], [{"class_name": "InputLayer", "output_shape": "x"}], [{}]])
def test_a_description_that_lies_about_its_layers_is_not_read(layers):
    spec = ModelSpec(layers, groups((3, 3, 1, 8)), handle=0)
    remote = Liar(Returned(spec, (), ()), lambda x: x)
    assert "forma" in examine("3_mapas_de_caracteristicas.capa_basica", remote).failures


class Memory:
    """A notebook whose second model is the same as its first, in its numbers or in all."""

    def __init__(self, check_id, second) -> None:
        small = [[kernel / 10, bias] for kernel, bias in groups(*CNN)]
        self.spec = find_check(check_id).recognise(small)
        self.right = networks.with_last_activation(self.spec, "softmax")
        self.handles = iter((0, second))

    def call(self):
        layers = [{**each, "output_shape": []} for each in self.spec.layers]
        model = ModelSpec(layers, self.spec.weights, next(self.handles))
        return Returned(model, (), ())

    def apply(self, handle, x):
        return Returned(networks.output(self.right, x.reshape(-1, 28, 28, 1)), (), ())


def test_a_model_that_is_kept_and_returned_again_is_not_a_new_one():
    findings = examine("5_fashion_mnist.construir_cnn", Memory("5_fashion_mnist.construir_cnn", 0))
    assert list(findings.failures) == ["casos límite"]
    assert findings.diagnosis.ids == ("modelo-repetido",)


def test_two_models_that_begin_with_the_same_numbers_are_two():
    findings = examine("5_fashion_mnist.construir_cnn", Memory("5_fashion_mnist.construir_cnn", 1))
    assert not findings.failures


@pytest.mark.parametrize("function", ["capa_basica", "capa_stride2"])
def test_the_mistake_of_a_layer_is_told_by_its_id_and_by_the_place_that_it_spoils(function):
    check = find_check(f"3_mapas_de_caracteristicas.{function}")
    weights = groups((3, 3, 1, 8 if function == "capa_basica" else 32))
    for mistake in check.mistakes:
        wrong = mistake.change(check.recognise(weights))
        remote = Liar(
            Returned(ModelSpec([{}], weights, handle=0), (), ()),
            lambda x, wrong=wrong: networks.output(wrong, x).astype(np.float32),
        )
        findings = examine(check.id, remote)
        assert (findings.cause_id, findings.cause) == (mistake.id, mistake.cause)
        for aspect in findings.results():
            assert aspect.passed or aspect.place is None or str(aspect.place) in aspect.failure


def test_a_function_still_to_be_written_is_said_so():
    with pytest.raises(Rejected, match="todavía no está escrita"):
        examine("5_fashion_mnist.construir_cnn", Liar(Raised("NotImplementedError", "")))


@pytest.mark.parametrize("check", FUNCTION_CHECKS, ids=lambda check: check.id)
def test_no_typical_mistake_passes_for_the_right_answer(check):
    for seed in range(10):
        cases = list(check.cases(np.random.default_rng(seed)))
        for mistake in check.misconceptions:
            assert any(differs(check, mistake, case) for case in cases), mistake.cause


def differs(check: FunctionCheck, mistake, case) -> bool:
    try:
        wrong = mistaken(check, mistake)(*case.args)
    except Exception:
        return not case.raises
    return bool(case.raises) or (
        check.compare(check.reference(*case.args), wrong, case.args, {}) is not None
    )


def test_no_expected_array_is_all_zeros():
    for check in FUNCTION_CHECKS:
        for case in check.cases(np.random.default_rng(7)):
            expected = 1 if case.raises else check.reference(*case.args)
            assert not isinstance(expected, np.ndarray) or np.any(expected), case.label
