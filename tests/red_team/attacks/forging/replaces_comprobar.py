"""Cambia comprobar en el paquete y en builtins por una función que aprueba."""

CODE = """
import builtins
import autograder
import autograder.notebook.client

def fake(*_):
    print("✔ todo correcto")

builtins.comprobar = comprobar = autograder.comprobar = autograder.notebook.client.comprobar = fake
"""


def succeeded(world):
    return world.earned
