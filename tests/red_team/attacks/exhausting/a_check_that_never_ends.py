"""Empieza un mensaje al juez y no lo termina."""

CODE = """
import os, socket, struct
line = socket.socket(fileno=os.dup(4))
line.sendall(struct.pack("<4sIQ", b"C2D1", 1000, 60 << 20) + b"[")

def correlacion2d(imagen, kernel):
    line.sendall(b" ")
"""


def succeeded(world):
    return world.held_up
