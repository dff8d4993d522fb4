"""Manda salidas anidadas hasta el límite de la pila."""

CODE = """
import os, socket
import numpy as np
from autograder.wire.protocol import Connection, Message
line = Connection(socket.socket(fileno=os.dup(3)))
for depth in range(900, 1000):
    nested = "[" * depth + "]" * depth
    for raw in (
        '{"output_type":"stream","text":' + nested + "}",
        '{"output_type":"display_data","data":{"image/png":' + nested + "}}",
    ):
        line.send(Message("output", {"json": np.frombuffer(raw.encode(), np.uint8)}))
"""


def succeeded(world):
    return world.held_up or not world.graded
