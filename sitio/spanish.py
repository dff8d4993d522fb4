"""Lo que el tema del sitio deja en inglés, en español."""

from __future__ import annotations

import re
from pathlib import Path

WORDS = {
    "Auto light/dark, in dark mode": "Tema automático, ahora oscuro",
    "Auto light/dark, in light mode": "Tema automático, ahora claro",
    "Back to top": "Volver arriba",
    "Contents": "Contenido",
    "Dark mode": "Tema oscuro",
    "Expand": "Desplegar",
    "Link to this definition": "Enlace a esta definición",
    "Link to this heading": "Enlace a este apartado",
    "Light mode": "Tema claro",
    "Made with": "Hecho con",
    "Menu": "Menú",
    "Next": "Siguiente",
    "On this page": "En esta página",
    "Previous": "Anterior",
    "Skip to content": "Ir al contenido",
    "Toggle hidden content": "Mostrar u ocultar",
    "Toggle Light / Dark / Auto color theme": "Cambiar entre tema claro, oscuro y automático",
    "Toggle site navigation sidebar": "Mostrar u ocultar el índice del sitio",
    "Toggle table of contents sidebar": "Mostrar u ocultar el índice de la página",
}
# Whole: the text of an element, or what is read aloud of it.
_WHOLE = re.compile(
    r'(>\s*|aria-label="|title=")(' + "|".join(map(re.escape, WORDS)) + r')(?=\s*<|")'
)

# The theme names the page whose own pages it folds.
_OF_A_PAGE = re.compile(r'(aria-label=")Toggle navigation of (?=[^"]*")')


def translate(folder: Path) -> None:
    """Cambia esas palabras en todas las páginas de la carpeta."""
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        page = _WHOLE.sub(lambda found: found[1] + WORDS[found[2]], text)
        page = _OF_A_PAGE.sub(r"\1Mostrar u ocultar las páginas de ", page)
        if page != text:
            path.write_text(page, encoding="utf-8")
