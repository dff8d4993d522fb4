"""Unidad 4: las variantes de la convolución por grupos, cada una con su paso y su relleno.

Two of them give answers of different shapes to a case that is always asked: what answers another's
earns nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import numpy as np

from ..common.check_ids import ANOTHERS, LETTER
from ..judging.check import Check, FunctionCheck
from ..judging.comparison import CloseArrays
from ..judging.diagnosis.changes import PLAIN, Change, Function, computed
from ..judging.diagnosis.misconceptions import Lately, Misconception
from . import grouped_cases, lessons, spaces
from .padded_layers import GROUPED_MISTAKES, UNIT, check_groups, grouped
from .reference import conv2d, conv2d_rounding, pad, same_amounts
from .variants import Task


@dataclass(frozen=True)
class Asked:
    """The stride and the padding of one variant."""

    strides: int
    padding: str

    @property
    def words(self) -> str:
        """As the exercise says them."""
        how = "sin relleno" if self.padding == "valid" else "con relleno `same`"
        return f"{how} y con paso {self.strides}"

    def right(self, x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, groups: int) -> np.ndarray:
        """What is asked, where the groups fit."""
        check_groups(x, kernel, groups)
        return conv2d(x, kernel, bias, self.strides, self.padding, groups=groups)


ASKED = {
    "A": Asked(1, "valid"),
    "B": Asked(2, "same"),
    "C": Asked(2, "valid"),
    "D": Asked(3, "same"),
    "E": Asked(1, "same"),
    "F": Asked(3, "valid"),
}


def _so_asked(asked: Asked, mistake: Misconception) -> Misconception:
    """A mistake of the course's own exercise, with this variant's stride and padding."""
    if not isinstance(mistake.wrong, Change):
        changed: Change | Function = partial(_jumping, asked, mistake.wrong)
    elif mistake.wrong.core is PLAIN.core:
        return mistake
    else:
        wrong = mistake.wrong
        computes = partial(_jumping, asked, wrong.core(grouped))
        changed = Change(wrong.part, wrong.before, wrong.after, lambda right: computes)
    return Misconception(
        mistake.id, mistake.cause, changed, mistake.hint, mistake.section, mistake.applies,
        mistake.rare,
    )  # fmt: skip


def _jumping(
    asked: Asked, plain: Function, x: Any, kernel: Any, bias: Any, groups: int = 1
) -> np.ndarray:
    """What moves one pixel at a time, looked at only where the windows of a variant stand."""
    if asked.padding == "same":
        x = pad(x, same_amounts(x, kernel.shape[:2], asked.strides))
    out = plain(x=x, kernel=kernel, bias=bias, groups=groups)
    return out[:, :: asked.strides, :: asked.strides]


def _of_anothers(letter: str) -> Iterator[Misconception]:
    mine = ASKED[letter]
    for other, asked in ASKED.items():
        if other != letter:
            yield Misconception(
                ANOTHERS,
                f"calculas {asked.words.replace('`', '')}, como otra variante; la tuya, la "
                f"{letter}, es {mine.words.replace('`', '')} (¿es tuyo el cuaderno que usaste?)",
                computed("", asked.right),
                "el enunciado de cada estudiante dice su paso y su relleno: vuelve al de tu "
                "cuaderno",
                lessons.TWO_FORMULAS,
            )


def _check(letter: str) -> Check:
    asked = ASKED[letter]

    def reference(
        x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, groups: int = 1
    ) -> np.ndarray:
        return asked.right(x, kernel, bias, groups)

    def mistakes() -> Iterator[Misconception]:
        yield from _of_anothers(letter)
        yield from (_so_asked(asked, mistake) for mistake in GROUPED_MISTAKES)

    check = FunctionCheck(
        id=f"{UNIT}.conv2d_grupos{LETTER}{letter}",
        keras="keras.layers.Conv2D",
        reference=reference,
        space=spaces.GROUPED_WIDE,
        cases=partial(grouped_cases.cases, grouped_cases.LARGE),
        compare=CloseArrays(partial(conv2d_rounding, strides=asked.strides, padding=asked.padding)),
        misconceptions=Lately(mistakes),
        hint="cada grupo es una conv2d sobre su trozo de canales, de filtros y de sesgos, con el "
        "paso y el relleno de tu enunciado",
    )
    return cast("Check", check)


def _shape(asked: Asked) -> str:
    """The shape of the answer, as the exercise writes it."""
    step = asked.strides
    if asked.padding == "same":
        rows, columns = ("H", "W") if step == 1 else (f"⌈H / {step}⌉", f"⌈W / {step}⌉")
    elif step == 1:
        rows, columns = "H − kh + 1", "W − kw + 1"
    else:
        rows, columns = f"⌊(H − kh) / {step}⌋ + 1", f"⌊(W − kw) / {step}⌋ + 1"
    return f"(N, {rows}, {columns}, F)"


ALL_NINES = (
    'assert np.all(depthwise == 9), "con 8 grupos, cada filtro suma los 9 unos de un solo canal"'
)


def _example(asked: Asked) -> str:
    """What the example asserts of ones on 5×5 with kernels of 3×3."""
    if asked == ASKED["A"]:
        return ALL_NINES
    ones = np.ones((1, 5, 5, 1)), np.ones((3, 3, 1, 1)), np.zeros(1)
    answer = asked.right(*ones, groups=1)
    forma, esquina = (*answer.shape[:3], 8), int(answer[0, 0, 0, 0])
    return (
        f"forma = np.shape(depthwise)\n"
        f'assert forma == {forma}, f"esperaba {forma} y llegó {{forma}}"\n'
        f"assert np.all(depthwise[0, 0, 0] == {esquina}), "
        f'"con 8 grupos, cada filtro suma {esquina} unos"'
    )


def _task(build: Callable[[str], Check]) -> Task:
    names = {"valid": "«valid»", "same": "«same»"}
    numbers = {
        letter: {
            "how": asked.words,
            "shape": _shape(asked),
            "layer": f"{names[asked.padding]} con paso {asked.strides}",
            "example": _example(asked),
        }
        for letter, asked in ASKED.items()
    }
    texts = {
        "conv2d-grupos-enunciado": (
            ("(extra) · 2 puntos", "(extra) · 2 puntos · variante {letter}"),
            ("sin relleno y con paso 1", "{how}"),
            ("(N, H − kh + 1, W − kw + 1, F)", "{shape}"),
        ),
        "conv2d-grupos-solucion": (("«valid» con paso 1", "{layer}"),),
        "conv2d-grupos-ejemplos": ((ALL_NINES, "{example}"),),
    }
    return Task(f"{UNIT}.conv2d_grupos", numbers, texts, build)


TASKS = (_task(_check),)
