"""No notebook, however it lies, earns a point or stops the judge for the next one."""

from __future__ import annotations

import logging
import socket
import struct
import threading
from dataclasses import replace

import numpy as np
import pytest
from harness import Loopback, failed_aspects, verdict_on

from autograder.checks import UNITS, checks_of, find_check
from autograder.checks.convolucion import correlate
from autograder.judging.check import (
    EDGE_CASES,
    Case,
    Findings,
    FunctionCheck,
    ReadyMade,
    refuse_ready_made,
)
from autograder.judging.comparison import CloseArrays, exact_integers
from autograder.judging.judge import BROKEN_RULES, CUT_SHORT, judge, serve
from autograder.judging.remote import Remote, Returned
from autograder.judging.verdict import Refusal
from autograder.wire.protocol import MAGIC, Connection, Message

CHECK = "1_convolucion.correlacion2d"
PATIENCE = 120  # Only so that a test that would hang fails instead.


def converse(*answers, request=None, find=find_check):
    """What the judge logs when a notebook asks for a check and answers with those messages.

    An answer is a message, raw bytes, or a function of the judge's request; the notebook hangs up
    after the last one. Also gives what the notebook received.
    """
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE)
    verdicts, received = [], []
    thread = threading.Thread(target=serve, args=(Connection(theirs), find, verdicts.append))
    thread.start()
    notebook = Connection(ours)
    with ours:
        notebook.send(request or Message("check", {"id": CHECK}))
        try:
            for answer in answers:
                received.append(notebook.receive())
                answer = answer(received[-1]) if callable(answer) else answer
                if isinstance(answer, bytes):
                    ours.sendall(answer)
                else:
                    notebook.send(answer)
            received.append(notebook.receive())
        except TimeoutError:
            pytest.fail("the judge neither answers nor hangs up")
        except (EOFError, OSError):
            pass
    thread.join(PATIENCE)
    assert not thread.is_alive(), "the judge is still waiting for a notebook that has gone"
    return verdicts, received


def returned(value, inputs=(), libraries=()):
    body = {"value": value, "inputs": tuple(inputs), "libraries": list(libraries)}
    return Message("returned", body)


def honest(request):
    args = request.body["args"]
    return returned(correlate(*args), args)


def test_an_honest_notebook_passes():
    verdicts, received = converse(*[honest] * 9)
    assert [verdict.score for verdict in verdicts] == [1]
    assert received[-1].op == "verdict"


FORGED = Message("verdict", {"passed": True, "report": "✔ todo correcto"})
LIES = {
    "a verdict of its own": FORGED,
    "another check": Message("check", {"id": CHECK}),
    "unknown word": Message("points", {"score": 100}),
    "no value": Message("returned", {"inputs": ()}),
    "inputs are no tuple": Message("returned", {"value": 1, "inputs": 3}),
    "libraries are no list": Message("returned", {"value": 1, "libraries": "numpy"}),
    "no protocol": b"GET / HTTP/1.1\r\nHost: curso\r\n\r\n",
    "pickle": b"\x80\x04\x95" + bytes(30),
    "huge frame": struct.pack("<4sIQ", MAGIC, 2**31, 2**40),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_in_the_middle_is_logged_without_credit(lie):
    verdicts, _ = converse(honest, lie)
    assert [(verdict.score, verdict.rejected) for verdict in verdicts] == [(0, BROKEN_RULES)]


@pytest.mark.parametrize("lie", [FORGED, Message("returned", {"value": 1})])
def test_what_comes_unasked_is_no_verdict(lie):
    verdicts, received = converse(request=lie)
    assert verdicts == []
    assert received == []


def test_a_forged_report_inside_an_answer_earns_nothing():
    body = {"value": None, "inputs": (), "passed": True, "score": 1.0, "report": "✔"}
    verdicts, _ = converse(*[Message("returned", body)] * 8)
    assert [verdict.score for verdict in verdicts] == [0]


def test_a_notebook_that_hangs_up_leaves_a_verdict_without_credit():
    verdicts, _ = converse(honest, honest)
    assert [(verdict.score, verdict.rejected) for verdict in verdicts] == [(0, CUT_SHORT)]


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        -(2**64) + 1,
        1e400,
        "todo correcto",
        "\x1b[2J",
        [[1, 2], [3]],
        (),
        {"forma": (4, 4)},
        np.array(True),
        np.zeros((0, 3)),
        np.full((4, 4), np.nan),
        np.full((4, 4), np.inf),
        np.zeros((4, 4), np.float16),
        np.zeros((1,) * 8),
    ],
)
@pytest.mark.parametrize("unit", ["1_convolucion", "2_filtros", "4_padding"])
def test_any_value_that_travels_is_judged(unit, value):
    for check_id in checks_of(unit):
        verdict = verdict_on(check_id, lambda *args, **kwargs: value)
        assert not verdict.passed
        assert "el corrector falló" not in (verdict.rejected or "")
        assert "\x1b" not in verdict.report()


