"""Dónde se separan las dos respuestas: qué ventana lee cada salida, y por qué número multiplica."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..remote import Returned
from .asking import Trial
from .changes import Arguments
from .effort import EXAMPLE
from .exercise import Exercise
from .questions import Questions

Place = tuple[int, ...]
Marked = dict[str, tuple[Place, ...]]
_MOST_CELLS = 64  # of an array whose cells are changed one by one
# The weights of a probe: no one is twice another, nor the sum of two.
_FIRST, _STEP = 1009, 13
MOST_PROBES = 12  # more calls that say by what each cell is multiplied
# What is said to whom wrote the function, and of it to anybody else.
_USED, _OWN_SUM, _MULTIPLY = "usaste", "tu suma", "tú lo multiplicas"
_OF_THE_FUNCTION = {
    _USED: "la función usa",
    _OWN_SUM: "la suma de la función",
    _MULTIPLY: "la función lo multiplica",
}


def window(exercise: Exercise, arguments: Arguments, place: Place) -> Marked:
    """Of each array that goes in, the cells on which the right answer at ``place`` depends.

    All of an array, or none, says nothing, and is left out.
    """
    generic = {name: _generic(value, seed) for seed, (name, value) in enumerate(arguments.items())}
    before = _at(exercise, generic, place)
    marked: Marked = {}
    effort = exercise.memory.effort
    for name, value in generic.items():
        if not isinstance(value, np.ndarray) or value.size > _MOST_CELLS or before is None:
            continue
        read = []
        for cell in np.ndindex(value.shape):
            if not effort.left(EXAMPLE):
                return marked
            other = value.copy()
            other[cell] += 1
            after = _at(exercise, generic | {name: other}, place)
            if after is not None and abs(after - before) > 1e-9:
                read.append(tuple(map(int, cell)))
        if 0 < len(read) < value.size:
            marked[name] = tuple(read)
    return marked


def _generic(value: Any, seed: int) -> Any:
    """Other numbers in an array: where one is 0, nothing of what it multiplies shows."""
    if not isinstance(value, np.ndarray):
        return value
    return np.random.default_rng(seed).uniform(1, 2, value.shape)


def _at(exercise: Exercise, arguments: Arguments, place: Place) -> float | None:
    try:
        return float(np.asarray(exercise.expected(arguments))[place])
    except Exception:
        return None


def parting(questions: Questions, trial: Trial, place: Place, marked: Marked) -> str | None:
    """By what the student's function multiplies a cell at ``place``, and by what it should.

    One cell is 1 and the rest 0, and the numbers of the kernel are all different: the answer is
    then one of them, and says which. None where the function is not of that kind.
    """
    arrays = [name for name, value in trial.arguments.items() if isinstance(value, np.ndarray)]
    if len(arrays) < 2:
        return None
    data, weights = arrays[:2]
    kernel = trial.arguments[weights]
    if kernel.size > _MOST_CELLS or trial.arguments[data].size > _MOST_CELLS:
        return None
    numbers = _FIRST + _STEP * np.arange(kernel.size, dtype=np.float32).reshape(kernel.shape)
    base = {
        name: np.zeros_like(value, np.float32) if name in arrays else value
        for name, value in trial.arguments.items()
    } | {weights: numbers}
    for cell in _cells_to_probe(trial.arguments[data], marked.get(data, ())):
        picture = base[data].copy()
        picture[cell] = 1
        found = questions.ask(base | {data: picture})
        if found is None or not isinstance(found.reply, Returned):
            return None
        due, came = _number(found.expected, place), _number(found.reply.value, place)
        if due is None or came is None:
            return None
        if due != came:
            return _said(place, data, cell, weights, kernel.shape, due, came)
    return None


def _cells_to_probe(array: np.ndarray, read: tuple[Place, ...]) -> list[Place]:
    """Those that should be read, and some of the others."""
    others = [cell for cell in np.ndindex(array.shape) if cell not in read]
    return [*read, *others][:MOST_PROBES]


def _number(answer: Any, place: Place) -> int | None:
    if not isinstance(answer, np.ndarray) or answer.ndim != len(place):
        return None
    if any(index >= size for index, size in zip(place, answer.shape, strict=True)):
        return None
    value = float(answer[place])
    return int(value) if value.is_integer() and abs(value) < 1e6 else None


def _said(
    place: Place,
    data: str,
    cell: Place,
    weights: str,
    shape: tuple[int, ...],
    due: int,
    came: int,
) -> str | None:
    right, mine = _which(due, shape), _which(came, shape)
    if (right is None and due) or (mine is None and came):
        return None
    where = f"en la salida {_index(place)}, {data}{list(cell)}"
    if mine is None:
        return f"{where} no cuenta en {_OWN_SUM}, y ahí se multiplica por {weights}{right}"
    if right is None:
        return f"{where} no debe contar, y {_MULTIPLY} por {weights}{mine}"
    apart = [axis for axis in range(len(shape)) if mine[axis] != right[axis]]
    if len(apart) == 1 and apart[0] < 2:
        line = ("fila", "columna")[apart[0]]
        return (
            f"en {_index(place)} {_USED} la {line} {mine[apart[0]]} de {weights} donde toca la "
            f"{right[apart[0]]}"
        )
    return f"{where} se multiplica por {weights}{right}, y {_MULTIPLY} por {weights}{mine}"


def of_the_function(said: str) -> str:
    """A sentence of :func:`parting`, told to who did not write the function."""
    for mine, its in _OF_THE_FUNCTION.items():
        said = said.replace(mine, its)
    return said


def _index(place: Place) -> str:
    return str(tuple(int(index) for index in place))


def _which(number: int, shape: tuple[int, ...]) -> list[int] | None:
    """The place of one of the weights of a probe; None for any other number."""
    step, rest = divmod(number - _FIRST, _STEP)
    if rest or not 0 <= step < np.prod(shape):
        return None
    return [int(index) for index in np.unravel_index(step, shape)]
