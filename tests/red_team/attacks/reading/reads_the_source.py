"""Lee las soluciones en source/ y las ejecuta."""

CODE = """
import json, pathlib
import numpy as np

def adopt(path):
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code" and cell.get("id", "").endswith("-solucion"):
            exec("".join(cell["source"]), globals())

adopt(pathlib.Path("@CURSO@/source/1_convolucion/convolucion.ipynb"))
"""


def succeeded(world):
    return world.earned
