"""Mira los procesos de la máquina."""

CODE = """
import os
others = [p for p in os.listdir("/proc") if p.isdigit() and p not in ("1", str(os.getpid()))]
for pid in others:
    if open(f"/proc/{pid}/cmdline").read():
        print("CONSEGUIDO", pid)
        break
"""


def succeeded(world):
    return world.claimed
