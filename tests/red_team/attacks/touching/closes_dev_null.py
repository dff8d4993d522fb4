"""Cambia los permisos de /dev/null, que es el de la máquina."""

CODE = """
import os
try:
    os.chmod("/dev/null", 0o666)  # its own: enough to know that any could be set
    print("CONSEGUIDO")
except OSError:
    pass
"""


def succeeded(world):
    return world.claimed
