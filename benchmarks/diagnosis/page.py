"""La página ``docs/diagnostico.md``: las cifras de una ejecución, y lo que faltó en cada una."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from .cost import Cost
from .equivalents import EQUIVALENT
from .measured import Mutation, Tally

MOST_MISSES = 40
HEAD = """\
# El diagnóstico, medido

Lo escribe `python -m benchmarks.diagnosis{options}`, de una sola ejecución ({seconds} minutos,
semilla {seed}). Cada función se pregunta en un proceso, con el juez, las entradas y el formato
de siempre. Fecha: {when}.

| Qué se preguntó | Bien | De | Parte | Meta |
|---|---|---|---|---|
"""
SAMPLED = """\
En (a), en (b), en lo que oyen los mutantes y en «sin su entrada» se hizo una pregunta de cada
{every}; pierden puntos o no, los mutantes se preguntan todos.
"""
WHAT = """\
- **(a, b, c)** Un error del catálogo, hecho adrede, oye su identificador y ningún otro; de los que
  se pueden hacer de varias formas, una al azar. En (b) se hace sobre otra implementación de la
  función (bucles, trozos, `einsum`, `tensordot`…) o con otros tipos; «aparte» son
  {written} funciones de un escritor que no usa el catálogo, con el error como una pieza. En (c),
  dos errores de partes distintas a la vez, donde los dos se notan; vale otro nombre que responda
  lo mismo con entradas nuevas (trasponer la imagen y la salida es trasponer el kernel). Cuentan
  también como fallos los pares que detienen siempre la función, de los que nadie ve números.
- **(d)** Los archivos de `tests/catalogue` oyen la causa que declaran; los que no declaran
  ninguna, nada que no sea verdad.
- **(e)** Mutantes de las soluciones de `source/`: un cambio en su árbol. De lo que se dice con
  seguridad de uno, se mira que sea lo que la función hace con entradas nuevas.
- **Los hechos**: cada uno se mira en veinte llamadas nuevas; los que hablan de una sola llamada
  (dónde se detuvo, con qué y por qué) no se miran.
- **Sin su entrada**: se quita del catálogo el identificador y se pregunta por él.
- **Lo correcto**: aparte, las 10 000 ejecuciones enteras (10 600, la semilla 2611, 530 de cada
  función) pasaron sin ninguna falsa alarma; la tabla dice las de esta ejecución.
- **Lo que el catálogo no vio**: respuestas escritas a partir del enunciado por quien no lo había
  leído (`benchmarks/diagnosis/unseen/`). Vale el nombre esperado, o uno que responda lo mismo que
  la función con entradas nuevas. Antes de que el catálogo creciera se nombraban 71 de las 208 de
  la primera tanda; quienes lo escribieron la tuvieron delante. La segunda se apartó hasta el
  final: la primera vez que se preguntó se nombraron **75 de 91 (82 %)**, y ninguna causa segura
  era falsa. Esa cifra es la que dice lo que oirá quien se equivoque de una manera nueva. La
  tercera y la cuarta, de 118 y 122, las escribió y juzgó a mano quien no había leído el catálogo:
  la primera vez, con lo que había entonces, se nombraron bien 110 (93 %) y 98 (80 %), y ninguna
  causa segura era falsa. La tercera se tuvo delante después; la cuarta, no: cuando los deslices
  empezaron a generarse se preguntó una sola vez, y se nombraron **109 de 122 (89 %)**, una con
  seguridad y mal, por unas palabras que ya no dicen eso. Quien los generó había visto sin querer
  el nombre, no la respuesta, de 24 de ellas. Después creció también con la cuarta. En las
  funciones que reciben un modelo de Keras solo vale el nombre esperado, y otro cuenta como falso
  aunque sea verdad: aquí no se les pregunta con entradas nuevas.
"""


APART = """\
## Medido aparte

