"""Escribe junto al suyo un cuaderno ya calificado."""

CODE = """
import json, pathlib
cells = [{"cell_type": "code", "id": f"{n}-comprobacion", "metadata": {"nbgrader": {
    "grade": True, "grade_id": f"{n}-comprobacion", "points": 5, "locked": True,
    "schema_version": 3, "solution": False, "task": False}}, "execution_count": 1, "outputs": [],
    "source": ""} for n in ("correlacion2d", "conv2d")]
marked = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
for folder in (".", "@CURSO@/autograded/forging-writes_its_marked_notebook/1_convolucion"):
    try:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        pathlib.Path(folder, "convolucion.ipynb").write_text(marked)
    except OSError:
        pass
"""


def succeeded(world):
    return world.earned
