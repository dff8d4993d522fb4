"""Sube por carpetas relativas hasta el curso y ejecuta sus soluciones."""

CODE = """
import json, pathlib
import numpy as np

def adopt(path):
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code" and cell.get("id", "").endswith("-solucion"):
            exec("".join(cell["source"]), globals())

for level in range(1, 9):
    for path in pathlib.Path("../" * level).glob("source/*/convolucion.ipynb"):
        adopt(path)
"""


def succeeded(world):
    return world.earned
