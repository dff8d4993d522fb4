"""Los archivos de ``js/`` en un solo módulo: un widget no puede importar a sus vecinos."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "js"
_MAIN = "main.js"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_NAME = re.compile(r"^export (?:function|class|const) (\w+)", re.MULTILINE)


@cache
def module_text() -> str:
    """El módulo entero, con ``export`` solo en lo que ofrece a una página y a anywidget.

    Cada archivo va detrás de los que importa. Sus nombres viven juntos: no pueden repetirse (una
    prueba lo vigila), y el navegador se queja si lo hacen.

    Returns
    -------
    str
        JavaScript, un módulo ES sin importaciones.
    """
    order: list[str] = []
    _visit(_MAIN, order)
    parts = []
    for name in order:
        text = _IMPORT.sub("", _read(name))
        parts.append(text if name == _MAIN else _EXPORT.sub("", text))
    return "\n".join(parts)


def _visit(name: str, order: list[str]) -> None:
    for needed in _IMPORT.findall(_read(name)):
        if needed not in order:
            _visit(needed, order)
    order.append(name)


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
