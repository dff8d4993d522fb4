"""Manda descriptores y basura por los dos sockets que tiene."""

CODE = """
import os, socket
for number in (3, 4):
    line = socket.socket(fileno=os.dup(number))
    try:
        socket.send_fds(line, [b"x" * 64], [0, 1, 2] * 20)
    except OSError:
        line.sendall(b"x" * 64)
"""


def succeeded(world):
    return world.held_up
