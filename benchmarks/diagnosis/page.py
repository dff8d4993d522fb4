"""La página ``docs/diagnostico.md``: lo que midió cada parte, con qué muestra, y lo que faltó."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .cost import LIMIT_OF_RIGHT, LIMIT_OF_WRONG, RIGHT, Cost
from .equivalents import EQUIVALENT
from .kept import MOST_MISSES, Part
from .measured import Tally

PARTS = {
    "propias": "(a) los errores del catálogo",
    "estilos": "(b) los mismos, escritos de otra manera",
    "aparte": "(b) un escritor que no usa el catálogo",
    "pares": "(c) dos errores a la vez",
    "archivos": "(d) los archivos de `tests/catalogue`",
    "mutantes": "(e) los mutantes",
    "sin-entrada": "sin su entrada",
    "no-vistas": "lo que el catálogo no vio",
    "correctas": "lo correcto",
    "coste": "el coste",
    "keras": "las unidades de Keras",
}
HEAD = """\
# El diagnóstico, medido

Lo escribe `python -m benchmarks.diagnosis`, con lo que midió cada parte; al final dice de cada una
con qué versión, qué muestra y cuándo. Cada función se pregunta con el juez, las entradas y el
formato de siempre, y lo que se dice se decide por el trabajo contado: el reloj, que solo cuenta en
una máquina muy lenta, se mide en el coste.

| Qué se preguntó | Bien | De | Parte | Meta |
|---|---|---|---|---|
"""
WHAT = """\
- **(a, b, c)** Un error del catálogo, hecho adrede, oye su identificador y ningún otro; de los que
  se pueden hacer de varias formas, una al azar. De los que se generan, ocho veces más espaciados,
  vale cualquier nombre que responda lo mismo con entradas nuevas.
  En (b) se hace sobre otra implementación de la
  función (bucles, trozos, `einsum`, `tensordot`…) o con otros tipos; «aparte» son funciones de un
  escritor que no usa el catálogo, con el error como una pieza. En (c), dos errores de partes
  distintas a la vez, donde los dos se notan; vale otro nombre que responda lo mismo con entradas
  nuevas (trasponer la imagen y la salida es trasponer el kernel). Cuentan también como fallos los
  pares que detienen siempre la función, de los que nadie ve números.
- **(d)** Los archivos de `tests/catalogue` oyen la causa que declaran; los que no declaran
  ninguna, nada que no sea verdad.
- **(e)** Mutantes de las soluciones de `source/`: un cambio en su árbol. De lo que se dice con
  seguridad de uno, se mira que sea lo que la función hace con entradas nuevas.
- **Los hechos**: cada uno se mira en veinte llamadas nuevas; los que hablan de una sola llamada
  (dónde se detuvo, con qué y por qué) no se miran.
- **Sin su entrada**: se quita del catálogo el identificador y se pregunta por él.
- **Lo que el catálogo no vio**: respuestas escritas a partir del enunciado por quien no lo había
  leído (`benchmarks/diagnosis/unseen/`). Vale el nombre esperado, o uno que responda lo mismo que
  la función con entradas nuevas; a las que reciben un modelo de Keras se les pregunta con modelos
  vivos.
"""
BLIND = """\
## La primera vez

Quien hizo crecer el catálogo tuvo delante después cada tanda, así que las cifras de arriba no
dicen lo que oirá quien se equivoque de una manera nueva. Eso lo dice la primera vez que se
preguntó cada una, antes de que nadie la leyera. «Con la letra»: la frase tiene que ser verdad de
lo que hay escrito en la respuesta, y no basta con que otra función que la cumpla responda lo
mismo:

