"""Whatever happens in a diagnosis, and whatever a student does meanwhile, the marks are these."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from catalogue_files import files, load, name_of
from harness import Loopback, verdict_on

from autograder.checks import find_check
from autograder.judging.diagnosis.diagnoser import Diagnoser
from autograder.judging.diagnosis.space import ArgumentSpace, Array, Whole
from autograder.judging.judge import judge
from autograder.judging.remote import Remote
from autograder.wire.protocol import Message

WRONG = files(("1_convolucion", "2_filtros", "4_padding"), "wrong")
CHECK = "1_convolucion.correlacion2d"
SPACE = ArgumentSpace(
    {"imagen": Array("h w"), "kernel": Array("kh kw")},
    {"h": Whole(3, 4), "w": Whole(3, 5), "kh": Whole(1, 2), "kw": Whole(1, 3)},
)


def marks(verdict):
    return verdict.score, verdict.rejected, [(each.name, each.failure) for each in verdict.aspects]


def fail(*args):
    raise RuntimeError("a fault of ours")


@pytest.mark.parametrize("path", WRONG[::3], ids=name_of)
def test_the_marks_are_those_of_a_judge_that_cannot_diagnose(path, monkeypatch):
    _, function, check_id = load(path)
    diagnosed = verdict_on(check_id, function)
    monkeypatch.setattr(Diagnoser, "diagnose", fail)
    assert marks(verdict_on(check_id, function)) == marks(diagnosed)


class Impostor(Loopback):
    """It behaves while it is examined, and not when more is asked."""

    def __init__(self, function, after, then):
        super().__init__(function)
        self.left, self.then = after, then

    def receive(self) -> Message:
        self.left -= 1
        return super().receive() if self.left >= 0 else self.then()


def zeros(image, kernel):
    return np.zeros(np.array(image.shape) - kernel.shape + 1)


def gone():
    raise EOFError


LATER = {
    "goes away": gone,
    "is interrupted": lambda: Message("raised", {"type": "KeyboardInterrupt"}),
    "answers rubbish": lambda: Message("returned", {"value": [[["x"] * 500] * 30], "inputs": ()}),
    "answers NaN": lambda: Message("returned", {"value": np.full(3, np.nan), "inputs": ()}),
    "answers text": lambda: Message("returned", {"value": "x" * 20_000, "inputs": ()}),
    "answers what is right": lambda: Message("returned", {"value": np.ones((1, 1)), "inputs": ()}),
    "raises endless text": lambda: Message("raised", {"type": "E" * 9999, "message": "x" * 9999}),
    "leans on a library": lambda: Message(
        "returned", {"value": 1, "inputs": (), "libraries": ["scipy"]}
    ),
    "answers what does not travel": lambda: Message("unsupported", {"type": "generator"}),
}


@pytest.mark.parametrize("then", LATER.values(), ids=LATER)
def test_whatever_comes_while_it_is_diagnosed_changes_no_mark(then):
    check = find_check(CHECK)
    examined = sum(not case.combined for case in check.cases(np.random.default_rng(0)))
    usual = marks(verdict_on(CHECK, zeros))
    for more in (0, 1, 5):
        verdict = judge(check, Remote(Impostor(zeros, examined + more, then)), 0)
        assert marks(verdict) == usual
        assert verdict.diagnosis is None or len(repr(verdict.diagnosis)) < 20_000


def test_a_function_that_ends_only_in_the_examination_keeps_its_marks(monkeypatch):
    monkeypatch.setattr("autograder.judging.diagnosis.asking.MOST_SECONDS_OF_A_CALL", 0.05)
    check = find_check(CHECK)
    cases = [case.args[0].tobytes() for case in check.cases(np.random.default_rng(0))]
    endless = []

    def wrong(image, kernel):
        while image.tobytes() not in cases:
            endless.append(1)
        return zeros(image, kernel)

    usual = verdict_on(CHECK, zeros)
    verdict = judge(replace(check, space=SPACE), Remote(Loopback(wrong)), 0)
    assert endless
    assert marks(verdict) == marks(usual)
