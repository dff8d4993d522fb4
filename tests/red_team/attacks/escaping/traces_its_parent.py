"""Se engancha con ptrace a otros procesos o les lee la memoria."""

CODE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

for pid in {1, os.getppid(), os.getpid() - 1}:
    if pid > 0 and libc.ptrace(16, pid, 0, 0) == 0:
        print("CONSEGUIDO ptrace", pid)
        libc.ptrace(17, pid, 0, 0)
    try:
        open(f"/proc/{pid}/mem", "r+b").close()
        print("CONSEGUIDO mem", pid)
    except OSError:
        pass
"""


def succeeded(world):
    return world.claimed
