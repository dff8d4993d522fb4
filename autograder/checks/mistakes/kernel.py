"""El kernel o la imagen, volteados, traspuestos o girados."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from ...judging.diagnosis.changes import afterwards, answer, argument, flipped
from ...judging.diagnosis.misconceptions import Misconception
from .. import lessons
from ..named import Named
from .layout import Layout

FLIPPED = Named(
    "kernel-volteado",
    "el kernel actúa volteado: Conv2D hace correlación cruzada, sin girar el kernel",
    "en la primera ventana, ¿qué peso multiplica al píxel de arriba a la izquierda?",
    lessons.FLIPPING,
)
NOT_FLIPPED = Named(
    "kernel-sin-voltear",
    "el kernel actúa sin voltear: la convolución de verdad lo gira 180°, y aquí falta voltearlo",
    "prueba con un kernel que no sea simétrico y mira qué peso toca al primer píxel",
    lessons.FLIPPING,
)
FLIPPED_ROWS = Named(
    "kernel-volteado-en-filas",
    "el kernel actúa volteado solo de arriba abajo",
    "mira qué le pasa a la primera fila del kernel, y luego a su primera columna",
    lessons.FLIPPING,
)
FLIPPED_COLUMNS = Named(
    "kernel-volteado-en-columnas",
    "el kernel actúa volteado solo de izquierda a derecha",
    "mira qué le pasa a la primera columna del kernel, y luego a su primera fila",
    lessons.FLIPPING,
)
FLIPPED_ONE_AXIS = Named(
    "kernel-volteado-en-un-eje",
    "el kernel actúa volteado en un solo eje, y no hay que voltearlo en ninguno",
    "en la primera ventana, ¿qué peso multiplica al píxel de arriba a la izquierda?",
    lessons.FLIPPING,
)
FLIPPED_ALL_AXES = Named(
    "kernel-volteado-en-todos-los-ejes",
    "el kernel actúa volteado en todos sus ejes, también en el de los canales",
    "el canal 0 del kernel va con el canal 0 de la imagen",
    lessons.CHANNELS,
)
TRANSPOSED = Named(
    "kernel-traspuesto",
    "el kernel actúa traspuesto: sus filas hacen de columnas",
    "el peso (0, 1) multiplica al píxel de la derecha, no al de abajo",
    lessons.WINDOW,
)
QUARTER_TURN = Named(
    "kernel-girado-un-cuarto",
    "el kernel actúa girado 90°",
    "sigue con el dedo dónde acaba el primer peso de la primera fila",
    lessons.FLIPPING,
)
READ_BY_COLUMNS = Named(
    "kernel-leido-por-columnas",
    "píxeles y pesos se juntan en distinto orden: unos por filas y otros por columnas, como en "
    "la traspuesta",
    "aplana a mano un kernel de 2×3: ¿en qué orden salen los pesos?",
    lessons.WINDOW,
)
SHUFFLED = Named(
    "kernel-barajado",
    "cada píxel se junta con un peso que no es el suyo, como al mover ejes con un reshape, que "
    "solo vuelve a cortar en fila",
    "los ejes del kernel son (kh, kw, c, f): la ventana aplanada tiene que llevar el mismo orden",
    lessons.NHWC,
)
IMAGE_FLIPPED = Named(
    "imagen-volteada",
    "la imagen cuenta como si estuviera volteada; la ventana la recorre tal como viene",
    "la salida (0, 0) mira la esquina de arriba a la izquierda",
    lessons.WINDOW,
)
INSTEAD_OF_KERNEL = Named(
    "imagen-o-salida-volteada",
    "sale como si giraras la imagen o la salida; lo único que se gira es el kernel",
    "la imagen y la salida se quedan como están: solo cambia el orden de los pesos",
    lessons.FLIPPING,
)
IMAGE_TRANSPOSED = Named(
    "imagen-traspuesta",
    "la imagen cuenta como si estuviera traspuesta: sus filas hacen de columnas",
    "el primer índice es el de las filas, en la imagen y en el kernel",
    lessons.WINDOW,
)
OUTPUT_FLIPPED = Named(
    "salida-volteada",
    "la salida está volteada: la primera ventana va en la posición (0, 0)",
    "¿en qué posición escribes lo que da la ventana de arriba a la izquierda?",
    lessons.WINDOW,
)
OUTPUT_TRANSPOSED = Named(
    "salida-traspuesta",
    "la salida está traspuesta: sus filas y sus columnas están intercambiadas",
    "i cuenta filas y va delante; j cuenta columnas",
    lessons.WINDOW,
)


def mistakes(layout: Layout) -> tuple[Misconception, ...]:
    rows, columns, image = layout.rows, layout.columns, layout.image
    unturned = flipped("kernel", 0, 1)
    transposed = argument("kernel", lambda k: k.swapaxes(0, 1))
    return (
        *_flips(layout),
        *TRANSPOSED.by(
            transposed,
            *([transposed.then(unturned)] * layout.turned),  # in place of turning
        ),
        *QUARTER_TURN.by(
            *([argument("kernel", _turned_where_square)] * layout.turned),
            argument("kernel", np.rot90),
            argument("kernel", lambda k: np.rot90(k, 3)),
        ),
        *READ_BY_COLUMNS.by(argument("kernel", _by_columns), argument("kernel", _in_columns)),
        *SHUFFLED.by(*(argument("kernel", way) for way in _shuffles(layout))),
        *_flipped_images(layout),
        *IMAGE_TRANSPOSED.by(
            argument(image, lambda x: x.swapaxes(rows, columns)),
            argument(image, lambda x: _square(x, rows).swapaxes(rows, columns)),
        ),
        *OUTPUT_FLIPPED.by(
            *(
                answer(partial(np.flip, axis=axes))
                for axes in ((rows, columns), rows, columns)[layout.turned :]
            )
        ),
        *OUTPUT_TRANSPOSED.by(afterwards(lambda out, _: out.swapaxes(rows, columns))),
    )


def _turned_where_square(kernel: np.ndarray) -> np.ndarray:
    """A quarter turn in place of half a turn, where that keeps the shape."""
    return np.rot90(kernel, 3) if kernel.shape[0] == kernel.shape[1] else kernel


def _by_columns(kernel: np.ndarray) -> np.ndarray:
    turned = kernel.swapaxes(0, 1)
    return turned.reshape(kernel.shape)


def _in_columns(kernel: np.ndarray) -> np.ndarray:
    """The window is what is read by columns, and the weights come in their order."""
    height, width, *rest = kernel.shape
    return kernel.reshape(width, height, *rest).swapaxes(0, 1)


def _in_order(*order: int) -> Callable[[np.ndarray], np.ndarray]:
    """The weights, taken in their order, for windows whose axes come in ``order``."""

    def change(kernel: np.ndarray) -> np.ndarray:
        shape = [kernel.shape[axis] for axis in order]
        return kernel.reshape(shape).transpose(np.argsort(order))

    return change


def _shuffles(layout: Layout) -> list[Callable[[np.ndarray], np.ndarray]]:
    if layout.layer:
        orders = ((2, 0, 1, 3), (3, 0, 1, 2), (3, 2, 0, 1), (0, 1, 3, 2))
        return [_in_order(*order) for order in orders]
    return [_in_order(2, 0, 1)] if layout.deep else []


def _square(image: np.ndarray, rows: int) -> np.ndarray:
    if image.shape[rows] != image.shape[rows + 1]:
        raise ValueError
    return image


def _flipped_images(layout: Layout) -> tuple[Misconception, ...]:
    ways = tuple(
        flipped(layout.image, *axes)
        for axes in ((layout.rows, layout.columns), (layout.rows,), (layout.columns,))
    )
    if not layout.turned:
        return IMAGE_FLIPPED.by(*ways)
    # To flip what comes out of a correlation is to flip the image, and the kernel besides.
    unturned = flipped("kernel", 0, 1)
    return INSTEAD_OF_KERNEL.by(*(way.then(unturned) for way in ways), *ways)


def _flips(layout: Layout) -> tuple[Misconception, ...]:
    whole, in_rows, in_columns = (flipped("kernel", *axes) for axes in ((0, 1), (0,), (1,)))
    if layout.turned:  # What is flipped once more is not flipped at all.
        return (
            *NOT_FLIPPED.by(whole),
            *FLIPPED_ROWS.by(in_columns),
            *FLIPPED_COLUMNS.by(in_rows),
        )
    if layout.layer:
        return (
            *FLIPPED.by(whole),
            *FLIPPED_ONE_AXIS.by(in_rows, in_columns),
            *FLIPPED_ALL_AXES.by(flipped("kernel", 0, 1, 2), flipped("kernel", 0, 1, 2, 3)),
        )
    deep = FLIPPED_ALL_AXES.by(flipped("kernel", 0, 1, 2)) if layout.deep else ()
    return (
        *FLIPPED.by(whole),
        *FLIPPED_ROWS.by(in_rows),
        *FLIPPED_COLUMNS.by(in_columns),
        *deep,
    )
