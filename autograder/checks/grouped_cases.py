"""Los casos de la convolución por grupos, con imágenes tan grandes como haga falta."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..judging.check import Case
from .inputs import Rng, distinct, layer_inputs, pixel_layer_inputs

Size = tuple[int, int]


class Sizes(NamedTuple):
    """Height and width of the images of each case; of ``drawn``, where None, by lot.

    Of each ``drawn`` one: its size, its groups, and whether its kernel is square.
    """

    drawn: tuple[tuple[Size | None, int, bool], ...]
    depthwise: Size
    one_group: Size
    one_filter: Size
    pixels: Size
    several: Size
    single: Size


SMALL = Sizes(
    drawn=((None, 2, False), (None, 3, False), (None, 2, True)),
    depthwise=(5, 6),
    one_group=(5, 6),
    one_filter=(5, 6),
    pixels=(6, 5),
    several=(6, 5),
    single=(5, 6),
)
# With these, two strides and paddings give answers of different shapes: 3×3 on 10×11 gives
# (8, 9), (5, 6), (4, 5), (4, 4), (10, 11) and (3, 3), for the variants from A to F.
LARGE = Sizes(
    drawn=(((10, 11), 2, True), ((11, 9), 3, False), ((9, 10), 2, False)),
    depthwise=(7, 8),
    one_group=(8, 7),
    one_filter=(7, 8),
    pixels=(8, 7),
    several=(8, 10),
    single=(7, 9),
)


def cases(sizes: Sizes, rng: Rng) -> Iterator[Case]:
    """What is asked of a convolution by groups: with how many draws, and in which order, stands."""
    for size, groups, square in sizes.drawn:
        kh, kw = (3, 3) if square else distinct(rng, 2, 2, 4)
        h, w = size or distinct(rng, 2, 5, 8)
        channels, count = (groups * n for n in distinct(rng, 2, 2, 4))
        image = f"imagen de {h}×{w}, " if size else ""
        label = f"{image}{channels} canales, {count} filtros, {groups} grupos"
        args = layer_inputs(rng, (2, h, w, channels), (kh, kw), count, groups)
        yield Case(label, args, {"groups": groups})
    for count in (3, 6):
        args = layer_inputs(rng, (2, *sizes.depthwise, 3), (3, 2), count, groups=3)
        label = f"depthwise: 3 canales, {count} filtros, 3 grupos"
        yield Case(label, args, {"groups": 3}, edge=True)
    args = layer_inputs(rng, (2, *sizes.one_group, 3), (2, 3), 4)
    yield Case("un solo grupo", args, edge=True)
    args = layer_inputs(rng, (2, *sizes.one_filter, 2), (3, 2), 1)
    yield Case("un solo filtro", args, edge=True)
    args = pixel_layer_inputs(rng, (2, *sizes.pixels, 4), (3, 2), 2, groups=2)
    yield Case("x de enteros de 0 a 255 (uint8)", args, {"groups": 2}, edge=True)
    args = layer_inputs(rng, (3, *sizes.several, 8), (2, 3), 12, groups=4)
    yield Case("tres imágenes y cuatro grupos", args, {"groups": 4}, combined=True)
    args = layer_inputs(rng, (1, *sizes.single, 2), (3, 2), 2, groups=2)
    yield Case("una sola imagen y dos grupos", args, {"groups": 2}, combined=True)
