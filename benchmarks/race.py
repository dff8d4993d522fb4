"""Mide por turnos: un proceso por contendiente, y solo uno trabaja a la vez.

Así ninguna biblioteca sufre los hilos de otra, y el ruido de la máquina cae sobre todas.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from statistics import median

from benchmarks.cases import Case

_SLICE_SECONDS = 0.06
_WARM_UPS = 2
_LOOK_SECONDS = 0.02


def _settle() -> None:
    """Wait until this process rests.

    After their work, OpenMP's threads spin for some 10 ms, and OpenBLAS's for 100, over a core that
    the next contender needs.
    """
    busy = True
    while busy:
        before = time.process_time()
        time.sleep(_LOOK_SECONDS)
        busy = time.process_time() - before > _LOOK_SECONDS / 10


def _serve(name: str, pipe) -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from benchmarks.contenders import CONTENDERS

    works = {}
    while (message := pipe.recv()) is not None:
        kind, value = message
        if kind == "prepare":
            try:
                works = CONTENDERS[name](value)
                for work in works.values():
                    for _ in range(3):
                        work()
                _settle()
                pipe.send(sorted(works))
            except Exception as error:  # un caso que esa biblioteca no sabe calcular
                works = {}
                pipe.send(f"{type(error).__name__}: {error}".splitlines()[0])
            continue
        work = works[value]
        times: list[float] = []
        for _ in range(_WARM_UPS):
            work()
        begin = time.perf_counter()
        while not times or time.perf_counter() - begin < _SLICE_SECONDS:
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        _settle()
        pipe.send(times)


class Race:
    """Los procesos de una carrera; se usa con ``with``."""

    def __init__(self, names: list[str]):
        context = multiprocessing.get_context("spawn")
        self.pipes = {}
        for name in names:
            self.pipes[name], end = context.Pipe()
            context.Process(target=_serve, args=(name, end), daemon=True).start()

    def __enter__(self) -> Race:
        return self

    def __exit__(self, *_) -> None:
        for pipe in self.pipes.values():
            pipe.send(None)

    def _ask(self, name: str, kind: str, value):
        self.pipes[name].send((kind, value))
        return self.pipes[name].recv()

    def run(self, case: Case, turns: int) -> dict[str, dict[str, list[float]]]:
        """Segundos por operación y contendiente: la mediana de cada uno de sus turnos."""
        offers = {name: self._ask(name, "prepare", case) for name in self.pipes}
        result: dict[str, dict[str, list[float]]] = {}
        for name, offer in offers.items():
            if isinstance(offer, str):
                print(f"  {name} no mide «{case.name}»: {offer}")
        for operation in ("forward", "train"):
            able = [name for name, offer in offers.items() if operation in offer]
            times: dict[str, list[float]] = {name: [] for name in able}
            for turn in range(turns):
                for name in able[turn % len(able) :] + able[: turn % len(able)]:
                    times[name].append(median(self._ask(name, "measure", operation)))
            result[operation] = times
        return result
