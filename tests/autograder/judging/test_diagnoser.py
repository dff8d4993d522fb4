"""The diagnoser names what alone explains every call, both of two mistakes, and is sure rightly."""

from __future__ import annotations

import time
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.checks.reference import conv2d
from autograder.judging.comparison import CloseArrays
from autograder.judging.diagnosis import questions
from autograder.judging.diagnosis.asking import Call, Trial
from autograder.judging.diagnosis.changes import Change, afterwards, answer, argument, flipped
from autograder.judging.diagnosis.diagnoser import Diagnoser
from autograder.judging.diagnosis.exercise import alike
from autograder.judging.diagnosis.misconceptions import Misconception
from autograder.judging.diagnosis.result import CERTAIN, LIKELY
from autograder.judging.diagnosis.space import ArgumentSpace, Array, Whole
from autograder.judging.remote import Raised, Returned


def right(x, kernel, bias):
    return conv2d(x, kernel, bias)


SIZES = ("n", "h", "w", "c", "kh", "kw", "f")
SPACE = ArgumentSpace(
    {"x": Array("n h w c"), "kernel": Array("kh kw c f"), "bias": Array("f")},
    {name: Whole(1, high) for name, high in zip(SIZES, (2, 4, 5, 2, 2, 3, 2), strict=True)},
    lambda given: given["x"].shape[1] >= given["kernel"].shape[0]
    and given["x"].shape[2] >= given["kernel"].shape[1],
)
COMPARE = CloseArrays(lambda *args, **kwargs: 1e-3)
FLIPPED = Misconception("volteado", "está volteado", flipped("kernel", 0, 1))
NO_BIAS = Misconception("sin-sesgo", "falta el sesgo", argument("bias", np.zeros_like))
ONE_BIAS = Misconception("un-sesgo", "un sesgo", argument("bias", lambda b: 0 * b + b[0]))
RELU = Misconception("relu", "sobra la ReLU", answer(lambda value: np.maximum(value, 0)))
CATALOGUE = (FLIPPED, NO_BIAS, ONE_BIAS, RELU)


@pytest.fixture(autouse=True)
def no_haste(monkeypatch):
    """However busy the machine, there is time for all the calls: only their number counts."""
    clock = SimpleNamespace(monotonic=lambda: 0.0, thread_time=time.thread_time)
    monkeypatch.setattr(questions, "time", clock)


class Asked:
    """A student's function in this process, and how often it was asked."""

    def __init__(self, function):
        self.function, self.calls = function, []

    def ask(self, call: Call):
        self.calls.append(call.arguments)
        copies = {name: np.copy(value) for name, value in call.arguments.items()}
        try:
            return Returned(self.function(**copies), (), ())
        except Exception as error:
            return Raised(type(error).__name__, str(error))


def diagnose(function, catalogue=CATALOGUE, seed=0, first=None, space=SPACE):
    rng = np.random.default_rng(seed)
    asker = Asked(function)
    drawn = [first] if first else [SPACE.draw(rng) for _ in range(8)]
    trials = [Trial(given, right(**given), asker.ask(Call(given))) for given in drawn]
    return Diagnoser(right, COMPARE, space, catalogue).diagnose(asker, trials, rng)


@pytest.mark.parametrize("mistake", CATALOGUE, ids=lambda one: one.id)
@pytest.mark.parametrize("seed", range(5))
def test_each_mistake_is_named_and_surely(mistake, seed):
    found = diagnose(lambda **given: mistake.answer(right, given), seed=seed)
    assert (found.ids, found.confidence) == ((mistake.id,), CERTAIN)


def test_what_the_calls_of_the_check_do_not_tell_apart_more_calls_do():
    # One filter: the bias of the first is that of all, and half of it all is 2.
    first = {"x": np.ones((1, 2, 2, 1)), "kernel": np.zeros((1, 1, 1, 1)), "bias": np.full(1, 4.0)}
    halved = Misconception("mitad", "la mitad", argument("bias", lambda b: b / 2))
    two_less = Misconception("dos-menos", "dos menos", argument("bias", lambda b: b - 2))
    for seed in range(5):
        for mistake in (halved, two_less):
            found = diagnose(
                lambda mistake=mistake, **given: mistake.answer(right, given),
                (halved, two_less),
                seed,
                first,
            )
            assert (found.ids, found.confidence) == ((mistake.id,), CERTAIN)


def test_mistakes_that_no_call_tells_apart_are_never_sure():
    twin = Misconception("gemelo", "otro nombre", flipped("kernel", 0, 1))
    found = diagnose(lambda **given: FLIPPED.answer(right, given), (FLIPPED, twin))
    assert (found.ids, found.confidence) == (("volteado",), LIKELY)


