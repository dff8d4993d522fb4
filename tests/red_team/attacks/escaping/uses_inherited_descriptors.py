"""Lee y escribe en todo descriptor que haya heredado, menos los que le dieron."""

CODE = """
import os, stat
for number in range(5, 1024):
    try:
        kind = os.fstat(number).st_mode
    except OSError:
        continue
    if stat.S_ISREG(kind) or stat.S_ISSOCK(kind) or stat.S_ISDIR(kind):
        print("CONSEGUIDO", number, oct(kind))
"""


def succeeded(world):
    return world.claimed
