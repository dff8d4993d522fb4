"""Se conecta a un servicio de la máquina por TCP."""

CODE = """
import socket
line = socket.create_connection(("127.0.0.1", @PUERTO@), 2)
line.sendall(b"<@ATAQUE@>")
"""


def succeeded(world):
    return world.called
