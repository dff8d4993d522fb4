"""Variants that ask another stride and padding, or other widths: nothing else pays."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import nbformat
import numpy as np
import pytest
from built_networks import glorot
from harness import verdict_on

from autograder.checks import acceptance, acceptance_check, fashion_mnist, find_check
from autograder.checks.homework_variants import ACCEPTED, BUILT, WIDTHS
from autograder.checks.padding_variants import ASKED
from autograder.checks.variants import MODULES, tasks_of
from autograder.homework.acceptance import asked_of
from autograder.judging.architecture import WrongArchitecture
from autograder.judging.judge import judge
from autograder.judging.remote import Returned
from autograder.terminal.acceptance_view import _letters_beside
from autograder.wire.protocol import ModelSpec

ROOT = Path(__file__).parents[3]
GROUPED = "4_padding.conv2d_grupos"
EVERY = [(task, one) for unit in MODULES for task in tasks_of(unit).values() for one in task.texts]


def cells(unit: str) -> dict[str, str]:
    (path,) = (ROOT / "source" / unit).glob("*.ipynb")
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


CELLS = {unit: cells(unit) for unit in MODULES}


def by_hand(strides: int, padding: str, slip: str = ""):
    """A student's answer, window by window, with one slip or none."""

    def conv2d_grupos(x, kernel, bias, groups=1):
        kh, kw, c, f = kernel.shape
        x, n = np.asarray(x, float), len(x)
        if padding == "same":
            edges = [
                max((-(-size // strides) - 1) * strides + k - size, 0)
                for size, k in ((x.shape[1], kh), (x.shape[2], kw))
            ]
            x = np.pad(x, [(0, 0), *((total // 2, total - total // 2) for total in edges), (0, 0)])
        rows, columns = (x.shape[1] - kh) // strides + 1, (x.shape[2] - kw) // strides + 1
        out = np.zeros((n, rows, columns, f))
        for i in range(rows):
            for j in range(columns):
                window = x[:, i * strides : i * strides + kh, j * strides : j * strides + kw]
                for g in range(groups):
                    first = 0 if slip == "first group" else g * c
                    filters = slice(g * f // groups, (g + 1) * f // groups)
                    weights = kernel[::-1, ::-1] if slip == "turned" else kernel
                    seen = window[..., first : first + c]
                    out[:, i, j, filters] = np.tensordot(seen, weights[..., filters], 3)
        return out if slip == "no bias" else out + bias

    return conv2d_grupos


@pytest.mark.parametrize("letter", ASKED)
def test_ones_own_stride_and_padding_earn_all_and_anothers_nothing(letter):
    mine = ASKED[letter]
    verdict = verdict_on(f"{GROUPED}:{letter}", by_hand(mine.strides, mine.padding))
    assert verdict.score == pytest.approx(1)
    for name in (*"FABCDEFA",)["ABCDEF".index(letter) :][:3:2]:  # Those before and after it.
        other = ASKED[name]
        verdict = verdict_on(f"{GROUPED}:{letter}", by_hand(other.strides, other.padding))
        assert (verdict.score, verdict.cause_id) == (0, "variante-ajena"), name
        # As it is called, and not by the check's own name.
        assert verdict.diagnosis
        assert verdict.diagnosis.example
        assert verdict.diagnosis.example.call.startswith("conv2d_grupos(")
    assert f"la tuya, la {letter}, es {mine.words.replace('`', '')}" in str(verdict.cause)


@pytest.mark.parametrize("letter", ["B", "F"])
@pytest.mark.parametrize(
    ("slip", "named"),
    [
        ("no bias", "sesgo-olvidado"),
        ("turned", "kernel-volteado"),
        ("first group", "grupos-que-leen-lo-mismo"),
    ],
)
def test_a_mistake_has_its_name_in_any_variant(letter, slip, named):
    mine = ASKED[letter]
    verdict = verdict_on(f"{GROUPED}:{letter}", by_hand(mine.strides, mine.padding, slip))
    assert verdict.cause_id == named
    assert 0 < verdict.score < 1


def test_in_every_run_each_variant_is_told_from_each_other_by_its_shape():
    for letter, other in permutations(ASKED, 2):
        check = find_check(f"{GROUPED}:{letter}")
        for seed in range(5):
            ordinary = [
                case
                for case in check.cases(np.random.default_rng(seed))
                if not (case.edge or case.combined)
            ]
            assert any(
                check.reference(*case.args, **case.kwargs).shape
                != by_hand(ASKED[other].strides, ASKED[other].padding)(
                    *case.args, **case.kwargs
                ).shape
                for case in ordinary[:1]
            )  # fmt: skip


class Notebook:
    def __init__(self, value) -> None:
        self.value = value

    def call(self):
        return Returned(self.value, (), ())


def mlp(letter: str) -> list:
    first, second = WIDTHS[letter]
    rng = np.random.default_rng(0)
    return [glorot(rng, shape) for shape in ((784, first), (first, second), (second, 10))]


def model(groups) -> ModelSpec:
    layers = [{"class_name": "Dense", "name": f"c{i}", "config": {}} for i in range(len(groups))]
    return ModelSpec(layers, groups, handle=0)


@pytest.mark.parametrize("letter", WIDTHS)
def test_ones_own_widths_are_recognised_and_anothers_are_named(letter):
    check = find_check(f"{BUILT}:{letter}")
    assert check.recognise(mlp(letter))
    assert asked_of({ACCEPTED: letter})["mlp"][1](mlp(letter))
    for other in WIDTHS:
        if other != letter:
            with pytest.raises(WrongArchitecture) as refused:
                check.recognise(mlp(other))
            assert refused.value.mistake.id == "variante-ajena"
            with pytest.raises(WrongArchitecture, match="deben tener"):
                asked_of({ACCEPTED: letter})["mlp"][1](mlp(other))


def test_all_have_fewer_than_half_of_the_parameters_of_the_cnn_and_nearly_as_many():
    totals = [sum(a.size for layer in mlp(letter) for a in layer) for letter in WIDTHS]
    assert totals[0] == 109_386
    assert all(100_000 < total < 225_034 / 2 for total in totals)


def test_the_acceptance_refuses_the_weights_of_anothers_network(monkeypatch):
    nothing = acceptance.AcceptanceResult(0, (), (), ())
    monkeypatch.setattr(fashion_mnist, "load_test", lambda: None)
    monkeypatch.setattr(acceptance_check, "accept_networks", lambda specs, test: nothing)
    rng = np.random.default_rng(0)
    cnn = [glorot(rng, s) for s in ((3, 3, 1, 32), (3, 3, 32, 64), (1600, 128), (128, 10))]
    equal = [glorot(rng, s) for s in ((784, 256), (256, 96), (96, 10))]
    refused = {}
    for letter in "AC":
        three = [model(cnn), model(mlp("C")), model(equal)]
        verdict = judge(find_check(f"{ACCEPTED}:{letter}"), Notebook(three), 1)
        (line,) = verdict.aspects
        refused[letter] = line.failure
    assert refused["C"] is None  # Its own: it was measured.
    assert "MLP: las capas ocultas deben tener 128 y 64 unidades y tienen 132" in refused["A"]


def test_whose_networks_are_accepted_is_whoever_has_no_variant():
    assert asked_of({}) is acceptance.NETWORKS
    with pytest.raises(KeyError):
        asked_of({ACCEPTED: "Z"})


@pytest.mark.parametrize(("task", "name"), EVERY)
def test_each_variants_cell_is_written_and_the_first_is_the_courses_own(task, name):
    source = CELLS[task.check.partition(".")[0]][name]
    texts = {letter: task.written(name, source, letter) for letter in task.variants}
    assert texts["A"].replace(" · variante A", "") == source
    assert len(set(texts.values())) > 1 or task.like
    for text in texts.values():
        if name.endswith("-ejemplos"):
            compile(text, name, "exec")
            assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("letter", ASKED)
def test_the_examples_of_a_variant_pass_with_its_answer(letter, capsys):
    (task,) = tasks_of("4_padding").values()
    text = task.written(
        "conv2d-grupos-ejemplos", CELLS["4_padding"]["conv2d-grupos-ejemplos"], letter
    )
    mine = ASKED[letter]
    exec(text, {"np": np, "conv2d_grupos": by_hand(mine.strides, mine.padding)})
    assert "pasan" in capsys.readouterr().out


@pytest.mark.parametrize("letter", WIDTHS)
def test_the_sums_of_a_variants_statement_are_right(letter):
    task = tasks_of("5_fashion_mnist")[BUILT]
    source = CELLS["5_fashion_mnist"]["construir-mlp-enunciado"]
    text = task.written("construir-mlp-enunciado", source, letter).replace("\N{NO-BREAK SPACE}", "")
    sums = re.findall(r"(\d+)·(\d+) \+ (\d+) = (\d+)", text)
    assert [tuple(map(int, one[:2])) for one in sums] == [
        (784, WIDTHS[letter][0]), WIDTHS[letter], (WIDTHS[letter][1], 10)
    ]  # fmt: skip
    assert all(int(a) * int(b) + int(c) == int(total) for a, b, c, total in sums)
    total = sum(int(one[3]) for one in sums)
    assert f"En total, **{total}**" in text
    examples = CELLS["5_fashion_mnist"]["construir-mlp-ejemplos"]
    assert f"total == {total:_}," in task.written("construir-mlp-ejemplos", examples, letter)


def test_who_accepts_by_hand_asks_what_the_notebook_beside_says(tmp_path):
    path = tmp_path / "tarea.ipynb"
    assert _letters_beside(tmp_path) == {}
    for said, letters in [
        (f'comprobar("{ACCEPTED}:C", redes_entrenadas)', {ACCEPTED: "C"}),
        (f"{ACCEPTED}:C {ACCEPTED}:C", {ACCEPTED: "C"}),
        (f"{ACCEPTED}:C {ACCEPTED}:D", {}),
        (f"{ACCEPTED}:general", {}),
        (f"{ACCEPTED}:Z", {}),
        (f"{ACCEPTED}", {}),
    ]:
        path.write_text(said)
        assert _letters_beside(tmp_path) == letters
    path.unlink()
    path.mkdir()
    assert _letters_beside(tmp_path) == {}
