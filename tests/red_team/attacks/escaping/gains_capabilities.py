"""Recupera capacidades, cambia de usuario o ejecuta un programa setuid."""

CODE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
if libc.capset(header, data) == 0:
    print("CONSEGUIDO capset")
if libc.prctl(47, 2, 21, 0, 0) == 0:
    print("CONSEGUIDO ambient")
for call in (libc.setuid, libc.setgid):
    if os.getuid() != 0 and call(0) == 0:
        print("CONSEGUIDO setuid")
if os.getuid() == 0:
    print("CONSEGUIDO: ya era root")
"""


def succeeded(world):
    return world.claimed
