"""Manda un número donde va una salida, para que se reserven tantos bytes."""

CODE = """
import os, socket
from autograder.wire.protocol import Connection, Message
line = Connection(socket.socket(fileno=os.dup(3)))
for number in (2**62, 10**10, -1):
    line.send(Message("output", {"json": number}))
"""


def succeeded(world):
    return world.held_up or not world.graded
