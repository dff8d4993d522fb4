"""El Markdown de un estudiante como HTML que no hace nada: ni guiones, ni formularios, ni enlaces.

nbgrader shows notebooks in the instructor's browser, in feedback and in formgrader, where a script
could do all that the instructor can; nbconvert's own filter lets HTML through.
"""

from __future__ import annotations

import html
import re
import secrets

import bleach
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .formulas import mathml

MAX_SOURCE = 20_000  # Beyond it Markdown's patterns may take minutes, and nobody answers so long.
MAX_DEPTH = 100
_TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1"}
    | {"h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "span"}
    | {"strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"}
)
_PLAIN = frozenset({"alt", "title", "align", "colspan", "rowspan", "start"})
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
_ATTACHED = re.compile(r"attachment:[^\"<>&]{1,400}")
_ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_EMPTY = frozenset({"br", "hr", "img"})
_HIGHLIGHT = re.compile(r"highlight|[a-z][a-z0-9]{0,3}")  # Pygments; not the page's own classes.
_ENTITY = re.compile(r"&(?:#\w+|\w+);?")
# TeX that MathJax turns into links, styles or attributes, and definitions: these hold for the whole
# page, other people's formulas in it too, and a few that double each other keep a browser busy.
_ACTIVE_TEX = re.compile(
    r"\\(?:href|url|require|style|class|cssId|data|mmlToken|html\w*|[egx]?def|let|csname"
    r"|(?:(?:re)?new|provide)(?:command|environment)|DeclareMathOperator)(?![a-zA-Z])"
)


class _Renderer(IPythonRenderer):
    """Leaves the cell's own pictures for whoever has them: they weigh more than all the text.

    Formulas stay out of what is cleaned, behind a mark of a name that nobody could write.
    """

    def __init__(self) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self._mark = f"x{secrets.token_hex(12)}"
        self._formulas: list[tuple[str, str]] = []
        self._place = re.compile(f'<span class="{self._mark}">([0-9]+)</span>')

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Its description is words: a formula in it is read as it was written."""
        words = self._place.sub(lambda match: self._formulas[int(match[1])][0], text)
        return str(super().image(words, url, title))

    def _embed_image_or_attachment(self, src: str) -> str:
        return src

    def block_math(self, body: str) -> str:
        return self._formula(body, True) or super().block_math(body)

    def inline_math(self, body: str) -> str:
        return self._formula(body, False) or super().inline_math(body)

    def latex_environment(self, name: str, body: str) -> str:
        whole = rf"\begin{{{name}}}{body}\end{{{name}}}"
        return self._formula(whole, True) or super().latex_environment(name, body)

    def _formula(self, tex: str, display: bool) -> str | None:
        if _ACTIVE_TEX.search(tex) or (drawn := mathml(tex, display)) is None:
            return None
        self._formulas.append((f"${self.escape_html(tex)}$", drawn))
        return f'<span class="{self._mark}">{len(self._formulas) - 1}</span>'

    def is_formula(self, name: str) -> bool:
        return name == self._mark

    def with_formulas(self, page: str) -> str:
        """A clean page with the formulas in their places."""
        return self._place.sub(lambda match: self._formulas[int(match[1])][1], page)


def safe_html(source: str) -> str:
    """HTML of ``source`` that only shows; what is too long or cannot be read is shown as it is.

    Attached pictures stay as ``src="attachment:name"``.
    """
    if len(source) > MAX_SOURCE:
        return as_it_is(source)
    renderer = _Renderer()
    try:
        rendered = MarkdownWithMath(renderer=renderer).render(source)
        clean = bleach.clean(
            rendered,
            tags=_TAGS,
            attributes=lambda tag, name, value: (
                (tag, name) == ("span", "class") and renderer.is_formula(value)
            )
            or _allowed(tag, name, value),
            protocols={"http", "https", "mailto", "data", "attachment"},
            strip=True,
        )
    except Exception:
        # Whatever a parser trips over: not the reader's problem.
        return as_it_is(source)
    if _depth(clean) > MAX_DEPTH:
        return as_it_is(source)
    return renderer.with_formulas(_without_active_tex(clean))


def _depth(page: str) -> int:
    """How deep its elements stand one inside another: each more costs whoever builds the page."""
    depth = deepest = 0
    for closing, name in _ELEMENT.findall(page):
        if name not in _EMPTY:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return tag in ("span", "div") and bool(_HIGHLIGHT.fullmatch(value))
    if tag == "a" and name == "href":
        return not value.strip().lower().startswith("data:")
    if tag == "img" and name == "src":
        # A picture from elsewhere would tell its owner who reads the answer, and when.
        return bool(_PICTURE.fullmatch(value) or _ATTACHED.fullmatch(value))
    return name in _PLAIN


def _without_active_tex(page: str) -> str:
    """``page`` with no TeX that acts, however its letters are written."""
    plain = _ENTITY.sub(_harmless_entity, page)
    return _ACTIVE_TEX.sub(r"\\mathrm ", plain)


def _harmless_entity(match: re.Match[str]) -> str:
    """The character of an entity, but for those that mean something in HTML."""
    character = html.unescape(match.group())
    return match.group() if set(character) & set("<>&\"'") else character


def as_it_is(source: str) -> str:
    """``source`` itself, letter by letter."""
    return f"<pre>{_without_active_tex(html.escape(source))}</pre>"
