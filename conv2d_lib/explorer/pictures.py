"""Imágenes de entrada para el explorador, pequeñas y listas para viajar al navegador."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np

from ..datasets.bundled import bundled_file

LARGEST = 96  # rows or columns: beyond, cells are too small to be pointed at
_SIDE = 64  # of the photographs


def packed(picture_id: str, label: str, image: np.ndarray) -> dict[str, Any]:
    """Una imagen ``(alto, ancho, canales)`` como la espera el navegador: float32 en base 64."""
    h, w, c = image.shape
    data = np.ascontiguousarray(image, dtype="<f4").tobytes()
    text = base64.b64encode(data).decode("ascii")
    return {"id": picture_id, "label": label, "h": h, "w": w, "c": c, "data": text}


def checked(image: Any) -> np.ndarray:
    """La imagen de un lector como ``(alto, ancho, canales)``, o ``ValueError`` en una línea."""
    try:
        array = np.asarray(image, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            "«imagen» debe ser un arreglo de números de forma (alto, ancho) o "
            f"(alto, ancho, canales). Llegó {type(image).__name__}."
        ) from error
    if array.ndim == 2:
        array = array[..., np.newaxis]
    if array.ndim != 3 or array.shape[2] not in (1, 3) or 0 in array.shape:
        raise ValueError(
            "«imagen» debe tener forma (alto, ancho), o (alto, ancho, canales) con 1 o 3 canales. "
            f"Llegó la forma {np.shape(image)}."
        )
    if max(array.shape[:2]) > LARGEST:
        raise ValueError(
            f"El explorador admite imágenes de hasta {LARGEST}×{LARGEST} píxeles. Llegó la forma "
            f"{np.shape(image)}: recórtala, por ejemplo con imagen[:64, :64]."
        )
    if not np.isfinite(array).all():
        raise ValueError("«imagen» debe tener solo números finitos. Llegaron NaN o infinitos.")
    return array.astype(np.float32)


def photographs() -> list[dict[str, Any]]:
    """China y la flor, reducidas, si scikit-learn está instalado; leídas sin importarlo."""
    pictures = []
    for name, label in (("china", "una foto: palacio"), ("flower", "una foto: flor")):
        if (path := bundled_file("images", f"{name}.jpg")) is not None:
            pictures.append(packed(name, label, _reduced(path)))
    return pictures


def _reduced(path: Path) -> np.ndarray:
    from PIL import Image

    with Image.open(path) as image:
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        square = image.convert("RGB").crop((left, top, left + side, top + side))
        return np.asarray(square.resize((_SIDE, _SIDE)), dtype=np.float32) / 255
