"""Entrega como pesos un enlace duro a un archivo de quien califica, y lo lee."""

import os

UNIT = "5_fashion_mnist"
CODE = """
import glob
for path in glob.glob("*") + glob.glob("/entrega/*"):
    try:
        print(path, open(path, "rb").read(200))
    except OSError as error:
        print(error)
"""


def spoil(folder, places):
    (folder / "cnn.weights.h5").unlink()
    os.link(f"{places['MAQUINA']}/secreto.txt", folder / "cnn.weights.h5")
    os.link(f"{places['MAQUINA']}/secreto.txt", folder / "apuntes.txt")


def succeeded(world):
    return world.leaked or world.accepted
