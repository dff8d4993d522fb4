"""Busca secretos en las variables de entorno, también en la memoria del proceso."""

CODE = """
import ctypes, os
print(dict(os.environ))
for path in ("/proc/self/environ", "/proc/1/environ", f"/proc/{os.getppid()}/environ"):
    try:
        print(open(path, "rb").read())
    except OSError:
        pass
pointer = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
n = 0
while pointer and pointer[n]:
    print(pointer[n])
    n += 1
"""


def succeeded(world):
    return world.leaked
