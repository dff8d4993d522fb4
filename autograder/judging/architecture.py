"""Reconocer una red por las formas de sus pesos: lo que vale para cualquiera."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .check import Mistake

# Each layer's arrays as they come, in any order and with any names.
Groups = Sequence[Sequence[np.ndarray]]


class WrongArchitecture(ValueError):
    """The weights are not those of the network asked for; ``args[0]`` says why, in Spanish.

    ``mistake`` is that of the catalogue which was made, where the shapes tell it.
    """

    def __init__(self, text: str, mistake: Mistake | None = None) -> None:
        super().__init__(text)
        self.mistake = mistake


def layers_with_weights(groups: Groups) -> list[list[np.ndarray]]:
    """The groups that hold a kernel and its bias; a group of anything else is refused."""
    layers = [list(group) for group in groups if len(group)]
    for group in layers:
        shapes = [array.shape for array in group]
        if len(group) == 1 and group[0].ndim in (2, 4):
            raise WrongArchitecture(f"a la capa con kernel de forma {shapes[0]} le falta el bias")
        if len(group) != 2 or group[0].ndim not in (2, 4) or shapes[1] != shapes[0][-1:]:
            raise WrongArchitecture(
                f"hay una capa con pesos de formas {show_shapes(shapes)}; solo se esperan kernel y "
                "bias de Conv2D y Dense"
            )
        if not all(array.size for array in group):
            raise WrongArchitecture(
                f"hay una capa sin unidades o sin entradas: sus pesos tienen formas "
                f"{show_shapes(shapes)}"
            )
        if not all(np.issubdtype(array.dtype, np.floating) for array in group):
            raise WrongArchitecture("hay pesos que no son números de coma flotante")
        if not all(np.isfinite(array).all() for array in group):
            raise WrongArchitecture(
                "hay pesos que son NaN o infinitos: el entrenamiento divergió; baja la tasa de "
                "aprendizaje y vuelve a entrenar"
            )
    if not layers:
        raise WrongArchitecture("no hay ningún peso")
    return layers


def show_shapes(shapes: Sequence[tuple[int, ...]]) -> str:
    shown = ", ".join(map(str, shapes[:6]))
    return shown + (f" y {len(shapes) - 6} más" if len(shapes) > 6 else "")
