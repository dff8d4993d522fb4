"""Los grupos: los canales, los filtros o los sesgos de otro grupo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change, afterwards, computed
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d

_OWN = "el grupo 0 lee los primeros C // groups canales y escribe los primeros F // groups mapas"


def _named(id: str, cause: str) -> Named:
    return Named(id, cause, _OWN, lessons.GROUPS)


READ_THE_SAME = _named(
    "grupos-que-leen-lo-mismo",
    "todos los grupos leen los primeros canales; el grupo g lee los suyos",
)
READ_THE_LAST = _named(
    "grupos-que-leen-lo-ultimo",
    "todos los grupos leen los últimos canales; el grupo g lee los suyos",
)
CHANNELS_INTERLEAVED = _named(
    "canales-de-uno-en-uno",
    "los canales se reparten de uno en uno; cada grupo lee canales seguidos",
)
FILTERS_INTERLEAVED = _named(
    "filtros-de-uno-en-uno",
    "los filtros se reparten de uno en uno; cada grupo escribe filtros seguidos",
)
REVERSED = _named("grupos-al-reves", "los grupos leen los canales en orden inverso")
IGNORED = _named(
    "grupos-ignorados",
    "no tienes en cuenta los grupos: cada filtro mira todos los canales, y solo le tocan los suyos",
)
ONE_GROUP = _named(
    "solo-con-un-grupo",
    "solo responde con un grupo: con varios, los canales de la imagen y los del kernel que juntas "
    "no son los mismos; el kernel ya trae solo los de un grupo, C // G",
)
SUMMED = _named("grupos-sumados", "los grupos se suman; sus mapas van uno detrás de otro")
ONLY_FIRST = _named("solo-el-primer-grupo", "solo se calcula el primer grupo; van todos")
ONLY_LAST = _named("solo-el-ultimo-grupo", "solo queda el último grupo; van todos")
SAME_FILTERS = _named("filtros-del-primer-grupo", "todos los grupos llevan los filtros del primero")
ONE_FILTER = _named("un-filtro-por-grupo", "cada grupo usa un solo filtro para todos sus mapas")
OVERLAPPING = _named(
    "canales-solapados",
    "los canales de un grupo se solapan con los del anterior; cada grupo lee los suyos, seguidos",
)
BIAS_OF_GROUP = _named(
    "sesgo-del-grupo", "el sesgo que se suma es el del número del grupo; cada filtro tiene el suyo"
)
BIAS_PER_GROUP = _named(
    "sesgo-por-grupo", "el sesgo se suma una vez por grupo; va una sola vez por salida"
)
EVERY_FILTER = _named(
    "todos-los-filtros-en-cada-grupo",
    "cada grupo aplica todos los filtros, y salen mapas de más; le tocan F // groups",
)
STOPS = _named(
    "solo-depthwise",
    "solo funciona con un filtro por canal; cada grupo puede tener varios canales y filtros",
)
ONE_MAP_A_CHANNEL = _named(
    "un-mapa-por-canal",
    "con tantos grupos como canales, el filtro f mira el canal f; a cada grupo le tocan "
    "F // groups filtros, uno detrás de otro",
)


def _channels(order: Any) -> Change:
    """The channels of the image in another order: ``order(C, groups)``."""
    return Change("x", lambda a: a | {"x": a["x"][..., order(a["x"].shape[3], a["groups"])]})


def _in_turns(count: int, groups: int) -> np.ndarray:
    return np.concatenate([np.arange(g, count, groups) for g in range(groups)])


def _interleaved_filters(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
    order = _in_turns(len(bias), groups)
    shuffled = conv2d(x, kernel[..., order], bias[order], groups=groups)
    return shuffled[..., np.argsort(order)]


def _taken_in_turns(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
    """The filters of each group, every so many, and their maps one group after another."""
    order = _in_turns(len(bias), groups)
    return conv2d(x, kernel[..., order], bias[order], groups=groups)


def _every_filter(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
    parts = np.split(x, groups, axis=3)
    return np.concatenate([conv2d(part, kernel, bias) for part in parts], axis=3)


def _written_in_turns(turn: Callable[[np.ndarray], np.ndarray]) -> Callable[..., np.ndarray]:
    def wrong(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
        return conv2d(x, kernel, bias, groups=groups)[..., turn(_in_turns(len(bias), groups))]

    return wrong


def _ignored(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
    return conv2d(x, np.concatenate([kernel] * groups, axis=2), bias)


def _refused(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
    """Whoever multiplies all the channels by a kernel of a few is stopped by NumPy."""
    if groups > 1:
        raise ValueError
    return conv2d(x, kernel, bias)


def _groups_of(out: np.ndarray, groups: int) -> np.ndarray:
    return out.reshape(*out.shape[:3], groups, -1)


def _only(index: int) -> tuple[Change, ...]:
    def kept(out: np.ndarray, a: Any) -> np.ndarray:
        parts = np.zeros_like(_groups_of(out, a["groups"]))
        parts[..., index, :] = _groups_of(out, a["groups"])[..., index, :]
        return parts.reshape(out.shape)

    def alone(out: np.ndarray, a: Any) -> np.ndarray:
        return _groups_of(out, a["groups"])[..., index, :]

    return afterwards(kept, "groups"), afterwards(alone, "groups")


def _of_first_group(kernel_only: bool) -> Change:
    def before(a: Any) -> Any:
        size = a["kernel"].shape[3] // a["groups"]
        index = np.arange(a["kernel"].shape[3]) % size
        changed = {"kernel": a["kernel"][..., index]}
        return a | (changed if kernel_only else changed | {"bias": a["bias"][index]})

    return Change("kernel", before)


def _one_filter(a: Any) -> Any:
    size = a["kernel"].shape[3] // a["groups"]
    return a | {"kernel": a["kernel"][..., np.arange(a["kernel"].shape[3]) // size * size]}


def _by_group(a: Any) -> Any:
    """The first filters and biases, one a group."""
    size = len(a["bias"]) // a["groups"]
    index = np.arange(len(a["bias"])) // size
    return a | {"kernel": a["kernel"][..., index], "bias": a["bias"][index]}


def _bias_of_group(a: Any) -> Any:
    size = len(a["bias"]) // a["groups"]
    return a | {"bias": a["bias"][np.arange(len(a["bias"])) // size]}


def _overlapping(step: Callable[[int], int]) -> Change:
    """The next group reads ``step(C // groups)`` channels further on."""

    def before(a: Any) -> Any:
        c = a["kernel"].shape[2]
        index = [g * step(c) + i for g in range(a["groups"]) for i in range(c)]
        return a | {"x": a["x"][..., index]}

    return Change("x", before)


def _one_filter_a_channel(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
    """With a group for each channel, filter f looks at channel f, and there may be none."""
    if groups != x.shape[3]:
        return conv2d(x, kernel, bias, groups=groups)
    missing = np.zeros((*x.shape[:3], max(len(bias) - groups, 0)))
    every = np.concatenate([x, missing], axis=3)[..., : len(bias)]
    return conv2d(every, kernel, bias, groups=len(bias))


def _depthwise_only(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
    if groups > 1 and not x.shape[3] == groups == len(bias):
        raise ValueError
    return conv2d(x, kernel, bias, groups=groups)


def mistakes() -> tuple[Misconception, ...]:
    return (
        *READ_THE_SAME.by(_channels(lambda c, g: np.arange(c) % (c // g))),
        *READ_THE_LAST.by(_channels(lambda c, g: c - c // g + np.arange(c) % (c // g))),
        *CHANNELS_INTERLEAVED.by(_channels(_in_turns)),
        *FILTERS_INTERLEAVED.by(
            computed("groups", _interleaved_filters),
            computed("groups", _taken_in_turns),
            computed("groups", _written_in_turns(np.asarray)),
            computed("groups", _written_in_turns(np.argsort)),
        ),
        *REVERSED.by(
            _channels(lambda c, g: np.arange(c).reshape(g, -1)[::-1].ravel()),
            afterwards(
                lambda out, a: _groups_of(out, a["groups"])[..., ::-1, :].reshape(out.shape),
                "groups",
            ),
        ),
        *IGNORED.by(computed("groups", _ignored)),
        *ONE_GROUP.by(computed("groups", _refused)),
        *SUMMED.by(
            afterwards(lambda out, a: _groups_of(out, a["groups"]).sum(axis=3), "groups"),
            afterwards(
                lambda out, a: _groups_of(out - a["bias"], a["groups"]).sum(axis=3)
                + a["bias"][: len(a["bias"]) // a["groups"]],
                "groups",
            ),
        ),
        *ONLY_FIRST.by(*_only(0)),
        *ONLY_LAST.by(*_only(-1)),
        *SAME_FILTERS.by(_of_first_group(True), _of_first_group(False)),
        *ONE_FILTER.by(Change("kernel", _one_filter), Change("kernel", _by_group)),
        *OVERLAPPING.by(_overlapping(lambda c: 1), _overlapping(lambda c: c - 1)),
        *BIAS_OF_GROUP.by(Change("bias", _bias_of_group)),
        *BIAS_PER_GROUP.by(Change("bias", lambda a: a | {"bias": a["bias"] * a["groups"]})),
        *EVERY_FILTER.by(computed("groups", _every_filter)),
        *STOPS.by(computed("groups", _depthwise_only)),
        *ONE_MAP_A_CHANNEL.by(computed("groups", _one_filter_a_channel)),
    )
