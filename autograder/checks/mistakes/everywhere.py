"""Una función de más (valor absoluto, cuadrado, recorte…) en cada sitio donde cabe."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ...judging.diagnosis.changes import Change, answer, argument
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from .layout import Layout
from .window import combined

_AS_IT_COMES = "sigue un solo número, desde que entra hasta que sale: ¿por qué operaciones pasa?"
Numbers = Callable[[np.ndarray], np.ndarray]


def _named(id: str, cause: str, section: str = lessons.WINDOW) -> Named:
    return Named(id, cause, _AS_IT_COMES, section)


def _leaky(x: np.ndarray) -> np.ndarray:
    return np.where(x > 0, x, 0.01 * x)


def _root(x: np.ndarray) -> np.ndarray:
    return np.sqrt(np.abs(x))


def _signs(x: np.ndarray) -> np.ndarray:
    return np.sign(x)


def _positive(x: np.ndarray) -> np.ndarray:
    return (x > 0).astype(np.float64)


def _not_zero(x: np.ndarray) -> np.ndarray:
    return (x != 0).astype(np.float64)


def _over_largest(x: np.ndarray) -> np.ndarray:
    largest = np.abs(x).max(initial=0)
    return x / largest if largest else x


def _stretched(x: np.ndarray) -> np.ndarray:
    width = np.ptp(x)
    return (x - x.min()) / width if width else x - x.min()


def _clipped(low: float, high: float) -> Numbers:
    return lambda x: np.clip(x, low, high)


def _relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0)


WITHOUT_SIGN: tuple[Numbers, ...] = (np.abs, _relu, _leaky, lambda x: np.minimum(x, 0))
POWERS: tuple[Numbers, ...] = (np.square, lambda x: x**3, _root, lambda x: np.abs(x) * x)
BINARY: tuple[Numbers, ...] = (_signs, _positive, _not_zero)
UP_TO_255 = _clipped(-255, 255)
CLIPPED = (
    *(_clipped(*ends) for ends in ((0, 1), (-1, 1), (0, 255))),
    UP_TO_255,
    _clipped(-128, 127),
)
SCALED: tuple[Numbers, ...] = (
    lambda x: 2 * x,
    lambda x: x / 2,
    lambda x: x / 10,
    lambda x: x / 255,
    lambda x: x / 256,
    lambda x: 255 * x,
    lambda x: x / 127.5 - 1,
    _over_largest,
    _stretched,
    lambda x: 1 - x,
    lambda x: 255 - x,
)
CENTRED: tuple[Numbers, ...] = (lambda x: x - x.mean(), lambda x: x - x.min(initial=0))
SHIFTED: tuple[Numbers, ...] = (lambda x: x + 1, lambda x: x - 1)

KINDS: tuple[tuple[str, str, tuple[Numbers, ...]], ...] = (
    (
        "sin-signo",
        "cuentan sin su signo o sin parte de sus valores negativos o positivos",
        WITHOUT_SIGN,
    ),
    ("con-otro-exponente", "cuentan elevados a una potencia, o con su raíz", POWERS),
    ("binarios", "cuentan solo con su signo, o como 0 y 1", BINARY),
    ("acotados", "cuentan recortados a un intervalo", CLIPPED),
    ("en-otra-escala", "cuentan en otra escala: multiplicados, divididos o invertidos", SCALED),
    ("centrados", "cuentan con su media o su mínimo restado", CENTRED),
    ("con-uno-de-mas", "cuentan con un 1 sumado o restado", SHIFTED),
)


OTHER_SCALE = _named(
    "numeros-en-otra-escala",
    "sale como si a los píxeles, a los pesos o a los resultados se les hiciera una cuenta de más "
    "(restar, multiplicar, dividir, invertir); entran y salen tal como vienen",
)


def named_at(kind: str, what: str, place: str, of_it: str, whose: str) -> Named:
    """One more function, somewhere; one that only scales is the same wherever it is done."""
    if kind == "en-otra-escala" and place != "sesgos":
        return OTHER_SCALE
    return _named(f"{place}-{kind}", f"{of_it} {what}; {whose}")


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    """A function too many on the image, the kernel, the products, their sum, or the bias."""
    found: list[Misconception] = []
    for place, of_it, whose in _places(layout):
        functions: Sequence[Numbers]
        for kind, what, functions in KINDS:
            if place == "productos" and kind in ("en-otra-escala", "acotados", "centrados"):
                continue
            if (place, kind) == ("sesgos", "con-uno-de-mas"):
                continue  # It is the same as in what comes out.
            if kind == "acotados" and place in ("pesos", "sesgos"):
                functions = functions[:2]  # Weights and biases are too small for the others.
            if (place, kind) == ("pixeles", "acotados"):
                functions = [
                    each for each in functions if each is not UP_TO_255
                ]  # Nobody has more.
            named = named_at(kind, what, place, of_it, whose)
            found += named.rarely(*(way for each in functions for way in _at(layout, place, each)))
    return (*found, *_other_operations(layout))


PIXELS = ("pixeles", "los píxeles de la imagen", "entran tal como vienen")
RESULTS = ("resultados", "los números de la salida", "se devuelven tal como salen")


def _places(layout: Layout) -> list[tuple[str, str, str]]:
    places = [
        PIXELS,
        ("pesos", "los pesos del kernel", "se usan tal como vienen"),
        ("productos", "los productos de la ventana", "se suman tal como salen"),
        RESULTS,
    ]
    if layout.layer:
        places.append(("sesgos", "los sesgos", "se suman tal como vienen"))
    return places


def _at(layout: Layout, place: str, change: Numbers) -> list[Change]:
    def real(x: np.ndarray) -> np.ndarray:
        return change(x.astype(np.float64))

    if place == "pixeles":
        return [argument(layout.image, real)]
    if place == "pesos":
        return [argument("kernel", real)]
    if place == "sesgos":
        return [argument("bias", real)]
    if place == "resultados":
        return [answer(change), *([layout.before_bias(change)] * layout.layer)]
    # ``products`` are (N, H', W', F, C, kh, kw).
    return [
        combined(
            layout,
            lambda seen, k: change(seen[:, :, :, None] * k.transpose(3, 2, 0, 1)).sum((4, 5, 6)),
        )
    ]


OTHER = _named(
    "otra-operacion-en-la-ventana",
    "sale lo que daría otra operación entre cada píxel y su peso, o al juntarlos; se "
    "multiplican, y los productos se suman",
)
JOINED_OTHERWISE = _named(
    "productos-sin-sumar-en-un-eje",
    "a lo largo de un eje de la ventana los productos cuentan sin sumarse: multiplicados, "
    "promediados, o solo el mayor o el menor",
)
NORMALISED = _named(
    "correlacion-normalizada",
    "sale dividido por la norma de la ventana; la correlación de aquí no se normaliza",
)
Pairwise = Callable[[np.ndarray, np.ndarray], np.ndarray]
_WHOLE = (-3, -2, -1)


def _other_operations(layout: Layout) -> tuple[Misconception, ...]:
    def by_pixel(operation: Pairwise, join: Callable[..., np.ndarray] = np.sum) -> Change:
        return combined(
            layout,
            lambda seen, k: join(
                operation(seen[:, :, :, None], k.transpose(3, 2, 0, 1)), axis=_WHOLE
            ),
        )

    def along(axes: tuple[int, ...], join: Callable[..., np.ndarray]) -> Change:
        others = tuple(axis for axis in range(3) if axis - 3 not in axes)

        def combine(seen: np.ndarray, k: np.ndarray) -> np.ndarray:
            products = seen[:, :, :, None] * k.transpose(3, 2, 0, 1)
            summed = products.sum(axis=tuple(4 + axis for axis in others), keepdims=True)
            return join(summed, axis=_WHOLE)

        return combined(layout, combine)

    joins: list[Callable[..., np.ndarray]] = [np.prod, np.max, np.min, np.mean, np.median]
    axes: list[tuple[int, ...]] = [(-2,), (-1,), (-2, -1), *([(-3,)] * layout.deep)]
    return (
        *OTHER.rarely(
            by_pixel(_divided),
            by_pixel(np.divide),
            by_pixel(np.floor_divide),
            by_pixel(np.maximum),
            by_pixel(np.minimum),
            by_pixel(lambda x, k: (x - k) ** 2),
            by_pixel(lambda x, k: np.abs(x - k)),
            by_pixel(lambda x, k: x + k, np.prod),
            by_pixel(np.multiply, np.std),
            by_pixel(lambda x, k: k + 0 * x),
        ),
        *JOINED_OTHERWISE.rarely(
            *(along(at, join) for at in axes for join in joins),
            *(by_pixel(np.multiply, join) for join in (np.prod, np.median)),
        ),
        *NORMALISED.rarely(*(combined(layout, way) for way in (_by_norms, _by_the_norm_of_window))),
    )


def _divided(x: np.ndarray, k: np.ndarray) -> np.ndarray:
    if not np.all(k):
        raise ZeroDivisionError
    return x / k


def _norm(seen: np.ndarray) -> np.ndarray:
    norms: np.ndarray = np.sqrt((seen**2).sum(axis=(3, 4, 5)))[..., None]
    return np.where(norms == 0, 1, norms)


def _correlated(seen: np.ndarray, k: np.ndarray) -> np.ndarray:
    sums: np.ndarray = np.einsum("nijckl,klcf->nijf", seen, k)
    return sums


def _by_norms(seen: np.ndarray, k: np.ndarray) -> np.ndarray:
    norms = np.sqrt((k**2).sum(axis=(0, 1, 2)))
    return _correlated(seen, k) / _norm(seen) / np.where(norms == 0, 1, norms)


def _by_the_norm_of_window(seen: np.ndarray, k: np.ndarray) -> np.ndarray:
    return _correlated(seen, k) / _norm(seen)
