"""Por qué se detiene una función, con un nombre: el de la excepción que la detuvo siempre."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..remote import Raised, Returned
from .asking import TOO_LONG, Trial
from .exercise import Exercise
from .general import GeneralMistake

_MOST = 500  # characters of a message that are looked at
STOPS: tuple[tuple[str, str, GeneralMistake], ...] = (
    (
        "",
        r"setting an array element with a sequence|only length-1 arrays|only 0-dimensional arrays",
        GeneralMistake(
            "arreglo-donde-va-un-numero",
            "guardas un arreglo entero donde cabe un solo número: la ventana no llega a sumarse, o "
            "se suma solo en un eje",
            "mira la forma de lo que guardas en una posición de la salida: debe ser un número",
        ),
    ),
    (
        "",
        r"could not broadcast input array",
        GeneralMistake(
            "resultado-que-no-cabe",
            "lo que calculas no tiene la forma del sitio donde lo guardas",
            "escribe las dos formas, la de lo que calculas y la del sitio, y compáralas eje a eje",
        ),
    ),
    (
        "",
        r"operands could not be broadcast|not aligned|^matmul: |einstein sum|"
        r"all the input array dimensions|all input arrays must have the same shape|"
        r"cannot reshape array|inhomogeneous",
        GeneralMistake(
            "formas-que-no-encajan",
            "juntas dos arreglos cuyas formas no encajan: un eje está en otro sitio o mide otra "
            "cosa",
            "escribe junto a cada arreglo de esa línea su forma, y di qué es cada eje",
        ),
    ),
    (
        "IndexError",
        r"out of bounds|out of range|too many indices",
        GeneralMistake(
            "indice-fuera-del-arreglo",
            "pides una posición que no existe: un bucle llega demasiado lejos, o un índice va en "
            "otro eje",
            "¿cuál es el mayor valor de cada índice, y cuánto mide el eje donde lo usas?",
        ),
    ),
    (
        "NameError",
        "",
        GeneralMistake(
            "nombre-que-no-existe",
            "usas un nombre que no existe ahí: está sin definir o escrito de otra manera",
            "busca en tu celda dónde se le da su valor a ese nombre",
        ),
    ),
    (
        "UnboundLocalError",
        "",
        GeneralMistake(
            "variable-sin-valor-todavia",
            "usas una variable antes de darle un valor",
            "¿qué vale esa variable la primera vez que se pasa por esa línea?",
        ),
    ),
    (
        "",
        r"NoneType",
        GeneralMistake(
            "none-donde-va-un-valor",
            "hay un None donde va un valor: una función tuya no devuelve nada, o un resultado se "
            "queda sin guardar",
            "print enseña un valor y return lo entrega; mira con qué termina cada función",
        ),
    ),
    (
        "",
        r"expected a sequence of integers|slice indices must be integers"
        r"|'float' object cannot be interpreted as an integer"
        r"|only integers, slices|by non-int of type 'float'"
        r"|'numpy\.float\d\d' object cannot be interpreted as an integer",
        GeneralMistake(
            "indice-con-decimales",
            "un tamaño o un índice lleva decimales, y tiene que ser entero",
            "busca la división: / siempre da decimales",
        ),
    ),
    (
        "TypeError",
        r"positional argument|unexpected keyword|missing \d+ required",
        GeneralMistake(
            "argumentos-que-no-coinciden",
            "llamas a una función, o la defines, con otros argumentos de los que tiene",
            "compara la línea def con la del enunciado, y con cómo la llamas",
        ),
    ),
    (
        "TypeError",
        r"'(?:int|float)' object is not (?:subscriptable|iterable)|non-iterable int|'tuple'",
        GeneralMistake(
            "entero-o-par-confundidos",
            "tratas un entero como si fuera un par, o un par como si fuera un número; pueden "
            "llegar de las dos formas",
            "pasa primero lo que llegue a un par: 3 es (3, 3)",
        ),
    ),
    (
        "TypeError",
        r"list indices must be|'list'",
        GeneralMistake(
            "lista-donde-va-un-arreglo",
            "usas una lista de Python donde hace falta un arreglo de NumPy",
            "np.array convierte una lista en un arreglo; sin él, + une dos listas",
        ),
    ),
    (
        "ZeroDivisionError",
        "",
        GeneralMistake(
            "division-entre-cero",
            "divides entre 0",
            "¿con qué entrada vale 0 lo que va debajo de la división?",
        ),
    ),
)


def named_stop(exercise: Exercise, trials: Sequence[Trial]) -> GeneralMistake | None:
    """Why a function stops most often, where that is how most of the calls that fail do so."""
    kinds = [_kind(trial) for trial in trials if not _right(exercise, trial)]
    known = [kind for kind in kinds if kind is not None]
    if 2 * len(known) <= len(kinds):
        return None
    return Counter(known).most_common(1)[0][0]


def _right(exercise: Exercise, trial: Trial) -> bool:
    reply = trial.reply
    if trial.raises is not None:
        return isinstance(reply, Raised) and reply.type == trial.raises
    return isinstance(reply, Returned) and exercise.same(
        trial.arguments, trial.expected, reply.value
    )


def _kind(trial: Trial) -> GeneralMistake | None:
    """What stopped it; nothing of a call that came back, or that should have been refused."""
    reply = trial.reply
    if not isinstance(reply, Raised) or reply.type == TOO_LONG or trial.raises is not None:
        return None
    message = " ".join(reply.message[:_MOST].split())
    for kind, pattern, mistake in STOPS:
        if kind in ("", reply.type) and re.search(pattern, message):
            return mistake
    return None
