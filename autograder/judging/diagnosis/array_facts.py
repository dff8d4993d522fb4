"""Qué hay de cierto en un arreglo equivocado: dónde está bien, y en qué se parece al correcto."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations

import numpy as np

from ...common.numbers_es import significant
from .observations import Observation, Seen, always, axis_names, plural, the

Facts = Iterator[str]
SHAPE_RIGHT = "la forma es la correcta"
_CLOSE = 1e-4
_HALF = 4e-3  # the rounding of float16, of the largest number


def array_facts(observations: Sequence[Observation]) -> list[str]:
    """What holds of all the answers, the shape first; nothing of answers of several kinds."""
    failed = [each for each in observations if not each.right]
    if len(failed) < 2:
        return []
    if not all(each.shaped for each in observations):
        return list(_of_the_shape(observations, [each for each in failed if not each.shaped]))
    return [SHAPE_RIGHT, *_first(_of_the_values(failed)), *_first(_of_the_place(failed))]


def _first(facts: Facts) -> list[str]:
    found = next(facts, None)
    return [found] if found else []


# --- shapes --------------------------------------------------------------------------------------


def _of_the_shape(observations: Sequence[Observation], failed: Sequence[Observation]) -> Facts:
    dims = {each.got.ndim - each.expected.ndim for each in failed}
    if len(dims) == 1 and dims != {0}:
        count = abs(extra := dims.pop())
        axes = "un eje" if count == 1 else f"{count} ejes"
        yield f"a la forma le {'sobra' if extra > 0 else 'falta'} {axes}"
        if extra > 0 and always(failed, lambda o: _same(np.squeeze(o.got), np.squeeze(o.expected))):
            yield "quitando lo que sobra, los números son los correctos"
        return
    if dims != {0}:
        return
    ndim = failed[0].expected.ndim
    for order in permutations(range(ndim)):
        if order == tuple(range(ndim)) or ndim > 4:
            continue
        if always(failed, lambda o, order=order: _same(o.got, o.expected.transpose(order))):  # type: ignore[misc]
            yield f"los números son los correctos, con los ejes en otro orden: {order}"
            return
    names = axis_names(failed[0].arguments, ndim)
    for axis, name in enumerate(names):
        apart = {each.got.shape[axis] - each.expected.shape[axis] for each in failed}
        if len(apart) > 1 and (min(apart) > 0 or max(apart) < 0):
            yield f"{'sobran' if min(apart) > 0 else 'faltan'} {plural(name).split(' ', 1)[1]}"
        if len(apart) == 1 and apart != {0}:
            extra = apart.pop()
            verb = "sobra" if extra > 0 else "falta"
            count = abs(extra)
            what = f"{'una' if plural(name).startswith('las') else 'un'} {name}"
            yield (
                f"{verb} siempre {what}"
                if count == 1
                else f"{verb}n siempre {count}: {plural(name)} no son las que van"
            )
    if always(failed, _common_part):
        yield "en la parte común, los números son los correctos"
    if always(failed, lambda o: any(o.got.shape == v.shape for v in _arrays(o))):
        yield "la forma es la de lo que entra"


def _common_part(observation: Observation) -> bool | None:
    sizes = zip(observation.got.shape, observation.expected.shape, strict=True)
    both = tuple(slice(min(pair)) for pair in sizes)
    got, expected = observation.got[both], observation.expected[both]
    return _same(got, expected) if got.size else None


def _arrays(observation: Observation) -> list[np.ndarray]:
    return [value for value in observation.arguments.values() if isinstance(value, np.ndarray)]


# --- values --------------------------------------------------------------------------------------


def _of_the_values(failed: Sequence[Observation]) -> Facts:
    """What was done to the right numbers, the simplest first."""
    if always(failed, _half_precision):
        yield "los números son los correctos con pocas cifras: tu resultado es de tipo float16"
    for words, seen in _TRANSFORMED.items():
        if always(failed, seen):
            yield words
    yield from _of_a_constant(failed)
    names = axis_names(failed[0].arguments, failed[0].expected.ndim)
    for axis, name in enumerate(names):
        if always(failed, _reversed(axis)):
            yield f"los números son los correctos, con {plural(name)} en orden inverso"
        if always(failed, _repeated(axis)):
            every = "todos" if plural(name).startswith("los") else "todas"
            yield f"{plural(name)} salen {every} iguales {_after('a', the(name, 'primer'))}"
        if always(failed, _reordered(axis)):
            yield f"los números son los correctos, con {plural(name)} en otro orden"
    for one, other in combinations(range(len(names)), 2):
        if always(failed, _exchanged(one, other)):
            both = plural(names[one]), plural(names[other])
            yield f"el resultado está traspuesto: {both[0]} van en {both[1]}"


def _same(got: np.ndarray, right: np.ndarray) -> bool:
    return got.shape == right.shape and bool(
        np.allclose(got, right, _CLOSE, _CLOSE, equal_nan=True)
    )


def _half_precision(observation: Observation) -> bool:
    largest = float(np.max(np.abs(observation.expected), initial=0.0))
    apart = np.abs(observation.got - observation.expected)
    return observation.half_precision and bool((apart <= _HALF * largest).all())


def _is(change: Callable[[np.ndarray], np.ndarray]) -> Seen:
    """Whether what came is the right answer changed so; None where the change does not show."""

    def seen(observation: Observation) -> bool | None:
        changed = change(observation.expected)
        if _same(changed, observation.expected):
            return None
        return _same(observation.got, changed)

    return seen


_TRANSFORMED: dict[str, Seen] = {
    "todo son ceros": _is(np.zeros_like),
    "el resultado es el correcto con el signo cambiado": _is(np.negative),
    "el resultado es el correcto sin signo: los negativos salen positivos": _is(np.abs),
    "los números negativos salen 0; los demás son los correctos": _is(lambda a: np.maximum(a, 0)),
    "el resultado es el correcto redondeado": _is(np.round),
    "el resultado es el correcto sin decimales": _is(np.trunc),
    "el resultado es el correcto redondeado hacia abajo": _is(np.floor),
    "el resultado es el correcto redondeado hacia arriba": _is(np.ceil),
    "el resultado es el correcto recortado entre 0 y 1": _is(lambda a: np.clip(a, 0, 1)),
    "el resultado es el correcto recortado entre 0 y 255": _is(lambda a: np.clip(a, 0, 255)),
    "el resultado es el correcto elevado al cuadrado": _is(np.square),
    "el resultado da la vuelta al pasar de 255 (uint8)": _is(lambda a: np.trunc(a) % 256),
    "todo son NaN": lambda o: bool(np.isnan(o.got).all()) and not np.isnan(o.expected).all(),
    "todos los números son iguales": lambda o: (
        bool(np.ptp(o.got) == 0) if o.got.size > 1 and np.ptp(o.expected) else None
    ),
}


def _of_a_constant(failed: Sequence[Observation]) -> Facts:
    differences = [(each.got - each.expected).ravel() for each in failed]
    if all(np.ptp(d) < _CLOSE and abs(d[0]) > _CLOSE for d in differences):
        values = {round(float(d[0]), 3) for d in differences}
        if len(values) == 1:
            extra = values.pop()
            verb = "sobra" if extra > 0 else "falta"
            yield f"a todos los números les {verb} lo mismo: {significant(abs(extra))}"
        else:
            yield "la diferencia con lo correcto es la misma en todos los números de cada llamada"
    for times in (-3, -2, -1, 1, 2, 3):
        if always(failed, _bias(times)):
            yield {-1: "falta el sesgo", 1: "el sesgo se suma dos veces"}.get(
                times, f"el sesgo se suma {times + 1} veces"
            )
    for words, count in _COUNTS.items():
        for verb, power in (("multiplicado por", 1), ("dividido entre", -1)):
            if always(failed, _scaled(count, power)):
                yield f"el resultado es el correcto {verb} {words}"
    ratios = [_ratio(each) for each in failed]
    known = [ratio for ratio in ratios if ratio is not None]
    if len(known) == len(failed) >= 2 and max(known) - min(known) < _CLOSE:
        yield f"el resultado es el correcto multiplicado por {known[0]:.4g}".replace(".", ",")


def _bias(times: int) -> Seen:
    def seen(observation: Observation) -> bool | None:
        bias = observation.arguments.get("bias")
        if not isinstance(bias, np.ndarray) or not bias.any() or not observation.expected.ndim:
            return None
        return _same(observation.got, observation.expected + times * bias)

    return seen


_COUNTS: dict[str, Callable[[Observation], float | None]] = {
    "el número de canales": lambda o: _size(o, "kernel", 2) or _size(o, "x", 3),
    "el número de pesos de la ventana": lambda o: (
        None if (a := _size(o, "kernel", 0)) is None else a * (_size(o, "kernel", 1) or 1)
    ),
    "el número de términos de cada suma": lambda o: (
        None
        if not isinstance(k := o.arguments.get("kernel"), np.ndarray)
        else float(k[..., 0].size if k.ndim == 4 else k.size)
    ),
    "el número de filtros": lambda o: _size(o, "kernel", 3),
    "el número de imágenes": lambda o: _size(o, "x", 0),
}


def _size(observation: Observation, name: str, axis: int) -> float | None:
    value = observation.arguments.get(name)
    return float(value.shape[axis]) if isinstance(value, np.ndarray) and value.ndim > axis else None


def _scaled(count: Callable[[Observation], float | None], power: int) -> Seen:
    def seen(observation: Observation) -> bool | None:
        number = count(observation)
        if number is None or number == 1 or not observation.expected.any():
            return None
        return _same(observation.got, observation.expected * number**power)

    return seen


def _ratio(observation: Observation) -> float | None:
    right = observation.expected
    if not np.isfinite(observation.got).all() or not right.any():
        return None
    place = np.unravel_index(np.argmax(np.abs(right)), right.shape)
    ratio = float(observation.got[place] / right[place])
    return ratio if ratio and _same(observation.got, ratio * right) else None


def _reversed(axis: int) -> Seen:
    return _is(lambda array: np.flip(array, axis))


def _repeated(axis: int) -> Seen:
    return _is(lambda array: np.repeat(array.take([0], axis), array.shape[axis], axis))


def _exchanged(one: int, other: int) -> Seen:
    return _is(lambda array: array.swapaxes(one, other))


def _reordered(axis: int) -> Seen:
    def seen(observation: Observation) -> bool | None:
        if observation.expected.shape[axis] < 2:
            return None
        slices = [np.moveaxis(a, axis, 0) for a in (observation.got, observation.expected)]
        left = list(slices[1])
        for each in slices[0]:
            found = next((i for i, other in enumerate(left) if _same(each, other)), None)
            if found is None:
                return False
            del left[found]
        return True

    return seen


# --- places --------------------------------------------------------------------------------------


def _of_the_place(failed: Sequence[Observation]) -> Facts:
    """Where the numbers are right, if they are right somewhere always."""
    names = axis_names(failed[0].arguments, failed[0].expected.ndim)
    for axis, name in enumerate(names):
        for which, index in (("último", -1), ("primer", 0)):
            if always(failed, _only_wrong(axis, index)):
                yield f"todo es correcto menos {the(name, which)}"
            if always(failed, _only_right(axis, index)):
                yield f"solo es correcto lo {_after('de', the(name, which))}"
    if len(names) == 2 or (len(names) == 4 and names[1] == "fila"):
        axes = (0, 1) if len(names) == 2 else (1, 2)
        if always(failed, _only_the_edges(axes, last_only=True)):
            yield "todo es correcto menos la última fila y la última columna"
        if always(failed, _only_the_edges(axes, last_only=False)):
            yield "todo es correcto menos los bordes"


def _after(preposition: str, noun: str) -> str:
    """«al primer filtro», «de la primera fila»."""
    return f"{preposition} {noun}".replace("a el ", "al ").replace("de el ", "del ")


def _only_wrong(axis: int, index: int) -> Seen:
    def seen(observation: Observation) -> bool | None:
        if observation.expected.shape[axis] < 2:
            return None
        wrong = np.moveaxis(observation.wrong, axis, 0)
        rest = np.delete(wrong, index, 0)
        return not rest.any()

    return seen


def _only_right(axis: int, index: int) -> Seen:
    def seen(observation: Observation) -> bool | None:
        if observation.expected.shape[axis] < 2:
            return None
        wrong = np.moveaxis(observation.wrong, axis, 0)
        rest = np.delete(wrong, index, 0)
        return not wrong[index].any() and bool(rest.reshape(len(rest), -1).any(axis=1).all())

    return seen


def _only_the_edges(axes: tuple[int, int], last_only: bool) -> Seen:
    def seen(observation: Observation) -> bool | None:
        if min(observation.expected.shape[axis] for axis in axes) < (2 if last_only else 3):
            return None
        inside = [slice(None)] * observation.expected.ndim
        for axis in axes:
            inside[axis] = slice(0 if last_only else 1, -1)
        return not observation.wrong[tuple(inside)].any()

    return seen
