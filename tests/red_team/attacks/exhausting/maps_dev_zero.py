"""Toma memoria compartida por /dev/zero."""

CODE = """
import mmap
file = open("/dev/zero", "r+b")
held = []
for _ in range(30):
    page = mmap.mmap(file.fileno(), 50 << 20)
    for place in range(0, 50 << 20, 4096):
        page[place] = 1
    held.append(page)
print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed
