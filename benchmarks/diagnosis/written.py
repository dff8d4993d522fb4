"""La capa escrita de cuatro maneras, con el error como una pieza que se cambia en cada una.

Bucles de números, un trozo por peso, ``einsum`` sobre ventanas y columnas por una matriz; con sus
nombres y sus tipos. Nada de lo que aquí se escribe usa las referencias ni el catálogo.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .answers import Answer

PREPARE = """\
import numpy as np

def par(valor):
    return (valor, valor) if np.ndim(valor) == 0 else tuple(valor)

def ceros(n, k, s):
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return {amounts}

def capa(x, kernel, bias, strides=1, padding="valid"):
    {before}
    sh, sw = {strides}
    kh, kw, _, f = kernel.shape
    if padding == {same}:
        x = np.pad(x, [(0, 0), ceros(x.shape[1], kh, {pad_sh}), ceros(x.shape[2], kw, {pad_sw}),
                       (0, 0)]{mode})
    alto, ancho = (x.shape[1] - kh) // sh + 1, (x.shape[2] - kw) // sw + 1
"""
BODIES = {
    "bucles": """\
    c = kernel.shape[2]
    y = np.zeros((len(x), alto, ancho, f), {dtype})
    for n in range(len(x)):
        for i in range({rows}):
            for j in range({columns}):
                for s in range(f):
                    suma = 0.0
                    for u in range(kh):
                        for v in range(kw):
                            for k in range({channels}):
                                peso = kernel[{u}, {v}, k, {filter}]
                                suma {gather} float(x[n, {i} + u, {j} + v, k]) * peso
                    y[n, i, j, s] = suma
""",
    "trozos": """\
    c = kernel.shape[2]
    salida = np.zeros((len(x), alto, ancho, f))
    filas, columnas = {rows}, {columns}
    for u in range(kh):
        for v in range(kw):
            trozo = x[:, u::{step_h}, v::{step_w}, :{channels}][:, :filas, :columnas]
            pesos = kernel[{u}, {v}, :{channels}]
            salida[:, :filas, :columnas] {gather} trozo @ pesos[:, {filters}]
    y = salida.astype({dtype})
""",
    "einsum": """\
    c = kernel.shape[2]
    ventanas = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    ventanas = ventanas[:, ::{step_h}, ::{step_w}, :{channels}][:, :{rows}, :{columns}]
    pesos = kernel[{flip_u}, {flip_v}, :{channels}, {filters}]
    y = np.zeros((len(x), alto, ancho, f), {dtype})
    y[:, :{rows}, :{columns}] = np.einsum("nijcuv,uvcf->nijf", ventanas, pesos)
""",
    "columnas": """\
    c = kernel.shape[2]
    pesos = kernel[{flip_u}, {flip_v}, :{channels}, {filters}].reshape(-1, f)
    y = np.zeros((len(x), alto, ancho, f), {dtype})
    for i in range({rows}):
        for j in range({columns}):
            ventana = x[:, {i} : {i} + kh, {j} : {j} + kw, :{channels}]
            y[:, i, j] = ventana.reshape(len(x), -1).astype(float) @ pesos
