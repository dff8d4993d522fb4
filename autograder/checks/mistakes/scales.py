"""Números de otra escala: promediados, normalizados, o de una imagen que se escaló antes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...judging.diagnosis.changes import Arguments, Change, afterwards, answer, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from .layout import Layout
from .precision import unless_bytes

STRETCHED = Named(
    "salida-normalizada",
    "la salida llega estirada a un intervalo, o dividida por su máximo; va tal como sale de sumar",
    "quita lo último que haces con la salida",
    lessons.WINDOW,
)
CENTRED = Named(
    "salida-centrada",
    "a la salida se le resta su media, como al centrarla o estandarizarla; va tal como sale de "
    "sumar",
    "quita lo último que haces con la salida",
    lessons.WINDOW,
)
SCALED_IMAGE = Named(
    "imagen-escalada",
    "sale como si la imagen se dividiera por 255; los píxeles entran tal como vienen",
    "preparar los datos es otro paso, antes de la capa",
    lessons.NORMALISING,
)
CENTRED_IMAGE = Named(
    "imagen-centrada",
    "sale como si a la imagen se le restara su media o se normalizara; la convolución la toma "
    "tal como viene",
    "preparar los datos es otro paso, antes de la capa",
    lessons.NORMALISING,
)
BY_KERNEL = Named(
    "normalizado-por-el-kernel",
    "el resultado sale dividido por la suma, la norma o el mayor de los pesos; no hay que dividir",
    "dividir por la suma es propio de un filtro que promedia; aquí los pesos van tal cual",
    lessons.WINDOW,
)
AVERAGE = Named(
    "ventana-promediada",
    "sale el promedio de los productos de la ventana; hay que sumarlos, sin dividir",
    "suma, no media: con una imagen y un kernel de unos sale el número de productos",
    lessons.WINDOW,
)


def _over(out: np.ndarray, divisor: np.ndarray | float) -> np.ndarray:
    """The quotient; what stands where the divisor is 0 is anybody's."""
    if not np.all(divisor):
        raise ZeroDivisionError
    return out / divisor


def _or_one(by: Callable[[np.ndarray], np.ndarray | float]) -> Callable[[np.ndarray], np.ndarray]:
    """A divisor that is 1 in place of 0."""

    def guarded(kernel: np.ndarray) -> np.ndarray:
        divisor = np.asarray(by(kernel))
        return np.where(divisor == 0, 1, divisor)

    return guarded


def _divided(layout: Layout, by: Callable[[np.ndarray], np.ndarray | float]) -> tuple[Change, ...]:
    """The products, or all of it, divided by something of the kernel."""

    def divisor(a: Arguments) -> np.ndarray | float:
        return by(a["kernel"].astype(np.float64))

    before = afterwards(
        lambda out, a: _over(out - layout.bias(a), divisor(a)) + layout.bias(a), "kernel"
    )
    after = afterwards(lambda out, a: _over(out, divisor(a)), "kernel")
    return (before, after) if layout.layer else (after,)


def _stretched(out: np.ndarray) -> np.ndarray:
    return _over(out - out.min(), out.max() - out.min())


def _real(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float64)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    image = layout.image
    area = lambda k: k.shape[0] * k.shape[1]  # noqa: E731
    products = lambda k: k.shape[0] * k.shape[1] * (k.shape[2] if k.ndim > 2 else 1)  # noqa: E731
    sums: list[Callable[[np.ndarray], np.ndarray | float]] = [
        np.sum,
        lambda k: np.abs(k).sum(),
        lambda k: np.sqrt(np.square(k).sum()),
        np.max,
    ]
    if layout.layer:
        sums += [lambda k: k.sum(axis=(0, 1, 2)), lambda k: np.abs(k).sum(axis=(0, 1, 2))]
    sizes = [area, products] if layout.deep else [area]
    return (
        *AVERAGE.by(*(way for by in sizes for way in _divided(layout, by))),
        *BY_KERNEL.by(
            *(_divided(layout, way)[0] for by in sums for way in (by, _or_one(by))),
        ),
        *STRETCHED.by(
            answer(_stretched),
            answer(lambda out: 255 * _stretched(out)),
            answer(lambda out: _over(out, np.abs(out).max())),
            answer(lambda out: _over(out, out.max())),
        ),
        *CENTRED.by(
            answer(lambda out: _over(out - out.mean(), out.std())),
            answer(lambda out: out - out.mean()),
        ),
        *SCALED_IMAGE.by(
            argument(image, lambda x: unless_bytes(x, lambda bytes_: _real(bytes_) / 255)),
            argument(image, lambda x: _real(x) / 255),
        ),
        *CENTRED_IMAGE.by(
            argument(image, lambda x: _real(x) - _real(x).mean()),
            argument(image, lambda x: _over(_real(x) - _real(x).mean(), _real(x).std())),
            argument(image, lambda x: _over(_real(x), _real(x).max())),
        ),
    )
