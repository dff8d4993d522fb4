"""Cierra sus sockets y sigue gastando procesador sin que nadie lo oiga."""

CODE = """
import ctypes, os
ctypes.CDLL(None).prctl(15, b"sobrevive", 0, 0, 0)
os.closerange(3, 64)
while True:
    pass
"""


def succeeded(world):
    return world.held_up