@pytest.mark.parametrize(
    ("one", "other"), [(FLIPPED, NO_BIAS), (FLIPPED, RELU), (NO_BIAS, RELU), (ONE_BIAS, RELU)]
)
def test_two_mistakes_at_once_are_recognised_as_both(one, other):
    both = one.wrong.then(other.wrong)
    for seed in range(5):
        found = diagnose(lambda **given: both.answer(right, given), seed=seed)
        assert set(found.ids) == {one.id, other.id}
        assert len(found.causes) == 2


def test_two_at_once_are_looked_for_where_nothing_more_may_be_asked():
    both = FLIPPED.wrong.then(NO_BIAS.wrong)
    found = diagnose(lambda **given: both.answer(right, given), space=None)
    assert (set(found.ids), found.confidence) == ({"volteado", "sin-sesgo"}, LIKELY)


def test_what_is_rounded_besides_is_heard_though_the_tolerance_hides_it():
    rounded = Misconception("redondeado", "se redondea", answer(lambda a: np.round(a, 1)))
    # Fractions, for who adds no bias to give something to round.
    both = NO_BIAS.wrong.then(rounded.wrong)
    drawn = SPACE.draw(np.random.default_rng(3))
    first = {name: value * 123.456 for name, value in drawn.items()}
    asker = Asked(lambda **given: both.answer(right, given))
    trials = []
    for scale in (1.0, 0.7, 0.3):
        given = {name: value * scale for name, value in first.items()}
        trials.append(Trial(given, right(**given), asker.ask(Call(given))))
    rng = np.random.default_rng(0)
    found = Diagnoser(right, COMPARE, SPACE, (*CATALOGUE, rounded)).diagnose(asker, trials, rng)
    assert (set(found.ids), found.confidence) == ({"sin-sesgo", "redondeado"}, LIKELY)


def test_what_comes_back_wrong_where_a_mistake_stops_leaves_it_no_more_than_likely():
    def stops_for_tall_kernels(value, given):
        if given["kernel"].shape[0] > 1:
            raise ValueError("operands could not be broadcast together")
        return value + 1

    stops = Misconception("se-detiene", "se detiene", afterwards(stops_for_tall_kernels))

    def something_else(x, kernel, bias):
        return right(x, kernel, bias) + (1 if len(kernel) == 1 else np.arange(kernel.shape[3]) + 2)

    for function, sure in (
        (lambda **given: stops.answer(right, given), CERTAIN),
        (something_else, LIKELY),
    ):
        found = diagnose(function, (stops,))
        assert (found.ids, found.confidence) == (("se-detiene",), sure)


def test_what_is_not_a_number_is_like_nothing():
    assert not alike(np.array(["a"]), np.array(["a"]))
    assert alike(np.array([1.0]), np.array([1.0 + 1e-9]))


def test_nothing_that_does_not_explain_every_call_is_named():
    def almost(x, kernel, bias):
        return right(x, kernel, 0 * bias if x.shape[1] < 3 else 2 * bias)

    for seed in range(5):
        found = diagnose(almost, seed=seed)
        assert found is None or not found.ids


def test_a_mistake_is_only_likely_where_the_function_also_stops():
    def stops(x, kernel, bias):
        if x.shape[0] == 2:
            raise IndexError("index 2 is out of bounds")
        return right(x, kernel, 0 * bias)

    rng = np.random.default_rng(1)
    given = [SPACE.draw(rng) for _ in range(12)]
    asker = Asked(stops)
    trials = [Trial(each, right(**each), asker.ask(Call(each))) for each in given]
    assert {type(trial.reply) for trial in trials} == {Returned, Raised}
    found = Diagnoser(right, COMPARE, SPACE, CATALOGUE).diagnose(asker, trials, rng)
    assert (found.ids, found.confidence) == (("sin-sesgo",), LIKELY)


def test_without_a_space_nothing_more_is_asked():
    asker = Asked(lambda **given: NO_BIAS.answer(right, given))
    given = SPACE.draw(np.random.default_rng(0))
    trials = [Trial(given, right(**given), asker.ask(Call(given)))]
    found = Diagnoser(right, COMPARE, None, CATALOGUE).diagnose(asker, trials, None)
    assert found.ids == ("sin-sesgo",)
    assert len(asker.calls) == 1


def refused(arguments):
    if arguments["kernel"].shape[0] == 1:
        raise TypeError("a row is no kernel")
    return arguments


