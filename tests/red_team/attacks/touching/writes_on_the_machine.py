"""Crea un archivo en la carpeta personal de quien califica."""

CODE = """
open("@MAQUINA@/entrada.txt", "w").write("estuve aquí")
"""


def succeeded(world):
    return world.did_damage
