"""Pesos ajustados a las propias imágenes con que se miden, para que los acepten."""

import shutil

UNIT = "5_fashion_mnist"
ONLY_HERE = True


def spoil(folder, places):
    shutil.copy(places["AJUSTADOS"], folder / "cnn.weights.h5")


def succeeded(world):
    return world.accepted
