"""Descarga de un archivo con Pooch: barra de progreso, MD5 publicado y varios servidores."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import pooch

TIMEOUT_SECONDS = 20


def fetch(name: str, md5: str, mirrors: Sequence[str], folder: Path) -> Path:
    """Deja en ``folder`` el archivo ``name``, del primer servidor que lo sirva bien.

    Parameters
    ----------
    name
        Nombre del archivo en el servidor y en el disco.
    md5
        Suma publicada; lo que no la cumple se descarta.
    mirrors
        Direcciones que terminan en ``/``, en el orden en que se prueban.
    folder
        Carpeta de destino; se crea si falta.

    Raises
    ------
    OSError
        Si ningún servidor dio el archivo; el mensaje dice qué pasó con cada uno. O si en la
        carpeta no se puede escribir.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise OSError(f"en {folder} no se puede escribir") from None
    failures = []
    for mirror in mirrors:
        try:
            with _quiet_pooch():
                path = pooch.retrieve(
                    mirror + name,
                    known_hash=f"md5:{md5}",
                    fname=name,
                    path=folder,
                    downloader=pooch.HTTPDownloader(progressbar=True, timeout=TIMEOUT_SECONDS),
                )
            return Path(path)
        except ValueError:
            failures.append(f"{mirror}: el archivo llegó dañado (otro MD5)")
        except OSError as error:
            failures.append(f"{mirror}: {_reason(error)}")
    raise OSError("; ".join(failures))


def _reason(error: OSError) -> str:
    response = getattr(error, "response", None)
    if response is not None:
        return f"respondió {response.status_code}"
    kind = type(error).__name__
    if "Timeout" in kind:
        return f"no respondió en {TIMEOUT_SECONDS} s"
    return "no hay conexión" if "Connection" in kind else f"{kind}: {error}"


@contextlib.contextmanager
def _quiet_pooch() -> Iterator[None]:
    """Pooch anuncia cada descarga en inglés; la barra de progreso ya lo dice."""
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
