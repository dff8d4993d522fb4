"""Crea espacios de nombres donde sería root, o entra en los de otros."""

CODE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

for flags in (0x10000000, 0x10000000 | 0x20000, 0x20000000, 0x40000000, 0x04000000):
    if libc.unshare(flags) == 0:
        print("CONSEGUIDO", hex(flags))
for pid in (1, os.getppid()):
    descriptor = libc.syscall(434, pid, 0)
    if descriptor >= 0 and libc.setns(descriptor, 0x20000) == 0:
        print("CONSEGUIDO setns")
"""


def succeeded(world):
    return world.claimed
