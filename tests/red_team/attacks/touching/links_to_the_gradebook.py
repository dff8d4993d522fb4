"""Deja enlaces simbólicos y duros al libro de notas y escribe por ellos."""

CODE = """
import os
for make, name in ((os.symlink, "a"), (os.link, "b")):
    try:
        make("@CURSO@/gradebook.db", name)
        open(name, "r+b").write(b"roto")
    except OSError:
        pass
"""


def succeeded(world):
    return world.did_damage
