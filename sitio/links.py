"""Los enlaces del sitio escrito: que lleven a algo que está, y que nada se pida a otra máquina."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADS = {"src", "srcset", "poster", "data"}  # what a browser asks for without being told to


class _Page(HTMLParser):
    """What a page links to, what it loads, and the places in it that others may name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        self.places: set[str] = {"", "top"}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.places |= {said[name] for name in ("id", "name") if name in said}
        if "href" in said:
            # A link of the head is a style or an icon: it is fetched, and not followed.
            (self.loads if tag == "link" else self.links).add(said["href"])
        self.loads |= {said[name] for name in _LOADS & said.keys()}


def problems(folder: Path) -> list[str]:
    """Cada enlace que no lleva a nada, y cada petición a otra máquina, en una línea."""
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    found = []
    for path, page in sorted(pages.items()):
        name = path.relative_to(folder)
        found += [
            f"{name} pide a otra máquina: {asked}"
            for asked in sorted(page.loads)
            if urlsplit(asked).netloc or urlsplit(asked).scheme in ("http", "https")
        ]
        for link in sorted(page.links | page.loads):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                found.append(f"{name} enlaza a algo que no está: {link}")
            elif target in pages and unquote(parts.fragment) not in pages[target].places:
                found.append(f"{name} enlaza a un sitio que no hay en esa página: {link}")
    return found
