"""Each variant asks its own numbers, its notebook says them, and another's answer earns nothing."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import nbformat
import numpy as np
import pytest
from built_networks import glorot

from autograder.checks import UNITS, checks_of, find_check
from autograder.checks.maps_variants import BASIC, STRIDED
from autograder.checks.variants import GENERAL, MODULES, NOT_YOURS, Task, tasks_of
from autograder.judging import networks
from autograder.judging.check import Findings
from autograder.judging.remote import Returned
from autograder.wire.protocol import ModelSpec

ROOT = Path(__file__).parents[3]
UNIT = "3_mapas_de_caracteristicas"
TASKS = tasks_of(UNIT)
ASKED = {f"{UNIT}.capa_basica": BASIC, f"{UNIT}.capa_stride2": STRIDED}
EVERY = [(task, letter) for task in TASKS.values() for letter in task.variants]


@pytest.fixture(scope="module")
def cells():
    notebook = nbformat.read(ROOT / "source" / UNIT / "mapas.ipynb", as_version=4)
    return {cell.id: cell.source for cell in notebook.cells}


class Layer:
    """A notebook whose layer has a kernel of that shape, and is all that its check asks."""

    def __init__(self, shape: tuple[int, ...], strides: int) -> None:
        self.weights = [glorot(np.random.default_rng(1), shape)]
        activation = "relu" if strides == 1 else "linear"
        config = {"padding": "same", "strides": strides, "activation": activation}
        self.network = ModelSpec([networks.layer("Conv2D", "conv", **config)], self.weights)

    def call(self):
        return Returned(ModelSpec(self.network.layers, self.weights, handle=0), (), ())

    def apply(self, handle, x):
        answer = networks.output(self.network, x.astype(np.float64))
        return Returned(answer.astype(np.float32), (), ())


def score(check_id: str, layer: Layer) -> tuple[float, str | None]:
    check = find_check(check_id)
    findings = Findings(check.aspects)
    check.examine(layer, np.random.default_rng(2), findings)
    earned = sum(weight for name, weight in check.aspects.items() if name not in findings.failures)
    return earned, findings.cause_id


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.check)
def test_each_variant_earns_all_with_its_own_numbers_and_nothing_with_anothers(task: Task):
    strides = 1 if "basica" in task.check else 2
    every = {name: Layer(one.shape, strides) for name, one in ASKED[task.check].items()}
    assert len(every) >= 4
    for letter in every:
        found = {name: score(f"{task.check}:{letter}", layer) for name, layer in every.items()}
        assert found.pop(letter) == (pytest.approx(1), None)
        assert set(found.values()) == {(0, "variante-ajena")}


def test_no_two_variants_of_a_task_can_be_taken_for_each_other():
    for every in ASKED.values():
        assert all(one.shape != other.shape for one, other in combinations(every.values(), 2))


@pytest.mark.parametrize("task", TASKS.values(), ids=lambda task: task.check)
def test_the_first_variant_is_the_courses_own_exercise(task: Task, cells):
    assert find_check(task.check).recognise([Layer(ASKED[task.check]["A"].shape, 1).weights[0]])
    for name in task.texts:
        assert task.written(name, cells[name], "A").replace(" · variante A", "") == cells[name]


@pytest.mark.parametrize(("task", "letter"), EVERY)
def test_a_variants_notebook_says_its_own_numbers_and_no_other(task: Task, letter, cells):
    asked, stem = ASKED[task.check][letter], next(iter(task.texts)).removesuffix("-enunciado")
    texts = [task.written(name, cells[name], letter) for name in cells if name.startswith(stem)]
    whole = "\n".join(texts)
    assert f"variante {letter}\n" in whole
    kernels = set(re.findall(r"(\d+) filtros de (\d+)×(\d+)", whole))
    assert kernels == {(str(asked.filters), str(asked.kernel), str(asked.kernel))}
    channels = set(re.findall(r"\((?:N|5), (?:28|14), (?:28|14), (\d+)\)", whole))
    assert channels - {"1"} == {str(asked.filters)}  # One comes in.
    for kernel, _, filters, bias, total in re.findall(
        r"(\d)·(\d)·1·(\d+) \+ (\d+) (?:=|son) \**(\d+)", whole
    ):
        shape = (int(kernel), int(kernel), 1, int(filters))
        assert shape == asked.shape
        assert int(bias) == asked.filters
        assert int(total) == np.zeros(shape).size + asked.filters
    assert f'comprobar("{task.check}:{letter}", ' in whole


@pytest.mark.parametrize(("task", "letter"), EVERY)
def test_from_any_notebook_any_other_is_written(task: Task, letter, cells):
    for name in task.texts:
        general = task.written(name, cells[name], GENERAL)
        assert general.startswith(NOT_YOURS) == name.endswith("-enunciado")
        assert task.written(name, general, letter) == task.written(name, cells[name], letter)


def test_a_cell_that_says_something_else_is_not_half_changed(cells):
    (task, *_) = TASKS.values()
    source = cells["capa-basica-enunciado"].replace("8 filtros", "ocho filtros")
    with pytest.raises(LookupError, match="8 filtros de 3×3"):
        task.written("capa-basica-enunciado", source, "B")


def test_what_is_no_variant_is_refused_in_words():
    for letter, words in [
        (GENERAL, "pide el tuyo a tu docente"),
        ("Z", "no existe la variante «Z»"),
        ("", "no existe la variante «»"),
        ("A:B", "no existe la variante «A:B»"),
    ]:
        with pytest.raises(KeyError, match=re.escape(words)):
            find_check(f"{UNIT}.capa_basica:{letter}")
    with pytest.raises(KeyError, match="no existe la comprobación"):
        find_check(f"{UNIT}.campo_receptivo:A")


def test_what_the_course_asks_without_variants_is_as_it_was():
    assert find_check(f"{UNIT}.capa_basica") is checks_of(UNIT)[f"{UNIT}.capa_basica"]
    assert [unit for unit in UNITS if tasks_of(unit)] == list(MODULES)
