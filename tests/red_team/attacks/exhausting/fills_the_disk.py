"""Escribe 300 MB."""

CODE = """
with open("lleno", "wb") as file:
    for _ in range(300):
        file.write(bytes(1 << 20))
    file.flush()
print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
