"""De dónde salen las preguntas de más: imágenes de pocos píxeles, con números de lápiz y papel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..judging.diagnosis.changes import Arguments
from ..judging.diagnosis.space import ArgumentSpace, Array, OneOf, Whole

_SOME = 0.2  # of the draws that have fractions, and of those that have pixels besides
_LENGTHS = {"h": Whole(2, 5), "w": Whole(2, 5), "kh": Whole(1, 3), "kw": Whole(1, 3)}
_LAYER_LENGTHS = {"n": Whole(1, 3), "c": Whole(1, 3), "f": Whole(1, 3)} | _LENGTHS
_PAIRS = (1, 2, 3, (2, 1), (1, 2), (3, 2))


@dataclass(frozen=True)
class Images:
    """Whole numbers mostly; now and then weights with fractions, on pixels from 0 to 255.

    What is lost by cutting decimals, or by keeping a result in a byte, shows only there.
    """

    whole: ArgumentSpace
    image: str
    fractions: tuple[str, ...] = ("kernel", "bias")

    def draw(self, rng: np.random.Generator) -> Arguments:
        drawn, kind = self.whole.draw(rng), rng.random()
        if kind < 2 * _SOME:
            for name in self.fractions:
                if name in drawn:
                    drawn[name] = drawn[name] / np.float32(4)
        if kind < _SOME:
            drawn[self.image] = rng.integers(0, 256, drawn[self.image].shape).astype(np.uint8)
        return drawn

    def smaller(self, arguments: Arguments) -> Iterator[Arguments]:
        yield from self.whole.smaller(arguments)


def _fits(image: str, first: int, rate: str = "") -> Callable[[Arguments], bool]:
    """Whether the kernel, as far as it reaches, fits in the image."""

    def fits(arguments: Arguments) -> bool:
        rates = np.broadcast_to(arguments.get(rate, 1), 2)
        return all(
            rates[axis] * (arguments["kernel"].shape[axis] - 1) < length
            for axis, length in enumerate(arguments[image].shape[first : first + 2])
        )

    return fits


def _of_layer(lengths: Mapping[str, Whole] = _LAYER_LENGTHS, **options: OneOf) -> Images:
    groups = "*groups" if "groups" in options else ""
    arrays: dict[str, Any] = {
        "x": Array(f"n h w c{groups}"),
        "kernel": Array(f"kh kw c f{groups}"),
        "bias": Array(f"f{groups}"),
    }
    fits = _fits("x", 1, "dilation_rate")
    return Images(ArgumentSpace(arrays | options, lengths, fits), "x")


PLANE = Images(
    ArgumentSpace({"imagen": Array("h w"), "kernel": Array("kh kw")}, _LENGTHS, _fits("imagen", 0)),
    "imagen",
)
DEEP = Images(
    ArgumentSpace(
        {"imagen": Array("h w c"), "kernel": Array("kh kw c")},
        _LENGTHS | {"c": Whole(1, 4)},
        _fits("imagen", 0),
    ),
    "imagen",
)
LAYER = _of_layer()
STRIDED = _of_layer(strides=OneOf(_PAIRS), padding=OneOf(("valid", "same")))
DILATED = _of_layer(dilation_rate=OneOf(_PAIRS))
GROUPED = _of_layer(groups=OneOf((1, 2, 3)))
# Where the windows jump, a smaller image has a single one.
GROUPED_WIDE = _of_layer(
    _LAYER_LENGTHS | {"h": Whole(3, 7), "w": Whole(3, 7)}, groups=OneOf((1, 2, 3))
)
FILL = Images(
    ArgumentSpace(
        {
            "x": Array("n h w c"),
            "kernel_size": OneOf((1, 2, 3, 4, 5, (2, 3), (3, 2), (1, 4))),
            "strides": OneOf((*_PAIRS, 4)),
        },
        {"n": Whole(1, 2), "h": Whole(1, 5), "w": Whole(1, 5), "c": Whole(1, 2)},
    ),
    "x",
)


def _window_fits(arguments: Arguments) -> bool:
    sizes = np.broadcast_to(arguments["pool_size"], 2)
    return arguments["padding"] == "same" or bool(np.all(sizes <= arguments["x"].shape[1:3]))


POOLED = Images(
    ArgumentSpace(
        {
            "x": Array("n h w c", low=-5),
            "pool_size": OneOf((2, 1, 3, (2, 1), (1, 2), (2, 3), (3, 2))),
            "strides": OneOf((None, 1, 2, 3, (2, 1), (1, 2))),
            "padding": OneOf(("valid", "same")),
        },
        {"n": Whole(1, 3), "h": Whole(2, 6), "w": Whole(2, 6), "c": Whole(1, 3)},
        _window_fits,
    ),
    "x",
    ("x",),
)
