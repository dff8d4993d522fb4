"""Un bucle que no acaba en cada celda."""

CODE = """
while True:
    pass
"""


def succeeded(world):
    return world.held_up
