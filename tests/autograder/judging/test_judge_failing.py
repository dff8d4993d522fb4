"""Whatever fails on the judge's side is told in a line, and no mark is invented."""

from __future__ import annotations

import numpy as np
import pytest
from harness import Loopback, failed_aspects, verdict_on

from autograder.checks import find_check
from autograder.checks.convolucion import correlate
from autograder.judging import judge as judging
from autograder.judging.check import Case, FunctionCheck
from autograder.judging.comparison import SHAPE, VALUES, CloseArrays, describe, exact_integers
from autograder.judging.diagnosis.diagnoser import Diagnoser
from autograder.judging.judge import NOT_LOADED, judge, serve
from autograder.judging.remote import Remote
from autograder.judging.verdict import Refusal
from autograder.wire.protocol import Message, ProtocolError

CHECK = "1_convolucion.correlacion2d"


class Scripted:
    """The judge's end of a connection: the notebook's side is a student's function."""

    def __init__(self, function) -> None:
        self.loopback = Loopback(function)
        self.sent: list[Message] = []
        self.closed = False
        self._asked = False

    def send(self, message: Message) -> None:
        self.sent.append(message)
        if message.op in ("call", "apply"):
            self.loopback.send(message)

    def receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return Message("check", {"id": CHECK})
        if self.sent and self.sent[-1].op in ("call", "apply"):
            return self.loopback.receive()
        raise EOFError

    def close(self) -> None:
        self.closed = True


def test_a_judge_without_its_checks_says_so_and_logs_no_verdict(caplog):
    verdicts = []

    def broken(check_id):
        raise ImportError("No module\nnamed 'x'" + "x" * 1000)

    notebook = Scripted(correlate)
    serve(notebook, broken, verdicts.append)
    (answer,) = notebook.sent
    assert answer.op == "refused"
    assert answer.body["reason"].startswith(NOT_LOADED.split("{")[0] + "ImportError: No module n")
    assert "\n" not in answer.body["reason"]
    assert len(answer.body["reason"]) < 600
    assert verdicts == []
    assert notebook.closed
    assert "could not be loaded" in caplog.text


def test_a_report_that_cannot_be_drawn_takes_neither_the_verdict_nor_its_text(monkeypatch, caplog):
    def broken(verdict):
        raise RuntimeError("a bug of the page's")

    monkeypatch.setattr(judging.rich, "page", broken)
    verdicts = []
    notebook = Scripted(lambda imagen, kernel: correlate(imagen, kernel) + 1)
    serve(notebook, find_check, verdicts.append)
    (verdict,) = verdicts
    answer = notebook.sent[-1]
    assert (answer.op, answer.body["page"]) == ("verdict", None)
    assert answer.body["report"] == verdict.report()
    assert 0 < verdict.score < 1
    assert "could not be drawn" in caplog.text


def test_rules_broken_while_a_mistake_is_looked_for_leave_no_points(monkeypatch):
    def broken(self, asker, trials, rng):
        raise ProtocolError("basura")

    monkeypatch.setattr(Diagnoser, "diagnose", broken)
    verdicts = []
    notebook = Scripted(lambda imagen, kernel: correlate(imagen, kernel) + 1)
    serve(notebook, find_check, verdicts.append)
    (verdict,) = verdicts
    assert (verdict.score, verdict.rejected_as) == (0, Refusal.BROKEN_RULES)
    assert notebook.closed


def test_a_notebook_that_goes_away_while_it_is_answered_closes_its_connection():
    class Gone(Scripted):
        def send(self, message):
            raise BrokenPipeError

    notebook = Gone(correlate)
    serve(notebook, find_check, [].append)
    assert notebook.closed


