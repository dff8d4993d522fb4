"""Llama a socket y connect directamente, sin la biblioteca de Python."""

CODE = """
import ctypes, struct
libc = ctypes.CDLL(None)
line = libc.syscall(41, 2, 1, 0)
address = struct.pack("<H", 2) + struct.pack(">H", @PUERTO@) + bytes([127, 0, 0, 1]) + bytes(8)
if line >= 0 and libc.syscall(42, line, address, 16) == 0:
    libc.syscall(1, line, b"<@ATAQUE@>", len("<@ATAQUE@>"))
"""


def succeeded(world):
    return world.called
