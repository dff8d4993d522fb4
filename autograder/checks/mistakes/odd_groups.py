"""Errores menos vistos con los grupos: juntados en otro eje, repartidos o con otros sesgos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change, afterwards, computed
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d
from .groups import EVERY_FILTER

GROUPS_JOINED = Named(
    "grupos-juntados-en-otro-eje",
    "las partes de los grupos llegan juntas en otro eje; van una detrás de otra en el de los "
    "filtros",
    "¿qué forma tiene la parte de un grupo, y cuál la de la salida entera?",
    lessons.GROUPS,
)
GROUP_MISSING = Named(
    "grupo-sin-calcular",
    "falta un grupo: el primero, el último o uno de cada dos se queda sin calcular",
    "¿cuántas vueltas da tu bucle con tres grupos?",
    lessons.GROUPS,
)
BIAS_OF_A_GROUP = Named(
    "sesgos-de-un-solo-grupo",
    "todos los grupos llevan los sesgos de un mismo grupo; cada filtro tiene el suyo",
    "con dos grupos y cuatro filtros, ¿qué sesgo le toca al primer filtro del segundo grupo?",
    lessons.GROUPS,
)
DEALT_FILTERS = Named(
    "filtros-salteados-entre-grupos",
    "repartes los filtros de uno en uno entre los grupos; van seguidos: los primeros, al grupo 0",
    "con dos grupos y cuatro filtros, ¿de qué grupo es el filtro 1?",
    lessons.GROUPS,
)
OTHER_GROUP = Named(
    "grupo-de-otro",
    "un grupo lleva los canales o los filtros de otro grupo",
    "el grupo 0 lee los primeros canales y escribe los primeros mapas, y así con todos",
    lessons.GROUPS,
)


def _split(out: np.ndarray, groups: int) -> list[np.ndarray]:
    return np.split(out, groups, axis=3)


def _group_kept(keep: Callable[[int, int], bool]) -> Change:
    def after(out: np.ndarray, a: Any) -> np.ndarray:
        groups = a["groups"]
        return np.concatenate(
            [part * keep(g, groups) for g, part in enumerate(_split(out, groups))], axis=3
        )

    return afterwards(after, "groups")


def _bias_of(group: int) -> Change:
    def before(a: Any) -> Any:
        size = len(a["bias"]) // a["groups"]
        first = group % a["groups"] * size
        return a | {"bias": np.tile(a["bias"][first : first + size], a["groups"])}

    return Change("bias", before)


def _rolled(name: str, by: int) -> Change:
    """The parts of a group in the place of those of its neighbour."""
    axis = 3

    def before(a: Any) -> Any:
        return a | {name: np.roll(a[name], by * (a[name].shape[axis] // a["groups"]), axis)}

    return Change(name, before)


def _whole_kernel(x: Any, kernel: Any, bias: Any, groups: int = 1, **_: Any) -> np.ndarray:
    parts = [conv2d(part, kernel, bias) for part in np.split(x, groups, axis=3)]
    return np.concatenate(parts, axis=3)


def _dealt(own_bias: bool) -> Change:
    """Filters g, g + G, g + 2G… in group g; with their biases, or with those that follow."""

    def before(a: Any) -> Any:
        groups = a["groups"]
        order = np.concatenate([np.arange(len(a["bias"]))[g::groups] for g in range(groups)])
        bias = a["bias"][order] if own_bias else a["bias"]
        return a | {"kernel": a["kernel"][..., order], "bias": bias}

    return Change("groups", before)


def group_mistakes() -> tuple[Misconception, ...]:
    """Those of a layer with ``groups``."""
    return (
        *EVERY_FILTER.rarely(computed("groups", _whole_kernel)),
        *DEALT_FILTERS.rarely(_dealt(True), _dealt(False)),
        *GROUPS_JOINED.rarely(
            *(
                afterwards(lambda out, a, at=at: np.concatenate(_split(out, a["groups"]), at))  # type: ignore[misc]
                for at in (0, 1, 2)
            ),
            *(
                afterwards(lambda out, a, at=at: np.stack(_split(out, a["groups"]), at))  # type: ignore[misc]
                for at in (0, 3, 4)
            ),
        ),
        *GROUP_MISSING.rarely(
            _group_kept(lambda g, n: g < n - 1),
            _group_kept(lambda g, n: g > 0),
            _group_kept(lambda g, n: g % 2 == 0),
        ),
        *BIAS_OF_A_GROUP.rarely(_bias_of(0), _bias_of(-1)),
        *OTHER_GROUP.rarely(*(_rolled(name, by) for name in ("x", "kernel") for by in (1, -1))),
    )
