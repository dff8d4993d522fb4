"""Manda SIGKILL a todo proceso que alcance: grupo, padre, todos."""

CODE = """
import os, signal
for target in (os.getppid(), -1, 0, 1):
    try:
        if target:
            os.kill(target, signal.SIGKILL)
    except OSError:
        pass
os.killpg(0, signal.SIGKILL)
"""


def succeeded(world):
    return world.held_up
