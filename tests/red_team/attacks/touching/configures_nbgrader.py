"""Deja en el curso un nbgrader_config.py suyo."""

CODE = r"""
open("@CURSO@/nbgrader_config.py", "a").write("\nprint('hola')\n")
"""


def succeeded(world):
    return world.did_damage
