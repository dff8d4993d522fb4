"""``python -m benchmarks.diagnosis``: mide el diagnóstico y escribe ``docs/diagnostico.md``.

Con ``--rapido`` mide una muestra, sin Keras, y no escribe nada. Sale con 1 si alguna meta no se
alcanza. Cada medida se reparte por funciones entre ``--procesos``.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from . import ROOT, measured
from .answers import KERAS, SECOND, THIRD, WITHOUT_KERAS, unseen_answers
from .catalogued import function_checks
from .cost import cost
from .measured import Tally
from .page import Figures, line, page
from .written import written_answers

PAGE = ROOT / "docs" / "diagnostico.md"
PLAIN_UNITS = ("1_convolucion", "2_filtros", "4_padding")
KERAS_UNITS = ("3_mapas_de_caracteristicas", "5_fashion_mnist")
APART = "(b) la capa en cuatro escrituras, aparte"
FIRST_BATCH = "respuestas que el catálogo no vio, primera tanda, con nombre"
SECOND_BATCH = "respuestas que el catálogo no vio, segunda tanda, con nombre"
THIRD_BATCH = "respuestas que el catálogo no vio, tercera y cuarta tandas, con nombre"
IN_KERAS = "respuestas en Keras, primera tanda, con nombre"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rapido", action="store_true", help="una muestra, sin Keras")
    parser.add_argument("--completo", action="store_true", help="todas las formas de cada error")
    parser.add_argument("--una-de-cada", type=int, default=1, help="preguntas, en una muestra")
    parser.add_argument("--semilla", type=int, default=13, help="de los sorteos del juez")
    parser.add_argument("--ejecuciones", type=int, default=10_000, help="de lo correcto")
    parser.add_argument("--procesos", type=int, default=2)
    chosen = parser.parse_args()
    started, figures = time.monotonic(), Figures(chosen.semilla, max(1, chosen.una_de_cada))
    # Forked before anything of TensorFlow runs: only the last measures need it.
    with ProcessPoolExecutor(chosen.procesos, mp_context=get_context("fork")) as pool:
        for tally in (_sample if chosen.rapido else _whole)(pool, chosen, figures):
            figures.tallies.append(tally)
            print(line(tally), f"[{time.monotonic() - started:.0f} s]", flush=True)
            for miss in tally.misses[:8]:
                print(f"    {miss.check_id}: {miss.what}: {miss.expected} → {miss.heard}")
    figures.seconds = time.monotonic() - started
    if not chosen.rapido:
        PAGE.write_text(page(figures), encoding="utf-8")
        print(f"escrita {PAGE.relative_to(ROOT)}")
    return 0 if all(tally.met for tally in figures.tallies) else 1


def _whole(pool: Executor, chosen: argparse.Namespace, figures: Figures) -> Iterator[Tally]:
    seed, each, every = chosen.semilla, partial(_each, pool), figures.every
    pairs = max(30 // every, 6)
    yield each(partial(measured.own, seed, every_way=chosen.completo, every=every))
    yield each(partial(measured.in_styles, seed, 3, every=every))
    yield each(partial(_written, seed, every))
    yield each(partial(measured.two_at_once, seed, pairs))
    yield each(partial(measured.two_at_once, seed, pairs, likely=False))
    yield each(partial(measured.catalogue_files, seed, PLAIN_UNITS))
    figures.mutation = each(partial(measured.mutation, seed, every=every))
    yield from (figures.mutation.lost, figures.mutation.true, figures.mutation.facts)
    yield each(partial(measured.left_out_of_the_catalogue, seed, every=every))
    batches = (WITHOUT_KERAS, FIRST_BATCH), (SECOND, SECOND_BATCH), (THIRD, THIRD_BATCH)
    for names, title in batches:
        yield from _told(each(partial(_unseen, seed, names)), title)
    yield each(partial(measured.right_ones, seed, chosen.ejecuciones // len(_ids())))
    figures.cost = cost(seed, every)
    files = partial(measured.catalogue_files, seed, KERAS_UNITS)
    yield files("(d) los archivos de las unidades de Keras")
    yield from _told(measured.unseen(seed, unseen_answers(KERAS)), IN_KERAS)


def _sample(pool: Executor, chosen: argparse.Namespace, figures: Figures) -> Iterator[Tally]:
    seed, each = chosen.semilla, partial(_each, pool)
    yield each(partial(measured.own, seed, every=10))
    yield each(partial(measured.in_styles, seed, 1, every=10))
    yield each(partial(measured.two_at_once, seed, 1))
    figures.mutation = each(partial(measured.mutation, seed, every=20))
    yield from (figures.mutation.lost, figures.mutation.true, figures.mutation.facts)
    yield each(partial(measured.left_out_of_the_catalogue, seed, every=20))
    yield each(partial(measured.right_ones, seed, 10))


def _told(found: measured.Unseen, title: str) -> Iterator[Tally]:
    found.named.name = title
    yield from (found.named, found.safe, found.facts)


def _ids() -> list[str]:
    return [check.id for check in function_checks()]


def _each(pool: Executor, measure: Callable[..., Any]) -> Any:
    """One measure over every function, its parts shared out and put together again."""
    parts = [pool.submit(_part, measure, check_id) for check_id in _ids()]
    whole, *others = (part.result() for part in parts)
    for other in others:
        whole.add(other)
    return whole


def _part(measure: Callable[..., Any], check_id: str) -> Any:
    return measure(only=(check_id,))


def _unseen(seed: int, names: tuple[str, ...], only: measured.Only) -> measured.Unseen:
    return measured.unseen(seed, unseen_answers(names), only)


def _written(seed: int, every: int, only: measured.Only) -> Tally:
    tally = measured.unseen(seed, list(written_answers())[::every], only).named
    tally.name, tally.goal = APART, 0.98
    return tally


if __name__ == "__main__":
    sys.exit(main())
