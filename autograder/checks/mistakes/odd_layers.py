"""Errores menos vistos de una capa: el sesgo por otro camino, el relleno o el paso en otro lado."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Change, afterwards, computed
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..padding_words import SAME_ROUNDED_DOWN
from ..reference import conv2d, pad, same_amounts
from .bias import BY_POSITION, IN_THE_IMAGE, PER_CHANNEL
from .odd_groups import group_mistakes
from .padding_rules import OTHER_NUMBER


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


def _bias_at(index: Callable[[Any], int]) -> Change:
    """The bias at the index in which another loop ended, for every filter."""
    return Change("bias", lambda a: a | {"bias": np.full_like(a["bias"], a["bias"][index(a)])})


NOT_THE_LAST = Named(
    "ultima-ventana-sin-calcular",
    "cuando la última ventana cae justa, su fila o su columna se queda sin calcular, como con un "
    "range que no llega a su final",
    "range(0, n, s) no incluye n: ¿en qué píxel empieza la última ventana?",
    lessons.STRIDES,
)
IN_IMAGE_PLACES = Named(
    "salida-en-la-posicion-de-la-imagen",
    "con pasos mayores que 1 quedan huecos, como al escribir cada resultado en la posición de la "
    "imagen; la salida no los tiene",
    "con paso 2, la ventana que empieza en el píxel 4, ¿qué salida da?",
    lessons.STRIDES,
)


MEASURED_BEFORE = Named(
    "salida-medida-antes-de-rellenar",
    'con "same" faltan filas o columnas, como al medir la salida con la imagen sin rellenar; se '
    "rellena antes",
    "¿qué imagen recorre la ventana, y con cuál calculas cuántas veces cabe?",
    lessons.SAME,
)


MEASURED_AFTER = Named(
    "salida-medida-despues-de-rellenar",
    'con "same" sobran filas o columnas, como al medir la salida con la imagen ya rellenada; es '
    "⌈n / s⌉, con lo que mide antes de rellenar",
    "con una imagen de 4 y paso 1, ¿cuánto debe medir la salida, y cuánto mide lo que recorres?",
    lessons.SAME,
)
PADDED_AGAIN = Named(
    "relleno-repetido",
    "la imagen crece de más, como al rellenarla dentro de un bucle; se rellena una vez, antes de "
    "empezar",
    "¿cuántas veces se ejecuta la línea que rellena?",
    lessons.SAME,
)


def _padded_again(x: Any, kernel: Any, bias: Any, **given: Any) -> np.ndarray:
    """Each filter sees the image of the one before, with its zeros once more around it."""
    if given["padding"] != "same":
        return conv2d(x, kernel, bias, **given)
    height, width = conv2d(x, kernel, bias, **given).shape[1:3]
    maps = []
    for f in range(len(bias)):
        x = pad(x, same_amounts(x, kernel.shape[:2], given["strides"]))
        own = conv2d(x, kernel[..., f : f + 1], bias[f : f + 1], given["strides"])
        maps.append(own[:, :height, :width])
    return np.concatenate(maps, axis=3)


def _padded_twice(measured_again: bool) -> Change:
    """Zeros around the zeros: as many as before, or as many as the larger image asks for."""

    def wrong(x: Any, kernel: Any, bias: Any, **given: Any) -> np.ndarray:
        if given["padding"] == "same":
            amounts = same_amounts(x, kernel.shape[:2], given["strides"])
            x = pad(x, amounts)
            again = same_amounts(x, kernel.shape[:2], given["strides"])
            x = pad(x, again if measured_again else amounts)
        return conv2d(x, kernel, bias, given["strides"])

    return computed("padding", wrong)


def _measured_after(filled: bool) -> Change:
    """As many outputs as the padded image would have; windows are cut by its edge, or are none."""

    def wrong(x: Any, kernel: Any, bias: Any, **given: Any) -> np.ndarray:
        if given["padding"] != "same":
            return conv2d(x, kernel, bias, **given)
        x, strides = pad(x, same_amounts(x, kernel.shape[:2], given["strides"])), given["strides"]
        sizes = [-(-n // s) for n, s in zip(x.shape[1:3], as_pair(strides, ""), strict=True)]
        if filled:
            ends = [
                max((size - 1) * s + k - n, 0)
                for size, s, k, n in zip(
                    sizes, as_pair(strides, ""), kernel.shape[:2], x.shape[1:3], strict=True
                )
            ]
            return conv2d(pad(x, ((0, ends[0]), (0, ends[1]))), kernel, bias, strides)
        out = conv2d(x, kernel, bias, strides)
        large = np.zeros((len(out), *sizes, out.shape[3]))
        large[:, : out.shape[1], : out.shape[2]] = out[:, : sizes[0], : sizes[1]]
        return large

    return computed("padding", wrong)


def _first(bias: np.ndarray) -> Any:
    return bias[0]


_OF_BIAS: tuple[Callable[[np.ndarray], Any], ...] = (np.mean, np.max, np.min, np.sum, _first)


def _filled_with_bias(number: Callable[[np.ndarray], Any]) -> Change:
    """What is put around the image, where ``same`` is asked for, comes from the biases."""

    def wrong(x: Any, kernel: Any, bias: Any, **given: Any) -> np.ndarray:
        if given["padding"] != "same":
            return conv2d(x, kernel, bias, **given)
        amounts = same_amounts(x, kernel.shape[:2], given["strides"])
        filled = np.pad(
            x.astype(np.float64), ((0, 0), *amounts, (0, 0)), constant_values=number(bias)
        )
        return conv2d(filled, kernel, bias, given["strides"])

    return computed("padding", wrong)


def _of_strides() -> tuple[Misconception, ...]:
    def short(filled: bool) -> Change:
        def after(out: np.ndarray, a: Any) -> np.ndarray:
            out = out.copy()
            for axis, (length, k, s) in enumerate(_axes(a), start=1):
                reached = np.arange(out.shape[axis]) * s < length - k
                shape = [1] * 4
                shape[axis] = -1
                out = np.where(reached.reshape(shape), out, a["bias"] if filled else 0.0)
            return out

        return afterwards(after, "strides")

    def spread(whole: bool) -> Change:
        def after(out: np.ndarray, a: Any) -> np.ndarray:
            sizes = [
                n - k + 1 if whole else (out.shape[1 + axis] - 1) * s + 1
                for axis, (n, k, s) in enumerate(_axes(a))
            ]
            large = np.zeros((len(out), *sizes, out.shape[3]))
            (_, _, sh), (_, _, sw) = _axes(a)
            large[:, ::sh, ::sw] = out
            return large

        return afterwards(after, "strides")

    def skipped(filled: bool) -> Change:
        """Of an answer of the due size, only the places that the stride divides are written."""

        def wrong(x: Any, kernel: Any, bias: Any, **given: Any) -> np.ndarray:
            height, width = conv2d(x, kernel, bias, **given).shape[1:3]
            strides = as_pair(given["strides"], "strides")
            if given["padding"] == "same":
                x = pad(x, same_amounts(x, kernel.shape[:2], strides))
            whole = conv2d(x, kernel, bias)[:, :height, :width]
            written = np.zeros(whole.shape) + (bias if filled else 0)
            written[:, :: strides[0], :: strides[1]] = whole[:, :: strides[0], :: strides[1]]
            return written

        return computed("strides", wrong)

    def measured_before(out: np.ndarray, a: Any) -> np.ndarray:
        sizes = [
            (n - k) // s + 1
            for n, k, s in zip(
                a["x"].shape[1:3],
                a["kernel"].shape[:2],
                as_pair(a["strides"], "strides"),
                strict=True,
            )
        ]
        if min(sizes) < 0:
            raise ValueError
        return out[:, : sizes[0], : sizes[1]]

    return (
        *PADDED_AGAIN.rarely(
            computed("padding", _padded_again), _padded_twice(True), _padded_twice(False)
        ),
        *MEASURED_AFTER.rarely(_measured_after(True), _measured_after(False)),
        *MEASURED_BEFORE.rarely(afterwards(measured_before, "padding")),
        *OTHER_NUMBER.rarely(*(_filled_with_bias(number) for number in _OF_BIAS)),
        *NOT_THE_LAST.rarely(short(True), short(False)),
        *IN_IMAGE_PLACES.rarely(spread(True), spread(False), skipped(False), skipped(True)),
        *SAME_ROUNDED_DOWN.rarely(afterwards(_cut_down, "padding")),
    )


def _axes(a: Any) -> list[tuple[int, int, int]]:
    """The length of each axis, with its zeros where they go, its kernel and its stride."""
    lengths, size = a["x"].shape[1:3], a["kernel"].shape[:2]
    if a["padding"] == "same":
        amounts = same_amounts(a["x"], size, a["strides"])
        lengths = tuple(n + sum(zeros) for n, zeros in zip(lengths, amounts, strict=True))
    return list(zip(lengths, size, as_pair(a["strides"], "strides"), strict=True))


def _cut_down(out: np.ndarray, a: Any) -> np.ndarray:
    if a["padding"] != "same":
        return out
    sh, sw = as_pair(a["strides"], "strides")
    return out[:, : a["x"].shape[1] // sh, : a["x"].shape[2] // sw]


def mistakes(*options: str) -> tuple[Misconception, ...]:
    return (
        *IN_THE_IMAGE.rarely(
            _each_filter(False), _each_filter(True), computed("bias", _added_to_image)
        ),
        *PER_CHANNEL.rarely(afterwards(_bias_by_channel, "bias")),
        *BY_POSITION.rarely(
            _bias_at(lambda a: a["kernel"].shape[2] - 1),
            _bias_at(lambda a: a["kernel"].shape[0] - 1),
            _bias_at(lambda a: a["kernel"].shape[1] - 1),
            _bias_at(lambda a: len(a["x"]) - 1),
            _bias_at(lambda a: 1),
        ),
        *(_of_strides() if "strides" in options else ()),
        *(group_mistakes() if "groups" in options else ()),
    )
