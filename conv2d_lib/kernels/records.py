"""Los números de un plan, con nombre.

Los kernels reciben tuplas corrientes y les ponen el nombre dentro, ``Layout(*layout)``, que no
cuesta nada: Numba tarda 2 µs más en reconocer los argumentos de una llamada si ya lo traen.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Layout(NamedTuple):
    """Imagen, bloques de filas y búfer al que se copian si hace falta su relleno."""

    height: int  # de la entrada
    width: int
    channels: int
    out_rows: int  # de la salida
    out_columns: int
    block_rows: int  # filas de salida de un bloque
    stride: int  # entre filas
    top: int  # relleno
    left: int
    span: int  # filas del búfer; 0 si la imagen se lee donde está
    pitch: int  # píxeles de una fila, de la imagen o del búfer
    turned_in: int = 0  # 1 si la entrada es channels_first: se traspone al búfer, si lo hay
    turned_out: int = 0  # 1 si lo es la salida, o su gradiente: se traspone, bloque a bloque
    near: int = 1  # números de un canal al siguiente: un plano, si channels_first se lee donde está


class Split(NamedTuple):
    """El reparto de los canales y de los filtros en grupos."""

    groups: int
    depth: int  # canales de un grupo
    filters: int  # filtros de un grupo
    padded: int  # los mismos, hasta llenar los vectores


class OutSteps(NamedTuple):
    """Dónde se escribe: números entre una imagen, fila o columna y la siguiente."""

    image: int
    row: int
    column: int
    start: int  # el primer píxel


class ConvolutionTables(NamedTuple):
    """Las tablas de ``convolve``; las cuenta ``plans.convolution_plan``."""

    inputs: np.ndarray
    outputs: np.ndarray
    segments: np.ndarray
    blocks: np.ndarray
    runs: np.ndarray


class GradientTables(NamedTuple):
    """Las tablas de ``kernel_gradient``; las cuenta ``plans.kernel_gradient_plan``."""

    weights: np.ndarray
    sums: np.ndarray
    row_starts: np.ndarray
    seeing: np.ndarray
