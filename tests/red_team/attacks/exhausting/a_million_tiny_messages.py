"""Manda un millón de salidas mínimas."""

CODE = """
import os, socket
import numpy as np
from autograder.wire.protocol import Message, encode
frame = encode(Message("output", {"json": np.frombuffer(b"{}", np.uint8)}))
line = socket.socket(fileno=os.dup(3))
for _ in range(1000):
    line.sendall(frame * 1000)
"""


def succeeded(world):
    return world.held_up or len(world.printed) > 2_000_000
