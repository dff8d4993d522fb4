"""Un trozo por otro: en la imagen, en el kernel o en la salida, y ejes que se suman de más."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards, argument, computed
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from .channels import FIRST_MISSING, LAST_MISSING
from .layout import Layout
from .written import convolved, otherwise_cut, otherwise_measured, otherwise_placed

WINDOW_CUT = Named(
    "ventana-mal-cortada",
    "cuenta un trozo de imagen que no es el de la ventana: le faltan o le sobran líneas, o "
    "empieza en otro sitio; va de i · paso a i · paso + kh, sin contar el final",
    "escribe con lápiz dónde empieza y dónde acaba el trozo de la segunda ventana de una fila",
    lessons.WINDOW,
)
MISPLACED = Named(
    "salida-escrita-en-otro-sitio",
    "lo que da la ventana (i, j) no está en (i, j): está en otra posición de la salida, y unas "
    "pisan a otras o quedan vacías",
    "¿qué dos índices van entre los corchetes de la salida, y en qué orden?",
    lessons.WINDOW,
)
SIZE_OF_OUTPUT = Named(
    "tamano-de-la-salida-equivocado",
    "la salida, o lo que se calcula de ella, no mide lo que debe en algún eje, como al mezclar "
    "el alto con el ancho, un eje con otro, o con una línea de más o de menos",
    "calcula con lápiz el alto y el ancho de la salida de una imagen de 5×7 y un kernel de 2×3",
    lessons.NHWC,
)
KERNEL_CUT = Named(
    "kernel-recortado",
    "solo cuenta un trozo del kernel: le falta su primera o su última línea, o una de cada dos",
    "¿qué deja un corte con paso −2? ¿Y uno que empieza en 1?",
    lessons.WINDOW,
)
SUMMED_AXES = Named(
    "suma-en-otros-ejes",
    "sale la suma en otros ejes: se suman los de la ventana y los canales, y quedan los de la "
    "salida",
    "di qué es cada eje de lo que sumas, y cuáles tienen que quedar",
    lessons.CHANNELS,
)
OTHER_CHANNEL_AXIS = Named(
    "canales-en-otro-eje",
    "cuentan como canales los de otro eje de la imagen o del kernel; en los dos son el tercero",
    "en una imagen de (alto, ancho, canales), ¿qué se escribe para tomar el canal 0 entero?",
    lessons.NHWC,
)
# Of where each line of the kernel comes from; one after the other, the second cuts the first.
_CUTS: tuple[tuple[slice, ...], ...] = (
    (slice(None, None, 2),),
    (slice(None, None, -2),),
    (slice(None, None, -2), slice(None, None, -1)),
    (slice(1, None),),
    (slice(None, -1),),
    (slice(-1, 0, -1),),
    (slice(-2, None, -1),),
)


def _cut_kernels() -> Iterator[Change]:
    """A part of the kernel: what is computed is right for a kernel of that size."""

    def cut(cuts: tuple[slice, ...], axes: tuple[int, ...]) -> Change:
        def change(kernel: np.ndarray) -> np.ndarray:
            for axis in axes:
                lines = range(kernel.shape[axis])
                for each in cuts:
                    lines = lines[each]
                if not lines:
                    raise ValueError
                kernel = np.take(kernel, lines, axis)
            return kernel

        return argument("kernel", change)

    for cuts in _CUTS:
        yield from (cut(cuts, axes) for axes in ((0, 1), (0,), (1,)))


def _maps_missing(first: int, last: int) -> Change:
    """The maps of the channels from ``first`` on, ``last`` fewer: of none, the sum is a number."""

    def wrong(imagen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
        channels = range(imagen.shape[2])[first : imagen.shape[2] - last]
        seen = np.lib.stride_tricks.sliding_window_view(
            imagen.astype(np.float64), kernel.shape[:2], axis=(0, 1)
        )
        if not channels:
            return np.asarray(0.0)
        used: np.ndarray = np.take(kernel, channels, 2)
        maps: np.ndarray = np.einsum("ijcuv,uvc->ij", np.take(seen, channels, 2), used)
        return maps

    return computed("canales", wrong)


def _in_other_maps() -> Iterator[Change]:
    """What image n and filter f give, written in the place of others."""
    chosen: tuple[tuple[Callable[..., int], Callable[..., int]], ...] = (
        (lambda n, f: n, lambda n, f: n),
        (lambda n, f: f, lambda n, f: f),
        (lambda n, f: f, lambda n, f: n),
        (lambda n, f: n, lambda n, f: 0),
        (lambda n, f: n, lambda n, f: -1),
        (lambda n, f: 0, lambda n, f: f),
    )

    def written(image: Callable[..., int], filter_: Callable[..., int]) -> Change:
        def after(out: np.ndarray, _: Arguments) -> np.ndarray:
            other = np.zeros_like(out)
            for n, f in np.ndindex(len(out), out.shape[3]):
                other[image(n, f), :, :, filter_(n, f)] = out[n, :, :, f]
            return other

        return afterwards(after)

    return (written(*each) for each in chosen)


def _other_sums(layout: Layout) -> Iterator[Change]:
    """All the products, summed over any other axes; or all the maps of the channels."""
    orders = ("cij", "ijcuv", "ijuvc") if layout.deep else ("ijuv",)
    for order in orders:
        right = "".join(each for each in order if each in "cuv")
        for count in range(1, len(order) + 1):
            for axes in itertools.combinations(order, count):
                if "".join(axes) != right:
                    kept = "".join(each for each in order if each not in axes)
                    yield _summed(layout, order, kept)


def _summed(layout: Layout, order: str, kept: str) -> Change:
    def wrong(imagen: np.ndarray, kernel: np.ndarray) -> np.ndarray:
        if layout.turned:
            kernel = kernel[::-1, ::-1]
        seen = np.lib.stride_tricks.sliding_window_view(
            imagen.astype(np.float64), kernel.shape[:2], axis=(0, 1)
        )
        letters = ("ijcuv", "uvc") if layout.deep else ("ijuv", "uv")
        summed: np.ndarray = np.einsum(f"{letters[0]},{letters[1]}->{kept}", seen, kernel)
        return summed

    return computed("ejes", wrong)


def _channels_elsewhere(layout: Layout) -> Iterator[Change]:
    """``x[:, c]`` for ``x[:, :, c]``: as many of another axis as there are channels."""

    def taken(name: str, axis: int, last: int) -> Change:
        def change(given: Arguments) -> Arguments:
            channels = given[name].shape[last]
            if channels > given[name].shape[axis]:
                raise IndexError
            moved = np.swapaxes(given[name], axis, last)
            return given | {name: np.take(moved, range(channels), last)}

        return Change("canales", before=change)

    def rows_for_channels(*axes: int) -> Change:
        """In both: as many lines of the image as the kernel has, taken for channels."""

        def change(given: Arguments) -> Arguments:
            image = given[layout.image]
            if layout.layer:
                turned = image.transpose(0, *(1 + axis for axis in axes))
                kernel = given["kernel"].transpose(*axes, 3)
            else:
                turned, kernel = image.transpose(axes), given["kernel"].transpose(axes)
            depth = min(turned.shape[-1], kernel.shape[2])
            return given | {layout.image: turned[..., :depth], "kernel": kernel[:, :, :depth]}

        return Change("canales", before=change)

    yield from (rows_for_channels(*axes) for axes in ((1, 2, 0), (0, 2, 1), (2, 1, 0)))
    last = layout.first + 2
    for name, axes, channel in (
        (layout.image, (layout.first, layout.first + 1), last),
        ("kernel", (0, 1), 2),
    ):
        for axis in axes:
            yield taken(name, axis, channel)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    return (
        *WINDOW_CUT.rarely(*(convolved(layout, each) for each in otherwise_cut())),
        *MISPLACED.rarely(*(convolved(layout, each) for each in otherwise_placed(layout.layer))),
        *SIZE_OF_OUTPUT.rarely(
            *(convolved(layout, each) for each in otherwise_measured(layout.layer))
        ),
        *(MISPLACED.rarely(*_in_other_maps()) if layout.layer else ()),
        *KERNEL_CUT.rarely(*_cut_kernels()),
        *(() if layout.layer else SUMMED_AXES.rarely(*_other_sums(layout))),
        *(
            (
                *LAST_MISSING.rarely(_maps_missing(0, 1)),
                *FIRST_MISSING.rarely(_maps_missing(1, 0)),
            )
            if layout.deep and not layout.layer
            else ()
        ),
        *(OTHER_CHANNEL_AXIS.rarely(*_channels_elsewhere(layout)) if layout.deep else ()),
    )
