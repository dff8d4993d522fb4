"""Sale por /proc/1/root, /proc/*/cwd y /proc/*/fd."""

CODE = """
import os
ways = [f"/proc/{p}/{w}" for p in (1, "self", os.getppid()) for w in ("root", "cwd")]
for way in ways:
    try:
        print(open(f"{way}@MAQUINA@/secreto.txt").read())
    except OSError:
        pass
"""


def succeeded(world):
    return world.leaked
