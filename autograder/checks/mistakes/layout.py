"""Qué ejes tiene cada función de la convolución: los errores se escriben una vez para todas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards, computed

Wrong = Callable[..., np.ndarray]  # of a layer's arguments: x (N, H, W, C), kernel, bias, options


@dataclass(frozen=True)
class Layout:
    """How a function of images lays out what it takes and what it returns.

    Parameters
    ----------
    image : str
        The name of its image.
    first : int
        The axis of the rows, in the image and in the answer; that of the columns follows.
    deep : bool
        Whether its images have channels.
    layer : bool
        Whether it has a batch, filters and a bias.
    turned : bool
        Whether the right function turns the kernel itself.
    """

    image: str
    first: int = 0
    deep: bool = False
    layer: bool = False
    turned: bool = False

    @property
    def rows(self) -> int:
        return self.first

    @property
    def columns(self) -> int:
        return self.first + 1

    def bias(self, arguments: Arguments) -> Any:
        """What the layer adds at the end; nothing where there is no bias."""
        return arguments["bias"].astype(np.float64) if self.layer else 0.0

    def computed(self, part: str, wrong: Wrong) -> Change:
        """``wrong``, written for a layer, computes in place of the right function."""
        if self.layer:
            return computed(part, wrong)

        def of_planes(**given: np.ndarray) -> np.ndarray:
            image, kernel = given[self.image], given["kernel"]
            if self.turned:
                kernel = kernel[::-1, ::-1]
            if not self.deep:
                image, kernel = image[..., None], kernel[..., None]
            return wrong(x=image[None], kernel=kernel[..., None], bias=np.zeros(1))[0, ..., 0]

        return computed(part, of_planes)

    def before_bias(self, change: Callable[[np.ndarray], Any], part: str = "salida") -> Change:
        """The sum of the products is changed, and the bias is added to that."""
        return afterwards(lambda out, a: change(out - self.bias(a)) + self.bias(a), part)


PLANE = Layout("imagen")
TURNED = Layout("imagen", turned=True)
DEEP = Layout("imagen", deep=True)
LAYER = Layout("x", first=1, deep=True, layer=True)
