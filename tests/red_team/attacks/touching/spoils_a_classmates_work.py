"""Vacía la entrega y lo calificado de otra estudiante."""

CODE = """
import pathlib
for folder in ("submitted", "autograded"):
    pathlib.Path("@CURSO@", folder, "ana/1_convolucion/convolucion.ipynb").write_text("{}")
"""


def succeeded(world):
    return world.did_damage