Después de la tabla cambiaron los pares y su coste, y no hubo tiempo de repetirla entera. En una
máquina ocupada, el 26 de noviembre de 2026: con las semillas 13, 21, 34 y 55 se nombraron 245 de
264 pares de dos errores cualesquiera (92,8 %), 229 con sus dos nombres y 16 con otro que responde
lo mismo; con 13 y 21, 104 de 108 de los frecuentes (96,3 %). Costaron 54 ms de mediana y 308 como
mucho (el trabajo permitido se bajó después un 15 %; con la máquina libre no se ha vuelto a medir).
"""


@dataclass
class Figures:
    """All that one run measured."""

    seed: int
    every: int = 1  # one question of each so many was asked, in what is too much for one evening
    tallies: list[Tally] = field(default_factory=list)
    mutation: Mutation | None = None
    cost: Cost | None = None
    seconds: float = 0.0


def _share(tally: Tally) -> str:
    percent = 100 * tally.share
    # A miss is never rounded away.
    shown = f"{percent:.1f}" if tally.well == tally.asked else f"{min(percent, 99.9):.1f}"
    return shown.replace(".", ",") + " %"


def line(tally: Tally) -> str:
    met = "" if tally.met else "  ← no llega"
    return f"{tally.name}: {tally.well} de {tally.asked} ({_share(tally)}){met}"


def page(figures: Figures) -> str:
    return "\n".join(_lines(figures)) + "\n"


def _lines(figures: Figures) -> Iterator[str]:
    yield HEAD.format(
        seconds=round(figures.seconds / 60),
        seed=figures.seed,
        when=date.today().isoformat(),
        options=f" --una-de-cada {figures.every}" if figures.every > 1 else "",
    ).rstrip("\n")
    for tally in figures.tallies:
        goal = f"{100 * tally.goal:.0f} %" + ("" if tally.met else " (no llega)")
        yield f"| {tally.name} | {tally.well} | {tally.asked} | {_share(tally)} | {goal} |"
    yield ""
    written = next((t.asked for t in figures.tallies if "aparte" in t.name), 0)
    if figures.every > 1:
        yield SAMPLED.format(every=figures.every)
    yield WHAT.format(written=written)
    yield APART
    if figures.cost is not None:
        yield from _cost(figures.cost)
    if figures.mutation is not None:
        yield from _mutation(figures.mutation)
    yield from _misses(figures.tallies)
    yield from _confusions(figures.tallies)


def _cost(cost: Cost) -> Iterator[str]:
    wrong = [round(Cost.at(cost.wrong, share)) for share in (0.5, 0.95, 1)]
    yield "## Lo que cuesta\n"
    yield (
        f"Milisegundos de procesador que el diagnóstico añade a {len(cost.wrong)} funciones "
        "equivocadas (la mayoría, pares de errores; también con redes), sin contar lo "
        f"que ellas tardan: {wrong[0]} de mediana, {wrong[1]} en 95 de cada 100 y "
        f"{wrong[2]} como mucho. A una correcta, {round(cost.right[-1])}.\n"
    )


def _mutation(mutation: Mutation) -> Iterator[str]:
    asked = mutation.lost.asked
    yield "## Mutantes\n"
    yield (
        f"{mutation.compiled} compilados; {mutation.compiled - asked} son equivalentes y "
        f"{mutation.lost.well} de los otros {asked} pierden puntos. De {mutation.true.asked} se "
        f"miró lo que oyen: {mutation.named}, una causa del catálogo.\n"
    )
    yield from (f"- Sobrevive `{key}`." for key in mutation.survivors)
    yield "Los equivalentes, y por qué ninguna entrada los distingue:\n"
    for reason, count in Counter(EQUIVALENT.values()).most_common():
        yield f"- {count}: {reason}."
    yield "\nUno a uno están en `benchmarks/diagnosis/equivalents.py`.\n"


def _misses(tallies: list[Tally]) -> Iterator[str]:
    yield "## Lo que no salió\n"
    for tally in tallies:
        if not tally.misses:
            continue
        yield f"**{tally.name}**\n"
        for miss in tally.misses[:MOST_MISSES]:
            asked = f"`{miss.check_id}`: `{miss.what}`"
            yield f"- {asked}: esperaba `{miss.expected}`, oyó `{miss.heard}`"
        if len(tally.misses) > MOST_MISSES:
            yield f"- … y {len(tally.misses) - MOST_MISSES} más."
        yield ""


def _confusions(tallies: list[Tally]) -> Iterator[str]:
    """The matrix without its diagonal: it has hundreds of rows and nearly all of it is zeros."""
    total: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        if tally.name.startswith(("(a)", "(b) las", "(c)")):
            total.update(tally.confusions)
    ids = {expected for expected, _ in total}
    right = sum(count for (expected, heard), count in total.items() if expected == heard)
    yield "## Matriz de confusión\n"
    yield (
        f"De (a), (b) y (c): {len(ids)} filas, {right} preguntas en la diagonal. Fuera de ella:\n"
    )
    off = [(pair, count) for pair, count in total.most_common() if pair[0] != pair[1]]
    if off:
        yield "| Se hizo | Se oyó | Veces |\n|---|---|---|"
    for (expected, heard), count in off[:MOST_MISSES]:
        yield f"| `{expected}` | `{heard}` | {count} |"
    if len(off) > MOST_MISSES:
        yield f"| … y {len(off) - MOST_MISSES} parejas más | | |"
    if not off:
        yield "nada."
