"""Lo que llega con nombre de cuaderno y no lo es: qué es, y qué hacer con ello."""

from __future__ import annotations

from ..common.one_line import one_line

_SAVE_AGAIN = "y un cuaderno va en UTF-8: guárdalo de nuevo en Jupyter"
_PACKED = "es un archivo comprimido ({}) con otro nombre: saca de él el cuaderno"
_PICTURE = "es una imagen, no un cuaderno; descarga el archivo .ipynb"
_WORD = "es un documento de Word, no un cuaderno; descarga el archivo .ipynb"
_PAGE = "es una página web (HTML), no un cuaderno; descarga el archivo .ipynb"
# By how it begins, the longer before the shorter.
_BEGINS = {
    b"%PDF": "es un PDF, no un cuaderno; descarga el archivo .ipynb",
    b"\x1f\x8b": _PACKED.format("gzip"),
    b"7z\xbc\xaf": _PACKED.format("7z"),
    b"Rar!\x1a": _PACKED.format("RAR"),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"\xd0\xcf\x11\xe0": _WORD,
    b"\xff\xfe\0\0": f"es texto en UTF-32, {_SAVE_AGAIN}",
    b"\0\0\xfe\xff": f"es texto en UTF-32, {_SAVE_AGAIN}",
    b"\xff\xfe": f"es texto en UTF-16, {_SAVE_AGAIN}",
    b"\xfe\xff": f"es texto en UTF-16, {_SAVE_AGAIN}",
    b"version https://git-lfs": "es un puntero de Git LFS, no el cuaderno: tráelo con git lfs pull",
}
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 4096  # Bytes: what begins later begins nothing.
_UTF8_MARK = b"\xef\xbb\xbf"


def what_it_is(data: bytes) -> str | None:
    """What such a file is; None of one that could be a notebook."""
    begins = data[:_HEAD].removeprefix(_UTF8_MARK).lstrip()
    if begins.startswith(b"<") and not begins.startswith(b"<<<<<<<"):
        return _PAGE
    for magic, words in _BEGINS.items():
        if data.startswith(magic) or begins.startswith(magic):
            return words
    if data.startswith(_ZIPS):
        return _zipped(data)
    if data and not data.strip(b"\0"):
        return "está lleno de ceros: no se llegó a guardar; vuelve a entregarlo"
    every_second = [not byte for byte in data[:4]]
    if every_second in ([True, False] * 2, [False, True] * 2):
        return f"es texto en UTF-16, {_SAVE_AGAIN}"
    return None


def _zipped(data: bytes) -> str:
    """Names stand as they are in a zip."""
    if b".ipynb" in data:
        return "es un zip con otro nombre: saca de él el cuaderno"
    if b"word/document.xml" in data:
        return _WORD
    return "es un zip con otro nombre, y en él no hay ningún cuaderno"


def not_in_utf8(data: bytes) -> str:
    """Of bytes that are no text in UTF-8."""
    if data[:_HEAD].lstrip().startswith(b"{"):
        return "no está en UTF-8, que es como va un cuaderno: guárdalo de nuevo en Jupyter"
    return "no es texto en UTF-8, así que no es un cuaderno"


def not_json(text: str, line: int | None) -> str:
    """Of text that is no JSON, from that line on."""
    if all(mark in text for mark in ("\n<<<<<<< ", "\n>>>>>>> ")):
        return "tiene marcas de un conflicto de git («<<<<<<<»): elige una de las dos versiones"
    begins = text.lstrip()
    if not begins.startswith(("{", "[", '"')):
        shown = one_line(begins.partition("\n")[0], 40)
        return f"no es un cuaderno: empieza por «{shown}», y uno es JSON y empieza por «{{»"
    where = f" (línea {line})" if line is not None else ""
    return f"no es JSON válido{where}: el archivo está dañado o cortado"
