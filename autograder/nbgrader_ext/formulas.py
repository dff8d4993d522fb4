"""Las fórmulas de un texto como MathML, que un navegador dibuja sin descargar nada.

What the library makes of a student's TeX is not trusted: it puts their text and their attributes as
they are. Only names, attributes and values that are known here are written, and all text escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

MAX_TEX = 2000
MAX_ELEMENTS = 1500
MAX_DEPTH = 30
_NAMES = frozenset(
    {"math", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom"}
    | {"mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup"}
    | {"msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none"}
)
_WORD = re.compile(r"[a-z-]{1,24}(?: [a-z]{1,12}){0,20}")
_LENGTH = re.compile(r"-?[0-9]{0,2}(?:\.[0-9]{1,4})?(?:em|ex|px|pt|mu)|0|[0-3]")
_ATTRIBUTES = {
    **dict.fromkeys(("width", "height", "depth", "lspace", "rspace", "linethickness"), _LENGTH),
    **dict.fromkeys(("minsize", "maxsize", "scriptlevel", "columnspacing", "rowspacing"), _LENGTH),
    **dict.fromkeys(("display", "displaystyle", "mathvariant", "stretchy", "fence"), _WORD),
    **dict.fromkeys(("form", "separator", "accent", "accentunder", "movablelimits"), _WORD),
    **dict.fromkeys(("columnalign", "rowalign", "columnlines", "rowlines", "symmetric"), _WORD),
}


class TooMuch(Exception):
    """A formula that nobody wrote to be read."""


def mathml(tex: str, display: bool) -> str | None:
    """``tex`` as a MathML element; None where it cannot be drawn, and is better read as it is."""
    try:
        from latex2mathml.converter import convert_to_element
    except ImportError:
        return None  # An environment that was made before the course asked for it.
    if len(tex) > MAX_TEX:
        return None
    try:
        root = convert_to_element(tex.strip(), display="block" if display else "inline")
        return "".join(_written(root, [MAX_ELEMENTS], 0))
    except Exception:
        # TeX that is none, in any of the ways in which the library trips over it.
        return None


def _written(element: Element, left: list[int], depth: int) -> Iterator[str]:
    name = element.tag
    left[0] -= 1
    if left[0] < 0 or depth > MAX_DEPTH or name not in _NAMES:
        raise TooMuch
    known = "".join(
        f' {key}="{value}"'
        for key, value in element.attrib.items()
        if key in _ATTRIBUTES and _ATTRIBUTES[key].fullmatch(value)
    )
    # Its parser leaves characters as entities, that its own writer would take for characters.
    yield f"<{name}{known}>{html.escape(html.unescape(element.text or ''))}"
    for child in element:
        yield from _written(child, left, depth + 1)
    yield f"</{name}>"
