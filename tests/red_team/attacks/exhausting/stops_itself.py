"""Se detiene con SIGSTOP."""

CODE = """
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
"""


def succeeded(world):
    return world.held_up
