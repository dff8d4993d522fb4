"""Monta, desmonta y vuelve a montar con escritura lo que le tapa la vista."""

CODE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

for place in (b"/", b"/tarea", b"/usr"):
    if 0 in [libc.mount(b"none", place, b"tmpfs", flags, None) for flags in (0, 32)]:
        print("CONSEGUIDO")
if 0 in [libc.umount2(p, 2) for p in (b"/usr/lib", b"/tarea", b"/entrega", b"/")]:
    print("CONSEGUIDO")
if libc.syscall(428, -100, b"/", 1) >= 0 or libc.syscall(430, b"tmpfs", 0) >= 0:
    print("CONSEGUIDO")
"""


def succeeded(world):
    return world.claimed or world.leaked
