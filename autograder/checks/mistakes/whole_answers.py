"""La salida entera, la imagen o el kernel tratados de más: girados, repartidos, normalizados…"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from conv2d_lib.shapes import as_pair

from ...judging.diagnosis.changes import Arguments, Change, afterwards, answer, argument, computed
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from ..reference import conv2d
from .batch import AXES_LOST
from .channels import STACKED
from .everywhere import OTHER_SCALE
from .layout import Layout
from .lines import SORTED
from .window import ONLY_ONE

Numbers = Callable[[np.ndarray], np.ndarray]
TURNED = Named(
    "imagen-o-salida-girada",
    "sale como si la imagen o la salida se girara un cuarto de vuelta, o se traspusiera y se "
    "volteara; nada se gira",
    "sigue con lápiz el píxel de arriba a la derecha: ¿dónde acaba?",
    lessons.WINDOW,
)
STANDARDISED = Named(
    "salida-estandarizada",
    "la salida llega normalizada (softmax, media 0 y desviación 1, longitud 1); se devuelven las "
    "sumas",
    "mira qué haces con la salida después de sumar los productos",
    lessons.WINDOW,
)
RESIZED = Named(
    "salida-ampliada-o-reducida",
    "la salida está ampliada o reducida: cada número se repite, o queda uno de cada dos o la media "
    "de varios",
    "¿cuántos números da una imagen de 4×4 con un kernel de 2×2, y cuántos devuelves?",
    lessons.WINDOW,
)
RESHAPED = Named(
    "ejes-cambiados-con-reshape",
    "los números salen repartidos como al reordenar los ejes con reshape, que no los intercambia",
    "compara reshape y transpose con una matriz de 2×3 numerada del 0 al 5",
    lessons.NHWC,
)
CHANGED_BY_CHANNEL = Named(
    "canales-cambiados-antes-de-sumar",
    "el mapa de cada canal cuenta cambiado (sin signo, con una ReLU, al cuadrado) antes de "
    "sumarse; se suman tal como salen",
    "¿qué pasa entre el mapa de un canal y la suma de todos?",
    lessons.CHANNELS,
)
IMAGE_ADDED = Named(
    "imagen-sumada-a-la-salida",
    "la salida lleva sumada, o restada, la propia imagen; solo van los productos",
    "pon un kernel de ceros: ¿qué debería salir?",
    lessons.WINDOW,
)
POOLED = Named(
    "ventanas-juntadas-por-pasos",
    "de las ventanas de cada paso sale su media o su máximo, como si se calcularan todas y se "
    "juntaran; el paso se salta ventanas, y no las junta",
    "con paso 2, la salida 1 es la ventana que empieza en el píxel 2, y ninguna otra",
    lessons.STRIDES,
)


def _softmax(axis: Any) -> Numbers:
    def change(out: np.ndarray) -> np.ndarray:
        powers = np.exp(out - out.max(axis=axis, keepdims=True))
        share: np.ndarray = powers / powers.sum(axis=axis, keepdims=True)
        return share

    return change


def _standard(axis: Any, more: float) -> Numbers:
    def change(out: np.ndarray) -> np.ndarray:
        width = out.std(axis=axis, keepdims=True)
        width = width + more if more else np.where(width == 0, 1, width)
        scaled: np.ndarray = (out - out.mean(axis=axis, keepdims=True)) / width
        return scaled

    return change


def _normalised(layout: Layout) -> Iterator[Change]:
    axes: list[Any] = [None]
    if layout.layer:
        axes += [(0, 1, 2), (1, 2), (1, 2, 3), 3, 0]
    else:
        axes += [0, 1]
    for axis in axes:
        yield answer(_softmax(axis))
        for more in (0.0, 1e-8, 1e-5, 1e-3):
            yield answer(_standard(axis, more))


def _turns(layout: Layout) -> Iterator[Change]:
    axes = (layout.rows, layout.columns)
    for turn in (1, 2, 3):
        if turn != 2:
            yield answer(partial(np.rot90, k=turn, axes=axes))
            yield argument(layout.image, partial(np.rot90, k=turn, axes=axes))
    for axis in axes:
        yield answer(lambda out, axis=axis: np.flip(out.swapaxes(*axes), axis))  # type: ignore[misc]


def _sizes(layout: Layout) -> Iterator[Change]:
    for at in ((layout.rows, layout.columns), (layout.rows,), (layout.columns,)):
        place = tuple(slice(None, None, 2) if axis in at else slice(None) for axis in range(4))

        def longer(out: np.ndarray, at: tuple[int, ...] = at) -> np.ndarray:
            for axis in at:
                out = np.repeat(out, 2, axis)
            return out

        def shorter(out: np.ndarray, place: tuple[slice, ...] = place) -> np.ndarray:
            return out[place[: out.ndim]]

        yield answer(longer)
        yield answer(shorter)


def _reshapes(layout: Layout) -> Iterator[Change]:
    """Of the answer and of the image, as if another axis came first."""
    rows, columns = layout.rows, layout.columns

    def reread(array: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
        """The same numbers in a row, dealt to the axes in another order."""
        shape = [array.shape[axis] for axis in order]
        return array.reshape(shape).transpose(np.argsort(order))

    def dealt(array: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
        return array.transpose(order).reshape(array.shape)

    def kept(array: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
        return array.reshape([array.shape[axis] for axis in order])

    def orders(dimensions: int) -> list[tuple[int, ...]]:
        found = []
        whole = list(range(dimensions))
        swapped = list(whole)
        swapped[rows], swapped[columns] = columns, rows
        found.append(tuple(swapped))
        if dimensions > 2:
            found += [(*whole[:rows], whole[-1], *whole[rows:-1]), tuple(reversed(whole))]
        return found

    of_answer = 4 if layout.layer else 2
    of_image = 4 if layout.layer else 3 if layout.deep else 2
    for how in (reread, dealt, kept):
        for order in orders(of_answer):
            yield answer(lambda out, how=how, order=order: how(out, order))  # type: ignore[misc]
        for order in orders(of_image):
            if how is not kept:
                yield argument(layout.image, lambda x, how=how, order=order: how(x, order))  # type: ignore[misc]
    if layout.layer:
        for how in (reread, dealt):
            for order in ((3, 2, 0, 1), (2, 3, 0, 1), (0, 1, 3, 2), (1, 0, 2, 3)):
                yield argument("kernel", lambda k, how=how, order=order: how(k, order))  # type: ignore[misc]
    yield answer(np.ravel)


def _relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0)


def _by_channel(layout: Layout) -> Iterator[Change]:
    """Of the map of each channel, before they are summed; or joined otherwise than by a sum."""

    def joined(join: Callable[[np.ndarray], np.ndarray]) -> Change:
        def wrong(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, **o: Any) -> np.ndarray:
            if o.get("groups", 1) != 1:
                return conv2d(x, kernel, bias, **o)
            maps = [
                conv2d(x[..., c : c + 1], kernel[:, :, c : c + 1], 0 * bias, **o)
                for c in range(kernel.shape[2])
            ]
            return join(np.stack(maps)) + bias

        return layout.computed("canales", wrong)

    for change in (np.abs, _relu, np.square, np.round, np.trunc, np.sign):
        yield joined(lambda maps, change=change: change(maps).sum(0))  # type: ignore[misc]
    yield joined(lambda maps: np.sqrt((maps**2).sum(0)))
    yield joined(lambda maps: np.abs(maps).max(0))
    yield joined(lambda maps: 2 * maps[0] - maps.sum(0))
    yield joined(lambda maps: np.ptp(maps, axis=0))


def _images_added(layout: Layout) -> Iterator[Change]:
    """The corner or the centre of the image, of its size, of one channel or of their mean."""

    def added(centred: bool, whole: Callable[[np.ndarray], np.ndarray], sign: int) -> Change:
        def after(out: np.ndarray, a: Arguments) -> np.ndarray:
            x, place = a[layout.image].astype(np.float64), [slice(None)] * out.ndim
            for axis in (layout.rows, layout.columns):
                start = (x.shape[axis] - out.shape[axis]) // 2 if centred else 0
                place[axis] = slice(start, start + out.shape[axis])
            part = x[tuple(place)]
            return out + sign * (whole(part) if layout.deep else part)

        return afterwards(after)

    wholes: list[Numbers] = [lambda x: x[..., 0]] if not layout.layer else [lambda x: x]
    keep = layout.layer
    wholes += [lambda x: x.mean(-1, keepdims=keep), lambda x: x.sum(-1, keepdims=keep)]
    for centred in (False, True):
        for sign in (1, -1):
            yield from (
                added(centred, whole, sign) for whole in wholes[: None if layout.deep else 1]
            )


def _parts_of_kernel() -> Iterator[Change]:
    """Only some weights: the centre, the border, the other diagonal, the squares of one colour."""

    def kept(choose: Callable[[np.ndarray, np.ndarray, int, int], np.ndarray]) -> Change:
        def change(kernel: np.ndarray) -> np.ndarray:
            height, width = kernel.shape[:2]
            u, v = np.ogrid[:height, :width]
            there = np.broadcast_to(choose(u, v, height, width), (height, width))
            return kernel * there.reshape(height, width, *[1] * (kernel.ndim - 2))

        return argument("kernel", change)

    yield kept(lambda u, v, h, w: (u == h // 2) & (v == w // 2))
    yield kept(lambda u, v, h, w: (u == h // 2) | (v == w // 2))
    yield kept(lambda u, v, h, w: (u != h // 2) | (v != w // 2))
    yield kept(lambda u, v, h, w: u + v == w - 1)
    yield kept(lambda u, v, h, w: u + v == h - 1)
    yield kept(lambda u, v, h, w: (u + v) % 2 == 0)
    yield kept(lambda u, v, h, w: (u + v) % 2 == 1)
    yield kept(lambda u, v, h, w: (u == 0) | (v == 0) | (u == h - 1) | (v == w - 1))
    yield kept(lambda u, v, h, w: u <= v)
    yield kept(lambda u, v, h, w: u >= v)


def _scaled_kernels(layout: Layout) -> Iterator[Change]:
    axes: list[Any] = [None, (0, 1)] + ([(0, 1, 2)] if layout.layer else [])
    for axis in axes:
        for size in (
            lambda k, axis=axis: np.sqrt((k**2).sum(axis=axis, keepdims=True)),  # type: ignore[misc]
            lambda k, axis=axis: np.abs(k).sum(axis=axis, keepdims=True),  # type: ignore[misc]
            lambda k, axis=axis: np.abs(k).max(axis=axis, keepdims=True),  # type: ignore[misc]
        ):

            def change(kernel: np.ndarray, size: Numbers = size) -> np.ndarray:
                kernel = kernel.astype(np.float64)
                by = size(kernel)
                return kernel / np.where(by == 0, 1, by)

            yield argument("kernel", change)
        yield argument("kernel", lambda k, axis=axis: k - k.mean(axis=axis, keepdims=True))  # type: ignore[misc]


def _pooled() -> Iterator[Change]:
    def pooled(join: Callable[..., np.ndarray]) -> Change:
        def wrong(
            x: np.ndarray, kernel: np.ndarray, bias: np.ndarray, strides: Any = 1, **o: Any
        ) -> np.ndarray:
            (sh, sw), out = as_pair(strides, ""), conv2d(x, kernel, bias, **o)
            height, width = -(-out.shape[1] // sh), -(-out.shape[2] // sw)
            more = ((0, 0), (0, height * sh - out.shape[1]), (0, width * sw - out.shape[2]), (0, 0))
            large = np.pad(out, more, constant_values=np.nan)
            blocks = large.reshape(len(out), height, sh, width, sw, out.shape[3])
            return np.asarray(join(blocks, axis=(2, 4)))

        return computed("strides", wrong)

    return (pooled(join) for join in (np.nanmean, np.nanmax, np.nanmin, np.nansum))


def mistakes(layout: Layout, *options: str) -> tuple[Misconception, ...]:
    rows, columns = layout.rows, layout.columns
    return (
        *TURNED.rarely(*_turns(layout)),
        *(() if layout.layer else AXES_LOST.by(answer(np.squeeze))),
        *STANDARDISED.rarely(*_normalised(layout)),
        *RESIZED.rarely(*_sizes(layout)),
        *RESHAPED.rarely(*_reshapes(layout)),
        *IMAGE_ADDED.rarely(*_images_added(layout)),
        *ONLY_ONE.rarely(*_parts_of_kernel()),
        *OTHER_SCALE.rarely(*_scaled_kernels(layout)),
        *SORTED.rarely(answer(lambda out: np.sort(out, axis=None).reshape(out.shape))),
        *(CHANGED_BY_CHANNEL.rarely(*_by_channel(layout)) if layout.deep else ()),
        *(
            STACKED.rarely(*(_side_by_side(axis) for axis in (rows, columns)))
            if layout.deep and not layout.layer
            else ()
        ),
        *(POOLED.rarely(*_pooled()) if "strides" in options else ()),
    )


def _side_by_side(axis: int) -> Change:
    """The maps of the channels one after the other along an axis."""

    def wrong(imagen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
        seen = np.lib.stride_tricks.sliding_window_view(
            imagen.astype(np.float64), kernel.shape[:2], axis=(0, 1)
        )
        maps = np.einsum("ijcuv,uvc->cij", seen, kernel)
        return np.concatenate(list(maps), axis=axis)

    return computed("canales", wrong)
