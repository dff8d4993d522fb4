"""La función se detuvo: en qué línea, con qué, y por qué suele ser."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from ..remote import Raised
from .asking import Trial

_SHAPE = r"\(([\d, ]{0,40})\)"
_MOST = 500  # characters of a message that are looked at
Shape = tuple[int, ...]


def stop_facts(trial: Trial) -> list[str]:
    """Of a call that ended in an exception; nothing of one that did not."""
    reply = trial.reply
    if not isinstance(reply, Raised):
        return []
    facts = []
    if reply.line and reply.code:
        facts.append(f"se detiene en la línea {reply.line} de su celda: «{reply.code}»")
    passed = ", ".join(
        f"{name} de forma {value.shape}" if isinstance(value, np.ndarray) else f"{name}={value!r}"
        for name, value in trial.arguments.items()
        if isinstance(value, (np.ndarray, int, float, str, tuple))
    )
    if passed:
        facts.append(f"recibía {passed}"[:300])
    message = " ".join(reply.message[:_MOST].split())
    for pattern, said in _CAUSES:
        if found := re.search(pattern, message):
            facts.append(said(found, trial))
            break
    else:
        if reply.type in _BY_TYPE:
            facts.append(_BY_TYPE[reply.type])
    return facts


def _shape(text: str) -> Shape:
    return tuple(int(n) for n in re.findall(r"\d{1,9}", text))


def _operands(found: re.Match[str], trial: Trial) -> str:
    one, other = _shape(found[1]), _shape(found[2])
    said = f"las formas {one} y {other} no se pueden combinar elemento a elemento"
    # NumPy aligns shapes at their ends.
    depth = min(len(one), len(other))
    for back in range(1, depth + 1):
        a, b = one[-back], other[-back]
        if a != b and 1 not in (a, b):
            said += (
                f": en el último eje miden {a} y {b}"
                if back == 1
                else (
                    f": {back} ejes antes del final miden {a} y {b}"
                    if depth > 2
                    else f": en el primer eje miden {a} y {b}"
                )
            )
            break
    if one != other and one == other[::-1]:
        return said + "; una es la otra traspuesta"
    # A window cut by the edge is smaller than the kernel.
    if len(one) == len(other) and any(a != b for a, b in zip(one, other, strict=True)):
        smaller = all(a <= b for a, b in zip(one, other, strict=True))
        larger = all(a >= b for a, b in zip(one, other, strict=True))
        if smaller or larger:
            said += "; quizá la ventana se sale de la imagen y llega cortada"
    return said


def _stored(found: re.Match[str], trial: Trial) -> str:
    came, place = _shape(found[1]), _shape(found[2])
    said = f"guardas un arreglo de forma {came} donde cabe uno de forma {place}"
    return said + ("; ¿falta sumar?" if len(came) > len(place) else "")


def _reshaped(found: re.Match[str], trial: Trial) -> str:
    size, shape = int(found[1]), _shape(found[2])
    return f"un arreglo de {size} números no cabe en la forma {shape}, que pide {np.prod(shape)}"


def _beyond(found: re.Match[str], trial: Trial) -> str:
    index, axis, size = (int(found[n]) for n in (1, 2, 3))
    said = f"pides el índice {index} en un eje que mide {size}"
    said += f": el último es {size - 1}" if size else ", que está vacío"
    whose = [
        f"{name}, eje {axis}"
        for name, value in trial.arguments.items()
        if isinstance(value, np.ndarray) and value.ndim > axis and value.shape[axis] == size
    ]
    answer = trial.expected
    if isinstance(answer, np.ndarray) and answer.ndim > axis and answer.shape[axis] == size:
        whose.append(f"el resultado, eje {axis}")
    if len(whose) == 1:
        said += f" ({whose[0]})"
        if whose[0].startswith("el resultado"):
            said += f"; el resultado correcto mide {answer.shape}"
    return said


def _many_indices(found: re.Match[str], trial: Trial) -> str:
    return f"usas {found[2]} índices en un arreglo de {found[1]} ejes"


def _unknown(found: re.Match[str], trial: Trial) -> str:
    return f"«{found[1]}» no existe ahí: ¿lo escribiste igual en todas partes?"


def _always(words: str) -> Callable[[re.Match[str], Trial], str]:
    return lambda found, trial: words


# Not what whoever wrote it should have written: both products have their place.
_EACH = "si querías multiplicar elemento a elemento, es con *"
_NONE = "hay un None donde va un valor: ¿una función tuya sin return, o un resultado sin guardar?"
_FRACTION = "un tamaño o un índice es un número con decimales: usa // en lugar de /"
_LIST = "es una lista de Python donde hace falta un arreglo de NumPy: np.array"
_NAME = r"'([A-Za-z_]\w{0,40})'"
_CAUSES: tuple[tuple[str, Callable[[re.Match[str], Trial], str]], ...] = (
    (rf"operands could not be broadcast together with shapes {_SHAPE} {_SHAPE}", _operands),
    (rf"could not broadcast input array from shape {_SHAPE} into shape {_SHAPE}", _stored),
    (rf"cannot reshape array of size (\d{{1,9}}) into shape {_SHAPE}", _reshaped),
    (
        rf"shapes {_SHAPE} and {_SHAPE} not aligned",
        lambda found, trial: (
            f"las formas {_shape(found[1])} y {_shape(found[2])} no se pueden multiplicar como "
            f"matrices; {_EACH}"
        ),
    ),
    (
        r"^matmul: .*size (\d{1,9}) is different from (\d{1,9})",
        lambda found, trial: (
            "con @, el último eje de lo que va a la izquierda y el penúltimo (o el único) de lo "
            f"que va a la derecha tienen que medir lo mismo, y miden {found[2]} y {found[1]}; "
            f"{_EACH}"
        ),
    ),
    (r"^matmul: ", _always(f"@ multiplica matrices, y uno de los dos no lo es; {_EACH}")),
    (
        r"setting an array element with a sequence|only length-1 arrays|only 0-dimensional arrays",
        _always("guardas un arreglo entero donde cabe un solo número: ¿falta sumar?"),
    ),
    (
        r"index (-?\d{1,9}) is out of bounds for axis (\d{1,2}) with size (\d{1,9})",
        _beyond,
    ),
    (r"array is (\d{1,2})-dimensional, but (\d{1,2}) were indexed", _many_indices),
    (r"truth value of an array", _always("comparas arreglos enteros con if: usa .any() o .all()")),
    (r"NoneType", _always(_NONE)),
    (
        r"expected a sequence of integers|slice indices must be integers"
        r"|'float' object cannot be interpreted as an integer"
        r"|only integers, slices|can't multiply sequence by non-int of type 'float'"
        r"|'numpy\.float\d\d' object cannot be interpreted as an integer",
        _always(_FRACTION),
    ),
    (
        r"Cannot cast ufunc",
        _always("sumas números con decimales en un arreglo de enteros: créalo de coma flotante"),
    ),
    (r"list indices must be integers or slices, not tuple|'list' object", _always(_LIST)),
    (r"unhashable type", _always("usas una lista o un arreglo como clave: ahí va una tupla")),
    (r"object is not callable", _always("llamas con paréntesis a algo que no es una función")),
    (
        r"'int' object is not (?:subscriptable|iterable)|cannot unpack non-iterable int",
        _always("tratas un entero como si fuera un par: puede llegar de las dos formas"),
    ),
    (r"'tuple'", _always("tratas un par como si fuera un número: puede llegar de las dos formas")),
    (
        rf"local variable {_NAME} referenced|cannot access local variable {_NAME}",
        lambda f, t: (f"usas «{f[1] or f[2]}» antes de darle un valor"),
    ),
    (rf"name {_NAME} is not defined", _unknown),
    (
        rf"has no attribute {_NAME}",
        lambda found, trial: (
            f"lo que tienes ahí no lleva «{found[1]}»: ¿es del tipo que esperas?"
        ),
    ),
    (r"zero-size array", _always("una ventana llega vacía: ¿empieza ya fuera de la imagen?")),
)
_BY_TYPE = {
    "ZeroDivisionError": "divides entre 0",
    "RecursionError": "tu función se llama a sí misma sin parar",
    "MemoryError": "pides más memoria de la que hay: ¿un tamaño mal calculado?",
    "KeyError": "buscas una clave que no está en el diccionario",
}
