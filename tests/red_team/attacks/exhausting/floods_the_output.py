"""Escribe sin parar."""

CODE = """
while True:
    print("x" * 100000)
"""


def succeeded(world):
    return world.held_up or len(world.printed) > 2_000_000
