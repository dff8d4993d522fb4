"""Los números de la salida: sin signo, cortados, redondeados, de otra escala o inventados."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from ...judging.diagnosis.changes import (
    Arguments,
    Change,
    afterwards,
    answer,
    argument,
    computed,
)
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from .layout import Layout

_LINEAR = "la convolución solo multiplica y suma; la activación es otra capa"
_REAL = "los pesos y la salida son números con decimales: mira de qué tipo es cada arreglo"

ABSOLUTE = Named(
    "signo-perdido",
    "el resultado pierde el signo: los valores negativos también cuentan",
    _LINEAR,
    lessons.ACTIVATION,
)
OPPOSITE = Named(
    "signo-cambiado",
    "el resultado sale con el signo contrario",
    "prueba con una imagen y un kernel de unos",
    lessons.WINDOW,
)
RELU = Named(
    "relu-anadida",
    "los valores negativos se quedan en 0: has aplicado ReLU, y aquí no hay activación",
    _LINEAR,
    lessons.ACTIVATION,
)
SQUASHED = Named(
    "activacion-anadida",
    "has aplicado una activación (sigmoide, tanh, softmax, leaky ReLU), y aquí no hay ninguna",
    _LINEAR,
    lessons.ACTIVATION,
)
CLIPPED = Named(
    "valores-recortados",
    "los valores se recortan a un intervalo, como 0 a 255; la salida puede valer cualquier cosa",
    "la salida no es una imagen: puede ser negativa y mayor que 255",
    lessons.WINDOW,
)
SQUARED = Named(
    "valores-al-cuadrado",
    "los valores salen al cuadrado",
    "cada píxel se multiplica por su peso, una vez",
    lessons.WINDOW,
)
STRETCHED = Named(
    "salida-normalizada",
    "la salida se estira a un intervalo o se divide por su máximo; va tal como sale de sumar",
    "quita lo último que haces con la salida",
    lessons.WINDOW,
)
ROUNDED = Named(
    "valores-redondeados",
    "los valores se redondean; van con todos sus decimales",
    _REAL,
    lessons.PRECISION,
)
CUT = Named(
    "salida-de-enteros",
    "la salida se convierte a enteros y pierde los decimales",
    _REAL,
    lessons.PRECISION,
)
INTEGERS = Named(
    "decimales-perdidos",
    "el resultado se guarda en un arreglo del tipo de la entrada y pierde los decimales",
    _REAL,
    lessons.PRECISION,
)
KERNEL_CUT = Named(
    "kernel-sin-decimales",
    "los pesos del kernel pierden los decimales al convertirlos a enteros o al tipo de la imagen",
    _REAL,
    lessons.PRECISION,
)
IN_BYTES = Named(
    "salida-en-bytes",
    "la salida se guarda en un byte: por encima de 255 y por debajo de 0 los valores dan la vuelta",
    "¿qué números caben en uint8? La salida puede ser negativa y mayor que 255",
    lessons.PRECISION,
)
IMAGE_CUT = Named(
    "imagen-sin-decimales",
    "los píxeles se convierten a enteros y pierden los decimales",
    _REAL,
    lessons.PRECISION,
)
SIGNED_BYTES = Named(
    "bytes-con-signo",
    "los píxeles por encima de 127 se vuelven negativos: los has convertido a int8",
    "¿qué números caben en cada tipo de entero de 8 bits?",
    lessons.PRECISION,
)
SCALED_IMAGE = Named(
    "imagen-escalada",
    "la imagen se divide por 255; la convolución la toma tal como viene",
    "preparar los datos es otro paso, antes de la capa",
    lessons.NORMALISING,
)
CENTRED_IMAGE = Named(
    "imagen-centrada",
    "a la imagen se le resta su media o se normaliza; la convolución la toma tal como viene",
    "preparar los datos es otro paso, antes de la capa",
    lessons.NORMALISING,
)
HALF_PRECISION = Named(
    "salida-en-media-precision",
    "se calcula en float16, que solo guarda tres cifras",
    "np.zeros y np.float32 guardan más cifras que np.float16",
    lessons.PRECISION,
)
BY_KERNEL = Named(
    "normalizado-por-el-kernel",
    "el resultado se divide por la suma o el tamaño de los pesos; no hay que dividir",
    "dividir por la suma es propio de un filtro que promedia; aquí los pesos van tal cual",
    lessons.WINDOW,
)
AVERAGE = Named(
    "ventana-promediada",
    "la ventana se promedia; hay que sumar los productos, sin dividir",
    "suma, no media: con una imagen y un kernel de unos sale el número de productos",
    lessons.WINDOW,
)
ZEROS = Named(
    "salida-de-ceros",
    "la salida tiene la forma buena pero todo son ceros: lo que calculas no llega a ella",
    "¿dónde se escribe el resultado de cada ventana?",
    lessons.WINDOW,
)
CONSTANT = Named(
    "salida-constante",
    "la salida vale lo mismo en todas partes, sea cual sea la entrada",
    "la salida depende de la imagen y del kernel",
    lessons.WINDOW,
)
ONLY_BIAS = Named(
    "solo-el-sesgo",
    "la salida es solo el sesgo: los productos no llegan a ella",
    "¿dónde se acumulan los productos de cada ventana?",
    lessons.FILTERS_AND_BIAS,
)
INPUT_BACK = Named(
    "devuelve-la-entrada",
    "devuelves la imagen tal como vino, o un trozo suyo",
    "mira qué variable lleva el return",
    lessons.WINDOW,
)
KERNEL_BACK = Named(
    "devuelve-el-kernel",
    "devuelves el kernel tal como vino",
    "mira qué variable lleva el return",
    lessons.WINDOW,
)
ONE_NUMBER = Named(
    "salida-sumada",
    "devuelves un solo número, o los sumas a lo largo de un eje; va un número por posición",
    "hay una salida por cada sitio donde cabe la ventana",
    lessons.WINDOW,
)
EXTRA_AXES = Named(
    "ejes-de-mas",
    "la salida tiene un eje de más, o está aplanada",
    "escribe la forma de tu salida junto a la que toca",
    lessons.NHWC,
)


def _sigmoid(out: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(out, -500, 500)))


def _leaky(out: np.ndarray, slope: float) -> np.ndarray:
    return np.where(out > 0, out, slope * out)


def _wrapped(out: np.ndarray, kind: type) -> np.ndarray:
    """Whole numbers, taken round as they do not fit."""
    return out.astype(np.int64).astype(kind)


def _softmax(out: np.ndarray) -> np.ndarray:
    powers = np.exp(out - out.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


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


def _unless_bytes(x: np.ndarray, change: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    return change(x) if x.dtype == np.uint8 else x


def _real(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float64)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    return (
        *_activations(layout),
        *_precision(layout),
        *_scales(layout),
        *_inventions(layout),
    )


def _activations(layout: Layout) -> tuple[Misconception, ...]:
    def ways(change: Callable[[np.ndarray], np.ndarray]) -> tuple[Change, ...]:
        """At the very end, or before the bias."""
        return (answer(change), *([layout.before_bias(change)] * layout.layer))

    return (
        *ABSOLUTE.by(*ways(np.abs)),
        *RELU.by(*ways(lambda out: np.maximum(out, 0))),
        *OPPOSITE.by(*ways(np.negative)),
        *SQUASHED.by(
            answer(_sigmoid),
            answer(np.tanh),
            answer(_softmax),
            *(answer(partial(_leaky, slope=slope)) for slope in (0.01, 0.1, 0.2, 0.3)),
        ),
        *CLIPPED.by(
            *(
                answer(partial(np.clip, a_min=low, a_max=high))
                for low, high in ((0, 255), (0, 1), (-1, 1), (-255, 255), (-128, 127))
            )
        ),
        *SQUARED.by(answer(np.square)),
    )


def _precision(layout: Layout) -> tuple[Misconception, ...]:
    image = layout.image

    def cut(dtype: Callable[[Arguments], type], *names: str) -> Change:
        return Change("kernel", lambda a: a | {name: a[name].astype(dtype(a)) for name in names})

    kernel_too = ("kernel", "bias") if layout.layer else ("kernel",)
    half = Change(
        "salida", lambda a: a | {name: a[name].astype(np.float16) for name in (image, *kernel_too)}
    )
    return (
        *INTEGERS.by(afterwards(lambda out, a: out.astype(a[image].dtype))),
        *CUT.by(answer(np.trunc), answer(np.floor)),
        *ROUNDED.by(
            *(answer(partial(np.round, decimals=n)) for n in (0, 1, 2, 3)),
            answer(np.ceil),
        ),
        *IN_BYTES.by(
            *(answer(partial(_wrapped, kind=kind)) for kind in (np.uint8, np.int8)),
            answer(lambda out: _wrapped(np.round(out), np.uint8)),
        ),
        *IMAGE_CUT.by(
            argument(image, lambda x: np.round(x.astype(np.float64))),
            argument(image, np.trunc),
            argument(image, lambda x: _wrapped(x, np.uint8)),
        ),
        *KERNEL_CUT.by(
            argument("kernel", np.trunc),
            cut(lambda a: a[image].dtype, "kernel"),
            *([cut(lambda a: a[image].dtype, *kernel_too)] * layout.layer),
            *([cut(lambda a: int, *kernel_too)] * layout.layer),
        ),
        *SIGNED_BYTES.by(
            argument(image, lambda x: _unless_bytes(x, lambda bytes_: bytes_.astype(np.int8)))
        ),
        *HALF_PRECISION.by(answer(lambda out: out.astype(np.float16)), half),
    )


def _scales(layout: Layout) -> tuple[Misconception, ...]:
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
            answer(lambda out: _over(out - out.mean(), out.std())),
            answer(lambda out: out - out.mean()),
        ),
        *SCALED_IMAGE.by(
            argument(image, lambda x: _unless_bytes(x, lambda bytes_: _real(bytes_) / 255)),
            argument(image, lambda x: _real(x) / 255),
        ),
        *CENTRED_IMAGE.by(
            argument(image, lambda x: _real(x) - _real(x).mean()),
            argument(image, lambda x: _over(_real(x) - _real(x).mean(), _real(x).std())),
            argument(image, lambda x: _over(_real(x), _real(x).max())),
        ),
    )


def _inventions(layout: Layout) -> tuple[Misconception, ...]:
    rows, columns, image = layout.rows, layout.columns, layout.image
    spatial = (rows, columns)

    def cropped(out: np.ndarray, a: Arguments) -> np.ndarray:
        seen = a[image][..., 0] if layout.deep and not layout.layer else a[image]
        place = [slice(None)] * layout.first + [slice(out.shape[axis]) for axis in spatial]
        return seen[tuple(place)].astype(np.float64)

    bare = ONLY_BIAS.by(afterwards(lambda out, a: out * 0 + layout.bias(a))) if layout.layer else ()
    return (
        *ZEROS.by(answer(np.zeros_like)),
        *CONSTANT.by(answer(np.ones_like)),
        *bare,
        *INPUT_BACK.by(computed("salida", lambda **a: a[image]), afterwards(cropped)),
        *KERNEL_BACK.by(computed("salida", lambda **a: a["kernel"])),
        *ONE_NUMBER.by(
            answer(np.sum),
            answer(lambda out: out.sum(axis=rows)),
            answer(lambda out: out.sum(axis=columns)),
            answer(lambda out: out.sum(axis=spatial)),
        ),
        *EXTRA_AXES.by(
            answer(lambda out: out[None]), answer(lambda out: out[..., None]), answer(np.ravel)
        ),
    )
