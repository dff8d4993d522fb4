"""Las fórmulas de la unidad 4 y las de contar parámetros, con un desliz en cualquier sitio."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from conv2d_lib.shapes import as_pair

from ..judging.diagnosis.changes import Arguments, Change
from . import lessons
from .named import Named
from .size_formulas import SAME_TERM, SPAN, TOTAL_TERM, VALID_TERM
from .span_mistakes import span_of
from .terms import Number, Term, Tree, read, slips, value, written
from .ways import Entries, after, before

Leaves = Sequence[str | Number]


# --- how long the output is -------------------------------------------------------------------
_OTHERS: Leaves = ("n", "e", "k", "s", "d", 0, 1, 2)
SPAN_OF = {"e": "k_ef", "t": "total", "h": "antes"}


def _of_axis(given: Arguments) -> dict[str, Any]:
    return {
        "n": given["n"],
        "k": given["kernel_size"],
        "s": given["strides"],
        "d": given["dilation_rate"],
        "e": span_of(given),
    }


def _size(padding: str, tree: Tree) -> Change:
    def change(right: Any, given: Arguments) -> Any:
        return value(tree, _of_axis(given)) if given["padding"] == padding else right

    return after(padding, change).said(written(tree, SPAN_OF))


def _refusing(tree: Tree) -> Change:
    """What the kernel spans, counted otherwise: it decides as well what is refused."""

    def change(right: Any, given: Arguments) -> Any:
        if given["padding"] == "same":
            return right
        names = _of_axis(given)
        span = value(tree, names)
        if span > names["n"]:
            raise ValueError("no cabe")
        return (names["n"] - span) // names["s"] + 1

    return after("valid", change).said(f"con un kernel que abarca {written(tree, SPAN_OF)}")


def _trees(*texts: str, others: Leaves) -> Iterator[Tree]:
    for text in texts:
        yield from slips(read(text), others)


_SPAN = "(+ (* d (- k 1)) 1)"
SIZE_SLIPS: Entries = (
    *VALID_TERM.rarely(
        *(
            _size("valid", tree)
            for tree in _trees("(+ (// (- n e) s) 1)", "(// (+ (- n e) s) s)", others=_OTHERS)
        )
    ),
    *SAME_TERM.rarely(
        *(
            _size("same", tree)
            for tree in _trees("(neg (// (neg n) s))", "(// (+ n (- s 1)) s)", others=_OTHERS)
        )
    ),
    *SPAN.rarely(*(_refusing(tree) for tree in _trees(_SPAN, others=("n", "k", "s", "d")))),
)

# --- how many zeros -------------------------------------------------------------------------------
ONE_SIDE = Named(
    "un-lado-del-relleno",
    "el total de ceros está bien, y uno de los lados no lleva los que le tocan: antes va la mitad, "
    "hacia abajo, y después los demás",
    "con un total de 3, ¿cuántos van antes y cuántos después? ¿Y con un total de 0?",
    lessons.ODD_ZERO,
)
OUTPUT_OF_VALID = Named(
    "relleno-con-la-salida-de-valid",
    'el total de ceros parte de la salida de "valid"; parte de la de "same", ⌈n / s⌉',
    "¿qué salida quieres que dé la capa después de rellenar?",
    lessons.TWO_FORMULAS,
)
_OUTPUT = "(neg (// (neg n) s))"
_TOTAL = f"(max (- (+ (* (- {_OUTPUT} 1) s) e) n) 0)"


def _halves(total: Any) -> tuple[Any, Any]:
    return total // 2, total - total // 2


def _totalling(total: Callable[[dict[str, Any]], Any]) -> Change:
    return after("total", lambda _, given: _halves(total(_of_axis(given))))


def _total(tree: Tree) -> Change:
    return _totalling(lambda names: value(tree, names)).said(
        f"con un total de {written(tree, SPAN_OF)}"
    )


def _spanning(tree: Tree) -> Change:
    def total(names: dict[str, Any]) -> Any:
        return value(read(_TOTAL), names | {"e": value(tree, names)})

    return _totalling(total).said(f"con un kernel que abarca {written(tree, SPAN_OF)}")


def _share(before: Tree, behind: Tree) -> Change:
    """The zeros before (``h``) and after, of the right total (``t``)."""

    def change(right: Any, given: Arguments) -> Any:
        names = _of_axis(given) | {"t": sum(right)}
        first = value(before, names)
        return first, value(behind, names | {"h": first})

    return after("reparto", change).said(
        f"antes = {written(before, SPAN_OF)} y después = {written(behind, SPAN_OF)}"
    )


def _of_valid(refuses: bool, dilated: bool) -> Change:
    def total(names: dict[str, Any]) -> int:
        span = names["e"] if dilated else names["k"]
        if refuses and span > names["n"]:
            raise ValueError("no cabe")
        out = (names["n"] - span) // names["s"] + 1
        return max((out - 1) * names["s"] + names["e"] - names["n"], 0)

    return _totalling(total)


_HALF, _REST = read("(// t 2)"), read("(- t h)")
_OF_SHARE: Leaves = ("t", "k", "s", "e", 0, 1, 2)
AMOUNT_SLIPS: Entries = (
    *OUTPUT_OF_VALID.rarely(
        *(_of_valid(refuses, dilated) for refuses in (True, False) for dilated in (True, False))
    ),
    *ONE_SIDE.rarely(
        *(_share(tree, read("(- t (// t 2))")) for tree in slips(_HALF, _OF_SHARE)),
        *(_share(_HALF, tree) for tree in slips(read("(- t (// t 2))"), _OF_SHARE)),
        *(_share(tree, _REST) for tree in slips(_HALF, _OF_SHARE)),
    ),
    *TOTAL_TERM.rarely(*(_total(tree) for tree in slips(read(_TOTAL), _OTHERS))),
    *SPAN.rarely(*(_spanning(tree) for tree in _trees(_SPAN, others=("n", "k", "s", "d")))),
)

# --- what an option is worth where it is left out -------------------------------------------------
OTHER_DEFAULT = Named(
    "otro-valor-por-omision",
    "cuando falta un argumento opcional, sale lo que daría otro valor que el del enunciado",
    "compara tu línea def con la del enunciado, argumento por argumento",
    lessons.CHECKING,
)


def other_defaults(**values: Sequence[Any]) -> Entries:
    """Each option at each other value where it is at its own, the first of those told."""

    def change(name: str, usual: Any, other: Any) -> Change:
        return before(
            name,
            lambda given: given | {name: other} if _is(given[name], usual) else given,
        )

    return OTHER_DEFAULT.rarely(
        *(
            change(name, usual, other)
            for name, (usual, *others) in values.items()
            for other in others
        )
    )


def _is(given: Any, usual: Any) -> bool:
    return type(given) is type(usual) and bool(given == usual)


# --- how many parameters --------------------------------------------------------------------------
_NUMBER = "cuenta con lápiz una capa muy pequeña, número a número, y compárala con tu fórmula"
CONV_TERM = Named(
    "un-termino-de-la-cuenta-conv",
    "en la cuenta de la capa convolucional un término no es el que va: alto × ancho × canales de "
    "un grupo × filtros, y un sesgo por filtro",
    _NUMBER,
    lessons.PARAMETERS,
)
DENSE_TERM = Named(
    "un-termino-de-la-cuenta-dense",
    "en la cuenta de la capa densa un término no es el que va: entradas × unidades, y un sesgo por "
    "unidad",
    _NUMBER,
    lessons.PARAMETERS,
)


_CONV_WORDS = {"h": "alto", "w": "ancho", "c": "canales", "f": "filtros", "g": "groups"}
_CONV_WORDS |= {"use": "use_bias"}
_DENSE_WORDS = {"e": "entradas", "u": "unidades", "use": "use_bias"}


def _of_conv(given: Arguments) -> dict[str, Any]:
    height, width = as_pair(given["kernel_size"], "")
    names = {"h": height, "w": width, "c": given["canales_entrada"], "f": given["filters"]}
    return names | {"g": given["groups"], "use": int(given["use_bias"])}


def _of_dense(given: Arguments) -> dict[str, Any]:
    return {"e": given["entradas"], "u": given["unidades"], "use": int(given["use_bias"])}


def _counted(
    names: Callable[[Arguments], dict[str, Any]], with_bias: Tree, without: Tree
) -> Change:
    def change(_: Any, given: Arguments) -> Any:
        return value(with_bias if given["use_bias"] else without, names(given))

    words = _CONV_WORDS if names is _of_conv else _DENSE_WORDS
    return after("formula", change).said(
        f"{written(with_bias, words)} con use_bias=True, y sin él como {written(without, words)}"
    )


def _counts(
    names: Callable[[Arguments], dict[str, Any]],
    inner: str,
    units: str,
    others: Leaves,
) -> Iterator[Change]:
    """A slip in the weights, in the sum with the biases, or where each unit has one more."""
    weights = read(f"(* {inner} {units})")
    summed = Term("+", (weights, units))
    for tree in slips(weights, others):
        yield _counted(names, Term("+", (tree, units)), tree)
        yield _counted(names, summed, tree)
    for tree in slips(summed, others):
        yield _counted(names, tree, weights)
    for tree in slips(read(f"(* (+ {inner} use) {units})"), others):
        yield _counted(names, tree, tree)


def _in_two_groups(_: Any, given: Arguments) -> int:
    height, width = as_pair(given["kernel_size"], "")
    groups = 2 if given["groups"] == 1 else given["groups"]
    weights = height * width * (given["canales_entrada"] // groups) * given["filters"]
    return int(weights + given["use_bias"] * given["filters"])


CONV_SLIPS: Entries = (
    *OTHER_DEFAULT.rarely(after("groups", _in_two_groups)),
    *CONV_TERM.rarely(
        *_counts(_of_conv, "(* (* h w) (// c g))", "f", ("h", "w", "c", "g", "f", 1, 2))
    ),
)
DENSE_SLIPS: Entries = DENSE_TERM.rarely(*_counts(_of_dense, "e", "u", ("e", "u", 1, 2)))
