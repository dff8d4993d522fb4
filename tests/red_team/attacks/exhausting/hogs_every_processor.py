"""Ocupa todos los procesadores con hilos que sueltan el GIL."""

CODE = """
import hashlib, threading
block = bytes(8 << 20)

def burn():
    while True:
        hashlib.sha256(block).digest()

for _ in range(40):
    threading.Thread(target=burn, daemon=True).start()
while True:
    pass
"""


def succeeded(world):
    return world.held_up
