"""Rompe su intérprete: memoria ajena, pila sin fondo."""

CODE = """
import ctypes
ctypes.string_at(0)
"""


def succeeded(world):
    return world.held_up
