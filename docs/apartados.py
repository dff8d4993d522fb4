"""Apunta en qué celda de cada lección empieza cada apartado, para enlazarlo desde un informe.

``python docs/apartados.py`` escribe ``autograder/judging/telling/apartados.json``; una prueba
compara. JupyterLab va a una celda por su nombre; a un título con acentos no sabe ir.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "autograder" / "judging" / "telling" / "apartados.json"
_EVERYWHERE = {"Autoevaluación", "Referencias", "Referencias del curso", "Qué sigue"}


def sections() -> dict[str, str]:
    """``lección#título``, sin las marcas de Markdown, y el nombre de su celda."""
    found = {}
    for path in sorted((ROOT / "course").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                for title in re.findall(r"(?m)^#{2,4} +(.+?) *$", cell.source):
                    plain = re.sub(r"[`*]", "", title)
                    if plain not in _EVERYWHERE:
                        found[f"{path.stem}#{plain}"] = cell.id
    return found


def text() -> str:
    return json.dumps(sections(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