@pytest.mark.parametrize(
    ("came", "aspect", "words"),
    [
        (np.ones((2, 2), bool), VALUES, "booleanos"),
        ([[1.0, 1.0], [1.0, 1.0]], SHAPE, "esperaba un arreglo de NumPy"),
        (1.0, SHAPE, "esperaba un arreglo de NumPy"),
        (np.ones(4), SHAPE, "esperaba la forma (2, 2)"),
        (np.full((2, 2), np.nan), VALUES, "en la posición (0, 0)"),
        (np.full((2, 2), np.inf), VALUES, "en la posición (0, 0)"),
        (None, SHAPE, "¿falta el return?"),
    ],
)
def test_what_is_no_right_array_never_passes_for_one(came, aspect, words):
    compare = CloseArrays(lambda: 1e-6)
    found = compare(np.ones((2, 2)), came, (), {})
    assert found is not None
    assert found.aspect == aspect
    assert words in found.text
    assert compare(np.ones((2, 2)), np.ones((2, 2)), (), {}) is None


def test_nan_is_right_only_where_nan_is_due():
    expected = np.array([np.nan, 1.0])
    compare = CloseArrays(lambda: 1e-6)
    assert compare(expected, np.array([np.nan, 1.0]), (), {}) is None
    found = compare(expected, np.array([0.0, 1.0]), (), {})
    assert found is not None
    assert found.place == (0,)


@pytest.mark.parametrize(
    "came", [True, (True, 2), (1, 2, 3), [1], [[1, 2]], np.ones((1, 2), int), 2.0, "12", None, {}]
)
def test_what_is_no_pair_of_integers_never_passes_for_one(came):
    assert exact_integers((1, 2), came, (), {}) is not None


@pytest.mark.parametrize("came", [(1, 2), [1, 2], np.array([1, 2])])
def test_a_pair_of_integers_may_come_in_any_group(came):
    assert exact_integers((1, 2), came, (), {}) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None (¿falta el return?)"),
        ("a" * 100, f"el texto '{'a' * 60}'"),
        (True, "True (bool)"),
        (np.int64(3), "3 (int64)"),
        ({"a": 1}, "un diccionario de 1 claves (dict)"),
        ((1, 2), "(1, 2) (tuple)"),
        ([np.ones(3)], "1 elemento (list de ndarray)"),
        (list(range(9)), "9 elementos (list de int)"),
        (object(), "object"),
    ],
)
def test_what_came_is_named(value, words):
    assert describe(value) == words


def test_an_answer_that_does_not_travel_earns_nothing_and_is_named():
    verdict = verdict_on(CHECK, lambda imagen, kernel: (n for n in range(3)))
    assert verdict.score == 0
    assert "no se puede comparar" in verdict.report()
    verdict = verdict_on(CHECK, lambda imagen, kernel: correlate(imagen, kernel) + 0j)
    assert verdict.score == 0
    assert ".real" in verdict.report()


def test_whoever_always_raises_what_one_case_asks_for_earns_nothing_by_it():
    def cases(rng):
        yield Case("una", (1.0,))
        yield Case("otra", (-1.0,), edge=True, raises="ValueError")

    check = FunctionCheck("1_convolucion.raiz", lambda x: x, cases, CloseArrays(lambda x: 0.1), "")

    def always(x):
        raise ValueError("no")

    assert judge(check, Remote(Loopback(always)), 0).score == 0
    never = judge(check, Remote(Loopback(lambda x: x)), 0)
    assert 0 < never.score < 1
    assert "esperaba un ValueError y llegó" in never.report()
    assert failed_aspects(never) == {"casos límite"}


def test_an_interrupted_call_is_no_answer():
    class Interrupting(Scripted):
        def send(self, message):
            """Nobody is there to compute it."""

        def receive(self):
            return Message("raised", {"type": "KeyboardInterrupt"})

    verdict = judge(find_check(CHECK), Remote(Interrupting(correlate)), 0)
    assert (verdict.score, verdict.rejected_as) == (0, Refusal.INTERRUPTED)


def test_a_word_that_is_no_answer_breaks_the_rules():
    class Odd(Scripted):
        def receive(self):
            return Message("points", {"score": 100})

    with pytest.raises(ProtocolError, match="respuesta inesperada"):
        judge(find_check(CHECK), Remote(Odd(correlate)), 0)
