"""What is said for sure was asked where it speaks: on both its sides, and at their edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from harness import verdict_on

from autograder.checks import find_check
from autograder.judging.diagnosis import corners
from autograder.judging.diagnosis.changes import Arguments
from autograder.judging.diagnosis.conditions import Condition
from autograder.judging.diagnosis.exercise import Exercise
from autograder.judging.diagnosis.facts import _both_sides, _varied
from autograder.judging.diagnosis.questions import Questions
from autograder.judging.diagnosis.result import CERTAIN
from autograder.judging.diagnosis.space import ArgumentSpace, Array, OneOf, Whole
from autograder.judging.remote import Returned
from benchmarks.diagnosis.heard import hear


def images_for_channels(x, kernel, bias, groups=1):
    """Each group reads so many images, and not channels: with one, images are lost too."""
    channels, filters, parts = x.shape[-1] // groups, len(bias) // groups, []
    for g in range(groups):
        read = slice(g * channels, (g + 1) * channels)
        mine = slice(g * filters, (g + 1) * filters)
        kh, kw = kernel.shape[:2]
        seen = np.lib.stride_tricks.sliding_window_view(x[read].astype(float), (kh, kw), (1, 2))
        windows = np.moveaxis(seen, 3, -1).reshape(*seen.shape[:3], -1)
        parts.append(windows @ kernel[..., mine].reshape(-1, filters) + bias[mine])
    return np.concatenate(parts, axis=-1)


@pytest.mark.parametrize("seed", [13, 14])
def test_what_is_right_only_with_one_group_is_asked_there_with_more_images_than_channels(seed):
    diagnosis = verdict_on("4_padding.conv2d_grupos", images_for_channels, seed).diagnosis
    assert not (diagnosis.confidence == CERTAIN and "solo-con-un-grupo" in diagnosis.ids)


def over_the_least(kernel):
    low = kernel.min(axis=(0, 1, 2))
    with np.errstate(all="ignore"):
        return (kernel - low) / np.where(kernel.max(axis=(0, 1, 2)) == low, 1, low)


def test_the_way_that_is_told_is_the_one_that_divides_by_zero_where_the_function_does():
    diagnosis = verdict_on("2_filtros.normalizar_filtros", over_the_least, 13).diagnosis
    assert diagnosis.ids == ("normalizado-entre-otra-cosa",)
    assert diagnosis.confidence == CERTAIN


def over_the_least_sometimes(kernel):
    """Another mistake besides, that shows only where the least weight is 0."""
    low = kernel.min(axis=(0, 1, 2))
    by = np.where(kernel.max(axis=(0, 1, 2)) == low, 1, np.where(low == 0, -7, low))
    return (kernel - low) / by


def test_a_division_is_asked_where_its_divisor_is_zero_before_it_is_said_for_sure():
    diagnosis = verdict_on("2_filtros.normalizar_filtros", over_the_least_sometimes, 13).diagnosis
    assert diagnosis.confidence != CERTAIN


def test_of_many_calls_those_chosen_have_each_measure_above_and_below_each_other():
    rng = np.random.default_rng(5)
    calls = [
        {"x": np.zeros(rng.integers(1, 4, 3)), "n": int(rng.integers(1, 4))} for _ in range(60)
    ]
    sizes = [(*call["x"].shape, call["n"]) for call in corners.varied(calls, 6)]
    for one in range(4):
        for other in range(one):
            assert {np.sign(size[one] - size[other]) for size in sizes} == {-1, 0, 1}


def test_calls_of_any_arguments_are_told_apart():
    """Of an instructor's own checks too: lists, None, pairs of words, arrays of other axes."""
    calls = [
        {"a": [1, 2, 3], "b": None, "c": "same", "d": np.zeros(3), "e": 0.5},
        {"a": [], "b": 3, "c": "valid", "d": np.zeros((2, 2)), "e": 2},
        {"a": ("x", "y"), "b": True, "c": "same", "d": np.float32(1), "e": {"f": 1}},
    ]
    assert len(corners.varied(calls, 3)) == 3
    assert corners.varied([], 3) == []
    assert len(corners.varied([{}, {}], 3)) == 1