def test_inputs_that_do_not_come_back_count_as_changed():
    verdicts, _ = converse(*[lambda request: returned(correlate(*request.body["args"]))] * 8)
    assert failed_aspects(verdicts[0]) == {EDGE_CASES}


def broken_check(error):
    def reference(image):
        raise error

    return FunctionCheck(
        id="1_convolucion.rota",
        reference=reference,
        cases=lambda rng: [Case("una imagen", (np.zeros((2, 2)),))],
        compare=CloseArrays(lambda image: 0),
        hint="",
    )


class Obliging(Remote):
    """A function that returns whatever it receives."""

    def __init__(self):
        pass

    def _ask(self, message):
        args = message.body["args"]
        return Returned(args[0], args, ())


@pytest.mark.parametrize(
    "error", [RuntimeError("a bug"), AttributeError("None"), MemoryError(), RecursionError()]
)
def test_a_bug_of_ours_is_never_full_marks_and_is_logged(error, caplog):
    with caplog.at_level(logging.ERROR):
        verdict = judge(broken_check(error), Obliging(), seed=1234)
    assert verdict.score == 0
    assert not verdict.passed
    assert "el corrector falló" in verdict.rejected
    assert "1234" in verdict.rejected
    assert type(error).__name__ in caplog.text


def test_a_combined_case_is_asked_only_of_who_did_the_rest_well():
    cases = (Case("uno", (1,)), Case("dos", (2,), edge=True), Case("tres", (3,), combined=True))

    class Asked:
        def __init__(self, wrong):
            self.wrong, self.seen = wrong, []

        def call(self, n):
            self.seen.append(n)
            return Returned(7 if n == self.wrong else n, (n,), ())

    check = FunctionCheck("1_convolucion.x", lambda n: n, lambda rng: cases, exact_integers, "")
    marks = {wrong: (asked := Asked(wrong), judge(check, asked, 0))[1] for wrong in (0, 1, 2, 3)}
    assert [marks[wrong].score for wrong in (0, 1, 2, 3)] == [1, 0.5, 0.7, 0.7]
    asked = Asked(1)
    judge(check, asked, 0)
    assert asked.seen == [1, 2]
    assert failed_aspects(marks[3]) == {EDGE_CASES}


def test_a_bug_of_ours_leaves_the_judge_serving():
    broken = {"rota": broken_check(RuntimeError("a bug"))}

    def ask_again(_):
        return Message("check", {"id": CHECK})

    verdicts, received = converse(
        lambda request: returned(request.body["args"][0], request.body["args"]),
        ask_again,
        *[honest] * 9,
        request=Message("check", {"id": "rota"}),
        find=lambda name: broken.get(name) or find_check(name),
    )
    assert [message.op for message in received if message.op == "verdict"] == ["verdict"] * 2
    assert [verdict.score for verdict in verdicts] == [0, 1]


@pytest.mark.parametrize(
    ("check_id", "words"),
    [
        ("9_nada.conv2d", "las unidades son: 1_convolucion"),
        ("1_convolucion.conv3d", "en esta unidad están: 1_convolucion.correlacion2d"),
        ("conv2d", "las unidades son"),
        ("", "las unidades son"),
        (3, "no existe"),
    ],
)
def test_an_unknown_check_is_answered_with_the_known_ones(check_id, words):
    verdicts, received = converse(request=Message("check", {"id": check_id}))
    assert verdicts == []
    assert received[-1].op == "refused"
    assert words in received[-1].body["reason"]


