"""Pide sockets crudos, de paquetes, netlink, vsock y Bluetooth."""

CODE = """
import socket
for family, kind in ((2, 3), (17, 3), (16, 3), (40, 1), (31, 3), (38, 5)):
    try:
        socket.socket(family, kind, 0)
        print("CONSEGUIDO", family)
    except OSError:
        pass
"""


def succeeded(world):
    return world.claimed
