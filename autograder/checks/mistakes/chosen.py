"""El canal, el grupo o el sesgo elegido con otra cuenta: f % C, f // k, min(f, C − 1)…"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Change, afterwards
from ...judging.diagnosis.misconceptions import Misconception
from .grid import Index, indexed
from .groups import FILTERS_INTERLEAVED
from .indices import CHANNEL_BY_FILTER
from .layout import Layout
from .lines import BIAS_MOVED
from .odd_groups import OTHER_GROUP

Chosen = Callable[[Any], Any]  # of the loops' variables, a channel, a group or a filter
_CHANNELS: tuple[Chosen, ...] = (
    lambda a: a.f % a.C,
    lambda a: a.f,
    lambda a: np.minimum(a.f, a.C - 1),
    lambda a: a.f // max(a.F // a.C, 1),
    lambda a: a.f * a.C // a.F,
    lambda a: a.n % a.C,
    lambda a: a.u % a.C,
    lambda a: a.v % a.C,
    lambda a: (a.u + a.v) % a.C,
)
_GROUPS: tuple[Chosen, ...] = (
    lambda a: a.f // a.C,
    lambda a: a.f % a.G,
    lambda a: a.f // a.G,
    lambda a: a.f % a.C,
    lambda a: a.f,
    lambda a: a.f // max(a.F // a.G, 1) + 1,
    lambda a: a.f // max(a.F // a.G, 1) - 1,
    lambda a: (a.f + 1) // max(a.F // a.G, 1),
)
_BIASES: tuple[Callable[[np.ndarray, Any], Any], ...] = (
    lambda f, a: f % a["kernel"].shape[2],
    lambda f, a: f % a["kernel"].shape[0],
    lambda f, a: f % a["kernel"].shape[1],
    lambda f, a: f % len(a["x"]),
    lambda f, a: np.minimum(f, a["kernel"].shape[2] - 1),
    lambda f, a: f // 2,
    lambda f, a: f // a["kernel"].shape[2],
    lambda f, a: f // max(len(f) // a["kernel"].shape[2], 1),
)


def _one_channel(layout: Layout) -> Iterator[Change]:
    """Each filter looks at a single channel, with its own weights or with the first ones."""
    for chosen in _CHANNELS:
        yield indexed(layout, {"weight": lambda a, at=chosen: 1.0 * (a.c == at(a))})  # type: ignore[misc]
        yield indexed(
            layout,
            {
                "channel": lambda a, at=chosen: a.first + at(a) + 0 * a.c,  # type: ignore[misc]
                "depth": lambda a: 0 * a.c,
                "weight": lambda a: 1.0 * (a.c == 0),
            },
        )
    yield indexed(layout, {"weight": lambda a: 1.0 * (a.c <= a.f)})
    yield indexed(layout, {"weight": lambda a: 1.0 * (a.c < a.f)})
    yield indexed(layout, {"weight": lambda a: 1.0 * (a.c >= a.f)})
    yield indexed(layout, {"weight": lambda a: 1.0 * (a.c != a.f)})


def _other_biases() -> Iterator[Change]:
    def taken(chosen: Callable[[np.ndarray, Any], Any]) -> Change:
        def before(a: Any) -> Any:
            return a | {"bias": a["bias"][chosen(np.arange(len(a["bias"])), a)]}

        return Change("bias", before)

    return (taken(chosen) for chosen in _BIASES)


def _other_groups(layout: Layout) -> Iterator[Change]:
    """Filter f reads the channels of another group: of one too many, or of the last or first."""

    def start(chosen: Chosen, kept: Callable[[Any, Any], Any]) -> Index:
        return lambda a: kept(chosen(a), a) * a.C + a.c

    for chosen in _GROUPS:
        for kept in (
            lambda g, a: np.where(g < a.G, g, 10**6),  # there are no such channels
            lambda g, a: g % a.G,
            lambda g, a: np.clip(g, 0, a.G - 1),
        ):
            yield indexed(layout, {"channel": start(chosen, kept)})


def _moved_maps(back: bool) -> Change:
    """The maps of the groups dealt one by one, and each bias in its own place."""

    def after(out: np.ndarray, a: Any) -> np.ndarray:
        count, groups = out.shape[3], a["groups"]
        order = np.concatenate([np.arange(g, count, groups) for g in range(groups)])
        bias = a["bias"].astype(np.float64)
        return (out - bias)[..., np.argsort(order) if back else order] + bias

    return afterwards(after, "groups")


def mistakes(layout: Layout, *options: str) -> tuple[Misconception, ...]:
    grouped = "groups" in options
    return (
        *CHANNEL_BY_FILTER.rarely(*_one_channel(layout)),
        *BIAS_MOVED.rarely(*_other_biases()),
        *(OTHER_GROUP.rarely(*_other_groups(layout)) if grouped else ()),
        *(FILTERS_INTERLEAVED.rarely(_moved_maps(False), _moved_maps(True)) if grouped else ()),
    )
