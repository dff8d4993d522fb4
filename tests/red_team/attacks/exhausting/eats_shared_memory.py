"""Reserva memoria compartida, que los límites corrientes no cuentan."""

CODE = """
import mmap
held = []
for _ in range(30):
    page = mmap.mmap(-1, 50 << 20)
    for place in range(0, 50 << 20, 4096):
        page[place] = 1
    held.append(page)
print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
