"""Empieza un mensaje a quien califica y no lo termina."""

CODE = """
import os, socket, struct, time
line = socket.socket(fileno=os.dup(3))
line.sendall(struct.pack("<4sIQ", b"C2D1", 1000, 60 << 20))
for _ in range(1000):
    line.sendall(b" ")
    time.sleep(0.2)
"""


def succeeded(world):
    return world.held_up
