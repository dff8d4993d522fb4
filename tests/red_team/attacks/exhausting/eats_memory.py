"""Reserva y toca 1,5 GB de memoria."""

CODE = """
held = [bytearray(b"x" * (50 << 20)) for _ in range(30)]
print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