""",
}
RIGHT = {
    "amounts": "(total // 2, total - total // 2)",
    "before": "x = np.asarray(x)",
    "strides": "par(strides)",
    "same": '"same"',
    "pad_sh": "sh",
    "pad_sw": "sw",
    "mode": "",
    "dtype": "float",
    "rows": "alto",
    "columns": "ancho",
    "channels": "c",
    "u": "u",
    "v": "v",
    "flip_u": ":",
    "flip_v": ":",
    "i": "i * sh",
    "j": "j * sw",
    "step_h": "sh",
    "step_w": "sw",
    "filter": "s",
    "filters": ":",
    "gather": "+=",
    "last": "y + bias",
}
WRAPPED = {
    "1_convolucion.correlacion2d": "def correlacion2d(imagen, kernel):\n"
    "    return capa(imagen[None, ..., None], kernel[..., None, None], np.zeros(1))[0, ..., 0]\n",
    "1_convolucion.correlacion_multicanal": "def correlacion_multicanal(imagen, kernel):\n"
    "    return capa(imagen[None], kernel[..., None], np.zeros(1))[0, ..., 0]\n",
    "1_convolucion.conv2d": "def conv2d(x, kernel, bias):\n    return capa(x, kernel, bias)\n",
    "4_padding.conv2d": "conv2d = capa\n",
}
PLANE, DEEP, LAYER, PADDED = WRAPPED
EVERY = (PLANE, DEEP, LAYER, PADDED)


@dataclass(frozen=True)
class Piece:
    """A mistake as the pieces that it changes, what it means, and where it can be made."""

    name: str
    means: str
    where: tuple[str, ...]
    pieces: dict[str, str] = field(default_factory=dict)
    styles: tuple[str, ...] = tuple(BODIES)


TURNED_U, TURNED_V = {"u": "kh - 1 - u", "flip_u": "::-1"}, {"v": "kw - 1 - v", "flip_v": "::-1"}
LAYERS = (LAYER, PADDED)
PIECES = (
    Piece("girado", r"gir|volte", EVERY, TURNED_U | TURNED_V),
    Piece("girado en filas", r"volte|gir", EVERY, TURNED_U),
    Piece("girado en columnas", r"volte|gir", EVERY, TURNED_V),
    Piece("sin la última fila", r"última", EVERY, {"rows": "alto - 1"}),
    Piece("sin la última columna", r"última", EVERY, {"columns": "ancho - 1"}),
    Piece("un canal", r"canal", (DEEP, *LAYERS), {"channels": "1"}),
    Piece("sin el último canal", r"canal", (DEEP, *LAYERS), {"channels": "(c - 1)"}),
    Piece("relu", r"relu|negativ", EVERY, {"last": "np.maximum(y + bias, 0)"}),
    Piece("valor absoluto", r"absolut|signo", EVERY, {"last": "np.abs(y + bias)"}),
    Piece("enteros", r"enter|decimal", EVERY, {"last": "(y + bias).astype(int)"}),
    Piece("promedio", r"promedi|media", EVERY, {"last": "y / kernel[..., 0].size + bias"}),
    Piece("sin sesgo", r"sesgo", LAYERS, {"last": "y"}),
    Piece("sesgo restado", r"sesgo", LAYERS, {"last": "y - bias"}),
    Piece("primer sesgo", r"sesgo", LAYERS, {"last": "y + bias[0]"}),
    Piece("sesgo que multiplica", r"sesgo", LAYERS, {"last": "y * bias"}),
    Piece("canales delante", r"delante|eje|NCHW", LAYERS, {"last": "np.moveaxis(y + bias, 3, 1)"}),
    Piece("primera repetida", r"lote|primer", LAYERS, {"last": "0 * y + y[:1] + bias"}),
    Piece("lote al revés", r"lote|imágenes|ejemplos", LAYERS, {"last": "y[::-1] + bias"}),
    Piece("primer filtro", r"filtro", LAYERS, {"filter": "0", "filters": "[0] * f"}),
    Piece("filtros al revés", r"filtro", LAYERS, {"filter": "f - 1 - s", "filters": "::-1"}),
    Piece(
        "solo el último producto",
        r"último|\+=|asign",
        (PLANE,),
        {"gather": "="},
        ("bucles", "trozos"),
    ),
    Piece("todo ceros", r"cero", EVERY, {"last": "0 * y"}),
    Piece("pasos cambiados", r"paso", (PADDED,), {"strides": "par(strides)[::-1]"}),
    Piece("un paso para los dos", r"paso", (PADDED,), {"strides": "(par(strides)[0],) * 2"}),
    Piece("sin paso", r"paso", (PADDED,), {"strides": "(1, 1)"}),
    Piece("ventana en i", r"paso|ventana", (PADDED,), {"i": "i", "j": "j"}, ("bucles", "columnas")),
    Piece(
        "sobra antes",
        r"antes|delante|impar|sobra",
        (PADDED,),
        {"amounts": "(total - total // 2, total // 2)"},
    ),
    Piece(
        "pierde el impar",
        r"impar|simétr|sobra|tamaño|rellen|iguales",
        (PADDED,),
        {"amounts": "(total // 2, total // 2)"},
    ),
    Piece("siempre valid", r"rellen|same|padding", (PADDED,), {"same": "None"}),
    Piece("bordes repetidos", r"borde|repet", (PADDED,), {"mode": ', mode="edge"'}),
    Piece(
        "kernel que suma 1",
        r"normaliz|divid|suma",
        (PLANE, DEEP, *LAYERS),
        {"before": "kernel = kernel / kernel.sum()"},
    ),
    Piece("imagen girada", r"imagen|entrada", EVERY, {"before": "x = x[:, ::-1, ::-1]"}),
    Piece("canales al revés", r"canal", (DEEP, *LAYERS), {"before": "x = x[..., ::-1]"}),
    Piece("entre 255", r"255|escal", EVERY, {"before": "x = x / 255"}),
)
# Other names and other types, which must change nothing of what is heard.
RENAMED = {"kernel.shape[2]": "len(kernel[0, 0])", "suma": "acumulado", "salida": "mapas"}
SINGLE = {"dtype": "np.float32"}


def source(check_id: str, style: str, piece: Piece, number: int = 0) -> str:
    """A whole cell: the layer in one style with one mistake, and the function that is asked."""
    pieces = RIGHT | (SINGLE if number % 2 else {}) | piece.pieces
    text = (PREPARE + BODIES[style]).format(**pieces) + f"    return {pieces['last']}\n\n"
    if number % 3 == 2:
        for old, new in RENAMED.items():
            text = text.replace(old, new)
    return text + WRAPPED[check_id]


def written_answers() -> Iterator[Answer]:
    """Every mistake in every style and function where it can be made."""
    number = 0
    for piece in PIECES:
        for check_id in piece.where:
            for style in piece.styles:
                number += 1
                text = source(check_id, style, piece, number)
                namespace: dict[str, Any] = {"__name__": "__main__", "np": np}
                exec(compile(text, f"<{piece.name}, {style}>", "exec"), namespace)
                function = namespace[check_id.rpartition(".")[2]]
                yield Answer(check_id, f"{piece.name}, {style}", function, piece.means)


INSIDE = ("girado", "un canal", "canales al revés", "primer filtro")
AFTERWARDS = (
    "sin sesgo",
    "sesgo restado",
    "primer sesgo",
    "relu",
    "primera repetida",
    "canales delante",
)


def written_pairs() -> Iterator[Answer]:
    """Two usual mistakes at once in the layer: one of the sum, and one of what is done with it."""
    by_name = {piece.name: piece for piece in PIECES}
    for inside in INSIDE:
        for after in AFTERWARDS:
            pieces = by_name[inside].pieces | by_name[after].pieces
            both = Piece(f"{inside} y {after}", "", (LAYER,), pieces)
            namespace: dict[str, Any] = {"__name__": "__main__", "np": np}
            exec(source(LAYER, "trozos", both), namespace)
            yield Answer(LAYER, both.name, namespace["conv2d"], None)


def right_answers() -> Iterator[Answer]:
    """The same writer with no mistake at all."""
    for check_id in WRAPPED:
        for number, style in enumerate(BODIES):
            namespace: dict[str, Any] = {"__name__": "__main__", "np": np}
            exec(source(check_id, style, Piece("nada", "", ()), number), namespace)
            yield Answer(check_id, style, namespace[check_id.rpartition(".")[2]], None)
