"""Whatever a student's function returns, the judge's work on it is bounded, and its words too."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest
from harness import Loopback

from autograder.checks import checks_of, find_check
from autograder.judging.check import MOST_WORDS, Findings, bulky
from autograder.judging.comparison import describe
from autograder.judging.diagnosis.questions import MOST_CALLS as MOST_ASKED
from autograder.judging.judge import judge
from autograder.judging.remote import Remote, Returned
from autograder.wire.protocol import _PREFIX as PREFIX
from autograder.wire.protocol import MAGIC, MAX_NODES, ModelSpec, ProtocolError, decode, encode

SMALL = [np.ones((2, 2)) for _ in range(15_000)]
NESTED: list = []
for _ in range(10):
    NESTED = [NESTED, *SMALL[:1500]]
ANSWERS = {
    "many small arrays": SMALL,
    "many arrays in a tuple": tuple(SMALL),
    "arrays in nested lists": NESTED,
    "a dictionary of arrays": {str(n): array for n, array in enumerate(SMALL)},
    "many whole numbers": list(range(19_000)),
    "long texts": ["x" * 20_000] * 500,
    "long keys": {"k" * 500 + str(n): 1 for n in range(1500)},
    "a big number": 2**64 - 1,
    "a layer with many weights": ModelSpec([{"name": "x"}], [SMALL], 0),
}
MOST_CALLS = 1_600_000  # of functions; to write 15,000 arrays takes over ten million


class Answering(Remote):
    """A function that always returns the same, and the arguments as they were."""

    def __init__(self, value):
        self.value = value

    def _ask(self, message):
        return Returned(self.value, tuple(message.body.get("args", ())), ())


def calls_of(work) -> int:
    """How many functions ran during ``work``: its cost, however busy the machine is."""
    count = 0

    def note(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_makes_the_judge_work_without_end(name):
    for unit in ("1_convolucion", "2_filtros", "4_padding"):
        for check in checks_of(unit).values():
            verdicts = []
            cost = calls_of(
                lambda check=check, kept=verdicts: kept.append(
                    judge(check, Answering(ANSWERS[name]), seed=1)
                )
            )
            assert not verdicts[0].passed
            assert "el corrector falló" not in (verdicts[0].rejected or "")
            assert cost < MOST_CALLS, (check.id, cost)
            assert len(verdicts[0].report()) < 5 * MOST_WORDS


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (SMALL, "15000 elementos (list de ndarray)"),
        ([np.ones(2)], "1 elemento (list de ndarray)"),
        ((3, 4), "(3, 4) (tuple)"),
        ([1.5, None], "[1.5, None] (list)"),
        ([], "[] (list)"),
        ({"a": 1}, "un diccionario de 1 claves (dict)"),
    ],
)
def test_what_came_is_said_in_few_words(value, words):
    assert describe(value) == words


def test_answers_that_are_large_in_all_are_not_kept():
    quarter = np.zeros(1 << 17)  # 1 MiB
    for value in ([quarter] * 5, {"a": [quarter] * 5}, ModelSpec([], [[quarter] * 5])):
        assert bulky(value)
    for value in (quarter, [quarter] * 3, None, "texto", 3, {"a": 1}):
        assert not bulky(value)
    assert not bulky([1] * (MAX_NODES - 10))


def test_a_failure_is_never_a_page():
    findings = Findings({"forma": 1.0})
    findings.fail("forma", "x" * 100_000)
    assert len(findings.failures["forma"]) == MOST_WORDS


def test_a_number_of_a_million_digits_is_refused_before_it_is_read(monkeypatch):
    for digits in ("9" * 1000, "-" + "9" * 1000):
        header = f'["returned",["d",["value",{digits}]]]'.encode()
        with pytest.raises(ProtocolError, match="demasiado grande"):
            decode(PREFIX.pack(MAGIC, len(header), 0) + header)


def test_whole_numbers_of_64_bits_still_travel():
    from autograder.wire.protocol import Message

    for value in (0, -1, 2**64 - 1, -(2**64) + 1, True):
        body = decode(encode(Message("x", {"v": value}))).body
        assert body["v"] == value
        assert type(body["v"]) is type(value)


@pytest.mark.parametrize("check_id", ["1_convolucion.conv2d", "4_padding.conv2d"])
def test_to_look_for_a_name_in_vain_is_bounded_too(check_id):
    check = replace(find_check(check_id), own_implementation=False)
    asked = []

    def wrong(*args, **options):
        asked.append(1)
        return np.sin(check.reference(*args, **options)) * 3

    verdicts = []
    cost = calls_of(lambda: verdicts.append(judge(check, Remote(Loopback(wrong), False), seed=1)))
    assert not verdicts[0].passed
    assert cost < MOST_CALLS, cost
    assert len(asked) < MOST_ASKED + 40  # Those of the examination.


@pytest.mark.parametrize("check_id", ["1_convolucion.conv2d", "4_padding.tamano_salida"])
def test_a_right_function_is_asked_what_the_examination_asks_and_no_more(check_id):
    check = replace(find_check(check_id), own_implementation=False)
    asked = []

    def right(*args, **options):
        asked.append(1)
        return check.reference(*args, **options)

    assert judge(check, Remote(Loopback(right), False), seed=1).passed
    assert len(asked) == len(list(check.cases(np.random.default_rng(1))))