def test_the_edges_of_a_call_are_those_where_a_number_is_zero_and_where_all_are_large():
    calls = corners.edges({"k": np.array([2.0, 5.0]), "n": 1})
    assert [call["k"].tolist() for call in calls] == [[0, 3], [-3, 0], [0, 0], [200, 500]]
    assert list(corners.edges({"k": np.array([2, 5], np.uint8), "n": 1})) == []


def test_what_is_cut_below_is_not_said_for_sure_to_be_cut_above():
    check = find_check("4_padding.max_pooling2d")
    known = tuple(each for each in check.misconceptions if each.id != "maximo-desde-cero")
    check = replace(check, misconceptions=known, own_implementation=False)
    heard = hear(check, lambda *a, **k: np.maximum(check.reference(*a, **k), 0), 13)
    assert not (heard.sure and heard.ids == ("resultados-acotados",))


def whole(image):
    return image.dtype == np.float32 and not (image % 1).any()


def test_what_always_comes_is_asked_beyond_the_cases_of_the_check():
    """It is right with images of whole numbers, and the check has none."""
    check = find_check("1_convolucion.correlacion2d")

    def constant(imagen, kernel):
        return check.reference(imagen, kernel) if whole(imagen) else np.ones((2, 2))

    for function, always in ((constant, False), (lambda imagen, kernel: np.ones((2, 2)), True)):
        heard = hear(replace(check, own_implementation=False), function, 13)
        assert (heard.ids == ("siempre-lo-mismo",)) is always


def test_numbers_of_a_list_that_are_right_only_in_the_cases_are_not_said_so_for_sure():
    check = find_check("1_convolucion.correlacion2d")

    def listed(imagen, kernel):
        right = check.reference(imagen, kernel)
        return (right + 1 if whole(imagen) else right).tolist()

    heard = hear(replace(check, own_implementation=False), listed, 13)
    assert (heard.ids, heard.sure) == (("lista-devuelta",), False)


SPACE = ArgumentSpace(
    {"x": Array("h w"), "same": OneOf((True, False))}, {"h": Whole(1, 9), "w": Whole(1, 9)}
)


class Asked:
    def __init__(self, asked):
        self.asked = asked

    def ask(self, call):
        self.asked.append(call.arguments)
        return Returned(call.arguments["x"], (), ())


def test_when_it_is_right_and_when_it_fails_is_asked_on_both_sides_of_the_smallest_and_largest():
    """Before «acierta con…, falla con…» is said: least can be wrong in one, most in the other."""
    asked: list[Arguments] = []
    exercise = Exercise(lambda x, same: x, lambda *_: None)
    questions = Questions(exercise, Asked(asked))
    condition = Condition("", "", lambda given: given["same"])
    trials = _both_sides(questions, SPACE, np.random.default_rng(8), condition)
    rng = np.random.default_rng(8)
    drawn = [SPACE.draw(rng) for _ in range(20)]
    for side in (True, False):
        sizes = sorted(call["x"].size for call in drawn if call["same"] is side)
        got = [trial.arguments["x"].size for trial in trials if trial.arguments["same"] is side]
        assert sorted(got) == [*sizes[:3], *sizes[-3:]]
    assert len(asked) == len(trials) == 12


def test_a_fact_has_to_hold_where_each_measure_is_above_and_below_each_other():
    exercise = Exercise(lambda x, same: x, lambda *_: None)
    questions = Questions(exercise, Asked([]))
    trials = _varied(questions, SPACE, np.random.default_rng(3))
    shapes = [trial.arguments["x"].shape for trial in trials]
    assert {np.sign(height - width) for height, width in shapes} == {-1, 0, 1}
    assert {trial.arguments["same"] for trial in trials} == {True, False}
