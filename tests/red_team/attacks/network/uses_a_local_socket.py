"""Habla con un servicio local por su archivo de socket."""

CODE = """
import socket
line = socket.socket(socket.AF_UNIX)
line.connect("@MAQUINA@/servicio.sock")
line.sendall(b"<@ATAQUE@>")
"""


def succeeded(world):
    return world.called
