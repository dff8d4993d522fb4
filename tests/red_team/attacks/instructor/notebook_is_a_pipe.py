"""Entrega una tubería con nombre, que cuelga a quien la abre."""

import os


def deliver(folder, notebook, places):
    folder.mkdir(parents=True)
    os.mkfifo(folder / "convolucion.ipynb")


def succeeded(world):
    return world.held_up
