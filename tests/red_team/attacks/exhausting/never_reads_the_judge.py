"""Pide comprobaciones al juez sin leer sus respuestas."""

CODE = """
import os, socket
from autograder.wire.protocol import Message, encode
line = socket.socket(fileno=os.dup(4))
frame = encode(Message("check", {"id": "1_convolucion.conv2d"}))
for _ in range(100000):
    line.sendall(frame)
"""


def succeeded(world):
    return world.held_up
