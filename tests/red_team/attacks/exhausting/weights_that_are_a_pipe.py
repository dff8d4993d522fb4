"""Entrega como pesos una tubería con nombre, un zócalo y una carpeta."""

import os
import socket

UNIT = "5_fashion_mnist"


def spoil(folder, places):
    for name in ("cnn", "mlp", "mlp_equivalente"):
        (folder / f"{name}.weights.h5").unlink()
    os.mkfifo(folder / "cnn.weights.h5")
    (folder / "mlp.weights.h5").mkdir()
    here = os.getcwd()
    os.chdir(folder)  # The path of a local socket has a bound.
    with socket.socket(socket.AF_UNIX) as local:
        local.bind("mlp_equivalente.weights.h5")
    os.chdir(here)


def succeeded(world):
    return world.held_up or world.accepted