def test_a_mistake_whose_sign_is_an_exception_is_named_by_its_type():
    rows = Misconception("fila-rechazada", "rechazas una fila", Change("kernel", refused))

    def refuses(error):
        def wrong(x, kernel, bias):
            if kernel.shape[0] == 1:
                raise error("no")
            return right(x, kernel, bias)

        return wrong

    found = diagnose(refuses(TypeError), (rows,))
    assert (found.ids, found.confidence) == (("fila-rechazada",), CERTAIN)
    other = diagnose(refuses(KeyError), (rows,))
    assert other is None or other.ids == ("clave-que-no-existe",)


def test_that_a_mistake_stops_somewhere_too_names_nothing():
    rows = Misconception("fila-rechazada", "rechazas una fila", Change("kernel", refused))

    def always(x, kernel, bias):
        raise TypeError("no")

    found = diagnose(always, (rows,))
    assert found is None or found.ids == ()


def example_of(function, seed, catalogue=CATALOGUE):
    return diagnose(function, catalogue, seed).example


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_the_example_is_the_smallest_that_fails_and_its_numbers_are_true(known, seed):
    def wrong(x, kernel, bias):
        return right(x, kernel[::-1, ::-1], bias)

    example = example_of(wrong, seed, CATALOGUE if known else ())
    given = {one.name: np.array(one.values, float) for one in example.inputs}
    assert right(**given).tolist() == example.expected.values
    assert wrong(**given).tolist() == example.got.values
    assert example.expected.values != example.got.values
    # Two weights are needed to see it, and two pixels, of which one counts.
    assert sorted(given["kernel"].shape) == [1, 1, 1, 2]
    assert given["x"].size == 2
    assert np.count_nonzero(given["x"]) == np.count_nonzero(given["kernel"]) == 1
    assert example.call == "f(x, kernel, bias)"
    assert "de kernel donde toca la" in example.parting


def test_the_window_of_the_place_is_marked():
    def wrong(x, kernel, bias):
        answer = right(x, kernel, bias)
        answer[:, -1] += x.shape[1] > 2
        return answer

    example = example_of(wrong, 0)
    pixels = dict(zip([one.name for one in example.inputs], example.inputs, strict=True))["x"]
    assert pixels.marked
    top = example.place[1]
    height = example.inputs[1].shape[0]
    assert {cell[1] for cell in pixels.marked} == set(range(top, top + height))


def test_a_slow_function_is_asked_few_times(monkeypatch):
    clock = iter(range(0, 10_000, 1))
    monkeypatch.setattr(questions.time, "monotonic", lambda: next(clock) / 4)
    asker = Asked(lambda **given: 7 * right(**given))
    given = SPACE.draw(np.random.default_rng(0))
    trials = [Trial(given, right(**given), asker.ask(Call(given)))]
    Diagnoser(right, COMPARE, SPACE, CATALOGUE).diagnose(asker, trials, np.random.default_rng(1))
    assert len(asker.calls) <= 1 + 4 * questions.MOST_SECONDS


def test_however_it_fails_a_function_is_asked_a_bounded_number_of_times():
    for wrong in (
        lambda x, kernel, bias: None,
        lambda x, kernel, bias: 1 / 0,
        lambda x, kernel, bias: np.full((2, 2), np.nan),
        lambda x, kernel, bias: right(x, kernel, bias) * 7,
        lambda x, kernel, bias: np.zeros((3000, 3000)),
    ):
        asker = Asked(wrong)
        given = SPACE.draw(np.random.default_rng(0))
        trials = [Trial(given, right(**given), asker.ask(Call(given)))]
        diagnoser = Diagnoser(right, COMPARE, SPACE, CATALOGUE)
        found = diagnoser.diagnose(asker, trials, np.random.default_rng(1))
        assert found.example is not None
        assert len(asker.calls) <= 1 + questions.MOST_CALLS


def test_whoever_stops_as_a_mistake_does_and_errs_elsewhere_is_not_named_surely():
    rows = Misconception("fila-rechazada", "rechazas una fila", Change("kernel", refused))

    def both(x, kernel, bias):
        if kernel.shape[0] == 1:
            raise TypeError("no")
        return right(x, kernel, bias) + 3

    rng = np.random.default_rng(2)
    given = [each for each in (SPACE.draw(rng) for _ in range(40)) if each["kernel"].shape[0] == 1]
    asker = Asked(both)
    trials = [Trial(each, right(**each), asker.ask(Call(each))) for each in given[:6]]
    found = Diagnoser(right, COMPARE, SPACE, (rows,)).diagnose(asker, trials, rng)
    assert found.confidence != CERTAIN
