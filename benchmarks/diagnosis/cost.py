"""Lo que cuesta diagnosticar: a quien acierta, y a quien se equivoca, sin contar su función."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from catalogue_files import files, load

import autograder.judging.check as checking
from autograder.checks import find_check
from autograder.judging.model_check import ModelCheck

from .answers import BATCHES, unseen_answers
from .catalogued import function_checks, pairs, right_in_styles
from .equivalents import EQUIVALENT
from .heard import asks_networks, hear
from .mutants import mutants
from .solutions import solutions

PLAIN_UNITS = ("1_convolucion", "2_filtros", "4_padding")
KERAS_UNITS = ("3_mapas_de_caracteristicas", "5_fashion_mnist")
MUTANTS, PAIRS = 320, 200
LIMIT_OF_WRONG, LIMIT_OF_RIGHT = 300.0, 50.0  # milliseconds of processor
Asked = tuple[Any, Callable[..., Any], bool]  # a check, a function, and whether without the wire


@dataclass
class Cost:
    """Processor milliseconds that diagnoses took, by what was asked."""

    groups: dict[str, list[float]] = field(default_factory=dict)

    @staticmethod
    def at(milliseconds: list[float], share: float) -> float:
        ordered = sorted(milliseconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


RIGHT = "funciones correctas"


def cost(seed: int, every: int = 1) -> Iterator[tuple[str, list[float]]]:
    """What the diagnosis of one of each so many takes, group by group."""
    groups: dict[str, Iterable[Asked]] = {
        "mutantes de las soluciones": _mutants(MUTANTS // every, seed),
        "pares de errores": _pairs(PAIRS // every, seed),
        "archivos equivocados de tests/catalogue": _files(PLAIN_UNITS),
        "respuestas que el catálogo no vio": _unseen(),
        "archivos equivocados de las unidades de Keras": _files(KERAS_UNITS),
        RIGHT: _right(),
    }
    for name, asked in groups.items():
        chosen = list(asked)
        if "archivos" in name or "respuestas" in name:
            chosen = chosen[seed % every :: every]
        gc.collect()
        gc.freeze()  # What lives all the while is not gone through again in each of them.
        yield (
            name,
            [round(spent(check, function, seed, here), 1) for check, function, here in chosen],
        )


def _mutants(count: int, seed: int) -> Iterator[Asked]:
    every = [m for s in solutions() for m in mutants(s) if m.key not in EQUIVALENT]
    for mutant in random.Random(seed).sample(every, count):
        yield find_check(mutant.solution.check_id), mutant.function(), False


def _pairs(count: int, seed: int) -> Iterator[Asked]:
    checks = list(function_checks())
    for check in checks:
        for both in pairs(check, -(-count // len(checks)), seed, likely=False):
            yield check, both.function, asks_networks(check)


def _files(units: tuple[str, ...]) -> Iterator[Asked]:
    for path in files(units, "wrong"):
        _, function, check_id = load(path)
        yield find_check(check_id), function, False


def _unseen() -> Iterator[Asked]:
    for names in BATCHES.values():
        for answer in unseen_answers(names):
            yield find_check(answer.check_id), answer.function, False


def _right() -> Iterator[Asked]:
    for check in function_checks():
        if not asks_networks(check):
            yield check, next(iter(right_in_styles(check).values())), False


class _Watch:
    """How long the diagnosis takes, and how much of it is the student's own function."""

    def __init__(self) -> None:
        self.spent = self.own = 0.0

    def diagnosis(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start, own = time.process_time(), self.own
            try:
                return real(*args, **kwargs)
            finally:
                self.spent += time.process_time() - start - (self.own - own)

        return timed

    def function(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return real(*args, **kwargs)
            finally:
                self.own += time.process_time() - start

        return timed


def spent(check: Any, function: Callable[..., Any], seed: int, here: bool = False) -> float:
    """Milliseconds of processor of the diagnosis of one function, both ends of the wire."""
    watch = _Watch()
    with (
        patch.object(checking, "_diagnosis", watch.diagnosis(checking._diagnosis)),
        patch.object(ModelCheck, "_diagnosis", watch.diagnosis(ModelCheck._diagnosis)),
    ):
        hear(check, watch.function(function), seed, here=here)
    return 1000 * watch.spent
