"""Lectura acotada de archivos IDX comprimidos, el formato de MNIST y Fashion-MNIST.

Un archivo IDX de bytes empieza con el número mágico ``0x00000800 + ejes``, sigue con el tamaño de
cada eje (enteros de 4 bytes, el más significativo primero) y termina con los datos.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import struct
import zlib
from pathlib import Path

import numpy as np

UNSIGNED_BYTE = 0x08


def read_idx(path: Path, shape: tuple[int, ...]) -> tuple[np.ndarray, str]:
    """Arreglo ``uint8`` guardado en ``path``, de forma ``shape``, y el SHA-256 de lo descomprimido.

    Nunca descomprime más de lo que ``shape`` ocupa: una bomba de compresión no llena la memoria.

    Raises
    ------
    ValueError
        Si el archivo no es gzip, está cortado, no es IDX o tiene otra forma.
    """
    header_size, data_size = 4 + 4 * len(shape), math.prod(shape)
    try:
        with gzip.open(path, "rb") as file:
            header = file.read(header_size)
            data = file.read(data_size)
            has_more = bool(file.read(1))
    except EOFError:
        raise ValueError("está cortado: le falta el final") from None
    except (gzip.BadGzipFile, zlib.error):
        raise ValueError("no es un archivo gzip válido o está dañado") from None
    _check_header(header, shape)
    if len(data) < data_size:
        raise ValueError(f"está cortado: tiene {len(data)} bytes de datos y debería {data_size}")
    if has_more:
        raise ValueError(f"sobran datos: debería tener {data_size} bytes y tiene más")
    digest = hashlib.sha256(header)
    digest.update(data)
    return np.frombuffer(data, np.uint8).reshape(shape), digest.hexdigest()


def _check_header(header: bytes, shape: tuple[int, ...]) -> None:
    if len(header) < 4 + 4 * len(shape):
        raise ValueError(f"está cortado: su cabecera tiene {len(header)} bytes")
    magic, *found = struct.unpack(f">{1 + len(shape)}I", header)
    expected = (UNSIGNED_BYTE << 8) | len(shape)
    if magic != expected:
        raise ValueError(f"no es el archivo IDX esperado: su número mágico es {magic:#010x}")
    if tuple(found) != shape:
        raise ValueError(f"tiene la forma {tuple(found)} y debería tener {shape}")
