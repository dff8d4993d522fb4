"""Comprueba la variante de otra persona mientras corre la celda de la suya."""

UNIT = "3_mapas_de_caracteristicas"
ONLY_HERE = True  # nbgrader has no variants.
CODE = """
import keras
import autograder, autograder.notebook.client
real = autograder.notebook.client.comprobar

def trick(check, function):
    for letter in ("B", "B", "general", "A:B"):
        try:
            real("3_mapas_de_caracteristicas.capa_basica:" + letter, capa_basica)
        except Exception:
            pass

def capa_basica():
    return keras.layers.Conv2D(6, 5, padding="same", activation="relu")

autograder.comprobar = autograder.notebook.client.comprobar = trick
capa_stride2 = extraer_mapas = campo_receptivo = filtros_aprendidos = lambda *a: None
"""


def edit(notebook):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = cell.source.replace('capa_basica"', 'capa_basica:B"')


def succeeded(world):
    return world.earned
