"""Los filtros con que nbgrader escribe sus páginas, con medida: tiempo, texto y HTML por cuaderno.

``settings`` puts them in the place of nbconvert's, for feedback and for formgrader. What
does not fit is shown as it is, and past the last measure it is left out, with a line that says so:
one student's page never holds up another's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.ansi import ansi2html as colours

from ..submission.inline_pictures import PICTURES
from ..submission.outputs import is_base64
from .renderer import RENDERER
from .safe_markdown import MAX_SOURCE, as_it_is

CELL_SECONDS, PAGE_SECONDS = 3.0, 6.0
PAGE_TEXT = 2 << 20  # Characters of cells and outputs together that a page shows.
PAGE_PICTURES = 16 << 20
PAGE_HTML = 1 << 20  # Of HTML with tags around each word, which costs the page more than text.
MAX_CODE = 60_000  # Of a cell with colours.
MAX_COLOURED = 20_000  # Of an output with the terminal's.
MAX_LINE = 2000
MAX_BLANK = 10

LEFT_OUT = "[no se muestra: el cuaderno entero pasa de lo que cabe en una página]"
_ATTACHED = re.compile(r'(<img [^>]*?)src="attachment:([^"]*)"')
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]{0,100}[ -/]{0,10}[@-~])?")


@dataclass
class Page:
    """What is left to one notebook."""

    seconds: float = field(default_factory=lambda: PAGE_SECONDS)
    text: int = field(default_factory=lambda: PAGE_TEXT)
    html: int = field(default_factory=lambda: PAGE_HTML)
    pictures: int = field(default_factory=lambda: PAGE_PICTURES)

    def markdown(self, source: str, attachments: Mapping[str, Mapping[str, str]]) -> str:
        """A cell's Markdown as clean HTML, with its pasted pictures."""
        shown = self.take(source, longest=MAX_SOURCE)
        if shown is None:
            return as_it_is(LEFT_OUT)
        rendered = self.render("markdown", shown) if len(shown) <= MAX_SOURCE else None
        return as_it_is(shown) if rendered is None else self.with_pictures(rendered, attachments)

    def code(self, source: str) -> str:
        """A cell's code with its colours; always as Python, whatever language it claims to be."""
        shown = self.take(source)
        if shown is None:
            return _plain(LEFT_OUT)
        rendered = self.render("code", shown) if len(shown) <= MAX_CODE else None
        return _plain(shown) if rendered is None else rendered

    def written(self, text: str) -> str:
        """What a cell wrote, with the terminal's colours where they are few."""
        shown = self.take(text)
        if shown is None:
            return html.escape(LEFT_OUT)
        if "\x1b" in shown and len(shown) <= min(MAX_COLOURED, self.html):
            coloured = str(colours(shown))
            self.html -= len(coloured)
            return coloured
        return html.escape(_ESCAPES.sub("", shown))

    def picture(self, mime: str, data: Any) -> str | None:
        """Its address, that holds it whole; None where it is none, or nothing more fits."""
        if mime not in PICTURES or not isinstance(data, str) or not is_base64(data):
            return None
        if len(data) > self.pictures:
            return None
        self.pictures -= len(data)
        return f"data:{mime};base64,{''.join(data.split())}"

    def take(self, source: str, longest: int = MAX_LINE) -> str | None:
        """``source`` fit to be shown, or None where nothing more fits."""
        if self.text <= 0:
            return None
        shown = readable(source, longest)
        self.text -= len(shown) + 100  # An empty cell is something too.
        return shown if self.text >= 0 else None

    def render(self, kind: str, shown: str) -> str | None:
        """Its HTML, or None where there is no time or no room for it."""
        if self.seconds <= 0 or self.html <= 0:
            return None
        RENDERER.start()
        page, spent = RENDERER.render(kind, shown, min(CELL_SECONDS, self.seconds))
        self.seconds -= spent
        if page is None:
            return None
        self.html -= len(page)
        return page if self.html >= 0 else None

    def with_pictures(self, page: str, pictures: Mapping[str, Mapping[str, str]]) -> str:
        """``page`` with the cell's own pictures in their places, while there is room."""

        def picture(match: re.Match[str]) -> str:
            bundle = pictures.get(unquote(html.unescape(match[2])), {})
            for mime, value in bundle.items():
                if address := self.picture(mime, value):
                    return f'{match[1]}src="{address}"'
            return match[1]

        return _ATTACHED.sub(picture, page)


def _page_of(context: Context) -> Page:
    resources: Any = context.get("resources")
    if resources is None:
        return Page()
    if not isinstance(resources.get("curso_page"), Page):
        resources["curso_page"] = Page()
    return resources["curso_page"]


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """A cell's Markdown as clean HTML, with its pasted pictures."""
    attachments = context.get("cell", {}).get("attachments", {})
    return _page_of(context).markdown(source, attachments)


@pass_context
def highlight_code(
    context: Context, source: str, language: str | None = None, metadata: Any = None
) -> str:
    """A cell's code with its colours; always as Python, whatever language it claims to be."""
    return _page_of(context).code(source)


@pass_context
def ansi2html(context: Context, text: str) -> str:
    """What a cell wrote, with the terminal's colours where they are few."""
    return _page_of(context).written(str(text))


def strip_files_prefix(page: str) -> str:
    """``page`` itself: links to an old server's ``files/`` are none that a course has.

    nbconvert looks for them with a pattern that a page of brackets keeps busy.
    """
    return page


def _plain(source: str) -> str:
    return f'<div class="highlight"><pre>{html.escape(source)}\n</pre></div>'


def readable(source: str, longest: int = MAX_LINE) -> str:
    """``source`` with lines of a length, and blank lines in a number, that a person reads."""
    return "\n".join(_lines(source.replace("\r\n", "\n").replace("\r", "\n"), longest))


def _lines(source: str, longest: int) -> Iterator[str]:
    lines = (line if line.strip() else "" for line in source.split("\n"))
    for blank, group in groupby(lines, key=lambda line: not line):
        if not blank:
            yield from (line if len(line) <= longest else f"{line[:longest]} […]" for line in group)
            continue
        count = sum(1 for _ in group)
        yield from [""] * min(count, MAX_BLANK)
        if count > MAX_BLANK:
            yield f"[… {count - MAX_BLANK} líneas en blanco más …]"
