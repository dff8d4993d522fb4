"""Reserva memoria como pila que crece, que los límites no cuentan como datos."""

CODE = """
import mmap
held = []
for _ in range(30):
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x100
    page = mmap.mmap(-1, 50 << 20, flags=flags)
    for place in range(0, 50 << 20, 4096):
        page[place] = 1
    held.append(page)
print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
