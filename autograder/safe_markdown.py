"""El Markdown de un estudiante como HTML que no hace nada: ni guiones, ni formularios, ni enlaces.

nbgrader shows notebooks in the instructor's browser, in feedback and in formgrader, where a script
could do all that the instructor can. ``nbgrader_settings`` puts this filter in the place of
nbconvert's, which lets HTML through.
"""

from __future__ import annotations

import html
import re

import bleach
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

MAX_SOURCE = 20_000  # Beyond it Markdown's patterns may take minutes, and nobody answers so long.
_TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1"}
    | {"h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "span"}
    | {"strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"}
)
_PLAIN = frozenset({"alt", "title", "align", "colspan", "rowspan", "start"})
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
_HIGHLIGHT = re.compile(r"highlight|[a-z][a-z0-9]{0,3}")  # Pygments; not the page's own classes.
_ENTITY = re.compile(r"&(?:#\w+|\w+);?")
# TeX that MathJax turns into links, styles or attributes.
_ACTIVE_TEX = re.compile(
    r"\\(?:href|url|require|style|class|cssId|data|mmlToken|html\w*)(?![a-zA-Z])"
)


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """A Jinja2 filter: the cell's Markdown as clean HTML, with its pasted pictures."""
    cell = context.get("cell", {})
    return safe_html(source, cell.get("attachments", {}))


def safe_html(source: str, attachments: dict[str, dict[str, str]] | None = None) -> str:
    """HTML of ``source`` that only shows; what is too long or cannot be read is shown as it is.

    Parameters
    ----------
    source : str
        Markdown, with HTML and TeX of any kind.
    attachments : dict, optional
        The cell's pictures: by name, base 64 by MIME type.
    """
    if len(source) > MAX_SOURCE:
        return _as_it_is(source)
    renderer = IPythonRenderer(
        escape=False, attachments=attachments or {}, exclude_anchor_links=True
    )
    try:
        rendered = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:
        # A picture that is missing, or whatever a parser trips over: not the reader's problem.
        return _as_it_is(source)
    clean = bleach.clean(
        rendered,
        tags=_TAGS,
        attributes=_allowed,
        protocols={"http", "https", "mailto", "data"},
        strip=True,
    )
    return _without_active_tex(clean)


def _allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return tag in ("span", "div") and bool(_HIGHLIGHT.fullmatch(value))
    if tag == "a" and name == "href":
        return not value.strip().lower().startswith("data:")
    if tag == "img" and name == "src":
        # A picture from elsewhere would tell its owner who reads the answer, and when.
        return bool(_PICTURE.fullmatch(value))
    return name in _PLAIN


def _without_active_tex(page: str) -> str:
    """``page`` with no TeX that acts, however its letters are written."""
    plain = _ENTITY.sub(_harmless_entity, page)
    return _ACTIVE_TEX.sub(r"\\mathrm ", plain)


def _harmless_entity(match: re.Match[str]) -> str:
    """The character of an entity, but for those that mean something in HTML."""
    character = html.unescape(match.group())
    return match.group() if set(character) & set("<>&\"'") else character


def _as_it_is(source: str) -> str:
    return f"<pre>{_without_active_tex(html.escape(source))}</pre>"