@pytest.mark.parametrize(
    ("check", "watched"), [(CHECK, True), ("3_mapas_de_caracteristicas.campo_receptivo", False)]
)
def test_only_functions_of_one_s_own_are_watched(check, watched):
    _, received = converse(returned(1), request=Message("check", {"id": check}))
    assert received[0].body["watch"] is watched


def test_the_same_seed_gives_the_same_verdict_and_another_other_inputs():
    def flipped(image, kernel):
        return correlate(image, kernel[::-1, ::-1])

    first, again, other = (verdict_on(CHECK, flipped, seed).report() for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_seeds_are_drawn_afresh():
    check = find_check("2_filtros.parametros_dense")
    assert judge(check, Obliging()).seed != judge(check, Obliging()).seed


def test_weights_of_every_check_add_up_to_one():
    for unit in UNITS:
        for check in checks_of(unit).values():
            assert abs(sum(check.aspects.values()) - 1) < 1e-9, check.id


def test_a_failure_of_an_unweighed_aspect_still_counts():
    findings = Findings({"forma": 1.0})
    findings.fail(EDGE_CASES, "cambió la entrada")
    assert not findings.results()[0].passed


def test_a_stub_says_that_it_is_not_written_yet():
    def stub(image, kernel):
        raise NotImplementedError

    verdict = verdict_on(CHECK, stub)
    assert verdict.rejected == "esta función todavía no está escrita"


def test_a_correct_function_that_leaves_an_edge_unwritten_keeps_its_points():
    def mostly(image, kernel):
        if image.dtype == np.uint8:
            raise NotImplementedError("uint8")
        return correlate(image, kernel)

    verdict = verdict_on(CHECK, mostly)
    assert failed_aspects(verdict) == {EDGE_CASES}
    assert verdict.score == 0.7


def test_rounding_of_float32_is_excused_and_a_ten_thousandth_is_not():
    def slightly_off(image, kernel):
        return correlate(image, kernel) * (1 + 1e-4)

    assert verdict_on(CHECK, lambda i, k: correlate(i, k).astype(np.float32)).passed
    assert not verdict_on(CHECK, slightly_off).passed


def test_of_huge_answers_the_judge_keeps_none(monkeypatch):
    kept = []

    def look(diagnoser, asker, trials, rng):
        kept.extend(trials)

    monkeypatch.setattr("autograder.judging.check.Diagnoser.diagnose", look)
    assert verdict_on(CHECK, lambda image, kernel: np.zeros((1000, 1000))).score == 0
    assert kept == []
    assert verdict_on(CHECK, lambda image, kernel: np.zeros((10, 10))).score == 0
    assert kept


def test_the_verdict_says_in_which_call_and_where_the_answer_is_wrong():
    def wrong_corner(image, kernel):
        answer = correlate(image, kernel)
        answer[-1, -1] += 1
        return answer

    values = next(a for a in verdict_on(CHECK, wrong_corner).aspects if a.name == "valores")
    assert values.case
    assert values.failure.startswith(f"{values.case}: en la posición")
    assert str(values.place) in values.failure
    assert [type(axis) for axis in values.place] == [int, int]


def test_each_way_of_losing_every_point_has_a_kind():
    def unwritten(*args):
        raise NotImplementedError

    assert verdict_on(CHECK, unwritten).rejected_as == Refusal.UNWRITTEN
    assert verdict_on(CHECK, correlate).rejected_as is None
    with pytest.raises(ReadyMade) as refused:
        refuse_ready_made(("scipy",))
    assert refused.value.kind == Refusal.READY_MADE


def test_what_the_course_computes_on_the_way_is_no_news_for_the_terminal(recwarn):
    """An instructor reads it while a class is graded: no English of NumPy's between the lines."""

    def nothing(imagen, kernel):
        return np.zeros((0, 3))

    def loud(imagen, kernel):
        np.zeros((0, 3)).mean()
        return correlate(imagen, kernel)

    check = replace(find_check(CHECK), reference=loud)
    assert judge(check, Remote(Loopback(nothing)), 0).score < 1
    assert [str(one.message) for one in recwarn] == []
