"""El ejemplo mínimo: la llamada más pequeña que falla, en tablas que se siguen con un lápiz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from ...wire.protocol import ModelSpec
from ..comparison import SHAPE, Mismatch, describe
from ..remote import Raised, Reply, Returned
from .asking import Trial
from .candidates import Candidate, Stopped
from .changes import Arguments
from .effort import EXAMPLE
from .parting import parting, window
from .questions import UNDEFINED, Questions, drawn, expected_of
from .result import Counterexample, Table
from .space import Space

MOST_ASKED = 60  # calls of the student's function to make an example smaller
MOST_TRIED = 500  # calls of the mistake that is known, for the same
_MOST_DRAWN = 8  # calls asked until one fails
_MOST_CELLS = 64  # of a table
_MOST_TEXT = 200
_MOST_ITEMS = 8  # of a list that is written out

Fails = Callable[[Arguments], bool | None]


def smallest_failure(
    questions: Questions, space: Space, start: Trial, candidate: Candidate | None
) -> Trial:
    """The failure from which nothing smaller fails in the same way, as far as was looked.

    Where the mistake is known, it is its own answers that are looked at, and the student's function
    is asked once, at the end.
    """
    if candidate is not None:
        arguments = _shrunk(start.arguments, space, _as_predicted(questions, candidate), MOST_TRIED)
        trial = questions.ask(arguments)
        if trial and _kind(trial.reply) == _kind(start.reply) and questions.fails(trial):
            return trial
    last = start

    def fails(arguments: Arguments) -> bool | None:
        nonlocal last
        if not questions.exercise.memory.effort.left(EXAMPLE):
            return None
        trial = questions.ask(arguments)
        if trial is None:
            return None if questions.left <= 0 or questions.seconds <= 0 else False
        same = questions.fails(trial) and _kind(trial.reply) == _kind(start.reply)
        last = trial if same else last
        return same

    _shrunk(start.arguments, space, fails, MOST_ASKED)
    return last


def a_failure(
    questions: Questions, space: Space, trials: list[Trial], rng: np.random.Generator
) -> Trial | None:
    """A call that fails to begin with: one that stops if the function does, and a small one."""
    failed = [trial for trial in questions.asked if questions.fails(trial)]
    for _ in range(_MOST_DRAWN):
        if failed:
            break
        trial = questions.ask(drawn(questions.exercise, space, rng))
        if trial and questions.fails(trial):
            failed.append(trial)
    failed = failed or [each for each in trials if not each.raises and questions.fails(each)]
    stops = any(isinstance(each.reply, Raised) and not each.raises for each in trials)
    failed.sort(
        key=lambda trial: (isinstance(trial.reply, Raised) is not stops, _cells(trial.arguments))
    )
    return failed[0] if failed else None


def _as_predicted(questions: Questions, candidate: Candidate) -> Fails:
    exercise = questions.exercise

    def fails(arguments: Arguments) -> bool | None:
        if not exercise.memory.effort.left(EXAMPLE):
            return None
        expected = expected_of(exercise, arguments)
        answer = candidate.answer(exercise, arguments)
        if expected is UNDEFINED or isinstance(answer, Stopped):
            return False
        return not exercise.same(arguments, expected, answer)

    return fails


def _shrunk(arguments: Arguments, space: Space, fails: Fails, tries: int) -> Arguments:
    """Smaller steps while some fails; ``None`` from ``fails`` ends it."""
    left = tries
    smaller = True
    while smaller and left > 0:
        smaller = False
        for step in islice(_steps(space, arguments), left):
            left -= 1
            found = fails(step)
            if found is None:
                return arguments
            if found:
                arguments, smaller = step, True
                break
    return arguments


def _steps(space: Space, arguments: Arguments) -> Iterator[Arguments]:
    try:
        yield from (step for step in space.smaller(arguments) if not _trivial(step))
    except (TypeError, ValueError, IndexError):
        # A call of the check's own cases need not be one of the space.
        return


def _trivial(arguments: Arguments) -> bool:
    """Whether a picture or a kernel is all zeros: it fails, and shows nothing of why."""
    return any(
        isinstance(value, np.ndarray) and value.ndim > 1 and not value.any()
        for value in arguments.values()
    )


def _kind(reply: Reply) -> str:
    return reply.type if isinstance(reply, Raised) else type(reply).__name__


def _cells(arguments: Arguments) -> int:
    return sum(np.size(value) for value in arguments.values() if isinstance(value, np.ndarray))


def counterexample(
    questions: Questions,
    trial: Trial,
    name: str,
    compare: Callable[[Trial], Mismatch | None],
) -> Counterexample:
    """A failure as it is shown.

    Parameters
    ----------
    questions : Questions
        For a few more calls, which say where both answers part.
    trial : Trial
    name : str
        Of the function.
    compare : callable
        The check's own comparison of an answer that came back.
    """
    exercise, reply = questions.exercise, trial.reply
    mismatch = compare(trial) if isinstance(reply, Returned) else None
    place = mismatch.place if mismatch and mismatch.aspect != SHAPE else None
    marked: dict[str, tuple[tuple[int, ...], ...]] = {}
    said = None
    if place is not None:
        marked = window(exercise, trial.arguments, place)
        said = parting(questions, trial, place, marked)
    args, kwargs = exercise.signature.call(trial.arguments)
    names = list(trial.arguments)[: len(args)]
    shown = [
        name if isinstance(value, (np.ndarray, ModelSpec)) else _text(value)
        for name, value in zip(names, args, strict=True)
    ]
    shown += [f"{option}={_text(value)}" for option, value in kwargs.items()]
    here = (place,) if place else ()
    return Counterexample(
        call=f"{name}({', '.join(shown)})"[:_MOST_TEXT],
        inputs=(
            *_networks(trial.arguments),
            *(
                table(each, value, marked.get(each, ()))
                for each, value in trial.arguments.items()
                if isinstance(value, np.ndarray)
            ),
            *_weights(trial.arguments),
        ),
        expected=table("esperado", trial.expected, here),
        got=table("recibido", _answered(reply), here),
        place=place,
        parting=said,
    )


def _networks(arguments: Arguments) -> Iterator[Table]:
    """Each model in the words in which its student would write it."""
    for name, value in arguments.items():
        if isinstance(value, ModelSpec):
            yield Table(name, " → ".join(map(_layer_text, value.layers)))


def _layer_text(each: dict[str, Any]) -> str:
    names = ("filters", "units", "kernel_size", "pool_size", "activation", "trainable", "shape")
    config = {name: each["config"][name] for name in names if name in each["config"]}
    first = [str(config.pop(name)) for name in ("filters", "units", "shape") if name in config]
    said = [f"{name}={value!r}" for name, value in (*config.items(), ("name", each["name"]))]
    return f"{each['class_name']}({', '.join([*first, *said])})"


def _weights(arguments: Arguments) -> Iterator[Table]:
    for value in arguments.values():
        if isinstance(value, ModelSpec):
            for each, arrays in zip(value.layers, value.weights, strict=True):
                for what, array in zip(("kernel", "bias"), arrays, strict=False):
                    yield table(f"{what} de {each['name']}", array)


def _answered(reply: Reply) -> Any:
    if isinstance(reply, Returned):
        return reply.value
    if isinstance(reply, Raised):
        return f"se detiene ({reply.type})"
    return f"algo que no se puede comparar: {reply.type}"


def table(name: str, value: Any, marked: tuple[tuple[int, ...], ...] = ()) -> Table:
    """An array, a number or a text as it is shown; hostile values in bounds."""
    array = np.asarray(value) if isinstance(value, (np.ndarray, np.generic)) else None
    if array is None or array.ndim == 0:
        return Table(name, _text(value))
    if array.size > _MOST_CELLS or array.ndim > 4:
        return Table(name, f"un arreglo de forma {array.shape}", array.shape)
    return Table(name, _nested(array), array.shape, marked)


def _nested(array: np.ndarray) -> list[object]:
    def plain(value: Any) -> object:
        return [plain(each) for each in value] if isinstance(value, list) else _number(value)

    return [plain(each) for each in array.tolist()]


def _number(value: Any) -> object:
    if isinstance(value, float):
        if not np.isfinite(value):
            return str(value)
        return int(value) if value.is_integer() and abs(value) < 1e9 else float(f"{value:.5g}")
    return value


def _text(value: Any) -> str:
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        value = value.item()
    if isinstance(value, float):
        return str(_number(value))
    if isinstance(value, (list, tuple, dict)) and len(value) > _MOST_ITEMS:
        return describe(value)
    return (value if isinstance(value, str) and " " in value else repr(value))[:_MOST_TEXT]