| Tanda | Bien nombradas | De | Segura y falsa |
|---|---|---|---|
"""
# Of each batch: those rightly named the first time, of how many, and how many falsely for sure.
FIRST_TIME: dict[str, tuple[int, int, int | None]] = {
    "primera (con el catálogo de entonces)": (71, 208, None),
    "segunda": (75, 91, 0),
    "tercera": (110, 118, 0),
    "cuarta": (98, 122, 0),
    "cuarta, con los deslices ya generados (24 nombres se habían visto)": (109, 122, 1),
    "quinta": (97, 100, 0),
    "sexta": (88, 100, 1),
    "tercera de Keras": (36, 39, 0),
    "séptima, con la letra de cada frase": (93, 100, 2),
    "cuarta de Keras, con la letra de cada frase": (25, 29, 1),
    "octava, con la letra de cada frase": (76, 100, 5),
    "quinta de Keras, con la letra de cada frase": (27, 29, 0),
    "novena, con la letra de cada frase": (95, 100, 1),
    "sexta de Keras, con la letra de cada frase": (29, 29, 0),
    "décima, con la letra de cada frase": (99, 100, 0),
    "séptima de Keras, con la letra de cada frase": (27, 28, 1),
    "undécima, con la letra de cada frase": (58, 60, 0),
    "octava de Keras, con la letra de cada frase": (28, 30, 1),
}


def percent(well: int, asked: int) -> str:
    if not asked:
        return "—"
    share = 100 * well / asked
    # A miss is never rounded away.
    shown = f"{share:.1f}" if well == asked else f"{min(share, 99.9):.1f}"
    return shown.replace(".", ",") + " %"


def line(tally: Tally) -> str:
    met = "" if tally.met else "  ← no llega"
    return f"{tally.name}: {tally.well} de {tally.asked} ({percent(tally.well, tally.asked)}){met}"


def page(parts: Sequence[Part]) -> str:
    return "\n".join(_lines(parts)) + "\n"


def _lines(parts: Sequence[Part]) -> Iterator[str]:
    yield HEAD.rstrip("\n")
    tallies = [tally for part in parts for tally in part.tallies if tally.asked]
    for tally in tallies:
        goal = f"{100 * tally.goal:.0f} %" + ("" if tally.met else " (no llega)")
        share = percent(tally.well, tally.asked)
        yield f"| {tally.name} | {tally.well} | {tally.asked} | {share} | {goal} |"
    yield ""
    yield WHAT
    yield BLIND.rstrip("\n")
    for batch, (well, asked, false) in FIRST_TIME.items():
        known = "—" if false is None else str(false)
        yield f"| {batch} | {well} ({percent(well, asked)}) | {asked} | {known} |"
    yield ""
    for part in parts:
        if part.name == "coste":
            yield from _cost(part)
        if part.name == "mutantes":
            yield from _mutation(part)
        if part.name == "correctas" and "escrituras" in part.extra:
            yield from _styles(part)
    yield from _misses(tallies)
    yield from _confusions(tallies)
    yield from _samples(parts)


def _styles(part: Part) -> Iterator[str]:
    yield "## Lo correcto, escrito de otras maneras\n"
    yield (
        "Cada ejecución tiene su semilla, y en ninguna puede perderse un punto ni oírse nada. "
        "Escrituras correctas de cada función, entre las implementaciones de "
        "`tests/support/right_*.py` y los archivos de `tests/catalogue/*/*/right`:\n"
    )
    several: dict[int, list[str]] = {}
    for check_id, count in part.extra["escrituras"].items():
        several.setdefault(count, []).append(f"`{check_id}`")
    for count in sorted(several, reverse=True):
        yield f"- {count}: {', '.join(several[count])}."
    yield ""


def _cost(part: Part) -> Iterator[str]:
    yield "## Lo que cuesta\n"
    yield (
        "Milisegundos de procesador que añade el diagnóstico, los dos extremos del cable juntos y "
        "sin contar lo que tarda la función. El trabajo se cuenta y está limitado "
        "(`judging/diagnosis/effort.py`); donde el procesador es tan lento que la cuenta no basta, "
        f"lo corta su reloj. Límites: {LIMIT_OF_WRONG:.0f} ms a una equivocada, "
        f"{LIMIT_OF_RIGHT:.0f} a una correcta.\n"
    )
    yield "| Qué se preguntó | Cuántas | Mediana | 95 de cada 100 | Como mucho |"
    yield "|---|---|---|---|---|"
    for name, found in part.extra.items():
        shown = [f"{Cost.at(found, share):.0f}" for share in (0.5, 0.95, 1)]
        limit = LIMIT_OF_RIGHT if name == RIGHT else LIMIT_OF_WRONG
        over = sum(each > limit for each in found)
        most = shown[2] + (f" ({over} pasan del límite)" if over else "")
        yield f"| {name} | {len(found)} | {shown[0]} | {shown[1]} | {most} |"
    yield ""
    yield (
        "La primera respuesta equivocada a una función paga en cada proceso lo que responde todo "
        "su catálogo a una llamada fija; también eso cuenta en el reloj que lo corta.\n"
    )


def _mutation(part: Part) -> Iterator[str]:
    lost, true = part.tallies[0], part.tallies[1]
    compiled = part.extra["compilados"]
    yield "## Mutantes\n"
    yield (
        f"{compiled} compilados; {compiled - lost.asked} son equivalentes y {lost.well} de los "
        f"otros {lost.asked} pierden puntos. De {true.asked} se miró lo que oyen: "
        f"{part.extra['con nombre']}, una causa del catálogo.\n"
    )
    yield from (f"- Sobrevive `{key}`." for key in part.extra["supervivientes"])
    yield "Los equivalentes, y por qué ninguna entrada los distingue:\n"
    for reason, count in Counter(EQUIVALENT.values()).most_common():
        yield f"- {count}: {reason}."
    yield "\nUno a uno están en `benchmarks/diagnosis/equivalents.py`.\n"


def _misses(tallies: Sequence[Tally]) -> Iterator[str]:
    yield "## Lo que no salió\n"
    for tally in tallies:
        if not tally.misses:
            continue
        yield f"**{tally.name}**\n"
        for miss in tally.misses[:MOST_MISSES]:
            asked = f"`{miss.check_id}`: `{miss.what}`"
            yield f"- {asked}: esperaba `{miss.expected}`, oyó `{miss.heard}`"
        missed = tally.asked - tally.well
        if missed > MOST_MISSES:
            yield f"- … y {missed - MOST_MISSES} más."
        yield ""


def _confusions(tallies: Sequence[Tally]) -> Iterator[str]:
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
    yield ""


_BACKENDS = {"jax": "JAX", "torch": "PyTorch"}


def _samples(parts: Sequence[Part]) -> Iterator[str]:
    yield "## Con qué se midió cada parte\n"
    yield "| Parte | Semillas | Muestra | Procesos | Minutos | Versión | Fecha |"
    yield "|---|---|---|---|---|---|---|"
    for part in parts:
        sample = "todo" if part.every == 1 else f"una pregunta de cada {part.every}"
        seeds = ", ".join(map(str, part.seeds))
        title, minutes = PARTS[part.name], f"{part.minutes:g}".replace(".", ",")
        where = "" if part.backend == "tensorflow" else f", Keras sobre {_BACKENDS[part.backend]}"
        done = f"{part.processes}{where} | {minutes} | `{part.commit}` | {part.when}"
        yield f"| {title} | {seeds} | {sample} | {done} |"
    known = {part.name for part in parts}
    missing = [title for name, title in PARTS.items() if name not in known]
    if missing:
        yield f"\nSin medir desde que se mide por partes: {'; '.join(missing)}."
    yield (
        "\nUn `+` detrás de la versión: se midió con algún cambio que todavía no estaba en ella. "
        "De los mutantes, pierdan puntos o no, se preguntan todos; la muestra es de lo que oyen. "
        "Con dos procesos, los minutos son de una máquina que hacía otras cosas."
    )
