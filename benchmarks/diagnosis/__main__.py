"""``python -m benchmarks.diagnosis``: mide el diagnóstico y escribe ``docs/diagnostico.md``.

Tarda unos minutos. Con ``--rapido`` mide una muestra, sin Keras, y no escribe nada; sale con 1 si
alguna meta no se alcanza.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from . import ROOT, measured
from .answers import KERAS, WITHOUT_KERAS, unseen_answers
from .cost import cost
from .measured import Tally
from .page import Figures, line, page
from .written import written_answers

PAGE = ROOT / "docs" / "diagnostico.md"
PLAIN_UNITS = ("1_convolucion", "2_filtros", "4_padding")
KERAS_UNITS = ("3_mapas_de_caracteristicas", "5_fashion_mnist")
STYLES = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rapido", action="store_true", help="una muestra, sin Keras")
    parser.add_argument("--semilla", type=int, default=13, help="de los sorteos del juez")
    parser.add_argument("--ejecuciones", type=int, default=10_000, help="de lo correcto")
    chosen = parser.parse_args()
    started = time.monotonic()
    figures = Figures(seed=chosen.semilla)
    steps = _sample if chosen.rapido else _whole
    for tally in steps(chosen.semilla, chosen.ejecuciones, figures):
        figures.tallies.append(tally)
        print(line(tally), flush=True)
        for miss in tally.misses[:5]:
            print(f"    {miss.check_id}: {miss.what}: {miss.expected} → {miss.heard}", flush=True)
    figures.seconds = time.monotonic() - started
    if not chosen.rapido:
        PAGE.write_text(page(figures), encoding="utf-8")
        print(f"escrita {PAGE.relative_to(ROOT)}")
    return 0 if all(tally.met for tally in figures.tallies) else 1


def _whole(seed: int, runs: int, figures: Figures) -> Iterator[Tally]:
    yield measured.own(seed)
    yield measured.in_styles(seed, STYLES)
    yield _named(measured.unseen(written_answers(), seed), "(b) la capa en cuatro estilos, aparte")
    yield measured.two_at_once(seed, 60)
    yield measured.catalogue_files(seed, PLAIN_UNITS)
    yield from _mutation(seed, 1, figures)
    yield measured.left_out_of_the_catalogue(seed)
    yield from measured.unseen(unseen_answers(WITHOUT_KERAS), seed)
    yield measured.right_ones(runs, seed)
    figures.cost = cost(seed)
    yield measured.catalogue_files(seed, KERAS_UNITS, "(d) los archivos de las unidades de Keras")
    named, safe = measured.unseen(unseen_answers(KERAS), seed)
    yield _named((named, safe), "respuestas en Keras que el catálogo no vio, con nombre")
    yield _named((safe, safe), "de ellas, ninguna causa «segura» y falsa")


def _sample(seed: int, runs: int, figures: Figures) -> Iterator[Tally]:
    yield measured.own(seed)
    yield measured.in_styles(seed, 1)
    yield measured.two_at_once(seed, 5)
    yield measured.catalogue_files(seed, PLAIN_UNITS[:1])
    yield from _mutation(seed, 10, figures)
    yield measured.left_out_of_the_catalogue(seed)
    yield from measured.unseen(unseen_answers(WITHOUT_KERAS), seed)
    yield measured.right_ones(min(runs, 200), seed)
    figures.cost = cost(seed)


def _mutation(seed: int, every: int, figures: Figures) -> Iterator[Tally]:
    found = measured.mutation(seed, every)
    figures.mutation = found
    yield found.lost
    yield found.true


def _named(tallies: tuple[Tally, Tally], name: str) -> Tally:
    tallies[0].name = name
    return tallies[0]


if __name__ == "__main__":
    sys.exit(main())
