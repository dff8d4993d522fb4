"""What the generated mistakes answer to fixed calls leaves few of them, and always the one made."""

from __future__ import annotations

import numpy as np
import pytest
from mistaken import mistaken

from autograder.checks import find_check
from autograder.judging.diagnosis.fingerprints import fingerprints
from autograder.judging.diagnosis.questions import Questions
from autograder.judging.remote import Raised, Returned


class Asked:
    """A function asked in this process."""

    def __init__(self, check, function):
        self.signature, self.function = check.diagnoser().exercise.signature, function

    def ask(self, call):
        args, kwargs = self.signature.call(call.arguments)
        try:
            return Returned(self.function(*args, **kwargs), args, ())
        except Exception as error:
            return Raised(type(error).__name__, str(error))


def alive(check, function):
    diagnoser = check.diagnoser()
    known = fingerprints(diagnoser.catalogue, diagnoser.exercise, diagnoser.space)
    came = known.ask(Questions(diagnoser.exercise, Asked(check, function)))
    return known, known.alive(came, rare=True)


@pytest.mark.parametrize("check_id", ["4_padding.conv2d", "4_padding.max_pooling2d"])
def test_the_mistake_that_is_made_is_always_left(check_id):
    check = find_check(check_id)
    rare = [mistake for mistake in check.misconceptions if mistake.rare]
    left = []
    for mistake in rare[:: len(rare) // 40]:
        _, (always, sometimes) = alive(check, mistaken(check, mistake, []))
        assert any(one is mistake for one in always), mistake.cause
        assert any(one is mistake for one in sometimes)
        left.append(len(always))
    assert np.median(left) < len(rare) / 3


def test_one_that_is_made_only_with_one_padding_is_left_as_such():
    check = find_check("4_padding.conv2d")
    moved = next(m for m in check.misconceptions if m.id == "salida-corrida")
    wrong = mistaken(check, moved, [])

    def only_with_same(x, kernel, bias, strides=1, padding="valid"):
        function = wrong if padding == "same" else check.reference
        return function(x, kernel, bias, strides, padding)

    _, (always, sometimes) = alive(check, only_with_same)
    assert all(one is not moved for one in always)
    assert any(one is moved for one in sometimes)


def test_the_answers_are_computed_once_for_a_catalogue():
    check = find_check("4_padding.max_pooling2d")
    first, _ = alive(check, check.reference)
    again, _ = alive(check, check.reference)
    assert first is again


@pytest.mark.parametrize(
    "answer", [None, "texto", float("nan"), np.array([None]), np.full(3, np.inf)]
)
def test_what_is_no_array_of_numbers_leaves_them_all(answer):
    check = find_check("1_convolucion.correlacion2d")
    _, (always, _) = alive(check, lambda imagen, kernel: answer)
    assert len(always) == sum(mistake.rare for mistake in check.misconceptions)
