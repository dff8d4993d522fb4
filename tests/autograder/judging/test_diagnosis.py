"""A cause is named only where it explains everything that came back."""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from harness import Loopback
from mistaken import mistaken

from autograder.checks import UNITS, checks_of
from autograder.judging.comparison import exact_integers
from autograder.judging.diagnosis.asking import Trial
from autograder.judging.diagnosis.by_name import BY_NAME
from autograder.judging.diagnosis.diagnoser import Diagnoser
from autograder.judging.diagnosis.general import GENERAL
from autograder.judging.diagnosis.misconceptions import Misconception
from autograder.judging.diagnosis.stop_kinds import STOPPED
from autograder.judging.diagnosis.unsteady import UNSTEADY
from autograder.judging.judge import judge
from autograder.judging.model_check import HALF_PRECISION
from autograder.judging.remote import Remote, Returned
from autograder.judging.verdict import Refusal

DOUBLE = Misconception("doble", "lo duplicas", lambda n: 2 * n)


def trials(received, inputs=(1, 2, 3)):
    return [Trial({"n": n}, n + 1, Returned(received(n), (), ())) for n in inputs]


def name(received, *mistakes, inputs=(1, 2, 3)):
    diagnoser = Diagnoser(lambda n: n + 1, exact_integers, catalogue=mistakes)
    found = diagnoser.diagnose(None, trials(received, inputs), np.random.default_rng(0))
    return found and (found.causes[0] if found.causes else None)


def test_a_mistake_that_agrees_everywhere_is_the_cause():
    assert name(lambda n: 2 * n, DOUBLE) == "lo duplicas"


def test_one_disagreement_is_enough_to_clear_it():
    assert name(lambda n: 2 * n if n < 3 else 0, DOUBLE) is None


def test_a_mistake_that_cannot_be_told_from_the_right_answer_explains_nothing():
    # 2n and n + 1 are both 2 where n is 1.
    assert name(lambda n: n + 1, DOUBLE, inputs=(1,)) is None


def test_the_first_that_explains_is_named():
    other = Misconception("otro", "otra", lambda n: n + n)
    assert name(lambda n: 2 * n, DOUBLE, other) == "lo duplicas"


def test_a_mistake_that_is_not_defined_somewhere_is_judged_by_the_rest():
    def undefined_at_two(n):
        if n == 2:
            raise ValueError
        return 2 * n

    double = Misconception("doble", "lo duplicas", undefined_at_two)
    assert name(lambda n: 2 * n, double) == "lo duplicas"
    assert name(lambda n: 7 * n, double) is None


def test_nothing_came_back_and_nothing_is_named():
    assert name(lambda n: 0, DOUBLE, inputs=()) is None


def named_mistakes():
    """Check, id and words of each mistake that a check of the course can name."""
    for unit in UNITS:
        for check in checks_of(unit).values():
            of_networks = (*getattr(check, "mistakes", ()), *getattr(check, "shapes", ()))
            for mistake in (*getattr(check, "misconceptions", ()), *of_networks):
                yield check.id, mistake.id, mistake.cause
    yield "any network", HALF_PRECISION.id, HALF_PRECISION.cause


def test_each_id_of_the_course_is_a_word_and_means_one_mistake():
    words, ids = defaultdict(set), defaultdict(set)
    for check_id, mistake_id, cause in named_mistakes():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", mistake_id), (check_id, mistake_id)
        words[mistake_id].add(cause)
        ids[cause].add(mistake_id)
    kinds = {value for name, value in vars(Refusal).items() if name.isupper()}
    assert not kinds & words.keys()
    assert len(ids) > 100
    assert {i: said for i, said in words.items() if len(said) > 1} == {}
    assert {cause: found for cause, found in ids.items() if len(found) > 1} == {}


# What is written in somebody's cell, which nobody has seen: only the answers have come.
CODE = re.compile(
    r"\b(return|bucle|índices?|acumulador|variable|reshape|transpose|np\.\w+|range|axis"
    r"|escrit[oa] a mano|float16|u?int8|paréntesis|guardan?|conviert\w+|convertirl\w+"
    r"|has \w+[ai]do)\b|\+=|\w @ \w"
)


def test_a_cause_says_what_a_function_answers_and_compares_with_what_may_be_written():
    """Two ways of writing that answer the same hear one sentence, which has to be true of both."""
    said = {c for where, _, c in named_mistakes() if where != "any network"}
    said |= {each.cause for each in GENERAL}
    seen = [(cause, CODE.search(cause)) for cause in (*said, BY_NAME.cause, UNSTEADY.cause)]
    told = [(cause, found) for cause, found in seen if found]
    assert len(told) > 30
    assert [c for c, found in told if not re.search(r"\bcomo\b", c[: found.start()])] == []


def checks_and_mistakes():
    for unit in ("1_convolucion", "2_filtros", "4_padding"):
        for check in checks_of(unit).values():
            for mistake in check.misconceptions[:: 1 + len(check.misconceptions) // 20]:
                yield pytest.param(check, mistake, id=f"{check.id}: {mistake.cause[:40]}")


def stops_everywhere(check, function, seed) -> bool:
    """Whether every call of the check ends in an exception: the judge has seen nothing else."""
    for case in check.cases(np.random.default_rng(seed)):
        with contextlib.suppress(Exception):
            function(*case.args, **case.kwargs)
            return False
    return True


@pytest.mark.parametrize(("check", "mistake"), list(checks_and_mistakes()))
def test_every_mistake_of_the_catalogue_is_recognised_by_its_own_cause(check, mistake):
    # The wrong references lean on conv2d_lib, as a student may not.
    check = replace(check, own_implementation=False)
    for seed in range(2):
        cases = [case for case in check.cases(np.random.default_rng(seed)) if case.raises]
        wrong = mistaken(check, mistake, cases)
        verdict = judge(check, Remote(Loopback(wrong)), seed)
        assert not verdict.passed, verdict.report()
        if stops_everywhere(check, wrong, seed):
            # Many things could stop it so: what it is right on, and what it is not, is said.
            assert verdict.cause_id in (None, mistake.id, *STOPPED), verdict.report()
            assert verdict.cause or "falla" in verdict.report()
            continue
        if mistake.rare and verdict.cause_id != mistake.id:
            # One made by generation may be a usual one said otherwise, or two; it is never hidden.
            continue
        assert verdict.cause in (mistake.cause, mistake.told), verdict.report()
        assert verdict.cause_id == mistake.id, verdict.report()
