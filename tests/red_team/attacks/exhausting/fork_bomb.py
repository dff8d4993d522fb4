"""Abre cientos de procesos."""

CODE = """
import os, time
children = 0
for _ in range(300):
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)
    children += 1
if children:
    print("CONSEGUIDO", children)
"""


def succeeded(world):
    return world.claimed
