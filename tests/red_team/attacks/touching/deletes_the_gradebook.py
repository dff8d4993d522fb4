"""Borra gradebook.db."""

CODE = """
import os
os.remove("@CURSO@/gradebook.db")
"""


def succeeded(world):
    return world.did_damage
