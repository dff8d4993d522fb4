"""Errores menos vistos de una capa: el sesgo por otro camino, y los grupos en otro eje."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change, afterwards, computed
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d, pad, same_amounts
from .bias import IN_THE_IMAGE, PER_CHANNEL

GROUPS_JOINED = Named(
    "grupos-juntados-en-otro-eje",
    "las partes de los grupos se juntan en otro eje; van una detrás de otra en el de los filtros",
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
    "todos los grupos suman los sesgos de un mismo grupo; cada filtro tiene el suyo",
    "con dos grupos y cuatro filtros, ¿qué sesgo le toca al primer filtro del segundo grupo?",
    lessons.GROUPS,
)
OTHER_GROUP = Named(
    "grupo-de-otro",
    "un grupo usa los canales o los filtros de otro grupo",
    "el grupo 0 lee los primeros canales y escribe los primeros mapas, y así con todos",
    lessons.GROUPS,
)


def _each_filter(padded_first: bool) -> Change:
    """Each filter looks at an image to which its own bias was added, and at nothing more."""

    def wrong(x: Any, kernel: Any, bias: Any, **options: Any) -> np.ndarray:
        nothing, x = 0 * bias, x.astype(np.float64)
        if padded_first and options.get("padding") == "same":
            x = pad(x, same_amounts(x, kernel.shape[:2], options["strides"]))
            options["padding"] = "valid"
        maps = [
            conv2d(x + float(bias[f]), kernel, nothing, **options)[..., f] for f in range(len(bias))
        ]
        return np.stack(maps, axis=-1)

    return computed("bias", wrong)


def _added_to_image(x: Any, kernel: Any, bias: Any, **options: Any) -> np.ndarray:
    """Channel by channel, where there are as many as filters; otherwise NumPy refuses."""
    return conv2d(x.astype(np.float64) + bias, kernel, 0 * bias, **options)


def _bias_by_channel(out: np.ndarray, a: Any) -> np.ndarray:
    """bias[c] with each channel of the input, where there is one."""
    bias, channels = a["bias"].astype(np.float64), a["kernel"].shape[2]
    if channels > len(bias):
        raise IndexError
    return out - bias + bias[:channels].sum()


def mistakes(*options: str) -> tuple[Misconception, ...]:
    return (
        *IN_THE_IMAGE.rarely(
            _each_filter(False), _each_filter(True), computed("bias", _added_to_image)
        ),
        *PER_CHANNEL.rarely(afterwards(_bias_by_channel, "bias")),
        *(_of_groups() if "groups" in options else ()),
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


def _of_groups() -> tuple[Misconception, ...]:
    return (
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
