"""Lee un archivo de quien califica."""

CODE = """
print(open("@MAQUINA@/secreto.txt").read())
"""


def succeeded(world):
    return world.leaked
