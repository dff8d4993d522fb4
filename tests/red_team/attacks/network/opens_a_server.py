"""Abre un puerto en la máquina y espera órdenes."""

CODE = """
import socket
server = socket.create_server(("0.0.0.0", 0))
print("CONSEGUIDO", server.getsockname())
"""


def succeeded(world):
    return world.claimed
