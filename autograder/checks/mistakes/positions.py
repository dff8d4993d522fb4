"""Dónde empieza y acaba la ventana: filas que faltan o sobran, un píxel de más, solo cuadrados."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair, effective_size

from ...judging.diagnosis.changes import Arguments, Change, afterwards
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d, pad, same_amounts
from .layout import Layout

LAST_FORGOTTEN = Named(
    "ultima-fila-olvidada",
    "faltan la última fila o la última columna de la salida, como sin el + 1 de H − kh + 1",
    "¿en cuántas filas cabe una ventana de 2 en una imagen de 3?",
    lessons.WINDOW,
)
FIRST_FORGOTTEN = Named(
    "primera-fila-olvidada",
    "faltan la primera fila o la primera columna de la salida",
    "la primera ventana empieza en la fila 0 y en la columna 0",
    lessons.WINDOW,
)
LAST_NOT_COMPUTED = Named(
    "ultima-fila-sin-calcular",
    "la última fila o la última columna de la salida se queda sin calcular",
    "¿hasta dónde llega range, y cuántas filas tiene la salida?",
    lessons.WINDOW,
)
FIRST_NOT_COMPUTED = Named(
    "primera-fila-sin-calcular",
    "la primera fila o la primera columna de la salida se queda sin calcular",
    "¿en qué número empieza range?",
    lessons.WINDOW,
)
ONE_MORE = Named(
    "fila-de-mas",
    "la salida tiene una fila o una columna de más: caben H − kh + 1 ventanas",
    "¿en cuántas filas cabe una ventana de 2 en una imagen de 3?",
    lessons.WINDOW,
)
SIZE_OF_THE_INPUT = Named(
    "salida-del-tamano-de-la-entrada",
    "la salida mide lo que la entrada; sin relleno es menor: hay H − kh + 1 filas",
    "la ventana no puede salirse de la imagen, y aquí no se añaden ceros",
    lessons.VALID,
)
FULL = Named(
    "convolucion-completa",
    "la ventana se sale de la imagen por todos los lados (modo «full»); tiene que caber entera",
    "la primera ventana empieza en la esquina de la imagen, no antes",
    lessons.VALID,
)
NO_OVERLAP = Named(
    "ventanas-sin-solaparse",
    "la ventana avanza lo que mide el kernel; aquí avanza de píxel en píxel, y las ventanas se "
    "solapan",
    "la segunda ventana empieza en el píxel 1, no donde acaba la primera: el paso es 1",
    lessons.WINDOW,
)
SHIFTED = Named(
    "ventana-desplazada",
    "la ventana empieza un píxel antes o después de donde toca",
    "la salida (0, 0) mira la ventana que empieza en el píxel (0, 0)",
    lessons.WINDOW,
)
CENTRED = Named(
    "ventana-centrada",
    "la ventana se centra en (i, j); sin relleno, (i, j) es su esquina de arriba a la izquierda",
    "la salida (0, 0) mira la ventana que empieza en el píxel (0, 0)",
    lessons.WINDOW,
)
SQUARE_KERNELS = Named(
    "solo-kernels-cuadrados",
    "solo funciona con kernels cuadrados: el alto y el ancho del kernel son números distintos",
    "prueba con un kernel de 1×3 y con otro de 3×1",
    lessons.NHWC,
)
SQUARE_IMAGES = Named(
    "solo-imagenes-cuadradas",
    "solo funciona con imágenes cuadradas: el alto y el ancho de la imagen son números distintos",
    "prueba con una imagen de 4×6",
    lessons.NHWC,
)
_BOTH = ((0, 1), (0,), (1,))  # rows and columns, rows alone, columns alone


def cut(layout: Layout, piece: slice, axes: tuple[int, ...]) -> Change:
    place = [slice(None)] * (layout.first + 2)
    for axis in axes:
        place[layout.first + axis] = piece
    return afterwards(lambda out, _: out[tuple(place)], "tamano")


def _blank(layout: Layout, line: int, axes: tuple[int, ...], bias: bool) -> Change:
    """Nothing, or only the bias, stands in the first or last line."""

    def after(out: np.ndarray, a: Arguments) -> np.ndarray:
        out = out.copy()
        for axis in axes:
            place = [slice(None)] * (layout.first + axis) + [line]
            out[tuple(place)] = layout.bias(a) if bias else 0
        return out

    return afterwards(after, "tamano")


def _blanks(layout: Layout, line: int) -> list[Change]:
    kinds = [False, True] if layout.layer else [False]
    return [_blank(layout, line, axes, bias) for bias in kinds for axes in _BOTH]


def _longer(layout: Layout, axes: tuple[int, ...]) -> Change:
    """A line of zeros more."""

    def after(out: np.ndarray, _: Arguments) -> np.ndarray:
        more = [(0, 0)] * out.ndim
        for axis in axes:
            more[layout.first + axis] = (0, 1)
        return np.pad(out, more)

    return afterwards(after, "tamano")


def _around(layout: Layout, amounts: Callable[[int, int], tuple[tuple[int, int], ...]]) -> Change:
    """Zeros around the image, where there is no padding."""

    def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **options: Any) -> np.ndarray:
        if options.get("padding", "valid") == "same":
            return conv2d(x, kernel, bias, **options)
        rates = as_pair(options.get("dilation_rate", 1), "")
        rows, columns = amounts(*map(effective_size, kernel.shape[:2], rates))
        return conv2d(pad(x, (rows, columns)), kernel, bias, **options)

    return layout.computed("tamano", wrong)


def _in_place(layout: Layout, centred: bool) -> Change:
    """The right answer inside an array of the size of the image."""

    def after(out: np.ndarray, a: Arguments) -> np.ndarray:
        shape, place = list(out.shape), [slice(None)] * out.ndim
        for axis in (0, 1):
            at = layout.first + axis
            start = a["kernel"].shape[axis] // 2 if centred else 0
            shape[at] = max(a[layout.image].shape[at], out.shape[at] + start)
            place[at] = slice(start, start + out.shape[at])
        whole = np.zeros(shape)
        whole[tuple(place)] = out
        return whole

    return afterwards(after, "tamano")


def _always(step: tuple[int, int]) -> Callable[[int, int], tuple[int, int]]:
    return lambda kh, kw: step


def _rolled(layout: Layout, by: Callable[[int, int], tuple[int, int]], wrap: bool) -> Change:
    """The image moves under the window, in a circle or with zeros coming in."""

    def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **options: Any) -> np.ndarray:
        if options.pop("padding", "valid") == "same":
            x = pad(x, same_amounts(x, kernel.shape[:2], options.get("strides", 1)))
        down, right = by(*kernel.shape[:2])
        moved = np.roll(x, (down, right), (1, 2))
        if not wrap:
            lost = np.ones(x.shape[1:3])
            lost = np.roll(np.pad(lost, 9), (down, right), (0, 1))[9:-9, 9:-9]
            moved = moved * lost[:, :, None]
        return conv2d(moved, kernel, bias, **options)

    return layout.computed("tamano", wrong)


def _only_square(
    layout: Layout,
    wrong: Callable[..., np.ndarray | None],
    error: type[Exception] = ValueError,
) -> Change:
    """Right for a square; ``wrong(x, kernel, out, arguments)`` for the rest, or an exception."""

    def of_layer(**a: Any) -> np.ndarray:
        out = conv2d(**a)
        found = wrong(a["x"], a["kernel"], out, a)
        if found is None:
            raise error
        return found

    return layout.computed("tamano", of_layer)


def _sides_exchanged(
    more: int, found_in: Callable[[int, int], np.ndarray], out: np.ndarray
) -> np.ndarray | None:
    """As many rows more as columns fewer; None where none would be left."""
    rows, columns = out.shape[1] + more, out.shape[2] - more
    return found_in(rows, columns) if min(rows, columns) >= 1 else None


def _blank_beyond(
    more: int, x: np.ndarray, out: np.ndarray, a: Arguments, biased: bool = False
) -> np.ndarray | None:
    """Nothing, or only the bias, where no window was found."""

    def found_in(rows: int, columns: int) -> np.ndarray:
        found = np.zeros((len(out), rows, columns, out.shape[3]))
        found += a["bias"] if biased else 0
        known = out[:, :rows, :columns]
        found[:, : known.shape[1], : known.shape[2]] = known
        return found

    return _sides_exchanged(more, found_in, out)


def _cut_beyond(more: int, x: np.ndarray, out: np.ndarray, a: Arguments) -> np.ndarray | None:
    """A window that leaves the image is cut: what is left of it is summed."""

    def found_in(rows: int, columns: int) -> np.ndarray:
        larger = pad(x, ((0, max(more, 0)), (0, max(-more, 0))))
        return conv2d(**(a | {"x": larger}))[:, :rows, :columns]

    return _sides_exchanged(more, found_in, out)


def _fewer(out: np.ndarray, axis: int, fewer: int) -> np.ndarray | None:
    """Lines left out at the end; None where there would be more than the image allows."""
    return np.take(out, range(out.shape[axis] - fewer), axis) if fewer >= 0 else None


def _kernel_only(axis: int) -> Callable[..., np.ndarray | None]:
    """The window is as long on both axes as on ``axis``; what does not exist is an error."""

    def wrong(x: np.ndarray, kernel: np.ndarray, out: np.ndarray, a: Any) -> np.ndarray | None:
        size = kernel.shape[axis]
        if kernel.shape[1 - axis] < size:
            return None
        cut = kernel[:, :size] if axis == 0 else kernel[:size]
        return conv2d(**(a | {"kernel": cut}))

    return wrong


def _squared(axis: int) -> Callable[..., np.ndarray]:
    """As many outputs on both axes as on ``axis``; a window that leaves the image is cut."""

    def wrong(x: np.ndarray, kernel: np.ndarray, out: np.ndarray, a: Any) -> np.ndarray:
        length, other = out.shape[1 + axis], 2 - axis
        if length <= out.shape[other]:
            return np.take(out, range(length), other)
        more = [(0, length - out.shape[other]), (0, 0)]
        rows, columns = more if axis else more[::-1]
        return conv2d(pad(x, (rows, columns)), **{k: v for k, v in a.items() if k != "x"})

    return wrong


def _steps_of_kernel(**a: Any) -> np.ndarray:
    return conv2d(**(a | {"strides": a["kernel"].shape[:2]}))


def mistakes(layout: Layout, padded: bool = False) -> tuple[Misconception, ...]:
    """``padded`` where the function pads when it is asked to."""
    steps = ((-1, -1), (-1, 0), (0, -1), (1, 1), (1, 0), (0, 1))
    return (
        *LAST_FORGOTTEN.by(*(cut(layout, slice(None, -1), axes) for axes in _BOTH)),
        *FIRST_FORGOTTEN.by(*(cut(layout, slice(1, None), axes) for axes in _BOTH)),
        *LAST_NOT_COMPUTED.by(*_blanks(layout, -1)),
        *FIRST_NOT_COMPUTED.by(*_blanks(layout, 0)),
        *ONE_MORE.by(
            *(_longer(layout, axes) for axes in _BOTH),
            _around(layout, lambda kh, kw: ((0, 1), (0, 1))),
        ),
        *(() if padded else _padded_anyway(layout)),
        *(() if padded else NO_OVERLAP.by(layout.computed("tamano", _steps_of_kernel))),
        *SHIFTED.by(
            *(_rolled(layout, _always(step), wrap) for step in steps for wrap in (True, False))
        ),
        *CENTRED.by(
            *(_rolled(layout, lambda kh, kw: (kh // 2, kw // 2), wrap) for wrap in (True, False))
        ),
        *SQUARE_KERNELS.by(
            *(
                _only_square(layout, lambda x, k, out, a: _equal(out, *k.shape[:2]), error)
                for error in (ValueError, IndexError)
            ),
            _only_square(layout, lambda x, k, out, a: _fewer(out, 2, k.shape[0] - k.shape[1])),
            _only_square(layout, lambda x, k, out, a: _fewer(out, 1, k.shape[1] - k.shape[0])),
            _only_square(layout, _kernel_only(0)),
            _only_square(layout, _kernel_only(1)),
            *(() if padded else _exchanged(layout, lambda x, k: k.shape[0] - k.shape[1])),
        ),
        *SQUARE_IMAGES.by(
            *(
                _only_square(layout, lambda x, k, out, a: _equal(out, *x.shape[1:3]), error)
                for error in (ValueError, IndexError)
            ),
            *(() if padded else (_only_square(layout, _squared(axis)) for axis in (0, 1))),
            *(() if padded else _exchanged(layout, lambda x, k: x.shape[2] - x.shape[1])),
            _only_square(layout, lambda x, k, out, a: _fewer(out, 2, x.shape[2] - x.shape[1])),
            _only_square(layout, lambda x, k, out, a: _fewer(out, 1, x.shape[1] - x.shape[2])),
        ),
    )


def _exchanged(layout: Layout, more: Callable[[np.ndarray, np.ndarray], int]) -> Iterator[Change]:
    """The output is sized with the sides of the image, or of the kernel, in the other order."""
    kinds = (_blank_beyond, _cut_beyond)
    biased = (partial(_blank_beyond, biased=True),) if layout.layer else ()
    for beyond in (*kinds, *biased):
        yield _only_square(
            layout, lambda x, k, out, a, beyond=beyond: beyond(more(x, k), x, out, a)
        )


def _equal(out: np.ndarray, height: int, width: int) -> np.ndarray | None:
    return out if height == width else None


def _padded_anyway(layout: Layout) -> tuple[Misconception, ...]:
    return (
        *SIZE_OF_THE_INPUT.by(
            _around(layout, lambda kh, kw: _halves(kh - 1, kw - 1)),
            _around(layout, lambda kh, kw: tuple(p[::-1] for p in _halves(kh - 1, kw - 1))),
            _around(layout, lambda kh, kw: ((kh // 2,) * 2, (kw // 2,) * 2)),
            _around(layout, lambda kh, kw: (((kh - 1) // 2,) * 2, ((kw - 1) // 2,) * 2)),
            _around(layout, lambda kh, kw: ((0, kh - 1), (0, kw - 1))),
            _around(layout, lambda kh, kw: ((kh - 1, 0), (kw - 1, 0))),
            _around(layout, lambda kh, kw: ((1, 1), (1, 1))),
            _in_place(layout, centred=False),
            _in_place(layout, centred=True),
        ),
        *FULL.by(_around(layout, lambda kh, kw: ((kh - 1,) * 2, (kw - 1,) * 2))),
    )


def _halves(*totals: int) -> tuple[tuple[int, int], ...]:
    return tuple((total // 2, total - total // 2) for total in totals)
