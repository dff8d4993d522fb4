"""``python -m benchmarks.diagnosis``: mide el diagnóstico y escribe ``docs/diagnostico.md``.

Cada parte se puede medir sola (``--partes``) y queda guardada con su versión y su muestra; la
página se escribe con lo guardado. Con ``--rapido`` mide una muestra, sin Keras, y no guarda nada.
Sale con 1 si alguna meta no se alcanza. Cada medida se reparte por funciones entre ``--procesos``.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from autograder.judging.diagnosis import effort

from . import ROOT, measured
from .answers import BATCHES, KERAS_BATCHES, unseen_answers
from .catalogued import function_checks, right_in_styles, written_checks
from .cost import KERAS_UNITS, PLAIN_UNITS, cost
from .kept import Part
from .measured import Tally
from .page import PARTS, line, page
from .written import written_answers

PAGE = ROOT / "docs" / "diagnostico.md"
APART = "(b) la capa en cuatro escrituras, aparte"
PER_OWN = 8  # entries made by generation, of which one is asked for each of the others
CLOCK = effort.MOST_CPU  # as it is where a class is graded


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--partes", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--solo-pagina", action="store_true", help="con lo que está guardado")
    parser.add_argument("--rapido", action="store_true", help="una muestra, sin Keras")
    parser.add_argument("--una-de-cada", type=int, default=1, help="preguntas, en una muestra")
    parser.add_argument("--semillas", type=int, nargs="+", default=[13], help="de los sorteos")
    parser.add_argument("--pares", type=int, default=30, help="de cada función y semilla")
    parser.add_argument("--ejecuciones", type=int, default=10_000, help="de lo correcto")
    parser.add_argument("--procesos", type=int, default=2)
    parser.add_argument("--version", default="", help="la del árbol, donde se mide sin su git")
    chosen = parser.parse_args()
    tallies: list[Tally] = []
    # Forked before anything of TensorFlow runs: only the last measures need it.
    with ProcessPoolExecutor(chosen.procesos, get_context("fork"), _by_count) as pool:
        if chosen.rapido:
            tallies = [_shown(tally) for tally in _sample(pool, chosen)]
        elif not chosen.solo_pagina:
            for name in chosen.partes:
                tallies += _part(name, pool, chosen).tallies
    if not chosen.rapido:
        PAGE.write_text(page([part for name in PARTS if (part := Part.read(name))]), "utf-8")
        print(f"escrita {PAGE.relative_to(ROOT)}")
    return 0 if all(tally.met for tally in tallies) else 1


def _by_count() -> None:
    """What is told must not depend on how busy the machine is: the count alone ends a diagnosis."""
    effort.MOST_CPU = 600.0


def _part(name: str, pool: Executor, chosen: argparse.Namespace) -> Part:
    started = time.monotonic()
    part = Part(name, seeds=tuple(chosen.semillas), every=max(1, chosen.una_de_cada))
    part.processes = chosen.procesos
    part.backend = os.environ.get("KERAS_BACKEND", part.backend)
    for seed in part.seeds:
        _MEASURES[name](part, partial(_each, pool), seed, chosen)
    part.minutes = round((time.monotonic() - started) / 60, 1)
    for tally in part.tallies:
        _shown(tally)
    part.keep(chosen.version)
    return part


def _shown(tally: Tally) -> Tally:
    print(line(tally), flush=True)
    for miss in tally.misses[:8]:
        print(f"    {miss.check_id}: {miss.what}: {miss.expected} → {miss.heard}")
    return tally


# --- the parts -----------------------------------------------------------------------------------

Each = Callable[..., Any]  # of a measure, and of the ids of some checks


def _note(part: Part, *tallies: Tally) -> None:
    """What another seed found is added to what the first did."""
    for tally in tallies:
        known = next((each for each in part.tallies if each.name == tally.name), None)
        if known is None:
            part.tallies.append(tally)
        else:
            known.add(tally)


def _own(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    _note(part, each(partial(measured.own, seed, every=part.every)))
    _note(part, each(partial(measured.by_generation, seed, every=part.every * PER_OWN)))


def _styles(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    _note(part, each(partial(measured.in_styles, seed, 3, every=part.every)))


def _by_a_writer(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    _note(part, each(partial(_written, seed, part.every)))


def _pairs(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    for likely in (True, False):
        _note(part, each(partial(measured.two_at_once, seed, chosen.pares, likely=likely)))


def _files(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    _note(part, each(partial(measured.catalogue_files, seed, PLAIN_UNITS)))


def _mutants(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    found = each(partial(measured.mutation, seed, every=part.every))
    _note(part, found.lost, found.true, found.facts)
    part.extra |= {"compilados": found.compiled, "con nombre": found.named}
    part.extra["supervivientes"] = found.survivors


def _without_entry(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    _note(part, each(partial(measured.left_out_of_the_catalogue, seed, every=part.every)))


def _unforeseen(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    for batch, names in BATCHES.items():
        found = each(partial(_unseen, seed, names, part.every))
        _note(part, *_told(found, f"respuestas que el catálogo no vio, {batch} tanda"))


def _right(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    """Of every function and of every network, as many runs."""
    ids = [check.id for check in written_checks()]
    runs = -(-chosen.ejecuciones // len(ids))
    _note(part, each(partial(measured.right_ones, seed, runs), ids))
    part.extra["escrituras"] = {check.id: len(right_in_styles(check)) for check in written_checks()}


def _keras(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    """Here, and not in the pool: TensorFlow is not to be forked once it runs."""
    _by_count()
    files = "(d) los archivos de las unidades de Keras"
    _note(part, measured.catalogue_files(seed, KERAS_UNITS, files))
    for batch, names in KERAS_BATCHES.items():
        found = measured.unseen(seed, unseen_answers(names))
        _note(part, *_told(found, f"respuestas en Keras, {batch} tanda"))


def _cost(part: Part, each: Each, seed: int, chosen: argparse.Namespace) -> None:
    """Here, one after another, and with the clock: with Keras in the end."""
    effort.MOST_CPU = CLOCK
    for name, milliseconds in cost(seed, part.every):
        part.extra[name] = milliseconds
        print(f"{name}: {max(milliseconds):.0f} ms como mucho, de {len(milliseconds)}", flush=True)


_MEASURES: dict[str, Callable[[Part, Each, int, argparse.Namespace], None]] = {
    "propias": _own,
    "estilos": _styles,
    "aparte": _by_a_writer,
    "pares": _pairs,
    "archivos": _files,
    "mutantes": _mutants,
    "sin-entrada": _without_entry,
    "no-vistas": _unforeseen,
    "correctas": _right,
    "coste": _cost,
    "keras": _keras,
}


def _sample(pool: Executor, chosen: argparse.Namespace) -> Iterator[Tally]:
    seed, each = chosen.semillas[0], partial(_each, pool)
    yield each(partial(measured.own, seed, every=10))
    yield each(partial(measured.in_styles, seed, 1, every=10))
    yield each(partial(measured.two_at_once, seed, 1))
    found = each(partial(measured.mutation, seed, every=20))
    yield from (found.lost, found.true, found.facts)
    yield each(partial(measured.left_out_of_the_catalogue, seed, every=20))
    yield each(partial(measured.right_ones, seed, 10))


def _told(found: measured.Unseen, title: str) -> Iterator[Tally]:
    found.named.name = f"{title}, con nombre"
    found.safe.name = f"{title}, ninguna causa «segura» y falsa"
    found.likely.name = f"{title}, ninguna causa «probable» y falsa"
    found.facts.name = f"{title}, los hechos son verdad en veinte llamadas nuevas"
    yield from (found.named, found.safe, found.likely, found.facts)


def _ids() -> list[str]:
    return [check.id for check in function_checks()]


def _each(pool: Executor, measure: Callable[..., Any], ids: Sequence[str] = ()) -> Any:
    """One measure over every function (or over ``ids``), shared out and put together again."""
    parts = [pool.submit(_of_one, measure, check_id) for check_id in ids or _ids()]
    whole, *others = (part.result() for part in parts)
    for other in others:
        whole.add(other)
    return whole


def _of_one(measure: Callable[..., Any], check_id: str) -> Any:
    return measure(only=(check_id,))


def _unseen(seed: int, names: tuple[str, ...], every: int, only: measured.Only) -> measured.Unseen:
    return measured.unseen(seed, unseen_answers(names)[seed % every :: every], only)


def _written(seed: int, every: int, only: measured.Only) -> Tally:
    tally = measured.unseen(seed, list(written_answers())[::every], only).named
    tally.name, tally.goal = APART, 0.98
    return tally


if __name__ == "__main__":
    sys.exit(main())
