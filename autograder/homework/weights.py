"""Leer los ``.weights.h5`` de un estudiante como arreglos, sin abrirlos en este proceso.

El archivo se copia, con tamaño acotado, a un proceso aparte
(:mod:`autograder.homework.weights_reader`) que tiene poco tiempo y poca memoria y, donde los
cuadernos se aíslan, lee entre las mismas paredes: un HDF5 hecho para romper la biblioteca solo
rompe ese proceso, que no tiene archivos ni red.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from ..common.regular_files import TooLarge, Unreadable, read_regular, reason_of
from ..wire.protocol import ProtocolError, decode

# The largest network of the homework with Adam's two moments takes 5 MB; in float64, 10.
MAX_FILE_BYTES = 32 << 20
SECONDS = 30


class UnreadableWeights(ValueError):
    """The file holds no weights that can be read; ``args[0]`` says why, in Spanish."""


def read_weights(path: Path) -> list[list[np.ndarray]]:
    """The arrays of each layer in a file written by Keras 3's ``model.save_weights``.

    Parameters
    ----------
    path : Path
        The file. Links are not followed, as in a submission.

    Returns
    -------
    list of list of ndarray
        One list a layer with weights, in the file's (alphabetical) order: kernel, bias.

    Raises
    ------
    UnreadableWeights
        If it is missing, a link, too large, not HDF5, damaged, or not laid out as Keras does.
    """
    content = _content(path)
    command = [sys.executable, "-I", "-m", "autograder.homework.weights_reader"]
    # One thread: each one that OpenBLAS prepares reserves address space, which is limited there.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    try:
        reader = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, env=environment
        )
        answer = decode(reader.stdout)
    except (subprocess.TimeoutExpired, ProtocolError):
        raise UnreadableWeights("está dañado: leerlo no termina bien") from None
    if answer.op != "weights":
        raise UnreadableWeights(str(answer.body.get("reason")))
    return answer.body["groups"]


def _content(path: Path) -> bytes:
    try:
        content = read_regular(path, MAX_FILE_BYTES)
    except FileNotFoundError:
        raise UnreadableWeights("falta el archivo") from None
    except TooLarge:
        most = MAX_FILE_BYTES >> 20
        raise UnreadableWeights(f"pasa de {most} MB: no son los pesos de esta red") from None
    except (OSError, Unreadable) as error:
        raise UnreadableWeights(reason_of(error)) from None
    if not content:
        raise UnreadableWeights("está vacío")
    return content
